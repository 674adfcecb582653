//! Formats that cannot be taken back: what is listed in `schemas/FROZEN.sha256` stays as it is, byte for byte.
//!
//! The list is in the form of `sha256sum`, with paths from the root: `sha256sum -c schemas/FROZEN.sha256` checks it too.

use crate::none;
use crate::tree::{File, files, lines};
use raseed_protocol::keys::Hash;

const LIST: &str = "schemas/FROZEN.sha256";

#[test]
fn frozen_files_are_unchanged() {
    let files = files();
    none("a released format is never edited; add a new version", &changed(&list(&files), &files));
}

#[test]
fn migrations_are_numbered_without_gaps_and_frozen_in_order() {
    let files = files();
    let mut migrations: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    migrations.retain(|path| path.contains("/migrations/") && path.ends_with(".sql"));
    migrations.sort_unstable();
    none("migrations are numbered .sql files, never edited, never left out", &misnumbered(&migrations, &list(&files)));
}

fn list(files: &[File]) -> String {
    let list = files.iter().find(|file| file.path == LIST).and_then(File::text);
    list.expect("schemas/FROZEN.sha256 is there, though it may be empty").to_owned()
}

fn changed(list: &str, files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for (number, line) in lines(list) {
        let Some((hash, path)) = line.split_once("  ") else {
            findings.push(format!("{LIST}:{number}: not in the form of sha256sum"));
            continue;
        };
        match files.iter().find(|file| file.path == path) {
            None => findings.push(format!("{LIST}:{number}: {path} is gone")),
            Some(file) if Hash::of(&file.bytes).to_string() != hash => {
                findings.push(format!("{LIST}:{number}: {path} was changed"));
            }
            Some(_) => {}
        }
    }
    findings
}

/// `paths` in order. In each folder the numbers go 0001, 0002 ..., and what is frozen is the beginning.
fn misnumbered(paths: &[&str], list: &str) -> Vec<String> {
    let mut findings = Vec::new();
    let (mut folder, mut expected, mut open) = ("", 1, None);
    for path in paths {
        let (its_folder, name) = path.rsplit_once('/').expect("migrations are in a folder");
        if its_folder != folder {
            (folder, expected, open) = (its_folder, 1, None);
        }
        if !name.starts_with(&format!("{expected:04}_")) {
            findings.push(format!("{path}:1: expected number {expected:04}"));
        }
        expected += 1;
        match (list.lines().any(|line| line.ends_with(&format!("  {path}"))), open) {
            (true, Some(open)) => findings.push(format!("{path}:1: frozen, but {open} before it is not")),
            (false, None) => open = Some(*path),
            _ => {}
        }
    }
    findings
}

#[test]
fn changes_and_gaps_are_seen() {
    let file = |path: &str| File { path: path.into(), bytes: b"one".to_vec() };
    let good = format!("{}  schemas/a.cddl\n", Hash::of(b"one"));
    assert!(changed(&good, &[file("schemas/a.cddl")]).is_empty());
    assert_eq!(changed(&good, &[]).len(), 1);
    assert_eq!(changed(&good.replacen(&good[..2], "zz", 1), &[file("schemas/a.cddl")]).len(), 1);
    let paths = ["a/migrations/0001_x.sql", "a/migrations/0003_y.sql", "b/migrations/0001_z.sql"];
    assert_eq!(misnumbered(&paths, ""), ["a/migrations/0003_y.sql:1: expected number 0002"]);
    let second = "00  a/migrations/0002_y.sql";
    assert_eq!(misnumbered(&["a/migrations/0001_x.sql", "a/migrations/0002_y.sql"], second).len(), 1);
}
