//! A till with many accounts and many entries, made quickly: real keys, real certificates, real pages, real rows.
//!
//! Entries are signed one by one as the till does it, but their rows are written many to a transaction. That the rows are
//! those of the till is checked: `Till::rebuild` must find nothing to change (see `check_rows`).

use raseed_head_office::import::{self, BookFile};
use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::book::{Account, AccountStatus, BookPage};
use raseed_protocol::certificate::{Certificate, Role, SignedCertificate};
use raseed_protocol::ids::{AccountId, HeadId, Incarnation, RequestId, Sequence, StaffId, TillId};
use raseed_protocol::journal::{
    Body, Entry, Mode, Receipt, Seen, ShiftOpened, SignedEntry, Split, Stamp, TillKeys, TillOpened,
};
use raseed_protocol::keys::{Hash, PublicKey, Signer, SigningKey};
use raseed_protocol::money::Paise;
use raseed_protocol::time::{BootId, DAY_MS, Day, ElapsedMs, WallMs};
use raseed_protocol::wire::{
    DayKeysReply, DayKeysRequest, EnrolReply, EnrolRequest, EnrolmentCode, EnrolmentLink, PaymentWords, UploadReply,
};
use raseed_tests::world::HandDisk;
use raseed_till::ports::{Clock, Entropy, FileVault, Now, Vault};
use raseed_till::sync::{Call, SyncError, Transport, Wait};
use raseed_till::{Collect, OpenShift, Ports, Till, enrol};
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A place for files on the file system that the project is on: a memory file system would make flushes free.
pub fn scratch() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

/// A new empty folder there.
pub fn new_folder() -> tempfile::TempDir {
    tempfile::tempdir_in(scratch()).expect("a folder in the target directory")
}

/// The sample book with this many households. Kept between runs: it is always the same.
pub fn book(households: u32) -> BookFile {
    let folder = scratch().join(format!("book-{households}"));
    if !folder.exists() {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/make_sample_book.py");
        let unfinished = folder.with_extension("unfinished");
        let mut made = Command::new("python3");
        made.arg(script).args(["--households", &households.to_string()]).arg("--out").arg(&unfinished);
        let status = made.stdout(std::process::Stdio::null()).status();
        assert!(status.expect("python3 is there").success(), "the sample book was not made");
        std::fs::rename(unfinished, &folder).expect("a name that is free");
    }
    import::read_folder(&folder).unwrap_or_else(|refused| panic!("{refused}"))
}

/// Random numbers, the same in every run (splitmix64).
pub struct Dice(AtomicU64);

impl Dice {
    /// Dice from a seed.
    pub fn new(seed: u64) -> Dice {
        Dice(AtomicU64::new(seed))
    }

    /// Any number.
    pub fn roll(&self) -> u64 {
        let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of `many`.
    pub fn pick<'a, T>(&self, many: &'a [T]) -> &'a T {
        let count = u64::try_from(many.len()).expect("not so many");
        &many[usize::try_from(self.roll() % count).expect("an index")]
    }
}

impl Entropy for Dice {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.chunks_mut(8).for_each(|chunk| chunk.copy_from_slice(&self.roll().to_le_bytes()[..chunk.len()]));
    }
}

/// A clock that moves a second each time somebody looks at it.
#[derive(Clone)]
pub struct Ticking(Arc<AtomicU64>);

impl Ticking {
    fn new() -> Ticking {
        Ticking(Arc::new(AtomicU64::new(morning().0)))
    }
}

impl Clock for Ticking {
    fn now(&self) -> Now {
        let wall = self.0.fetch_add(1_000, Ordering::Relaxed);
        Now { wall: WallMs(wall), boot: BootId([1, 2, 3, 4]), elapsed: ElapsedMs(wall - morning().0 + DAY_MS) }
    }
}

/// Ten in the morning of the day on which everything happens.
pub fn morning() -> WallMs {
    let day: Day = "2026-11-20".parse().expect("a day");
    WallMs(day.start().0 + 10 * 3_600_000)
}

