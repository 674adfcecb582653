//! A request ended without a receipt: money that waited for one is credited or to be given back.

use super::place::{self, Oddity};
use super::word;
use crate::error::OfficeError;
use crate::posting::{Context, Note};
use crate::store::{Fate, StoreTx};
use raseed_protocol::ids::EntryId;
use raseed_protocol::journal::PaymentEnded;

/// Takes in a payment-ended entry that has just been stored.
pub(crate) fn ended(
    tx: &mut dyn StoreTx,
    context: &Context,
    id: &EntryId,
    ended: &PaymentEnded,
) -> Result<Option<Note>, OfficeError> {
    let about = EntryId { sequence: ended.requested, ..id.clone() };
    let Some(mut request) = tx.request(&about)? else { return Ok(Some(Note::no_such_request())) };
    request.outcome = Some(ended.outcome);
    tx.put_request(&request)?;
    if ended.outcome.is_end() && request.receipt.is_none() {
        for mut record in tx.payments_about(&about)? {
            if record.fate == Fate::Matched {
                place::otherwise(tx, context, &request, &mut record, Oddity::Late)?;
            }
        }
    }
    word::refresh(tx, context, &mut request)?;
    Ok(None)
}
