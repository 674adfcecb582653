//! Genuine receipts, and what a verifier must read in them.

use super::super::forge::{self, nested};
use super::super::people::{
    NOT_AFTER_S, NOT_BEFORE_S, NOW, Who, certified, entry, id, link, paise, receipt, signed, till_certificate,
};
use super::{Case, Shown, link_of_bytes, usual_certificate, usual_entry, usual_link};
use raseed_protocol::certificate::Certificate;
use raseed_protocol::ids::{HeadId, Sequence};
use raseed_protocol::journal::{Body, Entry, Mode, Receipt, Split, Stamp};
use raseed_protocol::receipt_link::{self, VerifiedReceipt};
use raseed_protocol::signed::Namespace;
use raseed_protocol::time::WallMs;

/// The cases of `receipts/valid.json`.
pub fn cases() -> Vec<Case> {
    let mut cases = kinds_of_receipt();
    cases.extend(times());
    cases.extend(certificates());
    cases.extend(newer_writers());
    cases.extend(ways_of_writing());
    cases
}

fn valid(name: &str, text: String) -> Case {
    let verified = receipt_link::verify(&text, &Who::Root.public()).expect("a genuine receipt");
    let root_key = Who::Root.public().to_string();
    Case { name: name.to_owned(), text, root_key, valid: true, receipt: Some(shown(&verified)), error: None }
}

fn shown(verified: &VerifiedReceipt) -> Shown {
    let (entry, receipt) = (verified.entry.entry(), verified.receipt());
    Shown {
        tenant: verified.tenant.to_string(),
        number: verified.id.to_string(),
        account: receipt.account.to_string(),
        bill: receipt.bill.as_ref().map(ToString::to_string),
        amount_paise: receipt.amount.get(),
        amount: receipt.amount.to_string(),
        split: receipt.split.parts().iter().map(|(head, part)| (head.0, part.get())).collect(),
        mode: receipt.mode.name(),
        reference: receipt.reference.clone(),
        subject_to_realisation: receipt.subject_to_realisation,
        periods: receipt.periods.map(|(oldest, newest)| (oldest.to_string(), newest.to_string())),
        receipts: receipt.receipts,
        grand_total_paise: receipt.grand_total.get(),
        request: receipt.request.to_string(),
        wall_ms: entry.stamp.wall.0,
        wall: entry.stamp.wall.to_people(),
        staff: entry.stamp.staff.to_string(),
        previous: entry.previous.to_string(),
    }
}

fn one_head(amount: i64) -> Receipt {
    let split = Split::new(vec![(HeadId(10), paise(amount))]).expect("one head");
    Receipt { amount: paise(amount), split, grand_total: paise(amount), receipts: 1, ..receipt() }
}

fn linked(name: &str, entry: Entry) -> Case {
    valid(name, link(&[&usual_certificate()], signed(entry, Who::Till).bytes()))
}

fn kinds_of_receipt() -> Vec<Case> {
    let of = |name: &str, receipt: Receipt| linked(name, entry(Body::Receipt(receipt)));
    let advance = Split::new(vec![(HeadId::ADVANCE, paise(50_000))]).expect("one head");
    let heads = (0..16).map(|i| (HeadId(10 + i), paise(123_456_789 + i64::from(i)))).collect();
    let many = Split::new(heads).expect("sixteen heads");
    vec![
        valid("cash, with a late fee and a rebate", usual_link()),
        of(
            "UPI, subject to realisation",
            Receipt {
                mode: Mode::Upi,
                reference: Some("632512345678".into()),
                subject_to_realisation: true,
                ..receipt()
            },
        ),
        of(
            "a card, with the longest reference",
            Receipt { mode: Mode::Card, reference: Some("!~0123456789abcdefghijkl".into()), ..receipt() },
        ),
        of("a cheque", Receipt { mode: Mode::Cheque, reference: Some("HDFC/004512".into()), ..receipt() }),
        of(
            "an advance, with no bill",
            Receipt { bill: None, periods: None, amount: paise(50_000), split: advance, ..receipt() },
        ),
        of("one paisa, the first receipt", one_head(1)),
        of("paise and Indian grouping", one_head(123_456_789)),
        of("the largest amount", one_head(10_000_000_000_000)),
        of("the most receipts that can be counted", Receipt { receipts: u64::MAX, ..receipt() }),
        of(
            "sixteen heads and the longest names",
            Receipt {
                account: id("ABCDEFGHIJ/0123456-9"),
                bill: Some(id("abcdefghij_012345.89")),
                amount: many.total().expect("within bounds"),
                split: many,
                receipts: 4_000_000,
                grand_total: paise(9_999_999_999_999),
                ..receipt()
            },
        ),
    ]
}

