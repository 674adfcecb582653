//! A whole office in a folder of its own, and tills with real keys and real entries.

#![allow(dead_code)]

use raseed_head_office::Office;
use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::billing::preview;
use raseed_protocol::book::{
    Account, AccountStatus, BookPage, Demand, DemandLine, Head, LateFee, LateFeeAmount, PartPayment, Rounding, Rules,
    Tariff, TariffLine,
};
use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::ids::{AccountId, HeadId, RequestId, Sequence, TillId};
use raseed_protocol::journal::{
    Body, Chain, Entry, Mode, Receipt, RunWriter, Seen, SignedEntry, Split, Stamp, TillOpened,
};
use raseed_protocol::keys::{Signer, SigningKey};
use raseed_protocol::language::Names;
use raseed_protocol::ledger::{Balance, LedgerAccount};
use raseed_protocol::money::Paise;
use raseed_protocol::time::{BootId, Day, ElapsedMs, WallMs};
use raseed_protocol::wire::{EnrolReply, EnrolRequest, UploadReply};
use std::path::PathBuf;
use tempfile::TempDir;

pub const URL: &str = "https://water.example";

pub fn paise(n: i64) -> Paise {
    Paise::new(n).unwrap()
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Noon in India of 22 November 2026: "now" in most tests.
pub fn now() -> WallMs {
    noon("2026-11-22")
}

pub fn noon(text: &str) -> WallMs {
    WallMs(day(text).start().0 + 12 * 3_600_000)
}

/// Bytes that differ from call to call, the same in every run.
pub fn entropy(seed: u8) -> impl FnMut(&mut [u8]) {
    let mut counter = u64::from(seed) << 32;
    move |bytes| {
        for byte in bytes {
            counter = counter.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = counter.to_be_bytes()[0];
        }
    }
}

/// An office in a folder that goes away with it.
pub struct Fixture {
    pub office: Office,
    pub folder: PathBuf,
    pub _dir: TempDir,
}

impl Fixture {
    pub fn new() -> Fixture {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("office");
        let office = Office::create(&folder, &"SAS".parse().unwrap(), now(), &mut entropy(1)).unwrap();
        Fixture { office, folder, _dir: dir }
    }

    /// With the usual rules and these accounts.
    pub fn with(accounts: Vec<Account>) -> Fixture {
        let fixture = Fixture::new();
        fixture.office.import_book(&rules(), &[tariff()], accounts, now()).unwrap();
        fixture
    }

    /// A till that is enrolled and has opened its journal.
    pub fn till(&self, name: &str, seed: u8) -> TestTill {
        let till: TillId = name.parse().unwrap();
        self.office.add_till(&till, name).unwrap();
        let mut opened = self.life(&till, seed);
        let start = Body::TillOpened(TillOpened {
            program: "test".into(),
            before: None,
            receipts: 0,
            grand_total: Paise::ZERO,
        });
        opened.write(now(), start);
        opened
    }

    /// The next life of a till, its journal still empty.
    pub fn life(&self, till: &TillId, seed: u8) -> TestTill {
        // Some time ago: its key counts for entries from then on.
        let then = noon("2026-01-05");
        let link = self.office.new_enrolment(till, URL, then, &mut entropy(seed)).unwrap();
        let key = SigningKey::from_seed(&[seed; 32]);
        let reply = self.office.enrol(&EnrolRequest::new(link.code, &key, vec![]).unwrap(), then).unwrap();
        TestTill::new(&self.office, reply, key)
    }

    pub fn balance(&self, account: &str) -> i64 {
        let account: LedgerAccount = account.parse().unwrap();
        let report = self.office.ledger_report().unwrap();
        assert!(report.in_balance);
        let line = report.trial_balance.into_iter().find(|line| line.account == account);
        line.map_or(Balance::ZERO, |line| line.balance_paise).0
    }

    pub fn account(&self, id: &str) -> Account {
        self.office.statement(&id.parse().unwrap(), 0).unwrap().account
    }

    /// The codes of all exceptions, by entry.
    pub fn codes(&self) -> Vec<String> {
        let mut all = self.office.all_exceptions().unwrap();
        all.sort_by(|a, b| (&a.entry, &a.code).cmp(&(&b.entry, &b.code)));
        all.into_iter().map(|exception| exception.code).collect()
    }

    pub fn page(&self, till: &TestTill, since: u64) -> BookPage {
        let bytes = self.office.book_page(&till.till, since, now()).unwrap();
        BookPage::verify(&bytes, self.office.certificate().office().unwrap()).unwrap()
    }

    pub fn assert_books_are_right(&self) {
        let verified = self.office.verify_books().unwrap();
        assert_eq!(verified.findings, vec![]);
    }
}

/// A till's journal, written as a till writes it.
pub struct TestTill {
    pub till: TillId,
    pub certificate: SignedCertificate,
    pub entries: Vec<Vec<u8>>,
    pub key: SigningKey,
    pub chain: Chain,
    /// The trace of the newest acknowledgement that goes into entries.
    pub seen: Option<Seen>,
}

impl TestTill {
    pub fn new(office: &Office, reply: EnrolReply, key: SigningKey) -> TestTill {
        let certificate = SignedCertificate::verify(&reply.certificate, &office.root_key()).unwrap();
        let chain = Chain::begin(&certificate).unwrap();
        TestTill { till: reply.till, certificate, entries: Vec::new(), key, chain, seen: None }
    }

    /// A copy of the device, as a restored backup would be.
    pub fn copy(&self, seed: u8) -> TestTill {
        let key = SigningKey::from_seed(&[seed; 32]);
        assert_eq!(key.public_key(), self.key.public_key());
        let (certificate, entries) = (self.certificate.clone(), self.entries.clone());
        TestTill { till: self.till.clone(), certificate, entries, key, chain: self.chain.clone(), seen: self.seen }
    }

    /// Signs an entry without taking it into the journal.
    pub fn sign(&self, wall: WallMs, body: Body) -> SignedEntry {
        let stamp = Stamp {
            wall,
            boot: BootId([1, 2, 3, 4]),
            elapsed: ElapsedMs(self.chain.last().0 * 1_000),
            seen: self.seen,
            staff: "jaspreet".parse().unwrap(),
        };
        let entry = Entry { sequence: self.chain.last().next(), previous: self.chain.head(), stamp, body };
        SignedEntry::sign(entry, &self.key).unwrap()
    }

    pub fn write(&mut self, wall: WallMs, body: Body) -> Sequence {
        let signed = self.sign(wall, body);
        self.chain.follow(&signed).unwrap();
        self.entries.push(signed.bytes().to_vec());
        self.chain.last()
    }

    /// The next receipt, settled as this till's own copy of the account says.
    pub fn receipt(&self, book: &Account, amount: i64, mode: Mode, wall: WallMs) -> Receipt {
        let settlement = preview(book, &rules(), paise(amount), wall.day());
        let parts = settlement.by_head().into_iter().map(|part| (part.head, part.amount)).collect();
        let periods = settlement.oldest_period().zip(settlement.newest_period());
        self.plain_receipt(&book.id, amount, mode, Split::new(parts).unwrap(), |receipt| {
            receipt.bill = settlement.lines.last().map(|line| line.bill.clone());
            receipt.periods = periods;
        })
    }

    pub fn plain_receipt(
        &self,
        account: &AccountId,
        amount: i64,
        mode: Mode,
        split: Split,
        change: impl FnOnce(&mut Receipt),
    ) -> Receipt {
        let mut receipt = Receipt {
            account: account.clone(),
            bill: None,
            amount: paise(amount),
            split,
            mode,
            reference: None,
            subject_to_realisation: false,
            periods: None,
            receipts: self.chain.receipts() + 1,
            grand_total: self.chain.grand_total() + paise(amount),
            request: RequestId(self.chain.last().0.to_be_bytes()),
            requested: None,
        };
        change(&mut receipt);
        receipt
    }

    /// Takes money as a till does.
    pub fn collect(&mut self, book: &Account, amount: i64, mode: Mode, wall: WallMs) -> Sequence {
        let receipt = self.receipt(book, amount, mode, wall);
        self.write(wall, Body::Receipt(receipt))
    }

    /// Entries `from..to` (places, the first is 1) as a run.
    pub fn run(&self, places: std::ops::RangeInclusive<usize>) -> Vec<u8> {
        let entries: Vec<&[u8]> = self.entries[places.start() - 1..*places.end()].iter().map(Vec::as_slice).collect();
        self.run_of(&entries)
    }

    pub fn run_of(&self, entries: &[&[u8]]) -> Vec<u8> {
        let mut run = RunWriter::new(&[self.certificate.bytes()]);
        entries.iter().for_each(|entry| run.push(entry));
        run.finish()
    }

    /// Sends everything.
    pub fn send(&self, fixture: &Fixture) -> UploadReply {
        fixture.office.receive(&self.till, &self.run(1..=self.entries.len()), now()).unwrap()
    }
}

/// Through which place a reply acknowledges.
pub fn through(fixture: &Fixture, reply: &UploadReply) -> u64 {
    let office = fixture.office.certificate().office().unwrap();
    Acknowledgement::verify(&reply.acknowledgement, office).unwrap().through.0
}

pub fn codes(reply: &UploadReply) -> Vec<(u64, &str)> {
    reply.exceptions.iter().map(|exception| (exception.sequence.0, exception.code.as_str())).collect()
}

/// Heads 10 and 11; ₹10 late fee a month; rupees; everything allowed.
pub fn rules() -> Rules {
    let head = |id, code: &str| Head { id: HeadId(id), code: code.into(), name: code.into(), names: Names::new() };
    Rules {
        names: Names::new(),
        receipt_host: String::new(),
        tenant: "SAS".parse().unwrap(),
        name: "Water and sanitation".into(),
        heads: vec![head(10, "WATER"), head(11, "SEWER")],
        late_fee: Some(LateFee { amount: LateFeeAmount::Flat(paise(1_000)), grace_days: 0, cap: None, once: false }),
        rebate: None,
        rounding: Rounding::NearestRupee,
        part_payment: PartPayment::Allowed,
        max_advance: paise(50_000_000),
        max_cash_receipt: paise(20_000_000),
        due_day: 15,
        payments: Default::default(),
    }
}

pub fn tariff() -> Tariff {
    let fixed = vec![TariffLine { head: HeadId(10), amount: paise(25_000) }];
    Tariff { code: "DOM".parse().unwrap(), name: "Household".into(), fixed, metered: None }
}

pub fn account(id: &str, demands: Vec<Demand>) -> Account {
    Account {
        id: id.parse().unwrap(),
        name: "ਜਸਪ੍ਰੀਤ ਕੌਰ".into(),
        name_latin: "Jaspreet Kaur".into(),
        house: "12".into(),
        place: "Bhagomajra".into(),
        phone_last4: "4821".into(),
        tariff: "DOM".parse().unwrap(),
        status: AccountStatus::Active,
        meter: None,
        demands,
        advance: Paise::ZERO,
        last_payment: None,
    }
}

/// The bill of a month: issued on its first day, due on its twentieth.
pub fn demand(bill: &str, period: &str, water: i64, sewer: i64) -> Demand {
    let line = |head, amount| DemandLine { head: HeadId(head), amount: paise(amount), paid: Paise::ZERO };
    let first = day(&format!("{period}-01"));
    Demand {
        bill: bill.parse().unwrap(),
        period: period.parse().unwrap(),
        issued_on: first,
        due_on: first.plus_days(19),
        lines: vec![line(10, water), line(11, sewer)],
    }
}
