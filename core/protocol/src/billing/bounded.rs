//! Sums that stop at the bound of money instead of passing it.
//!
//! For an account that `Account::check` lets in no sum of this module ever reaches the bound, except the advance that
//! an account holds. It must never be used where a wrong total could be taken for a right one: making a new bill
//! refuses instead (`charge`).

use crate::money::{MAX_PAISE, Paise};

/// The sum, or the bound that it would pass.
pub(super) fn add(one: Paise, other: Paise) -> Paise {
    // Two amounts within 10^13 cannot overflow an i64.
    let sum = (one.get() + other.get()).clamp(-MAX_PAISE, MAX_PAISE);
    Paise::new(sum).expect("clamped to the bound")
}

/// The difference, or the bound that it would pass.
pub(super) fn sub(one: Paise, other: Paise) -> Paise {
    add(one, -other)
}

/// The sum of all, or the bound that it would pass.
pub(super) fn sum(amounts: impl IntoIterator<Item = Paise>) -> Paise {
    amounts.into_iter().fold(Paise::ZERO, add)
}
