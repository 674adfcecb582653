//! Certificates: who says that a key belongs to a till or to the head office itself.
//!
//! Signed by the head office's root key (or by a key that it certified), pinned on every device at enrolment.

use crate::cbor::{self, Fields, FormatError, Map};
use crate::ids::{Incarnation, TenantId, TillId};
use crate::keys::{Hash, KeyId, PublicKey, Signer, SigningRefused};
use crate::signed::{self, Namespace, SignedError, Unverified};
use crate::time::WallMs;
use thiserror::Error;

/// Whose key it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A till, in one incarnation.
    Till {
        /// Which till.
        till: TillId,
        /// Which of its lives.
        incarnation: Incarnation,
    },
    /// The head office: it signs acknowledgements and book pages with this key.
    Office,
}

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Whose books.
    pub tenant: TenantId,
    /// Whose key.
    pub role: Role,
    /// The key.
    pub key: PublicKey,
    /// Nothing signed before this second (since 1970, UTC) counts.
    pub not_before_s: u64,
    /// Nothing signed after this second counts.
    pub not_after_s: u64,
}

/// A certificate with the bytes that were signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCertificate {
    certificate: Certificate,
    bytes: Vec<u8>,
    issuer: KeyId,
}

/// Why a certificate was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CertificateError {
    /// Not a certificate, or the signature is not that of the expected key.
    #[error("the certificate is not valid: {0}")]
    Signed(#[from] SignedError),
    /// Made by somebody else.
    #[error("the certificate was made by another head office (key {found}, expected {expected})")]
    OtherIssuer {
        /// The key that it names.
        found: KeyId,
        /// The key that was pinned.
        expected: KeyId,
    },
    /// A further certificate that says more than the one whose key signed it.
    #[error("the certificate goes beyond the one that it stands on: another till, another tenant or a longer time")]
    Beyond,
    /// For another till, another of its lives, or another tenant.
    #[error("the certificate is for another till, or for another life of this one")]
    OtherLife,
    /// For another purpose.
    #[error("the certificate is not for {0}")]
    WrongRole(&'static str),
    /// Used before or after the time it is for.
    #[error("the certificate was not valid at {0}")]
    NotValidAt(String),
}

impl From<FormatError> for CertificateError {
    fn from(error: FormatError) -> CertificateError {
        CertificateError::Signed(error.into())
    }
}

impl Certificate {
    /// Signs it.
    pub fn seal(self, issuer: &dyn Signer) -> Result<SignedCertificate, SigningRefused> {
        let bytes = signed::seal(Namespace::Certificate, self.encode(), issuer)?;
        Ok(SignedCertificate { certificate: self, bytes, issuer: issuer.public_key().id() })
    }

    fn encode(&self) -> Vec<u8> {
        let map = Map::new().put(1, self.tenant.as_str());
        let map = match &self.role {
            Role::Till { till, incarnation } => map.put(2, till.as_str()).put(3, incarnation.0),
            Role::Office => map,
        };
        let map = map.put(4, self.key.0.as_slice()).put(5, self.not_before_s).put(6, self.not_after_s);
        cbor::encode(&map.into())
    }

    fn decode(payload: &[u8]) -> Result<Certificate, FormatError> {
        let value = cbor::decode("certificate", payload, Namespace::Certificate.max_len())?;
        let fields = Fields::of_map("certificate", &value)?;
        let role = match (fields.get(2), fields.get(3)) {
            (None, None) => Role::Office,
            _ => Role::Till {
                till: fields.parse(2)?,
                incarnation: Incarnation::from_number(fields.u64(3)?).ok_or_else(|| fields.bad(3))?,
            },
        };
        Ok(Certificate {
            tenant: fields.parse(1)?,
            role,
            key: PublicKey(fields.bytes(4)?),
            not_before_s: fields.u64(5)?,
            not_after_s: fields.u64(6)?,
        })
    }
}

impl SignedCertificate {
    /// Reads and verifies one against the key of its issuer.
    pub fn verify(bytes: &[u8], issuer: &PublicKey) -> Result<SignedCertificate, CertificateError> {
        let unverified = Unverified::parse(Namespace::Certificate, bytes)?;
        if unverified.key_id() != issuer.id() {
            return Err(CertificateError::OtherIssuer { found: unverified.key_id(), expected: issuer.id() });
        }
        let payload = unverified.open(issuer).map_err(SignedError::from)?;
        let certificate = Certificate::decode(&payload)?;
        Ok(SignedCertificate { certificate, bytes: bytes.to_vec(), issuer: issuer.id() })
    }

    /// What it says.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The signed bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The hash of the signed bytes: what the first entry of a journal names as its predecessor.
    pub fn hash(&self) -> Hash {
        Hash::of(&self.bytes)
    }

    /// Which key signed it.
    pub fn issuer(&self) -> KeyId {
        self.issuer
    }

    /// The till and incarnation it is for; refuses one for anything else.
    pub fn till(&self) -> Result<(&TillId, Incarnation), CertificateError> {
        match &self.certificate.role {
            Role::Till { till, incarnation } => Ok((till, *incarnation)),
            Role::Office => Err(CertificateError::WrongRole("a till")),
        }
    }

    /// Refuses one that is not for the head office's own messages.
    pub fn office(&self) -> Result<&PublicKey, CertificateError> {
        match self.certificate.role {
            Role::Office => Ok(&self.certificate.key),
            Role::Till { .. } => Err(CertificateError::WrongRole("a head office")),
        }
    }

    /// Refuses to stand on `before`, whose key signed this one, if it says more than that one: only a till's key may
    /// certify a further key, for the same till, incarnation and tenant, within its own time.
    pub fn within(&self, before: &SignedCertificate) -> Result<(), CertificateError> {
        let (one, further) = (&before.certificate, &self.certificate);
        let same = one.tenant == further.tenant && one.role == further.role && matches!(one.role, Role::Till { .. });
        let in_time = one.not_before_s <= further.not_before_s && further.not_after_s <= one.not_after_s;
        if same && in_time { Ok(()) } else { Err(CertificateError::Beyond) }
    }

    /// True if its time ends before it begins: its key is there for something else than signing entries.
    pub fn signs_nothing(&self) -> bool {
        self.certificate.not_after_s < self.certificate.not_before_s
    }

    /// Refuses a use outside its time.
    pub fn valid_at(&self, at: WallMs) -> Result<(), CertificateError> {
        let second = at.0 / 1000;
        if (self.certificate.not_before_s..=self.certificate.not_after_s).contains(&second) {
            Ok(())
        } else {
            Err(CertificateError::NotValidAt(at.to_people()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SigningKey;

    fn certificate(role: Role) -> Certificate {
        let key = SigningKey::from_seed(&[2; 32]).public_key();
        Certificate { tenant: "SASWATER".parse().unwrap(), role, key, not_before_s: 100, not_after_s: 200 }
    }

    #[test]
    fn it_is_read_back_and_bound_to_its_issuer() {
        let root = SigningKey::from_seed(&[1; 32]);
        for role in [Role::Office, Role::Till { till: "SAS07".parse().unwrap(), incarnation: Incarnation(3) }] {
            let signed = certificate(role).seal(&root).unwrap();
            assert_eq!(SignedCertificate::verify(signed.bytes(), &root.public_key()), Ok(signed.clone()));
            let other = SigningKey::from_seed(&[9; 32]).public_key();
            let refused = SignedCertificate::verify(signed.bytes(), &other);
            assert!(matches!(refused, Err(CertificateError::OtherIssuer { .. })));
        }
    }

    #[test]
    fn it_is_for_one_role_and_one_time() {
        let root = SigningKey::from_seed(&[1; 32]);
        let office = certificate(Role::Office).seal(&root).unwrap();
        assert!(office.office().is_ok());
        assert_eq!(office.till(), Err(CertificateError::WrongRole("a till")));
        assert!(office.valid_at(WallMs(99_999)).is_err());
        assert!(office.valid_at(WallMs(100_000)).is_ok());
        assert!(office.valid_at(WallMs(201_000)).is_err());
    }
}
