//! Bharat QR: one code for RuPay, Visa, Mastercard and UPI, on EMVCo's form (NPCI, Bharat QR 4.x).
//!
//! A [`Request`] holds parsed values and writes exactly the objects that the profile names. It never writes an identity
//! number (28), a reserved id, or a network's account (02–25) as anything but plain text.

mod additional;
mod fields;
mod request;

pub use additional::{Additional, AdditionalText, ConsumerAsk};
pub use fields::{BankAccount, CardPan, City, LanguageTag, LocalName, MerchantName, Percentage, RupayPan, ShortUrl};
pub use request::{BuildError, Initiation, LocalLanguage, Networks, Request, Tip};
