//! `accounts.csv`: one row for each consumer.

use super::check::{self, Known};
use super::fault::Fault;
use super::refusal::Refusals;
use super::table::{Columns, Row, Table};
use super::text::{phone_last4, whole_number};
use raseed_protocol::book::{Account, AccountStatus, LastPayment, Meter};
use raseed_protocol::ids::AccountId;
use raseed_protocol::money::Paise;
use std::collections::HashMap;
use std::str::FromStr;

pub(super) const COLUMNS: Columns = Columns {
    file: "accounts.csv",
    needed: &[
        "account",
        "name",
        "name_latin",
        "house",
        "place",
        "phone",
        "tariff",
        "status",
        "meter_reading",
        "meter_read_on",
        "meter_digits",
        "usual_units",
        "advance",
    ],
    optional: &["last_payment", "last_payment_on"],
};
const ACCOUNT: usize = 0;
const NAME: usize = 1;
const NAME_LATIN: usize = 2;
const HOUSE: usize = 3;
const PLACE: usize = 4;
const PHONE: usize = 5;
const TARIFF: usize = 6;
const STATUS: usize = 7;
const METER_READING: usize = 8;
const METER_READ_ON: usize = 9;
const METER_DIGITS: usize = 10;
const USUAL_UNITS: usize = 11;
const ADVANCE: usize = 12;
const LAST_PAYMENT: usize = 13;
const LAST_PAYMENT_ON: usize = 14;

/// The accounts that could be read.
#[derive(Default)]
pub(super) struct Accounts {
    /// In the order of the file, without demands.
    pub list: Vec<Account>,
    /// The line of each.
    pub lines: Vec<u64>,
    /// Consumer numbers, those of bad rows too: a bill on such an account is not a second fault.
    pub by_id: HashMap<AccountId, Place>,
    /// True if there are rows of which not even the consumer number is known; then no number can be called unknown.
    pub lost: bool,
}

/// Where a consumer number stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Its line.
    pub line: u64,
    /// Its place in the list; `None` if the row was bad.
    pub index: Option<usize>,
}

/// Reads the file; what is wrong goes to the refusals. `None` if not even its first line could be read.
pub(super) fn read(bytes: &[u8], known: &Known<'_>, refusals: &mut Refusals) -> Option<Accounts> {
    let (mut table, mut row) = Table::open(&COLUMNS, bytes, refusals)?;
    let mut accounts = Accounts::default();
    while table.next(&mut row, refusals) {
        let mut good = true;
        let mut report = |column: &str, what: Fault| {
            refusals.value(COLUMNS.file, row.line, column, what);
            good = false;
        };
        let account = account(&row, &mut report);
        if let Some(account) = &account {
            check::account(account, known, &mut |place, what| report(place.csv, what));
        }
        let Ok(id) = row.get(ACCOUNT).parse::<AccountId>() else {
            accounts.lost = true;
            continue;
        };
        if let Some(first) = accounts.by_id.get(&id) {
            report("account", Fault::Duplicate { what: "account", name: id.to_string(), line: first.line });
            continue;
        }
        let index = account.filter(|_| good).map(|account| {
            accounts.list.push(account);
            accounts.lines.push(row.line);
            accounts.list.len() - 1
        });
        accounts.by_id.insert(id, Place { line: row.line, index });
    }
    accounts.lost |= table.has_lost_rows();
    Some(accounts)
}

fn account(row: &Row<'_>, report: &mut impl FnMut(&str, Fault)) -> Option<Account> {
    let id = parsed(row, ACCOUNT, report);
    let tariff = parsed(row, TARIFF, report);
    let phone = keep(phone_last4(row.get(PHONE)), PHONE, report);
    let status = keep(status(row.get(STATUS)), STATUS, report);
    let meter = meter(row, report);
    let advance = keep(amount_or_zero(row.get(ADVANCE)), ADVANCE, report);
    let last_payment = last_payment(row, report);
    Some(Account {
        id: id?,
        name: row.get(NAME).to_owned(),
        name_latin: row.get(NAME_LATIN).to_owned(),
        house: row.get(HOUSE).to_owned(),
        place: row.get(PLACE).to_owned(),
        phone_last4: phone?,
        tariff: tariff?,
        status: status?,
        meter: meter?,
        demands: Vec::new(),
        advance: advance?,
        last_payment: last_payment?,
    })
}

/// `Some(None)` for an account without a meter, `None` for a meter that cannot be read.
fn meter(row: &Row<'_>, report: &mut impl FnMut(&str, Fault)) -> Option<Option<Meter>> {
    let texts = [METER_READING, METER_READ_ON, METER_DIGITS].map(|column| row.get(column));
    if texts.iter().all(|text| text.is_empty()) && row.get(USUAL_UNITS).is_empty() {
        return Some(None);
    }
    if let Some(empty) = texts.iter().position(|text| text.is_empty()) {
        report(COLUMNS.name(METER_READING + empty), Fault::MeterIncomplete);
        return None;
    }
    let reading = keep(whole_number(texts[0], 0, 999_999_999), METER_READING, report);
    let read_on = parsed(row, METER_READ_ON, report);
    let digits = keep(whole_number(texts[2], 1, 9), METER_DIGITS, report);
    let usual = match row.get(USUAL_UNITS) {
        "" => Some(0),
        text => keep(whole_number(text, 0, 999_999_999), USUAL_UNITS, report),
    };
    let digits = u8::try_from(digits?).expect("1 to 9");
    Some(Some(Meter { reading: reading?, read_on: read_on?, digits, usual_units: usual? }))
}

fn last_payment(row: &Row<'_>, report: &mut impl FnMut(&str, Fault)) -> Option<Option<LastPayment>> {
    match (row.get(LAST_PAYMENT), row.get(LAST_PAYMENT_ON)) {
        ("", "") => Some(None),
        ("", _) => {
            report("last_payment", Fault::LastPaymentIncomplete);
            None
        }
        (_, "") => {
            report("last_payment_on", Fault::LastPaymentIncomplete);
            None
        }
        _ => {
            let amount = parsed(row, LAST_PAYMENT, report);
            let on = parsed(row, LAST_PAYMENT_ON, report);
            Some(Some(LastPayment { amount: amount?, on: on? }))
        }
    }
}

fn status(text: &str) -> Result<AccountStatus, Fault> {
    match text {
        "" | "active" => Ok(AccountStatus::Active),
        "closed" => Ok(AccountStatus::Closed),
        _ => Err(Fault::Status),
    }
}

/// An amount of rupees; nothing written is zero.
pub(super) fn amount_or_zero(text: &str) -> Result<Paise, Fault> {
    if text.is_empty() { Ok(Paise::ZERO) } else { Ok(text.parse()?) }
}

fn parsed<T>(row: &Row<'_>, column: usize, report: &mut impl FnMut(&str, Fault)) -> Option<T>
where
    T: FromStr,
    Fault: From<T::Err>,
{
    keep(read_value(row.get(column)), column, report)
}

/// A value that must be there.
pub(super) fn read_value<T>(text: &str) -> Result<T, Fault>
where
    T: FromStr,
    Fault: From<T::Err>,
{
    if text.is_empty() { Err(Fault::Missing) } else { Ok(text.parse()?) }
}

fn keep<T>(value: Result<T, Fault>, column: usize, report: &mut impl FnMut(&str, Fault)) -> Option<T> {
    value.map_err(|what| report(COLUMNS.name(column), what)).ok()
}
