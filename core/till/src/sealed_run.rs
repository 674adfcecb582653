//! A run inside a sealed file: the certificates stand before the entries that need them, and are read again from there.

use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::journal::{RunReader, RunWriter, TillKeys};
use raseed_protocol::keys::{KeyId, PublicKey};
use raseed_protocol::sealed::Item;
use raseed_protocol::signed;

/// The keys whose certificates stand in a file that is being written.
#[derive(Default)]
pub(crate) struct Certified(Vec<KeyId>);

impl Certified {
    /// The record that begins the run of this life.
    pub(crate) fn begin(&mut self, life: &SignedCertificate) -> Vec<u8> {
        self.record(life)
    }

    /// The record that must stand before this entry, if the certificate of its key is not in the file yet.
    pub(crate) fn lacks(&mut self, entry: &[u8], keys: &TillKeys) -> Option<Vec<u8>> {
        let key = signed::key_id(entry).filter(|key| !self.0.contains(key))?;
        keys.by_id(key).map(|certificate| self.record(certificate))
    }

    fn record(&mut self, certificate: &SignedCertificate) -> Vec<u8> {
        self.0.push(certificate.certificate().key.id());
        Item::Run(RunWriter::new(&[certificate.bytes()]).finish()).encode()
    }
}

/// What the certificates in such a record add to the keys of a life. Those of other lives are left alone.
pub(crate) fn learn(keys: &mut TillKeys, root: &PublicKey, run: &[u8]) {
    if let Ok(reader) = RunReader::new(run) {
        let _ = keys.add_chain(reader.certificates(), root);
    }
}
