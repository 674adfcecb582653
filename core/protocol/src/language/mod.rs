//! The four languages that people at the door read, and everything that the core itself says in them: amounts in words,
//! months, the names of what it knows, the labels of a receipt.
//!
//! One table a subject, one entry a phrase, all four languages in one entry: a phrase that lacks a language cannot be
//! written. Nothing here may change what is signed or stored; it is only how things are shown.

mod below_hundred;
pub mod bill;
pub mod complaint;
pub mod message;
mod months;
mod names;
pub mod pay;
mod phrase;
pub mod receipt;
mod words;

pub use months::MONTHS;
pub(crate) use months::month;
pub use names::NAMES;
pub use phrase::Phrase;
pub use words::words;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A language that receipts and screens can be in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Language {
    /// English as it is written in India.
    #[default]
    English,
    /// Hindi, in Devanagari.
    Hindi,
    /// Punjabi, in Gurmukhi.
    Punjabi,
    /// Bengali, in the Bengali script.
    Bengali,
}

/// What a tenant calls one thing in several languages; those that are missing fall back to its usual name.
pub type Names = BTreeMap<Language, String>;

/// A language tag that is none of ours.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{tag}\" is not a language of this program; choose en, hi, pa or bn")]
pub struct UnknownLanguage {
    /// The tag as given, cut to 20 characters.
    pub tag: String,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Language; 4] = [Language::English, Language::Hindi, Language::Punjabi, Language::Bengali];

    /// Its tag (BCP 47): `en`, `hi`, `pa`, `bn`.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Hindi => "hi",
            Language::Punjabi => "pa",
            Language::Bengali => "bn",
        }
    }

    /// What its own speakers call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Hindi => "हिन्दी",
            Language::Punjabi => "ਪੰਜਾਬੀ",
            Language::Bengali => "বাংলা",
        }
    }

    /// Whether a character is a letter or a sign of its script. The danda (।) is common to the Indian ones.
    pub fn is_own_letter(self, c: char) -> bool {
        match self {
            Language::English => c.is_ascii_alphabetic(),
            Language::Hindi => matches!(c, '\u{0900}'..='\u{097F}'),
            Language::Punjabi => matches!(c, '\u{0A00}'..='\u{0A7F}' | '।'),
            Language::Bengali => matches!(c, '\u{0980}'..='\u{09FF}' | '।'),
        }
    }
}

/// Its tag.
impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.tag())
    }
}

/// Reads a tag; a region or a script after it (`pa-Guru`, `bn_IN`) is left aside, as Android gives them.
impl FromStr for Language {
    type Err = UnknownLanguage;
    fn from_str(tag: &str) -> Result<Language, UnknownLanguage> {
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        let found = Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(first));
        found.ok_or_else(|| UnknownLanguage { tag: tag.chars().take(20).collect() })
    }
}

impl TryFrom<String> for Language {
    type Error = UnknownLanguage;
    fn try_from(tag: String) -> Result<Language, UnknownLanguage> {
        // Files have one spelling of a tag, so that no language can come twice.
        Language::ALL
            .into_iter()
            .find(|language| language.tag() == tag)
            .ok_or_else(|| UnknownLanguage { tag: tag.chars().take(20).collect() })
    }
}

impl From<Language> for String {
    fn from(language: Language) -> String {
        language.tag().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_read_back_from_its_tag() {
        for language in Language::ALL {
            assert_eq!(language.to_string().parse(), Ok(language));
            assert!(language.own_name().chars().all(|c| language.is_own_letter(c)), "{language}");
        }
        assert_eq!("pa-Guru-IN".parse(), Ok(Language::Punjabi));
        assert_eq!("bn_IN".parse(), Ok(Language::Bengali));
        for other in ["", "ta", "english", "pan"] {
            assert_eq!(other.parse::<Language>(), Err(UnknownLanguage { tag: other.to_owned() }));
        }
        assert!(Language::try_from("HI".to_owned()).is_err());
    }
}
