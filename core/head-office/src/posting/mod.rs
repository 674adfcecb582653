//! Posting: what a stored entry does to the accounts and the ledger.
//!
//! It never refuses an entry and never loses money: what cannot be credited goes to suspense, and whatever a person
//! should look at becomes a note. An error here is one of the store or a mistake of ours, and undoes the whole upload.

mod note;
mod open_account;
mod receipt;
mod spot_bill;
mod till_opened;

pub(crate) use note::Note;
pub(crate) use open_account::{OpenAccount, digest};

use crate::error::OfficeError;
use crate::payments;
use crate::sms::Wording;
use crate::store::StoreTx;
use raseed_protocol::book::Rules;
use raseed_protocol::ids::EntryId;
use raseed_protocol::journal::{Body, Entry};
use raseed_protocol::time::{Day, WallMs};
use std::sync::Arc;

/// What posting an entry needs to know besides the entry.
pub(crate) struct Context {
    /// The tenant's rules; `None` before the first book.
    pub rules: Option<Rules>,
    /// The office's time.
    pub now: WallMs,
    /// How consumers are told of it; `None` where no messages are sent.
    pub wording: Option<Arc<Wording>>,
}

/// Posts one entry that has just been stored.
pub(crate) fn post(
    tx: &mut dyn StoreTx,
    context: &Context,
    id: &EntryId,
    entry: &Entry,
) -> Result<Vec<Note>, OfficeError> {
    match &entry.body {
        Body::Receipt(receipt) => receipt::post(tx, context, id, receipt, &entry.stamp),
        Body::SpotBill(bill) => spot_bill::post(tx, context, id, bill),
        Body::TillOpened(opened) => till_opened::post(tx, id, opened),
        Body::PaymentRequested(asked) => {
            payments::requested(tx, context, id, asked, &entry.stamp)?;
            Ok(Vec::new())
        }
        Body::PaymentEnded(ended) => Ok(payments::ended(tx, context, id, ended)?.into_iter().collect()),
        Body::ComplaintOpened(opened) => {
            payments::complaint_opened(tx, context, id, opened, &entry.stamp)?;
            Ok(Vec::new())
        }
        Body::ShiftOpened(_) | Body::ClockChanged(_) => Ok(Vec::new()),
        Body::Unknown { kind, .. } => Ok(vec![Note::unknown_kind(*kind)]),
    }
}

/// The day an entry gives itself, but none that is still to come here: a clock that runs ahead must not make a bill late.
fn day_of(wall: WallMs, now: WallMs) -> Day {
    wall.day().min(now.day())
}
