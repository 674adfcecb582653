//! The one open till behind all sub-clients: opened when it is first needed, opened again after a failure, lent for one
//! call at a time.

use crate::error::RaseedError;
use crate::language::Language;
use crate::ports::DevicePorts;
use crate::turns::Turns;
use raseed_till::sync::Lend;
use raseed_till::{Till, TillError};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What the sub-clients share.
pub(crate) struct Shared {
    pub(crate) folder: PathBuf,
    pub(crate) ports: DevicePorts,
    pub(crate) language: Mutex<Language>,
    pub(crate) turns: Turns,
    rehearsal: bool,
    till: Mutex<Option<Till>>,
}

impl Shared {
    pub(crate) fn new(folder: PathBuf, ports: DevicePorts, language: Language, rehearsal: bool) -> Shared {
        let (language, turns, till) = (Mutex::new(language), Turns::default(), Mutex::new(None));
        Shared { folder, ports, language, turns, rehearsal, till }
    }

    /// The language of the screens.
    pub(crate) fn language(&self) -> Language {
        *self.language.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs one call on the till.
    pub(crate) fn till<T>(&self, call: impl FnOnce(&mut Till) -> Result<T, TillError>) -> Result<T, RaseedError> {
        self.lend(call).map_err(|error| RaseedError::from_till(error, self.language()))
    }

    /// Closes the till, so that the next call opens it and it checks itself.
    pub(crate) fn close(&self) {
        *self.hold() = None;
    }

    fn lend<T>(&self, call: impl FnOnce(&mut Till) -> Result<T, TillError>) -> Result<T, TillError> {
        let mut held = self.hold();
        // Taken out while it works: if a call panics, the till is not there any more, and the next call opens it afresh.
        let mut till = match held.take() {
            Some(till) => till,
            None => self.open()?,
        };
        let done = call(&mut till);
        if !matches!(done, Err(TillError::Stopped | TillError::CommitUnknown | TillError::DiskFull)) {
            *held = Some(till);
        }
        done
    }

    fn open(&self) -> Result<Till, TillError> {
        let till = Till::open(&self.folder, self.ports.to_core())?;
        Ok(if self.rehearsal { till.for_rehearsal() } else { till })
    }

    fn hold(&self) -> MutexGuard<'_, Option<Till>> {
        self.till.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lend for &Shared {
    fn lend<T>(&mut self, step: impl FnOnce(&mut Till) -> Result<T, TillError>) -> Result<T, TillError> {
        Shared::lend(self, step)
    }
}
