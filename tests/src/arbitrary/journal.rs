//! Journals: a till's key and certificate, and a valid chain of entries written from random steps.
//!
//! Every kind of entry that the product knows comes up, and kinds that it does not know. Never a broken chain: breaking
//! it is the business of the test.

use super::names::{account_id, amount, bill_number, day, period, staff, tariff_code, wall};
use coset::cbor::value::Value;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use raseed_protocol::cbor;
use raseed_protocol::certificate::{Certificate, Role, SignedCertificate};
use raseed_protocol::ids::{HeadId, Incarnation, RequestId, Sequence};
use raseed_protocol::journal::{
    Body, ClockChanged, ComplaintCause, ComplaintOpened, Entry, Mode, Outcome, PaymentEnded, PaymentRequested,
    ReadingMade, Receipt, Seen, ShiftOpened, SignedEntry, Split, SpotBillMade, Stamp, TillOpened,
};
use raseed_protocol::keys::{Hash, Signer, SigningKey};
use raseed_protocol::money::Paise;
use raseed_protocol::time::{BootId, ElapsedMs, WallMs};

/// A valid journal with what is needed to check it.
#[derive(Debug)]
pub struct Journal {
    /// The head office's root key.
    pub root: SigningKey,
    /// The till's key.
    pub key: SigningKey,
    /// The till's certificate.
    pub certificate: SignedCertificate,
    /// The entries, from the first.
    pub entries: Vec<SignedEntry>,
}

/// What the next entry is to be.
#[derive(Clone, Debug)]
pub struct Step {
    /// When and by whom.
    pub stamp: Stamp,
    /// What happened; the running totals of a receipt are put right by the writer.
    pub body: Body,
}

/// A journal of 1 to `longest` entries.
pub fn journal(longest: usize) -> impl Strategy<Value = Journal> {
    (any::<u8>(), steps(longest)).prop_map(|(seed, steps)| journal_of(seed, &steps))
}

/// What comes after the opening: up to `longest - 1` steps.
pub fn steps(longest: usize) -> impl Strategy<Value = Vec<Step>> {
    vec(step(), 0..longest)
}

/// Writes a journal. The same seed gives the same keys and the same opening.
pub fn journal_of(seed: u8, steps: &[Step]) -> Journal {
    let root = SigningKey::from_seed(&[seed; 32]);
    let key = SigningKey::from_seed(&[seed.wrapping_add(1); 32]);
    let certificate = certificate(&root, &key);
    let mut journal = Journal { root, key, certificate, entries: Vec::new() };
    let (mut receipts, mut grand_total) = (u64::from(seed), Paise::new(i64::from(seed)).expect("small"));
    let opened = TillOpened { program: "raseed 0.1.0".into(), before: None, receipts, grand_total };
    journal.write(opening_stamp(), Body::TillOpened(opened));
    for Step { stamp, body } in steps.iter().cloned() {
        match body {
            Body::Receipt(receipt) => {
                (receipts, grand_total) = (receipts + 1, grand_total + receipt.amount);
                journal.write(stamp, Body::Receipt(Receipt { receipts, grand_total, ..receipt }));
            }
            body => journal.write(stamp, body),
        }
    }
    journal
}

impl Journal {
    fn write(&mut self, stamp: Stamp, body: Body) {
        let previous = self.entries.last().map_or(self.certificate.hash(), SignedEntry::hash);
        let place = u64::try_from(self.entries.len()).expect("a short journal") + 1;
        let entry = Entry { sequence: Sequence(place), previous, stamp, body };
        self.entries.push(SignedEntry::sign(entry, &self.key).expect("a key in memory signs"));
    }

    /// The bytes of the entries.
    pub fn bytes(&self) -> Vec<Vec<u8>> {
        self.entries.iter().map(|entry| entry.bytes().to_vec()).collect()
    }
}

fn opening_stamp() -> Stamp {
    Stamp {
        wall: WallMs(1_795_000_000_000),
        boot: BootId([1, 2, 3, 4]),
        elapsed: ElapsedMs(5_000),
        seen: None,
        staff: "jaspreet".parse().expect("a staff id"),
    }
}

fn certificate(root: &SigningKey, key: &SigningKey) -> SignedCertificate {
    let role = Role::Till { till: "SAS07".parse().expect("a till"), incarnation: Incarnation(1) };
    let tenant = "SASWATER".parse().expect("a tenant");
    let certificate = Certificate { tenant, role, key: key.public_key(), not_before_s: 0, not_after_s: 9_999_999_999 };
    certificate.seal(root).expect("a key in memory signs")
}

/// One entry of any kind but an opening, with any place: well formed, and in no chain.
pub fn entry() -> impl Strategy<Value = Entry> {
    (1u64..u64::MAX, any::<[u8; 32]>(), step()).prop_map(|(sequence, previous, Step { stamp, body })| Entry {
        sequence: Sequence(sequence),
        previous: Hash(previous),
        stamp,
        body,
    })
}

