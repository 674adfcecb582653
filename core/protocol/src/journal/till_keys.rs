//! The keys of one life of a till: that of its enrolment, then one a day, each certified by the head office.
//!
//! A day's key is destroyed when the day is over, and its certificate counts from that day on: whoever steals the device has
//! no key that could sign anything with the date of yesterday. An entry names its key (`SignedEntry::key_id`); the certificate is
//! looked up here.

use super::entry::{EntryError, SignedEntry};
use super::run::{RunError, RunReader};
use crate::certificate::{CertificateError, SignedCertificate};
use crate::ids::{Incarnation, TillId};
use crate::keys::{KeyId, PublicKey};
use std::sync::Arc;

/// The certified keys of one life, as far as they are known here; at least one. Cheap to clone.
#[derive(Clone, Debug)]
pub struct TillKeys {
    till: TillId,
    incarnation: Incarnation,
    certified: Arc<Vec<(KeyId, SignedCertificate)>>,
}

impl TillKeys {
    /// Of this certificate alone.
    pub fn of(certificate: &SignedCertificate) -> Result<TillKeys, CertificateError> {
        let (till, incarnation) = certificate.till()?;
        let certified = Arc::new(vec![(certificate.certificate().key.id(), certificate.clone())]);
        Ok(TillKeys { till: till.clone(), incarnation, certified })
    }

    /// Adds a further one; refuses one of another till, another life or another head office. One that is here already changes
    /// nothing.
    pub fn add(&mut self, further: &SignedCertificate) -> Result<(), CertificateError> {
        let (_, first) = &self.certified[0];
        let same = first.certificate().tenant == further.certificate().tenant
            && first.certificate().role == further.certificate().role;
        if !same {
            return Err(CertificateError::OtherLife);
        }
        let id = further.certificate().key.id();
        if self.by_id(id).is_none() {
            Arc::make_mut(&mut self.certified).push((id, further.clone()));
        }
        Ok(())
    }

    /// Adds what a further header of a run holds: certificates that lead from the root to one of this life.
    pub fn add_chain(&mut self, certificates: &[Vec<u8>], root: &PublicKey) -> Result<(), CertificateError> {
        self.add(&crate::receipt_link::verify_chain(certificates, root)?)
    }

    /// The certificate of the key with this id.
    pub fn by_id(&self, id: KeyId) -> Option<&SignedCertificate> {
        // The newest is asked for most.
        self.certified.iter().rev().find(|(known, _)| *known == id).map(|(_, certificate)| certificate)
    }

    /// Reads and verifies an entry with the key that it names. That key must have counted when the entry says that it was made.
    /// What time it is now is not looked at: evidence does not expire.
    pub fn verify(&self, bytes: &[u8]) -> Result<SignedEntry, EntryError> {
        SignedEntry::verify_by(bytes, |id| self.by_id(id))
    }

    /// Whose keys.
    pub fn till(&self) -> &TillId {
        &self.till
    }

    /// Of which life.
    pub fn incarnation(&self) -> Incarnation {
        self.incarnation
    }

    /// All certificates that are known here, that of the enrolment first.
    pub fn certificates(&self) -> impl Iterator<Item = &SignedCertificate> {
        self.certified.iter().map(|(_, certificate)| certificate)
    }

    /// Reads a run: its keys, and its entries (unverified, verbatim) up to the first bytes that are none.
    pub fn read_run<'a>(run: &'a [u8], root: &PublicKey) -> Result<(TillKeys, Vec<&'a [u8]>), CertificateError> {
        let mut reader = RunReader::new(run).map_err(|error| match error {
            RunError::Header(error) | RunError::Entry { error, .. } => CertificateError::from(error),
        })?;
        let mut keys = TillKeys::of_run(reader.certificates(), root)?;
        let entries = reader.by_ref().map_while(Result::ok).collect();
        reader.take_further().iter().try_for_each(|further| keys.add_chain(further, root))?;
        Ok((keys, entries))
    }

    /// Those of a run: of its first header, and of the further ones as far as they were read. Unverified before, verified here.
    pub fn of_run(certificates: &[Vec<u8>], root: &PublicKey) -> Result<TillKeys, CertificateError> {
        TillKeys::of(&crate::receipt_link::verify_chain(certificates, root)?)
    }
}
