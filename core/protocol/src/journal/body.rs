//! What can happen in a journal. The numbers of the kinds are given once and never reused (`schemas/journal.cddl`).

use super::complaint::ComplaintOpened;
use super::payment::{PaymentEnded, PaymentRequested};
use super::receipt::Receipt;
use super::spot_bill::SpotBillMade;
use crate::cbor::{self, Fields, FormatError, Map};
use crate::ids::{Incarnation, Sequence};
use crate::keys::Hash;
use crate::money::Paise;
use crate::time::WallMs;
use coset::cbor::value::Value;

/// The body of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The first entry of an incarnation.
    TillOpened(TillOpened),
    /// A shift was opened.
    ShiftOpened(ShiftOpened),
    /// Money was asked for, otherwise than in cash.
    PaymentRequested(PaymentRequested),
    /// A request ended without a receipt, or its end became unknown.
    PaymentEnded(PaymentEnded),
    /// Money was taken.
    Receipt(Receipt),
    /// A complaint about a payment was opened.
    ComplaintOpened(ComplaintOpened),
    /// A bill was made at the door from a meter reading.
    SpotBill(SpotBillMade),
    /// The device's clock was found behind, and a person decided to go on.
    ClockChanged(ClockChanged),
    /// A kind that this reader does not know: stored, chained and passed on, but not acted on.
    Unknown {
        /// Its number.
        kind: u64,
        /// Its content, as it is: deterministic CBOR.
        content: Vec<u8>,
    },
}

/// The beginning of an incarnation, with what it carries over from the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillOpened {
    /// The version of the program, as text.
    pub program: String,
    /// The last entry known of the incarnation before: its number, the place and the hash. `None` for the first.
    pub before: Option<(Incarnation, Sequence, Hash)>,
    /// How many receipts the till had given before.
    pub receipts: u64,
    /// What they add up to.
    pub grand_total: Paise,
}

/// The beginning of a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShiftOpened {
    /// From 1, in this till, over all incarnations.
    pub number: u32,
    /// Cash in the bag at the beginning.
    pub float: Paise,
}

/// A clock that went back, accepted by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockChanged {
    /// The wall time of the newest entry before this one.
    pub was: WallMs,
    /// Why, in the person's words; at most 80 characters.
    pub reason: String,
}

impl ClockChanged {
    /// The longest reason, in characters.
    pub const MAX_REASON: usize = 80;
}

const TILL_OPENED: u64 = 1;
const SHIFT_OPENED: u64 = 2;
const PAYMENT_REQUESTED: u64 = 4;
const PAYMENT_ENDED: u64 = 5;
const RECEIPT: u64 = 6;
const COMPLAINT_OPENED: u64 = 10;
const CLOCK_CHANGED: u64 = 12;
const SPOT_BILL: u64 = 13;

impl Body {
    /// The number of its kind.
    pub fn kind(&self) -> u64 {
        match self {
            Body::TillOpened(_) => TILL_OPENED,
            Body::ShiftOpened(_) => SHIFT_OPENED,
            Body::PaymentRequested(_) => PAYMENT_REQUESTED,
            Body::PaymentEnded(_) => PAYMENT_ENDED,
            Body::Receipt(_) => RECEIPT,
            Body::ComplaintOpened(_) => COMPLAINT_OPENED,
            Body::ClockChanged(_) => CLOCK_CHANGED,
            Body::SpotBill(_) => SPOT_BILL,
            Body::Unknown { kind, .. } => *kind,
        }
    }

