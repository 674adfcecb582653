//! The supervisor's PIN of this device: it opens what a collector, a payer at a kiosk or a merchant may not reach.
//!
//! Wrong ones are counted in the file, before anybody hears that they were wrong, so that a restart does not help.

use crate::error::TillError;
use crate::store::{PinRow, put_pin};
use crate::till::Till;
use raseed_protocol::pin::{Pin, PinHash};
use raseed_protocol::time::WallMs;

/// So many may be wrong before one has to wait.
const FREE_TRIES: u32 = 5;

/// The first wait; it doubles with every further wrong one, to a day at the most.
const FIRST_WAIT_MS: u64 = 60_000;
const LONGEST_WAIT_MS: u64 = 86_400_000;

impl Till {
    /// True if a PIN was set on this device.
    pub fn has_pin(&self) -> Result<bool, TillError> {
        Ok(self.store.pin()?.is_some())
    }

    /// Sets the PIN. The first may be set by whoever sets up the device; after that the old one is needed.
    pub fn set_pin(&mut self, old: Option<&str>, new: &str) -> Result<(), TillError> {
        let new = Pin::new(new).map_err(|_| TillError::BadPin)?;
        if self.has_pin()? {
            self.check_pin(old.unwrap_or_default())?;
        }
        let mut salt = [0; 16];
        self.ports.entropy.fill(&mut salt);
        let row = PinRow { kept: PinHash::of(&new, salt), wrong: 0, locked_until: WallMs(0) };
        self.store.write(|transaction| put_pin(transaction, &row))
    }

    /// Passes if this is the PIN.
    pub fn check_pin(&mut self, typed: &str) -> Result<(), TillError> {
        let row = self.store.pin()?.ok_or(TillError::NoPin)?;
        // A clock that was set back must not end a wait: the newest entry is not later than now.
        let now = self.ports.clock.now().wall.max(self.last_wall);
        if row.locked_until > now {
            let minutes = (row.locked_until.0 - now.0).div_ceil(60_000);
            return Err(TillError::PinLocked { minutes });
        }
        let fits = Pin::new(typed).is_ok_and(|pin| row.kept.fits(&pin));
        if fits {
            if row.wrong > 0 {
                let row = PinRow { wrong: 0, locked_until: WallMs(0), ..row };
                self.store.write(|transaction| put_pin(transaction, &row))?;
            }
            return Ok(());
        }
        let wrong = row.wrong.saturating_add(1);
        let locked_until = WallMs(now.0.saturating_add(wait_after(wrong)));
        self.store.write(|transaction| put_pin(transaction, &PinRow { wrong, locked_until, ..row }))?;
        Err(TillError::WrongPin { left: FREE_TRIES.saturating_sub(wrong) })
    }
}

/// How long one waits after so many wrong ones, in milliseconds.
fn wait_after(wrong: u32) -> u64 {
    match wrong.checked_sub(FREE_TRIES) {
        None => 0,
        Some(more) => FIRST_WAIT_MS.saturating_mul(1 << more.min(20)).min(LONGEST_WAIT_MS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_rises_to_a_day() {
        assert_eq!([4, 5, 6, 7].map(wait_after), [0, 60_000, 120_000, 240_000]);
        assert_eq!(wait_after(u32::MAX), LONGEST_WAIT_MS);
    }
}
