//! Journals, whole and tampered with; pairs of entries; acknowledgements.

use super::forge;
use super::people::{NOW, Who, certified, id, paise, receipt, signed, stamp, till_certificate};
use coset::cbor::value::Value;
use data_encoding::BASE64;
use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::certificate::{Certificate, Role, SignedCertificate};
use raseed_protocol::ids::{Incarnation, RequestId, Sequence};
use raseed_protocol::journal::{
    Body, Chain, ClockChanged, ComplaintCause, ComplaintOpened, Entry, Mode, Outcome, PaymentEnded, PaymentRequested,
    ReadingMade, Receipt, RunWriter, ShiftOpened, SignedEntry, SpotBillMade, Stamp, TillOpened,
};
use raseed_protocol::keys::Hash;
use raseed_protocol::money::Paise;
use raseed_protocol::signed::Namespace;
use raseed_protocol::time::{ElapsedMs, WallMs};
use serde::Serialize;

/// A run: whole, with what it adds up to; or broken at a place.
#[derive(Serialize)]
pub struct ChainCase {
    name: &'static str,
    root_key: String,
    run: String,
    valid: bool,
    /// How many entries continue the chain before it ends or breaks.
    entries: u64,
    /// The hash of the last of them (of the certificate before the first); none if the run has no valid beginning.
    head: Option<String>,
    receipts: u64,
    grand_total_paise: i64,
    /// `header`, `certificate`, `form`, `entry`, `gap`, `broken`, `opening` or `totals`.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
}

/// Two entries.
#[derive(Serialize)]
pub struct ForkCase {
    name: &'static str,
    root_key: String,
    certificate: String,
    one: String,
    other: String,
    fork: bool,
    /// The place of which there are two.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// `same`, `different-places` or `not-signed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
}

/// One acknowledgement.
#[derive(Serialize)]
pub struct AcknowledgementCase {
    name: &'static str,
    root_key: String,
    office_certificate: String,
    acknowledgement: String,
    valid: bool,
}

/// A journal of the usual till: opening, shift, three receipts, a spot bill, a clock, a kind to come, a receipt.
fn journal() -> Vec<Vec<u8>> {
    let mut chain = Chain::begin(&certificate()).expect("a till's certificate");
    bodies()
        .into_iter()
        .map(|body| {
            let signed = signed(next(&chain, body), Who::Till);
            chain.follow(&signed).expect("our own entries follow");
            signed.bytes().to_vec()
        })
        .collect()
}

fn certificate() -> SignedCertificate {
    certified(till_certificate(Who::Till), Who::Root)
}

fn next(chain: &Chain, body: Body) -> Entry {
    let place = chain.last().next();
    let wall = WallMs(NOW.0 + 60_000 * place.0);
    let stamp = Stamp { wall, elapsed: ElapsedMs(5_000 + 60_000 * place.0), seen: None, ..stamp() };
    Entry { sequence: place, previous: chain.head(), stamp, body }
}

fn bodies() -> Vec<Body> {
    let mut total = Paise::ZERO;
    let mut taken = |number: u64| {
        total += receipt().amount;
        Receipt { receipts: number, grand_total: total, ..receipt() }
    };
    let opened = TillOpened { program: "raseed 0.1.0".into(), before: None, receipts: 0, grand_total: Paise::ZERO };
    let clock = ClockChanged { was: NOW, reason: "ਘੜੀ ਗ਼ਲਤ ਸੀ".into() };
    let requested = PaymentRequested {
        account: Some(receipt().account),
        bill: receipt().bill,
        amount: receipt().amount,
        mode: Mode::Upi,
        request: RequestId([0x5c; 8]),
        expires: Some(WallMs(NOW.0 + 480_000)),
        note: String::new(),
    };
    let unknown = PaymentEnded {
        requested: Sequence(10),
        outcome: Outcome::Unknown,
        reference: None,
        reason: "no network".into(),
        supervisor: None,
    };
    let complaint = ComplaintOpened {
        requested: Sequence(10),
        cause: ComplaintCause::Unknown,
        reference: Some("632512345678".into()),
        promised: "2026-11-26".parse().expect("a day"),
        bank_due: "2026-11-29".parse().expect("a day"),
    };
    let reference = Some("632512345678".to_owned());
    let content = raseed_protocol::cbor::encode(&raseed_protocol::cbor::Map::new().put(1, "later").into());
    vec![
        Body::TillOpened(opened),
        Body::ShiftOpened(ShiftOpened { number: 1, float: paise(50_000) }),
        Body::Receipt(taken(1)),
        Body::Receipt(taken(2)),
        Body::SpotBill(spot_bill()),
        Body::Receipt(taken(3)),
        Body::ClockChanged(clock),
        Body::Unknown { kind: 7, content },
        Body::Receipt(taken(4)),
        Body::PaymentRequested(requested),
        Body::PaymentEnded(unknown),
        Body::ComplaintOpened(complaint),
        Body::Receipt(Receipt { mode: Mode::Upi, reference, requested: Some(Sequence(10)), ..taken(5) }),
    ]
}

