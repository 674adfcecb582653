//! One journal entry: header, body, signature.

use super::body::Body;
use crate::cbor::{self, Fields, FormatError, Map};
use crate::certificate::{CertificateError, SignedCertificate};
use crate::ids::{Sequence, StaffId};
use crate::keys::{Hash, KeyId, PublicKey, Signer, SigningRefused};
use crate::signed::{self, Namespace, SignedError, Unverified};
use crate::time::{BootId, ElapsedMs, WallMs};
use thiserror::Error;

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place, from 1, without gaps.
    pub sequence: Sequence,
    /// SHA-256 of the whole bytes of the entry before it; of the certificate for the first one.
    pub previous: Hash,
    /// When and by whom.
    pub stamp: Stamp,
    /// What happened.
    pub body: Body,
}

/// When an entry was written, by every clock that there is, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Wall time of the device.
    pub wall: WallMs,
    /// Which boot of the device.
    pub boot: BootId,
    /// Time since that boot.
    pub elapsed: ElapsedMs,
    /// The newest acknowledgement that the till had seen: the entry cannot be older than that.
    pub seen: Option<Seen>,
    /// The member of staff at the device.
    pub staff: StaffId,
}

/// A trace of the newest acknowledgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Through which entry of this incarnation.
    pub sequence: Sequence,
    /// When, by the head office's clock.
    pub office: WallMs,
}

/// An entry together with the bytes that were signed. Can only be had by signing or by verifying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedEntry {
    entry: Entry,
    bytes: Vec<u8>,
    hash: Hash,
    key_id: KeyId,
}

/// Why bytes are not an entry of this key.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EntryError {
    /// Not an entry, or the signature is wrong.
    #[error(transparent)]
    Signed(#[from] SignedError),
    /// Signed, but what it says breaks the format.
    #[error("the entry is signed but not well formed: {0}")]
    Content(#[from] FormatError),
    /// Not signed with a key that was certified for this till.
    #[error("the entry is signed with a key that is not known to be this till's ({0})")]
    UnknownKey(KeyId),
    /// It says that it was made when its key did not count: with a key of today nobody can write something of yesterday.
    #[error("the entry is signed with a key that does not count at its own time: {0}")]
    OutOfTime(CertificateError),
}

impl SignedEntry {
    /// Signs an entry.
    pub fn sign(entry: Entry, signer: &dyn Signer) -> Result<SignedEntry, SigningRefused> {
        let bytes = signed::seal(Namespace::Entry, entry.encode(), signer)?;
        let hash = Hash::of(&bytes);
        Ok(SignedEntry { entry, bytes, hash, key_id: signer.public_key().id() })
    }

    /// Reads and verifies one. It says nothing yet about its place in a chain.
    pub fn verify(bytes: &[u8], key: &PublicKey) -> Result<SignedEntry, EntryError> {
        let unverified = Unverified::parse(Namespace::Entry, bytes)?;
        let key_id = unverified.key_id();
        let payload = unverified.open(key).map_err(SignedError::from)?;
        let entry = Entry::decode(&payload)?;
        Ok(SignedEntry { entry, bytes: bytes.to_vec(), hash: Hash::of(bytes), key_id })
    }

    /// The same, with the certificate of the key that it names; refuses one whose own time is not that key's.
    pub fn verify_by<'a>(
        bytes: &[u8],
        certificate: impl FnOnce(KeyId) -> Option<&'a SignedCertificate>,
    ) -> Result<SignedEntry, EntryError> {
        let unverified = Unverified::parse(Namespace::Entry, bytes)?;
        let key_id = unverified.key_id();
        let certificate = certificate(key_id).ok_or(EntryError::UnknownKey(key_id))?;
        let payload = unverified.open(&certificate.certificate().key).map_err(SignedError::from)?;
        let entry = Entry::decode(&payload)?;
        certificate.valid_at(entry.stamp.wall).map_err(EntryError::OutOfTime)?;
        Ok(SignedEntry { entry, bytes: bytes.to_vec(), hash: Hash::of(bytes), key_id })
    }

    /// What it says.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The signed bytes: to be stored, sent and printed as they are.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the bytes.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Which key signed it.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }
}

