//! What a payment link can hold, each value parsed once.
//!
//! Names and notes are cleaned, not refused: a shop is called what it is called, but some apps cut a name at an encoded
//! `&` and show other marks as blanks, so these never get into a link.

use crate::qr::field::text_field;
use crate::qr::{FieldError, Reference};
use std::fmt;
use std::str::FromStr;

text_field!(
    /// A merchant's, store's or terminal's id at its bank (`mid`, `msid`, `mtid`).
    Label, "merchant, store or terminal id", "1 to 20 letters, digits, . _ or -",
    |text| (1..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
);
text_field!(
    /// The id of the payment service provider that made or signed the link (`orgid`); `000000` when there is none.
    OrgId, "provider's organisation id", "6 to 12 letters or digits",
    |text| (6..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
);
text_field!(
    /// A transaction id that the provider has handed out (`tid`). It is never made up by a merchant.
    TransactionId, "transaction id", "35 letters or digits, as the provider gave it",
    |text| text.len() == 35 && text.bytes().all(|b| b.is_ascii_alphanumeric())
);
text_field!(
    /// Where the payer can read more about this one payment (`url`).
    ReferenceUrl, "reference address", "http:// or https://, at most 99 letters, digits, / : . _ ~ or -", is_address
);
text_field!(
    /// Why the payment is made (`purpose`): `00` as usual, `10` a bill of the Bharat Bill Payment System, `08` education ...
    Purpose, "purpose code", "two digits, as in 00", |text| crate::qr::field::digits(text, 2..=2)
);

/// The payee's name as the payer is shown it (`pn`), 1 to 99 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PayeeName(Box<str>);

/// What the payment is for, as the payer is shown it (`tn`), 1 to 50 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Note(Box<str>);

/// How the payer comes to the code, and with it whether it is made for one payment. Each has a code (`mode`) of its own
/// when the link is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Initiation {
    /// A printed code at a counter, for every payer: 01, signed 02.
    StaticOffline(Option<Reference>),
    /// A code for one payment on a screen or paper at a counter: 15, signed 16.
    DynamicOffline(Reference),
    /// The same code for every payer on a web page: 19, signed 20.
    StaticOnline(Option<Reference>),
    /// A code for one payment on a web page: 22, signed 23.
    DynamicOnline(Reference),
    /// A link that opens the payer's app: 04, signed 05.
    Intent(Reference),
}

/// What shows the code (`qrMedium`). `01`, a picture from the gallery, is only ever set by a payer's app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// An app.
    App,
    /// A point-of-sale terminal.
    Pos,
    /// Something printed.
    Physical,
    /// A cash machine.
    Atm,
    /// A web page.
    Web,
}

/// An address with what it leads to; the one is not written without the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The address.
    pub url: ReferenceUrl,
    /// What is there.
    pub category: Category,
}

/// What a reference address leads to (`category`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// An advertisement, 01.
    Advertisement,
    /// The invoice or bill, 02.
    Invoice,
}

/// The merchant's place at its bank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shop {
    /// Merchant id (`mid`).
    pub merchant: Option<Label>,
    /// Store id (`msid`).
    pub store: Option<Label>,
    /// Terminal id (`mtid`).
    pub terminal: Option<Label>,
}

impl Initiation {
    /// The reference that a bank's answer will carry.
    pub fn reference(&self) -> Option<&Reference> {
        match self {
            Initiation::StaticOffline(reference) | Initiation::StaticOnline(reference) => reference.as_ref(),
            Initiation::DynamicOffline(reference)
            | Initiation::DynamicOnline(reference)
            | Initiation::Intent(reference) => Some(reference),
        }
    }

    /// The code of it.
    pub(super) fn mode(&self, signed: bool) -> &'static str {
        match (self, signed) {
            (Initiation::StaticOffline(_), false) => "01",
            (Initiation::StaticOffline(_), true) => "02",
            (Initiation::DynamicOffline(_), false) => "15",
            (Initiation::DynamicOffline(_), true) => "16",
            (Initiation::StaticOnline(_), false) => "19",
            (Initiation::StaticOnline(_), true) => "20",
            (Initiation::DynamicOnline(_), false) => "22",
            (Initiation::DynamicOnline(_), true) => "23",
            (Initiation::Intent(_), false) => "04",
            (Initiation::Intent(_), true) => "05",
        }
    }
}

