//! The small texts that both families share, each parsed once: merchant category, reference, postal code.
//!
//! A text that was refused is not repeated in the error: it may be somebody's name.

use thiserror::Error;

/// Why a text cannot stand in a field of a payment code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this is not a {what}: {rule}")]
pub struct FieldError {
    /// What was being read, in the field's own words.
    pub what: &'static str,
    /// What would have been accepted.
    pub rule: &'static str,
}

/// A text type whose every value fits a rule; the rule is one function, so that readers can ask it too.
macro_rules! text_field {
    ($(#[$doc:meta])* $name:ident, $what:literal, $rule:literal, $fits:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The text of it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::qr::FieldError;
            fn from_str(text: &str) -> Result<$name, $crate::qr::FieldError> {
                let fits: fn(&str) -> bool = $fits;
                if fits(text) { Ok($name(text.into())) } else { Err($crate::qr::FieldError { what: $what, rule: $rule }) }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}
pub(crate) use text_field;

text_field!(
    /// Merchant category code (ISO 18245): what the merchant deals in; `4900` is utilities, `9399` government services.
    Mcc, "merchant category code", "four digits, as in 4900", |text| digits(text, 4..=4)
);
text_field!(
    /// The merchant's own reference of one payment (UPI `tr`, Bharat QR 27.01), by which a bank's answer is matched.
    ///
    /// UPI allows up to 35 characters; at least 4 and this alphabet are what every reader seen accepts.
    Reference, "payment reference", "4 to 35 letters, digits, - or _", is_reference
);
text_field!(
    /// An Indian postal code (PIN).
    PinCode, "PIN code", "six digits, the first not 0",
    |text| digits(text, 6..=6) && !text.starts_with('0')
);

/// Whether a text is this many digits and nothing else.
pub(crate) fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// EMVCo's *ans*: the printable ASCII characters, so that characters and bytes are the same number (§4.4.1.1).
pub(crate) fn ans(text: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|b| (b' '..=b'~').contains(&b))
}

fn is_reference(text: &str) -> bool {
    (4..=35).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_bounded() {
        assert!("4900".parse::<Mcc>().is_ok() && "140301".parse::<PinCode>().is_ok());
        for bad in ["", "490", "49000", "49OO", "४९००"] {
            assert!(bad.parse::<Mcc>().is_err(), "{bad}");
        }
        assert!("012345".parse::<PinCode>().is_err() && "1403011".parse::<PinCode>().is_err());
        for good in ["RZPX", "SAS07-1-391", "a_b-", &"x".repeat(35)] {
            assert_eq!(good.parse::<Reference>().unwrap().as_str(), good);
        }
        for bad in ["", "abc", "a b c d", "bill/391", "***", "₹₹₹₹", &"x".repeat(36)] {
            assert!(bad.parse::<Reference>().is_err(), "{bad}");
        }
        assert!(ans("a ~", 1..=3) && !ans("é", 1..=3) && !ans("", 1..=3) && !ans("\t", 1..=3));
    }
}