fn spot_bill() -> SpotBillMade {
    SpotBillMade {
        account: id("BHG-0217"),
        bill: id("SAS07-1-5"),
        period: id("2026-11"),
        read_on: id("2026-11-22"),
        due_on: id("2026-12-20"),
        reading: Some(ReadingMade { before: 99_990, now: 12, units: 22 }),
        tariff: id("DOM-METER"),
        lines: receipt().split,
        confirmed: vec!["rolled-over".into()],
        request: raseed_protocol::ids::RequestId([0x3b; 8]),
    }
}

/// The cases of `journals/chains.json`.
pub fn chains() -> Vec<ChainCase> {
    let whole = journal();
    let changed = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut entries = journal();
        change(&mut entries);
        run(&certificate(), &entries)
    };
    let bytes = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = run(&certificate(), &whole);
        change(&mut bytes);
        bytes
    };
    let stranger = certified(till_certificate(Who::Till), Who::Stranger);
    let office = Certificate { role: Role::Office, ..till_certificate(Who::Office) };
    let fields = |at: usize, key: u64, value: Value| {
        changed(&|e| e[at] = resigned(&e[at], |p| forge::fields(p, &[(key, Some(value.clone()))])))
    };
    let in_body = |at: usize, key: u64, value: Value| {
        changed(&|e| e[at] = resigned(&e[at], |p| forge::body_fields(p, &[(key, Some(value.clone()))])))
    };
    let totals = |key: u64, value: i64| in_body(3, key, value.into());
    let after = |incarnation: u64| {
        let before = Value::Array(vec![incarnation.into(), 0.into(), forge::bytes(&[7; 32])]);
        changed(&|e| {
            e.truncate(1);
            e[0] = resigned(&e[0], |p| forge::body_fields(p, &[(2, Some(before.clone()))]));
        })
    };
    let (empty, two) = (|| Value::Array(Vec::new()), || Value::Array(vec![1.into(), 2.into()]));
    vec![
        case("a whole journal", run(&certificate(), &whole), None),
        case("a journal without entries", run(&certificate(), &[]), None),
        case("the beginning of a journal", changed(&|e| e.truncate(4)), None),
        case("a second incarnation that carries the totals on", second_incarnation(&whole), None),
        case("an entry removed from the middle", changed(&|e| drop(e.remove(3))), Some("gap")),
        case("the first entry removed", changed(&|e| drop(e.remove(0))), Some("gap")),
        case("an entry twice", changed(&|e| e.insert(3, e[2].clone())), Some("gap")),
        case("two entries swapped", changed(&|e| e.swap(2, 3)), Some("gap")),
        case("an amount changed", changed(&|e| e[3] = unsigned(&e[3])), Some("entry")),
        case("a stranger's entry at the end", changed(&|e| e.push(by_stranger())), Some("entry")),
        case("an entry of another journal of the till", changed(&|e| e[2] = elsewhere(&e[2])), Some("broken")),
        case(
            "an entry changed by the till itself, later ones as they were",
            fields(2, 3, (NOW.0 + 1).into()),
            Some("broken"),
        ),
        case("a first entry that names no certificate", fields(0, 2, forge::bytes(&[0; 32])), Some("broken")),
        case("a journal that begins without an opening", opening_missing(), Some("opening")),
        case("a second opening", opening_twice(), Some("opening")),
        case("a receipt number left out", totals(9, 3), Some("totals")),
        case("a grand total that does not continue", totals(10, 52_001), Some("totals")),
        case("an opening after incarnation 0", after(0), Some("entry")),
        case("an opening after an incarnation without entries", after(1), None),
        case("a bill for which nothing was confirmed, in a list", in_body(4, 9, empty()), Some("entry")),
        case("a meter reading of two numbers", in_body(4, 6, two()), Some("entry")),
        case("a reason of 81 characters", in_body(6, 2, "ਕ".repeat(81).into()), Some("entry")),
        case("a negative float", in_body(1, 2, (-1).into()), Some("entry")),
        case("a run cut in the middle of an entry", bytes(&|b| b.truncate(b.len() - 1)), Some("form")),
        case("entries with tag 18", changed(&|e| e[0].insert(0, 0xd2)), Some("form")),
        case("an entry as long as may be", last_of_bytes(4096), None),
        case("an entry one byte too long", last_of_bytes(4097), Some("form")),
        case("something that is not an entry", bytes(&|b| b.push(0x00)), Some("entry")),
        case("a certificate by a stranger", run(&stranger, &whole), Some("certificate")),
        case("a head office's certificate", run(&certified(office, Who::Root), &whole), Some("certificate")),
        case("no header", whole.concat(), Some("header")),
        case("a header without certificates", [vec![0xa1, 0x01, 0x80], whole.concat()].concat(), Some("header")),
        case("nothing", Vec::new(), Some("header")),
        case("two days, each with its key", days(of_a_day(0), &FOLLOWS), None),
        case("the same, the second key certified by the first", days(by_the_first(), &FOLLOWS), None),
        case("the key of a day that nobody certified", days(None, &FOLLOWS), Some("entry")),
        case("an entry from before its key counts", days(of_a_day(DAY_S), &FOLLOWS), Some("entry")),
        case("an entry from after its key counts", days(of_a_day(-2 * DAY_S), &FOLLOWS), Some("entry")),
        case("the key of a day, by a stranger", days(by_stranger_for_a_day(), &FOLLOWS), Some("certificate")),
        case("the key of a day of another life", days(of_another_life(), &FOLLOWS), Some("certificate")),
        case("a further header without certificates", days(Some(vec![0xa1, 0x01, 0x80]), &FOLLOWS), Some("form")),
        case("a further header at the end", days(of_a_day(0), &[]), None),
    ]
}

