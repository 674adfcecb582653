//! Files that are carried: written whole or not at all, and read with a bound.

use crate::output::Failure;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

/// Writes a file beside its place, makes it durable, and only then gives it its name: what is pulled out too early is an
/// unfinished file under another name, never half a file under this one.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    place(path, bytes).map_err(Failure::io(path.display()))
}

fn place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let unfinished = path.with_file_name(format!(".{name}.unfinished"));
    let mut file = File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Reads a file of at most `most` bytes.
pub fn read(path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    let file = File::open(path).map_err(Failure::io(path.display()))?;
    let mut bytes = Vec::new();
    let bound = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    file.take(bound).read_to_end(&mut bytes).map_err(Failure::io(path.display()))?;
    if bytes.len() > most {
        let message = format!("{} is larger than any file that is taken; carry in several files", path.display());
        return Err(Failure::new("too-large", message));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sealed");
        fs::write(folder.path().join(".a.sealed.unfinished"), b"from a cut before").unwrap();
        write(&path, b"first").unwrap();
        write(&path, b"second").unwrap();
        assert_eq!(read(&path, 6).unwrap(), b"second");
        assert!(read(&path, 5).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write(&folder.path().join("no/such/folder"), b"x").is_err());
    }
}
