//! What a tariff costs: fixed lines, telescopic slabs, the minimum, rounding.
//!
//! Pure arithmetic on one tariff; it must never know an account or a day. It refuses rather than bill a wrong amount.

use super::asked::head_rank;
use crate::book::{DemandLine, MeteredCharge, Rounding, Rules, Tariff, TariffError};
use crate::ids::HeadId;
use crate::money::Paise;
use serde::Serialize;
use thiserror::Error;

/// What a connection is charged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Charge {
    /// By head, in the order of `rules.heads`, a rounding line last; none is zero, nothing is paid.
    pub lines: Vec<DemandLine>,
    /// All of it; zero or positive, whole rupees if the rules round.
    pub total: Paise,
}

/// Why nothing can be charged.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ChargeError {
    /// The tariff itself is wrong.
    #[error("the tariff cannot be used: {0}")]
    BadTariff(#[from] TariffError),
    /// The tariff charges to a head that the rules do not list.
    #[error("the tariff charges to head {}, which is not in the list of heads; the office must add it", head.0)]
    UnknownHead {
        /// The head.
        head: HeadId,
    },
    /// A metered tariff needs the units used.
    #[error("this tariff charges by the meter; take the reading")]
    UnitsMissing,
    /// A flat tariff has no use for units.
    #[error("this tariff does not charge by the meter; leave the reading out")]
    UnitsNotWanted,
    /// No months, or more than [`Charge::MAX_MONTHS`].
    #[error("{months} months cannot be billed at once; 1 to {} can", Charge::MAX_MONTHS)]
    MonthsOutOfRange {
        /// How many.
        months: u16,
    },
    /// Beyond the bound of money.
    #[error("the charge is too large to be true; check the reading and the tariff")]
    TooLarge,
}

impl Charge {
    /// The most months that one bill may cover: ten years.
    pub const MAX_MONTHS: u16 = 120;
}

/// What `months` months cost, with `units` used in all of them together (for a metered tariff, and only for one).
///
/// Fixed lines, slab limits and the minimum are for one month, so each counts `months` times.
pub fn charge(tariff: &Tariff, rules: &Rules, units: Option<u32>, months: u16) -> Result<Charge, ChargeError> {
    tariff.check()?;
    if !(1..=Charge::MAX_MONTHS).contains(&months) {
        return Err(ChargeError::MonthsOutOfRange { months });
    }
    let mut lines = Vec::new();
    for fixed in &tariff.fixed {
        let amount = fixed.amount.checked_mul(i64::from(months)).ok_or(ChargeError::TooLarge)?;
        add_to(&mut lines, fixed.head, amount)?;
    }
    match (&tariff.metered, units) {
        (Some(metered), Some(units)) => {
            let amount = metered_amount(metered, units, months).ok_or(ChargeError::TooLarge)?;
            add_to(&mut lines, metered.head, amount)?;
        }
        (Some(_), None) => return Err(ChargeError::UnitsMissing),
        (None, Some(_)) => return Err(ChargeError::UnitsNotWanted),
        (None, None) => {}
    }
    finish(lines, rules)
}

/// The units slab by slab, each at its own rate, but never less than the minimum.
fn metered_amount(metered: &MeteredCharge, units: u32, months: u16) -> Option<Paise> {
    let units = u64::from(units);
    let (mut charged_up_to, mut total) = (0, Paise::ZERO);
    for slab in &metered.slabs {
        let end = slab.up_to.map_or(units, |limit| units.min(u64::from(limit) * u64::from(months)));
        let in_slab = i64::try_from(end.saturating_sub(charged_up_to)).ok()?;
        total = total.checked_add(slab.rate.checked_mul(in_slab)?)?;
        charged_up_to = end;
    }
    Some(total.max(metered.minimum.checked_mul(i64::from(months))?))
}

fn add_to(lines: &mut Vec<DemandLine>, head: HeadId, amount: Paise) -> Result<(), ChargeError> {
    match lines.iter_mut().find(|line| line.head == head) {
        Some(line) => line.amount = line.amount.checked_add(amount).ok_or(ChargeError::TooLarge)?,
        None => lines.push(DemandLine { head, amount, paid: Paise::ZERO }),
    }
    Ok(())
}

fn finish(mut lines: Vec<DemandLine>, rules: &Rules) -> Result<Charge, ChargeError> {
    if let Some(line) = lines.iter().find(|line| rules.heads.iter().all(|head| head.id != line.head)) {
        return Err(ChargeError::UnknownHead { head: line.head });
    }
    lines.retain(|line| line.amount.is_positive());
    lines.sort_by_key(|line| head_rank(rules, line.head));
    let exact = lines.iter().try_fold(Paise::ZERO, |total, line| total.checked_add(line.amount));
    let exact = exact.ok_or(ChargeError::TooLarge)?;
    let total = if rules.rounding == Rounding::NearestRupee { exact.round_to_rupee() } else { exact };
    if total != exact {
        lines.push(DemandLine { head: HeadId::ROUNDING, amount: total - exact, paid: Paise::ZERO });
    }
    Ok(Charge { lines, total })
}