impl Entry {
    fn encode(&self) -> Vec<u8> {
        let stamp = &self.stamp;
        let boot = cbor::array([stamp.boot.0.as_slice().into(), stamp.elapsed.0.into()]);
        let seen = stamp.seen.map(|seen| cbor::array([seen.sequence.0.into(), seen.office.0.into()]));
        let map = Map::new()
            .put(1, self.sequence.0)
            .put(2, self.previous.0.as_slice())
            .put(3, stamp.wall.0)
            .put(4, boot)
            .put_some(5, seen)
            .put(6, stamp.staff.as_str())
            .put(7, self.body.kind())
            .put(8, self.body.encode());
        cbor::encode(&map.into())
    }

    fn decode(payload: &[u8]) -> Result<Entry, FormatError> {
        let value = cbor::decode("entry", payload, Namespace::Entry.max_len())?;
        let fields = Fields::of_map("entry", &value)?;
        let boot = Fields::of_array("entry boot time", fields.need(4)?, 2)?;
        let wall = |fields: &Fields, key| WallMs::bounded(fields.u64(key)?).ok_or_else(|| fields.bad(key));
        let seen = fields.optional(5, |fields, key| {
            let seen = Fields::of_array("entry acknowledgement", fields.need(key)?, 2)?;
            Ok(Seen { sequence: Sequence(seen.u64(0)?), office: wall(&seen, 1)? })
        })?;
        let sequence = Sequence(fields.u64(1)?);
        if sequence < Sequence::FIRST || sequence.0 == u64::MAX {
            return Err(fields.bad(1));
        }
        Ok(Entry {
            sequence,
            previous: Hash(fields.bytes(2)?),
            stamp: Stamp {
                wall: wall(&fields, 3)?,
                boot: BootId(boot.bytes(0)?),
                elapsed: ElapsedMs(boot.u64(1)?),
                seen,
                staff: fields.parse(6)?,
            },
            body: Body::decode(fields.u64(7)?, fields.need(8)?)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::ShiftOpened;
    use crate::keys::SigningKey;
    use crate::money::Paise;

    pub(crate) fn entry(body: Body) -> Entry {
        Entry {
            sequence: Sequence(7),
            previous: Hash::of(b"before"),
            stamp: Stamp {
                wall: WallMs(1_795_000_000_000),
                boot: BootId([1, 2, 3, 4]),
                elapsed: ElapsedMs(5_000),
                seen: Some(Seen { sequence: Sequence(3), office: WallMs(1_794_999_000_000) }),
                staff: "jaspreet".parse().unwrap(),
            },
            body,
        }
    }

    #[test]
    fn an_entry_is_read_back_byte_for_byte() {
        let key = SigningKey::from_seed(&[1; 32]);
        let float = Paise::new(50_000).unwrap();
        let signed = SignedEntry::sign(entry(Body::ShiftOpened(ShiftOpened { number: 1, float })), &key).unwrap();
        let read = SignedEntry::verify(signed.bytes(), &key.public_key()).unwrap();
        assert_eq!(read, signed);
    }

    #[test]
    fn a_kind_of_the_future_is_kept_as_it_is() {
        let key = SigningKey::from_seed(&[1; 32]);
        let content = cbor::encode(&Map::new().put(1, "later").into());
        let signed = SignedEntry::sign(entry(Body::Unknown { kind: 999, content }), &key).unwrap();
        let read = SignedEntry::verify(signed.bytes(), &key.public_key()).unwrap();
        assert!(matches!(read.entry().body, Body::Unknown { kind: 999, .. }));
        assert_eq!(read.bytes(), signed.bytes());
    }
}
