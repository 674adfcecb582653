//! The rules that an account and its bills must keep, whichever file they came from.
//!
//! Values are already of their types here; this is about how they stand to each other. Nothing is corrected silently.

use super::fault::Fault;
use super::text::fault_in;
use raseed_protocol::book::{Account, AccountStatus, Demand, DemandLine, Rules, Tariff};
use raseed_protocol::ids::HeadId;
use raseed_protocol::money::Paise;
use raseed_protocol::time::{Day, Period};
use std::collections::HashMap;

/// Where a value stands: its column in a CSV file, its JSON pointer within the account or line.
#[derive(Clone, Copy)]
pub(super) struct Field {
    pub csv: &'static str,
    pub json: &'static str,
}

const fn field(csv: &'static str, json: &'static str) -> Field {
    Field { csv, json }
}

/// What accounts and bills refer to. A part that could not be read is `None`, and what refers to it is not judged: one
/// bad `tariffs.json` must not make every account bad.
pub(super) struct Known<'a> {
    pub rules: Option<&'a Rules>,
    metered_by_code: Option<HashMap<&'a str, bool>>,
}

impl<'a> Known<'a> {
    pub fn new(rules: Option<&'a Rules>, tariffs: Option<&'a [Tariff]>) -> Known<'a> {
        let by_code = |tariffs: &'a [Tariff]| {
            tariffs.iter().rev().map(|tariff| (tariff.code.as_str(), tariff.metered.is_some())).collect()
        };
        Known { rules, metered_by_code: tariffs.map(by_code) }
    }

    /// Where a payment settles this head: the place in the rules, rounding after all of them. `None` if it is unknown.
    pub fn rank(&self, head: HeadId) -> Option<usize> {
        let heads = self.rules.map_or(&[][..], |rules| &rules.heads);
        if head == HeadId::ROUNDING {
            return Some(heads.len());
        }
        heads.iter().position(|known| known.id == head)
    }
}

/// Judges everything about an account but its demands.
pub(super) fn account(account: &Account, known: &Known<'_>, report: &mut impl FnMut(Field, Fault)) {
    let texts = [
        (field("name", "/name"), &account.name, true),
        (field("name_latin", "/name_latin"), &account.name_latin, false),
        (field("house", "/house"), &account.house, false),
        (field("place", "/place"), &account.place, true),
    ];
    for (place, text, needed) in texts {
        if let Some(fault) = fault_in(text, needed) {
            report(place, fault);
        }
    }
    let last4 = account.phone_last4.as_bytes();
    if !(last4.is_empty() || last4.len() == 4 && last4.iter().all(u8::is_ascii_digit)) {
        report(field("phone", "/phone_last4"), Fault::PhoneLast4);
    }
    meter(account, known, report);
    if account.advance < Paise::ZERO {
        report(field("advance", "/advance"), Fault::Negative);
    }
    if account.last_payment.is_some_and(|payment| !payment.amount.is_positive()) {
        report(field("last_payment", "/last_payment/amount"), Fault::NotPositive);
    }
}

fn meter(account: &Account, known: &Known<'_>, report: &mut impl FnMut(Field, Fault)) {
    let code = || account.tariff.to_string();
    let metered = known.metered_by_code.as_ref().map(|tariffs| tariffs.get(account.tariff.as_str()));
    match metered {
        Some(None) => report(field("tariff", "/tariff"), Fault::UnknownTariff { code: code() }),
        // The meter of a closed connection may be gone; nothing is billed on it any more.
        Some(Some(true)) if account.meter.is_none() && account.status == AccountStatus::Active => {
            report(field("meter_reading", "/meter"), Fault::MeterNeeded { code: code() });
        }
        _ => {}
    }
    let Some(meter) = account.meter else { return };
    if !(1..=9).contains(&meter.digits) {
        report(field("meter_digits", "/meter/digits"), Fault::Number { low: 1, high: 9 });
        return;
    }
    let fits = |reading: u32| u64::from(reading) < 10u64.pow(u32::from(meter.digits));
    if !fits(meter.reading) {
        report(field("meter_reading", "/meter/reading"), Fault::BeyondDial { digits: meter.digits });
    }
    if !fits(meter.usual_units) {
        report(field("usual_units", "/meter/usual_units"), Fault::BeyondDial { digits: meter.digits });
    }
}

