//! The log of a run: what was asked of the storage, in its order, and what the outside world knew at each moment.
//!
//! Pure data. Paths are relative to the folder of the laboratory, with one folder for each machine (`T1/till.db`).

use std::collections::BTreeMap;

/// A file whatever its name: what SQLite has open stays the same file when its name is gone.
pub type FileId = usize;

/// One thing that happened to the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// A new, empty file. Its name is safe once its folder was synced.
    Create {
        /// Which.
        file: FileId,
        /// Its name.
        path: String,
    },
    /// A name is gone, once its folder was synced.
    Delete {
        /// Which name.
        path: String,
    },
    /// A name was changed, by the till itself and not by SQLite.
    Rename {
        /// Which name.
        from: String,
        /// Into which.
        to: String,
    },
    /// Bytes were written.
    Write {
        /// Into which file.
        file: FileId,
        /// From which byte on.
        at: u64,
        /// What.
        data: Vec<u8>,
    },
    /// The file was made shorter.
    Truncate {
        /// Which.
        file: FileId,
        /// So many bytes are left.
        size: u64,
    },
    /// All that was written into the file before is on the storage, if the storage is honest.
    Sync {
        /// Which.
        file: FileId,
    },
    /// A sync failed. What was written before may be called clean by the system and never reach the storage, however often
    /// the file is synced again.
    SyncFailed {
        /// Of which file.
        file: FileId,
    },
    /// All names of the folder are on the storage, if it is honest.
    SyncFolder {
        /// Which.
        folder: String,
    },
    /// A call on the index in shared memory: a moment at which power can be cut, and nothing that outlives it.
    Shared {
        /// Of which file.
        file: FileId,
    },
    /// The vault took or forgot a key: at once, as its port promises.
    Vault {
        /// Under which name.
        name: String,
        /// The new seed; `None` if it was forgotten.
        seed: Option<[u8; 32]>,
    },
}

impl Op {
    /// The file whose content it changes.
    pub fn writes_to(&self) -> Option<FileId> {
        match self {
            Op::Write { file, .. } | Op::Truncate { file, .. } => Some(*file),
            _ => None,
        }
    }

    /// The folder whose names it changes.
    pub fn names_in(&self) -> Option<&str> {
        match self {
            Op::Create { path, .. } | Op::Delete { path } => Some(folder_of(path)),
            Op::Rename { to, .. } => Some(folder_of(to)),
            _ => None,
        }
    }
}

/// The folder of a path; empty for the root.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What the world outside a till and an office has been told, so that it must be so for ever.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The till's newest incarnation for which `enrol` has returned; 0: none.
    pub incarnation: u16,
    /// True if the till can be gone on with; false from when its key was lost until it is enrolled and opened again.
    pub sound: bool,
    /// So many entries of it were shown or printed.
    pub entries: u64,
    /// So many entries of its earlier lives were shown, by their incarnations: they must lie somewhere in its folder.
    pub earlier: BTreeMap<u16, u64>,
    /// The head office's acknowledgement that the till was seen to have.
    pub acknowledged: u64,
    /// Copies of receipts that a printer reported and the till has noted down, by their places.
    pub copies: BTreeMap<u64, u32>,
    /// The office time of the book that the till showed, in milliseconds.
    pub book: u64,
    /// Wrong tries of the supervisor's PIN that were answered.
    pub wrong_pins: u32,
    /// So many entries of the till the head office has acknowledged, incarnation by incarnation.
    pub held: BTreeMap<u16, u64>,
    /// So many payments the head office has taken down.
    pub payments: usize,
    /// So many bills the head office has taken in.
    pub bills: u64,
}

impl Known {
    /// The till begins another life: what was known of the one before lies in the file that was set aside.
    pub fn begin_life(&mut self, incarnation: u16) {
        let before = std::mem::take(self);
        let mut earlier = before.earlier;
        if before.entries > 0 {
            earlier.insert(before.incarnation, before.entries);
        }
        let Known { held, payments, bills, .. } = before;
        *self = Known { incarnation, earlier, held, payments, bills, ..Known::default() };
    }
}
