//! What the till asks of the world: time, random bytes, a place for its key. Everything else it does itself.
//!
//! The storage itself is asked through [`Disk`], beside what is made of its answers.
//!
//! Only composition roots implement these with a real machine; a test can make any world it likes.

pub use crate::storage::{Disk, MachineDisk};
use raseed_protocol::sealed::MAX_FILE;
use raseed_protocol::time::{BootId, ElapsedMs, WallMs};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;
use zeroize::Zeroizing;

/// All clocks at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Wall time. It may be wrong.
    pub wall: WallMs,
    /// Which boot.
    pub boot: BootId,
    /// Time since boot, sleep included.
    pub elapsed: ElapsedMs,
}

/// The device's clocks.
pub trait Clock: Send {
    /// Reads them.
    fn now(&self) -> Now;
}

/// The device's source of random bytes, fit for keys.
pub trait Entropy: Send {
    /// Fills the buffer.
    fn fill(&self, bytes: &mut [u8]);
}

/// Where private keys sleep: a key file on a host, the Keystore on a device.
pub trait Vault: Send {
    /// The seed kept under this name, if there is one.
    fn load(&self, name: &str) -> Result<Option<Zeroizing<[u8; 32]>>, VaultError>;
    /// Keeps a seed durably under this name, replacing what was there.
    fn save(&self, name: &str, seed: &[u8; 32]) -> Result<(), VaultError>;
    /// Forgets a name; no error if there is nothing under it.
    fn forget(&self, name: &str) -> Result<(), VaultError>;
}

/// The vault did not give or take a key.
#[derive(Debug, Error)]
#[error("the key of this device cannot be reached ({0}); unlock the device, or check that its storage is readable")]
pub struct VaultError(pub String);

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> VaultError {
        VaultError(error.to_string())
    }
}

/// A vault for hosts: one file a key, readable by its owner alone.
pub struct FileVault {
    folder: PathBuf,
}

