//! Going on with a clock that is behind the journal, because a person says that it is right now.

use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::ids::{EntryId, StaffId};
use raseed_protocol::journal::{Body, ClockChanged};

impl Till {
    /// Records that the clock was found behind and is to be trusted from here on. Auditors see it.
    pub fn confirm_clock(&mut self, staff: &StaffId, reason: &str) -> Result<EntryId, TillError> {
        let reason = reason.trim();
        let fits = (1..=ClockChanged::MAX_REASON).contains(&reason.chars().count());
        if !fits || reason.chars().any(char::is_control) {
            return Err(TillError::BadReason { max: ClockChanged::MAX_REASON });
        }
        if self.now().is_ok() {
            return Err(TillError::ClockIsFine);
        }
        let change = ClockChanged { was: self.last_wall, reason: reason.to_owned() };
        let signed = self.append(Body::ClockChanged(change), staff)?;
        Ok(self.chain.id(signed.entry().sequence))
    }
}
