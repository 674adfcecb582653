//! The office's two keys as files: the root key that certifies, and the office key that signs every day.
//!
//! A seed is drawn from the entropy that is passed in, written once with mode 0600 and never overwritten; copies in
//! memory are wiped. Nothing here may log, print or return a seed.

use raseed_protocol::keys::SigningKey;
use raseed_protocol::sealed::OpeningKey;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;
use zeroize::Zeroizing;

/// Fills bytes with what nobody can guess. Only a composition root has one.
pub type Entropy<'a> = &'a mut dyn FnMut(&mut [u8]);

/// The seed of the root key.
pub(crate) const ROOT_FILE: &str = "root.key";
/// The seed of the office key.
pub(crate) const OFFICE_FILE: &str = "office.key";

/// The office's private keys.
pub struct OfficeKeys {
    /// Certifies tills and the office key. May be kept elsewhere later.
    pub root: SigningKey,
    /// Signs acknowledgements and book pages.
    pub office: SigningKey,
    /// Opens files that are sealed for the office key.
    pub opening: OpeningKey,
}

/// The secret of a key.
type Seed = Zeroizing<[u8; 32]>;

/// Why a key file cannot be used.
#[derive(Debug, Error)]
pub enum KeyFileError {
    /// The machine says no.
    #[error("the key file {} cannot be used: {source}; check that it is there and readable", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the machine says.
        source: std::io::Error,
    },
    /// Not 32 bytes.
    #[error("the key file {} is damaged: it should hold 32 bytes; put back a good copy", .0.display())]
    Damaged(PathBuf),
    /// Others can read it.
    #[error("the key file {} can be read by other users; make it readable by its owner alone (chmod 600)", .0.display())]
    Exposed(PathBuf),
}

impl OfficeKeys {
    /// Makes both keys and writes their files, which must not exist yet.
    pub fn create(folder: &Path, entropy: Entropy<'_>) -> Result<OfficeKeys, KeyFileError> {
        let root = create(&folder.join(ROOT_FILE), entropy)?;
        let office = create(&folder.join(OFFICE_FILE), entropy)?;
        Ok(OfficeKeys::of(&root, &office))
    }

    /// Reads both files.
    pub fn open(folder: &Path) -> Result<OfficeKeys, KeyFileError> {
        Ok(OfficeKeys::of(&open(&folder.join(ROOT_FILE))?, &open(&folder.join(OFFICE_FILE))?))
    }

    fn of(root: &Seed, office: &Seed) -> OfficeKeys {
        OfficeKeys {
            root: SigningKey::from_seed(root),
            office: SigningKey::from_seed(office),
            opening: OpeningKey::from_seed(office),
        }
    }
}

fn create(path: &Path, entropy: Entropy<'_>) -> Result<Seed, KeyFileError> {
    let mut seed = Zeroizing::new([0u8; 32]);
    entropy(seed.as_mut_slice());
    let written = new_private_file(path).and_then(|mut file| {
        file.write_all(seed.as_slice())?;
        file.sync_all()
    });
    written.map_err(|source| KeyFileError::Io { path: path.to_owned(), source })?;
    Ok(seed)
}

fn open(path: &Path) -> Result<Seed, KeyFileError> {
    let failed = |source| KeyFileError::Io { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if is_exposed(&metadata) {
        return Err(KeyFileError::Exposed(path.to_owned()));
    }
    if metadata.len() != 32 {
        return Err(KeyFileError::Damaged(path.to_owned()));
    }
    let mut seed = Zeroizing::new([0u8; 32]);
    file.read_exact(seed.as_mut_slice()).map_err(failed)?;
    Ok(seed)
}

fn new_private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
pub(crate) fn is_exposed(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
pub(crate) fn is_exposed(_: &std::fs::Metadata) -> bool {
    false
}
