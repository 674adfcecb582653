//! Reading a payment link, strictly where two apps could pay differently: payee, amount, currency, one value a key.
//!
//! Everything else is taken as it comes, because codes in the field are not made by one hand; what a generator may not
//! write is said apart, by [`violations`](super::violations). A `+` is never a blank.

use crate::money::Paise;
use crate::qr::{Amount, AmountFault, Vpa, VpaError};
use percent_encoding::percent_decode_str;
use thiserror::Error;

/// The longest link that is read, in bytes: more than any QR symbol holds.
const MAX_LINK: usize = 4096;
/// The most parameters of a link; the specification names some fifty.
const MAX_PARAMETERS: usize = 64;

/// Why a text is not a payment link that can be trusted to mean one thing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UpiError {
    /// Another link, or one of another kind: a mandate, `upi:pay`, `upi:///pay`.
    #[error("this is not a upi://pay link")]
    NotPay,
    /// More than a link may hold.
    #[error("the link has more than {MAX_LINK} bytes or more than {MAX_PARAMETERS} parameters")]
    TooLong,
    /// A `#`: apps that know the rules of addresses do not read what follows it, the others do.
    #[error("the link has a # in it, and apps differ on what that ends; ask for a code without it")]
    Fragment,
    /// Two values for one key, whichever way the key is written.
    #[error("the link says {key} twice, with different values; do not pay with it")]
    TwoValues {
        /// The key, in small letters.
        key: String,
    },
    /// Nobody to pay.
    #[error("the link has no payee (pa)")]
    PayeeMissing,
    /// A payee that is no UPI ID.
    #[error("the payee (pa) of the link is not a UPI ID: {0}")]
    BadPayee(VpaError),
    /// An amount that cannot be read exactly.
    #[error("the amount {key} of the link cannot be taken: {why}")]
    BadAmount {
        /// `am` or `mam`.
        key: &'static str,
        /// What is wrong with it.
        why: AmountFault,
    },
    /// Money other than rupees.
    #[error("the link asks for another currency (cu) than INR")]
    BadCurrency,
}

impl UpiError {
    /// A short name for scripts.
    pub fn name(&self) -> &'static str {
        match self {
            UpiError::NotPay => "NotPay",
            UpiError::TooLong => "TooLong",
            UpiError::Fragment => "Fragment",
            UpiError::TwoValues { .. } => "TwoValues",
            UpiError::PayeeMissing => "PayeeMissing",
            UpiError::BadPayee(_) => "BadPayee",
            UpiError::BadAmount { .. } => "BadAmount",
            UpiError::BadCurrency => "BadCurrency",
        }
    }
}

/// One `key=value` of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The key as written.
    pub key: String,
    /// The value as written.
    pub raw: String,
    /// The value, percent-decoded. Bytes that are no UTF-8 are U+FFFD; a `%` that begins no escape stays.
    pub value: String,
}

/// The parameters of a link, in its order, unjudged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    list: Vec<Parameter>,
    /// The scheme and path were in small letters, and every piece was a parameter.
    pub(super) tidy_start: bool,
    pub(super) stray: bool,
}

impl Parameters {
    /// Takes a link apart. White space and a byte order mark around it are not part of it.
    pub fn of(link: &str) -> Result<Parameters, UpiError> {
        let link = link.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if link.len() > MAX_LINK {
            return Err(UpiError::TooLong);
        }
        let (start, query) = link.split_once('?').unwrap_or((link, ""));
        let pay = start.strip_suffix('/').unwrap_or(start);
        if !pay.eq_ignore_ascii_case("upi://pay") {
            return Err(UpiError::NotPay);
        }
        let mut parameters = Parameters { list: Vec::new(), tidy_start: start == "upi://pay", stray: false };
        for piece in query.split('&').filter(|piece| !piece.is_empty()) {
            if parameters.list.len() == MAX_PARAMETERS {
                return Err(UpiError::TooLong);
            }
            parameters.stray |= !piece.contains('=');
            let (key, raw) = piece.split_once('=').unwrap_or((piece, ""));
            parameters.list.push(Parameter { key: key.to_owned(), raw: raw.to_owned(), value: decoded(raw) });
        }
        Ok(parameters)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Parameter> {
        self.list.iter()
    }

    /// The value of a key, whose case does not matter; `None` also for an empty one.
    pub fn get(&self, key: &str) -> Option<&str> {
        let wanted = key.to_ascii_lowercase();
        let found = self.list.iter().find(|parameter| parameter.plain_key() == wanted)?;
        Some(found.value.as_str()).filter(|value| !value.is_empty())
    }

    /// One value for each key: the same one twice is only untidy.
    fn refuse_two_values(&self) -> Result<(), UpiError> {
        let keys: Vec<String> = self.list.iter().map(Parameter::plain_key).collect();
        for (at, key) in keys.iter().enumerate() {
            if let Some(first) = keys[..at].iter().position(|earlier| earlier == key)
                && self.list[first].value != self.list[at].value
            {
                return Err(UpiError::TwoValues { key: key.chars().take(40).collect() });
            }
        }
        Ok(())
    }
}

impl Parameter {
    /// The key as any reader might take it, so that no writing of it hides a second value.
    pub(super) fn plain_key(&self) -> String {
        decoded(&self.key).trim().to_ascii_lowercase()
    }
}

fn decoded(raw: &str) -> String {
    percent_decode_str(raw).decode_utf8_lossy().into_owned()
}

/// A payment link that means one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    parameters: Parameters,
    payee: Vpa,
    amount: Option<Amount>,
    minimum: Option<Amount>,
}

