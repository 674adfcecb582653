//! The door for fuzzing: any bytes at all, read as a book, or as contacts.

use super::contacts::read_contacts;
use super::{FolderBytes, read_json, read_parts, write_json};
use crate::store::ContactRecord;
use std::convert::Infallible;

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

/// Reads any bytes as a file of contacts, as if the books knew every account and no phone. `None` if they are none.
///
/// # Panics
/// If what was accepted is not read back equal from what is written of it. That is a fault of this module.
pub fn read_any_contacts(bytes: &[u8]) -> Option<Vec<ContactRecord>> {
    let read = |bytes: &[u8]| {
        let read = read_contacts(bytes, |_| Ok::<_, Infallible>(Some(String::new())));
        read.unwrap_or_else(|never| match never {})
    };
    let contacts = read(bytes).ok()?;
    let mut written = "account,phone,language\n".to_owned();
    for contact in &contacts {
        written += &format!("{},{},{}\n", contact.account, contact.phone.expose(), contact.language);
    }
    assert_eq!(read(written.as_bytes()).as_ref(), Ok(&contacts), "contacts must be read back as they were written");
    Some(contacts)
}
