//! The rows of the books as plain data: what goes into a store and comes out of it.

use super::{StoreError, Stored};
use raseed_protocol::book::{Account, Rules};
use raseed_protocol::ids::{AccountId, EntryId, Incarnation, Sequence, TillId};
use raseed_protocol::journal::Chain;
use raseed_protocol::keys::{Hash, PublicKey};
use raseed_protocol::ledger::{Transaction, TransactionId};
use raseed_protocol::money::Paise;
use raseed_protocol::profile::Profile;
use raseed_protocol::storage::StorageClass;
use raseed_protocol::time::{Day, WallMs};

/// The tenant's own row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantRecord {
    /// The key that certifies tills and the office itself.
    pub root_key: PublicKey,
    /// The office's certificate, signed by the root key.
    pub office_certificate: Vec<u8>,
    /// The newest number of the book's cursor.
    pub change: u64,
    /// The rules and the change that brought them; `None` before the first import.
    pub rules: Option<(Rules, u64)>,
}

/// A till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillRecord {
    /// Its id.
    pub till: TillId,
    /// What people call it.
    pub name: String,
    /// Whether it may speak to the head office.
    pub state: TillState,
    /// What it is used for.
    pub profile: Profile,
}

/// Whether a till may speak to the head office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TillState {
    /// It may.
    Active,
    /// It may not any more: lost, stolen or given up.
    Revoked,
}

/// A life of a till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncarnationRecord {
    /// Which till.
    pub till: TillId,
    /// Which life.
    pub incarnation: Incarnation,
    /// The key that signs its entries.
    pub key: PublicKey,
    /// The certificate, signed by the root key.
    pub certificate: Vec<u8>,
    /// When it was certified.
    pub enrolled: WallMs,
    /// How far its journal is stored.
    pub head: JournalHead,
    /// What the device says of its storage, and since when; `None` if it never said.
    pub storage: Option<(StorageClass, WallMs)>,
}

/// The key that signs a till's entries from one day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayKeyRecord {
    /// The key.
    pub key: PublicKey,
    /// From which day on.
    pub day: Day,
    /// The certificate, signed by the root key.
    pub certificate: Vec<u8>,
}

/// How far a journal is stored, and what it adds up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalHead {
    /// The newest stored place; 0 if none.
    pub last: Sequence,
    /// The hash of the entry there (of the certificate if none).
    pub hash: Hash,
    /// Receipts so far.
    pub receipts: u64,
    /// What they add up to.
    pub grand_total: Paise,
}

impl JournalHead {
    /// Where a verified chain stands.
    pub fn of(chain: &Chain) -> JournalHead {
        let (receipts, grand_total) = (chain.receipts(), chain.grand_total());
        JournalHead { last: chain.last(), hash: chain.head(), receipts, grand_total }
    }
}

/// A one-time code, known by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRecord {
    /// For which till.
    pub till: TillId,
    /// Until when.
    pub expires: WallMs,
    /// The key and the life of the till for which it was used.
    pub used: Option<(PublicKey, Incarnation)>,
}

/// A consumer's account in the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRecord {
    /// The account.
    pub account: Account,
    /// The change that made it what it is.
    pub change: u64,
    /// The newest ledger transaction on it.
    pub newest: Option<TransactionId>,
}

/// A bill that was taken into the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillRecord {
    /// Whose.
    pub account: AccountId,
    /// Of what was asked.
    pub digest: Hash,
}

/// A journal entry to be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewEntry<'a> {
    /// Its place.
    pub sequence: Sequence,
    /// The number of its kind.
    pub kind: u64,
    /// The signed bytes.
    pub bytes: &'a [u8],
    /// Their hash.
    pub hash: Hash,
    /// When it came.
    pub received: WallMs,
}

/// Something about a stored entry that needs a person's eye.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionRecord {
    /// Which entry.
    pub entry: EntryId,
    /// A short name.
    pub code: String,
    /// What it means and what happens next; without personal data.
    pub what: String,
    /// When it was found.
    pub raised: WallMs,
    /// When a person closed it.
    pub closed: Option<WallMs>,
}

/// Two signed entries at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForkRecord {
    /// The place.
    pub at: EntryId,
    /// The one that was stored first.
    pub held: Vec<u8>,
    /// The other.
    pub other: Vec<u8>,
    /// When it came.
    pub found: WallMs,
}

/// A ledger transaction in the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRecord {
    /// The transaction.
    pub transaction: Transaction,
    /// When it was posted.
    pub recorded: WallMs,
    /// The one before it on the same consumer's account.
    pub previous: Option<TransactionId>,
}

/// Reads text or bytes that the store itself wrote.
pub(super) fn stored<T, E>(what: &'static str, read: Result<T, E>) -> Stored<T> {
    read.map_err(|_| StoreError::Damaged { what })
}
