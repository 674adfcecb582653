//! The till's file: SQLite, one connection, one process. The only place with SQL.
//!
//! Nothing here decides anything: it opens, checks, writes and reads rows.

mod book_rows;
mod journal_rows;
mod lock;
mod open;
mod project;

pub use book_rows::{
    BookState, StoredAccount, account_ids, acknowledged as newest_acknowledgement, notices, put_account,
    put_acknowledgement, put_book, put_notice, put_tariff,
};
pub use journal_rows::{AccountEntry, IdentityRow, from_sql, insert_identity};
pub use open::set_aside;

use crate::error::TillError;
use lock::FolderLock;
use raseed_protocol::book::Rules;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::cell::OnceCell;
use std::path::PathBuf;

/// The open file.
pub struct Store {
    connection: Connection,
    path: PathBuf,
    stopped: bool,
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
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = write(&transaction).map_err(|error| open::damaged_or(&self.path, error))?;
        match transaction.commit() {
            Ok(()) => Ok(value),
            Err(error) => {
                self.stopped = true;
                let full = error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull);
                Err(if full { TillError::DiskFull } else { TillError::CommitUnknown })
            }
        }
    }

    /// The connection, for reading.
    pub fn read(&self) -> Result<&Connection, TillError> {
        self.check_running()?;
        Ok(&self.connection)
    }

    fn check_running(&self) -> Result<(), TillError> {
        if self.stopped { Err(TillError::Stopped) } else { Ok(()) }
    }
}
