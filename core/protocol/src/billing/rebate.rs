//! The rebate that a demand still offers on a day to whoever clears it.
//!
//! It is allowed only at the moment the demand is cleared; nothing here may write it into a demand.

use super::bounded;
use crate::book::{Demand, Rebate, RebateAmount, Rounding, Rules};
use crate::ids::HeadId;
use crate::money::Paise;
use crate::time::Day;

/// What is taken off for clearing the demand on `on` (zero or positive): never more than `open`, what is open on its own
/// heads and rounding, and what was allowed before counts.
pub(super) fn rebate(demand: &Demand, open: Paise, rules: &Rules, on: Day) -> Paise {
    let Some(rule) = rules.rebate else {
        return Paise::ZERO;
    };
    let last_day = demand.issued_on.plus_days(i32::from(rule.within_days));
    // A rebate rewards paying early: past its due date a bill offers none, however long the rule would let it.
    if on > last_day || on > demand.due_on {
        return Paise::ZERO;
    }
    let before = bounded::sum(demand.lines.iter().filter(|line| line.head == HeadId::REBATE).map(|line| -line.amount));
    let left = bounded::sub(offered(rule, demand), before).min(open).max(Paise::ZERO);
    if rules.rounding == Rounding::NearestRupee { left.floor_to_rupee() } else { left }
}

/// The whole rebate of the bill; a share is taken of the own heads as billed, to the nearest paisa.
fn offered(rule: Rebate, demand: &Demand) -> Paise {
    match rule.amount {
        RebateAmount::Flat(rebate) => rebate,
        RebateAmount::BasisPoints(share) => {
            let own = demand.lines.iter().filter(|line| !line.head.is_reserved());
            let billed = bounded::sum(own.map(|line| line.amount));
            billed.checked_ratio(i64::from(share), 10_000).unwrap_or(billed)
        }
    }
}
