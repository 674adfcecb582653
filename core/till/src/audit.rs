//! Auditing a journal from a file alone: a run that was exported, or a till's own database, healthy or not.
//!
//! Reads only. It works with what it is given: a damaged file yields what can still be read, and says where it cannot.

use crate::carve;
use crate::error::TillError;
use crate::store::from_sql;
use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::ids::{EntryId, Incarnation, Sequence};
use raseed_protocol::journal::{Chain, RunReader, RunWriter, Testimony, TillKeys, Witness};
use raseed_protocol::keys::{Hash, PublicKey};
use raseed_protocol::money::Paise;
use rusqlite::{Connection, OpenFlags, params};
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

/// What an auditor learns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Audit {
    /// One part per incarnation, oldest first.
    pub incarnations: Vec<IncarnationAudit>,
    /// What could not be read at all.
    pub unreadable: Vec<String>,
    /// Everything that could be read, as runs again (one per incarnation), to be kept or sent.
    #[serde(skip)]
    pub salvaged: Vec<Vec<u8>>,
}

/// One incarnation's journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IncarnationAudit {
    /// The till and incarnation, with the newest verified entry.
    pub newest: EntryId,
    /// How many entries verify, from the first on.
    pub verified: u64,
    /// How many entries were found in all.
    pub found: u64,
    /// Receipts among the verified ones, over all incarnations of the till.
    pub receipts: u64,
    /// What they add up to.
    pub grand_total: Paise,
    /// The hash of the newest verified entry, as hexadecimal digits.
    pub head: String,
    /// Where and why the chain ends before the last entry found, if it does.
    pub problem: Option<AuditProblem>,
}

/// The first thing that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditProblem {
    /// The place where it was found.
    pub at: Sequence,
    /// What it is, in a sentence.
    pub what: String,
}

impl Audit {
    /// True if everything found verifies.
    pub fn is_clean(&self) -> bool {
        self.unreadable.is_empty() && self.incarnations.iter().all(|part| part.problem.is_none())
    }

    /// Hears a witness about what was verified here.
    pub fn hear(&self, witness: &Witness) -> Testimony {
        let about = self.incarnations.iter().zip(&self.salvaged).map(|(part, run)| {
            witness.about(&part.newest, |sequence| {
                let place = usize::try_from(sequence.0.checked_sub(1)?).ok()?;
                RunReader::new(run).ok()?.nth(place)?.ok().map(Hash::of)
            })
        });
        about.into_iter().find(|testimony| *testimony != Testimony::OtherJournal).unwrap_or(Testimony::OtherJournal)
    }
}

/// Audits a run (the bytes of an exported file) against the head office's root key.
pub fn audit_run(bytes: &[u8], root: &PublicKey) -> Audit {
    let mut audit = Audit { incarnations: Vec::new(), unreadable: Vec::new(), salvaged: Vec::new() };
    let mut reader = match RunReader::new(bytes) {
        Ok(reader) => reader,
        Err(error) => {
            audit.unreadable.push(error.to_string());
            return audit;
        }
    };
    let keys = TillKeys::of_run(reader.certificates(), root);
    let mut entries = Vec::new();
    for item in reader.by_ref() {
        match item {
            Ok(entry) => entries.push(entry.to_vec()),
            Err(error) => audit.unreadable.push(error.to_string()),
        }
    }
    match keys {
        Ok(mut keys) => {
            for further in reader.take_further() {
                if let Err(error) = keys.add_chain(&further, root) {
                    audit.unreadable.push(error.to_string());
                }
            }
            audit.add(&keys, &entries);
        }
        Err(error) => audit.unreadable.push(error.to_string()),
    }
    audit
}

