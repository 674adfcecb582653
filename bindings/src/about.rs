//! What this device is, for the about screen and for a supervisor on the telephone.

use crate::error::RaseedError;
use crate::money::Money;
use crate::shared::Shared;
use raseed_protocol::storage::StorageClass;
use raseed_till::storage::{StorageStanding, StorageTrouble};

/// Versions, device, journal.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct About {
    /// The library's version.
    pub version: String,
    /// The till's name.
    pub till: String,
    /// Which of its lives.
    pub incarnation: u32,
    /// Whose books.
    pub tenant: String,
    /// Where the head office answers.
    pub office_url: String,
    /// Records in the journal.
    pub records: u64,
    /// Receipts over all time.
    pub receipts: u64,
    /// What they add up to.
    pub grand_total: Money,
    /// The journal's newest hash, its first eight bytes: two people can compare it by telephone.
    pub head: String,
    /// Households in the book.
    pub households: u64,
    /// When the head office made the newest page of the book.
    pub book_of: Option<String>,
    /// What the device's storage does when the power is cut.
    pub storage: StorageView,
}

/// What the storage was found to be.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct StorageView {
    /// What a flush on it is worth.
    pub kind: StorageKind,
    /// The file system and how long a flush takes, as a technician wants to hear it: `f2fs, 350 µs`.
    pub technical: String,
    /// What a person must be told of it, if anything.
    pub trouble: Option<StorageWorry>,
}

/// What a flush is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum StorageKind {
    /// A record is on the storage when it is shown.
    Flushes,
    /// The same, by syncing the whole file system after every record.
    NeedsSyncfs,
    /// Nothing is flushed.
    DoesNotFlush,
    /// A restart empties it.
    InMemory,
    /// It cannot be seen; the whole file system is synced after every record.
    Unknown,
}

/// Why the last receipts may be lost when the power is cut. Money is taken all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum StorageWorry {
    /// Nothing is flushed: charge, sync often, another device.
    DoesNotFlush,
    /// It is memory: sync now, enrol on a disk.
    InMemory,
    /// It answers sooner than it can write: charge, sync often, tell the supervisor.
    TooQuick,
}

impl StorageView {
    fn of(storage: &StorageStanding) -> StorageView {
        let flush = storage.flush_us.map(|us| format!("{us} µs"));
        let filesystem = Some(storage.filesystem.clone()).filter(|name| !name.is_empty());
        StorageView {
            kind: match storage.class {
                StorageClass::Flushes => StorageKind::Flushes,
                StorageClass::NeedsSyncfs => StorageKind::NeedsSyncfs,
                StorageClass::DoesNotFlush => StorageKind::DoesNotFlush,
                StorageClass::InMemory => StorageKind::InMemory,
                StorageClass::Unknown => StorageKind::Unknown,
            },
            technical: filesystem.into_iter().chain(flush).collect::<Vec<_>>().join(", "),
            trouble: storage.trouble().map(|trouble| match trouble {
                StorageTrouble::DoesNotFlush => StorageWorry::DoesNotFlush,
                StorageTrouble::InMemory => StorageWorry::InMemory,
                StorageTrouble::TooQuick => StorageWorry::TooQuick,
            }),
        }
    }
}

impl About {
    pub(crate) fn of(shared: &Shared) -> Result<About, RaseedError> {
        let language = shared.language();
        shared.till(|till| {
            let standing = till.standing();
            let book = till.book_standing()?;
            let identity = till.identity();
            Ok(About {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                till: identity.till.to_string(),
                incarnation: u32::from(identity.incarnation.0),
                tenant: identity.tenant.to_string(),
                office_url: identity.office_url.clone(),
                records: standing.newest.sequence.0,
                receipts: standing.receipts,
                grand_total: standing.grand_total.into(),
                head: till.head().to_string().chars().take(16).collect(),
                households: book.households,
                book_of: book.complete.then(|| book.office.to_people_in(language.core())),
                storage: StorageView::of(till.storage()),
            })
        })
    }
}
