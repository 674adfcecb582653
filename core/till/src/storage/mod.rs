//! What the storage below the till's folder does with a flush, and what the till does about it. `README.md` beside this file has
//! the reasons, the sources and the figures.
//!
//! It is looked at when a till is enrolled, whenever a file is opened on another kind of storage than before, and every week. A
//! storage that may lose the last receipts is said so; it never stops a till from taking money.

mod class;
mod disk;
mod mounts;

pub use disk::{Disk, MachineDisk};
pub use mounts::{BadMounts, MAX_LIST};

use crate::error::TillError;
use crate::ports::Clock;
use crate::store::{Store, put_storage};
use crate::till::{Ports, Till};
use mounts::Mount;
use raseed_protocol::storage::StorageClass;
use raseed_protocol::time::WallMs;
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;

/// So often a file is flushed to see how long it takes.
const FLUSHES: usize = 16;

/// Quicker than this, in microseconds, no flash memory writes: a flush has reached some memory, if anything.
const TOO_QUICK_US: u32 = 50;

/// After this long it is examined again.
const WEEK_MS: u64 = 7 * 24 * 60 * 60 * 1000;

/// What was found when the storage was examined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StorageStanding {
    /// What a flush is worth on it.
    pub class: StorageClass,
    /// The kind of file system, as the system calls it; empty if it is not known.
    pub filesystem: String,
    /// How long a flush takes, in microseconds: the median of some. It proves nothing; `None` if it could not be measured.
    pub flush_us: Option<u32>,
    /// When, by this device's clock.
    pub examined: WallMs,
    /// True once the head office has been told the class.
    #[serde(skip)]
    pub told: bool,
}

/// Why the last receipts may be lost when the power is cut, and what to do. Money is taken all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StorageTrouble {
    /// The system was told not to flush.
    #[error(
        "the storage of this device is set up so that nothing is flushed: a cut of the power can lose the last receipts. Keep it \
         charged, sync often, and ask for another device"
    )]
    DoesNotFlush,
    /// It is memory.
    #[error(
        "the till's folder is in memory, so a restart loses everything: sync now, then have the till enrolled on a disk"
    )]
    InMemory,
    /// It answers quicker than it can write.
    #[error(
        "the storage of this device says \"written\" sooner than it can be: a cut of the power may lose the last receipts. Keep it \
         charged, sync often, and tell the supervisor"
    )]
    TooQuick,
}

impl StorageTrouble {
    /// A short name for scripts and screens; never changes once released.
    pub fn code(self) -> &'static str {
        match self {
            StorageTrouble::DoesNotFlush => "does-not-flush",
            StorageTrouble::InMemory => "in-memory",
            StorageTrouble::TooQuick => "too-quick",
        }
    }
}

impl StorageStanding {
    /// True if every commit is followed by `syncfs` before anybody hears of it. Where the class is not known it is, too; where
    /// nothing is flushed it would not help.
    pub fn syncs_every_commit(&self) -> bool {
        matches!(self.class, StorageClass::NeedsSyncfs | StorageClass::Unknown)
    }

    /// What a person must be told of it, if anything.
    pub fn trouble(&self) -> Option<StorageTrouble> {
        match self.class {
            StorageClass::DoesNotFlush => Some(StorageTrouble::DoesNotFlush),
            StorageClass::InMemory => Some(StorageTrouble::InMemory),
            // That plain flushes are quick is known of it already; what comes after them is not measured.
            StorageClass::NeedsSyncfs => None,
            StorageClass::Flushes | StorageClass::Unknown => {
                self.flush_us.filter(|flush| *flush < TOO_QUICK_US).map(|_| StorageTrouble::TooQuick)
            }
        }
    }

    fn is_due(&self, seen: &(StorageClass, String), wall: WallMs) -> bool {
        // A clock that was set back counts as a week: better once too often.
        let since = wall.0.checked_sub(self.examined.0);
        (self.class, &self.filesystem) != (seen.0, &seen.1) || since.is_none_or(|since| since >= WEEK_MS)
    }
}

