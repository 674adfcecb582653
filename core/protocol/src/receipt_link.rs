//! The printed QR: a link that carries the whole receipt, so that anybody can check it with no network and no trust in
//! the collector.
//!
//! `HTTPS://<HOST>/V#` + Base32 (RFC 4648 §6, upper case, no padding) of the CBOR array `[[certificate, ...], entry]`, all
//! but the `#` in QR alphanumeric mode. What stands after `#` never leaves the phone. No name and no phone number is in it.

use crate::cbor::{self, Fields, FormatError};
use crate::certificate::{CertificateError, SignedCertificate};
use crate::ids::{EntryId, TenantId};
use crate::journal::{Body, EntryError, Receipt, SignedEntry};
use crate::keys::PublicKey;
use thiserror::Error;

/// The most bytes inside a link.
const MAX_BYTES: usize = 2048;
/// The most certificates inside a link (root-signed first).
const MAX_CERTIFICATES: usize = 3;
/// The longest host name: a longer one would cost the QR code a version.
pub const MAX_HOST: usize = 40;

/// A receipt that was proven genuine from its link and the root key alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedReceipt {
    /// Whose books.
    pub tenant: TenantId,
    /// The receipt's number.
    pub id: EntryId,
    /// The whole entry: time, staff, chain.
    pub entry: SignedEntry,
}