/// The keys of a head office and the book that it serves: certificates and pages are the real ones; it keeps no ledger.
pub struct Desk {
    root: SigningKey,
    office: SigningKey,
    book: BookFile,
    /// Through which entry of the till the book has counted.
    pub counted: Sequence,
    /// For how many days keys were certified.
    days: u64,
}

impl Desk {
    /// A desk with this book.
    pub fn new(book: BookFile) -> Desk {
        let key = |seed| SigningKey::from_seed(&[seed; 32]);
        Desk { root: key(1), office: key(2), book, counted: Sequence(0), days: 0 }
    }

    /// The accounts of the book.
    pub fn accounts(&self) -> &[Account] {
        &self.book.accounts
    }

    /// The consumer numbers of all accounts that owe something and may be paid.
    pub fn paying_accounts(&self) -> Vec<AccountId> {
        paying(&self.book.accounts)
    }

    fn certify(&self, role: Role, key: &SigningKey, public: PublicKey) -> Vec<u8> {
        let tenant = self.book.rules.tenant.clone();
        let certificate = Certificate { tenant, role, key: public, not_before_s: 0, not_after_s: 9_999_999_999 };
        certificate.seal(key).expect("a key in memory signs").bytes().to_vec()
    }

    /// Each key from its own day on, the first from yesterday.
    fn certify_days(&mut self, keys: &[PublicKey]) -> Vec<Vec<u8>> {
        let role = Role::Till { till: "SAS07".parse().expect("a till"), incarnation: Incarnation(1) };
        let one = |(key, day): (&PublicKey, u64)| {
            let (tenant, role) = (self.book.rules.tenant.clone(), role.clone());
            let not_before_s = (morning().0 - DAY_MS + day * DAY_MS) / 1000;
            let certificate = Certificate { tenant, role, key: *key, not_before_s, not_after_s: 9_999_999_999 };
            certificate.seal(&self.root).expect("a key in memory signs").bytes().to_vec()
        };
        let certified = keys.iter().zip(self.days..).map(one).collect();
        self.days += u64::try_from(keys.len()).expect("a few");
        certified
    }

    fn link(&self) -> EnrolmentLink {
        EnrolmentLink {
            office_url: "https://pay.saswater.example".to_owned(),
            code: EnrolmentCode::from_random([7; 8]),
            root_key: self.root.public_key(),
            tenant: self.book.rules.tenant.clone(),
        }
    }
}

/// The consumer numbers of the accounts that owe something and may be paid.
pub fn paying(accounts: &[Account]) -> Vec<AccountId> {
    let owes = |account: &&Account| {
        account.status == AccountStatus::Active
            && account.demands.iter().map(|demand| demand.open()).sum::<Paise>().is_positive()
    };
    accounts.iter().filter(owes).map(|account| account.id.clone()).collect()
}

impl Transport for Desk {
    fn enrol(&mut self, _: &str, request: &EnrolRequest) -> Result<EnrolReply, SyncError> {
        let key = request.proven_key().map_err(|error| SyncError::Nonsense(error.to_string()))?;
        let till: TillId = "SAS07".parse().expect("a till");
        let role = Role::Till { till: till.clone(), incarnation: Incarnation(1) };
        Ok(EnrolReply {
            tenant: self.book.rules.tenant.clone(),
            till,
            certificate: self.certify(role, &self.root, key),
            office_certificate: self.certify(Role::Office, &self.root, self.office.public_key()),
            office_time_ms: morning(),
            profile: Default::default(),
            day_certificates: self.certify_days(&request.day_keys),
        })
    }

