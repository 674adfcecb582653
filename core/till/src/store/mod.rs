//! The till's file: SQLite, one connection, one process. The only place with SQL.
//!
//! Nothing here decides anything: it opens, checks, writes and reads rows.

mod book_rows;
mod day_key_rows;
mod device_rows;
mod journal_rows;
mod life_rows;
mod lock;
mod open;
mod payment_rows;
mod project;

pub use book_rows::{
    BookState, StoredAccount, account_ids, acknowledged as newest_acknowledgement, acknowledgement_bytes, notice_count,
    notices, put_account, put_acknowledgement, put_book, put_notice, put_tariff,
};
pub use day_key_rows::{DayKeyRow, day_key, put_day_keys};
pub use device_rows::{Attempt, PinRow, add_copy, put_attempt, put_pin, put_storage};
pub use journal_rows::{AccountEntry, IdentityRow, State, from_sql, insert_identity, visit_entries};
pub use life_rows::{LifeBefore, put_life_before};
pub use open::{FILE_NAME, set_aside};
pub use payment_rows::{PaymentRow, PaymentRowState, forget_words, put_word};

use crate::error::TillError;
use crate::storage::Disk;
use lock::FolderLock;
use raseed_protocol::book::Rules;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The open file.
pub struct Store {
    connection: Connection,
    path: PathBuf,
    stopped: bool,
    /// Asked to sync after every commit, where a commit alone is not durable.
    sync: Option<Arc<dyn Disk>>,
    /// Read several times for every payment and changed once a year: kept as read until something is written to the book.
    rules: OnceCell<Rules>,
    _lock: FolderLock,
}

impl Store {
    /// Runs `write` in one transaction: all of it becomes durable, or none of it.
    ///
    /// If the end of the commit is not known, nothing may be shown as done, and the store refuses everything until it is
    /// opened again.
    pub fn write<T>(&mut self, write: impl FnOnce(&Transaction) -> Result<T, TillError>) -> Result<T, TillError> {
        self.check_running()?;
        // Until its end is known: a panic on the way leaves the store stopped.
        self.stopped = true;
        let (done, end_known) = self.write_once(write);
        // A transaction that did not even roll back is not over.
        self.stopped = !end_known || !self.connection.is_autocommit();
        done.map_err(|error| error.in_file(&self.path))
    }

    /// What came of it, and whether it is known that nothing of a failed one stands.
    fn write_once<T>(
        &mut self,
        write: impl FnOnce(&Transaction) -> Result<T, TillError>,
    ) -> (Result<T, TillError>, bool) {
        let transaction = match self.connection.transaction_with_behavior(TransactionBehavior::Immediate) {
            Ok(transaction) => transaction,
            Err(error) => return (Err(error.into()), true),
        };
        let value = match write(&transaction) {
            Ok(value) => value,
            Err(error) => return (Err(error), true),
        };
        // Whatever the reason, a full storage too: the frame that makes it stand may be in the log already, and the next
        // opening would find it there. So no failing commit is answered with "nothing was recorded".
        match transaction.commit() {
            Ok(()) => match self.sync_now() {
                Ok(()) => (Ok(value), true),
                // It is committed, and may be gone after a cut.
                Err(_) => (Err(TillError::CommitUnknown), false),
            },
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DiskFull) => (Err(TillError::DiskFull), false),
            Err(_) => (Err(TillError::CommitUnknown), false),
        }
    }

    /// From now on this storage is synced after every commit, before anybody hears of it; or it need not be. What was committed
    /// before, perhaps by a process that was killed, is synced at once.
    pub fn sync_after_commits(&mut self, disk: Option<Arc<dyn Disk>>) -> Result<(), TillError> {
        self.sync = disk;
        self.sync_now().map_err(|error| TillError::Storage(format!("{}: {error}", self.path.display())))
    }

    fn sync_now(&self) -> std::io::Result<()> {
        self.sync.as_ref().map_or(Ok(()), |disk| disk.sync_all(self.folder()))
    }

    /// The folder of the file.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    /// The connection, for reading.
    pub fn read(&self) -> Result<&Connection, TillError> {
        self.check_running()?;
        Ok(&self.connection)
    }

    /// Where the file is.
    fn path(&self) -> &Path {
        &self.path
    }

    fn check_running(&self) -> Result<(), TillError> {
        if self.stopped { Err(TillError::Stopped) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        (folder, store)
    }

    /// What a failing storage leaves behind a COMMIT is not known, also when it says that it is full.
    #[test]
    fn a_commit_that_fails_is_unknown_and_stops_the_store() {
        let (folder, mut store) = store();
        let sql = "PRAGMA defer_foreign_keys = ON; INSERT INTO account_text VALUES (1, 'nobody')";
        let outcome = store.write(|transaction| Ok(transaction.execute_batch(sql)?));
        assert!(matches!(outcome, Err(TillError::CommitUnknown)), "{outcome:?}");
        assert!(matches!(store.read(), Err(TillError::Stopped)));
        assert!(matches!(store.write(|_| Ok(())), Err(TillError::Stopped)));
        drop(store);
        assert!(Store::open(folder.path()).unwrap().write(|_| Ok(())).is_ok());
    }

    #[test]
    fn a_refusal_inside_leaves_nothing_and_the_store_goes_on() {
        let (_folder, mut store) = store();
        let outcome: Result<(), _> = store.write(|transaction| {
            transaction.execute_batch("INSERT INTO tariff VALUES ('A', x'00')")?;
            Err(TillError::NoBook)
        });
        assert!(matches!(outcome, Err(TillError::NoBook)));
        let count: i64 = store.read().unwrap().query_row("SELECT count(*) FROM tariff", [], |row| row.get(0)).unwrap();
        assert_eq!(count, 0);
        store.write(|_| Ok(())).unwrap();
    }

    #[test]
    fn a_panic_inside_leaves_nothing_and_stops_the_store() {
        let (folder, mut store) = store();
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _: Result<(), _> = store.write(|transaction| {
                transaction.execute_batch("INSERT INTO tariff VALUES ('A', x'00')")?;
                panic!("a mistake of ours")
            });
        }));
        assert!(caught.is_err());
        assert!(matches!(store.write(|_| Ok(())), Err(TillError::Stopped)));
        drop(store);
        let store = Store::open(folder.path()).unwrap();
        let count: i64 = store.read().unwrap().query_row("SELECT count(*) FROM tariff", [], |row| row.get(0)).unwrap();
        assert_eq!(count, 0);
    }

    /// No verb may take damage for a passing failure, whichever statement meets it.
    #[test]
    fn damage_met_inside_a_transaction_is_named() {
        let (_folder, mut store) = store();
        let damage = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        for code in [rusqlite::ffi::SQLITE_CORRUPT, rusqlite::ffi::SQLITE_NOTADB, rusqlite::ffi::SQLITE_CONSTRAINT] {
            let outcome: Result<(), _> = store.write(|_| Err(damage(code).into()));
            let path = store.path.clone();
            assert!(matches!(outcome, Err(TillError::Damaged { path: found, .. }) if found == path));
        }
        let outcome: Result<(), _> = store.write(|_| Err(damage(rusqlite::ffi::SQLITE_FULL).into()));
        assert!(matches!(outcome, Err(TillError::DiskFull)));
    }
}
