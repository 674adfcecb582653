//! A crash image: what a machine finds on its storage after the power came back. Built from the log alone, with no I/O.

use crate::damage::{Fate, Rest};
use crate::ops::{FileId, Op};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Files by their paths, and the keys of the vault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// Their contents.
    pub files: BTreeMap<String, Arc<Vec<u8>>>,
    /// Seeds by their names.
    pub vault: BTreeMap<String, [u8; 32]>,
}

impl Image {
    /// The numbers that the files of an image have in the log of a run that begins with it.
    pub fn numbered(&self) -> impl Iterator<Item = (FileId, &String)> {
        self.files.keys().enumerate()
    }

    /// What is left of a run that began here, each of its first calls having met its fate.
    pub fn after(&self, ops: &[Op], fates: &[Fate]) -> Image {
        let mut disk = Disk::of(self);
        for (op, fate) in ops.iter().zip(fates) {
            disk.apply(op, fate);
        }
        disk.image()
    }

    /// Reads all files under a folder.
    pub fn read(root: &Path) -> io::Result<Image> {
        let mut image = Image::default();
        for machine in fs::read_dir(root)? {
            let machine = machine?;
            if !machine.file_type()?.is_dir() {
                continue;
            }
            for file in fs::read_dir(machine.path())? {
                let file = file?;
                let name = format!("{}/{}", machine.file_name().display(), file.file_name().display());
                image.files.insert(name, Arc::new(fs::read(file.path())?));
            }
        }
        Ok(image)
    }

    /// Writes the files under a folder, in place of what is there.
    pub fn write(&self, root: &Path) -> io::Result<()> {
        if root.exists() {
            fs::remove_dir_all(root)?;
        }
        fs::create_dir_all(root)?;
        for (path, bytes) in &self.files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("below the root"))?;
            fs::write(&path, bytes.as_slice())?;
            private(&path)?;
        }
        Ok(())
    }
}

/// Key files are refused if others may read them.
fn private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

/// Names and contents on their way through the log.
struct Disk {
    names: BTreeMap<String, FileId>,
    contents: BTreeMap<FileId, Arc<Vec<u8>>>,
    vault: BTreeMap<String, [u8; 32]>,
}

impl Disk {
    fn of(image: &Image) -> Disk {
        let names = image.numbered().map(|(id, path)| (path.clone(), id)).collect();
        let contents = image.files.values().cloned().enumerate().collect();
        Disk { names, contents, vault: image.vault.clone() }
    }

    fn apply(&mut self, op: &Op, fate: &Fate) {
        match (op, fate) {
            (Op::Write { file, at, data }, Fate::Sectors { size, kept, rest }) => {
                self.torn(*file, *at, data, *size, kept, rest);
            }
            (_, Fate::Nothing) => {}
            (Op::Write { file, at, data }, _) => put(self.content(*file), *at, data),
            (Op::Truncate { file, size }, _) => {
                let content = self.content(*file);
                content.truncate(usize::try_from(*size).unwrap_or(content.len()));
            }
            (Op::Create { file, path }, _) => {
                self.names.insert(path.clone(), *file);
                self.contents.entry(*file).or_default();
            }
            (Op::Delete { path }, _) => {
                self.names.remove(path);
            }
            (Op::Rename { from, to }, _) => {
                if let Some(file) = self.names.remove(from) {
                    self.names.insert(to.clone(), file);
                }
            }
            (Op::Vault { name, seed: Some(seed) }, _) => {
                self.vault.insert(name.clone(), *seed);
            }
            (Op::Vault { name, seed: None }, _) => {
                self.vault.remove(name);
            }
            (Op::Sync { .. } | Op::SyncFailed { .. } | Op::SyncFolder { .. } | Op::Shared { .. }, _) => {}
        }
    }

    fn content(&mut self, file: FileId) -> &mut Vec<u8> {
        Arc::make_mut(self.contents.entry(file).or_default())
    }