    /// Acknowledges everything: what is measured with this desk is the till.
    fn upload(&mut self, call: &Call, run: &[u8]) -> Result<UploadReply, SyncError> {
        let (keys, entries) = TillKeys::read_run(run, &self.root.public_key()).expect("a run of our till");
        let signed = keys.verify(entries.last().expect("entries")).expect("an entry of our till");
        let acknowledgement = Acknowledgement {
            till: call.till.clone(),
            incarnation: Incarnation(1),
            through: signed.entry().sequence,
            head: signed.hash(),
            office: morning(),
        };
        self.counted = signed.entry().sequence;
        let acknowledgement = acknowledgement.seal(&self.office).expect("a key in memory signs");
        Ok(UploadReply { acknowledgement, exceptions: Vec::new(), refused: None })
    }

    fn day_keys(&mut self, _: &Call, request: &DayKeysRequest) -> Result<DayKeysReply, SyncError> {
        Ok(DayKeysReply { certificates: self.certify_days(&request.keys) })
    }

    fn payment_words(&mut self, _: &Call, _: u64) -> Result<PaymentWords, SyncError> {
        Ok(PaymentWords::default())
    }

    fn book_page(&mut self, call: &Call, since: u64, _: usize) -> Result<Vec<u8>, SyncError> {
        let from = usize::try_from(since).expect("a cursor of ours").min(self.book.accounts.len());
        let to = (from + 2_000).min(self.book.accounts.len());
        let page = BookPage {
            tenant: self.book.rules.tenant.clone(),
            till: call.till.clone(),
            since,
            until: u64::try_from(to).expect("a small number"),
            more: to < self.book.accounts.len(),
            counted: Some((Incarnation(1), self.counted)),
            office: morning(),
            rules: (from == 0).then(|| self.book.rules.clone()),
            tariffs: if from == 0 { self.book.tariffs.clone() } else { Vec::new() },
            accounts: self.book.accounts[from..to].to_vec(),
        };
        Ok(page.seal(&self.office).expect("a key in memory signs"))
    }
}

/// Never waits.
pub struct Impatient;

impl Wait for Impatient {
    fn wait(&mut self, _: u64) -> bool {
        true
    }
}

/// The ports of the till in this folder.
pub fn ports(folder: &Path) -> Ports {
    Ports {
        clock: Box::new(Ticking::new()),
        entropy: Box::new(Dice::new(99)),
        vault: Box::new(FileVault::new(folder.join("vault"))),
        copy: None,
        disk: Arc::new(HandDisk::flushing()),
    }
}

/// Enrols a till and writes a journal of `entries` entries, the newest of them of today.
pub fn enrolled(folder: &Path, desk: &mut Desk, entries: u64) {
    let link = desk.link();
    enrol(folder, &ports(folder), &link, desk).unwrap_or_else(|error| panic!("{error}"));
    filled(folder, desk.paying_accounts(), entries, Pace::USUAL);
}

/// Writes entries into the file of a till that was just enrolled, until it has `entries`; gives their bytes.
pub fn filled(folder: &Path, accounts: Vec<AccountId>, entries: u64, pace: Pace) -> u64 {
    let till = open(folder);
    let certificate = till.identity().certificate.clone();
    // Goes on from the opening that the till has written.
    let (sequence, head) = (till.standing().newest.sequence, till.head());
    drop(till);
    let seed = FileVault::new(folder.join("vault")).load("till").expect("a vault").expect("the till's key");
    let writer = JournalWriter::new(&certificate, SigningKey::from_seed(&seed), accounts, entries, 1);
    write_rows(&folder.join("till.db"), JournalWriter { pace, sequence, head, ..writer }, entries)
}

/// How a journal came about.
#[derive(Clone, Copy)]
pub struct Pace {
    /// Entries a day.
    pub a_day: u64,
    /// It was sent every evening; or never.
    pub synced: bool,
}

impl Pace {
    /// A till that gives 2,000 receipts a day and sends them.
    const USUAL: Pace = Pace { a_day: 2_000, synced: true };
}

/// Opens the till.
pub fn open(folder: &Path) -> Till {
    Till::open(folder, ports(folder)).unwrap_or_else(|error| panic!("{error}"))
}

