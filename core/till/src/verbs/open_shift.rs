//! Opening a shift: who collects, and with how much cash in the bag.

use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::ids::{EntryId, StaffId};
use raseed_protocol::journal::{Body, ShiftOpened};
use raseed_protocol::money::Paise;

/// A shift to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenShift {
    /// Who.
    pub staff: StaffId,
    /// Cash in the bag; zero or more.
    pub float: Paise,
}

impl Till {
    /// Opens the shift. There is one shift at a time; closing and handing over come with the end of the day.
    pub fn open_shift(&mut self, request: &OpenShift) -> Result<EntryId, TillError> {
        if self.shift > 0 {
            return Err(TillError::ShiftOpen { number: self.shift });
        }
        let float = request.float;
        if float < Paise::ZERO {
            return Err(TillError::BadFloat { float });
        }
        let number = self.shift + 1;
        let signed = self.append(Body::ShiftOpened(ShiftOpened { number, float }), &request.staff)?;
        Ok(self.chain.id(signed.entry().sequence))
    }
}
