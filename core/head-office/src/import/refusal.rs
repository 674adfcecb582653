//! Why a book was refused: every bad row at once, each with its place and what to do about it.
//!
//! A report may quote a consumer number, a code or an unreadable value, so it is for the person who imports and must
//! never go into a log.

use super::fault::Fault;
use serde::{Serialize, Serializer};
use std::fmt;
use thiserror::Error;

/// A book that was not imported: what is wrong with it, in the order in which the files are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Error)]
pub struct ImportRefused {
    /// The first [`ImportRefused::MAX_ROWS`] things that are wrong; never empty.
    pub rows: Vec<BadRow>,
    /// How many more there are beyond those.
    pub more: u64,
}

impl ImportRefused {
    /// The most bad rows that one report lists.
    pub const MAX_ROWS: usize = 200;
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BadRow {
    /// The name of the file in the folder; `book.json` for a book in one file.
    pub file: &'static str,
    /// The line in it, from 1; none where it is about the file as a whole.
    pub line: Option<u64>,
    /// The column of a CSV file, or the JSON pointer (RFC 6901) of the value; none where it is about the whole line.
    pub column: Option<String>,
    /// What is wrong and what to do; serialized as its text.
    #[serde(serialize_with = "as_text")]
    pub what: Fault,
}

fn as_text<S: Serializer>(what: &Fault, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(what)
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
        }
        write!(f, ": {}", self.what)
    }
}

/// One line for each bad row, then how many more there are.
impl fmt::Display for ImportRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing was imported; correct these and import again:")?;
        for row in &self.rows {
            write!(f, "\n{row}")?;
        }
        if self.more > 0 {
            write!(f, "\nand {} more", self.more)?;
        }
        Ok(())
    }
}

/// Collects what is wrong while the files are read.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    rows: Vec<BadRow>,
    more: u64,
}

impl Refusals {
    /// About a whole file.
    pub fn file(&mut self, file: &'static str, what: Fault) {
        self.add(file, None, None, what);
    }

    /// About a whole line.
    pub fn line(&mut self, file: &'static str, line: u64, what: Fault) {
        self.add(file, Some(line), None, what);
    }

    /// About one value; with an empty column, about the whole record.
    pub fn value(&mut self, file: &'static str, line: u64, column: &str, what: Fault) {
        self.add(file, Some(line), (!column.is_empty()).then(|| column.to_owned()), what);
    }

    fn add(&mut self, file: &'static str, line: Option<u64>, column: Option<String>, what: Fault) {
        if self.rows.len() < ImportRefused::MAX_ROWS {
            self.rows.push(BadRow { file, line, column, what });
        } else {
            self.more += 1;
        }
    }

    /// The value, unless anything at all was wrong.
    pub fn unless_any<T>(self, value: Option<T>) -> Result<T, ImportRefused> {
        match value {
            Some(value) if self.rows.is_empty() => Ok(value),
            _ => Err(ImportRefused { rows: self.rows, more: self.more }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_cut_and_says_so() {
        let mut refusals = Refusals::default();
        for line in 1..=203 {
            refusals.value("accounts.csv", line, "name", Fault::Missing);
        }
        let refused = refusals.unless_any(Some(())).unwrap_err();
        assert_eq!((refused.rows.len(), refused.more), (200, 3));
        let text = refused.to_string();
        assert!(text.contains("\naccounts.csv, line 1, name: a value is needed here; write one"), "{text}");
        assert!(text.ends_with("\nand 3 more"), "{text}");
    }
}
