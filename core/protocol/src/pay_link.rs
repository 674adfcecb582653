//! The link in a bill's message: the address of a page of the head office on which the bill is paid.
//!
//! `https://<HOST>/P/<bill>/<paise>/<language>`, and nothing else: short enough for a text message, of characters that every
//! message app takes into the link, and ending in a letter. Grammar and sample: `schemas/pay-link.md`. It names no payee, so
//! a forged one can at worst ask for another amount in favour of the head office; and no person.

use crate::ids::BillNumber;
use crate::language::Language;
use crate::money::Paise;
use crate::payment_reference::{PaymentReference, escaped, unescaped};
use crate::qr::Amount;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// Which bill is to be paid, how much was due when the message was written, and in which language the page speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayLink {
    bill: BillNumber,
    amount: Amount,
    language: Language,
}

/// A path that is not one of such a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("that is not the link of a bill; it is as in /P/B2611-00217/26000/pa")]
pub struct NotAPayLink;

impl PayLink {
    /// The longest path, in characters (all are ASCII).
    pub const MAX_PATH: usize = 48;

    /// That of a bill. `None` where nothing is due, or where the bill has no reference of its own
    /// ([`PaymentReference::of_bill`]).
    pub fn new(bill: &BillNumber, payable: Paise, language: Language) -> Option<PayLink> {
        PaymentReference::of_bill(bill)?;
        let amount = Amount::try_from(payable).ok()?;
        Some(PayLink { bill: bill.clone(), amount, language })
    }

    /// Which bill.
    pub fn bill(&self) -> &BillNumber {
        &self.bill
    }

    /// How much was due when the link was made; positive. What is due now only the books know.
    pub fn amount(&self) -> Paise {
        self.amount.paise()
    }

    /// The language of the page.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The same bill in another language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> PayLink {
        PayLink { language, ..self.clone() }
    }

    /// What every such link looks like, with `value` in the places of bill and amount: for whoever lets only known texts pass.
    pub fn pattern(host: &str, value: &str, language: Language) -> String {
        format!("https://{host}{}", path(value, value, language))
    }

    /// The whole link. `host` is what stands between `https://` and the path.
    pub fn at(&self, host: &str) -> String {
        format!("https://{host}{self}")
    }
}

/// The path.
impl fmt::Display for PayLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&path(&escaped(&self.bill), &self.amount().get().to_string(), self.language))
    }
}

fn path(bill: &str, paise: &str, language: Language) -> String {
    format!("/P/{bill}/{paise}/{language}")
}

/// Reads a path, exactly as it is written: one link, one text.
impl FromStr for PayLink {
    type Err = NotAPayLink;

    fn from_str(path: &str) -> Result<PayLink, NotAPayLink> {
        let rest = Some(path).filter(|path| path.len() <= PayLink::MAX_PATH).and_then(|path| path.strip_prefix("/P/"));
        let mut parts = rest.ok_or(NotAPayLink)?.splitn(3, '/');
        let (Some(bill), Some(paise), Some(language)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NotAPayLink);
        };
        let digits = !paise.starts_with('0') && paise.bytes().all(|digit| digit.is_ascii_digit());
        let paise = Some(paise).filter(|_| digits).and_then(|paise| paise.parse().ok()).ok_or(NotAPayLink)?;
        let payable = Paise::new(paise).map_err(|_| NotAPayLink)?;
        // Files and links have one spelling of a tag.
        let language = Language::try_from(language.to_owned()).map_err(|_| NotAPayLink)?;
        PayLink::new(&unescaped(bill).ok_or(NotAPayLink)?, payable, language).ok_or(NotAPayLink)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_sample_of_the_schema() {
        let link = PayLink::new(&"PB/2026_11.0001".parse().unwrap(), Paise::new(26_000).unwrap(), Language::Punjabi);
        let link = link.unwrap();
        assert_eq!(link.at("pay.saswater.example"), "https://pay.saswater.example/P/PB_s2026__11_d0001/26000/pa");
        assert_eq!(link.to_string().parse(), Ok(link.clone()));
        assert_eq!(
            PayLink::pattern("pay.saswater.example", "?", Language::Hindi),
            "https://pay.saswater.example/P/?/?/hi"
        );
        assert_eq!(link.in_language(Language::Bengali).to_string(), "/P/PB_s2026__11_d0001/26000/bn");
    }

    #[test]
    fn nothing_else_is_one() {
        assert!("/P/B2611-00217/26000/pa".parse::<PayLink>().is_ok());
        for other in [
            "",
            "/",
            "/P",
            "/P/",
            "/P/B-1",
            "/P/B-1/5",
            "/P/B-1/5/",
            "/P//5/pa",
            "/P/B-1//pa",
            "/p/B-1/5/pa",
            "P/B-1/5/pa",
            "/P/B-1/5/pa/",
            "/P/B-1/5/pa/x",
            "/P/B-1/5/PA",
            "/P/B-1/5/pa-IN",
            "/P/B-1/5/ta",
            "/P/B-1/05/pa",
            "/P/B-1/0/pa",
            "/P/B-1/-5/pa",
            "/P/B-1/+5/pa",
            "/P/B-1/5.00/pa",
            "/P/B-1/1000000000000/pa",
            "/P/B.1/5/pa",
            "/P/B_1/5/pa",
            "/P/B_/5/pa",
            "/P/-B/5/pa",
            "/P/B%2D1/5/pa",
            "/P/B 1/5/pa",
            "/P/B-1/५/pa",
            "/P/ਬ/5/pa",
            "/P/B-1/5/pa?x=1",
            "/P/B-1/5/pa#x",
            " /P/B-1/5/pa",
            "/P/B-1/5/pa ",
        ] {
            assert_eq!(other.parse::<PayLink>(), Err(NotAPayLink), "{other}");
        }
        let long = format!("/P/B{}/5/pa", "_".repeat(30));
        assert!(long.parse::<PayLink>().is_err());
    }

    #[test]
    fn what_cannot_be_paid_has_none() {
        let bill = "B-1".parse().unwrap();
        assert_eq!(PayLink::new(&bill, Paise::ZERO, Language::English), None);
        assert_eq!(PayLink::new(&bill, Paise::new(-1).unwrap(), Language::English), None);
        assert_eq!(PayLink::new(&bill, Paise::new(1_000_000_000_000).unwrap(), Language::English), None);
    }

    proptest! {
        #[test]
        fn every_link_is_read_back(bill in "[A-Za-z0-9][A-Za-z0-9/._-]{0,19}", paise in 1i64..=999_999_999_999, n in 0usize..4) {
            let payable = Paise::new(paise).unwrap();
            if let Some(link) = PayLink::new(&bill.parse().unwrap(), payable, Language::ALL[n]) {
                let path = link.to_string();
                prop_assert!(path.len() <= PayLink::MAX_PATH, "{path}");
                prop_assert!(path.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_/".contains(&b)));
                prop_assert_eq!(path.parse(), Ok(link));
            }
        }

        #[test]
        fn what_is_read_is_written_the_same(path in "/P/[A-Za-z0-9_./-]{0,12}/[0-9]{0,13}/(en|hi|pa|bn|EN|x)?") {
            if let Ok(link) = path.parse::<PayLink>() {
                prop_assert_eq!(link.to_string(), path);
            }
        }
    }
}
