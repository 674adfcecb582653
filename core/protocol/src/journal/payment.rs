//! Payments that are not notes and coins: asked for first, then ended once.
//!
//! The request stands in the journal before a QR code is shown or a card app is started. Its end is the receipt that names
//! it, or one of [`Outcome`]. *Unknown* is not an end: money may have moved, so it blocks a second charge until it is known.

use super::body::{amount, place};
use super::receipt::{Mode, Receipt};
use crate::cbor::{Fields, FormatError, Map};
use crate::ids::{AccountId, BillNumber, RequestId, Sequence, StaffId};
use crate::money::Paise;
use crate::time::WallMs;
use coset::cbor::value::Value;
use serde::{Deserialize, Serialize};

/// Money was asked for. Its reference (`tr`) is the id of this entry: made once, never reused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRequested {
    /// For which account; `None` for a sale over the counter.
    pub account: Option<AccountId>,
    /// The newest bill that it is to settle; `None` for an advance or a sale.
    pub bill: Option<BillNumber>,
    /// How much; positive.
    pub amount: Paise,
    /// How: [`Mode::Upi`] or [`Mode::Card`].
    pub mode: Mode,
    /// The wish that it answers.
    pub request: RequestId,
    /// Until when the QR code counts, by the device's clock; `None` for a card.
    pub expires: Option<WallMs>,
    /// What a sale is for, in the merchant's words; at most [`PaymentRequested::MAX_NOTE`] characters. Empty: nothing said.
    pub note: String,
}

/// A request was ended without a receipt, or its end became unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentEnded {
    /// The place of the request, in the same journal.
    pub requested: Sequence,
    /// How it ended.
    pub outcome: Outcome,
    /// The payment's own reference, where somebody gave one; at most [`Receipt::MAX_REFERENCE`] ASCII characters.
    pub reference: Option<String>,
    /// What was said about it; at most [`PaymentEnded::MAX_REASON`] characters. Empty: nothing.
    pub reason: String,
    /// The supervisor who let it go.
    pub supervisor: Option<StaffId>,
}

/// How a request ended, if not with a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It failed on its way; the payer's account may have been debited, and the bank owes that back.
    Failed,
    /// Its time was over and the head office saw no money. Money that still comes becomes an advance.
    Expired,
    /// Nobody knows yet. Not an end: a receipt, or another outcome, follows.
    Unknown,
    /// A supervisor let it go, so that the account can be charged again; what still comes becomes an advance.
    LetGo,
    /// It was refused before any money moved: a card declined, a code taken out of use unpaid.
    Declined,
}

impl PaymentRequested {
    /// The longest note, in characters.
    pub const MAX_NOTE: usize = 40;

    pub(super) fn encode(&self) -> Value {
        Map::new()
            .put_some(1, self.account.as_ref().map(AccountId::as_str))
            .put_some(2, self.bill.as_ref().map(BillNumber::as_str))
            .put(3, self.amount.get())
            .put(4, self.mode.number())
            .put(5, self.request.0.as_slice())
            .put_some(6, self.expires.map(|at| at.0))
            .put_some(7, some_text(&self.note))
            .into()
    }

    pub(super) fn decode(value: &Value) -> Result<PaymentRequested, FormatError> {
        let fields = Fields::of_map("payment requested", value)?;
        let requested = PaymentRequested {
            account: fields.optional(1, Fields::parse)?,
            bill: fields.optional(2, Fields::parse)?,
            amount: amount(&fields, 3)?,
            mode: Mode::from_number(fields.u64(4)?).ok_or_else(|| fields.bad(4))?,
            request: RequestId(fields.bytes(5)?),
            expires: fields.optional(6, wall)?,
            note: text(&fields, 7, PaymentRequested::MAX_NOTE)?,
        };
        if !requested.amount.is_positive() {
            return Err(fields.bad(3));
        }
        match requested.mode {
            Mode::Upi | Mode::Card => Ok(requested),
            Mode::Cash | Mode::Cheque => Err(fields.bad(4)),
        }
    }
}

impl PaymentEnded {
    /// The longest reason, in characters.
    pub const MAX_REASON: usize = 80;

    /// Words from outside as they may stand here: one line, cut to [`PaymentEnded::MAX_REASON`] characters.
    pub fn reason_of(words: &str) -> String {
        let plain = words.trim().chars().map(|c| if c.is_control() { ' ' } else { c });
        plain.take(PaymentEnded::MAX_REASON).collect()
    }

