//! Comma-separated tables, line by line: RFC 4180 without line breaks inside values.
//!
//! The reader is our own, and strict, because of what a table of money must not do: a stray quotation mark spoils its
//! own line and never swallows the rows after it; `"12"34` is refused instead of read as 1234; and every line, also
//! after blank lines and CRLF, is reported under the number that an editor shows.

use super::fault::{Fault, quoted};
use super::refusal::Refusals;
use super::text::is_unprintable;
use super::{MAX_LINE, MAX_ROWS};
use std::borrow::Cow;

/// The columns that a file has: the needed ones, then those that may be left out. A row's values are asked for by
/// their place in this list.
pub(super) struct Columns {
    /// Name of the file, for the report.
    pub file: &'static str,
    /// Columns that must be there.
    pub needed: &'static [&'static str],
    /// Columns that may be there.
    pub optional: &'static [&'static str],
}

impl Columns {
    /// The name of the column at this place.
    pub fn name(&self, column: usize) -> &'static str {
        self.names().nth(column).expect("columns are asked for by their constants")
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.needed.iter().chain(self.optional).copied()
    }

    fn list(&self) -> String {
        self.names().collect::<Vec<_>>().join(", ")
    }
}

/// A table being read.
pub(super) struct Table<'a> {
    columns: &'static Columns,
    rest: &'a [u8],
    line: u64,
    rows: usize,
    width: usize,
    lost: bool,
}

/// One row of it. Values are trimmed; a column that the file does not have is empty.
pub(super) struct Row<'a> {
    /// Its line in the file, from 1.
    pub line: u64,
    places: Vec<Option<usize>>,
    values: Vec<Cow<'a, str>>,
}

impl Row<'_> {
    /// The value in this column.
    pub fn get(&self, column: usize) -> &str {
        self.places[column].and_then(|place| self.values.get(place)).map_or("", |value| value.trim())
    }
}

impl<'a> Table<'a> {
    /// Reads the first line. `None`, with the reasons among the refusals, if the columns are not the known ones.
    pub fn open(columns: &'static Columns, bytes: &'a [u8], refusals: &mut Refusals) -> Option<(Table<'a>, Row<'a>)> {
        let mut table = Table { columns, rest: bytes, line: 0, rows: 0, width: 0, lost: false };
        let mut header = Vec::new();
        loop {
            let Some(line) = table.next_line() else {
                refusals.file(columns.file, Fault::NoHeader { known: columns.list() });
                return None;
            };
            match split(line, &mut header) {
                Ok(()) if is_blank(&header) => {}
                Ok(()) => break,
                Err(what) => {
                    refusals.line(columns.file, table.line, what);
                    return None;
                }
            }
        }
        table.width = header.len();
        let places = table.places(&header, refusals)?;
        Some((table, Row { line: 0, places, values: Vec::new() }))
    }

    /// Moves to the next row that can be read; lines that cannot be are reported and passed over. False at the end.
    pub fn next(&mut self, row: &mut Row<'a>, refusals: &mut Refusals) -> bool {
        let file = self.columns.file;
        while let Some(line) = self.next_line() {
            let read = split(line, &mut row.values);
            if read.is_ok() && is_blank(&row.values) {
                continue;
            }
            self.rows += 1;
            if self.rows > MAX_ROWS {
                refusals.line(file, self.line, Fault::TooMany { what: "rows", limit: MAX_ROWS });
                return false;
            }
            row.line = self.line;
            match read {
                Ok(()) if row.values.len() != self.width => {
                    let what = Fault::ValueCount { found: row.values.len(), expected: self.width };
                    refusals.line(file, self.line, what);
                }
                Ok(()) if self.unprintable(line, row, refusals) => {}
                Ok(()) => return true,
                Err(what) => refusals.line(file, self.line, what),
            }
            self.lost = true;
        }
        false
    }

    /// True once a line could not be read, so that nobody knows what stood on it.
    pub fn has_lost_rows(&self) -> bool {
        self.lost
    }

    fn next_line(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self.rest.iter().position(|byte| *byte == b'\n');
        let (line, rest) = match end {
            Some(end) => (&self.rest[..end], &self.rest[end + 1..]),
            None => (self.rest, &[][..]),
        };
        self.rest = rest;
        self.line += 1;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }

