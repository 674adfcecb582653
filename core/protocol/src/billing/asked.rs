//! What one demand asks on one day, in the order in which money settles it.
//!
//! The one place that knows the order inside a period and what it takes to clear a demand; it changes nothing.

use super::bounded;
use super::late_fee::late_fee;
use super::rebate::rebate;
use crate::book::{Account, Demand, DemandLine, Rules};
use crate::ids::HeadId;
use crate::money::Paise;
use crate::time::Day;

/// What a demand asks on a day.
pub(super) struct Asked {
    /// An open rounding down (zero or positive): it makes the money go further. Never more than the lines can take up.
    pub credit: Paise,
    /// What is open, each above zero, in settling order: late fee, heads of the rules' list, other heads by number, a
    /// rounding up.
    pub lines: Vec<(HeadId, Paise)>,
    /// What is taken off if the money clears the demand (zero or positive).
    pub rebate: Paise,
}

impl Asked {
    pub(super) fn of(demand: &Demand, rules: &Rules, on: Day) -> Asked {
        let mut lines = open_heads(demand, rules);
        let own_open = bounded::sum(lines.iter().map(|(_, open)| *open));
        let rounding = bounded::sum(demand.lines.iter().filter(|line| line.head == HeadId::ROUNDING).map(open_of));
        if rounding.is_positive() {
            lines.push((HeadId::ROUNDING, rounding));
        }
        let without_fee = bounded::add(own_open, rounding).max(Paise::ZERO);
        let fee = late_fee(demand, own_open, rules, on);
        if fee.is_positive() {
            lines.insert(0, (HeadId::LATE_FEE, fee));
        }
        let most_credit = bounded::sum(lines.iter().map(|(_, open)| *open));
        Asked {
            credit: (-rounding).max(Paise::ZERO).min(most_credit),
            lines,
            rebate: rebate(demand, without_fee, rules, on),
        }
    }

    /// The money that clears the demand, the rebate taken off; zero or positive.
    pub(super) fn payable(&self) -> Paise {
        let open = bounded::sum(self.lines.iter().map(|(_, open)| *open));
        bounded::sub(bounded::sub(open, self.credit), self.rebate).max(Paise::ZERO)
    }

    /// True if there is nothing left to settle on it.
    pub(super) fn is_nothing(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines that clearing it settles, signed; they add up to [`Asked::payable`].
    pub(super) fn clearing_lines(&self) -> Vec<(HeadId, Paise)> {
        let before = [(HeadId::ROUNDING, -self.credit)];
        let after = [(HeadId::REBATE, -self.rebate)];
        let all = before.into_iter().chain(self.lines.iter().copied()).chain(after);
        all.filter(|(_, amount)| !amount.is_zero()).collect()
    }

    /// The lines that `money`, too little to clear it, settles; signed; they add up to `money`.
    pub(super) fn part_lines(&self, money: Paise) -> Vec<(HeadId, Paise)> {
        let mut left = bounded::add(money, self.credit);
        let mut settled = vec![(HeadId::ROUNDING, -self.credit)];
        for (head, open) in &self.lines {
            let part = left.min(*open);
            settled.push((*head, part));
            left = bounded::sub(left, part);
        }
        settled.retain(|(_, amount)| !amount.is_zero());
        settled
    }
}

/// The places of the account's demands in settling order: oldest period first; within one period by day of issue, then
/// by bill number.
pub(super) fn settling_order(account: &Account) -> Vec<usize> {
    let mut order: Vec<usize> = (0..account.demands.len()).collect();
    order.sort_by(|&a, &b| {
        let key = |place: usize| {
            let demand = &account.demands[place];
            (demand.period, demand.issued_on, &demand.bill)
        };
        key(a).cmp(&key(b))
    });
    order
}

/// Where a head of the tenant's own stands: the rules' list in its order, then the others by number.
pub(super) fn head_rank(rules: &Rules, head: HeadId) -> (usize, HeadId) {
    (rules.heads.iter().position(|listed| listed.id == head).unwrap_or(usize::MAX), head)
}

fn open_heads(demand: &Demand, rules: &Rules) -> Vec<(HeadId, Paise)> {
    let own = demand.lines.iter().filter(|line| !line.head.is_reserved());
    let mut open: Vec<(HeadId, Paise)> = own.map(|line| (line.head, open_of(line))).collect();
    open.retain(|(_, open)| open.is_positive());
    open.sort_by_key(|(head, _)| head_rank(rules, *head));
    open
}

fn open_of(line: &DemandLine) -> Paise {
    bounded::sub(line.amount, line.paid)
}
