//! The late fee that a demand asks on a day, beyond what it has been charged before.
//!
//! It is charged only at the moment it is settled; nothing here may write it into a demand.

use super::bounded;
use super::calendar::months_late;
use crate::book::{Demand, LateFee, LateFeeAmount, Rounding, Rules};
use crate::ids::HeadId;
use crate::money::Paise;
use crate::time::Day;

/// What is asked now: the fee up to `on` less what was charged before; never below zero. `own_open` is what is open on
/// the demand's own heads; with nothing open there, no fee.
pub(super) fn late_fee(demand: &Demand, own_open: Paise, rules: &Rules, on: Day) -> Paise {
    let Some(rule) = rules.late_fee else {
        return Paise::ZERO;
    };
    let begins_after = demand.due_on.plus_days(i32::from(rule.grace_days));
    if on <= begins_after || !own_open.is_positive() {
        return Paise::ZERO;
    }
    let months = if rule.once { 1 } else { months_late(demand.due_on, on) };
    let in_all = fee_of(rule, own_open, months, rules.rounding).min(rule.cap.unwrap_or(LateFee::MAX_PER_BILL));
    let before = bounded::sum(demand.lines.iter().filter(|line| line.head == HeadId::LATE_FEE).map(|line| line.amount));
    bounded::sub(in_all.min(LateFee::MAX_PER_BILL), before).max(Paise::ZERO)
}

/// The fee for so many months, rounded once, at the end.
fn fee_of(rule: LateFee, own_open: Paise, months: u16, rounding: Rounding) -> Paise {
    let months = i64::from(months);
    let whole_rupees = rounding == Rounding::NearestRupee;
    let fee = match rule.amount {
        LateFeeAmount::Flat(fee) if whole_rupees => fee.checked_mul(months).map(Paise::round_to_rupee),
        LateFeeAmount::Flat(fee) => fee.checked_mul(months),
        // A hundredth of the share is the number of rupees: rounding to it directly avoids rounding twice.
        LateFeeAmount::BasisPoints(share) if whole_rupees => {
            own_open.checked_ratio(i64::from(share) * months, 1_000_000).and_then(|rupees| rupees.checked_mul(100))
        }
        LateFeeAmount::BasisPoints(share) => own_open.checked_ratio(i64::from(share) * months, 10_000),
    };
    fee.unwrap_or(LateFee::MAX_PER_BILL)
}
