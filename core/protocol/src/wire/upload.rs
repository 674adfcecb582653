//! The answer to an upload of journal entries.

use crate::cbor::FormatError;
use crate::ids::Sequence;
use crate::keys::{PublicKey, Signer, SigningRefused};
use crate::signed::{self, Namespace, SignedError, Unverified};
use serde::{Deserialize, Serialize};

/// The most bytes of one upload, after unpacking.
pub const MAX_UPLOAD_BYTES: usize = 4 * 1024 * 1024;

/// `POST /v1/tills/{till}/journal` answers with this, also when it took only a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadReply {
    /// The signed acknowledgement: through which entry everything is stored.
    #[serde(with = "super::base64")]
    pub acknowledgement: Vec<u8>,
    /// Entries of this upload that are stored but could not be posted as they stand, or need a person's eye.
    #[serde(default)]
    pub exceptions: Vec<Posting>,
    /// Why the entries after the acknowledged one were not taken, if some were not.
    #[serde(default)]
    pub refused: Option<Refusal>,
}

impl UploadReply {
    /// The most remarks about entries in one signed reply; more of them need a person at the head office, not a longer file.
    pub const MAX_SIGNED_EXCEPTIONS: usize = 200;

    /// Signs it with the head office's key, for a reply that is carried by hand: no connection vouches for the rest of it
    /// there. The payload is the same JSON as over the network. Remarks beyond the most are left out.
    pub fn seal(&self, office: &dyn Signer) -> Result<Vec<u8>, SigningRefused> {
        let mut reply = self.clone();
        reply.exceptions.truncate(UploadReply::MAX_SIGNED_EXCEPTIONS);
        let payload = serde_json::to_vec(&reply).expect("a reply is plain data");
        signed::seal(Namespace::UploadReply, payload, office)
    }

    /// Reads and verifies a signed one. The acknowledgement inside has a signature of its own, which this does not look at.
    pub fn verify(bytes: &[u8], office: &PublicKey) -> Result<UploadReply, SignedError> {
        let payload = Unverified::parse(Namespace::UploadReply, bytes)?.open(office)?;
        let bad = FormatError::BadField { what: "upload reply", key: 0 };
        serde_json::from_slice(&payload).map_err(|_| bad.into())
    }
}

/// Something about one stored entry that the till shows its people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Which entry.
    pub sequence: Sequence,
    /// A short name: `unknown-account`, `paid-twice` ...
    pub code: String,
    /// What it means and what happens next, in a sentence without personal data.
    pub what: String,
}

/// Why entries were not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Refusal {
    /// The first entry sent lies beyond the next expected: send from there.
    Gap {
        /// The next that the head office needs.
        expected: Sequence,
    },
    /// The head office holds another entry at this place. An alarm: the device was copied or restored.
    Fork {
        /// Where.
        at: Sequence,
    },
    /// The entry is damaged, not signed by this till, or does not continue the chain.
    BadEntry {
        /// Where it was to go.
        at: Sequence,
        /// What is wrong.
        what: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SigningKey;

    #[test]
    fn a_signed_reply_is_read_back_and_bound_to_its_key() {
        let office = SigningKey::from_seed(&[1; 32]);
        let posting = |n| Posting { sequence: Sequence(n), code: "paid-twice".into(), what: "w".repeat(400) };
        let mut reply = UploadReply {
            acknowledgement: vec![1, 2, 3],
            exceptions: (1..=300).map(posting).collect(),
            refused: Some(Refusal::Gap { expected: Sequence(7) }),
        };
        let bytes = reply.seal(&office).unwrap();
        reply.exceptions.truncate(UploadReply::MAX_SIGNED_EXCEPTIONS);
        assert_eq!(UploadReply::verify(&bytes, &office.public_key()), Ok(reply));
        assert!(UploadReply::verify(&bytes, &SigningKey::from_seed(&[2; 32]).public_key()).is_err());
    }
}
