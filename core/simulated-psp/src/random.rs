//! Random numbers from a seed (SplitMix64): for ids and faults that can be thrown again, never for anything secret.

/// A stream of them.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `most`, both included.
    pub fn up_to(&mut self, most: u64) -> u64 {
        // Draws nothing where nothing is to be decided: faults that are off leave the rest of a run as it was.
        if most == 0 { 0 } else { self.next() % most.saturating_add(1).max(1) }
    }

    /// True so many times in a thousand.
    pub fn chance(&mut self, per_mille: u16) -> bool {
        per_mille > 0 && self.next() % 1000 < u64::from(per_mille)
    }

    /// Fourteen letters and digits that no other `serial` of this simulator has.
    pub fn id(&mut self, serial: u64) -> String {
        const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        const DRAWN: u32 = 8;
        let mut text = String::with_capacity(14);
        let (mut drawn, mut serial) = (self.next() % 62u64.pow(DRAWN), serial);
        for place in 0..14 {
            let rest = if place < DRAWN { &mut drawn } else { &mut serial };
            text.push(DIGITS[usize::try_from(*rest % 62).unwrap_or(0)].into());
            *rest /= 62;
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_same_seed_gives_the_same_and_ids_are_unique() {
        let ids = |seed| (0..5000).map(|serial| Random::new(seed).id(serial)).collect::<Vec<_>>();
        assert_eq!(ids(7), ids(7));
        assert_eq!(ids(7).into_iter().collect::<HashSet<_>>().len(), 5000);
        let mut random = Random::new(1);
        assert_eq!((0..1000).filter(|_| random.chance(0)).count(), 0);
        assert_eq!((0..1000).filter(|_| random.chance(1000)).count(), 1000);
        assert!((0..1000).all(|_| random.up_to(3) <= 3) && random.up_to(u64::MAX) > 0);
    }
}
