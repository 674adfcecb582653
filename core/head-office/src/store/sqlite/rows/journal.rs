//! Journal entries, exceptions, proofs of forks.

use super::super::super::{Each, ExceptionRecord, ForkRecord, Stored};
use super::tills::incarnation;
use super::{at, blob, number, text, unsigned};
use raseed_protocol::ids::{EntryId, Incarnation, Sequence, TillId};
use rusqlite::{Connection, Row, Rows, params};

pub fn entry(connection: &Connection, tenant: &str, id: &EntryId) -> Stored<Option<Vec<u8>>> {
    let mut statement = connection.prepare_cached(
        "SELECT bytes FROM journal_entry WHERE tenant = ?1 AND till = ?2 AND incarnation = ?3 AND sequence = ?4",
    )?;
    let key = params![tenant, id.till.as_str(), id.incarnation.0, number(id.sequence.0)?];
    let mut rows = statement.query(key)?;
    rows.next()?.map(|row| blob("a journal entry", row, 0).map(<[u8]>::to_vec)).transpose()
}

pub fn each_entry(
    connection: &Connection,
    tenant: &str,
    till: &TillId,
    incarnation: Incarnation,
    each: Each<'_, Vec<u8>>,
) -> Stored<()> {
    let mut statement = connection.prepare_cached(
        "SELECT bytes FROM journal_entry WHERE tenant = ?1 AND till = ?2 AND incarnation = ?3 ORDER BY sequence",
    )?;
    let mut rows = statement.query(params![tenant, till.as_str(), incarnation.0])?;
    while let Some(row) = rows.next()? {
        if each(blob("a journal entry", row, 0)?.to_vec())?.is_break() {
            break;
        }
    }
    Ok(())
}

pub fn exceptions_of(
    connection: &Connection,
    tenant: &str,
    till: &TillId,
    incarnation: Incarnation,
    (first, last): (Sequence, Sequence),
) -> Stored<Vec<ExceptionRecord>> {
    let mut statement = connection.prepare_cached(
        "SELECT till, incarnation, sequence, code, what, raised_ms, closed_ms FROM exception
         WHERE tenant = ?1 AND till = ?2 AND incarnation = ?3 AND sequence BETWEEN ?4 AND ?5
         ORDER BY sequence, code",
    )?;
    let rows = statement.query(params![tenant, till.as_str(), incarnation.0, number(first.0)?, number(last.0)?])?;
    exception_records(rows)
}

pub fn exceptions(connection: &Connection, tenant: &str, open_only: bool, most: u32) -> Stored<Vec<ExceptionRecord>> {
    let sql = if open_only {
        "SELECT till, incarnation, sequence, code, what, raised_ms, closed_ms FROM exception
         WHERE tenant = ?1 AND closed_ms IS NULL ORDER BY raised_ms DESC, till, incarnation, sequence, code LIMIT ?2"
    } else {
        "SELECT till, incarnation, sequence, code, what, raised_ms, closed_ms FROM exception
         WHERE tenant = ?1 ORDER BY raised_ms DESC, till, incarnation, sequence, code LIMIT ?2"
    };
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query(params![tenant, most])?;
    exception_records(rows)
}

fn exception_records(mut rows: Rows<'_>) -> Stored<Vec<ExceptionRecord>> {
    let mut exceptions = Vec::new();
    let what = "an exception";
    while let Some(row) = rows.next()? {
        let closed = if row.get::<_, Option<i64>>(6)?.is_some() { Some(at(what, row, 6)?) } else { None };
        exceptions.push(ExceptionRecord {
            entry: entry_id(what, row)?,
            code: row.get(3)?,
            what: row.get(4)?,
            raised: at(what, row, 5)?,
            closed,
        });
    }
    Ok(exceptions)
}

pub fn forks(connection: &Connection, tenant: &str) -> Stored<Vec<ForkRecord>> {
    let mut statement = connection.prepare_cached(
        "SELECT till, incarnation, sequence, held, other, found_ms FROM fork_proof
         WHERE tenant = ?1 ORDER BY till, incarnation, sequence, other_hash",
    )?;
    let mut rows = statement.query(params![tenant])?;
    let mut forks = Vec::new();
    let what = "a proof of a fork";
    while let Some(row) = rows.next()? {
        let (held, other) = (blob(what, row, 3)?.to_vec(), blob(what, row, 4)?.to_vec());
        forks.push(ForkRecord { at: entry_id(what, row)?, held, other, found: at(what, row, 5)? });
    }
    Ok(forks)
}

/// From the first three columns.
fn entry_id(what: &'static str, row: &Row<'_>) -> Stored<EntryId> {
    Ok(EntryId {
        till: text(what, row, 0)?,
        incarnation: incarnation(what, row, 1)?,
        sequence: Sequence(unsigned(what, row, 2)?),
    })
}
