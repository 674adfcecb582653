//! A payment as a PSP tells of it: the few things that the head office needs, and nothing about the payer.

use super::QrOrder;
use raseed_protocol::money::Paise;
use raseed_protocol::time::WallMs;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// One payment that a PSP says has come (or was given back).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PspPayment {
    /// The PSP's own id of it: the same payment always has the same id (`pay_…`).
    pub id: PspPaymentId,
    /// Our reference (`tr`), if the PSP knows it: 1 to 35 printable ASCII characters, as it stood.
    pub reference: Option<String>,
    /// How much came; positive.
    pub amount: Paise,
    /// The bank's reference (RRN, UTR): 1 to 24 printable ASCII characters without spaces.
    pub rrn: Option<String>,
    /// When it was paid, by the PSP's clock.
    pub paid: WallMs,
}

/// A PSP's own id of a payment: 1 to 40 of `A-Z a-z 0-9 _ - .`
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PspPaymentId(String);

/// A text that is no id of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an id of a payment has 1 to 40 letters A-Z a-z, digits, or _ - .; copy it as the payment provider shows it")]
pub struct BadPaymentId;

impl PspPaymentId {
    const MAX: usize = 40;

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PspPaymentId {
    type Err = BadPaymentId;

    fn from_str(text: &str) -> Result<PspPaymentId, BadPaymentId> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
        let good = (1..=PspPaymentId::MAX).contains(&text.len()) && text.bytes().all(fits);
        if good { Ok(PspPaymentId(text.to_owned())) } else { Err(BadPaymentId) }
    }
}

impl TryFrom<String> for PspPaymentId {
    type Error = BadPaymentId;
    fn try_from(text: String) -> Result<PspPaymentId, BadPaymentId> {
        text.parse()
    }
}

impl From<PspPaymentId> for String {
    fn from(id: PspPaymentId) -> String {
        id.0
    }
}

impl fmt::Display for PspPaymentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The text as a reference, if it can be one of ours. Any other is as good as none: the money has come all the same.
pub fn reference_of(text: &str) -> Option<String> {
    let good =
        (1..=QrOrder::MAX_REFERENCE).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, 0x20..=0x7e));
    good.then(|| text.to_owned())
}

/// The text as a bank's reference, if it is one.
pub fn rrn_of(text: &str) -> Option<String> {
    const MAX: usize = 24;
    let good = (1..=MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    good.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_from_outside_are_bounded() {
        for (text, good) in [("pay_N0.-x", true), ("", false), ("pay 1", false), ("pay/1", false), ("ਪ", false)] {
            assert_eq!(text.parse::<PspPaymentId>().is_ok(), good, "{text}");
        }
        assert!("x".repeat(40).parse::<PspPaymentId>().is_ok() && "x".repeat(41).parse::<PspPaymentId>().is_err());
        assert_eq!(reference_of("SAS07 1/391"), Some("SAS07 1/391".to_owned()));
        assert!(reference_of(&"x".repeat(35)).is_some() && reference_of(&"x".repeat(36)).is_none());
        assert!(reference_of("").is_none() && reference_of("a\tb").is_none() && reference_of("₹").is_none());
        assert!(rrn_of(&"9".repeat(24)).is_some() && rrn_of(&"9".repeat(25)).is_none());
        assert!(rrn_of("").is_none() && rrn_of("4123 4567").is_none());
    }

    #[test]
    fn a_bad_id_is_not_deserialized() {
        let text = r#"{"id":"pay 1","reference":null,"amount":100,"rrn":null,"paid":0}"#;
        assert!(serde_json::from_str::<PspPayment>(text).is_err());
    }
}
