//! How often something may be tried: so that guessing codes and going through numbers stays hopeless. In memory; a restart
//! forgives.

use raseed_protocol::time::WallMs;
use std::sync::{Mutex, PoisonError};

const MINUTE_MS: u64 = 60_000;

/// Counts attempts, minute by minute.
pub(super) struct Attempts {
    most: u32,
    minute: Mutex<Minute>,
}

struct Minute {
    began: WallMs,
    count: u32,
}

impl Attempts {
    /// At most so many in a minute.
    pub(super) fn new(most: u32) -> Attempts {
        Attempts { most, minute: Mutex::new(Minute { began: WallMs(0), count: 0 }) }
    }

    /// Counts one more; otherwise says how many seconds to wait.
    pub(super) fn admit(&self, now: WallMs) -> Result<(), u64> {
        let mut minute = self.minute.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back begins a new minute too: nobody waits for a time that is far away.
        let passed = now.0.checked_sub(minute.began.0).filter(|passed| *passed < MINUTE_MS);
        match passed {
            None => *minute = Minute { began: now, count: 1 },
            Some(passed) if minute.count >= self.most => return Err((MINUTE_MS - passed).div_ceil(1000)),
            Some(_) => minute.count += 1,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_takes_so_many_and_the_next_one_again() {
        let attempts = Attempts::new(2);
        let begin = 1_795_000_000_000;
        assert_eq!(attempts.admit(WallMs(begin)), Ok(()));
        assert_eq!(attempts.admit(WallMs(begin + 1)), Ok(()));
        assert_eq!(attempts.admit(WallMs(begin + 2)), Err(60));
        assert_eq!(attempts.admit(WallMs(begin + 59_999)), Err(1));
        assert_eq!(attempts.admit(WallMs(begin + 60_000)), Ok(()));
        assert_eq!(attempts.admit(WallMs(begin)), Ok(()), "a clock that was set back locks nobody out");
    }
}
