//! EMVCo Merchant-Presented Mode 1.1: the text of a payment code that any network's app can read, as objects of an id, a
//! length and a value, with a checksum at the end.
//!
//! [`read`] is strict about the form, because a length that is off by one changes who is paid; what a value may hold is
//! judged apart, by [`violations`].

mod additional;
mod code;
mod conform;
mod crc;
mod error;
mod india;
mod tlv;
mod write;

pub use code::{Code, Field, read};
pub use conform::violations;
pub use crc::crc;
pub use error::EmvError;
pub use tlv::{Id, Object, Path, objects};
pub use write::{ValueLength, Writer};

/// Everything but a payment network's identity in its template (§4.7.11): RuPay's registered id, which UPI uses too.
pub(crate) const RUPAY: &str = "A000000524";
