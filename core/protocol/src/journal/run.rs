//! A run of entries as bytes: what is uploaded, carried on a stick and handed to an auditor.
//!
//! A CBOR sequence (RFC 8742): first a header `{1: [certificate, ...]}`, then entries, each the signed array verbatim. Before an
//! entry there may be a header again: from there on the key of its last certificate signs, too. Streams: neither side
//! needs the whole run in memory. Nothing is verified here but the form; see `Chain`.

use super::till_keys::TillKeys;
use crate::cbor::{self, Fields, FormatError, Map};
use crate::certificate::SignedCertificate;
use crate::keys::KeyId;
use crate::signed::{self, Namespace};
use coset::cbor::value::Value;
use thiserror::Error;

/// The media type of a run.
pub const MEDIA_TYPE: &str = "application/vnd.raseed.journal+cbor-seq";

/// The most certificates that a header may carry (root-signed first).
const MAX_CERTIFICATES: usize = 4;
const MAX_HEADER: usize = 8 * 1024;
/// The major type of a map (RFC 8949 §3.1): a header is one, an entry is not.
const MAP: u8 = 5;

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
pub struct RunWriter {
    bytes: Vec<u8>,
    /// The keys whose certificates stand in it.
    certified: Vec<KeyId>,
}

impl RunWriter {
    /// Begins a run with these certificates, root-signed first.
    pub fn new(certificates: &[&[u8]]) -> RunWriter {
        RunWriter { bytes: header(certificates), certified: Vec::new() }
    }

    /// Begins a run of the life that was enrolled with this certificate.
    pub fn of(first: &SignedCertificate) -> RunWriter {
        RunWriter { bytes: header(&[first.bytes()]), certified: vec![first.certificate().key.id()] }
    }

    /// Appends an entry, verbatim.
    pub fn push(&mut self, entry: &[u8]) {
        self.bytes.extend_from_slice(entry);
    }

    /// Appends an entry, and before it the certificate of its key, if that is known and does not stand in the run yet.
    pub fn push_certified(&mut self, entry: &[u8], keys: &TillKeys) {
        if let Some(certificate) = self.lacks(entry).and_then(|key| keys.by_id(key)) {
            self.certify(certificate);
        }
        self.push(entry);
    }

    /// The key of this entry, if no certificate of it stands in the run yet.
    fn lacks(&self, entry: &[u8]) -> Option<KeyId> {
        signed::key_id(entry).filter(|key| self.certified.last() != Some(key) && !self.certified.contains(key))
    }

    /// Appends a further header: the entries after it may be signed by this certificate's key.
    pub fn certify(&mut self, further: &SignedCertificate) {
        self.bytes.extend(header(&[further.bytes()]));
        self.certified.push(further.certificate().key.id());
    }

    /// How many bytes so far.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// A run always has a header.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

fn header(certificates: &[&[u8]]) -> Vec<u8> {
    let list = certificates.iter().map(|bytes| Value::Bytes(bytes.to_vec())).collect();
    cbor::encode(&Map::new().put(1, Value::Array(list)).into())
}

/// Reads a run: first the certificates, then one entry's bytes after another.
#[derive(Debug)]
pub struct RunReader<'a> {
    bytes: &'a [u8],
    at: usize,
    certificates: Vec<Vec<u8>>,
    further: Vec<Vec<Vec<u8>>>,
}

impl<'a> RunReader<'a> {
    /// Reads the header.
    pub fn new(bytes: &'a [u8]) -> Result<RunReader<'a>, RunError> {
        let (value, rest) = cbor::decode_first("journal run", bytes, MAX_HEADER).map_err(RunError::Header)?;
        let certificates = read_certificates(&value).map_err(RunError::Header)?;
        Ok(RunReader { bytes, at: bytes.len() - rest.len(), certificates, further: Vec::new() })
    }

    /// The certificates of its first header, unverified, root-signed first; at least one.
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    /// The further headers that came since this was last asked, each as [`RunReader::certificates`]. What an entry that was just
    /// handed out needs is among those that have come.
    pub fn take_further(&mut self) -> Vec<Vec<Vec<u8>>> {
        std::mem::take(&mut self.further)
    }

    /// The byte position of what comes next.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Takes further headers, up to the next entry or the end.
    fn pass_headers(&mut self) -> Result<(), FormatError> {
        while self.bytes.get(self.at).is_some_and(|first| first >> 5 == MAP) {
            let (value, rest) = cbor::decode_first("journal run", &self.bytes[self.at..], MAX_HEADER)?;
            self.further.push(read_certificates(&value)?);
            self.at = self.bytes.len() - rest.len();
        }
        Ok(())
    }
}

impl<'a> Iterator for RunReader<'a> {
    type Item = Result<&'a [u8], RunError>;

    /// The bytes of the next entry. After an error there is nothing more: the place of the next entry is unknown.
    fn next(&mut self) -> Option<Self::Item> {
        let headers = self.pass_headers();
        let at = self.at;
        let remaining = &self.bytes[at..];
        if remaining.is_empty() && headers.is_ok() {
            return None;
        }
        match headers.and_then(|()| cbor::decode_first("entry", remaining, Namespace::Entry.max_len())) {
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
    fn a_header_may_stand_again_before_an_entry() {
        let mut run = RunWriter::new(&[b"certificate"]);
        let entry = cbor::encode(&cbor::array([1.into(), 2.into()]));
        run.push(&entry);
        let mut bytes = run.finish();
        bytes.extend(header(&[b"of the second day"]));
        bytes.extend(&entry);
        bytes.extend(header(&[b"of the third day"]));
        let mut reader = RunReader::new(&bytes).unwrap();
        assert_eq!(reader.next(), Some(Ok(&entry[..])));
        assert!(reader.take_further().is_empty());
        assert_eq!(reader.next(), Some(Ok(&entry[..])));
        assert_eq!(reader.take_further(), [[b"of the second day".to_vec()]]);
        assert_eq!(reader.next(), None);
        assert_eq!(reader.take_further(), [[b"of the third day".to_vec()]]);
        bytes.push(0xa1);
        let last = RunReader::new(&bytes).unwrap().last();
        assert_eq!(last, Some(Err(RunError::Entry { at: bytes.len() - 1, error: FormatError::NotCbor })));
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
