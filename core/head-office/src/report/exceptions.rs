//! What waits for a person's eye, and closing it.

use crate::error::OfficeError;
use crate::office::Office;
use crate::store::{ExceptionRecord, ForkRecord};
use raseed_protocol::ids::EntryId;
use raseed_protocol::time::WallMs;

/// The most exceptions that one list shows.
const MOST: u32 = 1_000;

impl Office {
    /// The open exceptions, newest first, at most a thousand.
    pub fn exceptions(&self) -> Result<Vec<ExceptionRecord>, OfficeError> {
        Ok(self.store.read(&self.tenant)?.exceptions(true, MOST)?)
    }

    /// The exceptions, open and closed, newest first, at most a thousand.
    pub fn all_exceptions(&self) -> Result<Vec<ExceptionRecord>, OfficeError> {
        Ok(self.store.read(&self.tenant)?.exceptions(false, MOST)?)
    }

    /// Closes an exception that a person has dealt with. It stays in the books.
    pub fn close_exception(&self, entry: &EntryId, code: &str, now: WallMs) -> Result<(), OfficeError> {
        let mut tx = self.store.write(&self.tenant)?;
        if !tx.close(entry, code, now)? {
            return Err(OfficeError::NoSuchException { entry: entry.clone(), code: code.to_owned() });
        }
        Ok(tx.commit()?)
    }

    /// Every proof of a fork: two signed entries at one place.
    pub fn forks(&self) -> Result<Vec<ForkRecord>, OfficeError> {
        Ok(self.store.read(&self.tenant)?.forks()?)
    }
}
