//! The head office's signed word that it holds a journal up to an entry. Only this lets a till call work "sent".

use crate::cbor::{self, Fields, FormatError, Map};
use crate::ids::{Incarnation, Sequence, TillId};
use crate::keys::{Hash, PublicKey, Signer, SigningRefused};
use crate::signed::{self, Namespace, SignedError, Unverified};
use crate::time::WallMs;

/// What the head office vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledgement {
    /// Whose journal.
    pub till: TillId,
    /// Which incarnation.
    pub incarnation: Incarnation,
    /// Everything up to and including this entry is stored; 0 if nothing is yet.
    pub through: Sequence,
    /// The hash of that entry (of the certificate when `through` is 0).
    pub head: Hash,
    /// When, by the head office's clock.
    pub office: WallMs,
}

impl Acknowledgement {
    /// Signs it with the head office's key.
    pub fn seal(&self, office: &dyn Signer) -> Result<Vec<u8>, SigningRefused> {
        let map = Map::new()
            .put(1, self.till.as_str())
            .put(2, self.incarnation.0)
            .put(3, self.through.0)
            .put(4, self.head.0.as_slice())
            .put(5, self.office.0);
        signed::seal(Namespace::Acknowledgement, cbor::encode(&map.into()), office)
    }

    /// Reads and verifies one.
    pub fn verify(bytes: &[u8], office: &PublicKey) -> Result<Acknowledgement, SignedError> {
        let payload = Unverified::parse(Namespace::Acknowledgement, bytes)?.open(office)?;
        Ok(Acknowledgement::decode(&payload)?)
    }

    fn decode(payload: &[u8]) -> Result<Acknowledgement, FormatError> {
        let value = cbor::decode("acknowledgement", payload, Namespace::Acknowledgement.max_len())?;
        let fields = Fields::of_map("acknowledgement", &value)?;
        Ok(Acknowledgement {
            till: fields.parse(1)?,
            incarnation: Incarnation::from_number(fields.u64(2)?).ok_or_else(|| fields.bad(2))?,
            through: Sequence(fields.u64(3)?),
            head: Hash(fields.bytes(4)?),
            office: WallMs::bounded(fields.u64(5)?).ok_or_else(|| fields.bad(5))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SigningKey;

    #[test]
    fn it_is_read_back_and_bound_to_its_key() {
        let office = SigningKey::from_seed(&[1; 32]);
        let acknowledgement = Acknowledgement {
            till: "SAS07".parse().unwrap(),
            incarnation: Incarnation(1),
            through: Sequence(391),
            head: Hash::of(b"head"),
            office: WallMs(1_795_000_000_000),
        };
        let bytes = acknowledgement.seal(&office).unwrap();
        assert_eq!(Acknowledgement::verify(&bytes, &office.public_key()), Ok(acknowledgement));
        assert!(Acknowledgement::verify(&bytes, &SigningKey::from_seed(&[2; 32]).public_key()).is_err());
    }
}
