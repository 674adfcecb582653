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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[test]
    fn an_endless_file_is_read_to_the_limit_only_and_refused() {
        let mut refusals = Refusals::default();
        let bytes = read("accounts.csv", io::repeat(b'x'), &mut refusals).unwrap();
        assert_eq!(clean("accounts.csv", &bytes, &mut refusals), None);
        let refused = refusals.unless_any(Some(())).unwrap_err();
        assert_eq!(refused.rows[0].what, Fault::FileTooLarge { limit_mib: 256 });
    }

    #[test]
    fn a_reader_that_fails_is_a_refusal() {
        struct Fails;
        impl Read for Fails {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::from(io::ErrorKind::TimedOut))
            }
        }
        let mut refusals = Refusals::default();
        assert_eq!(read("book.json", Fails, &mut refusals), None);
        let text = refusals.unless_any(Some(())).unwrap_err().to_string();
        assert!(text.contains("book.json: the file cannot be read (timed out)"), "{text}");
    }

    #[test]
    fn a_byte_order_mark_is_taken_off_once() {
        let mut refusals = Refusals::default();
        assert_eq!(clean("x", b"\xEF\xBB\xBFa", &mut refusals), Some(&b"a"[..]));
        assert_eq!(clean("x", b"\xFE\xFFa", &mut refusals), None);
    }
}
