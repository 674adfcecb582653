//! One process at a time: a lock on a file beside the database, dropped by the system when the process ends.

use crate::error::TillError;
use std::fs::{File, TryLockError};
use std::path::Path;

/// Held as long as the till is open.
pub struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Takes the lock, or says that another program has it.
    pub fn take(folder: &Path) -> Result<FolderLock, TillError> {
        let storage = |error: std::io::Error| TillError::Storage(format!("{}: {error}", folder.display()));
        let file = File::options().create(true).truncate(false).write(true).open(folder.join("till.lock"));
        let file = file.map_err(storage)?;
        match file.try_lock() {
            Ok(()) => Ok(FolderLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(TillError::InUse),
            Err(TryLockError::Error(error)) => Err(storage(error)),
        }
    }
}
