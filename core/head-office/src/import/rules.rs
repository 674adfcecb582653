//! The rules and tariffs of a book: what may stand in them.
//!
//! A part of a rule that this file lets through is used by every till of the tenant, so bounds are narrow and explained.

use super::fault::{Fault, quoted};
use super::text::fault_in;
use raseed_protocol::book::{
    Demand, LateFeeAmount, MeteredCharge, PartPayment, RebateAmount, Rules, Slab, Tariff, TariffLine,
};
use raseed_protocol::ids::HeadId;
use raseed_protocol::language::Names;
use raseed_protocol::money::Paise;
use std::collections::HashMap;

/// The most slabs of one metered charge.
const MAX_SLABS: usize = 20;
/// All of an amount, in hundredths of a percent.
const WHOLE: u64 = 10_000;
/// The longest a grace or a rebate may last, in days.
const YEAR: u64 = 366;

/// Judges the rules; `report` is told the JSON pointer within them.
pub(super) fn rules(rules: &Rules, report: &mut impl FnMut(&str, Fault)) {
    if let Some(fault) = fault_in(&rules.name, true) {
        report("/name", fault);
    }
    names("/names", &rules.names, report);
    heads(rules, report);
    if let Some(fee) = &rules.late_fee {
        match fee.amount {
            LateFeeAmount::Flat(amount) => positive("/late_fee/amount/flat", amount, report),
            LateFeeAmount::BasisPoints(points) => {
                within("/late_fee/amount/basis-points", points.into(), 1, WHOLE, report);
            }
        }
        within("/late_fee/grace_days", fee.grace_days.into(), 0, YEAR, report);
        if let Some(cap) = fee.cap {
            positive("/late_fee/cap", cap, report);
        }
    }
    if let Some(rebate) = &rules.rebate {
        match rebate.amount {
            RebateAmount::Flat(amount) => positive("/rebate/amount/flat", amount, report),
            RebateAmount::BasisPoints(points) => within("/rebate/amount/basis-points", points.into(), 1, WHOLE, report),
        }
        within("/rebate/within_days", rebate.within_days.into(), 0, YEAR, report);
    }
    if let PartPayment::Minimum(least) = rules.part_payment {
        positive("/part_payment/minimum", least, report);
    }
    not_negative("/max_advance", rules.max_advance, report);
    positive("/max_cash_receipt", rules.max_cash_receipt, report);
    within("/due_day", rules.due_day.into(), 1, 28, report);
    if !Rules::is_receipt_host(&rules.receipt_host) {
        report("/receipt_host", Fault::ReceiptHost { text: quoted(&rules.receipt_host, 60) });
    }
    if let Err(fault) = rules.payments.check() {
        report("/payments", fault.into());
    }
}

fn heads(rules: &Rules, report: &mut impl FnMut(&str, Fault)) {
    if rules.heads.is_empty() {
        report("/heads", Fault::NoneGiven { what: "heads" });
    }
    if rules.heads.len() > Rules::MAX_HEADS {
        report("/heads", Fault::TooMany { what: "heads", limit: Rules::MAX_HEADS });
    }
    for (index, head) in rules.heads.iter().enumerate() {
        let before = &rules.heads[..index];
        let at = |name: &str| format!("/heads/{index}/{name}");
        if head.id.is_reserved() {
            report(&at("id"), Fault::ReservedHead { id: head.id.0 });
        }
        if before.iter().any(|other| other.id == head.id) {
            report(&at("id"), Fault::Again { what: "head number", name: head.id.0.to_string() });
        }
        if !is_head_code(&head.code) {
            report(&at("code"), Fault::HeadCode { code: quoted(&head.code, 40) });
        } else if before.iter().any(|other| other.code == head.code) {
            report(&at("code"), Fault::Again { what: "head code", name: head.code.clone() });
        }
        if let Some(fault) = fault_in(&head.name, true) {
            report(&at("name"), fault);
        }
        names(&at("names"), &head.names, report);
    }
}

