//! Opening a shift: who collects, and with how much cash in the bag.

use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::ids::{EntryId, StaffId};
use raseed_protocol::journal::{Body, ShiftOpened};
use raseed_protocol::money::Paise;
use raseed_protocol::time::WallMs;

/// A shift to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenShift {
    /// Who.
    pub staff: StaffId,
    /// Cash in the bag; zero or more.
    pub float: Paise,
}

/// The shift that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Its number.
    pub number: u32,
    /// Who collects.
    pub staff: StaffId,
    /// Cash that was in the bag when it was opened.
    pub float: Paise,
    /// When it was opened.
    pub opened: WallMs,
}

impl Till {
    /// The open shift, as the entry that opened it says.
    pub fn shift(&self) -> Result<Option<Shift>, TillError> {
        let Some(at) = self.store.shift_opened_at()? else {
            return Ok(None);
        };
        let signed = self.stored_entry(at)?;
        let stamp = &signed.entry().stamp;
        match &signed.entry().body {
            Body::ShiftOpened(shift) if shift.number == self.shift => Ok(Some(Shift {
                number: shift.number,
                staff: stamp.staff.clone(),
                float: shift.float,
                opened: stamp.wall,
            })),
            _ => Err(self.store.damaged("a row points to an entry that did not open the shift")),
        }
    }

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