/// Why a text is not a genuine receipt of this head office.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReceiptRefused {
    /// Not a receipt's QR at all.
    #[error("this is not the QR code of a receipt")]
    NotAReceiptLink,
    /// A receipt's link, but damaged or cut.
    #[error("the code is damaged or incomplete; scan it again, all of it: {0}")]
    Damaged(#[from] FormatError),
    /// The till that signed it is not one of this head office's.
    #[error("NOT GENUINE: the till that signed this is not one of this head office's ({0})")]
    Stranger(CertificateError),
    /// The signature does not fit what stands in it: something was changed.
    #[error("NOT GENUINE: the signature does not fit; something was changed after signing ({0})")]
    Forged(EntryError),
    /// A genuine entry, but no money was taken by it.
    #[error("this is a genuine record of the till, but not a receipt: {0}")]
    NotAReceipt(&'static str),
}

impl VerifiedReceipt {
    /// The receipt itself.
    pub fn receipt(&self) -> &Receipt {
        match &self.entry.entry().body {
            Body::Receipt(receipt) => receipt,
            _ => unreachable!("only receipts are made into a VerifiedReceipt"),
        }
    }
}

/// Makes the link for an entry. `host` is what stands between `https://` and `/V`, at most [`MAX_HOST`] characters.
pub fn make(host: &str, certificates: &[&[u8]], entry: &[u8]) -> String {
    let count = u8::try_from(certificates.len()).ok().filter(|n| (1..=3).contains(n));
    let mut bytes = vec![0x82, 0x80 + count.expect("one to three certificates")];
    for certificate in certificates {
        bytes.extend_from_slice(certificate);
    }
    bytes.extend_from_slice(entry);
    format!("HTTPS://{}/V#{}", host.to_ascii_uppercase(), data_encoding::BASE32_NOPAD.encode(&bytes))
}

/// Proves a receipt from the text of its QR and the head office's root key, with nothing else.
pub fn verify(text: &str, root: &PublicKey) -> Result<VerifiedReceipt, ReceiptRefused> {
    let (certificates, entry) = unpack(text)?;
    let certificate = verify_chain(&certificates, root).map_err(ReceiptRefused::Stranger)?;
    let entry = SignedEntry::verify(&entry, &certificate.certificate().key).map_err(ReceiptRefused::Forged)?;
    certificate.valid_at(entry.entry().stamp.wall).map_err(ReceiptRefused::Stranger)?;
    let (till, incarnation) = certificate.till().map_err(ReceiptRefused::Stranger)?;
    let Body::Receipt(_) = entry.entry().body else {
        return Err(ReceiptRefused::NotAReceipt(entry.entry().body.name()));
    };
    let id = EntryId { till: till.clone(), incarnation, sequence: entry.entry().sequence };
    Ok(VerifiedReceipt { tenant: certificate.certificate().tenant.clone(), id, entry })
}

/// The bytes in a link: certificates and entry, unverified.
pub fn unpack(text: &str) -> Result<(Vec<Vec<u8>>, Vec<u8>), ReceiptRefused> {
    let text = text.trim();
    let is_link = text.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"));
    let (_, packed) = text.split_once("/V#").filter(|_| is_link).ok_or(ReceiptRefused::NotAReceiptLink)?;
    if packed.len() > MAX_BYTES * 8 / 5 + 8 {
        return Err(FormatError::TooLong { what: "the code", max: MAX_BYTES }.into());
    }
    let bytes = data_encoding::BASE32_NOPAD.decode(packed.as_bytes()).map_err(|_| FormatError::NotCbor)?;
    let value = cbor::decode("the code", &bytes, MAX_BYTES)?;
    let both = Fields::of_array("the code", &value, 2)?;
    let certificates = both.array(0, MAX_CERTIFICATES)?;
    // The outer reader accepts only the one deterministic form, so encoding a part gives exactly the bytes that were sent.
    Ok((certificates.iter().map(cbor::encode).collect(), cbor::encode(both.need(1)?)))
}

/// The last certificate of a chain that begins at the root. Each further one stays within the one before it, so the
/// last one's time is the time of them all.
pub fn verify_chain(certificates: &[Vec<u8>], root: &PublicKey) -> Result<SignedCertificate, CertificateError> {
    let mut issuer = *root;
    let mut last: Option<SignedCertificate> = None;
    for bytes in certificates {
        let next = SignedCertificate::verify(bytes, &issuer)?;
        if let Some(before) = &last {
            next.within(before)?;
        }
        issuer = next.certificate().key;
        last = Some(next);
    }
    last.ok_or(CertificateError::WrongRole("a till"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::{Certificate, Role};
    use crate::ids::{HeadId, Incarnation, RequestId, Sequence};
    use crate::journal::{Entry, Mode, Seen, Split, Stamp};
    use crate::keys::{Hash, Signer, SigningKey};
    use crate::money::Paise;
    use crate::symbol::Symbol;
    use crate::time::{BootId, ElapsedMs, WallMs};

    const HOST: &str = "pay.saswater.example";

    fn certificate(root: &SigningKey, till: &SigningKey) -> SignedCertificate {
        let role = Role::Till { till: "SAS07".parse().unwrap(), incarnation: Incarnation(1) };
        let tenant = "SASWATER".parse().unwrap();
        let certificate = Certificate {
            tenant,
            role,
            key: till.public_key(),
            not_before_s: 1_700_000_000,
            not_after_s: 1_900_000_000,
        };
        certificate.seal(root).unwrap()
    }

    fn entry(heads: usize, text: usize) -> Entry {
        let p = |n| Paise::new(n).unwrap();
        let id = |prefix: &str| format!("{prefix:0<text$}");
        let parts: Vec<_> = (0..heads).map(|i| (HeadId(10 + u8::try_from(i).unwrap()), p(123_456))).collect();
        let split = Split::new(parts).unwrap();
        let body = Body::Receipt(Receipt {
            account: id("BHG-0217").parse().unwrap(),
            bill: Some(id("B2611-00217").parse().unwrap()),
            amount: split.total().unwrap(),
            split,
            mode: Mode::Cash,
            reference: None,
            subject_to_realisation: false,
            periods: Some(("2026-09".parse().unwrap(), "2026-11".parse().unwrap())),
            receipts: 1_234,
            grand_total: p(9_999_999_900),
            request: RequestId([3; 8]),
            requested: None,
        });
        let stamp = Stamp {
            wall: WallMs(1_795_000_000_000),
            boot: BootId([1, 2, 3, 4]),
            elapsed: ElapsedMs(500_000_000),
            seen: Some(Seen { sequence: Sequence(70_000), office: WallMs(1_795_000_000_000) }),
            staff: "jaspreet".parse().unwrap(),
        };
        Entry { sequence: Sequence(70_001), previous: Hash::of(b"before"), stamp, body }
    }

    fn link(entry: Entry) -> (String, PublicKey) {
        let (root, till) = (SigningKey::from_seed(&[1; 32]), SigningKey::from_seed(&[2; 32]));
        let signed = SignedEntry::sign(entry, &till).unwrap();
        let text = make(HOST, &[certificate(&root, &till).bytes()], signed.bytes());
        (text, root.public_key())
    }

    #[test]
    fn a_receipt_is_proven_from_its_text_and_the_root_key() {
        let (text, root) = link(entry(4, 1));
        let verified = verify(&text, &root).unwrap();
        assert_eq!(verified.id.to_string(), "SAS07-1-70001");
        assert_eq!(verified.receipt().account.as_str(), "BHG-0217");
        let stranger = SigningKey::from_seed(&[9; 32]).public_key();
        assert!(matches!(verify(&text, &stranger), Err(ReceiptRefused::Stranger(_))));
    }

    #[test]
    fn a_further_certificate_cannot_say_more_than_the_one_it_stands_on() {
        let (root, till, day) =
            (SigningKey::from_seed(&[1; 32]), SigningKey::from_seed(&[2; 32]), SigningKey::from_seed(&[3; 32]));
        let first = certificate(&root, &till);
        let same = Certificate { key: day.public_key(), ..first.certificate().clone() };
        let chain = |further: Certificate| {
            let further = further.seal(&till).unwrap();
            verify_chain(&[first.bytes().to_vec(), further.bytes().to_vec()], &root.public_key())
        };
        assert_eq!(chain(same.clone()).unwrap().certificate().key, day.public_key());
        let other_till = Role::Till { till: "SAS08".parse().unwrap(), incarnation: Incarnation(1) };
        for beyond in [
            Certificate { tenant: "OTHER".parse().unwrap(), ..same.clone() },
            Certificate { role: other_till, ..same.clone() },
            Certificate { role: Role::Office, ..same.clone() },
            Certificate { not_before_s: same.not_before_s - 1, ..same.clone() },
            Certificate { not_after_s: same.not_after_s + 1, ..same.clone() },
        ] {
            assert_eq!(chain(beyond), Err(CertificateError::Beyond));
        }
    }

    #[test]
    fn no_changed_character_goes_unseen() {
        let (text, root) = link(entry(3, 1));
        let start = text.find('#').unwrap() + 1;
        for at in start..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert!(verify(std::str::from_utf8(&changed).unwrap(), &root).is_err(), "character {at}");
        }
        assert!(verify(&text[..text.len() - 3], &root).is_err());
    }

    #[test]
    fn other_codes_are_told_apart() {
        let root = SigningKey::from_seed(&[1; 32]).public_key();
        for other in ["", "upi://pay?pa=a@b", "https://example.com/", "/V#AAAA", "₹₹₹₹₹₹₹₹/V#"] {
            assert_eq!(verify(other, &root), Err(ReceiptRefused::NotAReceiptLink), "{other}");
        }
        assert!(matches!(verify("HTTPS://X/V#!!", &root), Err(ReceiptRefused::Damaged(_))));
    }

    /// `design.md`: version 17 at most, 19 where the paper's margin is the quiet zone.
    #[test]
    fn the_symbol_stays_printable() {
        let usual = link(entry(4, 1)).0;
        assert!(Symbol::new(&usual).unwrap().version() <= 17, "{} characters", usual.len());
        let widest = link(entry(8, 20)).0;
        assert!(Symbol::new(&widest).unwrap().version() <= 19, "{} characters", widest.len());
    }
}