/// A language that is named has a name; those that are left out fall back to the usual one.
fn names(at: &str, names: &Names, report: &mut impl FnMut(&str, Fault)) {
    for (language, name) in names {
        if let Some(fault) = fault_in(name, true) {
            report(&format!("{at}/{language}"), fault);
        }
    }
}

/// The code by which files name the rounding of a bill.
pub(super) const ROUNDING_CODE: &str = "ROUNDING";
/// Codes of the heads that every tenant has and that no book may bring.
pub(super) const NOT_IMPORTED: [(&str, HeadId); 3] =
    [("ADVANCE", HeadId::ADVANCE), ("LATE_FEE", HeadId::LATE_FEE), ("REBATE", HeadId::REBATE)];

fn is_head_code(code: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    (1..=12).contains(&code.len())
        && code.bytes().all(fits)
        && code != ROUNDING_CODE
        && NOT_IMPORTED.iter().all(|(reserved, _)| *reserved != code)
}

/// Judges one tariff; `report` is told the JSON pointer within it. `None` for rules that could not be read.
pub(super) fn tariff(tariff: &Tariff, rules: Option<&Rules>, report: &mut impl FnMut(&str, Fault)) {
    if let Some(fault) = fault_in(&tariff.name, true) {
        report("/name", fault);
    }
    if tariff.fixed.len() > Demand::MAX_LINES {
        report("/fixed", Fault::TooMany { what: "lines", limit: Demand::MAX_LINES });
        return;
    }
    let mut seen = HashMap::new();
    for (index, TariffLine { head, amount }) in tariff.fixed.iter().enumerate() {
        known_head(&format!("/fixed/{index}/head"), *head, rules, report);
        if seen.insert(*head, index).is_some() {
            report(&format!("/fixed/{index}/head"), Fault::Again { what: "head number", name: head.0.to_string() });
        }
        positive(&format!("/fixed/{index}/amount"), *amount, report);
    }
    if let Some(metered) = &tariff.metered {
        known_head("/metered/head", metered.head, rules, report);
        not_negative("/metered/minimum", metered.minimum, report);
        slabs(metered, report);
    }
}

fn slabs(MeteredCharge { slabs, .. }: &MeteredCharge, report: &mut impl FnMut(&str, Fault)) {
    if slabs.is_empty() {
        report("/metered/slabs", Fault::NoneGiven { what: "slabs" });
    }
    if slabs.len() > MAX_SLABS {
        report("/metered/slabs", Fault::TooMany { what: "slabs", limit: MAX_SLABS });
    }
    let mut below = 0;
    for (index, Slab { up_to, rate }) in slabs.iter().enumerate() {
        let at = |name: &str| format!("/metered/slabs/{index}/{name}");
        let last = index + 1 == slabs.len();
        match up_to {
            Some(_) if last => report(&at("up_to"), Fault::OpenSlab),
            None if !last => report(&at("up_to"), Fault::OpenSlab),
            Some(units) if *units <= below => report(&at("up_to"), Fault::SlabOrder),
            Some(units) => below = *units,
            None => {}
        }
        not_negative(&at("rate"), *rate, report);
    }
}

fn known_head(at: &str, head: HeadId, rules: Option<&Rules>, report: &mut impl FnMut(&str, Fault)) {
    if rules.is_some_and(|rules| rules.heads.iter().all(|known| known.id != head)) {
        report(at, Fault::UnknownHeadId { id: head.0 });
    }
}

fn positive(at: &str, amount: Paise, report: &mut impl FnMut(&str, Fault)) {
    if !amount.is_positive() {
        report(at, Fault::NotPositive);
    }
}

fn not_negative(at: &str, amount: Paise, report: &mut impl FnMut(&str, Fault)) {
    if amount < Paise::ZERO {
        report(at, Fault::Negative);
    }
}

fn within(at: &str, value: u64, low: u64, high: u64, report: &mut impl FnMut(&str, Fault)) {
    if !(low..=high).contains(&value) {
        report(at, Fault::Number { low, high });
    }
}
