//! Why a text is no EMV code, each with the place where it stopped making sense.

use super::tlv::Path;
use thiserror::Error;

/// Why a text is not an EMV payment code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EmvError {
    /// It ends before a code can, or inside an id or a length.
    #[error("the code is cut off; scan it again, all of it")]
    TooShort,
    /// The first object is not the payload format indicator, version 01 (§4.7.1).
    #[error("a payment code begins with 000201, and this one does not")]
    NotStarting000201,
    /// An id that is not two digits.
    #[error("there is no id of two digits where an object should begin; the code is damaged")]
    IdNotNumeric,
    /// A length that is not two digits.
    #[error("the length of object {0} is not two digits; the code is damaged")]
    LengthNotNumeric(Path),
    /// A length of 00: an object without a value is left out (§4.3.1.1).
    #[error("object {0} has no value; the code is damaged")]
    LengthZero(Path),
    /// A value that would go on after the end of the code, or of its template.
    #[error("object {0} is longer than what is left; the code is damaged or incomplete")]
    LengthPastEnd(Path),
    /// The same id twice at the root or in one template (§4.3.1.2).
    #[error("object {0} is there twice; do not pay with this code")]
    DuplicateId(Path),
    /// No checksum.
    #[error("the code has no checksum; it is incomplete")]
    CrcMissing,
    /// Something after the checksum.
    #[error("the checksum is not the last object; the code was changed")]
    CrcNotLast,
    /// A checksum that is not four characters.
    #[error("the checksum is not four characters long; the code is damaged")]
    CrcLengthNot04,
    /// A checksum that is not hexadecimal.
    #[error("the checksum is not a hexadecimal number; the code is damaged")]
    CrcNotHex,
    /// A checksum that does not fit: damage, or a generator that calculates it wrongly. Such codes circulate.
    #[error(
        "wrong checksum: {found:04X} stands there, {computed:04X} would be right; the code is damaged or badly made"
    )]
    CrcMismatch {
        /// What stands in the code.
        found: u16,
        /// What it should be.
        computed: u16,
    },
    /// Far more than the 512 characters of a code (§4.1); not read at all.
    #[error("this is too long for a payment code")]
    TotalOver512,
}

impl EmvError {
    /// The name of the error, for scripts.
    pub fn name(&self) -> &'static str {
        match self {
            EmvError::TooShort => "TooShort",
            EmvError::NotStarting000201 => "NotStarting000201",
            EmvError::IdNotNumeric => "IdNotNumeric",
            EmvError::LengthNotNumeric(_) => "LengthNotNumeric",
            EmvError::LengthZero(_) => "LengthZero",
            EmvError::LengthPastEnd(_) => "LengthPastEnd",
            EmvError::DuplicateId(_) => "DuplicateId",
            EmvError::CrcMissing => "CrcMissing",
            EmvError::CrcNotLast => "CrcNotLast",
            EmvError::CrcLengthNot04 => "CrcLengthNot04",
            EmvError::CrcNotHex => "CrcNotHex",
            EmvError::CrcMismatch { .. } => "CrcMismatch",
            EmvError::TotalOver512 => "TotalOver512",
        }
    }

    /// Where it is wrong, if that is at one object.
    pub fn place(&self) -> Option<Path> {
        match self {
            EmvError::LengthNotNumeric(path)
            | EmvError::LengthZero(path)
            | EmvError::LengthPastEnd(path)
            | EmvError::DuplicateId(path) => Some(*path),
            _ => None,
        }
    }
}