    /// What to call it in JSON and in refusals, which do not depend on a language; people read `name_in`.
    pub fn name(&self) -> &'static str {
        match self {
            Body::TillOpened(_) => "till opened",
            Body::ShiftOpened(_) => "shift opened",
            Body::PaymentRequested(_) => "payment requested",
            Body::PaymentEnded(_) => "payment ended",
            Body::Receipt(_) => "receipt",
            Body::ComplaintOpened(_) => "complaint opened",
            Body::ClockChanged(_) => "clock changed",
            Body::SpotBill(_) => "spot bill",
            Body::Unknown { .. } => "unknown kind",
        }
    }

    pub(super) fn encode(&self) -> Value {
        match self {
            Body::TillOpened(opened) => {
                let before = opened.before.map(|(incarnation, sequence, hash)| {
                    cbor::array([incarnation.0.into(), sequence.0.into(), hash.0.as_slice().into()])
                });
                Map::new()
                    .put(1, opened.program.as_str())
                    .put_some(2, before)
                    .put(3, opened.receipts)
                    .put(4, opened.grand_total.get())
                    .into()
            }
            Body::ShiftOpened(shift) => Map::new().put(1, shift.number).put(2, shift.float.get()).into(),
            Body::PaymentRequested(requested) => requested.encode(),
            Body::PaymentEnded(ended) => ended.encode(),
            Body::Receipt(receipt) => receipt.encode(),
            Body::ComplaintOpened(complaint) => complaint.encode(),
            Body::ClockChanged(change) => Map::new().put(1, change.was.0).put(2, change.reason.as_str()).into(),
            Body::SpotBill(bill) => bill.encode(),
            Body::Unknown { content, .. } => cbor::decode("unknown kind", content, content.len())
                .expect("it was deterministic CBOR when it was read"),
        }
    }

    pub(super) fn decode(kind: u64, value: &Value) -> Result<Body, FormatError> {
        Ok(match kind {
            TILL_OPENED => Body::TillOpened(TillOpened::decode(value)?),
            SHIFT_OPENED => {
                let fields = Fields::of_map("shift opened", value)?;
                Body::ShiftOpened(ShiftOpened { number: fields.uint(1)?, float: not_negative(&fields, 2)? })
            }
            PAYMENT_REQUESTED => Body::PaymentRequested(PaymentRequested::decode(value)?),
            PAYMENT_ENDED => Body::PaymentEnded(PaymentEnded::decode(value)?),
            RECEIPT => Body::Receipt(Receipt::decode(value)?),
            COMPLAINT_OPENED => Body::ComplaintOpened(ComplaintOpened::decode(value)?),
            CLOCK_CHANGED => {
                let fields = Fields::of_map("clock changed", value)?;
                Body::ClockChanged(ClockChanged {
                    was: WallMs::bounded(fields.u64(1)?).ok_or_else(|| fields.bad(1))?,
                    reason: fields.text(2, ClockChanged::MAX_REASON)?.to_owned(),
                })
            }
            SPOT_BILL => Body::SpotBill(SpotBillMade::decode(value)?),
            kind => Body::Unknown { kind, content: cbor::encode(value) },
        })
    }
}

impl TillOpened {
    fn decode(value: &Value) -> Result<TillOpened, FormatError> {
        let fields = Fields::of_map("till opened", value)?;
        let before = fields.optional(2, |fields, key| {
            let before = Fields::of_array("till opened before", fields.need(key)?, 3)?;
            let incarnation = Incarnation::from_number(before.u64(0)?).ok_or_else(|| before.bad(0))?;
            Ok((incarnation, Sequence(before.u64(1)?), Hash(before.bytes(2)?)))
        })?;
        Ok(TillOpened {
            program: fields.text(1, 40)?.to_owned(),
            before,
            receipts: fields.u64(3)?,
            grand_total: not_negative(&fields, 4)?,
        })
    }
}

/// The place of another entry of the same journal.
pub(super) fn place(fields: &Fields, key: u64) -> Result<Sequence, FormatError> {
    match fields.u64(key)? {
        0 | u64::MAX => Err(fields.bad(key)),
        place => Ok(Sequence(place)),
    }
}

/// An amount within bounds, of either sign.
pub(super) fn amount(fields: &Fields, key: u64) -> Result<Paise, FormatError> {
    Paise::new(fields.i64(key)?).map_err(|_| fields.bad(key))
}

/// An amount within bounds, zero or more.
pub(super) fn not_negative(fields: &Fields, key: u64) -> Result<Paise, FormatError> {
    amount(fields, key).and_then(|paise| if paise < Paise::ZERO { Err(fields.bad(key)) } else { Ok(paise) })
}