    /// Where in a row each known column stands.
    fn places(&self, header: &[Cow<'_, str>], refusals: &mut Refusals) -> Option<Vec<Option<usize>>> {
        let (file, known) = (self.columns.file, self.columns.list());
        if let Some(what) = not_a_table(header) {
            refusals.line(file, self.line, what);
            return None;
        }
        let mut places = vec![None; self.columns.names().count()];
        let mut good = true;
        for (place, name) in header.iter().map(|name| name.trim()).enumerate() {
            let fault = match self.columns.names().position(|column| column == name) {
                None => Fault::UnknownColumn { name: quoted(name, 40), known: known.clone() },
                Some(column) if places[column].is_some() => Fault::ColumnTwice,
                Some(column) => {
                    places[column] = Some(place);
                    continue;
                }
            };
            refusals.value(file, self.line, &quoted(name, 40), fault);
            good = false;
        }
        for (name, _) in self.columns.needed.iter().zip(&places).filter(|(_, place)| place.is_none()) {
            refusals.value(file, self.line, name, Fault::MissingColumn { known: known.clone() });
            good = false;
        }
        good.then_some(places)
    }

    /// Reports the values that hold a character that cannot be seen; true if there is one.
    fn unprintable(&self, line: &[u8], row: &Row<'_>, refusals: &mut Refusals) -> bool {
        // Plain ASCII without control characters, by far the most common line, is passed in one look.
        if line.iter().all(|byte| (0x20..0x7f).contains(byte)) {
            return false;
        }
        let mut found = false;
        for column in 0..row.places.len() {
            if row.get(column).chars().any(is_unprintable) {
                refusals.value(self.columns.file, row.line, self.columns.name(column), Fault::Unprintable);
                found = true;
            }
        }
        found
    }
}

/// What a first line looks like that was not saved as CSV.
fn not_a_table(header: &[Cow<'_, str>]) -> Option<Fault> {
    if header.iter().any(|name| name.contains('\r')) {
        return Some(Fault::LineEnds);
    }
    let other = |name: &str| name.contains([';', '\t', '|']);
    (header.len() == 1 && other(&header[0])).then_some(Fault::Separator)
}

pub(crate) fn is_blank(values: &[Cow<'_, str>]) -> bool {
    values.iter().all(|value| value.trim().is_empty())
}

/// Splits one line into its values.
pub(crate) fn split<'a>(line: &'a [u8], values: &mut Vec<Cow<'a, str>>) -> Result<(), Fault> {
    values.clear();
    if line.len() > MAX_LINE {
        return Err(Fault::LineTooLong { limit: MAX_LINE });
    }
    let mut rest = std::str::from_utf8(line).map_err(|error| Fault::NotUtf8 { byte: error.valid_up_to() + 1 })?;
    loop {
        let after = match rest.strip_prefix('"') {
            Some(inside) => {
                let (value, after) = quoted_value(inside)?;
                values.push(value);
                after
            }
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                let (value, after) = rest.split_at(end);
                if value.contains('"') {
                    return Err(Fault::Quotation);
                }
                values.push(Cow::Borrowed(value));
                after
            }
        };
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None if after.is_empty() => return Ok(()),
            None => return Err(Fault::Quotation),
        }
    }
}

/// The value whose opening quotation mark has been read, and what follows its closing one.
fn quoted_value(inside: &str) -> Result<(Cow<'_, str>, &str), Fault> {
    let mut from = 0;
    loop {
        let mark = from + inside[from..].find('"').ok_or(Fault::Quotation)?;
        let after = &inside[mark + 1..];
        if !after.starts_with('"') {
            let value = &inside[..mark];
            let value = if from == 0 { Cow::Borrowed(value) } else { Cow::Owned(value.replace("\"\"", "\"")) };
            return Ok((value, after));
        }
        from = mark + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(line: &str) -> Result<Vec<String>, Fault> {
        let mut values = Vec::new();
        split(line.as_bytes(), &mut values)?;
        Ok(values.into_iter().map(Cow::into_owned).collect())
    }

    #[test]
    fn a_line_is_split_as_rfc_4180_says() {
        for (line, expected) in [
            ("", vec![""]),
            (",", vec!["", ""]),
            ("a,b", vec!["a", "b"]),
            ("\"a,b\",c", vec!["a,b", "c"]),
            ("\"\",\"\"\"\"", vec!["", "\""]),
            ("\"say \"\"yes\"\"\",ਖ", vec!["say \"yes\"", "ਖ"]),
        ] {
            assert_eq!(values(line).unwrap(), expected, "{line}");
        }
    }

    #[test]
    fn a_loose_quotation_mark_is_refused() {
        for line in ["\"a", "\"12\"34", "a\"b", " \"a\"", "\"a\"\""] {
            assert_eq!(values(line), Err(Fault::Quotation), "{line}");
        }
    }

    #[test]
    fn rows_are_bounded() {
        const COLUMNS: Columns = Columns { file: "x.csv", needed: &["a"], optional: &[] };
        let bytes = ["a\n".to_owned(), "1\n".repeat(MAX_ROWS + 2)].concat();
        let mut refusals = Refusals::default();
        let (mut table, mut row) = Table::open(&COLUMNS, bytes.as_bytes(), &mut refusals).unwrap();
        let mut rows = 0;
        while table.next(&mut row, &mut refusals) {
            rows += 1;
        }
        assert_eq!(rows, MAX_ROWS);
        let refused = refusals.unless_any(Some(())).unwrap_err();
        assert_eq!(refused.rows[0].what, Fault::TooMany { what: "rows", limit: MAX_ROWS });
    }
}
