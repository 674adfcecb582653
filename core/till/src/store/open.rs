//! Opening the file: lock, settings, version, quick health. A damaged or newer file is left exactly as it is.

use super::Store;
use super::lock::FolderLock;
use crate::error::TillError;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};

/// The name of the till's file in its folder.
pub const FILE_NAME: &str = "till.db";

/// Each migration brings the file from version n to n + 1. Never edited once released; never loses a row.
const MIGRATIONS: [&str; 2] =
    [include_str!("../../migrations/0001_till.sql"), include_str!("../../migrations/0002_day_keys.sql")];

impl Store {
    /// Opens the file in this folder, making folder and file if they are not there.
    pub fn open(folder: &Path) -> Result<Store, TillError> {
        make_folder(folder).map_err(|e| TillError::Storage(format!("{}: {e}", folder.display())))?;
        let lock = FolderLock::take(folder)?;
        let path = folder.join(FILE_NAME);
        if !path.exists() && folder.join(format!("{FILE_NAME}-wal")).exists() {
            let what = "its log is there, but the file itself is not".to_owned();
            return Err(TillError::Damaged { path, what });
        }
        let connection = open_connection(&path).map_err(|error| error.in_file(&path))?;
        Ok(Store { connection, path, stopped: false, sync: None, rules: OnceCell::new(), _lock: lock })
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

/// Makes the folder durably, if it is not there: a file that is flushed is lost with a folder whose name was not.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    owner_only(folder)?;
    folder.parent().filter(|above| !above.as_os_str().is_empty()).map_or(Ok(()), sync_folder)
}

/// Makes the folder, if it is not there, for its owner alone: names and the till's key are in it.
#[cfg(unix)]
fn owner_only(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn owner_only(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

/// Moves a file and its companions aside, under a name that is not taken. Nothing is ever deleted.
///
/// The file goes first: without its log it may read as a healthy file of an earlier day, and numbers would be given
/// twice. A log that is left alone by a cut is found by [`Store::open`].
pub fn set_aside(folder: &Path) -> Result<PathBuf, TillError> {
    let _lock = FolderLock::take(folder)?;
    let storage = |error: std::io::Error| TillError::Storage(error.to_string());
    let name = |number: u32, companion: &str| folder.join(format!("{FILE_NAME}.damaged-{number}{companion}"));
    let is_free = |number: &u32| COMPANIONS.iter().all(|companion| !name(*number, companion).exists());
    let number = (1..).find(is_free).expect("some number is free");
    let from = |companion: &str| folder.join(format!("{FILE_NAME}{companion}"));
    let found: Vec<&str> = COMPANIONS.into_iter().filter(|companion| from(companion).exists()).collect();
    for companion in &found {
        fs::rename(from(companion), name(number, companion)).map_err(storage)?;
        // Each name before the next, and all before a new file takes the old name: or the storage may keep the new file under
        // it, and the old one under none.
        sync_folder(folder).map_err(storage)?;
    }
    Ok(name(number, found.first().unwrap_or(&"")))
}

/// Makes names durable.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

/// The file itself, its log, and the log's index.
const COMPANIONS: [&str; 3] = ["", "-wal", "-shm"];

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
    // Or SQLite plans a statement anew whenever a bound value of a range changes: a tenth of a payment's time.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    migrate(&mut connection)?;
    make_durable(&connection, path)?;
    Ok(connection)
}

/// Makes durable what the last process left in the log.
///
/// A process that was killed between writing a commit and flushing it leaves an entry that reads as committed but is in
/// the system's memory alone. It must not be shown (as the answer to a repeated request) before it is on the storage.
/// The checkpoint writes it anew, because after a flush that failed the system may call the old pages clean.
fn make_durable(connection: &Connection, path: &Path) -> Result<(), TillError> {
    let log = PathBuf::from(format!("{}-wal", path.display()));
    if fs::metadata(&log).map_or(0, |log| log.len()) == 0 {
        return Ok(());
    }
    match connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0)) {
        Ok(false) => Ok(()),
        // No room for the copy, or a reader holds it up: the log itself can still be flushed.
        Ok(true) | Err(_) => fs::File::open(&log)
            .and_then(|log| log.sync_all())
            .map_err(|error| TillError::Storage(format!("{}: {error}", log.display()))),
    }
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

impl Store {
    /// An error with the path of this file where it is about the file.
    pub fn explain(&self, error: rusqlite::Error) -> TillError {
        TillError::from(error).in_file(&self.path)
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

    #[cfg(unix)]
    #[test]
    fn a_new_folder_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("till");
        Store::open(&folder).unwrap();
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
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

    /// A file and its log as a killed process leaves them.
    #[test]
    fn what_a_killed_process_left_in_the_log_is_durable_before_anything_is_read() {
        let (alive, left) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut store = Store::open(alive.path()).unwrap();
        store.write(|transaction| Ok(transaction.execute_batch("INSERT INTO tariff VALUES ('A', x'00')")?)).unwrap();
        for name in [FILE_NAME.to_owned(), format!("{FILE_NAME}-wal")] {
            fs::copy(alive.path().join(&name), left.path().join(&name)).unwrap();
        }
        let log = left.path().join(format!("{FILE_NAME}-wal"));
        assert!(fs::metadata(&log).unwrap().len() > 0);
        let store = Store::open(left.path()).unwrap();
        assert_eq!(fs::metadata(&log).unwrap().len(), 0, "it was written into the file and flushed");
        let count: i64 = store.read().unwrap().query_row("SELECT count(*) FROM tariff", [], |row| row.get(0)).unwrap();
        assert_eq!(count, 1);
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
