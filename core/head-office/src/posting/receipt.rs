//! A receipt: money that somebody has paid, so it counts, whatever the books say of it.
//!
//! It is settled against the office's own books as of the receipt's own day. What was printed is never changed; where the
//! books settle it otherwise, a note says so.

use super::{Context, Note, OpenAccount, day_of};
use crate::error::OfficeError;
use crate::payments;
use crate::sms;
use crate::store::{LedgerRecord, StoreTx};
use raseed_protocol::billing::{Settlement, settle};
use raseed_protocol::book::AccountStatus;
use raseed_protocol::ids::{EntryId, HeadId};
use raseed_protocol::journal::{Receipt, Stamp};
use raseed_protocol::ledger::{self, LedgerAccount, TransactionId};
use raseed_protocol::money::Paise;
use raseed_protocol::time::Day;

pub(super) fn post(
    tx: &mut dyn StoreTx,
    context: &Context,
    id: &EntryId,
    receipt: &Receipt,
    stamp: &Stamp,
) -> Result<Vec<Note>, OfficeError> {
    let day = day_of(stamp.wall, context.now);
    let mut notes: Vec<Note> = doubtful_date(stamp, day).into_iter().collect();
    let named = payments::named(tx, id, receipt)?;
    if named.money_is_spent(tx, receipt)? {
        notes.push(Note::already_credited(receipt.amount));
        hold_in_suspense(tx, context, id, receipt, day)?;
    } else if is_sale(context, receipt) {
        let into = LedgerAccount::received(receipt.mode, &id.till);
        let transaction = ledger::sale_taken(TransactionId::of_entry(id), into, receipt.amount, day)?;
        tx.post(&LedgerRecord { transaction, recorded: context.now, previous: None })?;
    } else {
        notes.extend(settle_on_account(tx, context, id, receipt, day)?);
    }
    notes.extend(payments::given(tx, context, id, receipt, named)?);
    sms::receipt_given(tx, context, id, receipt, stamp.wall.day())?;
    Ok(notes)
}

/// A sale over the counter is for no consumer: no account is looked up.
fn is_sale(context: &Context, receipt: &Receipt) -> bool {
    let sales = context.rules.as_ref().and_then(|rules| rules.payments.sales.as_ref());
    sales == Some(&receipt.account) && receipt.split.parts() == [(HeadId::SALE, receipt.amount)]
}

fn settle_on_account(
    tx: &mut dyn StoreTx,
    context: &Context,
    id: &EntryId,
    receipt: &Receipt,
    day: Day,
) -> Result<Vec<Note>, OfficeError> {
    let mut notes = Vec::new();
    let found = OpenAccount::find(tx, &receipt.account, context.now)?;
    let (Some(rules), Some(mut open)) = (&context.rules, found) else {
        notes.push(Note::unknown_account(receipt.amount));
        hold_in_suspense(tx, context, id, receipt, day)?;
        return Ok(notes);
    };
    if open.account.advance.checked_add(receipt.amount).is_none() {
        notes.push(Note::too_large(receipt.amount));
        hold_in_suspense(tx, context, id, receipt, day)?;
        return Ok(notes);
    }
    if open.account.status == AccountStatus::Closed {
        notes.push(Note::account_closed());
    }
    let settlement = settle(&mut open.account, rules, receipt.amount, day);
    notes.extend(difference(receipt, &settlement));
    let cause = TransactionId::of_entry(id);
    let before = ledger::advance_applied(cause.advance_used(), &receipt.account, &settlement.from_advance, day)?;
    if let Some(applied) = before {
        open.post(tx, applied)?;
    }
    let into = LedgerAccount::received(receipt.mode, &id.till);
    open.post(tx, ledger::receipt_settled(cause, &receipt.account, into, &settlement, day)?)?;
    open.save(tx)?;
    Ok(notes)
}

/// A receipt cannot be younger than now, nor older than the newest word that the device had from the office.
fn doubtful_date(stamp: &Stamp, day: Day) -> Option<Note> {
    let says = stamp.wall.day();
    let office = stamp.seen.map(|seen| seen.office.day());
    if day < says {
        return Some(Note::dated_ahead(says, day));
    }
    office.filter(|office| says < *office).map(|office| Note::dated_back(says, office))
}

fn hold_in_suspense(
    tx: &mut dyn StoreTx,
    context: &Context,
    id: &EntryId,
    receipt: &Receipt,
    day: Day,
) -> Result<(), OfficeError> {
    let into = LedgerAccount::received(receipt.mode, &id.till);
    let transaction = ledger::receipt_in_suspense(TransactionId::of_entry(id), into, receipt.amount, day)?;
    Ok(tx.post(&LedgerRecord { transaction, recorded: context.now, previous: None })?)
}

/// How the settlement differs from what was printed, if it does. More held in advance than printed, for a bill that was
/// named, means that somebody else's payment came first.
fn difference(receipt: &Receipt, settlement: &Settlement) -> Option<Note> {
    let mut printed = receipt.split.parts().to_vec();
    printed.sort_unstable();
    let posted = settlement.by_head();
    if printed.iter().copied().eq(posted.iter().map(|part| (part.head, part.amount))) {
        return None;
    }
    let printed_advance =
        printed.first().filter(|(head, _)| *head == HeadId::ADVANCE).map_or(Paise::ZERO, |part| part.1);
    if receipt.bill.is_some() && settlement.to_advance > printed_advance {
        return Some(Note::paid_twice(settlement.to_advance - printed_advance.max(Paise::ZERO)));
    }
    Some(Note::applied_differently(settlement.to_advance))
}
