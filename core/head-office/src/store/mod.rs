//! The port behind which the books are kept: what any database must be able to do for a head office.
//!
//! No SQL outside this folder, no rule inside it: a store keeps what it is given, all of a transaction or none of it,
//! and refuses what would change the past. Whoever implements it runs the suite in `tests/office/store_contract.rs`.

mod error;
mod messages;
mod payments;
mod records;
pub mod sqlite;

pub use error::StoreError;
pub use messages::{ContactRecord, MessageRecord, MessageState, MessagesRead, MessagesWrite, Progress};
pub use payments::{
    ComplaintOutcome, ComplaintRecord, Fate, MadeCode, PaymentRecord, PaymentsRead, PaymentsWrite, ReceiptReference,
    RequestRecord, WordRecord,
};
pub use records::{
    AccountRecord, BillRecord, CodeRecord, DayKeyRecord, ExceptionRecord, ForkRecord, IncarnationRecord, JournalHead,
    LedgerRecord, NewEntry, TenantRecord, TillRecord, TillState,
};

use raseed_protocol::book::{Account, Rules, Tariff};
use raseed_protocol::ids::{AccountId, BillNumber, EntryId, Incarnation, Sequence, TenantId, TillId};
use raseed_protocol::keys::{Hash, PublicKey};
use raseed_protocol::ledger::{Balances, TransactionId};
use raseed_protocol::profile::Profile;
use raseed_protocol::storage::StorageClass;
use raseed_protocol::time::WallMs;
use std::ops::ControlFlow;

/// What a store answers.
pub type Stored<T> = Result<T, StoreError>;

/// Where the books of one or more tenants are kept.
pub trait Store: Send + Sync {
    /// The tenants whose books are here.
    fn tenants(&self) -> Stored<Vec<TenantId>>;
    /// Begins to read: everything read through it is of one moment.
    fn read(&self, tenant: &TenantId) -> Stored<Box<dyn StoreRead + '_>>;
    /// Begins to write; waits for whoever is writing. Nothing counts until `commit`, and dropping it undoes everything.
    fn write(&self, tenant: &TenantId) -> Stored<Box<dyn StoreTx + '_>>;
}

/// Gets rows one after another; breaks off when it has enough.
pub type Each<'a, T> = &'a mut dyn FnMut(T) -> Stored<ControlFlow<()>>;

