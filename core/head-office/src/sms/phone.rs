//! A phone number that messages go to: parsed at the edge, whole, and shown to nobody.

use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A number in E.164 form (ITU-T E.164: `+`, country, subscriber; 8 to 15 digits). There is no `Display`: whoever needs the
/// digits asks for them, and lists show [`Phone::masked`].
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(Box<str>);

/// A text that is no number for messages. It does not say which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "this is not a number that messages can be sent to; write an Indian mobile as 10 digits that begin with 6 to 9, or any other \
     number as + and its country"
)]
pub struct BadPhone;

impl Phone {
    const INDIA: &'static str = "91";

    /// The digits, for the one place that needs them.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Its last four digits: all that the book knows of it.
    pub fn last4(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }

    /// For lists: `••••••4821`.
    pub fn masked(&self) -> String {
        format!("••••••{}", self.last4())
    }

    /// As it stands in the books.
    pub(crate) fn stored(text: &str) -> Option<Phone> {
        text.parse().ok().filter(|phone: &Phone| &*phone.0 == text)
    }

    fn of(digits: &str) -> Result<Phone, BadPhone> {
        let plain = (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        let indian = digits.strip_prefix(Phone::INDIA).is_none_or(is_mobile);
        if plain && indian && !digits.starts_with('0') { Ok(Phone(format!("+{digits}").into())) } else { Err(BadPhone) }
    }
}

/// Reads what people write: spaces, dashes and brackets are left aside; ten digits, also after 0, 91 or +91, are an Indian mobile.
impl FromStr for Phone {
    type Err = BadPhone;

    fn from_str(text: &str) -> Result<Phone, BadPhone> {
        let text: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
        if let Some(digits) = text.strip_prefix('+') {
            return Phone::of(digits);
        }
        let mobile = ["", "0", Phone::INDIA]
            .into_iter()
            .find_map(|before| text.strip_prefix(before).filter(|rest| is_mobile(rest)));
        mobile.map_or(Err(BadPhone), |mobile| Phone::of(&format!("{}{mobile}", Phone::INDIA)))
    }
}

/// An Indian mobile number: ten digits, the first 6 to 9 (National Numbering Plan 2003).
fn is_mobile(digits: &str) -> bool {
    digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.starts_with(['6', '7', '8', '9'])
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_becomes_one_form() {
        for (written, kept) in [
            ("9000004821", "+919000004821"),
            ("90000 04821", "+919000004821"),
            ("090000-04821", "+919000004821"),
            ("919000004821", "+919000004821"),
            ("+91 (90000) 04821", "+919000004821"),
            ("9100004821", "+919100004821"),
            ("+9771234567", "+9771234567"),
        ] {
            assert_eq!(written.parse::<Phone>().as_ref().map(Phone::expose), Ok(kept), "{written}");
            assert_eq!(Phone::stored(kept).as_ref().map(Phone::expose), Some(kept));
        }
    }

    #[test]
    fn what_is_no_number_for_messages_is_refused() {
        for bad in [
            "",
            "4821",
            "5000004821",
            "00000 04821",
            "+91 1722220042",
            "+0123456789",
            "+1234567",
            "+1234567890123456",
            "९०००००४८२१",
            "90000x4821",
        ] {
            assert_eq!(bad.parse::<Phone>(), Err(BadPhone), "{bad}");
        }
        assert_eq!(Phone::stored("9000004821"), None);
    }

    #[test]
    fn it_is_never_shown_whole() {
        let phone: Phone = "9876543210".parse().unwrap();
        assert_eq!((format!("{phone:?}"), phone.masked()), ("Phone(…)".to_owned(), "••••••3210".to_owned()));
    }
}
