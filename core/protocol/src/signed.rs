//! Signed messages: COSE_Sign1 (RFC 9052 §4.2), untagged, in one strict form.
//!
//! The payload cannot be reached without verifying. Nothing is ever re-encoded after signing: the bytes that were signed
//! are the bytes that are stored, hashed, sent and printed.
//!
//! The form: `[protected, {}, payload, signature]`, where `protected` is `{1: -19, 4: key id}` (Ed25519, RFC 9864) and the
//! namespace of the message is the `external_aad` of the signature, so that a signed message of one kind can never be
//! passed off as another.

use crate::cbor::{self, FormatError};
use crate::keys::{BadSignature, KeyId, PublicKey, Signer, SigningRefused};
use coset::iana::Algorithm;
use coset::{CborSerializable, CoseSign1, CoseSign1Builder, HeaderBuilder};
use thiserror::Error;

/// What kind of message is signed, and in which version of its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespace {
    /// A journal entry.
    Entry,
    /// A certificate.
    Certificate,
    /// An acknowledgement by the head office.
    Acknowledgement,
    /// A page of the book.
    BookPage,
    /// A word of the head office about a payment.
    PaymentWord,
    /// The head office's answer to entries that were brought by hand.
    UploadReply,
}

impl Namespace {
    /// The external_aad of the signature.
    pub const fn aad(self) -> &'static [u8] {
        match self {
            Namespace::Entry => b"raseed:entry:1",
            Namespace::Certificate => b"raseed:certificate:1",
            Namespace::Acknowledgement => b"raseed:acknowledgement:1",
            Namespace::BookPage => b"raseed:book-page:1",
            Namespace::PaymentWord => b"raseed:payment-word:1",
            Namespace::UploadReply => b"raseed:upload-reply:1",
        }
    }

    /// The largest message of this kind, in bytes.
    pub const fn max_len(self) -> usize {
        match self {
            Namespace::Entry => 4 * 1024,
            Namespace::Certificate | Namespace::Acknowledgement | Namespace::PaymentWord => 1024,
            Namespace::UploadReply => 256 * 1024,
            Namespace::BookPage => 4 * 1024 * 1024,
        }
    }
}