    pub(super) fn encode(&self) -> Value {
        Map::new()
            .put(1, self.requested.0)
            .put(2, self.outcome.number())
            .put_some(3, self.reference.as_deref())
            .put_some(4, some_text(&self.reason))
            .put_some(5, self.supervisor.as_ref().map(StaffId::as_str))
            .into()
    }

    pub(super) fn decode(value: &Value) -> Result<PaymentEnded, FormatError> {
        let fields = Fields::of_map("payment ended", value)?;
        let ended = PaymentEnded {
            requested: place(&fields, 1)?,
            outcome: Outcome::from_number(fields.u64(2)?).ok_or_else(|| fields.bad(2))?,
            reference: fields.optional(3, Receipt::decode_reference)?,
            reason: text(&fields, 4, PaymentEnded::MAX_REASON)?,
            supervisor: fields.optional(5, Fields::parse)?,
        };
        if (ended.outcome == Outcome::LetGo) != ended.supervisor.is_some() {
            return Err(fields.inconsistent("a supervisor lets a payment go, and nobody else"));
        }
        Ok(ended)
    }
}

impl Outcome {
    /// All of them.
    pub const ALL: [Outcome; 5] =
        [Outcome::Failed, Outcome::Expired, Outcome::Unknown, Outcome::LetGo, Outcome::Declined];

    /// True if nothing follows it: the request is over.
    pub fn is_end(self) -> bool {
        self != Outcome::Unknown
    }

    fn number(self) -> u64 {
        match self {
            Outcome::Failed => 2,
            Outcome::Expired => 3,
            Outcome::Unknown => 4,
            Outcome::LetGo => 5,
            Outcome::Declined => 6,
        }
    }

    fn from_number(number: u64) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.number() == number)
    }

    /// What it is called in files and rows.
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Failed => "failed",
            Outcome::Expired => "expired",
            Outcome::Unknown => "unknown",
            Outcome::LetGo => "let-go",
            Outcome::Declined => "declined",
        }
    }
}

fn some_text(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// Text that may be missing, never empty where it is there.
fn text(fields: &Fields, key: u64, most: usize) -> Result<String, FormatError> {
    let text = fields.optional(key, |fields, key| fields.text(key, most).map(str::to_owned))?;
    match text {
        Some(text) if text.is_empty() => Err(fields.bad(key)),
        text => Ok(text.unwrap_or_default()),
    }
}

fn wall(fields: &Fields, key: u64) -> Result<WallMs, FormatError> {
    WallMs::bounded(fields.u64(key)?).ok_or_else(|| fields.bad(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requested() -> PaymentRequested {
        PaymentRequested {
            account: Some("BHG-0217".parse().unwrap()),
            bill: Some("B2611-00217".parse().unwrap()),
            amount: Paise::new(26_000).unwrap(),
            mode: Mode::Upi,
            request: RequestId([3; 8]),
            expires: Some(WallMs(1_795_000_480_000)),
            note: String::new(),
        }
    }

    fn let_go() -> PaymentEnded {
        PaymentEnded {
            requested: Sequence(41),
            outcome: Outcome::LetGo,
            reference: Some("632512345678".into()),
            reason: "the payer showed that nothing was debited".into(),
            supervisor: Some("harleen".parse().unwrap()),
        }
    }

    #[test]
    fn they_are_read_back() {
        let sale = PaymentRequested { account: None, bill: None, note: "2 kg atta".into(), ..requested() };
        let card = PaymentRequested { mode: Mode::Card, expires: None, ..requested() };
        for request in [requested(), sale, card] {
            assert_eq!(PaymentRequested::decode(&request.encode()), Ok(request));
        }
        let unknown = PaymentEnded {
            outcome: Outcome::Unknown,
            reference: None,
            reason: String::new(),
            supervisor: None,
            ..let_go()
        };
        for ended in [let_go(), unknown] {
            assert_eq!(PaymentEnded::decode(&ended.encode()), Ok(ended));
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for wrong in [
            PaymentRequested { amount: Paise::ZERO, ..requested() },
            PaymentRequested { mode: Mode::Cash, ..requested() },
            PaymentRequested { note: "x".repeat(41), ..requested() },
        ] {
            assert!(PaymentRequested::decode(&wrong.encode()).is_err(), "{wrong:?}");
        }
        for wrong in [
            PaymentEnded { supervisor: None, ..let_go() },
            PaymentEnded { outcome: Outcome::Failed, ..let_go() },
            PaymentEnded { requested: Sequence(0), ..let_go() },
            PaymentEnded { reference: Some("two words".into()), ..let_go() },
        ] {
            assert!(PaymentEnded::decode(&wrong.encode()).is_err(), "{wrong:?}");
        }
    }
}
