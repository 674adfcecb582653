//! Reading JSON so that every bad record is reported with its line, not only the first one.
//!
//! A list is first cut into its records, unread; each is then read on its own. So one bad account hides no other, and a
//! hostile file costs no more memory than a few times its own size.

use super::fault::{Fault, quoted};
use super::refusal::Refusals;
use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// One JSON file, and the line reached in it.
pub(super) struct JsonFile<'a> {
    name: &'static str,
    text: &'a str,
    counted: usize,
    line: u64,
}

/// The records of a list, not yet read.
pub(super) struct RawList<'a>(pub Vec<&'a RawValue>);

impl<'a> JsonFile<'a> {
    /// Checks that it is UTF-8.
    pub fn open(name: &'static str, bytes: &'a [u8], refusals: &mut Refusals) -> Option<JsonFile<'a>> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(JsonFile { name, text, counted: 0, line: 1 }),
            Err(error) => {
                let before = &bytes[..error.valid_up_to()];
                let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
                let what = Fault::NotUtf8 { byte: before.len() - start + 1 };
                refusals.line(name, newlines(before) + 1, what);
                None
            }
        }
    }

    /// Its name, for the report.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Reads the whole of it.
    pub fn read<T: Deserialize<'a>>(&self, refusals: &mut Refusals) -> Option<T> {
        match serde_json::from_str(self.text) {
            Ok(value) => Some(value),
            Err(error) => {
                refusals.line(self.name, line_of(&error), fault(&error));
                None
            }
        }
    }

    /// Reads one record of it; `pointer` names it in the report.
    pub fn read_record<'r, T: Deserialize<'r>>(
        &mut self,
        record: &'r RawValue,
        pointer: &str,
        refusals: &mut Refusals,
    ) -> Option<T> {
        if !record.get().starts_with('{') {
            let line = self.line_of(record);
            refusals.value(self.name, line, pointer, Fault::Json { message: "an object, {…}, is needed here".into() });
            return None;
        }
        match serde_json::from_str(record.get()) {
            Ok(value) => Some(value),
            Err(error) => {
                let line = self.line_of(record) + line_of(&error) - 1;
                refusals.value(self.name, line, pointer, fault(&error));
                None
            }
        }
    }

    /// The line on which a record begins. Cheap when records are asked for in their order.
    pub fn line_of(&mut self, record: &RawValue) -> u64 {
        let offset = record.get().as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        if offset < self.counted || offset > self.text.len() {
            (self.counted, self.line) = (0, 1);
        }
        let bytes = self.text.as_bytes().get(self.counted..offset).unwrap_or_default();
        self.line += newlines(bytes);
        self.counted += bytes.len();
        self.line
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

fn line_of(error: &serde_json::Error) -> u64 {
    u64::try_from(error.line()).unwrap_or(u64::MAX).max(1)
}

/// The reader's own words without the place, which is reported beside them.
fn fault(error: &serde_json::Error) -> Fault {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    Fault::Json { message: quoted(text.strip_suffix(&place).unwrap_or(&text), 300) }
}

impl<'de: 'a, 'a> Deserialize<'de> for RawList<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RawList<'a>, D::Error> {
        deserializer.deserialize_seq(Records).map(RawList)
    }
}

struct Records;

impl<'de> Visitor<'de> for Records {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut records = Vec::new();
        while let Some(record) = list.next_element()? {
            if records.len() == super::MAX_ROWS {
                return Err(A::Error::custom(format_args!("a list has more than {} records", super::MAX_ROWS)));
            }
            records.push(record);
        }
        Ok(records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_bounded() {
        let text = format!("[{}0]", "0,".repeat(crate::import::MAX_ROWS));
        let mut refusals = Refusals::default();
        let file = JsonFile::open("x.json", text.as_bytes(), &mut refusals).unwrap();
        assert!(file.read::<RawList<'_>>(&mut refusals).is_none());
        let text = refusals.unless_any(Some(())).unwrap_err().to_string();
        assert!(text.contains("a list has more than 2000000 records"), "{text}");
    }

    #[test]
    fn every_record_knows_its_line_in_any_order() {
        let text = "[\n1,\n\n2, 3\n,4]";
        let mut refusals = Refusals::default();
        let mut file = JsonFile::open("x.json", text.as_bytes(), &mut refusals).unwrap();
        let RawList(records) = file.read(&mut refusals).unwrap();
        let lines: Vec<u64> = records.iter().map(|record| file.line_of(record)).collect();
        assert_eq!(lines, [2, 4, 4, 5]);
        assert_eq!(file.line_of(records[0]), 2);
    }
}
