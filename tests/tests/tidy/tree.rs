//! The tree as the rules see it: every text file that is kept, with its path from the root.
//!
//! Never a file that a build or a test run made.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that are made, not kept (the same as in `.gitignore`).
const MADE: &[&str] = &[
    "target",
    ".git",
    "node_modules",
    "__pycache__",
    ".venv",
    "demo",
    "tests/fuzz/corpus",
    "tests/fuzz/artifacts",
    "tests/fuzz/coverage",
    "tests/fuzz/target",
];

/// A kept file.
pub struct File {
    /// From the root, with slashes.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl File {
    /// Its text; `None` for a picture, an archive and the like.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok().filter(|text| !text.contains('\0'))
    }

    /// Whether the name ends so.
    pub fn is(&self, extension: &str) -> bool {
        self.path.ends_with(extension)
    }
}

/// Where the workspace begins.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every kept file.
pub fn files() -> Vec<File> {
    let mut files = Vec::new();
    collect(&root(), "", &mut files);
    assert!(files.iter().any(|file| file.path == "core/protocol/src/lib.rs"), "the tree was not found");
    files
}

/// Every kept text file with this ending under this folder.
pub fn texts(under: &str, extension: &str) -> Vec<(String, String)> {
    let files = files().into_iter().filter(|file| file.path.starts_with(under) && file.is(extension));
    files.filter_map(|file| file.text().map(str::to_owned).map(|text| (file.path, text))).collect()
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let entry = entry.expect("a folder can be read to its end");
        let name = entry.file_name().into_string().expect("file names are plain text");
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        if MADE.iter().any(|made| *made == name || *made == path) {
            continue;
        }
        if entry.file_type().expect("it was just listed").is_dir() {
            collect(&entry.path(), &path, files);
        } else {
            files.push(File { bytes: fs::read(entry.path()).expect("kept files can be read"), path });
        }
    }
}

/// The lines of a text, counted from 1.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line))
}
