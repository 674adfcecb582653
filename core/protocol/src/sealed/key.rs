//! Whom a file is sealed for: the Ed25519 key that a certificate names, carried over to X25519.
//!
//! No key but the certified ones has to be handed out. The public half goes by the birational map between the two forms of the
//! curve (RFC 7748 section 4.1), the private half is the scalar that RFC 8032 section 5.1.5 derives from the seed: what
//! libsodium calls `crypto_sign_ed25519_pk_to_curve25519` and `_sk_to_curve25519`. That one key pair may serve both Ed25519 and
//! a KEM on X25519 is shown in E. Thormarker, "On using the same key pair for Ed25519 and an X25519 based KEM" (2021).

use crate::keys::{KeyId, PublicKey, Signer, SigningKey};
use curve25519_dalek::edwards::CompressedEdwardsY;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem};
use std::fmt;
use thiserror::Error;
use zeroize::Zeroizing;

/// A key that nothing can be sealed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("key {0} is no point that anything can be sealed for; enrol anew")]
pub struct NotARecipient(pub KeyId);

/// The private half of a recipient. Never written, never cloned, never shown.
pub struct OpeningKey {
    id: KeyId,
    private: <X25519HkdfSha256 as Kem>::PrivateKey,
}

impl OpeningKey {
    /// The key that opens what is sealed for the signing key of this seed. The caller wipes its copy.
    pub fn from_seed(seed: &[u8; 32]) -> OpeningKey {
        let digest = ring::digest::digest(&ring::digest::SHA512, seed);
        let mut scalar = Zeroizing::new([0; 32]);
        scalar.copy_from_slice(&digest.as_ref()[..32]);
        // It is clamped when it is read.
        let private = Deserializable::from_bytes(scalar.as_slice()).expect("32 bytes are always an X25519 private key");
        OpeningKey { id: SigningKey::from_seed(seed).public_key().id(), private }
    }

    /// The id of the signing key that it belongs to.
    pub fn id(&self) -> KeyId {
        self.id
    }

    pub(super) fn private(&self) -> &<X25519HkdfSha256 as Kem>::PrivateKey {
        &self.private
    }
}

impl fmt::Debug for OpeningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpeningKey({})", self.id)
    }
}

/// Refuses a key that nothing can be sealed for.
pub fn check_recipient(key: &PublicKey) -> Result<(), NotARecipient> {
    recipient(key).map(|_| ())
}

/// The X25519 public key of a certified one. A point that is not written in its one form, or not of the large subgroup, is
/// refused: with it the secret of the exchange could be guessed.
pub(super) fn recipient(key: &PublicKey) -> Result<<X25519HkdfSha256 as Kem>::PublicKey, NotARecipient> {
    let refused = || NotARecipient(key.id());
    let point = CompressedEdwardsY(key.0).decompress().ok_or_else(refused)?;
    if point.compress().0 != key.0 || point.is_small_order() || !point.is_torsion_free() {
        return Err(refused());
    }
    Ok(Deserializable::from_bytes(&point.to_montgomery().0).expect("32 bytes are always an X25519 public key"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hpke::Serializable;

    /// The pair that libsodium's own test of `crypto_sign_ed25519_*_to_curve25519` states (test/default/ed25519_convert.c).
    #[test]
    fn it_is_carried_over_as_libsodium_does() {
        let hex = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap();
        let seed: [u8; 32] =
            hex("421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee").try_into().unwrap();
        let public = recipient(&SigningKey::from_seed(&seed).public_key()).unwrap();
        assert_eq!(public.to_bytes().to_vec(), hex("f1814f0e8ff1043d8a44d25babff3cedcae6c22c3edaa48f857ae70de2baae50"));
        let private = OpeningKey::from_seed(&seed);
        assert_eq!(
            private.private.to_bytes().to_vec(),
            hex("8052030376d47112be7f73ed7a019293dd12ad910b654455798b4667d73de166")
        );
        assert_eq!(X25519HkdfSha256::sk_to_pk(&private.private), public);
    }

    #[test]
    fn points_of_a_small_or_mixed_subgroup_are_refused() {
        let identity = {
            let mut bytes = [0; 32];
            bytes[0] = 1;
            bytes
        };
        let order_two = {
            let mut bytes = [0xff; 32];
            bytes[0] = 0xec;
            bytes[31] = 0x7f;
            bytes
        };
        let mixed = {
            let good = CompressedEdwardsY(SigningKey::from_seed(&[1; 32]).public_key().0).decompress().unwrap();
            (good + CompressedEdwardsY(order_two).decompress().unwrap()).compress().0
        };
        let twice_written = {
            let mut bytes = [0xff; 32];
            bytes[0] = 0xee;
            bytes[31] = 0x7f;
            bytes
        };
        for bad in [identity, order_two, mixed, twice_written, [0; 32], [0xff; 32]] {
            let key = PublicKey(bad);
            assert_eq!(check_recipient(&key), Err(NotARecipient(key.id())), "{bad:?}");
        }
        assert_eq!(check_recipient(&SigningKey::from_seed(&[1; 32]).public_key()), Ok(()));
    }
}