fn step() -> impl Strategy<Value = Step> {
    let shift = (any::<u32>(), amount(0..=1_000_000_000))
        .prop_map(|(number, float)| Body::ShiftOpened(ShiftOpened { number, float }));
    let clock = (wall(), "\\PC{0,80}").prop_map(|(was, reason)| Body::ClockChanged(ClockChanged { was, reason }));
    // Kinds below 1000 are known, or will be.
    let unknown =
        (1_000u64.., content()).prop_map(|(kind, content)| Body::Unknown { kind, content: cbor::encode(&content) });
    let body = prop_oneof![
        4 => receipt().prop_map(Body::Receipt),
        1 => spot_bill().prop_map(Body::SpotBill),
        1 => payment_requested().prop_map(Body::PaymentRequested),
        1 => payment_ended().prop_map(Body::PaymentEnded),
        1 => complaint().prop_map(Body::ComplaintOpened),
        1 => shift,
        1 => clock,
        1 => unknown,
    ];
    (stamp(), body).prop_map(|(stamp, body)| Step { stamp, body })
}

fn stamp() -> impl Strategy<Value = Stamp> {
    let seen = (any::<u64>().prop_map(Sequence), wall()).prop_map(|(sequence, office)| Seen { sequence, office });
    (wall(), any::<[u8; 4]>(), any::<u64>(), option::of(seen), staff()).prop_map(
        |(wall, boot, elapsed, seen, staff)| Stamp {
            wall,
            boot: BootId(boot),
            elapsed: ElapsedMs(elapsed),
            seen,
            staff,
        },
    )
}

/// The running totals are those of a till's first receipt.
fn receipt() -> impl Strategy<Value = Receipt> {
    let mode = prop_oneof![Just(Mode::Cash), Just(Mode::Upi), Just(Mode::Card), Just(Mode::Cheque)];
    let periods = option::of((period(), period()).prop_map(|(a, b)| (a.min(b), a.max(b))));
    let how = (mode, option::of("[!-~]{1,24}"), any::<bool>(), any::<[u8; 8]>(), option::of(1u64..));
    (account_id(), option::of(bill_number()), split(), periods, how).prop_map(|(account, bill, split, periods, how)| {
        let (mode, reference, subject_to_realisation, request, requested) = how;
        let amount = split.total().expect("bounded by the generator");
        Receipt {
            account,
            bill,
            amount,
            split,
            mode,
            reference,
            subject_to_realisation,
            periods,
            receipts: 1,
            grand_total: amount,
            request: RequestId(request),
            requested: requested.map(Sequence),
        }
    })
}

fn payment_requested() -> impl Strategy<Value = PaymentRequested> {
    let mode = prop_oneof![Just(Mode::Upi), Just(Mode::Card)];
    let of = (option::of(account_id()), option::of(bill_number()), amount(1..=1_000_000_000));
    (of, mode, any::<[u8; 8]>(), option::of(wall()), "\\PC{0,40}").prop_map(|(of, mode, request, expires, note)| {
        let (account, bill, amount) = of;
        PaymentRequested { account, bill, amount, mode, request: RequestId(request), expires, note }
    })
}

fn payment_ended() -> impl Strategy<Value = PaymentEnded> {
    let outcome = select(&Outcome::ALL[..]);
    (1u64.., outcome, option::of("[!-~]{1,24}"), "\\PC{0,80}", staff()).prop_map(
        |(requested, outcome, reference, reason, staff)| PaymentEnded {
            requested: Sequence(requested),
            outcome,
            reference,
            reason,
            supervisor: (outcome == Outcome::LetGo).then_some(staff),
        },
    )
}

fn complaint() -> impl Strategy<Value = ComplaintOpened> {
    let cause = select(&ComplaintCause::ALL[..]);
    (1u64.., cause, option::of("[!-~]{1,24}"), day(), day()).prop_map(
        |(requested, cause, reference, promised, bank_due)| ComplaintOpened {
            requested: Sequence(requested),
            cause,
            reference,
            promised,
            bank_due,
        },
    )
}

/// One to eight own heads, and perhaps a rebate that is smaller than they are.
fn split() -> impl Strategy<Value = Split> {
    let own = btree_map(10u8..=255, amount(100..=1_000_000_000), 1..=8);
    (own, option::of(amount(-99..=-1))).prop_map(|(own, rebate)| {
        let own = own.into_iter().map(|(head, part)| (HeadId(head), part));
        let rebate = rebate.map(|part| (HeadId::REBATE, part));
        Split::new(own.chain(rebate).collect()).expect("distinct heads, none of them zero")
    })
}

fn spot_bill() -> impl Strategy<Value = SpotBillMade> {
    let names = (account_id(), bill_number(), tariff_code());
    let reading = option::of(any::<(u32, u32, u32)>());
    let rest = (reading, split(), vec("[a-z-]{1,32}", 0..=8), any::<[u8; 8]>());
    (names, (period(), day(), day()), rest).prop_map(|(names, (period, read_on, due_on), rest)| {
        let (account, bill, tariff) = names;
        let (reading, lines, confirmed, request) = rest;
        let reading = reading.map(|(before, now, units)| ReadingMade { before, now, units });
        let request = RequestId(request);
        SpotBillMade { account, bill, period, read_on, due_on, reading, tariff, lines, confirmed, request }
    })
}

/// Any content in our profile of CBOR, small and not deep.
fn content() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
        "\\PC{0,20}".prop_map(Value::Text),
        Just(Value::Bool(true)),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let map = btree_map(any::<u64>(), inner.clone(), 0..4);
        prop_oneof![
            vec(inner, 0..4).prop_map(Value::Array),
            map.prop_map(|map| Value::Map(map.into_iter().map(|(key, value)| (key.into(), value)).collect())),
        ]
    })
}