const DAY_S: i64 = 86_400;
/// The entries after a further header: one that follows.
const FOLLOWS: [Who; 1] = [Who::DayKey];

/// The journal, then a further header, then a receipt more by each of these.
fn days(header: Option<Vec<u8>>, after: &[Who]) -> Vec<u8> {
    let mut bytes = run(&certificate(), &journal());
    let (chain, _) = follow(&bytes);
    let chain = chain.expect("the whole journal has a beginning");
    bytes.extend(header.unwrap_or_default());
    let taken = Receipt { receipts: 6, grand_total: paise(6 * 26_000), ..receipt() };
    for who in after {
        bytes.extend_from_slice(signed(next(&chain, Body::Receipt(taken.clone())), *who).bytes());
    }
    bytes
}

/// The certificate of a day's key that counts for a day, from an hour before the entries' time or so many seconds later on.
fn day_certificate(later: i64) -> Certificate {
    let now = i64::try_from(NOW.0 / 1000).expect("a year of ours");
    let second = |at: i64| u64::try_from(at + later).expect("after 1970");
    let (not_before_s, not_after_s) = (second(now - 3_600), second(now + DAY_S));
    Certificate { not_before_s, not_after_s, ..till_certificate(Who::DayKey) }
}

fn further(certificates: &[&SignedCertificate]) -> Option<Vec<u8>> {
    let list: Vec<&[u8]> = certificates.iter().map(|certificate| certificate.bytes()).collect();
    Some(RunWriter::new(&list).finish())
}

fn of_a_day(later: i64) -> Option<Vec<u8>> {
    further(&[&certified(day_certificate(later), Who::Root)])
}

fn by_the_first() -> Option<Vec<u8>> {
    further(&[&certificate(), &certified(day_certificate(0), Who::Till)])
}

fn by_stranger_for_a_day() -> Option<Vec<u8>> {
    further(&[&certified(day_certificate(0), Who::Stranger)])
}

