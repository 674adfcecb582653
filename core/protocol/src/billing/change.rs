//! Cash at the door: what to give back, and which sums a payer is likely to hand over.
//!
//! Nothing here is recorded: the receipt says what was paid, not which notes were given.

use super::bounded;
use crate::money::Paise;

/// The notes of India that are in use, in rupees, largest first. Coins make up the rest.
pub const NOTES_RUPEES: [i64; 6] = [500, 200, 100, 50, 20, 10];

/// What has to happen before the payment is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Give this back; nothing if it is exact.
    Due(Paise),
    /// This is still missing.
    Short(Paise),
}

/// The change for `given` when `amount` is to be paid.
pub fn change(amount: Paise, given: Paise) -> Change {
    if given >= amount { Change::Due(bounded::sub(given, amount)) } else { Change::Short(bounded::sub(amount, given)) }
}

/// Up to `most` sums that people hand over for an amount, smallest first: the exact one, and the next full tens,
/// fifties, hundreds, two hundreds and five hundreds.
pub fn likely_sums(amount: Paise, most: usize) -> Vec<Paise> {
    if !amount.is_positive() {
        return Vec::new();
    }
    let mut sums: Vec<Paise> = NOTES_RUPEES.iter().filter_map(|rupees| next_full(amount, *rupees)).collect();
    sums.push(amount);
    sums.sort_unstable();
    sums.dedup();
    sums.truncate(most);
    sums
}

/// The first multiple of a note that is at least the amount.
fn next_full(amount: Paise, rupees: i64) -> Option<Paise> {
    let note = Paise::from_rupees(rupees).ok()?;
    let missing = (note.get() - amount.get() % note.get()) % note.get();
    amount.checked_add(Paise::new(missing).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rupees(amount: i64) -> Paise {
        Paise::from_rupees(amount).unwrap()
    }

    #[test]
    fn what_is_given_beyond_the_amount_goes_back() {
        assert_eq!(change(rupees(260), rupees(500)), Change::Due(rupees(240)));
        assert_eq!(change(rupees(260), rupees(260)), Change::Due(Paise::ZERO));
        assert_eq!(change(rupees(260), rupees(200)), Change::Short(rupees(60)));
    }

    #[test]
    fn the_sums_are_those_that_notes_make() {
        assert_eq!(likely_sums(rupees(260), 4), [260, 300, 400, 500].map(rupees));
        assert_eq!(likely_sums(rupees(500), 4), [500, 600].map(rupees));
        let exact = Paise::new(26_050).unwrap();
        assert_eq!(likely_sums(exact, 3), vec![exact, rupees(270), rupees(280)]);
        assert!(likely_sums(Paise::ZERO, 4).is_empty());
    }
}
