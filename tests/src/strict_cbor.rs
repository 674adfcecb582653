//! A second reader of our CBOR profile, written from RFC 8949 §3 and §4.2.1 alone, to be compared with the first.
//!
//! It must never share code with `raseed_protocol::cbor`: what both accept is the profile, and where they differ one of
//! them is wrong. It only says yes or no.

/// Whether these bytes are exactly one value in the profile, nested at most `depth` deep.
pub fn is_one_value(bytes: &[u8], depth: usize) -> bool {
    skip(bytes, depth).is_some_and(<[u8]>::is_empty)
}

/// Skips one value; `None` if it is not in the profile.
fn skip(bytes: &[u8], depth: usize) -> Option<&[u8]> {
    let depth = depth.checked_sub(1)?;
    let (major, argument, mut rest) = head(bytes)?;
    match major {
        0 | 1 => Some(rest),
        2 => Some(take(rest, argument)?.1),
        3 => {
            let (text, rest) = take(rest, argument)?;
            std::str::from_utf8(text).is_ok().then_some(rest)
        }
        4 => {
            for _ in 0..argument {
                rest = skip(rest, depth)?;
            }
            Some(rest)
        }
        5 => {
            let mut last = None;
            for _ in 0..argument {
                let (0, key, after) = head(rest)? else { return None };
                if last.is_some_and(|last| last >= key) {
                    return None;
                }
                last = Some(key);
                rest = skip(after, depth)?;
            }
            Some(rest)
        }
        // Of the simple values only `true`.
        7 if bytes[0] == 0xf5 => Some(rest),
        _ => None,
    }
}

/// The major type and the argument, if it is written in the fewest bytes.
fn head(bytes: &[u8]) -> Option<(u8, u64, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    let (size, least) = match first & 0x1f {
        small @ 0..=23 => return Some((first >> 5, u64::from(small), rest)),
        24 => (1, 24),
        25 => (2, 1 << 8),
        26 => (4, 1 << 16),
        27 => (8, 1 << 32),
        _ => return None,
    };
    let (digits, rest) = rest.split_at_checked(size)?;
    let argument = digits.iter().fold(0u64, |number, &digit| number << 8 | u64::from(digit));
    (argument >= least).then_some((first >> 5, argument, rest))
}

fn take(bytes: &[u8], length: u64) -> Option<(&[u8], &[u8])> {
    bytes.split_at_checked(usize::try_from(length).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_the_examples_of_the_rfc_that_are_in_the_profile() {
        let hex = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap();
        for good in ["00", "17", "1818", "1b000000e8d4a51000", "3903e7", "f5", "40", "4401020304", "62c3bc", "80"] {
            assert!(is_one_value(&hex(good), 4), "{good}");
        }
        assert!(is_one_value(&hex("a201020304"), 4));
        assert!(is_one_value(&hex("8301820203820405"), 4));
        for bad in
            ["", "1817", "f4", "f6", "f7", "f90000", "c11a514b67b0", "5f42010243030405ff", "9fff", "61ff", "0000"]
        {
            assert!(!is_one_value(&hex(bad), 4), "{bad}");
        }
        assert!(!is_one_value(&hex("a203040102"), 4));
        assert!(!is_one_value(&hex("a10102")[..2], 4));
        assert!(!is_one_value(&hex("c249010000000000000000"), 4), "a big number is a tag");
        assert!(!is_one_value(&[0x81; 9], 4));
    }
}
