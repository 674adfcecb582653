//! Links in which something was changed, or that somebody else signed.

use super::super::forge::{self, Parts};
use super::super::people::{
    NOT_AFTER_S, NOT_BEFORE_S, NOW, Who, certified, entry, id, link, receipt, signed, till_certificate,
};
use super::{Case, FORGED, NOT_A_RECEIPT, STRANGER, refused, usual_certificate, usual_entry, usual_link};
use coset::cbor::value::Value;
use raseed_protocol::certificate::{Certificate, Role};
use raseed_protocol::ids::{Incarnation, Sequence};
use raseed_protocol::journal::{Body, Entry, ShiftOpened, Stamp, TillOpened};
use raseed_protocol::money::Paise;
use raseed_protocol::signed::Namespace;
use raseed_protocol::time::WallMs;

/// The cases of `receipts/forged.json`.
pub fn cases() -> Vec<Case> {
    let mut cases = changed_entries();
    cases.extend(other_signers());
    cases.extend(changed_certificates());
    cases.extend(validity());
    cases.extend(chains_of_certificates());
    cases.extend(other_kinds());
    cases
}

fn with_entry(name: &str, error: &'static str, entry: &[u8]) -> Case {
    refused(name, error, link(&[&usual_certificate()], entry))
}

fn with_certificate(name: &str, error: &'static str, certificate: &[u8]) -> Case {
    refused(name, error, link(&[certificate], &usual_entry()))
}

fn changed_entries() -> Vec<Case> {
    let change = |changes: &[(u64, Option<Value>)]| {
        forge::unsigned_change(&usual_entry(), |payload| forge::body_fields(payload, changes))
    };
    let split = Value::Array([10, 16_000].map(Into::into).to_vec());
    let amount = change(&[(3, Some(27_000.into()))]);
    let amount_and_heads = change(&[(3, Some(16_000.into())), (4, Some(split))]);
    let account = change(&[(1, Some("BHG-0218".into()))]);
    let signature = |change: fn(&mut Vec<u8>)| {
        let mut parts = Parts::of(&usual_entry());
        change(&mut parts.signature);
        parts.join()
    };
    vec![
        with_entry("the amount changed", FORGED, &amount),
        with_entry("amount and heads changed so that they add up", FORGED, &amount_and_heads),
        with_entry("another account", FORGED, &account),
        with_entry("the first bit of the signature changed", FORGED, &signature(|s| s[0] ^= 0x80)),
        with_entry("the last bit of the signature changed", FORGED, &signature(|s| s[63] ^= 0x01)),
        with_entry("a signature of zeros", FORGED, &signature(|s| s.fill(0))),
        with_entry("a signature of 63 bytes", FORGED, &signature(|s| s.truncate(63))),
        with_entry("no signature", FORGED, &signature(Vec::clear)),
        with_entry("the signature of another entry", FORGED, &{
            let other = Entry { sequence: Sequence(403), ..entry(Body::Receipt(receipt())) };
            Parts { signature: Parts::of(signed(other, Who::Till).bytes()).signature, ..Parts::of(&usual_entry()) }
                .join()
        }),
        with_entry("a signature whose second half is not reduced (RFC 8032 section 5.1.7)", FORGED, &malleable()),
    ]
}

