//! A storage that is what a test says it is.

use raseed_till::ports::Disk;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What a test says of a storage, and what was asked of it.
#[derive(Clone)]
pub struct HandDisk(Arc<Mutex<Said>>);

struct Said {
    mount: String,
    flush: Duration,
    fails: bool,
    probes: u32,
    syncs: u32,
}

impl HandDisk {
    /// ext4 as Linux mounts it, on good flash memory.
    pub fn flushing() -> HandDisk {
        HandDisk::mounted("ext4", "rw")
    }

    /// One file system over the whole machine, with these options.
    pub fn mounted(filesystem: &str, options: &str) -> HandDisk {
        let disk = Said { mount: String::new(), flush: Duration::from_micros(700), fails: false, probes: 0, syncs: 0 };
        let disk = HandDisk(Arc::new(Mutex::new(disk)));
        disk.remount(filesystem, options);
        disk
    }

    /// From now on it is mounted so.
    pub fn remount(&self, filesystem: &str, options: &str) {
        self.said(|said| said.mount = format!("1 0 8:1 / / rw - {filesystem} /dev/block/data {options}\n"));
    }

    /// From now on a flush takes so long.
    pub fn flushes_in(&self, time: Duration) {
        self.said(|said| said.flush = time);
    }

    /// From now on syncing fails, or works again.
    pub fn fails(&self, fails: bool) {
        self.said(|said| said.fails = fails);
    }

    /// How often flushes were measured.
    pub fn probes(&self) -> u32 {
        self.said(|said| said.probes)
    }

    /// How often the file system was synced.
    pub fn syncs(&self) -> u32 {
        self.said(|said| said.syncs)
    }

    fn said<T>(&self, with: impl FnOnce(&mut Said) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Disk for HandDisk {
    fn mounts(&self) -> io::Result<String> {
        Ok(self.said(|said| said.mount.clone()))
    }

    fn flush_times(&self, _folder: &Path, most: usize) -> io::Result<Vec<Duration>> {
        self.said(|said| {
            said.probes += 1;
            Ok(vec![said.flush; most])
        })
    }

    fn sync_all(&self, _folder: &Path) -> io::Result<()> {
        self.said(|said| {
            said.syncs += 1;
            if said.fails { Err(io::Error::other("the storage is gone")) } else { Ok(()) }
        })
    }
}
