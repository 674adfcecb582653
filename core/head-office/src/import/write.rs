//! Writing a book as a folder: the counterpart of reading one, for exports, examples and tests.
//!
//! Only the last four digits of a phone are known here, so only they are written.

use super::folder::{RULES, TARIFFS};
use super::rules::ROUNDING_CODE;
use super::{BookFile, accounts, demands};
use raseed_protocol::book::{Account, AccountStatus, Demand, DemandLine, Rules};
use raseed_protocol::ids::HeadId;
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes the four files of a book into a folder that exists; files of those names are replaced.
///
/// # Errors
/// Whatever the disk answers, or `InvalidData` for a bill with a head that the rules do not name (a book that was read
/// has none). Some of the files may be written then.
pub fn write_folder(book: &BookFile, folder: &Path) -> io::Result<()> {
    write_pretty(&book.rules, File::create(folder.join(RULES))?)?;
    write_pretty(&book.tariffs, File::create(folder.join(TARIFFS))?)?;
    write_accounts(&book.accounts, File::create(folder.join(accounts::COLUMNS.file))?)?;
    write_demands(book, File::create(folder.join(demands::COLUMNS.file))?)
}

fn write_pretty(value: &impl Serialize, file: File) -> io::Result<()> {
    let mut file = BufWriter::new(file);
    serde_json::to_writer_pretty(&mut file, value)?;
    file.write_all(b"\n")?;
    file.flush()
}

fn write_accounts(list: &[Account], file: File) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(file);
    table.write_record(accounts::COLUMNS.needed.iter().chain(accounts::COLUMNS.optional))?;
    for account in list {
        let meter = account.meter;
        let payment = account.last_payment;
        let status = match account.status {
            AccountStatus::Active => "active",
            AccountStatus::Closed => "closed",
        };
        table.write_record([
            account.id.as_str(),
            &account.name,
            &account.name_latin,
            &account.house,
            &account.place,
            &account.phone_last4,
            account.tariff.as_str(),
            status,
            &meter.map_or_else(String::new, |meter| meter.reading.to_string()),
            &meter.map_or_else(String::new, |meter| meter.read_on.to_string()),
            &meter.map_or_else(String::new, |meter| meter.digits.to_string()),
            &meter.map_or_else(String::new, |meter| meter.usual_units.to_string()),
            &account.advance.to_decimal(),
            &payment.map_or_else(String::new, |payment| payment.amount.to_decimal()),
            &payment.map_or_else(String::new, |payment| payment.on.to_string()),
        ])?;
    }
    table.flush()
}

fn write_demands(book: &BookFile, file: File) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(file);
    table.write_record(demands::COLUMNS.needed.iter().chain(demands::COLUMNS.optional))?;
    for account in &book.accounts {
        for demand in &account.demands {
            for line in &demand.lines {
                table.write_record(demand_row(account, demand, line, &book.rules)?)?;
            }
        }
    }
    table.flush()
}

fn demand_row(account: &Account, demand: &Demand, line: &DemandLine, rules: &Rules) -> io::Result<[String; 8]> {
    let code = match rules.heads.iter().find(|head| head.id == line.head) {
        Some(head) => head.code.clone(),
        None if line.head == HeadId::ROUNDING => ROUNDING_CODE.to_owned(),
        None => return Err(io::Error::new(io::ErrorKind::InvalidData, "a bill has a head that the rules do not name")),
    };
    Ok([
        account.id.to_string(),
        demand.bill.to_string(),
        demand.period.to_string(),
        demand.issued_on.to_string(),
        demand.due_on.to_string(),
        code,
        line.amount.to_decimal(),
        line.paid.to_decimal(),
    ])
}