/// What is wrong with the dates of a bill, if anything: it is issued in its month or later, and due that day or later.
pub(super) fn dates(period: Period, issued_on: Day, due_on: Day) -> Option<(Field, Fault)> {
    if issued_on < period.first_day() {
        return Some((field("issued_on", "/issued_on"), Fault::IssuedBeforePeriod));
    }
    (due_on < issued_on).then_some((field("due_on", "/due_on"), Fault::DueBeforeIssued))
}

/// What is wrong with one line of a bill, if anything.
pub(super) fn line(line: &DemandLine, known: &Known<'_>) -> Option<(Field, Fault)> {
    let head = |fault| Some((field("head", "/head"), fault));
    let amount = |fault| Some((field("amount", "/amount"), fault));
    let paid = |fault| Some((field("paid", "/paid"), fault));
    if line.head == HeadId::ROUNDING {
        if line.amount.is_zero() || line.amount.get().abs() >= 100 {
            return amount(Fault::RoundingSize);
        }
        let same_sign = line.paid.is_zero() || line.paid.get().signum() == line.amount.get().signum();
        return if same_sign && line.paid.get().abs() <= line.amount.get().abs() {
            None
        } else {
            paid(Fault::PaidTooMuch)
        };
    }
    if matches!(line.head, HeadId::ADVANCE | HeadId::LATE_FEE | HeadId::REBATE) {
        return head(Fault::NotImported { head: line.head.to_string() });
    }
    if known.rules.is_some() && known.rank(line.head).is_none() {
        return head(Fault::UnknownHeadId { id: line.head.0 });
    }
    match line {
        line if !line.amount.is_positive() => amount(Fault::NotPositive),
        line if line.paid < Paise::ZERO => paid(Fault::Negative),
        line if line.paid > line.amount => paid(Fault::PaidTooMuch),
        _ => None,
    }
}

/// True if a bill asks for something: it has a head of the tenant's own, and its lines come to more than zero.
pub(super) fn asks_for_something(demand: &Demand) -> bool {
    let mut own = demand.lines.iter().filter(|line| !line.head.is_reserved()).peekable();
    let has_own = own.peek().is_some();
    if own.any(|line| !line.amount.is_positive()) {
        return true; // judged, and reported, as a line
    }
    has_own && checked_total(&demand.lines).is_none_or(Paise::is_positive)
}

fn checked_total(lines: &[DemandLine]) -> Option<Paise> {
    lines.iter().try_fold(Paise::ZERO, |sum, line| sum.checked_add(line.amount))
}

/// Judges the sums, so that no addition later can go beyond the bound of [`Paise`]: of each account and of the book.
/// `report` is told the place of the account in the list.
pub(super) fn totals(accounts: &[Account], mut report: impl FnMut(usize, Fault)) {
    let mut book = Some(Paise::ZERO);
    for (index, account) in accounts.iter().enumerate() {
        let asked = account
            .demands
            .iter()
            .try_fold(account.advance, |sum, demand| sum.checked_add(checked_total(&demand.lines)?));
        let Some(asked) = asked else {
            report(index, Fault::TotalTooLarge { of: "account" });
            continue;
        };
        if let Some(so_far) = book {
            book = so_far.checked_add(asked);
            if book.is_none() {
                report(index, Fault::TotalTooLarge { of: "whole book" });
            }
        }
    }
}

/// Puts bills oldest first and the lines of each into the order of the rules, so that the same book is always equal.
pub(super) fn sort(account: &mut Account, known: &Known<'_>) {
    account.demands.sort_by(|a, b| (a.period, a.issued_on, &a.bill).cmp(&(b.period, b.issued_on, &b.bill)));
    for demand in &mut account.demands {
        demand.lines.sort_by_key(|line| known.rank(line.head));
    }
}
