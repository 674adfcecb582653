//! A book as a folder of four files: `rules.json`, `tariffs.json`, `accounts.csv`, `demands.csv`.
//!
//! Files are read in that order; one that cannot be read does not make rows of the others bad.

use super::check::{self, Known};
use super::fault::Fault;
use super::json::{JsonFile, RawList};
use super::refusal::{ImportRefused, Refusals};
use super::{BookFile, MAX_TARIFFS, accounts, bytes, demands, rules};
use raseed_protocol::book::{Rules, Tariff};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

pub(super) const RULES: &str = "rules.json";
pub(super) const TARIFFS: &str = "tariffs.json";

/// The bytes of the four files.
#[derive(Clone, Copy, Debug)]
pub struct FolderBytes<'a> {
    /// `rules.json`.
    pub rules: &'a [u8],
    /// `tariffs.json`.
    pub tariffs: &'a [u8],
    /// `accounts.csv`.
    pub accounts: &'a [u8],
    /// `demands.csv`.
    pub demands: &'a [u8],
}

/// Reads a folder. Other files in it are left alone.
///
/// # Errors
/// Everything that is wrong with the book, a file that is not there included.
pub fn read_folder(folder: &Path) -> Result<BookFile, ImportRefused> {
    let mut refusals = Refusals::default();
    let files = [RULES, TARIFFS, accounts::COLUMNS.file, demands::COLUMNS.file].map(|name| {
        match File::open(folder.join(name)) {
            Ok(file) => bytes::read(name, file, &mut refusals),
            Err(error) => {
                refusals.file(name, Fault::Unreadable { why: error.kind().to_string() });
                None
            }
        }
    });
    let [Some(rules), Some(tariffs), Some(accounts), Some(demands)] = &files else {
        return refusals.unless_any(None);
    };
    read_parts(FolderBytes { rules, tariffs, accounts, demands })
}

/// Reads the four files from memory.
///
/// # Errors
/// Everything that is wrong with the book.
pub fn read_parts(files: FolderBytes<'_>) -> Result<BookFile, ImportRefused> {
    let mut refusals = Refusals::default();
    let book = read(files, &mut refusals);
    refusals.unless_any(book)
}

fn read(files: FolderBytes<'_>, refusals: &mut Refusals) -> Option<BookFile> {
    let rules = read_rules(files.rules, refusals);
    let tariffs = read_tariffs(files.tariffs, rules.as_ref(), refusals);
    let known = Known::new(rules.as_ref(), tariffs.as_deref());
    let mut accounts =
        accounts::read(bytes::clean(accounts::COLUMNS.file, files.accounts, refusals)?, &known, refusals)?;
    let demands = bytes::clean(demands::COLUMNS.file, files.demands, refusals)?;
    if rules.is_some() {
        // Without rules no head is known, so bills cannot be judged at all.
        demands::read(demands, &known, &mut accounts, refusals);
    }
    check::totals(&accounts.list, |index, what| {
        refusals.value(accounts::COLUMNS.file, accounts.lines[index], "account", what);
    });
    let mut accounts = accounts.list;
    accounts.iter_mut().for_each(|account| check::sort(account, &known));
    Some(BookFile { rules: rules?, tariffs: tariffs?, accounts })
}

fn read_rules(bytes: &[u8], refusals: &mut Refusals) -> Option<Rules> {
    let mut file = JsonFile::open(RULES, bytes::clean(RULES, bytes, refusals)?, refusals)?;
    let record: &RawValue = file.read(refusals)?;
    rules_of(&mut file, record, "", refusals)
}

fn read_tariffs(bytes: &[u8], rules: Option<&Rules>, refusals: &mut Refusals) -> Option<Vec<Tariff>> {
    let mut file = JsonFile::open(TARIFFS, bytes::clean(TARIFFS, bytes, refusals)?, refusals)?;
    let records: RawList<'_> = file.read(refusals)?;
    tariffs_of(&mut file, &records, "", rules, refusals)
}

/// Reads and judges the rules at `pointer`.
pub(super) fn rules_of(
    file: &mut JsonFile<'_>,
    record: &RawValue,
    pointer: &str,
    refusals: &mut Refusals,
) -> Option<Rules> {
    let read: Rules = file.read_record(record, pointer, refusals)?;
    let (name, line) = (file.name(), file.line_of(record));
    rules::rules(&read, &mut |at, what| refusals.value(name, line, &format!("{pointer}{at}"), what));
    Some(read)
}

/// Reads and judges the tariffs at `pointer`; `None` if one could not be read, for then its code is not known.
pub(super) fn tariffs_of(
    file: &mut JsonFile<'_>,
    records: &RawList<'_>,
    pointer: &str,
    rules: Option<&Rules>,
    refusals: &mut Refusals,
) -> Option<Vec<Tariff>> {
    let name = file.name();
    if records.0.is_empty() || records.0.len() > MAX_TARIFFS {
        let none = Fault::NoneGiven { what: "tariffs" };
        let many = Fault::TooMany { what: "tariffs", limit: MAX_TARIFFS };
        refusals.file(name, if records.0.is_empty() { none } else { many });
        return None;
    }
    let mut tariffs = Some(Vec::new());
    let mut lines = HashMap::new();
    for (index, record) in records.0.iter().enumerate() {
        let at = format!("{pointer}/{index}");
        let Some(read) = file.read_record::<Tariff>(record, &at, refusals) else {
            tariffs = None;
            continue;
        };
        let line = file.line_of(record);
        if let Some(first) = lines.get(&read.code) {
            let what = Fault::Duplicate { what: "tariff", name: read.code.to_string(), line: *first };
            refusals.value(name, line, &format!("{at}/code"), what);
        }
        lines.entry(read.code.clone()).or_insert(line);
        rules::tariff(&read, rules, &mut |field, what| refusals.value(name, line, &format!("{at}{field}"), what));
        if let Some(tariffs) = &mut tariffs {
            tariffs.push(read);
        }
    }
    tariffs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_not_there_are_all_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(RULES)).unwrap();
        std::fs::write(folder.path().join(TARIFFS), "[]").unwrap();
        let refused = read_folder(folder.path()).unwrap_err();
        let files: Vec<&str> = refused.rows.iter().map(|row| row.file).collect();
        assert_eq!(files, ["rules.json", "accounts.csv", "demands.csv"]);
        assert!(refused.to_string().contains("accounts.csv: the file cannot be read (entity not found); put it into"));
    }
}
