//! Getting at the bytes of a file, bounded, before anything believes them.

use super::MAX_FILE;
use super::fault::Fault;
use super::refusal::Refusals;
use std::io::Read;

/// Reads all of it, up to [`MAX_FILE`].
pub(super) fn read(file: &'static str, reader: impl Read, refusals: &mut Refusals) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Err(error) = reader.take(MAX_FILE + 1).read_to_end(&mut bytes) {
        refusals.file(file, Fault::Unreadable { why: error.kind().to_string() });
        return None;
    }
    Some(bytes)
}

/// Takes off the byte order mark; refuses a file that is too large or in the other Unicode form.
pub(super) fn clean<'a>(file: &'static str, bytes: &'a [u8], refusals: &mut Refusals) -> Option<&'a [u8]> {
    if u64::try_from(bytes.len()).map_or(true, |length| length > MAX_FILE) {
        refusals.file(file, Fault::FileTooLarge { limit_mib: MAX_FILE / 1024 / 1024 });
        return None;
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        refusals.file(file, Fault::Utf16);
        return None;
    }
    Some(bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes))
}
