//! Settling: which demands, and which heads of them, money pays for. The only place in the product that decides it.
//!
//! It never refuses: what has really been paid is posted, whatever the rules would have allowed at the door (`policy`
//! says that). The same account, rules, amount and day always give the same answer, on a till and at the head office.

use super::asked::{Asked, settling_order};
use super::bounded;
use super::settlement::{SettledLine, Settlement};
use crate::book::{Account, Demand, DemandLine, LastPayment, Rules};
use crate::ids::HeadId;
use crate::money::Paise;
use crate::time::Day;

/// Posts a payment to an account: first the advance that it already holds settles what is open, then the payment does,
/// and what is left is held in advance.
///
/// An amount that is not above zero is no payment: it settles nothing (the advance still does). The advance held stops
/// at [`crate::money::MAX_PAISE`]; the settlement always carries the whole amount.
pub fn settle(account: &mut Account, rules: &Rules, amount: Paise, on: Day) -> Settlement {
    let from_advance = apply_advance(account, rules, on);
    let amount = amount.max(Paise::ZERO);
    let (lines, to_advance) = pour(account, rules, amount, on);
    account.advance = bounded::add(account.advance, to_advance);
    let is_newest = account.last_payment.is_none_or(|last| last.on <= on);
    if amount.is_positive() && is_newest {
        account.last_payment = Some(LastPayment { amount, on });
    }
    Settlement { amount, lines, to_advance, from_advance }
}

/// Lets the advance that an account holds settle what is open, as when a new demand arrives. Doing it twice is doing it
/// once.
pub fn apply_advance(account: &mut Account, rules: &Rules, on: Day) -> Vec<SettledLine> {
    let held = account.advance.max(Paise::ZERO);
    let (lines, left) = pour(account, rules, held, on);
    account.advance = left;
    lines
}

/// What [`settle`] would do, the account left as it is.
pub fn preview(account: &Account, rules: &Rules, amount: Paise, on: Day) -> Settlement {
    settle(&mut account.clone(), rules, amount, on)
}

/// Settles demand after demand, oldest first, up to and with the first that the money does not clear; what is left comes
/// back beside the lines.
fn pour(account: &mut Account, rules: &Rules, money: Paise, on: Day) -> (Vec<SettledLine>, Paise) {
    let mut left = money;
    let mut settled = Vec::new();
    for place in settling_order(account) {
        let demand = &mut account.demands[place];
        let asked = Asked::of(demand, rules, on);
        if asked.is_nothing() {
            continue;
        }
        let payable = asked.payable();
        if left < payable {
            if left.is_positive() {
                record(demand, &asked.part_lines(left), &mut settled);
            }
            return (settled, Paise::ZERO);
        }
        record(demand, &asked.clearing_lines(), &mut settled);
        left = bounded::sub(left, payable);
    }
    (settled, left)
}

fn record(demand: &mut Demand, lines: &[(HeadId, Paise)], settled: &mut Vec<SettledLine>) {
    for &(head, amount) in lines {
        write_into(demand, head, amount);
        settled.push(SettledLine { bill: demand.bill.clone(), period: demand.period, head, amount });
    }
}

/// A late fee and a rebate come into being as they are settled; every other line was asked before.
fn write_into(demand: &mut Demand, head: HeadId, amount: Paise) {
    let at_once = matches!(head, HeadId::LATE_FEE | HeadId::REBATE);
    match demand.lines.iter_mut().find(|line| line.head == head) {
        Some(line) => {
            line.paid = bounded::add(line.paid, amount);
            if at_once {
                line.amount = bounded::add(line.amount, amount);
            }
        }
        None => demand.lines.push(DemandLine { head, amount, paid: amount }),
    }
}
