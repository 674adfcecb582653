//! A complaint about a payment: opened by the till itself when a payment failed or nobody knows its end, or by a person.
//!
//! Its number is the id of its entry. It is closed at the head office, with an outcome and never without one.

use super::body::place;
use super::receipt::Receipt;
use crate::cbor::{Fields, FormatError, Map};
use crate::ids::Sequence;
use crate::time::Day;
use coset::cbor::value::Value;
use serde::{Deserialize, Serialize};

/// A complaint, as it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComplaintOpened {
    /// The place of the payment request that it is about, in the same journal.
    pub requested: Sequence,
    /// Why.
    pub cause: ComplaintCause,
    /// The payment's own reference, where the payer could show one; at most [`Receipt::MAX_REFERENCE`] ASCII characters.
    pub reference: Option<String>,
    /// When it is to be settled by the promise of the utility.
    pub promised: Day,
    /// When the bank must have given the money back (Reserve Bank of India, 20 September 2019: T+5 for UPI paid to a
    /// merchant and for cards at a point of sale).
    pub bank_due: Day,
}

/// Why a complaint was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComplaintCause {
    /// Nobody knows how the payment ended.
    Unknown,
    /// The payment failed, and money may have left the payer.
    Failed,
    /// The payer says that it is paid, and there is no word of it.
    PayerSays,
    /// A receipt was given subject to realisation, and the money did not come.
    NotRealised,
}

impl ComplaintOpened {
    pub(super) fn encode(&self) -> Value {
        Map::new()
            .put(1, self.requested.0)
            .put(2, self.cause.number())
            .put_some(3, self.reference.as_deref())
            .put(4, self.promised.number())
            .put(5, self.bank_due.number())
            .into()
    }

    pub(super) fn decode(value: &Value) -> Result<ComplaintOpened, FormatError> {
        let fields = Fields::of_map("complaint", value)?;
        let day = |key| Day::from_number(fields.i64(key)?).ok_or_else(|| fields.bad(key));
        Ok(ComplaintOpened {
            requested: place(&fields, 1)?,
            cause: ComplaintCause::from_number(fields.u64(2)?).ok_or_else(|| fields.bad(2))?,
            reference: fields.optional(3, Receipt::decode_reference)?,
            promised: day(4)?,
            bank_due: day(5)?,
        })
    }
}

impl ComplaintCause {
    /// All of them.
    pub const ALL: [ComplaintCause; 4] =
        [ComplaintCause::Unknown, ComplaintCause::Failed, ComplaintCause::PayerSays, ComplaintCause::NotRealised];

    fn number(self) -> u64 {
        match self {
            ComplaintCause::Unknown => 1,
            ComplaintCause::Failed => 2,
            ComplaintCause::PayerSays => 3,
            ComplaintCause::NotRealised => 4,
        }
    }

    fn from_number(number: u64) -> Option<ComplaintCause> {
        ComplaintCause::ALL.into_iter().find(|cause| cause.number() == number)
    }

    /// What it is called in files and rows.
    pub fn code(self) -> &'static str {
        match self {
            ComplaintCause::Unknown => "unknown",
            ComplaintCause::Failed => "failed",
            ComplaintCause::PayerSays => "payer-says",
            ComplaintCause::NotRealised => "not-realised",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_back_for_every_cause() {
        for cause in ComplaintCause::ALL {
            let opened = ComplaintOpened {
                requested: Sequence(41),
                cause,
                reference: Some("632512345678".into()),
                promised: "2026-11-26".parse().unwrap(),
                bank_due: "2026-11-29".parse().unwrap(),
            };
            assert_eq!(ComplaintOpened::decode(&opened.encode()), Ok(opened));
        }
    }
}
