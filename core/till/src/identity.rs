//! Who this till is, and whom it trusts: verified from the root key every time the till opens.

use crate::error::TillError;
use crate::store::IdentityRow;
use raseed_protocol::certificate::{CertificateError, SignedCertificate};
use raseed_protocol::ids::{Incarnation, TenantId, TillId};
use raseed_protocol::keys::PublicKey;
use raseed_protocol::profile::Profile;

/// An enrolled till's papers.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Whose books.
    pub tenant: TenantId,
    /// The till's name.
    pub till: TillId,
    /// Which of its lives.
    pub incarnation: Incarnation,
    /// Where the head office answers.
    pub office_url: String,
    /// The head office's root key, pinned at enrolment.
    pub root_key: PublicKey,
    /// The key of acknowledgements and book pages.
    pub office_key: PublicKey,
    /// The till's certificate.
    pub certificate: SignedCertificate,
    /// What it is used for.
    pub profile: Profile,
}

impl Identity {
    /// Verifies the stored papers.
    pub(crate) fn from_row(row: &IdentityRow) -> Result<Identity, TillError> {
        let refused = |error: CertificateError| TillError::NotTheOffice(error.to_string());
        let certificate = SignedCertificate::verify(&row.certificate, &row.root_key).map_err(refused)?;
        let office = SignedCertificate::verify(&row.office_certificate, &row.root_key).map_err(refused)?;
        let (till, incarnation) = certificate.till().map_err(refused)?;
        Ok(Identity {
            tenant: certificate.certificate().tenant.clone(),
            till: till.clone(),
            incarnation,
            office_url: row.office_url.clone(),
            root_key: row.root_key,
            office_key: *office.office().map_err(refused)?,
            certificate: certificate.clone(),
            profile: row.profile,
        })
    }

    /// The host and port of the head office's address.
    pub fn office_host(&self) -> &str {
        let rest = self.office_url.split_once("://").map_or(self.office_url.as_str(), |(_, rest)| rest);
        rest.split('/').next().unwrap_or(rest)
    }
}
