//! The embedded store: one SQLite file, one writer at a time, any number of readers.
//!
//! WAL with `synchronous=FULL`: a commit that returned is on the disk. It must never touch a file that a newer program,
//! or another program, has written.

mod messages;
mod migrate;
mod payments;
mod read;
mod rows;
mod write;

use super::{Store, StoreError, StoreRead, StoreTx, Stored};
use raseed_protocol::ids::TenantId;
use read::Reader;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use write::Writer;

/// Read connections that are kept open between uses.
const IDLE_READERS: usize = 8;

/// A head office's books in a SQLite file.
pub struct SqliteStore {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl SqliteStore {
    /// Opens the books, or makes them if there is no such file, and brings older ones up to date.
    pub fn open(path: &Path) -> Stored<SqliteStore> {
        let mut writer = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        migrate::refuse_foreign(&writer)?;
        // The pages that a day's posting touches stay in memory, and are written back in large strokes.
        writer.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA cache_size = -131072; PRAGMA wal_autocheckpoint = 16384; PRAGMA journal_size_limit = 134217728;",
        )?;
        migrate::migrate(&mut writer)?;
        Ok(SqliteStore { path: path.to_owned(), writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) })
    }

    fn reader(&self) -> Stored<Connection> {
        if let Some(idle) = lock(&self.readers).pop() {
            return Ok(idle);
        }
        let reader = connect(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        reader.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -8192;")?;
        Ok(reader)
    }

    /// Takes back a connection whose reading is over.
    fn give_back(&self, reader: Connection) {
        let mut idle = lock(&self.readers);
        if idle.len() < IDLE_READERS {
            idle.push(reader);
        }
    }
}

impl Store for SqliteStore {
    fn tenants(&self) -> Stored<Vec<TenantId>> {
        let reader = self.reader()?;
        let tenants = rows::tenants(&reader)?;
        self.give_back(reader);
        Ok(tenants)
    }

    fn read(&self, tenant: &TenantId) -> Stored<Box<dyn StoreRead + '_>> {
        Ok(Box::new(Reader::begin(self, self.reader()?, tenant)?))
    }

    fn write(&self, tenant: &TenantId) -> Stored<Box<dyn StoreTx + '_>> {
        Ok(Box::new(Writer::begin(lock(&self.writer), tenant)?))
    }
}

fn connect(path: &Path, mode: OpenFlags) -> Stored<Connection> {
    let connection = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

/// A panic while it was held has undone its transaction (`Drop`), so what it guards is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        StoreError::Backend(Box::new(error))
    }
}
