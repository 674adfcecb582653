//! The port to the storage below the till's folder, and the real one.

use super::mounts::MAX_LIST;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Duration;

/// What the till asks of the storage itself; rows it reads and writes through SQLite.
pub trait Disk: Send + Sync {
    /// The system's list of mounts, in the form of `/proc/self/mountinfo`.
    fn mounts(&self) -> io::Result<String>;
    /// Writes a small file in this folder and flushes it, so many times or until a second is over: how long each took.
    fn flush_times(&self, folder: &Path, most: usize) -> io::Result<Vec<Duration>>;
    /// Makes durable all that was written to the file system of this folder.
    fn sync_all(&self, folder: &Path) -> io::Result<()>;
}

/// After this long, no further flush is tried.
const ENOUGH: Duration = Duration::from_secs(1);

/// The file that is written and flushed, and removed again.
const PROBE: &str = "flush.probe";

/// The storage of this machine.
pub struct MachineDisk {
    /// Time since any fixed moment, in steps of a microsecond or less.
    since: Box<dyn Fn() -> Duration + Send + Sync>,
}

impl MachineDisk {
    /// With a clock that tells the time since some fixed moment.
    pub fn new(since: impl Fn() -> Duration + Send + Sync + 'static) -> MachineDisk {
        MachineDisk { since: Box::new(since) }
    }
}

impl Disk for MachineDisk {
    fn mounts(&self) -> io::Result<String> {
        let mut list = Vec::new();
        let most = u64::try_from(MAX_LIST).unwrap_or(u64::MAX).saturating_add(1);
        File::open("/proc/self/mountinfo")?.take(most).read_to_end(&mut list)?;
        Ok(String::from_utf8_lossy(&list).into_owned())
    }

    fn flush_times(&self, folder: &Path, most: usize) -> io::Result<Vec<Duration>> {
        let path = folder.join(PROBE);
        let times = self.flush_file(&path, most);
        let removed = fs::remove_file(&path);
        times.and_then(|times| removed.map(|()| times))
    }

    fn sync_all(&self, folder: &Path) -> io::Result<()> {
        sync_filesystem(&File::open(folder)?)
    }
}

impl MachineDisk {
    fn flush_file(&self, path: &Path, most: usize) -> io::Result<Vec<Duration>> {
        let (mut file, mut times) = (File::create(path)?, Vec::new());
        let began = (self.since)();
        for round in 0..most {
            // Other bytes each time: what is the same already needs no writing.
            let block = [u8::try_from(round % 251).unwrap_or_default(); 512];
            file.seek(SeekFrom::Start(0))?;
            file.write_all(&block)?;
            let before = (self.since)();
            file.sync_all()?;
            let after = (self.since)();
            times.push(after.saturating_sub(before));
            if after.saturating_sub(began) > ENOUGH {
                break;
            }
        }
        Ok(times)
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn sync_filesystem(folder: &File) -> io::Result<()> {
    Ok(rustix::fs::syncfs(folder)?)
}

/// Elsewhere there is no such call; a flush of a file is what there is.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn sync_filesystem(folder: &File) -> io::Result<()> {
    folder.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// A clock that goes on by so many microseconds each time it is read.
    fn disk(step_us: u64) -> MachineDisk {
        let now = AtomicU64::new(0);
        MachineDisk::new(move || Duration::from_micros(now.fetch_add(step_us, Ordering::Relaxed)))
    }

    #[test]
    fn a_probe_leaves_nothing_behind_and_is_bounded_in_number_and_time() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(disk(30).flush_times(folder.path(), 16).unwrap(), [Duration::from_micros(30); 16]);
        assert_eq!(disk(300_000).flush_times(folder.path(), 16).unwrap().len(), 2);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(disk(1).flush_times(&folder.path().join("not/there"), 16).is_err());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_machine_lists_its_mounts_and_syncs_a_file_system() {
        let folder = tempfile::tempdir().unwrap();
        let list = disk(1).mounts().unwrap();
        let path = folder.path().canonicalize().unwrap();
        assert!(super::super::mounts::Mount::of(&list, path.to_str().unwrap()).is_ok());
        disk(1).sync_all(folder.path()).unwrap();
        assert!(disk(1).sync_all(&folder.path().join("not/there")).is_err());
    }
}
