//! What a household owes on a day, by period and head: what the collector says at the door.
//!
//! It changes nothing, and it asks for exactly what `settle` would need on the same day: no more, no less.

use super::asked::{Asked, settling_order};
use super::bounded;
use super::settle::apply_advance;
use super::settlement::HeadAmount;
use crate::book::{Account, Rules};
use crate::ids::{BillNumber, HeadId};
use crate::money::Paise;
use crate::time::{Day, Period};
use serde::Serialize;

/// What an account owes on one day, once the advance that it holds has settled what it can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dues {
    /// Paying this settles everything; zero or positive. `arrears` and `current` together.
    pub payable: Paise,
    /// The part of it whose due date has passed, late fee included.
    pub arrears: Paise,
    /// The part of it that is not yet overdue, rebate taken off.
    pub current: Paise,
    /// The late fee in it.
    pub late_fee: Paise,
    /// The rebate taken off in it (zero or positive); a demand gives it only if it is cleared.
    pub rebate: Paise,
    /// How much of the advance held has been used up first.
    pub advance_used: Paise,
    /// What of the advance remains; zero as long as anything is payable.
    pub advance_left: Paise,
    /// The first due date still to come (or today) of what is payable.
    pub next_due_on: Option<Day>,
    /// The demands that ask for something, oldest first.
    pub demands: Vec<DemandDues>,
}

/// What one demand asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DemandDues {
    /// Bill number.
    pub bill: BillNumber,
    /// The month that was billed.
    pub period: Period,
    /// The last day to pay without a late fee.
    pub due_on: Day,
    /// True once that day has passed (days of grace count as passed).
    pub overdue: bool,
    /// What clears it.
    pub payable: Paise,
    /// By head: late fee, heads in the rules' order, others by number, rounding, rebate (negative).
    pub lines: Vec<HeadAmount>,
}

/// Works out what an account owes on `on`.
pub fn dues(account: &Account, rules: &Rules, on: Day) -> Dues {
    let mut account = account.clone();
    let held = account.advance;
    apply_advance(&mut account, rules, on);
    let demands = open_demands(&account, rules, on);
    let total = |overdue: bool| bounded::sum(demands.iter().filter(|d| d.overdue == overdue).map(|d| d.payable));
    Dues {
        payable: bounded::sum(demands.iter().map(|demand| demand.payable)),
        arrears: total(true),
        current: total(false),
        late_fee: total_of(&demands, HeadId::LATE_FEE),
        rebate: -total_of(&demands, HeadId::REBATE),
        advance_used: bounded::sub(held, account.advance),
        advance_left: account.advance,
        next_due_on: demands.iter().filter(|d| !d.overdue).map(|d| d.due_on).min(),
        demands,
    }
}

fn open_demands(account: &Account, rules: &Rules, on: Day) -> Vec<DemandDues> {
    let in_order = settling_order(account).into_iter().map(|place| &account.demands[place]);
    let each = in_order.map(|demand| {
        let asked = Asked::of(demand, rules, on);
        DemandDues {
            bill: demand.bill.clone(),
            period: demand.period,
            due_on: demand.due_on,
            overdue: on > demand.due_on,
            payable: asked.payable(),
            lines: shown(&asked),
        }
    });
    each.filter(|demand| demand.payable.is_positive()).collect()
}

/// The clearing lines with a rounding down where people look for it: after the heads.
fn shown(asked: &Asked) -> Vec<HeadAmount> {
    let mut lines = asked.clearing_lines();
    if lines.first().is_some_and(|(head, _)| *head == HeadId::ROUNDING) && asked.credit.is_positive() {
        let rounding = lines.remove(0);
        let place = lines.iter().position(|(head, _)| *head == HeadId::REBATE).unwrap_or(lines.len());
        lines.insert(place, rounding);
    }
    lines.into_iter().map(|(head, amount)| HeadAmount { head, amount }).collect()
}

fn total_of(demands: &[DemandDues], head: HeadId) -> Paise {
    let lines = demands.iter().flat_map(|demand| &demand.lines);
    bounded::sum(lines.filter(|line| line.head == head).map(|line| line.amount))
}
