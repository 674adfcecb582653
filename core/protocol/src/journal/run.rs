//! A run of entries as bytes: what is uploaded, carried on a stick and handed to an auditor.
//!
//! A CBOR sequence (RFC 8742): first a header `{1: [certificate, ...]}`, then entries, each the signed array verbatim.
//! Streams: neither side needs the whole run in memory. Nothing is verified here but the form; see `Chain`.

use crate::cbor::{self, Fields, FormatError, Map};
use crate::signed::Namespace;
use coset::cbor::value::Value;
use thiserror::Error;

/// The media type of a run.
pub const MEDIA_TYPE: &str = "application/vnd.raseed.journal+cbor-seq";

/// The most certificates that a header may carry (root-signed first).
const MAX_CERTIFICATES: usize = 4;
const MAX_HEADER: usize = 8 * 1024;

/// Why a run cannot be read further.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RunError {
    /// The header is not one.
    #[error("this is not a journal run: {0}")]
    Header(FormatError),
    /// The bytes at this place are not an entry.
    #[error("the bytes from position {at} on are not an entry: {error}")]
    Entry {
        /// Byte position in the run.
        at: usize,
        /// What is wrong.
        error: FormatError,
    },
}

/// Writes a run.
pub struct RunWriter(Vec<u8>);

impl RunWriter {
    /// Begins a run with the certificates of its till, root-signed first.
    pub fn new(certificates: &[&[u8]]) -> RunWriter {
        let list = certificates.iter().map(|bytes| Value::Bytes(bytes.to_vec())).collect();
        RunWriter(cbor::encode(&Map::new().put(1, Value::Array(list)).into()))
    }

    /// Appends an entry, verbatim.
    pub fn push(&mut self, entry: &[u8]) {
        self.0.extend_from_slice(entry);
    }

    /// How many bytes so far.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// A run always has a header.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Reads a run: first the certificates, then one entry's bytes after another.
#[derive(Debug)]
pub struct RunReader<'a> {
    bytes: &'a [u8],
    at: usize,
    certificates: Vec<Vec<u8>>,
}

impl<'a> RunReader<'a> {
    /// Reads the header.
    pub fn new(bytes: &'a [u8]) -> Result<RunReader<'a>, RunError> {
        let (value, rest) = cbor::decode_first("journal run", bytes, MAX_HEADER).map_err(RunError::Header)?;
        let certificates = read_certificates(&value).map_err(RunError::Header)?;
        Ok(RunReader { bytes, at: bytes.len() - rest.len(), certificates })
    }

    /// The certificates, unverified, root-signed first; at least one.
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    /// The byte position of what comes next.
    pub fn position(&self) -> usize {
        self.at
    }
}

impl<'a> Iterator for RunReader<'a> {
    type Item = Result<&'a [u8], RunError>;

    /// The bytes of the next entry. After an error there is nothing more: the place of the next entry is unknown.
    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at;
        let remaining = &self.bytes[at..];
        if remaining.is_empty() {
            return None;
        }
        match cbor::decode_first("entry", remaining, Namespace::Entry.max_len()) {
            Ok((_, rest)) => {
                self.at = self.bytes.len() - rest.len();
                Some(Ok(&self.bytes[at..self.at]))
            }
            Err(error) => {
                self.at = self.bytes.len();
                Some(Err(RunError::Entry { at, error }))
            }
        }
    }
}

fn read_certificates(value: &Value) -> Result<Vec<Vec<u8>>, FormatError> {
    let fields = Fields::of_map("journal run", value)?;
    let list = fields.array(1, MAX_CERTIFICATES)?;
    if list.is_empty() {
        return Err(fields.bad(1));
    }
    list.iter().map(|item| item.as_bytes().cloned().ok_or_else(|| fields.bad(1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_read_back_item_by_item() {
        let mut run = RunWriter::new(&[b"certificate"]);
        let entry = cbor::encode(&cbor::array([1.into(), 2.into()]));
        run.push(&entry);
        run.push(&entry);
        let bytes = run.finish();
        let reader = RunReader::new(&bytes).unwrap();
        assert_eq!(reader.certificates(), [b"certificate".to_vec()]);
        assert_eq!(reader.collect::<Result<Vec<_>, _>>().unwrap(), [&entry[..], &entry[..]]);
    }

    #[test]
    fn a_cut_run_gives_what_is_whole_and_then_says_where_it_ends() {
        let mut run = RunWriter::new(&[b"c"]);
        run.push(&cbor::encode(&"first".into()));
        let whole = run.len();
        run.push(&cbor::encode(&"second".into()));
        let bytes = run.finish();
        let items: Vec<_> = RunReader::new(&bytes[..bytes.len() - 1]).unwrap().collect();
        assert_eq!(items.len(), 2);
        assert!(items[0].is_ok());
        assert_eq!(items[1], Err(RunError::Entry { at: whole, error: FormatError::NotCbor }));
        assert!(RunReader::new(&[]).is_err());
        assert!(RunReader::new(&[0xa0]).is_err());
    }
}