fn of_another_life() -> Option<Vec<u8>> {
    let role = Role::Till { till: id("SAS07"), incarnation: Incarnation(2) };
    further(&[&certified(Certificate { role, ..day_certificate(0) }, Who::Root)])
}

fn run(certificate: &SignedCertificate, entries: &[Vec<u8>]) -> Vec<u8> {
    let mut run = RunWriter::new(&[certificate.bytes()]);
    entries.iter().for_each(|entry| run.push(entry));
    run.finish()
}

fn resigned(entry: &[u8], change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    forge::resigned(Namespace::Entry, entry, Who::Till, change)
}

fn unsigned(entry: &[u8]) -> Vec<u8> {
    forge::unsigned_change(entry, |payload| forge::body_fields(payload, &[(3, Some(25_999.into()))]))
}

/// The next entry, by a key that is not the till's.
fn by_stranger() -> Vec<u8> {
    let (chain, _) = follow(&run(&certificate(), &journal()));
    let chain = chain.expect("the whole journal has a beginning");
    signed(next(&chain, Body::ShiftOpened(ShiftOpened { number: 2, float: Paise::ZERO })), Who::Stranger)
        .bytes()
        .to_vec()
}

/// The journal with its last entry made so long, by an unknown field.
fn last_of_bytes(size: usize) -> Vec<u8> {
    let mut entries = journal();
    let last = entries.last_mut().expect("a journal has entries");
    let padded =
        |length: usize| resigned(last, |payload| forge::fields(payload, &[(9, Some(forge::bytes(&vec![0; length])))]));
    let more = padded(3_000).len() - 3_000;
    *last = padded(size - more);
    assert_eq!(last.len(), size);
    run(&certificate(), &entries)
}

/// The same entry after another one.
fn elsewhere(entry: &[u8]) -> Vec<u8> {
    resigned(entry, |payload| forge::fields(payload, &[(2, Some(forge::bytes(&Hash::of(b"elsewhere").0)))]))
}

fn opening_missing() -> Vec<u8> {
    let chain = Chain::begin(&certificate()).expect("a till's certificate");
    let shift = Body::ShiftOpened(ShiftOpened { number: 1, float: Paise::ZERO });
    run(&certificate(), &[signed(next(&chain, shift), Who::Till).bytes().to_vec()])
}

fn opening_twice() -> Vec<u8> {
    let mut entries = journal();
    let (chain, _) = follow(&run(&certificate(), &entries));
    let chain = chain.expect("the whole journal has a beginning");
    let opened = TillOpened { program: "again".into(), before: None, receipts: 0, grand_total: Paise::ZERO };
    entries.push(signed(next(&chain, Body::TillOpened(opened)), Who::Till).bytes().to_vec());
    run(&certificate(), &entries)
}

fn second_incarnation(before: &[Vec<u8>]) -> Vec<u8> {
    let role = Role::Till { till: id("SAS07"), incarnation: Incarnation(2) };
    let certificate = certified(Certificate { role, ..till_certificate(Who::OtherTill) }, Who::Root);
    let mut chain = Chain::begin(&certificate).expect("a till's certificate");
    let last = before.last().expect("a journal has entries");
    let witnessed = Some((Incarnation(1), Sequence(9), Hash::of(last)));
    let total = paise(4 * 26_000);
    let opened = TillOpened { program: "raseed 0.1.0".into(), before: witnessed, receipts: 4, grand_total: total };
    let fifth = Receipt { receipts: 5, grand_total: paise(5 * 26_000), ..receipt() };
    let entries: Vec<Vec<u8>> = [Body::TillOpened(opened), Body::Receipt(fifth)]
        .map(|body| {
            let signed = signed(next(&chain, body), Who::OtherTill);
            chain.follow(&signed).expect("our own entries follow");
            signed.bytes().to_vec()
        })
        .into();
    run(&certificate, &entries)
}

fn case(name: &'static str, run: Vec<u8>, error: Option<&'static str>) -> ChainCase {
    let (chain, found) = follow(&run);
    assert_eq!(found, error, "{name}");
    ChainCase {
        name,
        root_key: Who::Root.public().to_string(),
        run: BASE64.encode(&run),
        valid: error.is_none(),
        entries: chain.as_ref().map_or(0, |chain| chain.last().0),
        head: chain.as_ref().map(|chain| chain.head().to_string()),
        receipts: chain.as_ref().map_or(0, Chain::receipts),
        grand_total_paise: chain.as_ref().map_or(0, |chain| chain.grand_total().get()),
        error,
    }
}

