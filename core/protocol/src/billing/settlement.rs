//! What a payment settled: the lines that the head office posts and the split that is printed on the receipt.
//!
//! A record of what was done; nothing here may decide anything.

use super::bounded;
use crate::ids::{BillNumber, HeadId};
use crate::money::Paise;
use crate::time::Period;
use serde::Serialize;
use std::collections::BTreeMap;

/// One head of one bill, and how much of it was settled (negative for a rebate or a rounding down).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SettledLine {
    /// The bill.
    pub bill: BillNumber,
    /// Its period.
    pub period: Period,
    /// The head.
    pub head: HeadId,
    /// How much.
    pub amount: Paise,
}

/// A head and what it gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct HeadAmount {
    /// The head.
    pub head: HeadId,
    /// What it gets; negative for a rebate or a rounding down.
    pub amount: Paise,
}

/// Where a payment went. `lines` and `to_advance` add up to `amount`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settlement {
    /// What was paid.
    pub amount: Paise,
    /// What the payment settled, in the order in which it did.
    pub lines: Vec<SettledLine>,
    /// What of it is held for bills to come.
    pub to_advance: Paise,
    /// What the advance that the account already held settled just before; no part of the payment.
    pub from_advance: Vec<SettledLine>,
}

impl Settlement {
    /// The receipt's split: the payment by head, in order of head number ([`HeadId::ADVANCE`] first), heads that come to
    /// nothing left out. It adds up to the amount paid.
    pub fn by_head(&self) -> Vec<HeadAmount> {
        let mut heads = BTreeMap::from([(HeadId::ADVANCE, self.to_advance)]);
        for line in &self.lines {
            let sum = heads.entry(line.head).or_default();
            *sum = bounded::add(*sum, line.amount);
        }
        let split = heads.into_iter().map(|(head, amount)| HeadAmount { head, amount });
        split.filter(|part| !part.amount.is_zero()).collect()
    }

    /// The oldest period that the payment settled something of; `None` if all of it is held in advance.
    pub fn oldest_period(&self) -> Option<Period> {
        self.lines.iter().map(|line| line.period).min()
    }

    /// The newest period that the payment settled something of; `None` if all of it is held in advance.
    pub fn newest_period(&self) -> Option<Period> {
        self.lines.iter().map(|line| line.period).max()
    }
}
