//! A receipt for money that is not cash: it ends its request, and finds the payment that its reference names.

use super::{credit, place, word};
use crate::error::OfficeError;
use crate::posting::{Context, Note};
use crate::store::{Fate, PaymentRecord, ReceiptReference, RequestRecord, StoreTx, Stored};
use raseed_protocol::ids::EntryId;
use raseed_protocol::journal::{Mode, Receipt};

/// What a receipt says that it ends.
pub(crate) enum Named {
    /// No request.
    Nothing,
    /// One that is not there, has its receipt, or is of another mode.
    Wrong,
    /// This one.
    Request(Box<RequestRecord>),
}

/// The request that a receipt names.
pub(crate) fn named(tx: &dyn StoreTx, id: &EntryId, receipt: &Receipt) -> Stored<Named> {
    let Some(requested) = receipt.requested else { return Ok(Named::Nothing) };
    let request = tx.request(&EntryId { sequence: requested, ..id.clone() })?;
    let open = request.filter(|request| request.receipt.is_none() && request.mode == receipt.mode);
    Ok(open.map_or(Named::Wrong, |request| Named::Request(Box::new(request))))
}

impl Named {
    /// True if the money for this receipt was credited or set aside before it came: it must not count a second time.
    pub(crate) fn money_is_spent(&self, tx: &dyn StoreTx, receipt: &Receipt) -> Stored<bool> {
        let Named::Request(request) = self else { return Ok(false) };
        let payments = tx.payments_about(&request.id)?;
        let waits = payments.iter().any(|record| record.fate == Fate::Matched);
        Ok(!waits && payments.iter().any(|record| record.payment.amount == receipt.amount))
    }
}

/// Takes in a receipt that has just been posted.
pub(crate) fn given(
    tx: &mut dyn StoreTx,
    context: &Context,
    id: &EntryId,
    receipt: &Receipt,
    named: Named,
) -> Result<Option<Note>, OfficeError> {
    let is_wrong = matches!(named, Named::Wrong);
    let mut request = match named {
        Named::Request(request) => Some(request),
        Named::Nothing | Named::Wrong => None,
    };
    let about = request.as_ref().map_or(id, |request| &request.id).clone();
    if let (Some(reference), false) = (&receipt.reference, receipt.mode == Mode::Cash) {
        let receipt = ReceiptReference {
            receipt: id.clone(),
            about: about.clone(),
            reference: reference.clone(),
            account: receipt.account.clone(),
            amount: receipt.amount,
            mode: receipt.mode,
        };
        tx.add_reference(&receipt)?;
        claim(tx, context, &receipt)?;
    }
    if let Some(request) = &mut request {
        request.receipt = Some(id.sequence);
        tx.put_request(request)?;
        word::refresh(tx, context, request)?;
    }
    Ok(is_wrong.then(Note::no_such_request))
}

/// A payment without a reference of ours, told of before this receipt came, was set aside; now it has its receipt.
fn claim(tx: &mut dyn StoreTx, context: &Context, receipt: &ReceiptReference) -> Result<(), OfficeError> {
    let has_money = |other: &PaymentRecord| other.fate == Fate::Matched || other.payment.amount == receipt.amount;
    if tx.payments_about(&receipt.about)?.iter().any(has_money) {
        return Ok(());
    }
    let fits = |record: &PaymentRecord| {
        record.fate == Fate::RefundDue && record.about.is_none() && record.payment.amount == receipt.amount
    };
    let Some(mut record) = tx.payments_by_rrn(&receipt.reference)?.into_iter().find(fits) else { return Ok(()) };
    record.about = Some(receipt.about.clone());
    credit::withdraw_refund(tx, context, &mut record)?;
    place::move_to(tx, context, &mut record, receipt.mode)?;
    Ok(tx.put_payment(&record)?)
}
