//! Folding: what is typed and what is stored are brought to one form before they are compared.
//!
//! Canonical decomposition; marks that people leave out when typing (nukta, Latin accents) dropped; lower case; native
//! digits to Western ones; anything that is neither letter, mark nor digit becomes a blank. Vowel signs stay: they are
//! part of the word.

use raseed_protocol::book::Account;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Nukta has canonical combining class 7 in every Indian script; accents on Latin letters have 200 and above.
const NUKTA: u8 = 7;
const FIRST_ACCENT: u8 = 200;

/// One form for all ways of writing it.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfd() {
        let class = canonical_combining_class(c);
        if class == NUKTA || class >= FIRST_ACCENT || is_joiner(c) {
            continue;
        }
        match western_digit(c) {
            Some(digit) => folded.push(digit),
            None if c.is_alphanumeric() || is_mark(c) => folded.extend(c.to_lowercase()),
            None => folded.push(' '),
        }
    }
    folded
}

/// The line of one account: its words, each after a blank, so that a blank and a prefix find the beginning of a word.
/// The consumer number stands there in parts and as one word, because people leave out the dash.
pub fn account_text(account: &Account) -> String {
    let number = account.id.as_str();
    let joined: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let parts =
        [number, &joined, &account.name, &account.name_latin, &account.house, &account.place, &account.phone_last4];
    let mut text = String::with_capacity(96);
    for word in parts.iter().flat_map(|part| fold(part).split(' ').map(str::to_owned).collect::<Vec<_>>()) {
        if !word.is_empty() {
            text.push(' ');
            text.push_str(&word);
        }
    }
    text
}

/// Zero-width joiner and non-joiner shape a word but do not change it.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// The signs of the Indian scripts from Devanagari to Malayalam (vowel signs, virama, tippi, addak ...).
fn is_mark(c: char) -> bool {
    ('\u{0900}'..='\u{0d7f}').contains(&c) && !matches!(c, '\u{0964}' | '\u{0965}')
}

/// Devanagari, Bengali, Gurmukhi, Gujarati ... digits: in each of these blocks they stand at 0x66 to 0x6f.
fn western_digit(c: char) -> Option<char> {
    let code = u32::from(c);
    let in_block = (0x0900..0x0d80).contains(&code) && (0x66..=0x6f).contains(&(code & 0x7f));
    let value = if in_block { Some((code & 0x7f) - 0x66) } else { c.to_digit(10) };
    value.and_then(|value| char::from_digit(value, 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_writing_meet() {
        for (one, other) in [
            ("GURPREET Kaur", "gurpreet kaur"),
            ("ਗੁਰਪ੍ਰੀਤ ਕੌਰ", "ਗੁਰਪ੍ਰੀਤ\u{200d} ਕੌਰ"),
            ("ਸ਼ਰਮਾ", "ਸਰਮਾ"),
            ("ज़मीन", "जमीन"),
            ("১২৩", "123"),
            ("੪੫", "45"),
            ("१२", "12"),
            ("José", "jose"),
            ("BHG-0217", "bhg 0217"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
        assert_ne!(fold("ਕੌਰ"), fold("ਕਰ"), "vowel signs stay");
    }
}
