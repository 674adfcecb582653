//! Opening the file: lock, settings, version, quick health. A damaged or newer file is left exactly as it is.

use super::Store;
use super::lock::FolderLock;
use crate::error::TillError;
use rusqlite::{Connection, ErrorCode};
use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};

/// The name of the till's file in its folder.
pub const FILE_NAME: &str = "till.db";

/// Each migration brings the file from version n to n + 1. Never edited once released; never loses a row.
const MIGRATIONS: [&str; 1] = [include_str!("../../migrations/0001_till.sql")];

impl Store {
    /// Opens the file in this folder, making folder and file if they are not there.
    pub fn open(folder: &Path) -> Result<Store, TillError> {
        fs::create_dir_all(folder).map_err(|e| TillError::Storage(format!("{}: {e}", folder.display())))?;
        let lock = FolderLock::take(folder)?;
        let path = folder.join(FILE_NAME);
        let connection = open_connection(&path).map_err(|error| damaged_or(&path, error))?;
        Ok(Store { connection, path, stopped: false, rules: OnceCell::new(), _lock: lock })
    }

    /// Reads the whole file: a damaged page is otherwise met only when something on it is wanted.
    pub fn check_file(&self) -> Result<(), TillError> {
        let found: String = self
            .read()?
            .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
            .map_err(|error| self.explain(error))?;
        if found == "ok" { Ok(()) } else { Err(self.damaged(&found)) }
    }

    /// True if there is a file in this folder.
    pub fn exists(folder: &Path) -> bool {
        folder.join(FILE_NAME).exists()
    }
}

/// Moves a damaged file and its companions aside, under a name that is not taken. Nothing is ever deleted.
pub fn set_aside(folder: &Path) -> Result<PathBuf, TillError> {
    let _lock = FolderLock::take(folder)?;
    let storage = |error: std::io::Error| TillError::Storage(error.to_string());
    let number = (1..).find(|n| !folder.join(format!("{FILE_NAME}.damaged-{n}")).exists());
    let aside = folder.join(format!("{FILE_NAME}.damaged-{}", number.expect("some number is free")));
    for companion in ["-wal", "-shm"] {
        let from = folder.join(format!("{FILE_NAME}{companion}"));
        if from.exists() {
            fs::rename(&from, format!("{}{companion}", aside.display())).map_err(storage)?;
        }
    }
    fs::rename(folder.join(FILE_NAME), &aside).map_err(storage)?;
    Ok(aside)
}

fn open_connection(path: &Path) -> Result<Connection, TillError> {
    let mut connection = Connection::open(path)?;
    // FULL: a commit that has returned survives a power cut, on storage that honours flushes.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -8000;
         PRAGMA temp_store = MEMORY;
         PRAGMA journal_size_limit = 4194304;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    migrate(&mut connection)?;
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> Result<(), TillError> {
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = i64::try_from(MIGRATIONS.len()).expect("few migrations");
    if found > known {
        return Err(TillError::NewerFile { found, known });
    }
    for (version, sql) in (1i64..).zip(MIGRATIONS).filter(|(version, _)| *version > found) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Tells damage from other failures.
pub(super) fn damaged_or(path: &Path, error: TillError) -> TillError {
    match error {
        TillError::Storage(what) if is_damage(&what) => TillError::Damaged { path: path.to_owned(), what },
        other => other,
    }
}

/// SQLite's own words for SQLITE_CORRUPT and SQLITE_NOTADB; the code itself was folded into the text on the way.
fn is_damage(what: &str) -> bool {
    what.contains("malformed") || what.contains("not a database")
}

impl Store {
    /// Turns an error that means damage into one that says so.
    pub fn explain(&self, error: rusqlite::Error) -> TillError {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => self.damaged(&error.to_string()),
            _ => error.into(),
        }
    }

    /// This file is damaged.
    pub fn damaged(&self, what: &str) -> TillError {
        TillError::Damaged { path: self.path.clone(), what: what.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_open_once() {
        let folder = tempfile::tempdir().unwrap();
        let first = Store::open(folder.path()).unwrap();
        assert!(matches!(Store::open(folder.path()), Err(TillError::InUse)));
        drop(first);
        assert!(Store::open(folder.path()).is_ok());
    }

    #[test]
    fn a_damaged_file_is_named_and_left_alone_then_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE_NAME);
        fs::write(&file, vec![0xa5; 8192]).unwrap();
        assert!(matches!(Store::open(folder.path()), Err(TillError::Damaged { .. })));
        assert_eq!(fs::read(&file).unwrap(), vec![0xa5; 8192]);
        let aside = set_aside(folder.path()).unwrap();
        assert_eq!(fs::read(aside).unwrap(), vec![0xa5; 8192]);
        assert!(Store::open(folder.path()).is_ok());
    }

    #[test]
    fn a_newer_file_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.connection.pragma_update(None, "user_version", 99).unwrap();
        drop(store);
        assert!(matches!(Store::open(folder.path()), Err(TillError::NewerFile { found: 99, .. })));
    }

    #[test]
    fn the_journal_refuses_change_removal_and_gaps() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let insert = |sequence: i64| {
            let sql = "INSERT INTO journal VALUES (1, ?1, zeroblob(32), x'00')";
            store.connection.execute(sql, [sequence])
        };
        insert(1).unwrap();
        assert!(insert(3).is_err());
        assert!(store.connection.execute("UPDATE journal SET bytes = x'01'", []).is_err());
        assert!(store.connection.execute("DELETE FROM journal", []).is_err());
    }
}
