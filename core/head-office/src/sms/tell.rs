//! What is told of what happens in the books: called where it happens, in the same transaction.
//!
//! None of it can keep the books from going on: where nobody is to be told, nothing is written.

use super::queue::tell;
use super::{Kind, News};
use crate::error::OfficeError;
use crate::posting::Context;
use crate::store::{ComplaintOutcome, ComplaintRecord, Fate, PaymentRecord, StoreTx};
use raseed_protocol::ids::{AccountId, EntryId};
use raseed_protocol::journal::Receipt;
use raseed_protocol::money::Paise;
use raseed_protocol::time::Day;

/// A receipt has come with a till's journal, and is posted.
pub(crate) fn receipt_given(
    tx: &mut dyn StoreTx,
    context: &Context,
    id: &EntryId,
    receipt: &Receipt,
    on: Day,
) -> Result<(), OfficeError> {
    if context.wording.is_none() {
        return Ok(());
    }
    // The money for it may have come before the receipt itself.
    let about = receipt.requested.map_or(id.clone(), |sequence| EntryId { sequence, ..id.clone() });
    let is_certain = !receipt.subject_to_realisation
        || tx.payments_about(&about)?.iter().any(|payment| payment.fate == Fate::Matched);
    let news = News::Receipt { receipt: id.clone(), amount: receipt.amount, mode: receipt.mode, on, is_certain };
    tell(tx, context, &receipt.account, &news).map(drop)
}

/// The money for a receipt has come: news only to those who were told that it is subject to that.
pub(crate) fn realised(
    tx: &mut dyn StoreTx,
    context: &Context,
    receipt: &EntryId,
    amount: Paise,
) -> Result<(), OfficeError> {
    if context.wording.is_none() {
        return Ok(());
    }
    let before = tx.message(&News::id_of_receipt(receipt))?.filter(|message| message.kind == Kind::ReceiptSubject);
    let Some(before) = before else { return Ok(()) };
    tell(tx, context, &before.account, &News::Realised { receipt: receipt.clone(), amount }).map(drop)
}

/// The office has credited a payment.
pub(crate) fn credited(
    tx: &mut dyn StoreTx,
    context: &Context,
    account: &AccountId,
    record: &PaymentRecord,
    on: Day,
) -> Result<(), OfficeError> {
    let payment = &record.payment;
    tell(tx, context, account, &News::Credit { payment: payment.id.clone(), amount: payment.amount, on }).map(drop)
}

/// A complaint was opened.
pub(crate) fn complaint_opened(
    tx: &mut dyn StoreTx,
    context: &Context,
    complaint: &ComplaintRecord,
) -> Result<(), OfficeError> {
    let Some((account, amount)) = asked(tx, context, &complaint.about)? else { return Ok(()) };
    let news = News::ComplaintOpened {
        complaint: complaint.id.clone(),
        about: complaint.about.clone(),
        amount,
        promised: complaint.promised,
        bank_due: complaint.bank_due,
    };
    tell(tx, context, &account, &news).map(drop)
}

/// A complaint was closed.
pub(crate) fn complaint_closed(
    tx: &mut dyn StoreTx,
    context: &Context,
    complaint: &ComplaintRecord,
    outcome: ComplaintOutcome,
) -> Result<(), OfficeError> {
    let Some((account, _)) = asked(tx, context, &complaint.about)? else { return Ok(()) };
    let news = News::ComplaintClosed { complaint: complaint.id.clone(), outcome };
    tell(tx, context, &account, &news).map(drop)
}

/// Of whom a payment was asked, and how much.
fn asked(tx: &dyn StoreTx, context: &Context, request: &EntryId) -> Result<Option<(AccountId, Paise)>, OfficeError> {
    if context.wording.is_none() {
        return Ok(None);
    }
    Ok(tx.request(request)?.and_then(|request| Some((request.account?, request.amount))))
}
