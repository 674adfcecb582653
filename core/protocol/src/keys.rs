//! Ed25519 keys (RFC 8032) and the ports behind which private ones live.
//!
//! A private key is never written by this crate, never cloned and never shown.

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// SHA-256 of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Hash {
        let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
        Hash(digest.as_ref().try_into().expect("SHA-256 is 32 bytes"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

/// The first eight bytes of the SHA-256 of a public key: a hint to find the key, never a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 8]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

/// An Ed25519 public key. As text: Base32 (RFC 4648, upper case, no padding), 52 characters, so that it fits a QR code
/// in alphanumeric mode and can be read over a telephone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey(pub [u8; 32]);

/// Text that is not a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("that is not a public key; it has 52 characters of A-Z and 2-7")]
pub struct NotAPublicKey;

/// A signature that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the signature does not fit the text and the key")]
pub struct BadSignature;

impl PublicKey {
    /// The hint by which messages name it.
    pub fn id(&self) -> KeyId {
        let hash = Hash::of(&self.0);
        KeyId(hash.0[..8].try_into().expect("32 bytes hold 8"))
    }

    /// Checks a signature over `message`.
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), BadSignature> {
        UnparsedPublicKey::new(&ED25519, &self.0).verify(message, signature).map_err(|_| BadSignature)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&data_encoding::BASE32_NOPAD.encode(&self.0))
    }
}

impl FromStr for PublicKey {
    type Err = NotAPublicKey;
    fn from_str(text: &str) -> Result<PublicKey, NotAPublicKey> {
        if text.len() != 52 {
            return Err(NotAPublicKey);
        }
        let bytes = data_encoding::BASE32_NOPAD.decode(text.as_bytes()).map_err(|_| NotAPublicKey)?;
        Ok(PublicKey(bytes.try_into().map_err(|_| NotAPublicKey)?))
    }
}

/// Something that can sign: a key in memory, or later one inside a vault.
pub trait Signer: Send + Sync {
    /// The public half.
    fn public_key(&self) -> PublicKey;
    /// Signs; an error if the vault refuses. A refusal never yields an unsigned-looking receipt: nothing is written.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SigningRefused>;
}

/// The vault would not sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the key of this device is locked; unlock the device and try once more")]
pub struct SigningRefused;

/// A private key held in memory.
pub struct SigningKey(Ed25519KeyPair);

impl SigningKey {
    /// The key that belongs to 32 secret bytes (RFC 8032 §5.1.5). The caller draws them from the machine's entropy and
    /// wipes its copy.
    pub fn from_seed(seed: &[u8; 32]) -> SigningKey {
        SigningKey(Ed25519KeyPair::from_seed_unchecked(seed).expect("32 bytes are always an Ed25519 seed"))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public_key().id())
    }
}

impl Signer for SigningKey {
    fn public_key(&self) -> PublicKey {
        PublicKey(self.0.public_key().as_ref().try_into().expect("an Ed25519 public key is 32 bytes"))
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SigningRefused> {
        Ok(self.0.sign(message).as_ref().try_into().expect("an Ed25519 signature is 64 bytes"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032 §7.1, test 1.
    #[test]
    fn the_first_vector_of_rfc_8032() {
        let hex = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap();
        let seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        let key = SigningKey::from_seed(&seed.try_into().unwrap());
        let public = hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assert_eq!(key.public_key().0.to_vec(), public);
        let signature = key.sign(b"").unwrap();
        assert!(data_encoding::HEXLOWER.encode(&signature).starts_with("e5564300c360ac729086e2cc806e828a"));
        assert_eq!(key.public_key().verify(b"", &signature), Ok(()));
        assert_eq!(key.public_key().verify(b"x", &signature), Err(BadSignature));
    }

    #[test]
    fn a_public_key_is_read_back() {
        let key = SigningKey::from_seed(&[7; 32]).public_key();
        assert_eq!(key.to_string().len(), 52);
        assert_eq!(key.to_string().parse(), Ok(key));
        for bad in [String::new(), key.to_string().to_lowercase(), "A".repeat(51), "1".repeat(52)] {
            assert_eq!(bad.parse::<PublicKey>(), Err(NotAPublicKey));
        }
    }
}
