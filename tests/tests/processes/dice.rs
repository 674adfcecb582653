//! Random numbers that can be thrown again, and a tiny delay that is measured in bytes and not in time.

use raseed_tests::world::Seeded;
use std::fs::File;
use std::io::Read;
use std::time::{SystemTime, UNIX_EPOCH};

/// Throws the same numbers for the same seed.
pub struct Dice(Seeded);

impl Dice {
    /// Of the seed in RASEED_SEED, or a new one; says which, so that a failure can be played again.
    pub fn new(what: &str) -> Dice {
        let given = std::env::var("RASEED_SEED").ok().map(|seed| seed.parse().expect("RASEED_SEED is a number"));
        let seed = given.unwrap_or_else(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
            u64::from(since.subsec_nanos())
        });
        println!("{what}: RASEED_SEED={seed}");
        Dice(Seeded::new(seed))
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.next(&mut bytes);
        let end = u64::try_from(end.max(1)).expect("a small number");
        usize::try_from(u64::from_le_bytes(bytes) % end).expect("a small number")
    }

    /// The id of a new wish.
    pub fn request(&mut self) -> String {
        let mut bytes = [0; 8];
        self.0.next(&mut bytes);
        format!("{:016x}", u64::from_le_bytes(bytes))
    }

    /// Keeps busy by reading up to so many thousand bytes.
    pub fn dawdle(&mut self, most_thousands: usize) {
        let thousands = self.below(most_thousands);
        let mut zeros = File::open("/dev/zero").expect("a machine with /dev/zero");
        let mut bytes = [0; 1000];
        for _ in 0..thousands {
            zeros.read_exact(&mut bytes).expect("zeros do not end");
        }
    }
}
