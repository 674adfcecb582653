//! A virtual payment address (UPI ID): whom to pay.
//!
//! NPCI's grammar is not public, and published checks disagree. This one is what every merchant address seen keeps to.

use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The longest address (UPI Linking Specification 1.6, `pa`).
const MAX: usize = 255;

/// A payee's address: `saswater@sbi`. Its case is kept as given; nothing here says that it exists.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Vpa {
    text: Box<str>,
    at: usize,
}

/// Why a text is not an address. The text is not repeated: it may be a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum VpaError {
    /// No `@`, or more than one.
    #[error("a UPI ID has exactly one @, as in name@bank")]
    NotOneAt,
    /// The part before the `@`.
    #[error(
        "the part of a UPI ID before the @ begins with a letter or digit and goes on with letters, digits, . _ or -"
    )]
    BadName,
    /// The part after the `@`.
    #[error("the part of a UPI ID after the @ is a letter and at least one more letter or digit")]
    BadHandle,
    /// More than 255 characters.
    #[error("a UPI ID has at most {MAX} characters")]
    TooLong,
}

impl VpaError {
    /// A short name for scripts.
    pub fn name(self) -> &'static str {
        match self {
            VpaError::NotOneAt => "NotOneAt",
            VpaError::BadName => "BadName",
            VpaError::BadHandle => "BadHandle",
            VpaError::TooLong => "TooLong",
        }
    }
}

impl Vpa {
    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        &self.text[..self.at]
    }

    /// What stands after the `@`: which bank or app answers for it.
    pub fn handle(&self) -> &str {
        &self.text[self.at + 1..]
    }
}

impl FromStr for Vpa {
    type Err = VpaError;

    fn from_str(text: &str) -> Result<Vpa, VpaError> {
        if text.len() > MAX {
            return Err(VpaError::TooLong);
        }
        let (name, handle) = text.split_once('@').filter(|(_, rest)| !rest.contains('@')).ok_or(VpaError::NotOneAt)?;
        let in_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
        if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) || !name.bytes().all(in_name) {
            return Err(VpaError::BadName);
        }
        let starts_well = handle.starts_with(|c: char| c.is_ascii_alphabetic());
        if handle.len() < 2 || !starts_well || !handle.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(VpaError::BadHandle);
        }
        Ok(Vpa { text: text.into(), at: name.len() })
    }
}

impl fmt::Display for Vpa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_case_and_its_parts() {
        let vpa: Vpa = "MAB.037135005900242@AXISBANK".parse().unwrap();
        assert_eq!((vpa.local(), vpa.handle()), ("MAB.037135005900242", "AXISBANK"));
        assert_eq!(vpa.to_string(), "MAB.037135005900242@AXISBANK");
        let longest = format!("{}@ybl", "x".repeat(251));
        assert_eq!(longest.parse::<Vpa>().unwrap().as_str(), longest);
        assert_eq!(format!("x{longest}").parse::<Vpa>(), Err(VpaError::TooLong));
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        for (text, error) in [
            ("", VpaError::NotOneAt),
            ("name", VpaError::NotOneAt),
            ("a@b@ybl", VpaError::NotOneAt),
            ("@ybl", VpaError::BadName),
            (".name@ybl", VpaError::BadName),
            ("na me@ybl", VpaError::BadName),
            ("n\u{430}me@ybl", VpaError::BadName),
            ("name@", VpaError::BadHandle),
            ("name@y", VpaError::BadHandle),
            ("name@1bl", VpaError::BadHandle),
            ("name@ok.axis", VpaError::BadHandle),
            ("name@ybl\u{202e}", VpaError::BadHandle),
            ("name@ybl\n", VpaError::BadHandle),
        ] {
            assert_eq!(text.parse::<Vpa>(), Err(error), "{text:?}");
        }
    }
}