/// What is mounted at this folder (an absolute path without links), by a list in the form of `/proc/self/mountinfo`: its class, and
/// the kind of file system.
///
/// # Errors
/// [`BadMounts`] if the list is not such a list, or is not of this folder's system.
pub fn classify(list: &str, folder: &str) -> Result<(StorageClass, String), BadMounts> {
    let mount = Mount::of(list, folder)?;
    Ok((class::class_of(&mount), mount.filesystem))
}

/// Examines the storage of this folder. What cannot be found out is unknown.
pub(crate) fn examine(folder: &Path, ports: &Ports) -> StorageStanding {
    found(seen(folder, ports.disk.as_ref()), folder, ports)
}

/// Examines the storage of an open file if that is due, and has every commit made as safe as it needs.
pub(crate) fn settle(mut store: Store, folder: &Path, ports: &Ports) -> Result<(Store, StorageStanding), TillError> {
    let seen = seen(folder, ports.disk.as_ref());
    let kept = store.storage()?.filter(|kept| !kept.is_due(&seen, wall(ports.clock.as_ref())));
    let standing = match kept {
        Some(kept) => kept,
        None => {
            let standing = found(seen, folder, ports);
            // A till whose storage is full opens all the same, and this is done the next time.
            if store.write(|transaction| put_storage(transaction, &standing)).is_err() {
                drop(store);
                store = Store::open(folder)?;
            }
            standing
        }
    };
    make_safe(&mut store, &standing, ports)?;
    Ok((store, standing))
}

/// From here on commits are followed by what this storage needs.
pub(crate) fn make_safe(store: &mut Store, standing: &StorageStanding, ports: &Ports) -> Result<(), TillError> {
    store.sync_after_commits(standing.syncs_every_commit().then(|| Arc::clone(&ports.disk)))
}

impl Till {
    /// What is known of the storage of this till.
    pub fn storage(&self) -> &StorageStanding {
        &self.storage
    }

    /// Examines it again if that is due: a till may stay open for weeks.
    pub(crate) fn examine_storage_if_due(&mut self) -> Result<(), TillError> {
        let folder = self.store.folder().to_owned();
        let seen = seen(&folder, self.ports.disk.as_ref());
        if !self.storage.is_due(&seen, wall(self.ports.clock.as_ref())) {
            return Ok(());
        }
        let standing = found(seen, &folder, &self.ports);
        make_safe(&mut self.store, &standing, &self.ports)?;
        self.store.write(|transaction| put_storage(transaction, &standing))?;
        self.storage = standing;
        Ok(())
    }

    /// The head office has been told.
    pub(crate) fn storage_is_told(&mut self) -> Result<(), TillError> {
        if self.storage.told {
            return Ok(());
        }
        let told = StorageStanding { told: true, ..self.storage.clone() };
        self.store.write(|transaction| put_storage(transaction, &told))?;
        self.storage = told;
        Ok(())
    }
}

fn found((class, filesystem): (StorageClass, String), folder: &Path, ports: &Ports) -> StorageStanding {
    let flush_us = ports.disk.flush_times(folder, FLUSHES).ok().and_then(median_us);
    StorageStanding { class, filesystem, flush_us, examined: wall(ports.clock.as_ref()), told: false }
}

fn seen(folder: &Path, disk: &dyn Disk) -> (StorageClass, String) {
    let whole = folder.canonicalize().or_else(|_| std::path::absolute(folder));
    let classified = disk.mounts().ok().zip(whole.ok()).and_then(|(list, folder)| {
        let (class, filesystem) = classify(&list, folder.to_str()?).ok()?;
        Some((class, filesystem.chars().filter(|c| !c.is_control()).take(40).collect()))
    });
    classified.unwrap_or((StorageClass::Unknown, String::new()))
}

fn median_us(mut times: Vec<Duration>) -> Option<u32> {
    times.sort_unstable();
    times.get(times.len() / 2).map(|time| u32::try_from(time.as_micros()).unwrap_or(u32::MAX))
}

/// A clock of no possible year must not stop a note.
fn wall(clock: &dyn Clock) -> WallMs {
    WallMs::bounded(clock.now().wall.0).unwrap_or(WallMs(0))
}