/// Audits a till's database file. `root` is the head office's root key; without it the one pinned in the file is used,
/// which proves nothing against somebody who could write the whole file.
pub fn audit_file(path: &Path, root: Option<&PublicKey>) -> Result<Audit, TillError> {
    let mut audit = Audit { incarnations: Vec::new(), unreadable: Vec::new(), salvaged: Vec::new() };
    let connection = open_for_reading(path)?;
    let pinned = || {
        let key: [u8; 32] = connection.query_row("SELECT root_key FROM identity", [], |row| row.get(0))?;
        Ok::<_, rusqlite::Error>(PublicKey(key))
    };
    let root = match root {
        Some(root) => *root,
        None => pinned().map_err(|error| TillError::Damaged { path: path.to_owned(), what: error.to_string() })?,
    };
    let most = most_entries(path);
    let mut parts = BTreeMap::new();
    for (incarnation, certificate) in certificates(&connection, &mut audit) {
        match SignedCertificate::verify(&certificate, &root).and_then(|certificate| TillKeys::of(&certificate)) {
            Ok(mut keys) => {
                for further in day_certificates(&connection, incarnation, &mut audit) {
                    if let Err(error) = keys.add_chain(&[further], &root) {
                        audit.unreadable.push(format!("incarnation {incarnation}: {error}"));
                    }
                }
                let entries = salvage(&connection, incarnation, most, &mut audit);
                parts.insert(incarnation, (keys, entries));
            }
            Err(error) => audit.unreadable.push(format!("incarnation {incarnation}: {error}")),
        }
    }
    drop(connection);
    if !audit.unreadable.is_empty() {
        carve_missing(path, &root, &mut parts)?;
    }
    for (keys, entries) in parts.into_values() {
        let entries: Vec<Vec<u8>> = entries.into_values().collect();
        audit.add(&keys, &entries);
    }
    Ok(audit)
}

/// The readable part of a journal, by incarnation: its keys, and its entries by their places.
type Parts = BTreeMap<Incarnation, (TillKeys, BTreeMap<Sequence, Vec<u8>>)>;

/// Adds what SQLite could not reach and still lies in the file whole.
fn carve_missing(path: &Path, root: &PublicKey, parts: &mut Parts) -> Result<(), TillError> {
    let file = std::fs::read(path).map_err(|error| TillError::Storage(format!("{}: {error}", path.display())))?;
    for certificate in carve::certificates(&file, root) {
        let Ok(found) = TillKeys::of(&certificate) else { continue };
        match parts.entry(found.incarnation()) {
            // Of another till: its file was written over this one's.
            Entry::Occupied(mut part) => drop(part.get_mut().0.add(&certificate)),
            Entry::Vacant(part) => drop(part.insert((found, BTreeMap::new()))),
        }
    }
    for (keys, entries) in parts.values_mut() {
        for (sequence, bytes) in carve::entries(&file, keys) {
            entries.entry(sequence).or_insert(bytes);
        }
    }
    Ok(())
}

impl Audit {
    fn add(&mut self, keys: &TillKeys, entries: &[Vec<u8>]) {
        let life = certificate_of_life(keys, entries);
        let mut chain = match Chain::begin(life) {
            Ok(chain) => chain.with_keys(keys.clone()),
            Err(error) => {
                self.unreadable.push(error.to_string());
                return;
            }
        };
        let mut run = RunWriter::of(life);
        let mut problem = None;
        for bytes in entries {
            run.push_certified(bytes, keys);
            if problem.is_none()
                && let Err(error) = chain.accept(bytes)
            {
                problem = Some(AuditProblem { at: chain.last().next(), what: error.to_string() });
            }
        }
        self.incarnations.push(IncarnationAudit {
            newest: chain.id(chain.last()),
            verified: chain.last().0,
            found: u64::try_from(entries.len()).expect("as many as fit in memory"),
            receipts: chain.receipts(),
            grand_total: chain.grand_total(),
            head: chain.head().to_string(),
            problem,
        });
        self.salvaged.push(run.finish());
    }
}

/// The certificate that the life was enrolled with: the one that the first entry names, else the first that was found.
fn certificate_of_life<'a>(keys: &'a TillKeys, entries: &[Vec<u8>]) -> &'a SignedCertificate {
    let first = entries.first().and_then(|bytes| keys.verify(bytes).ok());
    let named = first.filter(|entry| entry.entry().sequence == Sequence::FIRST).map(|entry| entry.entry().previous);
    let mut all = keys.certificates();
    let found = named.and_then(|named| all.find(|certificate| certificate.hash() == named));
    found.unwrap_or_else(|| keys.certificates().next().expect("there is at least one"))
}