/// Follows a run as far as it goes; the name of what ends it.
pub fn follow(run: &[u8]) -> (Option<Chain>, Option<&'static str>) {
    use raseed_protocol::journal::{ChainError, RunReader};
    let Ok(mut reader) = RunReader::new(run) else {
        return (None, Some("header"));
    };
    let root = Who::Root.public();
    let verified = raseed_protocol::receipt_link::verify_chain(reader.certificates(), &root);
    let Ok(mut chain) = verified.and_then(|certificate| Chain::begin(&certificate)) else {
        return (None, Some("certificate"));
    };
    let ended = loop {
        let item = reader.next();
        if reader.take_further().iter().any(|further| chain.keys_mut().add_chain(further, &root).is_err()) {
            break Some("certificate");
        }
        match item.map(|item| item.map(|bytes| chain.accept(bytes))) {
            None => break None,
            Some(Ok(Ok(_))) => {}
            Some(Err(_)) => break Some("form"),
            Some(Ok(Err(ChainError::Entry { .. }))) => break Some("entry"),
            Some(Ok(Err(ChainError::Gap { .. }))) => break Some("gap"),
            Some(Ok(Err(ChainError::Broken { .. }))) => break Some("broken"),
            Some(Ok(Err(ChainError::Opening { .. }))) => break Some("opening"),
            Some(Ok(Err(ChainError::Totals { .. }))) => break Some("totals"),
        }
    };
    (Some(chain), ended)
}

/// The cases of `journals/forks.json`.
pub fn forks() -> Vec<ForkCase> {
    let entries = journal();
    let later = resigned(&entries[3], |payload| forge::fields(payload, &[(3, Some((NOW.0 + 1).into()))]));
    let stranger = SignedEntry::verify(&entries[3], &Who::Till.public()).expect("our own entry").entry().clone();
    let stranger = signed(stranger, Who::Stranger).bytes().to_vec();
    let fork = |name, other: &[u8], error: Option<&'static str>| ForkCase {
        name,
        root_key: Who::Root.public().to_string(),
        certificate: BASE64.encode(certificate().bytes()),
        one: BASE64.encode(&entries[3]),
        other: BASE64.encode(other),
        fork: error.is_none(),
        at: error.is_none().then(|| "SAS07-1-4".to_owned()),
        error,
    };
    vec![
        fork("two entries at one place", &later, None),
        fork("the same entry", &entries[3], Some("same")),
        fork("entries at two places", &entries[2], Some("different-places")),
        fork("an entry by a stranger", &stranger, Some("not-signed")),
        fork("an entry that was changed", &unsigned(&entries[3]), Some("not-signed")),
    ]
}

/// The cases of `journals/acknowledgements.json`.
pub fn acknowledgements() -> Vec<AcknowledgementCase> {
    let entries = journal();
    let word = |through: u64, head| {
        let (till, incarnation) = (id("SAS07"), Incarnation(1));
        Acknowledgement { till, incarnation, through: Sequence(through), head, office: NOW }
    };
    let office = Certificate { role: Role::Office, ..till_certificate(Who::Office) };
    let last = word(9, Hash::of(&entries[8]));
    let seal = |word: &Acknowledgement, who: Who| word.seal(&who.key()).expect("a key in memory signs");
    let case = |name, bytes: Vec<u8>, valid| AcknowledgementCase {
        name,
        root_key: Who::Root.public().to_string(),
        office_certificate: BASE64.encode(certified(office.clone(), Who::Root).bytes()),
        acknowledgement: BASE64.encode(&bytes),
        valid,
    };
    let more = forge::unsigned_change(&seal(&last, Who::Office), |p| forge::fields(p, &[(3, Some(10.into()))]));
    vec![
        case("all of a journal", seal(&last, Who::Office), true),
        case("nothing yet", seal(&word(0, certificate().hash()), Who::Office), true),
        case("by a till", seal(&last, Who::Till), false),
        case("more than was said", more, false),
    ]
}