fn times() -> Vec<Case> {
    let at = |name: &str, wall: u64| {
        let usual = entry(Body::Receipt(receipt()));
        linked(name, Entry { stamp: Stamp { wall: WallMs(wall), seen: None, ..usual.stamp }, ..usual })
    };
    let last = Entry { sequence: Sequence(u64::MAX - 1), ..entry(Body::Receipt(receipt())) };
    vec![
        at("the first moment of the certificate, no acknowledgement seen", NOT_BEFORE_S * 1000),
        at("the last moment of the certificate", NOT_AFTER_S * 1000 + 999),
        at("midnight in India, the evening before in UTC", 1_795_372_200_000),
        linked("the last place in a journal", last),
    ]
}

fn certificates() -> Vec<Case> {
    let first = certified(till_certificate(Who::Till), Who::Root);
    let hour_s = NOW.0 / 1000;
    let day = Certificate { not_before_s: hour_s - 40_000, not_after_s: hour_s, ..till_certificate(Who::DayKey) };
    let second = certified(day, Who::Till);
    let third = certified(Certificate { key: Who::OtherTill.public(), ..second.certificate().clone() }, Who::DayKey);
    let by = |who| signed(entry(Body::Receipt(receipt())), who).bytes().to_vec();
    vec![
        valid("a chain of two certificates", link(&[first.bytes(), second.bytes()], &by(Who::DayKey))),
        valid(
            "a chain of three certificates",
            link(&[first.bytes(), second.bytes(), third.bytes()], &by(Who::OtherTill)),
        ),
    ]
}

/// What a later version may add: keys that today's readers leave alone.
fn newer_writers() -> Vec<Case> {
    let more = |payload| forge::fields(payload, &[(9, Some("later".into())), (70_000, Some((-5).into()))]);
    let body = |payload| forge::body_fields(payload, &[(13, Some(forge::bytes(b"later"))), (14, Some(true.into()))]);
    let deep = |payload| forge::fields(payload, &[(9, Some(nested(11)))]);
    let entry = |change: fn(Vec<u8>) -> Vec<u8>| forge::resigned(Namespace::Entry, &usual_entry(), Who::Till, change);
    let certificate = forge::resigned(Namespace::Certificate, &usual_certificate(), Who::Root, |payload| {
        forge::fields(payload, &[(7, Some("later".into()))])
    });
    vec![
        valid("unknown fields in the entry", link(&[&usual_certificate()], &entry(more))),
        valid("unknown fields in the receipt", link(&[&usual_certificate()], &entry(body))),
        valid("an unknown field as deep as may be", link(&[&usual_certificate()], &entry(deep))),
        valid("an unknown field in the certificate", link(&[&certificate], &usual_entry())),
    ]
}

fn ways_of_writing() -> Vec<Case> {
    let text = usual_link();
    let packed = text.split_once("/V#").expect("a link").1;
    vec![
        valid("the longest link", link_of_bytes(2048)),
        valid("white space around", format!(" \n{text}\r\n\t")),
        valid("scheme and host in lower case", format!("https://pay.saswater.example/V#{packed}")),
        valid("another host, which proves nothing", format!("https://elsewhere.example:8443/a/V#{packed}")),
    ]
}