fn open_for_reading(path: &Path) -> Result<Connection, TillError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let damaged = |error: rusqlite::Error| TillError::Damaged { path: path.to_owned(), what: error.to_string() };
    if !path.exists() {
        return Err(TillError::Storage(format!("there is no file {}", path.display())));
    }
    Connection::open_with_flags(path, flags).map_err(damaged)
}

fn certificates(connection: &Connection, audit: &mut Audit) -> Vec<(Incarnation, Vec<u8>)> {
    let read = || {
        let mut statement = connection.prepare("SELECT incarnation, bytes FROM certificate ORDER BY incarnation")?;
        let rows = statement.query_map([], |row| Ok((Incarnation(row.get(0)?), row.get(1)?)))?;
        rows.collect::<Result<Vec<_>, rusqlite::Error>>()
    };
    read().unwrap_or_else(|error| {
        audit.unreadable.push(format!("the certificates cannot be read: {error}"));
        Vec::new()
    })
}

/// Those of its days. A file of the first form has none.
fn day_certificates(connection: &Connection, incarnation: Incarnation, audit: &mut Audit) -> Vec<Vec<u8>> {
    let read = || {
        if !connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'day_key'")?.exists([])? {
            return Ok(Vec::new());
        }
        let sql = "SELECT certificate FROM day_key WHERE incarnation = ?1 ORDER BY position";
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map([incarnation.0], |row| row.get(0))?;
        rows.collect::<Result<Vec<_>, rusqlite::Error>>()
    };
    read().unwrap_or_else(|error| {
        audit.unreadable.push(format!("incarnation {incarnation}: the keys of its days cannot be read: {error}"));
        Vec::new()
    })
}

/// No more entries than these fit files of this size, whatever a damaged row says: an entry has more than 100 bytes.
fn most_entries(path: &Path) -> i64 {
    let log = format!("{}-wal", path.display());
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
    i64::try_from((size(path).saturating_add(size(Path::new(&log)))) / 100).unwrap_or(i64::MAX)
}

/// Reads entry by entry by its place, so that one unreadable page costs only the entries on it.
fn salvage(
    connection: &Connection,
    incarnation: Incarnation,
    most: i64,
    audit: &mut Audit,
) -> BTreeMap<Sequence, Vec<u8>> {
    let newest = "SELECT max(sequence) FROM journal WHERE incarnation = ?1";
    let state = "SELECT sequence FROM state WHERE incarnation = ?1";
    let ask = |sql: &str| connection.query_row(sql, [incarnation.0], |row| row.get::<_, Option<i64>>(0));
    let end = ask(newest).ok().flatten().max(ask(state).ok().flatten()).unwrap_or(0);
    let end = end.min(most);
    let mut entries = BTreeMap::new();
    let mut failed: Option<(i64, String)> = None;
    for sequence in 1..=end {
        let sql = "SELECT bytes FROM journal WHERE incarnation = ?1 AND sequence = ?2";
        let read = connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row(params![incarnation.0, sequence], |row| row.get(0)));
        match read {
            Ok(bytes) => {
                report_gap(audit, incarnation, failed.take(), sequence);
                entries.insert(Sequence(from_sql(sequence)), bytes);
            }
            Err(error) if failed.is_none() => failed = Some((sequence, error.to_string())),
            Err(_) => {}
        }
    }
    report_gap(audit, incarnation, failed, end + 1);
    entries
}

fn report_gap(audit: &mut Audit, incarnation: Incarnation, failed: Option<(i64, String)>, until: i64) {
    if let Some((from, error)) = failed {
        audit
            .unreadable
            .push(format!("incarnation {incarnation}: entries {from} to {} cannot be read: {error}", until - 1));
    }
}
