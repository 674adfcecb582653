//! The link by which a bill in a message is paid, as a pattern: `https://pay.example.org/P/{bill}/{paise}/{language}`.
//!
//! The host and the path are fixed, as the operators want them registered; bill and amount are values of the template.

use raseed_protocol::ids::BillNumber;
use raseed_protocol::language::Language;
use raseed_protocol::money::Paise;
use thiserror::Error;

const BILL: &str = "{bill}";
const PAISE: &str = "{paise}";
const LANGUAGE: &str = "{language}";

/// A pattern that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillLink(String);

/// A pattern that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "bill_link in sms.json cannot be used: write https://host/… with {{bill}} and {{paise}} once each, and {{language}} at most once, in at most {} characters",
    BillLink::MAX
)]
pub struct BadBillLink;

impl BillLink {
    /// The longest pattern, in characters.
    pub const MAX: usize = 100;

    /// Checks a pattern.
    ///
    /// # Errors
    /// [`BadBillLink`] for what is no https address, or lacks its places.
    pub fn new(pattern: &str) -> Result<BillLink, BadBillLink> {
        let times = |place: &str| pattern.matches(place).count();
        let rest = [BILL, PAISE, LANGUAGE].iter().fold(pattern.to_owned(), |rest, place| rest.replace(place, ""));
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte);
        let good = pattern.len() <= BillLink::MAX
            && pattern
                .strip_prefix("https://")
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
            && (times(BILL), times(PAISE)) == (1, 1)
            && times(LANGUAGE) <= 1
            && rest.bytes().all(fits);
        if good { Ok(BillLink(pattern.to_owned())) } else { Err(BadBillLink) }
    }

    /// The bill's number as it stands in a path.
    pub(super) fn bill(bill: &BillNumber) -> String {
        bill.as_str().replace('/', "%2F")
    }

    /// The link of a bill. `bill` is as [`BillLink::bill`] gives it.
    pub(super) fn fill(&self, bill: &str, paise: Paise, language: Language) -> String {
        self.put(bill, &paise.get().to_string(), language)
    }

    /// The same with other things in the places of bill and amount.
    pub(super) fn put(&self, bill: &str, paise: &str, language: Language) -> String {
        self.0.replace(LANGUAGE, language.tag()).replace(PAISE, paise).replace(BILL, bill)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_filled_and_a_bad_one_refused() {
        let link = BillLink::new("https://pay.example.org/P/{bill}/{paise}/{language}").unwrap();
        let bill = BillLink::bill(&"PB/2611.7".parse().unwrap());
        let filled = link.fill(&bill, Paise::new(39_000).unwrap(), Language::Punjabi);
        assert_eq!(filled, "https://pay.example.org/P/PB%2F2611.7/39000/pa");
        for bad in [
            "http://pay.example.org/{bill}/{paise}",
            "https://{bill}.example.org/{paise}",
            "https://pay.example.org/{bill}",
            "https://pay.example.org/{bill}/{bill}/{paise}",
            "https://pay.example.org/{bill}/{paise}/{name}",
            "https://pay.example.org/{bill}/{paise}?a b",
            "",
        ] {
            assert_eq!(BillLink::new(bad), Err(BadBillLink), "{bad}");
        }
    }
}
