//! How long to wait before trying again: doubling, bounded, with jitter, so that a village of devices that lost the
//! network together does not come back together.

/// The waits of one sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
    most: u32,
}

const FIRST_MS: u64 = 500;
const LONGEST_MS: u64 = 60_000;

impl Backoff {
    /// Gives up after `most` failures in a row.
    pub fn new(most: u32) -> Backoff {
        Backoff { failures: 0, most }
    }

    /// Something worked.
    pub fn worked(&mut self) {
        self.failures = 0;
    }

    /// Something failed: how long to wait, in milliseconds, or `None` to give up. `random` is any random number.
    pub fn failed(&mut self, random: u32) -> Option<u64> {
        self.failures += 1;
        if self.failures >= self.most {
            return None;
        }
        let ceiling = FIRST_MS.saturating_mul(1 << (self.failures - 1).min(16)).min(LONGEST_MS);
        Some(ceiling / 2 + u64::from(random) % (ceiling / 2 + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_doubles_is_bounded_and_gives_up() {
        let mut backoff = Backoff::new(12);
        let waits: Vec<_> = std::iter::from_fn(|| backoff.failed(u32::MAX)).collect();
        assert_eq!(waits.len(), 11);
        assert!(waits.iter().all(|wait| *wait <= LONGEST_MS));
        backoff.worked();
        assert!(backoff.failed(0).is_some_and(|wait| wait <= FIRST_MS));
    }

    proptest! {
        #[test]
        fn a_wait_lies_between_half_and_all_of_its_ceiling(random in any::<u32>(), before in 0u32..20) {
            let mut backoff = Backoff { failures: before, most: 100 };
            let wait = backoff.failed(random).unwrap();
            let ceiling = (FIRST_MS << before.min(16)).min(LONGEST_MS);
            prop_assert!(wait >= ceiling / 2 && wait <= ceiling);
        }
    }
}
