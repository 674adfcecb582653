//! The door for fuzzing: any bytes at all, read as a book.

use super::{FolderBytes, read_json, read_parts, write_json};

/// Reads any bytes as a book: as one JSON file if they begin with `{"rules"`, else as up to four files with a zero byte between
/// them (rules, tariffs, accounts, demands). True if they are a book.
///
/// # Panics
/// If a book that was accepted is not read back equal from what is written of it. That is a fault of this module.
pub fn read_anything(bytes: &[u8]) -> bool {
    let read = if bytes.starts_with(b"{\"rules\"") {
        read_json(bytes)
    } else {
        let mut files = bytes.splitn(4, |byte| *byte == 0);
        let mut next = || files.next().unwrap_or_default();
        read_parts(FolderBytes { rules: next(), tariffs: next(), accounts: next(), demands: next() })
    };
    let Ok(book) = read else { return false };
    let mut written = Vec::new();
    write_json(&book, &mut written).expect("memory takes every byte");
    assert_eq!(read_json(&written[..]).as_ref(), Ok(&book), "a book must be read back as it was written");
    true
}
