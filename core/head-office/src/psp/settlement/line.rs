//! One line of a settlement file. A fault names the column and never quotes the value: it may be somebody's name.

use super::mapping::{Mapping, Unit};
use super::{Charges, SettlementRefused, paid_at};
use crate::import::Fault;
use crate::psp::{PspPayment, PspPaymentId, reference_of, rrn_of};
use raseed_protocol::money::{AmountError, Paise};
use raseed_protocol::time::WallMs;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use thiserror::Error;

/// The longest fee or tax that is kept, in characters.
const MAX_CHARGE: usize = 40;

/// A line that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BadLine {
    /// Its number in the file, from 1.
    pub line: u64,
    /// What is wrong and what to do; serialized as its text.
    #[serde(serialize_with = "as_text")]
    pub what: LineFault,
}

fn as_text<S: Serializer>(what: &LineFault, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(what)
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs)] // each text says what its variant means
pub enum LineFault {
    #[error("{0}")]
    Shape(Fault),
    #[error("{column}: a value is needed here; ask for the report again")]
    Missing { column: String },
    #[error("{column}: a spreadsheet has rounded this number away; use the file as it was downloaded, unopened")]
    Rounded { column: String },
    #[error("{column}: this is no id of a payment; check the column in the mapping")]
    PaymentId { column: String },
    #[error("{column}: this is no RRN or UTR; check the column in the mapping")]
    Rrn { column: String },
    #[error("{column}: {what}")]
    Amount { column: String, what: AmountError },
    #[error("{column}: paise are digits alone; check amount_in of the mapping")]
    NotPaise { column: String },
    #[error("{column}: a payment is above zero; give back money by hand")]
    NotPositive { column: String },
    #[error("{column}: this is no time in a form of paid_in; add its form to the mapping")]
    Time { column: String },
    #[error("this payment stands on line {line} with other values; ask which of the two is right")]
    Differs { line: u64 },
}

/// A line that was read.
pub(super) enum Read {
    /// A payment that is settled.
    Settled(PspPayment, Option<Charges>),
    /// A line of another status.
    Other,
}

/// Where in a line each column stands.
pub(super) struct Places {
    width: usize,
    payment_id: Option<usize>,
    reference: Option<usize>,
    rrn: Option<usize>,
    amount: usize,
    paid: usize,
    status: Option<usize>,
    fee: Option<usize>,
    tax: Option<usize>,
}

impl Places {
    /// Finds the columns of the mapping among the names of a file.
    pub fn find(names: &[Cow<'_, str>], mapping: &Mapping) -> Result<Places, SettlementRefused> {
        let needed = |name: &String| {
            let mut places = names.iter().enumerate().filter(|(_, known)| known.trim() == name.trim());
            match (places.next(), places.next()) {
                (Some((place, _)), None) => Ok(place),
                (None, _) => Err(SettlementRefused::MissingColumn(name.clone())),
                (Some(_), Some(_)) => Err(SettlementRefused::ColumnTwice(name.clone())),
            }
        };
        let named = |name: &Option<String>| name.as_ref().map(needed).transpose();
        let columns = &mapping.columns;
        Ok(Places {
            width: names.len(),
            payment_id: named(&columns.payment_id)?,
            reference: named(&columns.reference)?,
            rrn: named(&columns.rrn)?,
            amount: needed(&columns.amount)?,
            paid: needed(&columns.paid)?,
            status: named(&columns.status)?,
            fee: named(&columns.fee)?,
            tax: named(&columns.tax)?,
        })
    }
}

/// Reads one line that was split into its values.
pub(super) fn read(values: &[Cow<'_, str>], places: &Places, mapping: &Mapping) -> Result<Read, LineFault> {
    if values.len() != places.width {
        return Err(LineFault::Shape(Fault::ValueCount { found: values.len(), expected: places.width }));
    }
    let columns = &mapping.columns;
    // A column that the mapping does not name is as good as empty.
    let value = |place: Option<usize>| place.map_or("", |place| values[place].trim());
    let name = |column: &Option<String>| column.clone().unwrap_or_default();
    let status = value(places.status);
    if places.status.is_some() && !mapping.settled.iter().any(|settled| settled.trim() == status) {
        return Ok(Read::Other);
    }
    let rrn = rrn(value(places.rrn)).map_err(|fault| fault(name(&columns.rrn)))?;
    let id = match (value(places.payment_id), &rrn) {
        ("", None) if columns.payment_id.is_some() => {
            return Err(LineFault::Missing { column: name(&columns.payment_id) });
        }
        ("", None) => return Err(LineFault::Missing { column: name(&columns.rrn) }),
        ("", Some(rrn)) => from_rrn(rrn).ok_or_else(|| LineFault::Rrn { column: name(&columns.rrn) })?,
        (text, _) => text.parse().map_err(|_| LineFault::PaymentId { column: name(&columns.payment_id) })?,
    };
    let amount = amount(value(Some(places.amount)), mapping)?;
    let paid = paid(value(Some(places.paid)), mapping)?;
    let charge = |place| value(place).chars().filter(|c| !c.is_control()).take(MAX_CHARGE).collect::<String>();
    let (fee, tax) = (charge(places.fee), charge(places.tax));
    let charges = (!fee.is_empty() || !tax.is_empty()).then(|| Charges { id: id.clone(), fee, tax });
    let reference = reference_of(value(places.reference));
    Ok(Read::Settled(PspPayment { id, reference, amount, rrn, paid }, charges))
}

/// Where the PSP gives no id of its own, the bank's reference is one.
fn from_rrn(rrn: &str) -> Option<PspPaymentId> {
    format!("rrn-{rrn}").parse().ok()
}

/// Files that were made for spreadsheets write `'412345678901`, so that the number is left alone.
fn rrn(text: &str) -> Result<Option<String>, fn(String) -> LineFault> {
    let text = text.strip_prefix('\'').unwrap_or(text).trim_end_matches('\'');
    if text.is_empty() {
        return Ok(None);
    }
    let exponent = text.split_once(['E', 'e']).is_some_and(|(digits, power)| {
        let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        digits.contains('.') && number(digits) && power.strip_prefix('+').is_some_and(number)
    });
    if exponent {
        return Err(|column| LineFault::Rounded { column });
    }
    rrn_of(text).map(Some).ok_or(|column| LineFault::Rrn { column })
}

fn amount(text: &str, mapping: &Mapping) -> Result<Paise, LineFault> {
    let column = || mapping.columns.amount.clone();
    if text.is_empty() {
        return Err(LineFault::Missing { column: column() });
    }
    let amount = match mapping.amount_in {
        Unit::Rupees => text.parse(),
        Unit::Paise if !text.bytes().all(|byte| byte.is_ascii_digit()) => {
            return Err(LineFault::NotPaise { column: column() });
        }
        Unit::Paise => text.parse().map_err(|_| AmountError::TooLarge).and_then(Paise::new),
    };
    let amount = amount.map_err(|what| LineFault::Amount { column: column(), what })?;
    if amount.is_positive() { Ok(amount) } else { Err(LineFault::NotPositive { column: column() }) }
}

fn paid(text: &str, mapping: &Mapping) -> Result<WallMs, LineFault> {
    let column = || mapping.columns.paid.clone();
    if text.is_empty() {
        return Err(LineFault::Missing { column: column() });
    }
    paid_at::read(text, &mapping.paid_in).ok_or_else(|| LineFault::Time { column: column() })
}