/// Sends everything up and brings the book down.
pub fn synced(folder: &Path, desk: &mut Desk) -> Till {
    let mut till = open(folder);
    desk.counted = till.standing().newest.sequence;
    till.sync(desk, &mut Impatient, 1).unwrap_or_else(|error| panic!("{error}"));
    till
}

/// Syncs with any head office.
pub fn synced_with(folder: &Path, transport: &mut dyn Transport, patience: u32) {
    open(folder).sync(transport, &mut Impatient, patience).unwrap_or_else(|error| panic!("{error}"));
}

/// Takes what households owe in a shift, until the journal has `entries` unsent entries; gives their bytes in all. With
/// the till's own verbs: it takes a while.
pub fn collect_many(folder: &Path, entries: u64) -> u64 {
    let mut till = open(folder);
    let staff: StaffId = "jaspreet".parse().expect("a staff id");
    let float = Paise::ZERO;
    till.open_shift(&OpenShift { staff: staff.clone(), float }).unwrap_or_else(|error| panic!("{error}"));
    let accounts = till.some_accounts(10_000).unwrap_or_else(|error| panic!("{error}"));
    let mut accounts = accounts.into_iter();
    let mut bytes = 0;
    while till.standing().unsent < entries {
        let account = accounts.next().expect("enough households owe something");
        let amount = till.household(&account).unwrap_or_else(|error| panic!("{error}")).dues.payable;
        let request = till.new_request();
        // Households that owe nothing, or are closed, are passed by.
        if let Ok(given) = till.collect_cash(&Collect { request, account, amount, staff: staff.clone() }) {
            bytes += u64::try_from(given.entry.bytes().len()).expect("a small number");
        }
    }
    bytes
}

/// Signs entry after entry of a plausible journal: an opening, a shift, receipts.
pub struct JournalWriter {
    key: SigningKey,
    accounts: Vec<AccountId>,
    dice: Dice,
    pace: Pace,
    entries: u64,
    sequence: Sequence,
    head: Hash,
    receipts: u64,
    grand_total: Paise,
}

impl JournalWriter {
    /// A journal that will have `entries` entries; with another seed it has other receipts.
    pub fn new(
        certificate: &SignedCertificate,
        key: SigningKey,
        accounts: Vec<AccountId>,
        entries: u64,
        seed: u64,
    ) -> JournalWriter {
        JournalWriter {
            key,
            accounts,
            dice: Dice::new(seed),
            pace: Pace::USUAL,
            entries,
            sequence: Sequence(0),
            head: certificate.hash(),
            receipts: 0,
            grand_total: Paise::ZERO,
        }
    }

    /// The next entry.
    pub fn next_entry(&mut self) -> SignedEntry {
        self.sequence = self.sequence.next();
        let body = match self.sequence.0 {
            1 => Body::TillOpened(TillOpened {
                program: "raseed 0.1.0".to_owned(),
                before: None,
                receipts: 0,
                grand_total: Paise::ZERO,
            }),
            2 => Body::ShiftOpened(ShiftOpened { number: 1, float: Paise::ZERO }),
            _ => Body::Receipt(self.receipt()),
        };
        let entry = Entry { sequence: self.sequence, previous: self.head, stamp: self.stamp(), body };
        let signed = SignedEntry::sign(entry, &self.key).expect("a key in memory signs");
        self.head = signed.hash();
        signed
    }

    /// The newest entry is of this morning; before it so many a day, in a quarter of it.
    fn stamp(&self) -> Stamp {
        let Pace { a_day, synced } = self.pace;
        let before = self.entries - self.sequence.0;
        let wall = WallMs(morning().0 - before * (DAY_MS / a_day / 4) - (before / a_day) * (DAY_MS / 4 * 3));
        let seen = Seen { sequence: Sequence(self.sequence.0.saturating_sub(a_day)), office: wall };
        let staff: StaffId = "jaspreet".parse().expect("a staff id");
        Stamp {
            wall,
            boot: BootId([1, 2, 3, 4]),
            elapsed: ElapsedMs(self.sequence.0 * 1_000),
            seen: (synced && self.sequence.0 > a_day).then_some(seen),
            staff,
        }
    }

