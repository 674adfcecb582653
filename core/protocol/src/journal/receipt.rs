//! The receipt as it stands in the journal: small, because all of it is printed in a QR code. No name, no phone.

use super::body::{amount, not_negative, place};
use crate::cbor::{Fields, FormatError, Map};
use crate::ids::{AccountId, BillNumber, HeadId, RequestId, Sequence};
use crate::language::Language;
use crate::money::Paise;
use crate::time::Period;
use coset::cbor::value::Value;
use serde::{Deserialize, Serialize};

/// Money taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// For which account.
    pub account: AccountId,
    /// The newest bill that it settles or part-settles; `None` for a pure advance.
    pub bill: Option<BillNumber>,
    /// How much; positive.
    pub amount: Paise,
    /// How it splits over the heads; sums to the amount.
    pub split: Split,
    /// How it was paid.
    pub mode: Mode,
    /// The payment's own reference (RRN, UTR); at most [`Receipt::MAX_REFERENCE`] ASCII characters.
    pub reference: Option<String>,
    /// True while the money itself is not certain: *subject to realisation*.
    pub subject_to_realisation: bool,
    /// The oldest and the newest billing month that it settles.
    pub periods: Option<(Period, Period)>,
    /// How many receipts the till has given so far, this one included, over all incarnations.
    pub receipts: u64,
    /// What they add up to, this one included.
    pub grand_total: Paise,
    /// The wish that it answers.
    pub request: RequestId,
    /// The payment request that it ends, in the same journal; `None` for cash.
    pub requested: Option<Sequence>,
}

/// How money came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Notes and coins.
    Cash,
    /// UPI.
    Upi,
    /// A card.
    Card,
    /// A cheque or a demand draft.
    Cheque,
}

/// An amount by head, signed (a rebate is negative), in the order in which it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split(Vec<(HeadId, Paise)>);

impl Split {
    /// The most heads on one receipt; more would not fit the QR code.
    pub const MAX_HEADS: usize = 16;

    /// A split; `None` if empty, too long, with a head twice or a zero amount.
    pub fn new(parts: Vec<(HeadId, Paise)>) -> Option<Split> {
        let distinct = parts.iter().enumerate().all(|(i, (head, _))| parts[..i].iter().all(|(h, _)| h != head));
        let fits = (1..=Split::MAX_HEADS).contains(&parts.len());
        (fits && distinct && parts.iter().all(|(_, part)| !part.is_zero())).then_some(Split(parts))
    }

    /// The parts.
    pub fn parts(&self) -> &[(HeadId, Paise)] {
        &self.0
    }

    /// What they add up to; `None` beyond the bound of an amount.
    pub fn total(&self) -> Option<Paise> {
        self.0.iter().try_fold(Paise::ZERO, |total, (_, part)| total.checked_add(*part))
    }
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 4] = [Mode::Cash, Mode::Upi, Mode::Card, Mode::Cheque];

    pub(super) fn number(self) -> u64 {
        match self {
            Mode::Cash => 1,
            Mode::Upi => 2,
            Mode::Card => 3,
            Mode::Cheque => 4,
        }
    }

    pub(super) fn from_number(number: u64) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.number() == number)
    }

    /// What it is called in files and rows.
    pub fn code(self) -> &'static str {
        match self {
            Mode::Cash => "cash",
            Mode::Upi => "upi",
            Mode::Card => "card",
            Mode::Cheque => "cheque",
        }
    }

    /// What it is called on a receipt in English.
    pub fn name(self) -> &'static str {
        self.name_in(Language::English)
    }
}

impl Receipt {
    /// The longest payment reference, in characters.
    pub const MAX_REFERENCE: usize = 24;

    pub(super) fn encode(&self) -> Value {
        let split: Vec<Value> =
            self.split.0.iter().flat_map(|(head, part)| [head.0.into(), part.get().into()]).collect();
        let periods = self.periods.map(|(from, to)| Value::Array(vec![from.number().into(), to.number().into()]));
        Map::new()
            .put(1, self.account.as_str())
            .put_some(2, self.bill.as_ref().map(BillNumber::as_str))
            .put(3, self.amount.get())
            .put(4, Value::Array(split))
            .put(5, self.mode.number())
            .put_some(6, self.reference.as_deref())
            .put_some(7, self.subject_to_realisation.then_some(true))
            .put_some(8, periods)
            .put(9, self.receipts)
            .put(10, self.grand_total.get())
            .put(11, self.request.0.as_slice())
            .put_some(12, self.requested.map(|at| at.0))
            .into()
    }

