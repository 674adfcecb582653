//! Finding one's own household at a device that strangers use: by its whole consumer number and nothing less.
//!
//! It must never tell whether a part of a number fits, and never say more of a name than its people need to know it by.

use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::ids::AccountId;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Looked through for whole numbers: the digits alone may begin longer numbers in many villages.
const MOST_ALIKE: usize = 200;

/// The combining class of the sign that joins a letter to the next one, in every Indian script.
const VIRAMA: u8 = 9;

impl Till {
    /// The household whose whole consumer number this is. `None` for a part of a number, and for digits that several
    /// villages have: then the number must be typed with its letters.
    pub fn find_own(&mut self, number: &str) -> Result<Option<AccountId>, TillError> {
        self.warm_finder()?;
        let finder = self.finder.as_ref().expect("just warmed");
        let mut own = None;
        for at in finder.find(number, MOST_ALIKE) {
            let Some(stored) = self.store.account_by_number(at)? else { continue };
            let found = crate::search::Found::from(stored.account);
            if !found.has_number(number) {
                continue;
            }
            if own.is_some() {
                return Ok(None);
            }
            own = Some(found.account);
        }
        Ok(own)
    }
}

/// A name that only those recognise who know it: the first letter of each word, with its vowel sign, and dots.
pub fn masked_name(name: &str) -> String {
    name.split_whitespace().map(masked_word).collect::<Vec<_>>().join(" ")
}

/// Three dots whatever the length of the word, which would tell something.
fn masked_word(word: &str) -> String {
    let mut letters = word.chars();
    let mut masked: String = letters.next().into_iter().collect();
    masked.extend(letters.take_while(|&c| is_combining_mark(c) && canonical_combining_class(c) != VIRAMA));
    masked.push_str("•••");
    masked
}

#[cfg(test)]
mod tests {
    use super::masked_name;

    #[test]
    fn a_masked_name_keeps_its_first_letters_in_every_script() {
        for (name, masked) in [
            ("Gurpreet Kaur", "G••• K•••"),
            ("गुरप्रीत कौर", "गु••• कौ•••"),
            ("ਗੁਰਪ੍ਰੀਤ ਕੌਰ", "ਗੁ••• ਕੌ•••"),
            ("প্রিয়া দাস", "প••• দা•••"),
            ("  R.  ", "R•••"),
            ("", ""),
        ] {
            assert_eq!(masked_name(name), masked);
        }
    }
}
