//! One phrase in every language, and the check that each is in its own words and script.

use super::Language;

/// A phrase in the four languages. `{1}` and `{2}` stand for what is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    english: &'static str,
    hindi: &'static str,
    punjabi: &'static str,
    bengali: &'static str,
}

impl Phrase {
    /// English, Hindi, Punjabi, Bengali: all four, always in this order.
    pub const fn new(
        english: &'static str,
        hindi: &'static str,
        punjabi: &'static str,
        bengali: &'static str,
    ) -> Phrase {
        Phrase { english, hindi, punjabi, bengali }
    }

    /// The phrase in one language.
    pub const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Hindi => self.hindi,
            Language::Punjabi => self.punjabi,
            Language::Bengali => self.bengali,
        }
    }

    /// The phrase with its places filled, each language in its own order.
    pub fn fill(self, language: Language, values: &[&str]) -> String {
        let mut text = self.in_language(language).to_owned();
        for (place, value) in (1..).zip(values) {
            text = text.replace(&format!("{{{place}}}"), value);
        }
        text
    }

    /// What is wrong with it, if anything: an empty text, a text in another script, a translation that was forgotten,
    /// places that differ between the languages, or a letter that Unicode writes in two ways and that is not in form C.
    pub fn flaw(self) -> Option<String> {
        Language::ALL.into_iter().find_map(|language| {
            let text = self.in_language(language);
            let flaw = flaw_of(self, language, text)?;
            Some(format!("{language}: \"{text}\" {flaw}"))
        })
    }
}

fn flaw_of(phrase: Phrase, language: Language, text: &str) -> Option<&'static str> {
    if text.trim().is_empty() || text.trim() != text {
        return Some("is empty or has blanks at its ends");
    }
    if language != Language::English && text == phrase.english {
        return Some("is not translated");
    }
    if (1..=9).any(|place| {
        let place = format!("{{{place}}}");
        text.contains(&place) != phrase.english.contains(&place)
    }) {
        return Some("has other places than English");
    }
    if text.contains(is_not_form_c) {
        return Some("has a letter that Unicode form C writes as two characters");
    }
    if text.contains("}।") {
        return Some("has a danda after a place: behind a number it reads as a 1");
    }
    let common = |c: char| c.is_ascii_digit() || " .,:;-'()/{}?".contains(c) || matches!(c, '₹' | '–' | '·');
    let fits = |c: char| common(c) || language.is_own_letter(c);
    (!text.chars().all(fits)).then_some("has a character of another script")
}

/// Letters with a dot below that must be written as the letter and U+093C, U+0A3C or U+09BC, and never as one.
fn is_not_form_c(c: char) -> bool {
    matches!(c, '\u{0958}'..='\u{095F}' | '\u{0A33}' | '\u{0A36}' | '\u{0A59}'..='\u{0A5B}' | '\u{0A5E}')
        || matches!(c, '\u{09DC}' | '\u{09DD}' | '\u{09DF}')
}

/// A table of phrases: a constant each, and all of them with their names for those who check or list them.
macro_rules! phrases {
    ($(#[$about:meta])* $all:ident; $($(#[$doc:meta])* $name:ident: $english:literal, $hindi:literal, $punjabi:literal, $bengali:literal;)*) => {
        $($(#[$doc])* pub const $name: Phrase = Phrase::new($english, $hindi, $punjabi, $bengali);)*
        $(#[$about])*
        pub const $all: &[(&str, Phrase)] = &[$((stringify!($name), $name)),*];
    };
}
pub(super) use phrases;

#[cfg(test)]
mod tests {
    use super::super::{MONTHS, NAMES, bill, complaint, message, pay, receipt};
    use super::*;

    #[test]
    fn every_phrase_is_in_its_own_words_in_every_language() {
        let months = MONTHS.iter().map(|month| ("month", *month));
        let labels = [receipt::LABELS, bill::LABELS, complaint::LABELS, message::LABELS, pay::LABELS, NAMES];
        let all = labels.into_iter().flatten().copied().chain(months);
        let flaws: Vec<_> =
            all.filter_map(|(name, phrase)| phrase.flaw().map(|flaw| format!("{name}: {flaw}"))).collect();
        assert!(flaws.is_empty(), "{}", flaws.join("\n"));
    }

    #[test]
    fn a_flaw_is_seen() {
        let good = Phrase::new("Paid {1}", "जमा {1}", "ਜਮ੍ਹਾਂ {1}", "জমা {1}");
        assert_eq!(good.flaw(), None);
        for bad in [
            Phrase { hindi: "", ..good },
            Phrase { english: "Paid {1} रु", ..good },
            Phrase { hindi: "Paid {1}", ..good },
            Phrase { punjabi: "जमा {1}", ..good },
            Phrase { bengali: "Joma {1}", ..good },
            Phrase { bengali: "জমা", ..good },
            Phrase { bengali: "জমা {2}", ..good },
            Phrase { bengali: "{1} সময\u{09DF}\u{09DF}", ..good },
            Phrase { punjabi: "ਜਮ੍ਹਾਂ {1} ", ..good },
            Phrase { hindi: "जमा {1}।", ..good },
        ] {
            assert!(bad.flaw().is_some(), "{bad:?}");
        }
    }

    #[test]
    fn places_are_filled_in_the_order_of_the_language() {
        let phrase = Phrase::new("{1} of {2}", "{2} का {1}", "{2} ਦਾ {1}", "{2}-এর {1}");
        assert_eq!(phrase.fill(Language::English, &["a", "b"]), "a of b");
        assert_eq!(phrase.fill(Language::Hindi, &["a", "b"]), "b का a");
    }
}