/// What can be read of one tenant's books.
pub trait StoreRead: PaymentsRead + MessagesRead {
    /// The tenant's own row; `None` before it was made.
    fn tenant(&self) -> Stored<Option<TenantRecord>>;
    /// One till.
    fn till(&self, till: &TillId) -> Stored<Option<TillRecord>>;
    /// All tills, by name.
    fn tills(&self) -> Stored<Vec<TillRecord>>;
    /// One life of a till.
    fn incarnation(&self, till: &TillId, incarnation: Incarnation) -> Stored<Option<IncarnationRecord>>;
    /// All lives of a till, oldest first.
    fn incarnations(&self, till: &TillId) -> Stored<Vec<IncarnationRecord>>;
    /// The day keys of one life of a till, in the order in which they were certified.
    fn day_keys(&self, till: &TillId, incarnation: Incarnation) -> Stored<Vec<DayKeyRecord>>;
    /// True if some till was certified for this key, or has it for a day.
    fn key_is_known(&self, key: &PublicKey) -> Stored<bool>;
    /// The enrolment code with this hash.
    fn code(&self, hash: &Hash) -> Stored<Option<CodeRecord>>;
    /// One consumer's account.
    fn account(&self, account: &AccountId) -> Stored<Option<AccountRecord>>;
    /// Accounts that changed after `change`, in the order of their changes.
    fn each_account(&self, change: u64, each: Each<'_, AccountRecord>) -> Stored<()>;
    /// Tariffs that changed after `change`, each with its change, by code.
    fn tariffs(&self, change: u64) -> Stored<Vec<(u64, Tariff)>>;
    /// A bill that was taken into the books once.
    fn bill(&self, bill: &BillNumber) -> Stored<Option<BillRecord>>;
    /// A stored journal entry, verbatim.
    fn entry(&self, id: &EntryId) -> Stored<Option<Vec<u8>>>;
    /// All entries of one life of a till, verbatim, in their order.
    fn each_entry(&self, till: &TillId, incarnation: Incarnation, each: Each<'_, Vec<u8>>) -> Stored<()>;
    /// The exceptions of these entries, first to last, open and closed.
    fn exceptions_of(
        &self,
        till: &TillId,
        incarnation: Incarnation,
        entries: (Sequence, Sequence),
    ) -> Stored<Vec<ExceptionRecord>>;
    /// The newest `most` exceptions, open ones alone or all.
    fn exceptions(&self, open_only: bool, most: u32) -> Stored<Vec<ExceptionRecord>>;
    /// Every proof of a fork.
    fn forks(&self) -> Stored<Vec<ForkRecord>>;
    /// One ledger transaction.
    fn transaction(&self, id: &TransactionId) -> Stored<Option<LedgerRecord>>;
    /// All ledger transactions, in the order of their ids.
    fn each_transaction(&self, each: Each<'_, LedgerRecord>) -> Stored<()>;
    /// The balances that are kept beside the postings.
    fn balances(&self) -> Stored<Balances>;
}

/// What can be written, all of it or nothing. It reads its own writes, balances and the change counter excepted: those
/// are written by `commit`.
pub trait StoreTx: StoreRead + PaymentsWrite + MessagesWrite {
    /// Makes the tenant.
    fn add_tenant(&mut self, root_key: &PublicKey, office_certificate: &[u8]) -> Stored<()>;
    /// The next number of the book's cursor.
    fn next_change(&mut self) -> Stored<u64>;
    /// Replaces the rules.
    fn put_rules(&mut self, rules: &Rules, change: u64) -> Stored<()>;
    /// Adds or replaces a tariff.
    fn put_tariff(&mut self, tariff: &Tariff, change: u64) -> Stored<()>;
    /// Adds or replaces an account.
    fn put_account(&mut self, account: &Account, change: u64, newest: Option<&TransactionId>) -> Stored<()>;
    /// Notes that a bill is in the books; refuses a number twice.
    fn add_bill(&mut self, bill: &BillNumber, record: &BillRecord) -> Stored<()>;
    /// Adds a till; refuses a name twice.
    fn add_till(&mut self, till: &TillRecord) -> Stored<()>;
    /// Sets whether a till may speak to the head office.
    fn set_till_state(&mut self, till: &TillId, state: TillState) -> Stored<()>;
    /// Sets what a till is used for.
    fn set_profile(&mut self, till: &TillId, profile: Profile) -> Stored<()>;
    /// Keeps a code until it expires, in place of the till's codes that nobody used.
    fn put_code(&mut self, hash: &Hash, till: &TillId, expires: WallMs) -> Stored<()>;
    /// Notes what a code was used for; refuses a second use.
    fn use_code(&mut self, hash: &Hash, key: &PublicKey, incarnation: Incarnation) -> Stored<()>;
    /// Begins a life of a till; refuses a number or a key twice.
    fn add_incarnation(&mut self, record: &IncarnationRecord) -> Stored<()>;
    /// Adds the key of a day after those that this life of a till has; refuses a key twice.
    fn add_day_key(&mut self, till: &TillId, life: Incarnation, key: &DayKeyRecord) -> Stored<()>;
    /// Notes what the device of this life says of its storage.
    fn set_storage(&mut self, till: &TillId, life: Incarnation, class: StorageClass, since: WallMs) -> Stored<()>;
    /// Stores an entry; refuses a place twice.
    fn append_entry(&mut self, till: &TillId, incarnation: Incarnation, entry: &NewEntry<'_>) -> Stored<()>;
    /// Moves the head of a journal; refuses to go back.
    fn move_head(&mut self, till: &TillId, incarnation: Incarnation, head: &JournalHead) -> Stored<()>;
    /// Raises an exception on a stored entry; one that is there already stays as it is.
    fn raise(&mut self, exception: &ExceptionRecord) -> Stored<()>;
    /// Closes an exception; false if there is no such open one.
    fn close(&mut self, entry: &EntryId, code: &str, at: WallMs) -> Stored<bool>;
    /// Keeps a proof of a fork; one that is there already stays as it is.
    fn add_fork(&mut self, fork: &ForkRecord) -> Stored<()>;
    /// Adds a ledger transaction and its postings, and counts them into the balances; refuses an id twice.
    fn post(&mut self, record: &LedgerRecord) -> Stored<()>;
    /// Makes all of it durable. After an error nothing of it is stored.
    fn commit(self: Box<Self>) -> Stored<()>;
}

/// The newest place of a till's journal that is stored, over all its lives; `None` if nothing is.
pub fn newest_entry(read: &dyn StoreRead, till: &TillId) -> Stored<Option<(Incarnation, Sequence)>> {
    let lives = read.incarnations(till)?;
    let stored = lives.iter().rev().find(|life| life.head.last > Sequence(0));
    Ok(stored.map(|life| (life.incarnation, life.head.last)))
}