/// Why a signed message was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SignedError {
    /// It is not a signed message in our form.
    #[error("not a signed message: {0}")]
    Format(#[from] FormatError),
    /// The signature does not fit.
    #[error(transparent)]
    Signature(#[from] BadSignature),
}

/// Signs a payload. The result is what is stored and sent.
pub fn seal(namespace: Namespace, payload: Vec<u8>, signer: &dyn Signer) -> Result<Vec<u8>, SigningRefused> {
    let header = HeaderBuilder::new().algorithm(Algorithm::Ed25519).key_id(signer.public_key().id().0.to_vec()).build();
    let message = CoseSign1Builder::new()
        .protected(header)
        .payload(payload)
        .try_create_signature(namespace.aad(), |bytes| signer.sign(bytes).map(|s| s.to_vec()))?
        .build();
    Ok(message.to_vec().expect("a message that we built has a form"))
}

/// How every signed message begins: an array of four, 13 protected bytes, the algorithm, and the head of the key id.
pub const BEGIN: [u8; 7] = [0x84, 0x4d, 0xa2, 0x01, 0x32, 0x04, 0x48];

/// The key that a message in this form names, without a look at the rest of it.
pub fn key_id(message: &[u8]) -> Option<KeyId> {
    message.strip_prefix(&BEGIN)?.first_chunk().copied().map(KeyId)
}

/// A message whose form is right and whose signature has not been looked at.
pub struct Unverified {
    message: CoseSign1,
    namespace: Namespace,
    key_id: KeyId,
    signature: [u8; 64],
}

impl Unverified {
    /// Reads the envelope, strictly: another encoding of the same message is refused, because two encodings would look
    /// like two statements.
    pub fn parse(namespace: Namespace, bytes: &[u8]) -> Result<Unverified, SignedError> {
        let max = namespace.max_len();
        if bytes.len() > max {
            return Err(FormatError::TooLong { what: "a signed message", max }.into());
        }
        let message = CoseSign1::from_slice(bytes).map_err(|_| FormatError::NotCbor)?;
        let key_id = message.protected.header.key_id.as_slice().try_into().map(KeyId);
        let (Ok(key_id), Some(payload)) = (key_id, message.payload.as_ref()) else {
            return Err(FormatError::NotDeterministic.into());
        };
        let signature = message.signature.as_slice().try_into().map_err(|_| FormatError::NotDeterministic)?;
        if envelope(key_id, payload, &signature) != bytes {
            return Err(FormatError::NotDeterministic.into());
        }
        Ok(Unverified { message, namespace, key_id, signature })
    }

    /// The key that it says it was signed with.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// Verifies, and only then hands out the payload. The key id is part of the form: a message that names another key
    /// than the one that signed it is refused, so that no two verifiers can differ by how they find the key.
    pub fn open(self, key: &PublicKey) -> Result<Vec<u8>, BadSignature> {
        if self.key_id != key.id() {
            return Err(BadSignature);
        }
        let signed = self.message.tbs_data(self.namespace.aad());
        key.verify(&signed, &self.signature)?;
        Ok(self.message.payload.expect("looked at when it was parsed"))
    }
}

/// The only accepted bytes for these parts.
fn envelope(key_id: KeyId, payload: &[u8], signature: &[u8; 64]) -> Vec<u8> {
    let protected = cbor::encode(&cbor::Map::new().put(1, -19).put(4, key_id.0.as_slice()).into());
    cbor::encode(&cbor::array([protected.into(), cbor::Map::new().into(), payload.into(), signature.as_slice().into()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SigningKey;
    use proptest::prelude::*;

    fn sealed() -> (Vec<u8>, SigningKey) {
        let key = SigningKey::from_seed(&[1; 32]);
        (seal(Namespace::Entry, b"payload".to_vec(), &key).unwrap(), key)
    }

    #[test]
    fn a_sealed_message_opens_for_its_key_and_namespace_alone() {
        let (bytes, key) = sealed();
        let open = |namespace, key: &SigningKey| Unverified::parse(namespace, &bytes).unwrap().open(&key.public_key());
        assert_eq!(open(Namespace::Entry, &key), Ok(b"payload".to_vec()));
        assert_eq!(open(Namespace::BookPage, &key), Err(BadSignature));
        assert_eq!(open(Namespace::Entry, &SigningKey::from_seed(&[2; 32])), Err(BadSignature));
    }

    #[test]
    fn its_key_is_read_from_its_beginning() {
        let (bytes, key) = sealed();
        assert_eq!(key_id(&bytes), Some(key.public_key().id()));
        assert_eq!(key_id(&bytes), Some(Unverified::parse(Namespace::Entry, &bytes).unwrap().key_id()));
        assert_eq!((key_id(&bytes[..14]), key_id(&bytes[1..])), (None, None));
    }

    #[test]
    fn another_encoding_of_the_same_message_is_refused() {
        let (bytes, _) = sealed();
        let mut tagged = vec![0xd2];
        tagged.extend(&bytes);
        let mut unprotected = bytes.clone();
        let at = bytes.windows(2).position(|two| two == [0xa0, 0x47]).unwrap();
        unprotected.splice(at..=at, [0xa1, 0x18, 0x63, 0x00]);
        let mut trailing = bytes.clone();
        trailing.push(0);
        for other in [tagged, unprotected, trailing] {
            assert!(Unverified::parse(Namespace::Entry, &other).is_err());
        }
    }

    #[test]
    fn a_message_that_names_another_key_is_refused() {
        /// Signs with one key and names another.
        struct Pretender(SigningKey, PublicKey);
        impl Signer for Pretender {
            fn public_key(&self) -> PublicKey {
                self.1
            }
            fn sign(&self, message: &[u8]) -> Result<[u8; 64], SigningRefused> {
                self.0.sign(message)
            }
        }
        let other = SigningKey::from_seed(&[2; 32]).public_key();
        let pretender = Pretender(SigningKey::from_seed(&[1; 32]), other);
        let bytes = seal(Namespace::Entry, b"payload".to_vec(), &pretender).unwrap();
        for key in [pretender.0.public_key(), other] {
            assert_eq!(Unverified::parse(Namespace::Entry, &bytes).unwrap().open(&key), Err(BadSignature));
        }
    }

    proptest! {
        #[test]
        fn no_changed_byte_goes_unseen(at in 0usize..200, bit in 0u8..8) {
            let (mut bytes, key) = sealed();
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            let opened = Unverified::parse(Namespace::Entry, &bytes).map(|m| m.open(&key.public_key()));
            prop_assert!(!matches!(opened, Ok(Ok(_))));
        }
    }
}