    /// Writes the sectors that are kept, and leaves the rest to its damage.
    fn torn(&mut self, file: FileId, at: u64, data: &[u8], size: usize, kept: &[bool], rest: &Rest) {
        let content = self.content(file);
        let had = content.len();
        let begin = usize::try_from(at).expect("a small file");
        // Sectors are places of the storage, not of the write.
        let mut from = 0;
        let mut sector = 0;
        while from < data.len() {
            let to = data.len().min(from + size - (begin + from) % size);
            let place = begin + from;
            let part = &data[from..to];
            let whole = kept.get(sector).copied().unwrap_or(false);
            match rest {
                _ if whole => put(content, at_of(place), part),
                Rest::Old => {}
                Rest::Zero => put(content, at_of(place), &vec![0; part.len()]),
                Rest::LengthOnly if place + part.len() > had => fill_new(content, place, had, part.len(), &[0]),
                Rest::Stale(bytes) if place + part.len() > had => fill_new(content, place, had, part.len(), bytes),
                Rest::LengthOnly | Rest::Stale(_) => {}
            }
            (from, sector) = (to, sector + 1);
        }
    }

    fn image(self) -> Image {
        let Disk { names, contents, vault } = self;
        let files = names.into_iter().map(|(path, id)| (path, contents.get(&id).cloned().unwrap_or_default()));
        Image { files: files.collect(), vault }
    }
}

fn at_of(place: usize) -> u64 {
    u64::try_from(place).expect("a small file")
}

fn put(content: &mut Vec<u8>, at: u64, data: &[u8]) {
    let at = usize::try_from(at).expect("a small file");
    let end = at + data.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[at..end].copy_from_slice(data);
}

/// Lets the file grow over these bytes, with something else in what is new.
fn fill_new(content: &mut Vec<u8>, place: usize, had: usize, length: usize, with: &[u8]) {
    let end = place + length;
    if content.len() < end {
        content.resize(end, 0);
    }
    let with = with.iter().copied().cycle();
    content[place.max(had)..end].iter_mut().zip(with).for_each(|(byte, other)| *byte = other);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Image {
        let files = BTreeMap::from([("T1/a".to_owned(), Arc::new(b"old old old!".to_vec()))]);
        Image { files, vault: BTreeMap::new() }
    }

    fn write(at: u64, data: &[u8]) -> Op {
        Op::Write { file: 0, at, data: data.to_vec() }
    }

    #[test]
    fn what_is_kept_is_written_and_what_is_lost_is_not() {
        let ops = [write(4, b"new"), write(12, b" more")];
        let after = |one, two| base().after(&ops, &[one, two]).files["T1/a"].to_vec();
        assert_eq!(after(Fate::Whole, Fate::Whole), b"old new old! more");
        assert_eq!(after(Fate::Nothing, Fate::Whole), b"old old old! more");
        assert_eq!(after(Fate::Whole, Fate::Nothing), b"old new old!");
    }

    #[test]
    fn a_torn_write_keeps_its_sectors_by_their_places_on_the_storage() {
        let torn = |kept: &[bool], rest| Fate::Sectors { size: 4, kept: kept.to_vec(), rest };
        let after = |fate| base().after(&[write(2, b"0123456789abcd")], &[fate]).files["T1/a"].to_vec();
        assert_eq!(after(torn(&[true, false, true, false], Rest::Old)), b"ol01old 6789");
        assert_eq!(after(torn(&[true, true, true, false], Rest::LengthOnly)), b"ol0123456789\0\0\0\0");
        assert_eq!(after(torn(&[false, true, false, false], Rest::Zero)), b"ol\0\x002345\0\0\0\0\0\0\0\0");
        assert_eq!(after(torn(&[true, false, false, false], Rest::Stale(b"xy".to_vec()))), b"ol01old old!xyxy");
    }

    #[test]
    fn a_name_is_not_its_file() {
        let ops = [
            Op::Create { file: 1, path: "T1/b".into() },
            Op::Write { file: 1, at: 0, data: b"b".to_vec() },
            Op::Delete { path: "T1/b".into() },
            Op::Rename { from: "T1/a".into(), to: "T1/c".into() },
            Op::Truncate { file: 0, size: 3 },
        ];
        let all = base().after(&ops, &vec![Fate::Whole; 5]);
        assert_eq!(all.files.keys().collect::<Vec<_>>(), ["T1/c"]);
        assert_eq!(*all.files["T1/c"], b"old");
        let fates = [Fate::Nothing, Fate::Whole, Fate::Nothing, Fate::Nothing, Fate::Nothing];
        assert_eq!(base().after(&ops, &fates), base(), "without its name nobody finds the file");
        let undeleted = base().after(&ops, &[Fate::Whole, Fate::Whole, Fate::Nothing, Fate::Nothing, Fate::Nothing]);
        assert_eq!(*undeleted.files["T1/b"], b"b");
    }
}
