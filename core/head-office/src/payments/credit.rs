//! What the office does by itself with money that nobody will give a receipt for: it goes to the consumer's account, settled
//! as a receipt would be, or is set aside to be given back.

use super::arrive::{clearing, event_id};
use crate::error::OfficeError;
use crate::posting::{Context, OpenAccount};
use crate::sms;
use crate::store::{Fate, LedgerRecord, PaymentRecord, StoreTx};
use raseed_protocol::billing::settle;
use raseed_protocol::ids::AccountId;
use raseed_protocol::ledger::{self, PaymentEvent, Transaction};
use raseed_protocol::time::Day;

/// Credits the payment to this account; if there is none that can be credited, it is to be given back.
pub(super) fn credit_or_refund(
    tx: &mut dyn StoreTx,
    context: &Context,
    account: Option<&AccountId>,
    record: &mut PaymentRecord,
) -> Result<(), OfficeError> {
    let credited = match account {
        Some(account) => credit(tx, context, account, record)?,
        None => false,
    };
    if !credited {
        refund_due(tx, context, record)?;
    }
    Ok(tx.put_payment(record)?)
}

/// Credits a payment that was set aside, now that it is known whose it is. False, with nothing posted, if it cannot be.
pub(super) fn place(
    tx: &mut dyn StoreTx,
    context: &Context,
    account: &AccountId,
    record: &mut PaymentRecord,
) -> Result<bool, OfficeError> {
    if !credit(tx, context, account, record)? {
        return Ok(false);
    }
    withdraw(tx, context, record)?;
    tx.put_payment(record)?;
    Ok(true)
}

/// The day on which it was paid, but none that is still to come here.
pub(super) fn day_of(record: &PaymentRecord, context: &Context) -> Day {
    record.payment.paid.day().min(context.now.day())
}

fn credit(
    tx: &mut dyn StoreTx,
    context: &Context,
    account: &AccountId,
    record: &mut PaymentRecord,
) -> Result<bool, OfficeError> {
    let (amount, day) = (record.payment.amount, day_of(record, context));
    let found = OpenAccount::find(tx, account, context.now)?;
    let Some((rules, mut open)) = context.rules.as_ref().zip(found) else { return Ok(false) };
    if open.account.advance.checked_add(amount).is_none() {
        return Ok(false);
    }
    let settlement = settle(&mut open.account, rules, amount, day);
    let cause = event_id(record, PaymentEvent::Credited);
    let before = ledger::advance_applied(cause.advance_used(), account, &settlement.from_advance, day)?;
    if let Some(applied) = before {
        open.post(tx, applied)?;
    }
    open.post(tx, ledger::payment_credited(cause, account, clearing(record), &settlement, day)?)?;
    open.save(tx)?;
    (record.fate, record.account) = (Fate::Credited, Some(account.clone()));
    sms::credited(tx, context, account, record, day)?;
    Ok(true)
}

fn refund_due(tx: &mut dyn StoreTx, context: &Context, record: &mut PaymentRecord) -> Result<(), OfficeError> {
    record.fate = Fate::RefundDue;
    let event = if is_posted(tx, record, PaymentEvent::RefundDue)? {
        PaymentEvent::RefundDueAgain
    } else {
        PaymentEvent::RefundDue
    };
    let id = event_id(record, event);
    let transaction = ledger::refund_due(id, clearing(record), record.payment.amount, day_of(record, context))?;
    post(tx, context, transaction)
}

/// The receipt for a payment that was to be given back has come.
pub(super) fn withdraw_refund(
    tx: &mut dyn StoreTx,
    context: &Context,
    record: &mut PaymentRecord,
) -> Result<(), OfficeError> {
    record.fate = Fate::Matched;
    withdraw(tx, context, record)?;
    Ok(tx.put_payment(record)?)
}

fn withdraw(tx: &mut dyn StoreTx, context: &Context, record: &PaymentRecord) -> Result<(), OfficeError> {
    let event = if is_posted(tx, record, PaymentEvent::RefundDueAgain)? {
        PaymentEvent::RefundWithdrawnAgain
    } else {
        PaymentEvent::RefundWithdrawn
    };
    let id = event_id(record, event);
    let transaction = ledger::refund_withdrawn(id, clearing(record), record.payment.amount, context.now.day())?;
    post(tx, context, transaction)
}

/// An id is posted once. A payment is set aside twice at the most: before it is known whose it is, and when what it was for ended
/// without it.
fn is_posted(tx: &dyn StoreTx, record: &PaymentRecord, event: PaymentEvent) -> Result<bool, OfficeError> {
    Ok(tx.transaction(&event_id(record, event))?.is_some())
}

/// A person has given it back.
pub(super) fn given_back(
    tx: &mut dyn StoreTx,
    context: &Context,
    record: &mut PaymentRecord,
) -> Result<(), OfficeError> {
    record.fate = Fate::Refunded;
    let id = event_id(record, PaymentEvent::Refunded);
    post(tx, context, ledger::refunded(id, record.payment.amount, context.now.day())?)?;
    Ok(tx.put_payment(record)?)
}

fn post(tx: &mut dyn StoreTx, context: &Context, transaction: Transaction) -> Result<(), OfficeError> {
    Ok(tx.post(&LedgerRecord { transaction, recorded: context.now, previous: None })?)
}
