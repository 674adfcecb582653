//! Placing a payment: exactly what was asked waits for its receipt, anything else is credited or to be given back.

use super::arrive::{clearing, event_id};
use super::{credit, raise};
use crate::error::OfficeError;
use crate::posting::{Context, Note};
use crate::sms;
use crate::store::{Fate, LedgerRecord, PaymentRecord, ReceiptReference, RequestRecord, StoreTx};
use raseed_protocol::ids::{EntryId, Incarnation, Sequence, TillId};
use raseed_protocol::journal::{Mode, Outcome};
use raseed_protocol::ledger::{self, PaymentEvent};

/// Places a payment on a request; `others` are the payments for it that are placed already.
pub(super) fn on_request(
    tx: &mut dyn StoreTx,
    context: &Context,
    request: &RequestRecord,
    others: &[PaymentRecord],
    record: &mut PaymentRecord,
) -> Result<(), OfficeError> {
    record.about = Some(request.id.clone());
    move_to(tx, context, record, request.mode)?;
    match oddity(request, others, record) {
        None => {
            record.fate = Fate::Matched;
            tx.put_payment(record)?;
        }
        Some(odd) => otherwise(tx, context, request, record, odd)?,
    }
    Ok(())
}

/// A payment that was not, or is no longer, what was asked: credited or to be given back, and pointed out.
pub(super) fn otherwise(
    tx: &mut dyn StoreTx,
    context: &Context,
    request: &RequestRecord,
    record: &mut PaymentRecord,
    odd: Oddity,
) -> Result<(), OfficeError> {
    credit::credit_or_refund(tx, context, request.account.as_ref(), record)?;
    Ok(raise(tx, context, &request.id, odd.note(record))?)
}

/// Places a payment on a receipt that names no request.
pub(super) fn on_receipt(
    tx: &mut dyn StoreTx,
    context: &Context,
    receipt: &ReceiptReference,
    record: &mut PaymentRecord,
) -> Result<(), OfficeError> {
    let others = tx.payments_about(&receipt.about)?;
    record.about = Some(receipt.about.clone());
    let odd = if record.payment.amount != receipt.amount {
        Oddity::OtherAmount
    } else if others.iter().any(|other| other.fate == Fate::Matched) {
        Oddity::Again
    } else {
        record.fate = Fate::Matched;
        tx.put_payment(record)?;
        return sms::realised(tx, context, &receipt.receipt, receipt.amount);
    };
    credit::credit_or_refund(tx, context, Some(&receipt.account), record)?;
    Ok(raise(tx, context, &receipt.receipt, odd.note(record))?)
}

/// Payments that waited for entries which have come and are no requests: nobody asked for them.
pub(crate) fn for_nothing(
    tx: &mut dyn StoreTx,
    context: &Context,
    till: &TillId,
    incarnation: Incarnation,
    places: (Sequence, Sequence),
) -> Result<(), OfficeError> {
    for mut record in tx.payments_for_nothing(till, incarnation, places)? {
        record.about = None;
        credit::credit_or_refund(tx, context, None, &mut record)?;
    }
    Ok(())
}

/// How a payment differs from what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Oddity {
    /// The request had ended.
    Late,
    /// It was paid before.
    Again,
    /// Another amount.
    OtherAmount,
}

impl Oddity {
    pub(super) fn note(self, record: &PaymentRecord) -> Note {
        let (amount, credited) = (record.payment.amount, record.fate == Fate::Credited);
        match self {
            Oddity::Late => Note::late_payment(amount, credited),
            Oddity::Again => Note::paid_again(amount, credited),
            Oddity::OtherAmount => Note::other_amount(amount, credited),
        }
    }
}

pub(super) fn oddity(request: &RequestRecord, others: &[PaymentRecord], record: &PaymentRecord) -> Option<Oddity> {
    let has_ended = request.receipt.is_none() && request.outcome.is_some_and(Outcome::is_end);
    // A receipt whose money was credited before it came has had its money, too.
    let has_money = |other: &PaymentRecord| {
        other.fate == Fate::Matched || (request.receipt.is_some() && other.payment.amount == request.amount)
    };
    if record.payment.amount != request.amount {
        Some(Oddity::OtherAmount)
    } else if others.iter().any(has_money) {
        Some(Oddity::Again)
    } else if has_ended {
        Some(Oddity::Late)
    } else {
        None
    }
}

/// A payment that came before its request may have been taken for one of another mode.
pub(super) fn move_to(
    tx: &mut dyn StoreTx,
    context: &Context,
    record: &mut PaymentRecord,
    mode: Mode,
) -> Result<(), OfficeError> {
    if record.mode == mode {
        return Ok(());
    }
    let old = clearing(record);
    record.mode = mode;
    let (id, day) = (event_id(record, PaymentEvent::Moved), credit::day_of(record, context));
    let transaction = ledger::clearing_moved(id, old, clearing(record), record.payment.amount, day)?;
    Ok(tx.post(&LedgerRecord { transaction, recorded: context.now, previous: None })?)
}

/// True if this place of a journal is the one that a payment waits for.
pub(super) fn waits(record: &PaymentRecord, about: &EntryId) -> bool {
    record.fate == Fate::Matched && record.about.as_ref() == Some(about)
}
