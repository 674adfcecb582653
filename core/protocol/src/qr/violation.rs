//! What a generator may not emit although a reader understands it.
//!
//! A violation never makes a code unreadable: published codes are full of them, and a payer must still be able to pay.

use super::emv::{EmvError, Path};
use std::fmt;

/// One rule that a readable code breaks, with the place: an EMV id or path (`62.07`), or the key of a UPI link (`am`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// Something that every such code must have.
    MandatoryMissing(String),
    /// A value outside its format.
    BadFormat(String),
    /// A value that is longer than this many characters.
    TooLong(String, usize),
    /// A value that may be there only with another one, or is missing beside it.
    ConditionalMismatch(String),
    /// An id that is reserved, or that may not be used in India (28, identity numbers).
    RfuUsed(String),
    /// A template that does not say in its first object whose it is.
    TemplateWithoutGuid(String),
    /// More than 512 characters in all (EMVCo MPM 1.1 §4.1).
    TotalOver512,
    /// A template that is no run of objects.
    Broken(Path, EmvError),
    /// A key that is there more than once, though always with the same value.
    Repeated(String),
    /// A key with nothing, or with the word `null`.
    EmptyValue(String),
    /// A scheme or key in other capitals than it is listed with.
    WrongCase(String),
    /// A value that is percent-encoded where it should not be, or the other way round.
    WrongEncoding(String),
    /// A signature that is not the last parameter, so that it is not clear what was signed.
    NotLast(String),
    /// Text between two `&` that is no parameter.
    Stray,
}

impl Violation {
    /// Something is missing at this place.
    pub(super) fn missing(place: impl fmt::Display) -> Violation {
        Violation::MandatoryMissing(place.to_string())
    }

    /// The value at this place is not in its format.
    pub(super) fn format(place: impl fmt::Display) -> Violation {
        Violation::BadFormat(place.to_string())
    }

    /// The value at this place does not go with the others.
    pub(super) fn condition(place: impl fmt::Display) -> Violation {
        Violation::ConditionalMismatch(place.to_string())
    }

    /// Nothing may be written at this place.
    pub(super) fn reserved(place: impl fmt::Display) -> Violation {
        Violation::RfuUsed(place.to_string())
    }
}

/// The name and the place, for scripts: `TooLong(59, 23)`.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Violation::MandatoryMissing(place) => write!(f, "MandatoryMissing({place})"),
            Violation::BadFormat(place) => write!(f, "BadFormat({place})"),
            Violation::TooLong(place, most) => write!(f, "TooLong({place}, {most})"),
            Violation::ConditionalMismatch(place) => write!(f, "ConditionalMismatch({place})"),
            Violation::RfuUsed(place) => write!(f, "RfuUsed({place})"),
            Violation::TemplateWithoutGuid(place) => write!(f, "TemplateWithoutGuid({place})"),
            Violation::TotalOver512 => f.write_str("TotalOver512"),
            Violation::Broken(place, error) => write!(f, "{}({place})", error.name()),
            Violation::Repeated(key) => write!(f, "Repeated({key})"),
            Violation::EmptyValue(key) => write!(f, "EmptyValue({key})"),
            Violation::WrongCase(key) => write!(f, "WrongCase({key})"),
            Violation::WrongEncoding(key) => write!(f, "WrongEncoding({key})"),
            Violation::NotLast(key) => write!(f, "NotLast({key})"),
            Violation::Stray => f.write_str("Stray"),
        }
    }
}
