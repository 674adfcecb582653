//! A book as one JSON file, `schemas/book.schema.json`: the same content, amounts in whole paise.

use super::check::{self, Known};
use super::fault::Fault;
use super::folder::{rules_of, tariffs_of};
use super::json::{JsonFile, RawList};
use super::refusal::{ImportRefused, Refusals};
use super::{BookFile, bytes};
use raseed_protocol::book::{Account, Demand};
use raseed_protocol::ids::{AccountId, BillNumber};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::io::{self, BufWriter, Read, Write};

const FILE: &str = "book.json";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts<'a> {
    #[serde(borrow)]
    rules: &'a RawValue,
    #[serde(borrow)]
    tariffs: RawList<'a>,
    #[serde(borrow)]
    accounts: RawList<'a>,
}

/// Reads a book in one JSON file.
///
/// # Errors
/// Everything that is wrong with the book, or that it could not be read.
pub fn read_json(reader: impl Read) -> Result<BookFile, ImportRefused> {
    let mut refusals = Refusals::default();
    let bytes = bytes::read(FILE, reader, &mut refusals);
    let book = bytes.and_then(|bytes| read(&bytes, &mut refusals));
    refusals.unless_any(book)
}

/// Writes a book as one JSON file, each tariff and each account on a line of its own: small, and a line number in a
/// report is an account.
///
/// # Errors
/// Whatever the writer answers; part of the file may be written then.
pub fn write_json(book: &BookFile, writer: impl Write) -> io::Result<()> {
    let BookFile { rules, tariffs, accounts } = book;
    let mut writer = BufWriter::new(writer);
    writer.write_all(b"{\"rules\": ")?;
    serde_json::to_writer(&mut writer, rules)?;
    write_list(&mut writer, "tariffs", tariffs)?;
    write_list(&mut writer, "accounts", accounts)?;
    writer.write_all(b"}\n")?;
    writer.flush()
}

fn write_list(writer: &mut impl Write, name: &str, records: &[impl Serialize]) -> io::Result<()> {
    write!(writer, ",\n\"{name}\": [")?;
    for (index, record) in records.iter().enumerate() {
        writer.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *writer, record)?;
    }
    writer.write_all(b"\n]")
}

fn read(bytes: &[u8], refusals: &mut Refusals) -> Option<BookFile> {
    let mut file = JsonFile::open(FILE, bytes::clean(FILE, bytes, refusals)?, refusals)?;
    let whole: &RawValue = file.read(refusals)?;
    let parts: Parts<'_> = file.read_record(whole, "", refusals)?;
    let rules = rules_of(&mut file, parts.rules, "/rules", refusals);
    let tariffs = tariffs_of(&mut file, &parts.tariffs, "/tariffs", rules.as_ref(), refusals);
    let known = Known::new(rules.as_ref(), tariffs.as_deref());
    let mut accounts = Vec::new();
    let mut seen = Seen::default();
    for (index, record) in parts.accounts.0.iter().enumerate() {
        let pointer = format!("/accounts/{index}");
        let Some(mut account) = file.read_record::<Account>(record, &pointer, refusals) else { continue };
        let line = file.line_of(record);
        let report = &mut |at: &str, what| refusals.value(FILE, line, &format!("{pointer}{at}"), what);
        seen.account(&account, line, report);
        check::account(&account, &known, &mut |field, what| report(field.json, what));
        demands(&account, &known, line, &mut seen, report);
        check::sort(&mut account, &known);
        accounts.push((account, line));
    }
    let (accounts, lines): (Vec<_>, Vec<_>) = accounts.into_iter().unzip();
    check::totals(&accounts, |index, what| refusals.line(FILE, lines[index], what));
    Some(BookFile { rules: rules?, tariffs: tariffs?, accounts })
}

fn demands(account: &Account, known: &Known<'_>, line: u64, seen: &mut Seen, report: &mut impl FnMut(&str, Fault)) {
    if account.demands.len() > Account::MAX_DEMANDS {
        report("/demands", Fault::TooMany { what: "bills on this account", limit: Account::MAX_DEMANDS });
    }
    for (index, demand) in account.demands.iter().enumerate() {
        let at = |field: &str| format!("/demands/{index}{field}");
        seen.bill(demand, line, &mut |what| report(&at("/bill"), what));
        if let Some((field, what)) = check::dates(demand.period, demand.issued_on, demand.due_on) {
            report(&at(field.json), what);
        }
        if demand.lines.len() > Demand::MAX_LINES {
            report(&at("/lines"), Fault::TooMany { what: "lines on this bill", limit: Demand::MAX_LINES });
            continue;
        }
        for (place, row) in demand.lines.iter().enumerate() {
            let at = |field: &str| format!("/demands/{index}/lines/{place}{field}");
            if demand.lines[..place].iter().any(|other| other.head == row.head) {
                report(&at("/head"), Fault::HeadTwice { line });
            } else if let Some((field, what)) = check::line(row, known) {
                report(&at(field.json), what);
            }
        }
        if !check::asks_for_something(demand) {
            report(&at("/lines"), Fault::NothingAsked);
        }
    }
}

/// Ids met so far, and the line of the account that has them.
#[derive(Default)]
struct Seen {
    accounts: HashMap<AccountId, u64>,
    bills: HashMap<BillNumber, u64>,
}

impl Seen {
    fn account(&mut self, account: &Account, line: u64, report: &mut impl FnMut(&str, Fault)) {
        if let Some(first) = self.accounts.get(&account.id) {
            report("/id", Fault::Duplicate { what: "account", name: account.id.to_string(), line: *first });
        }
        self.accounts.entry(account.id.clone()).or_insert(line);
    }

    fn bill(&mut self, demand: &Demand, line: u64, report: &mut impl FnMut(Fault)) {
        if let Some(first) = self.bills.get(&demand.bill) {
            report(Fault::Duplicate { what: "bill", name: demand.bill.to_string(), line: *first });
        }
        self.bills.entry(demand.bill.clone()).or_insert(line);
    }
}
