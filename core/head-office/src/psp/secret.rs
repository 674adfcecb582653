//! A secret from a file of its own: readable by its owner alone, wiped from memory, never shown.

use crate::keys::is_exposed;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use thiserror::Error;
use zeroize::Zeroizing;

/// A secret shared with a provider. Its text comes out in no log, error or `Debug`.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

/// Why a secret cannot be used.
#[derive(Debug, Error)]
pub enum BadSecret {
    /// The machine says no.
    #[error("the secret {} cannot be read: {source}; check that the file is there and readable", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the machine says.
        source: std::io::Error,
    },
    /// Others can read it.
    #[error("the secret {} can be read by other users; make it readable by its owner alone (chmod 600)", .0.display())]
    Exposed(PathBuf),
    /// Not a secret at all.
    #[error(
        "a secret has {} to {} printable ASCII characters on one line; copy it again from the provider's page",
        Secret::MIN,
        Secret::MAX
    )]
    Form,
}

impl Secret {
    /// The shortest secret, in characters: shorter ones are guessed.
    pub const MIN: usize = 8;
    /// The longest secret, in characters.
    pub const MAX: usize = 256;

    /// Takes a text as a secret.
    ///
    /// # Errors
    /// [`BadSecret::Form`] for one that is too short, too long, or has characters that cannot be typed.
    pub fn new(text: &str) -> Result<Secret, BadSecret> {
        let good =
            (Secret::MIN..=Secret::MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if good { Ok(Secret(Zeroizing::new(text.to_owned()))) } else { Err(BadSecret::Form) }
    }

    /// Reads the first and only line of a file that nobody but its owner can read.
    ///
    /// # Errors
    /// If it is missing, open to others, or holds no secret.
    pub fn open(path: &Path) -> Result<Secret, BadSecret> {
        let failed = |source| BadSecret::Io { path: path.to_owned(), source };
        let file = File::open(path).map_err(failed)?;
        if is_exposed(&file.metadata().map_err(failed)?) {
            return Err(BadSecret::Exposed(path.to_owned()));
        }
        // Room from the beginning, so that growing leaves no copy behind.
        let mut text = Zeroizing::new(String::with_capacity(Secret::MAX + 4));
        file.take(u64::try_from(Secret::MAX + 3).unwrap_or(u64::MAX)).read_to_string(&mut text).map_err(failed)?;
        Secret::new(text.trim_end_matches(['\r', '\n']))
    }

    /// The text, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_private_file_with_one_line_is_a_secret() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        let write = |text: &str, mode: u32| {
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
        };
        assert!(matches!(Secret::open(&path), Err(BadSecret::Io { .. })));
        write("long-enough\n", 0o600);
        assert_eq!(Secret::open(&path).unwrap().expose(), "long-enough");
        write("long-enough\n", 0o640);
        assert!(matches!(Secret::open(&path), Err(BadSecret::Exposed(_))));
        for bad in ["", "short", "two\nlines-of-it", "with a space", &"x".repeat(257), &"x".repeat(10_000)] {
            write(bad, 0o600);
            assert!(matches!(Secret::open(&path), Err(BadSecret::Form)), "{bad}");
        }
        write(&"x".repeat(256), 0o600);
        assert!(Secret::open(&path).is_ok());
    }

    #[test]
    fn it_is_never_shown() {
        assert_eq!(format!("{:?}", Secret::new("hunter2-hunter2").unwrap()), "Secret(…)");
    }
}
