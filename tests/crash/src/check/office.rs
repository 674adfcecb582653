//! The head office's side: what it acknowledged is there, byte by byte, was posted once, and its books balance.

use super::{Finding, Must, found};
use crate::bench::{Bench, OFFICE, TILL, entries_of};
use raseed_protocol::ids::Sequence;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What tills were told before the cut.
pub fn holds(bench: &Bench) -> Result<(), Finding> {
    let known = &bench.past.known;
    let held = journals(bench)?;
    for (incarnation, wanted) in &known.held {
        let have = held.get(incarnation).map_or(0, Vec::len);
        if have < usize::try_from(*wanted).expect("few entries") {
            return found(format!("the office has {have} entries of {wanted} that it acknowledged"));
        }
    }
    for (incarnation, journal) in &held {
        let truth = bench.past.truth.get(incarnation).map_or(&[][..], Vec::as_slice);
        if journal.iter().zip(truth).any(|(is, was)| is != was) {
            return found("the office has another entry than was signed");
        }
    }
    let payments = bench.office().payments(true).must("the office's payments")?;
    let ids: BTreeSet<&str> = payments.iter().map(|payment| payment.payment.id.as_str()).collect();
    if payments.len() < known.payments || ids.len() != payments.len() {
        return found(format!("{} payments in the books of {} that were told", payments.len(), known.payments));
    }
    let bills = bills(bench)?;
    if bills < known.bills {
        return found(format!("{bills} bills in the books of {} that were taken in", known.bills));
    }
    Ok(())
}

/// After a sync both have the same journal, and the books of it are right.
pub fn agrees(bench: &mut Bench) -> Result<(), Finding> {
    let till = bench.till();
    let (incarnation, unsent) = (till.identity().incarnation.0, till.standing().unsent);
    let journal = entries_of(&till.export(Sequence(0)).must("the journal cannot be read")?);
    if unsent != 0 {
        return found(format!("{unsent} entries are unsent after a sync"));
    }
    if journals(bench)?.get(&incarnation) != Some(&journal) {
        return found("till and office have different journals after a sync");
    }
    if !bench.office().forks().must("the office's forks")?.is_empty() {
        return found("the office holds a proof of a fork");
    }
    balances(bench)
}

/// SQLite itself finds nothing wrong with the file.
pub fn file_is_whole(bench: &Bench) -> Result<(), Finding> {
    super::till::database_is_whole(&file(bench))
}

fn balances(bench: &Bench) -> Result<(), Finding> {
    let verified = bench.office().verify_books().must("the books cannot be read")?;
    if verified.findings.is_empty() { Ok(()) } else { found(format!("the books: {:?}", verified.findings)) }
}

fn file(bench: &Bench) -> PathBuf {
    bench.root.join(OFFICE).join("office.sqlite")
}

fn bills(bench: &Bench) -> Result<u64, Finding> {
    if bench.past.known.bills == 0 {
        return Ok(0);
    }
    let connection = Connection::open(file(bench)).must("the office's file")?;
    let count: i64 = connection.query_row("SELECT count(*) FROM bill", [], |row| row.get(0)).must("bills")?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The till's entries as the office's own file has them, read beside the office.
pub(super) fn journals(bench: &Bench) -> Result<BTreeMap<u16, Vec<Vec<u8>>>, Finding> {
    let connection = Connection::open(file(bench)).must("the office's file")?;
    let sql = "SELECT incarnation, bytes FROM journal_entry WHERE till = ?1 ORDER BY incarnation, sequence";
    let mut statement = connection.prepare(sql).must("the office's journals")?;
    let rows = statement.query_map([TILL], |row| Ok((row.get(0)?, row.get(1)?))).must("the office's journals")?;
    let mut journals: BTreeMap<u16, Vec<Vec<u8>>> = BTreeMap::new();
    for row in rows {
        let (incarnation, bytes) = row.must("a row of the office's journals")?;
        journals.entry(incarnation).or_default().push(bytes);
    }
    Ok(journals)
}
