//! Names of things. Every id is made once, bounded, and printable; the bounds keep a printed QR code small.

use crate::language::Language;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// Why a piece of text is not the id that it was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{text}\" is not a {what}: {rule}")]
pub struct IdError {
    /// What was being read, in the field's own words.
    pub what: &'static str,
    /// The text as given, cut to 40 characters.
    pub text: String,
    /// What would have been accepted.
    pub rule: &'static str,
}

impl IdError {
    fn new(what: &'static str, text: &str, rule: &'static str) -> IdError {
        IdError { what, text: text.chars().take(40).collect(), rule }
    }
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $what:literal, $max:literal, $extra:pat, $rule:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// The longest one, in characters (all are ASCII).
            pub const MAX_LEN: usize = $max;

            /// The text of it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<$name, IdError> {
                let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, $extra);
                let starts_well = text.starts_with(|c: char| c.is_ascii_alphanumeric());
                if text.len() > $max || !starts_well || !text.chars().all(fits) {
                    return Err(IdError::new($what, text, $rule));
                }
                Ok($name(text.into()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<$name, IdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0.into()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

text_id!(
    /// A utility, a department, a society: whose money it is. Everything in a head office is keyed by it first.
    TenantId, "tenant", 12, '-', "1 to 12 letters, digits or -"
);
text_id!(
    /// A till (a device's place in the books), as the head office names it: `SAS07`.
    TillId, "till", 12, '_', "1 to 12 letters, digits or _"
);
text_id!(
    /// A member of staff, by the short name in the staff list: `jaspreet`.
    StaffId, "staff id", 12, '.' | '-' | '_', "1 to 12 letters, digits, dots or dashes"
);
text_id!(
    /// A consumer number: the account that bills are made to.
    AccountId, "consumer number", 20, '-' | '/' | '.' | '_', "1 to 20 letters, digits, or - / . _"
);
text_id!(
    /// A bill number.
    BillNumber, "bill number", 20, '-' | '/' | '.' | '_', "1 to 20 letters, digits, or - / . _"
);
text_id!(
    /// A tariff's short code: `DOM-FLAT`.
    TariffCode, "tariff code", 12, '-' | '_', "1 to 12 letters, digits or dashes"
);

/// A head of account on a bill (water charge, sewerage, late fee ...), by its number in the tenant's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HeadId(pub u8);

impl HeadId {
    /// Money taken ahead of any bill.
    pub const ADVANCE: HeadId = HeadId(0);
    /// Late fee.
    pub const LATE_FEE: HeadId = HeadId(1);
    /// Rebate for paying early (negative on a receipt).
    pub const REBATE: HeadId = HeadId(2);
    /// Rounding of a bill to the rupee (either sign).
    pub const ROUNDING: HeadId = HeadId(3);
    /// A sale over the counter, of a merchant or a clerk; for no consumer.
    pub const SALE: HeadId = HeadId(4);
    /// The first number that a tenant may give to a head of its own.
    pub const FIRST_OWN: HeadId = HeadId(10);

    /// True for the heads that every tenant has.
    pub fn is_reserved(self) -> bool {
        self < HeadId::FIRST_OWN
    }
}

/// In English, as far as it is known without the tenant's rules.
impl fmt::Display for HeadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.name_in(Language::English))
    }
}

/// Which life of a till an entry belongs to: 1 at the first enrolment, one more for each certificate after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Incarnation(pub u16);

impl Incarnation {
    /// The incarnation with this number; `None` for 0 and for more than 65,535.
    pub fn from_number(number: u64) -> Option<Incarnation> {
        u16::try_from(number).ok().filter(|number| *number > 0).map(Incarnation)
    }
}

/// The place of an entry in its incarnation's journal: from 1, without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sequence(pub u64);

impl Sequence {
    /// The first entry of an incarnation.
    pub const FIRST: Sequence = Sequence(1);

    /// The place after this one.
    #[must_use]
    pub fn next(self) -> Sequence {
        Sequence(self.0.checked_add(1).expect("2^64 entries cannot be written in the life of a device"))
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Incarnation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The id of a journal entry, and so the number of a receipt: made once, on the device, never reused.
///
/// Printed as till, incarnation and sequence: `SAS07-1-391`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EntryId {
    /// The till that wrote it.
    pub till: TillId,
    /// The till's incarnation at that time.
    pub incarnation: Incarnation,
    /// Its place in that journal.
    pub sequence: Sequence,
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}-{}-{}", self.till, self.incarnation, self.sequence))
    }
}

impl FromStr for EntryId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<EntryId, IdError> {
        let refused = || IdError::new("receipt number", text, "till, incarnation and sequence, as in SAS07-1-391");
        let mut parts = text.splitn(3, '-');
        let (Some(till), Some(incarnation), Some(sequence)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(refused());
        };
        let canonical = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        if !canonical(incarnation) || !canonical(sequence) {
            return Err(refused());
        }
        Ok(EntryId {
            till: till.parse().map_err(|_| refused())?,
            incarnation: Incarnation(incarnation.parse().map_err(|_| refused())?),
            sequence: Sequence(sequence.parse().map_err(|_| refused())?),
        })
    }
}

impl TryFrom<String> for EntryId {
    type Error = IdError;
    fn try_from(text: String) -> Result<EntryId, IdError> {
        text.parse()
    }
}

impl From<EntryId> for String {
    fn from(id: EntryId) -> String {
        id.to_string()
    }
}

/// The id of one wish to do something, made (at random) when a person begins it and repeated on every retry.
///
/// The same id with the same wish is answered with the same receipt; with another wish it is refused.
/// Eight bytes, because it is printed inside the QR code and need only be unique within one till.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub [u8; 8]);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl FromStr for RequestId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<RequestId, IdError> {
        let refused = || IdError::new("request id", text, "16 hexadecimal digits");
        let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).map_err(|_| refused())?;
        Ok(RequestId(bytes.try_into().map_err(|_| refused())?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_id_is_read_back() {
        let id: EntryId = "SAS07-1-391".parse().unwrap();
        assert_eq!(id.sequence, Sequence(391));
        assert_eq!(id.to_string(), "SAS07-1-391");
        for bad in
            ["SAS07-1", "SAS07-01-3", "SAS07-1-+3", "-1-3", "SAS07-70000-1", "S S-1-1", "SAS07-1-3-4", "SAS07--3"]
        {
            assert!(bad.parse::<EntryId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn ids_are_bounded_and_printable() {
        assert!("PB/2026-11.0001".parse::<BillNumber>().is_ok());
        for bad in ["", "-1", "a b", "ਖ", "123456789012345678901"] {
            assert!(bad.parse::<AccountId>().is_err(), "{bad}");
        }
        assert_eq!("00ff00ff00ff00ff".parse::<RequestId>().unwrap().to_string(), "00ff00ff00ff00ff");
        assert!("00ff".parse::<RequestId>().is_err());
    }
}
