//! What a piece of text in a book may be, and reading the few values that are text with a rule.
//!
//! Nothing here changes a name: scripts and spellings are kept exactly as they were written.

use super::fault::Fault;
use raseed_protocol::book::Account;

/// True for what cannot be seen and could change how a screen or a receipt shows the rest: control characters, line
/// separators and marks that turn the direction of writing. The joiners that Indian scripts need are not among them.
pub(super) fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}')
}

/// What is wrong with a name, house or place, if anything.
pub(super) fn fault_in(text: &str, needed: bool) -> Option<Fault> {
    let characters = text.chars().count();
    if text.trim().is_empty() {
        return if needed { Some(Fault::Missing) } else { (!text.is_empty()).then_some(Fault::Spaces) };
    }
    if text.chars().any(is_unprintable) {
        return Some(Fault::Unprintable);
    }
    if text.trim().len() != text.len() {
        return Some(Fault::Spaces);
    }
    (characters > Account::MAX_TEXT).then_some(Fault::TooLong { found: characters, limit: Account::MAX_TEXT })
}

/// The last four digits of a phone number, however it is grouped. The rest is dropped here and kept nowhere: a collector
/// needs it only to tell one household from another.
pub(super) fn phone_last4(text: &str) -> Result<String, Fault> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '+')).collect();
    if text.is_empty() {
        return Ok(String::new());
    }
    if !(4..=15).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Fault::Phone);
    }
    Ok(digits[digits.len() - 4..].to_owned())
}

/// A whole number in plain digits, within bounds.
pub(super) fn whole_number(text: &str, low: u32, high: u32) -> Result<u32, Fault> {
    let plain = !text.is_empty() && text.len() <= 10 && text.bytes().all(|b| b.is_ascii_digit());
    let number = if plain { text.parse().ok() } else { None };
    number.filter(|n| (low..=high).contains(n)).ok_or(Fault::Number { low: u64::from(low), high: u64::from(high) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_phone_only_four_digits_stay() {
        for (written, kept) in [("", ""), ("0217", "0217"), ("98765 43210", "3210"), ("+91-(172) 222-0042", "0042")] {
            assert_eq!(phone_last4(written).as_deref(), Ok(kept), "{written}");
        }
        for bad in ["123", "9876543210123456", "98765x3210", "ੳ1234", "-", "੦੧੨੩"] {
            assert_eq!(phone_last4(bad), Err(Fault::Phone), "{bad}");
        }
    }

    #[test]
    fn names_of_any_script_are_text() {
        for good in ["ਗੁਰਪ੍ਰੀਤ ਕੌਰ", "श्री राम\u{200D}", "O'Brien & Sons, \"Flat 2\"", &"ਕ".repeat(80)]
        {
            assert_eq!(fault_in(good, true), None, "{good}");
        }
        assert_eq!(fault_in("", false), None);
        assert_eq!(fault_in("", true), Some(Fault::Missing));
        assert_eq!(fault_in("  ", false), Some(Fault::Spaces));
        assert_eq!(fault_in(" a", true), Some(Fault::Spaces));
        assert_eq!(fault_in("a\tb", true), Some(Fault::Unprintable));
        assert_eq!(fault_in("a\u{202E}b", true), Some(Fault::Unprintable));
        assert_eq!(fault_in(&"ਕ".repeat(81), true), Some(Fault::TooLong { found: 81, limit: 80 }));
    }

    #[test]
    fn numbers_are_plain_digits() {
        assert_eq!(whole_number("0042", 0, 100), Ok(42));
        for bad in ["", "+4", "4.0", "101", "99999999999", "४"] {
            assert!(whole_number(bad, 0, 100).is_err(), "{bad}");
        }
    }
}