    pub(super) fn decode(value: &Value) -> Result<Receipt, FormatError> {
        let fields = Fields::of_map("receipt", value)?;
        let receipt = Receipt {
            account: fields.parse(1)?,
            bill: fields.optional(2, Fields::parse)?,
            amount: not_negative(&fields, 3)?,
            split: decode_split(&fields, 4)?,
            mode: Mode::from_number(fields.u64(5)?).ok_or_else(|| fields.bad(5))?,
            reference: fields.optional(6, Receipt::decode_reference)?,
            subject_to_realisation: fields.flag(7)?,
            periods: fields.optional(8, decode_periods)?,
            receipts: fields.u64(9)?,
            grand_total: not_negative(&fields, 10)?,
            request: RequestId(fields.bytes(11)?),
            requested: fields.optional(12, place)?,
        };
        if !receipt.amount.is_positive() || receipt.split.total() != Some(receipt.amount) {
            return Err(fields.inconsistent("the heads do not add up to the amount"));
        }
        if receipt.receipts == 0 || receipt.grand_total < receipt.amount {
            return Err(fields.inconsistent("the running totals are smaller than the receipt itself"));
        }
        Ok(receipt)
    }

    pub(crate) fn decode_reference(fields: &Fields, key: u64) -> Result<String, FormatError> {
        let text = fields.text(key, Receipt::MAX_REFERENCE)?;
        if Receipt::is_reference(text) { Ok(text.to_owned()) } else { Err(fields.bad(key)) }
    }

    /// Whether this may stand as a payment's reference: 1 to [`Receipt::MAX_REFERENCE`] visible ASCII characters.
    pub fn is_reference(text: &str) -> bool {
        (1..=Receipt::MAX_REFERENCE).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
    }
}

pub(super) fn decode_split(fields: &Fields, key: u64) -> Result<Split, FormatError> {
    let items = fields.array(key, 2 * Split::MAX_HEADS)?;
    let mut parts = Vec::with_capacity(items.len() / 2);
    for pair in items.chunks(2) {
        let pair = Value::Array(pair.to_vec());
        let part = Fields::of_array("split", &pair, 2)?;
        parts.push((HeadId(part.uint(0)?), amount(&part, 1)?));
    }
    Split::new(parts).ok_or_else(|| fields.bad(key))
}

fn decode_periods(fields: &Fields, key: u64) -> Result<(Period, Period), FormatError> {
    let both = Fields::of_array("periods", fields.need(key)?, 2)?;
    let read = |at| Period::from_number(both.u64(at)?).ok_or_else(|| both.bad(at));
    let (from, to) = (read(0)?, read(1)?);
    if from <= to { Ok((from, to)) } else { Err(fields.bad(key)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt() -> Receipt {
        let p = |n| Paise::new(n).unwrap();
        Receipt {
            account: "BHG-0217".parse().unwrap(),
            bill: Some("B2611-00217".parse().unwrap()),
            amount: p(25_600),
            split: Split::new(vec![(HeadId::LATE_FEE, p(1_000)), (HeadId(10), p(25_000)), (HeadId::REBATE, p(-400))])
                .unwrap(),
            mode: Mode::Cash,
            reference: None,
            subject_to_realisation: false,
            periods: Some(("2026-09".parse().unwrap(), "2026-11".parse().unwrap())),
            receipts: 12,
            grand_total: p(999_900),
            request: RequestId([3; 8]),
            requested: None,
        }
    }

    #[test]
    fn it_is_read_back() {
        for receipt in [
            receipt(),
            Receipt {
                bill: None,
                periods: None,
                mode: Mode::Upi,
                reference: Some("632512345678".into()),
                subject_to_realisation: true,
                requested: Some(Sequence(41)),
                ..receipt()
            },
        ] {
            assert_eq!(Receipt::decode(&receipt.encode()), Ok(receipt));
        }
    }

    #[test]
    fn a_receipt_that_does_not_add_up_is_refused() {
        let p = |n| Paise::new(n).unwrap();
        for wrong in [
            Receipt { amount: p(25_601), ..receipt() },
            Receipt { receipts: 0, ..receipt() },
            Receipt { grand_total: p(1), ..receipt() },
            Receipt { requested: Some(Sequence(0)), ..receipt() },
            Receipt { reference: Some("two words".into()), ..receipt() },
            Receipt { periods: Some(("2026-11".parse().unwrap(), "2026-09".parse().unwrap())), ..receipt() },
        ] {
            assert!(Receipt::decode(&wrong.encode()).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_split_names_each_head_once() {
        let p = |n| Paise::new(n).unwrap();
        assert!(Split::new(vec![]).is_none());
        assert!(Split::new(vec![(HeadId(10), p(1)), (HeadId(10), p(2))]).is_none());
        assert!(Split::new(vec![(HeadId(10), p(0))]).is_none());
    }
}