/// Reads a link.
///
/// # Errors
/// [`UpiError`], whose words say which key and what is wrong.
pub fn read(link: &str) -> Result<Link, UpiError> {
    Link::of(Parameters::of(link)?)
}

impl Link {
    /// Judges the parameters of a link.
    pub fn of(parameters: Parameters) -> Result<Link, UpiError> {
        parameters.refuse_two_values()?;
        let has_fragment = |parameter: &Parameter| parameter.raw.contains('#') || parameter.key.contains('#');
        if parameters.iter().any(has_fragment) {
            return Err(UpiError::Fragment);
        }
        let payee = parameters.get("pa").ok_or(UpiError::PayeeMissing)?.parse().map_err(UpiError::BadPayee)?;
        if parameters.get("cu").is_some_and(|currency| !currency.eq_ignore_ascii_case("INR")) {
            return Err(UpiError::BadCurrency);
        }
        let amount = amount(&parameters, "am")?;
        // Codes with "no floor" in a word are in use; it is no amount, and so there is none.
        let no_floor = parameters.get("mam").is_some_and(|text| text.eq_ignore_ascii_case("null"));
        let minimum = if no_floor { None } else { self::amount(&parameters, "mam")? };
        Ok(Link { parameters, payee, amount, minimum })
    }

    /// Whom it pays.
    pub fn payee(&self) -> &Vpa {
        &self.payee
    }

    /// The amount that it asks for; `None` if the payer is to type one.
    pub fn amount(&self) -> Option<Paise> {
        self.amount.map(Amount::paise)
    }

    /// How far the payer may lower the amount.
    pub fn minimum(&self) -> Option<Paise> {
        self.minimum.map(Amount::paise)
    }

    /// The payee's name as the link claims it. A claim only: the bank knows the name.
    pub fn name(&self) -> Option<&str> {
        self.parameters.get("pn")
    }

    /// The merchant's reference (`tr`).
    pub fn reference(&self) -> Option<&str> {
        self.parameters.get("tr")
    }

    /// Whether the code was made for one payment, by its mode (online or at a counter, signed or not).
    pub fn is_dynamic(&self) -> bool {
        matches!(self.parameters.get("mode"), Some("15" | "16" | "22" | "23"))
    }

    /// Every parameter.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }
}

fn amount(parameters: &Parameters, key: &'static str) -> Result<Option<Amount>, UpiError> {
    let text = parameters.get(key);
    text.map(Amount::read).transpose().map_err(|why| UpiError::BadAmount { key, why })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_key_and_nothing_that_stood_in_it() {
        for (link, message) in [
            (
                "upi://pay?pa=someone",
                "the payee (pa) of the link is not a UPI ID: a UPI ID has exactly one @, as in name@bank",
            ),
            (
                "upi://pay?pa=a@ybl&am=1.005",
                "the amount am of the link cannot be taken: it has more than two digits after the point",
            ),
            ("upi://pay?pa=a@ybl&AM=1&am=2", "the link says am twice, with different values; do not pay with it"),
        ] {
            assert_eq!(read(link).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn no_writing_of_a_key_hides_a_second_value() {
        for second in ["pa", "PA", "%70a", "pa%20", " pa"] {
            let link = format!("upi://pay?pa=shop@ybl&{second}=thief@ybl");
            assert_eq!(read(&link), Err(UpiError::TwoValues { key: "pa".into() }), "{link}");
        }
        assert_eq!(read("upi://pay?pa=shop@ybl&PA=shop%40ybl").unwrap().payee().as_str(), "shop@ybl");
        assert_eq!(read("upi://pay?pa=shop@ybl&pa="), Err(UpiError::TwoValues { key: "pa".into() }));
    }

    #[test]
    fn a_plus_is_a_plus() {
        let link = read("\u{feff} upi://pay/?&&pa=a@ybl&&pn=A+B&sign=a+b/==&\n").unwrap();
        assert_eq!((link.name(), link.parameters().get("SIGN")), (Some("A+B"), Some("a+b/==")));
    }

    #[test]
    fn sizes_are_bounded() {
        let parameters = |count: usize| format!("upi://pay?pa=a@ybl{}", "&x=1".repeat(count - 1));
        assert!(read(&parameters(64)).is_ok());
        assert_eq!(read(&parameters(65)), Err(UpiError::TooLong));
        assert_eq!(read(&format!("upi://pay?pa=a@ybl&pn={}", "x".repeat(4096))), Err(UpiError::TooLong));
    }
}
