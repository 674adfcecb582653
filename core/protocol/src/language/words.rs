//! An amount in words, as it is written on a cheque or a receipt. Whole numbers only; every amount has words.

use super::Language;
use super::below_hundred::below_hundred;
use crate::money::Paise;

/// An amount in words: `Rupees two hundred and sixty only`, `दो सौ साठ रुपये मात्र`.
pub fn words(amount: Paise, language: Language) -> String {
    let (rupees, paise) = (amount.get().unsigned_abs() / 100, amount.get().unsigned_abs() % 100);
    let parts = match language {
        Language::English => english(rupees, paise),
        Language::Hindi => counted(rupees, paise, language, &HINDI),
        Language::Punjabi => counted(rupees, paise, language, &PUNJABI),
        Language::Bengali => counted(rupees, paise, language, &BENGALI),
    };
    if amount < Paise::ZERO { format!("{} {parts}", minus(language)) } else { parts }
}

/// The money words of a language that says the number first: one rupee, several, one paisa, several, and "only".
struct Money {
    rupee: &'static str,
    rupees: &'static str,
    paisa: &'static str,
    paise: &'static str,
    only: &'static str,
}

const HINDI: Money = Money {
    rupee: "रुपया", rupees: "रुपये", paisa: "पैसा", paise: "पैसे", only: "मात्र"
};
const PUNJABI: Money = Money {
    rupee: "ਰੁਪਇਆ", rupees: "ਰੁਪਏ", paisa: "ਪੈਸਾ", paise: "ਪੈਸੇ", only: "ਸਿਰਫ਼"
};
const BENGALI: Money = Money {
    rupee: "টাকা", rupees: "টাকা", paisa: "পয়সা", paise: "পয়সা", only: "মাত্র"
};

fn counted(rupees: u64, paise: u64, language: Language, money: &Money) -> String {
    let mut parts = Vec::with_capacity(3);
    if rupees > 0 || paise == 0 {
        let unit = if rupees == 1 { money.rupee } else { money.rupees };
        parts.push(format!("{} {unit}", number(rupees, language)));
    }
    if paise > 0 {
        let unit = if paise == 1 { money.paisa } else { money.paise };
        parts.push(format!("{} {unit}", number(paise, language)));
    }
    parts.push(money.only.to_owned());
    parts.join(" ")
}

/// English names the money before the number, so that nothing can be written in front of it.
fn english(rupees: u64, paise: u64) -> String {
    let count = |value| number(value, Language::English);
    let unit = if rupees == 1 { "Rupee" } else { "Rupees" };
    let (small, capital) = if paise == 1 { ("paisa", "Paisa") } else { ("paise", "Paise") };
    match (rupees, paise) {
        (_, 0) => format!("{unit} {} only", count(rupees)),
        (0, _) => format!("{capital} {} only", count(paise)),
        _ => format!("{unit} {} and {} {small} only", count(rupees), count(paise)),
    }
}

fn minus(language: Language) -> &'static str {
    match language {
        Language::English => "Minus",
        Language::Hindi => "माइनस",
        Language::Punjabi => "ਮਾਈਨਸ",
        Language::Bengali => "মাইনাস",
    }
}

const CRORE: u64 = 10_000_000;
const LAKH: u64 = 100_000;
const THOUSAND: u64 = 1_000;

/// Any whole number, grouped the Indian way; beyond a crore, crores are counted again.
fn number(value: u64, language: Language) -> String {
    let mut parts = Vec::with_capacity(6);
    let groups = [value / CRORE, value % CRORE / LAKH, value % LAKH / THOUSAND];
    for (count, scale) in groups.into_iter().zip(scales(language)) {
        if count > 0 {
            parts.push(number(count, language));
            parts.push(scale.to_owned());
        }
    }
    below_thousand(value % THOUSAND, parts, language)
}

fn scales(language: Language) -> [&'static str; 3] {
    match language {
        Language::English => ["crore", "lakh", "thousand"],
        Language::Hindi => ["करोड़", "लाख", "हज़ार"],
        Language::Punjabi => ["ਕਰੋੜ", "ਲੱਖ", "ਹਜ਼ਾਰ"],
        Language::Bengali => ["কোটি", "লাখ", "হাজার"],
    }
}

/// The end of a number, after the parts before it.
fn below_thousand(value: u64, mut parts: Vec<String>, language: Language) -> String {
    let digit = |number: u64| u8::try_from(number).expect("a remainder below a hundred");
    if value >= 100 {
        parts.push(hundreds(digit(value / 100), language));
    }
    let rest = digit(value % 100);
    if rest > 0 || parts.is_empty() {
        if language == Language::English && !parts.is_empty() {
            parts.push("and".to_owned());
        }
        parts.push(below_hundred(rest, language));
    }
    parts.join(" ")
}

fn hundreds(count: u8, language: Language) -> String {
    let counted = |hundred: &str| format!("{} {hundred}", below_hundred(count, language));
    match language {
        Language::English => counted("hundred"),
        Language::Hindi => counted("सौ"),
        Language::Punjabi => counted("ਸੌ"),
        Language::Bengali => BENGALI_HUNDREDS[usize::from(count) - 1].to_owned(),
    }
}

/// Bengali has a word for each hundred.
const BENGALI_HUNDREDS: [&str; 9] = ["একশো", "দুশো", "তিনশো", "চারশো", "পাঁচশো", "ছশো", "সাতশো", "আটশো", "নশো"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::MAX_PAISE;
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn said(paise: i64, language: Language) -> String {
        words(Paise::new(paise).unwrap(), language)
    }

    #[test]
    fn the_least_and_the_most_have_words() {
        use Language::{Bengali, English, Hindi, Punjabi};
        assert_eq!(said(0, English), "Rupees zero only");
        assert_eq!(said(100, English), "Rupee one only");
        assert_eq!(said(1, English), "Paisa one only");
        assert_eq!(said(26_050, English), "Rupees two hundred and sixty and fifty paise only");
        assert_eq!(said(MAX_PAISE, English), "Rupees ten thousand crore only");
        assert_eq!(said(MAX_PAISE, Hindi), "दस हज़ार करोड़ रुपये मात्र");
        assert_eq!(said(-26_050, Punjabi), "ਮਾਈਨਸ ਦੋ ਸੌ ਸੱਠ ਰੁਪਏ ਪੰਜਾਹ ਪੈਸੇ ਸਿਰਫ਼");
        assert_eq!(said(1, Bengali), "এক পয়সা মাত্র");
    }

    #[test]
    fn no_two_small_amounts_sound_the_same() {
        for language in Language::ALL {
            let all: HashSet<String> = (0..300_000).map(|paise| said(paise, language)).collect();
            assert_eq!(all.len(), 300_000, "{language}");
        }
    }

    proptest! {
        #[test]
        fn words_are_in_their_script_and_differ(one in -MAX_PAISE..=MAX_PAISE, other in -MAX_PAISE..=MAX_PAISE) {
            for language in Language::ALL {
                let text = said(one, language);
                let fits = |c: char| language.is_own_letter(c) || c == ' ' || (c == '-' && language == Language::English);
                prop_assert!(!text.is_empty() && text.chars().all(fits), "{text}");
                prop_assert!(!text.contains("  ") && text.trim() == text, "{text}");
                prop_assert_eq!(text == said(other, language), one == other);
            }
        }
    }
}