/// The usual entry with S + L for S: the same point equation holds, and a careless verifier accepts it.
fn malleable() -> Vec<u8> {
    const L: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut parts = Parts::of(&usual_entry());
    let mut carry = 0u16;
    for (byte, l) in parts.signature[32..].iter_mut().zip(L) {
        let sum = u16::from(*byte) + u16::from(l) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    parts.join()
}

fn other_signers() -> Vec<Case> {
    let by = |who| signed(entry(Body::Receipt(receipt())), who).bytes().to_vec();
    let named_wrongly = {
        let header = Parts::of(&usual_entry()).protected;
        forge::with_header(Namespace::Entry, &by(Who::Stranger), Who::Stranger, header)
    };
    let misnamed = {
        let header = Parts::of(&by(Who::Stranger)).protected;
        forge::with_header(Namespace::Entry, &usual_entry(), Who::Till, header)
    };
    let as_certificate = Parts::of(&usual_entry()).sign(Namespace::Certificate.aad(), &Who::Till.key()).join();
    let no_namespace = Parts::of(&usual_entry()).sign(b"", &Who::Till.key()).join();
    let office = Certificate { role: Role::Office, ..till_certificate(Who::Office) };
    let other_till = Role::Till { till: id("SAS08"), incarnation: Incarnation(1) };
    let other = Certificate { role: other_till, ..till_certificate(Who::OtherTill) };
    vec![
        Case { root_key: Who::Stranger.public().to_string(), ..refused("another root", STRANGER, usual_link()) },
        with_entry("signed by a stranger", FORGED, &by(Who::Stranger)),
        with_entry("signed by a stranger in the till's name", FORGED, &named_wrongly),
        with_entry("signed by the till in another's name", FORGED, &misnamed),
        with_entry("signed as a certificate", FORGED, &as_certificate),
        with_entry("signed without a namespace", FORGED, &no_namespace),
        with_certificate("the certificate of another till", FORGED, certified(other, Who::Root).bytes()),
        refused(
            "signed by the head office, which takes no money",
            STRANGER,
            link(&[certified(office, Who::Root).bytes()], &by(Who::Office)),
        ),
    ]
}

fn changed_certificates() -> Vec<Case> {
    let change = |key, value: Value| {
        forge::unsigned_change(&usual_certificate(), |payload| forge::fields(payload, &[(key, Some(value))]))
    };
    let resigned = |changes: &[(u64, Option<Value>)]| {
        forge::resigned(Namespace::Certificate, &usual_certificate(), Who::Root, |payload| {
            forge::fields(payload, changes)
        })
    };
    let own = certified(till_certificate(Who::Till), Who::Till);
    let as_entry = Parts::of(&usual_certificate()).sign(Namespace::Entry.aad(), &Who::Root.key()).join();
    vec![
        with_certificate("the till's name changed in the certificate", STRANGER, &change(2, "SAS08".into())),
        with_certificate("the tenant changed in the certificate", STRANGER, &change(1, "SASWATEQ".into())),
        with_certificate("the certificate's time made longer", STRANGER, &change(6, (NOT_AFTER_S + 1).into())),
        with_certificate("a certificate that the till made for itself", STRANGER, own.bytes()),
        with_certificate("a certificate signed as an entry", STRANGER, &as_entry),
        with_certificate("incarnation 0", STRANGER, &resigned(&[(3, Some(0.into()))])),
        with_certificate("incarnation 65536", STRANGER, &resigned(&[(3, Some(65_536.into()))])),
        with_certificate("a till without an incarnation", STRANGER, &resigned(&[(3, None)])),
        with_certificate("an incarnation without a till", STRANGER, &resigned(&[(2, None)])),
        with_certificate("a certificate without a tenant", STRANGER, &resigned(&[(1, None)])),
        with_certificate("a certificate without an end", STRANGER, &resigned(&[(6, None)])),
        with_certificate("a till's name with a dash", STRANGER, &resigned(&[(2, Some("SAS-07".into()))])),
        with_certificate("a key of 31 bytes", STRANGER, &resigned(&[(4, Some(forge::bytes(&[7; 31])))])),
        with_certificate(
            "a certificate of more than 1024 bytes",
            STRANGER,
            &resigned(&[(7, Some("x".repeat(900).into()))]),
        ),
    ]
}

fn validity() -> Vec<Case> {
    let at = |name: &str, wall: u64| {
        let usual = entry(Body::Receipt(receipt()));
        let entry = Entry { stamp: Stamp { wall: WallMs(wall), ..usual.stamp }, ..usual };
        with_entry(name, STRANGER, signed(entry, Who::Till).bytes())
    };
    let never = Certificate { not_before_s: NOT_AFTER_S, not_after_s: NOT_BEFORE_S, ..till_certificate(Who::Till) };
    vec![
        at("an expired certificate", (NOT_AFTER_S + 1) * 1000),
        at("a certificate not yet valid", NOT_BEFORE_S * 1000 - 1),
        with_certificate("a certificate that ends before it begins", STRANGER, certified(never, Who::Root).bytes()),
    ]
}

fn chains_of_certificates() -> Vec<Case> {
    let first = certified(till_certificate(Who::Till), Who::Root);
    let same = till_certificate(Who::DayKey);
    let chain = |name: &str, further: Certificate, issuer: Who| {
        let further = certified(further, issuer);
        let entry = signed(entry(Body::Receipt(receipt())), Who::DayKey);
        refused(name, STRANGER, link(&[first.bytes(), further.bytes()], entry.bytes()))
    };
    let till = |name, incarnation| Role::Till { till: id(name), incarnation: Incarnation(incarnation) };
    let office = certified(Certificate { role: Role::Office, ..till_certificate(Who::Office) }, Who::Root);
    let by_office = certified(till_certificate(Who::Till), Who::Office);
    let hour_s = NOW.0 / 1000;
    let four = [first.bytes(); 4].concat();
    let packed = [&[0x82, 0x84][..], &four, &usual_entry()].concat();
    vec![
        chain("a second certificate by a stranger", same.clone(), Who::Stranger),
        chain("a second certificate by the root", same.clone(), Who::Root),
        chain(
            "a second certificate for another tenant",
            Certificate { tenant: id("OTHER"), ..same.clone() },
            Who::Till,
        ),
        chain(
            "a second certificate for another till",
            Certificate { role: till("SAS08", 1), ..same.clone() },
            Who::Till,
        ),
        chain(
            "a second certificate for another incarnation",
            Certificate { role: till("SAS07", 2), ..same.clone() },
            Who::Till,
        ),
        chain(
            "a second certificate for the head office",
            Certificate { role: Role::Office, ..same.clone() },
            Who::Till,
        ),
        chain(
            "a second certificate that ends later",
            Certificate { not_after_s: NOT_AFTER_S + 1, ..same.clone() },
            Who::Till,
        ),
        chain(
            "a second certificate that begins earlier",
            Certificate { not_before_s: NOT_BEFORE_S - 1, ..same.clone() },
            Who::Till,
        ),
        chain("a second certificate that has expired", Certificate { not_after_s: hour_s - 1, ..same }, Who::Till),
        refused(
            "a till certified by the head office instead of the root",
            STRANGER,
            link(&[office.bytes(), by_office.bytes()], &usual_entry()),
        ),
        refused("no certificate", STRANGER, super::text::pack(&[&[0x82, 0x80][..], &usual_entry()].concat())),
        refused("four certificates", super::DAMAGED, super::text::pack(&packed)),
    ]
}

fn other_kinds() -> Vec<Case> {
    let of = |name: &str, body: Body| with_entry(name, NOT_A_RECEIPT, signed(entry(body), Who::Till).bytes());
    let reserved = |kind| {
        let usual = signed(entry(Body::Receipt(receipt())), Who::Till);
        forge::resigned(Namespace::Entry, usual.bytes(), Who::Till, |payload| {
            forge::fields(payload, &[(7, Some(u64::into(kind)))])
        })
    };
    let opened = TillOpened { program: "1.0".into(), before: None, receipts: 0, grand_total: Paise::ZERO };
    vec![
        of("the opening of a shift", Body::ShiftOpened(ShiftOpened { number: 1, float: Paise::ZERO })),
        of("the opening of the till", Body::TillOpened(opened)),
        with_entry("a reversal, a kind to come", NOT_A_RECEIPT, &reserved(7)),
        with_entry("a kind that nobody knows", NOT_A_RECEIPT, &reserved(999)),
    ]
}