    fn receipt(&mut self) -> Receipt {
        let amount = Paise::from_rupees(170 + i64::from((self.dice.roll() % 8) as u8) * 10).expect("a small amount");
        self.receipts += 1;
        self.grand_total += amount;
        Receipt {
            account: self.dice.pick(&self.accounts).clone(),
            bill: Some(format!("B2610-{:05}", self.sequence.0 % 100_000).parse().expect("a bill number")),
            amount,
            split: Split::new(vec![(HeadId(10), amount)]).expect("one head"),
            mode: Mode::Cash,
            reference: None,
            subject_to_realisation: false,
            periods: Some(("2026-10".parse().expect("a month"), "2026-10".parse().expect("a month"))),
            receipts: self.receipts,
            grand_total: self.grand_total,
            request: RequestId(self.dice.roll().to_le_bytes()),
            requested: None,
        }
    }
}

/// Writes the rows of entries 2 to `entries`; gives their bytes.
fn write_rows(file: &Path, mut writer: JournalWriter, entries: u64) -> u64 {
    let mut connection = Connection::open(file).expect("the till's file");
    connection
        .execute_batch("PRAGMA synchronous = OFF; DELETE FROM state; DELETE FROM account_entry; DELETE FROM day_total;")
        .expect("an open file");
    let transaction = connection.transaction().expect("a transaction");
    let mut bytes = 0;
    while writer.sequence.0 < entries {
        let entry = writer.next_entry();
        write_row(&transaction, &entry);
        bytes += u64::try_from(entry.bytes().len()).expect("a small number");
    }
    let newest_wall = writer.stamp().wall;
    transaction
        .execute(
            "INSERT INTO state VALUES (1, 1, ?1, ?2, ?3, ?4, iif(?1 > 2, ?1, 1), ?5, 1, 2)",
            params![
                sql(writer.sequence.0),
                writer.head.0,
                sql(writer.receipts),
                writer.grand_total.get(),
                sql(newest_wall.0)
            ],
        )
        .expect("the state");
    transaction
        .execute_batch(
            "INSERT INTO day_total SELECT day, mode, count(*), sum(amount_paise) FROM account_entry GROUP BY day, mode;",
        )
        .expect("the days");
    transaction.commit().expect("a commit");
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("a checkpoint");
    bytes
}

fn write_row(transaction: &Connection, signed: &SignedEntry) {
    let sequence = sql(signed.entry().sequence.0);
    let statement = "INSERT INTO journal (incarnation, sequence, hash, bytes) VALUES (1, ?1, ?2, ?3)";
    let mut statement = transaction.prepare_cached(statement).expect("a statement");
    statement.execute(params![sequence, signed.hash().0, signed.bytes()]).expect("a journal row");
    let Body::Receipt(receipt) = &signed.entry().body else { return };
    let statement = "INSERT INTO account_entry (incarnation, sequence, account, request, day, amount_paise, mode) \
                     VALUES (1, ?1, ?2, ?3, ?4, ?5, 'cash')";
    let mut statement = transaction.prepare_cached(statement).expect("a statement");
    let day = signed.entry().stamp.wall.day().number();
    let values = params![sequence, receipt.account.as_str(), receipt.request.0, day, receipt.amount.get()];
    statement.execute(values).expect("an account's row");
}

/// That the rows are those that the till would have written.
pub fn check_rows() {
    let folder = new_folder();
    let mut desk = Desk::new(book(5_000));
    enrolled(folder.path(), &mut desk, 2_500);
    let mut till = open(folder.path());
    let written = till.projections().expect("projections");
    till.rebuild().unwrap_or_else(|error| panic!("{error}"));
    assert!(written == till.projections().expect("projections"), "the bench writes other rows than the till");
}

fn sql(number: u64) -> i64 {
    i64::try_from(number).expect("a small number")
}
