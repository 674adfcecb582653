//! The root, the head office and the tills of the vectors, and their usual receipt.

use raseed_protocol::certificate::{Certificate, Role, SignedCertificate};
use raseed_protocol::ids::{HeadId, Incarnation, RequestId, Sequence};
use raseed_protocol::journal::{Body, Entry, Mode, Receipt, Seen, SignedEntry, Split, Stamp};
use raseed_protocol::keys::{Hash, PublicKey, Signer, SigningKey};
use raseed_protocol::money::Paise;
use raseed_protocol::receipt_link;
use raseed_protocol::time::{BootId, ElapsedMs, WallMs};
use std::str::FromStr;

/// The host in every link.
pub const HOST: &str = "pay.saswater.example";
/// 22 Nov 2026, 16:40 in India.
pub const NOW: WallMs = WallMs(1_795_345_800_000);
/// The certificates' time, in seconds: 1 April 2026 to 1 April 2031 (UTC).
pub const NOT_BEFORE_S: u64 = 1_775_001_600;
pub const NOT_AFTER_S: u64 = 1_932_768_000;

/// Whose key: the seed is this number 32 times.
#[derive(Clone, Copy)]
pub enum Who {
    Root = 1,
    Till = 2,
    Office = 3,
    OtherTill = 4,
    DayKey = 5,
    Stranger = 9,
}

impl Who {
    pub fn key(self) -> SigningKey {
        SigningKey::from_seed(&[self as u8; 32])
    }

    pub fn public(self) -> PublicKey {
        self.key().public_key()
    }
}

/// Reads an id that is written here.
pub fn id<T: FromStr>(text: &str) -> T {
    text.parse().ok().expect("the vectors' own ids are well formed")
}

/// An amount that is written here.
pub fn paise(amount: i64) -> Paise {
    Paise::new(amount).expect("the vectors' own amounts are within bounds")
}

/// The usual certificate, for the key of `who`.
pub fn till_certificate(who: Who) -> Certificate {
    Certificate {
        tenant: id("SASWATER"),
        role: Role::Till { till: id("SAS07"), incarnation: Incarnation(1) },
        key: who.public(),
        not_before_s: NOT_BEFORE_S,
        not_after_s: NOT_AFTER_S,
    }
}

/// A certificate, signed.
pub fn certified(certificate: Certificate, issuer: Who) -> SignedCertificate {
    certificate.seal(&issuer.key()).expect("a key in memory signs")
}

/// The usual receipt: a late fee, two heads, a rebate; in cash.
pub fn receipt() -> Receipt {
    let split = vec![
        (HeadId::LATE_FEE, paise(1_000)),
        (HeadId(10), paise(20_000)),
        (HeadId(11), paise(5_400)),
        (HeadId::REBATE, paise(-400)),
    ];
    Receipt {
        account: id("BHG-0217"),
        bill: Some(id("B2611-00217")),
        amount: paise(26_000),
        split: Split::new(split).expect("distinct heads"),
        mode: Mode::Cash,
        reference: None,
        subject_to_realisation: false,
        periods: Some((id("2026-09"), id("2026-11"))),
        receipts: 391,
        grand_total: paise(8_123_450),
        request: RequestId([0x3a; 8]),
        requested: None,
    }
}

/// The usual stamp.
pub fn stamp() -> Stamp {
    Stamp {
        wall: NOW,
        boot: BootId([0xb0, 0x07, 0x00, 0x01]),
        elapsed: ElapsedMs(5_400_000),
        seen: Some(Seen { sequence: Sequence(380), office: WallMs(NOW.0 - 7_200_000) }),
        staff: id("jaspreet"),
    }
}

/// An entry of the usual till at place 402.
pub fn entry(body: Body) -> Entry {
    Entry { sequence: Sequence(402), previous: Hash::of(b"entry 401"), stamp: stamp(), body }
}

/// An entry, signed.
pub fn signed(entry: Entry, who: Who) -> SignedEntry {
    SignedEntry::sign(entry, &who.key()).expect("a key in memory signs")
}

/// The link of certificates and an entry.
pub fn link(certificates: &[&[u8]], entry: &[u8]) -> String {
    receipt_link::make(HOST, certificates, entry)
}