impl Medium {
    pub(super) fn code(self) -> &'static str {
        match self {
            Medium::App => "02",
            Medium::Pos => "03",
            Medium::Physical => "04",
            Medium::Atm => "05",
            Medium::Web => "06",
        }
    }
}

impl Category {
    pub(super) fn code(self) -> &'static str {
        match self {
            Category::Advertisement => "01",
            Category::Invoice => "02",
        }
    }
}

macro_rules! shown_text {
    ($name:ident, $what:literal, $rule:literal, $max:literal) => {
        impl $name {
            /// The text, cleaned.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = FieldError;
            fn from_str(text: &str) -> Result<$name, FieldError> {
                let refused = FieldError { what: $what, rule: $rule };
                // Cleaning makes a text longer, but never eight times.
                let clean = Some(text).filter(|text| text.len() <= 4 * $max).map(cleaned).ok_or(refused)?;
                if (1..=$max).contains(&clean.chars().count()) { Ok($name(clean.into())) } else { Err(refused) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}
shown_text!(PayeeName, "payee's name", "1 to 99 characters that can be seen", 99);
shown_text!(Note, "payment note", "1 to 50 characters that can be seen", 50);

/// Words for the marks that apps trip over, nothing invisible, one blank between words.
fn cleaned(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => words.push_str(" and "),
            '+' => words.push_str(" plus "),
            '%' => words.push_str(" percent "),
            '@' => words.push_str(" at "),
            // U+FFFD stands for bytes that could not be read, and that is how a reader takes it.
            '#' | '=' | '\u{fffd}' => words.push(' '),
            // The joiners stay: Indian scripts need them between letters.
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {}
            c if c.is_control() => words.push(' '),
            c => words.push(c),
        }
    }
    let clean = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if clean.chars().all(|c| matches!(c, ' ' | '\u{200c}' | '\u{200d}')) { String::new() } else { clean }
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"/:._~-".contains(&b);
    text.len() <= 99 && rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && rest.bytes().all(fits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_apps_trip_over() {
        let name = |text: &str| text.parse::<PayeeName>().map(|name| name.to_string());
        for (given, kept) in [
            ("M&S", "M and S"),
            ("Easy & Co.", "Easy and Co."),
            ("100% Pure", "100 percent Pure"),
            ("  Ration\tShop #5 ", "Ration Shop 5"),
            ("shop@okaxis", "shop at okaxis"),
            ("A=B+C", "A B plus C"),
            ("Evil\u{202e}shop\u{200b}", "Evilshop"),
            ("क्\u{200d}ष जल", "क्\u{200d}ष जल"),
        ] {
            assert_eq!(name(given).as_deref(), Ok(kept), "{given}");
        }
        for bad in ["", " ", "#", "\u{200b}", "\u{200d}", &"x".repeat(100), &"&".repeat(40)] {
            assert!(name(bad).is_err(), "{bad}");
        }
        assert!("x".repeat(50).parse::<Note>().is_ok() && "x".repeat(51).parse::<Note>().is_err());
    }

    #[test]
    fn fields_are_bounded() {
        for good in ["https://a.example/b-c", "http://x"] {
            assert!(good.parse::<ReferenceUrl>().is_ok(), "{good}");
        }
        for bad in ["", "https://", "ftp://x", "https:///x", "https://x?a=b&c", &format!("https://{}", "x".repeat(92))]
        {
            assert!(bad.parse::<ReferenceUrl>().is_err(), "{bad}");
        }
        assert!("000000".parse::<OrgId>().is_ok() && "00000".parse::<OrgId>().is_err());
        assert!("SAS-07".parse::<Label>().is_ok() && "a b".parse::<Label>().is_err());
        assert!("10".parse::<Purpose>().is_ok() && "1".parse::<Purpose>().is_err());
    }
}