impl FileVault {
    /// A vault in this folder.
    pub fn new(folder: impl Into<PathBuf>) -> FileVault {
        FileVault { folder: folder.into() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.key"))
    }
}

impl Vault for FileVault {
    fn load(&self, name: &str) -> Result<Option<Zeroizing<[u8; 32]>>, VaultError> {
        let bytes = match fs::read(self.path(name)) {
            Ok(bytes) => Zeroizing::new(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let seed = bytes.as_slice().try_into().map_err(|_| VaultError("the key file is damaged".to_owned()))?;
        Ok(Some(Zeroizing::new(seed)))
    }

    fn save(&self, name: &str, seed: &[u8; 32]) -> Result<(), VaultError> {
        fs::create_dir_all(&self.folder)?;
        let path = self.path(name);
        let unfinished = path.with_extension("new");
        let mut file = owner_only(&unfinished)?;
        file.write_all(seed)?;
        file.sync_all()?;
        let before = fs::OpenOptions::new().write(true).open(&path).ok();
        fs::rename(&unfinished, &path)?;
        sync_folder(&self.folder)?;
        wipe(before);
        Ok(())
    }

    fn forget(&self, name: &str) -> Result<(), VaultError> {
        let before = fs::OpenOptions::new().write(true).open(self.path(name)).ok();
        match fs::remove_file(self.path(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => {
                wipe(before);
                Ok(())
            }
        }
    }
}

/// Writes over what a file held that has no name any more. As far as the storage lets it: flash may write elsewhere.
fn wipe(file: Option<fs::File>) {
    if let Some(mut file) = file {
        let _ = file.write_all(&[0; 32]).and_then(|()| file.sync_all());
    }
}

#[cfg(unix)]
fn owner_only(path: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn owner_only(path: &Path) -> io::Result<fs::File> {
    fs::File::create(path)
}

/// Makes a rename durable.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A second place for what is unsent (an SD card, another folder), as numbered segments that only grow. It may be slow, full or
/// gone at any time; nothing that anybody waits for depends on it.
pub trait SecondCopy: Send {
    /// The numbers of the segments there, ascending; also those that other tills wrote.
    fn segments(&self) -> io::Result<Vec<u64>>;
    /// The bytes of a segment, at most [`MAX_FILE`] of them.
    fn read(&self, segment: u64) -> io::Result<Vec<u8>>;
    /// Appends bytes to a segment, making it if it is not there. Need not be durable: it is the second copy.
    fn append(&mut self, segment: u64, bytes: &[u8]) -> io::Result<()>;
    /// Removes a segment.
    fn remove(&mut self, segment: u64) -> io::Result<()>;
}

/// A second copy in a folder: one file a segment, `copy-0000000007.sealed`.
pub struct FolderCopy {
    folder: PathBuf,
    open: Option<(u64, fs::File)>,
}

impl FolderCopy {
    /// A copy in this folder, which is made with the first segment.
    pub fn new(folder: impl Into<PathBuf>) -> FolderCopy {
        FolderCopy { folder: folder.into(), open: None }
    }

    fn path(&self, segment: u64) -> PathBuf {
        self.folder.join(format!("copy-{segment:010}.sealed"))
    }
}

impl SecondCopy for FolderCopy {
    fn segments(&self) -> io::Result<Vec<u64>> {
        let files = match fs::read_dir(&self.folder) {
            Ok(files) => files,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut segments = Vec::new();
        for file in files {
            let name = file?.file_name();
            let number = name.to_str().and_then(|name| name.strip_prefix("copy-")?.strip_suffix(".sealed"));
            segments.extend(number.and_then(|number| number.parse::<u64>().ok()));
        }
        segments.sort_unstable();
        Ok(segments)
    }

    fn read(&self, segment: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let most = u64::try_from(MAX_FILE).unwrap_or(u64::MAX);
        fs::File::open(self.path(segment))?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn append(&mut self, segment: u64, bytes: &[u8]) -> io::Result<()> {
        let mut file = match self.open.take() {
            Some((open, file)) if open == segment => file,
            _ => {
                fs::create_dir_all(&self.folder)?;
                fs::OpenOptions::new().append(true).create(true).open(self.path(segment))?
            }
        };
        file.write_all(bytes)?;
        self.open = Some((segment, file));
        Ok(())
    }

    fn remove(&mut self, segment: u64) -> io::Result<()> {
        fs::remove_file(self.path(segment))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_kept_and_nobody_else_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let vault = FileVault::new(folder.path());
        assert!(vault.load("till").unwrap().is_none());
        vault.save("till", &[1; 32]).unwrap();
        let mut before = fs::File::open(folder.path().join("till.key")).unwrap();
        vault.save("till", &[2; 32]).unwrap();
        let mut left = Vec::new();
        before.read_to_end(&mut left).unwrap();
        assert_eq!(left, [0; 32], "what was there is written over");
        assert_eq!(*vault.load("till").unwrap().unwrap(), [2; 32]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join("till.key")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(folder.path().join("till.key"), b"short").unwrap();
        assert!(vault.load("till").is_err());
    }

    #[test]
    fn segments_grow_and_go_and_strangers_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let mut copy = FolderCopy::new(folder.path().join("made/when/needed"));
        assert!(copy.segments().unwrap().is_empty());
        copy.append(9, b"one").unwrap();
        copy.append(10, b"two").unwrap();
        copy.append(9, b" more").unwrap();
        fs::write(folder.path().join("made/when/needed/holiday.jpg"), b"").unwrap();
        assert_eq!(copy.segments().unwrap(), [9, 10]);
        assert_eq!(copy.read(9).unwrap(), b"one more");
        copy.remove(9).unwrap();
        assert_eq!(copy.segments().unwrap(), [10]);
        assert!(copy.read(9).is_err());
    }
}
