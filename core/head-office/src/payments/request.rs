//! A request has come with the journal: it gets its row, and the money that came before it is placed.

use super::place::waits;
use super::{place, word};
use crate::error::OfficeError;
use crate::posting::Context;
use crate::store::{RequestRecord, StoreTx, WordRecord};
use raseed_protocol::ids::EntryId;
use raseed_protocol::journal::{PaymentRequested, Stamp};
use raseed_protocol::money::Paise;
use raseed_protocol::payment_word::PaymentState;

/// Takes in a payment-requested entry that has just been stored.
pub(crate) fn requested(
    tx: &mut dyn StoreTx,
    context: &Context,
    id: &EntryId,
    asked: &PaymentRequested,
    stamp: &Stamp,
) -> Result<(), OfficeError> {
    let number = word::next_number(tx, &id.till)?;
    let mut request = RequestRecord {
        id: id.clone(),
        account: asked.account.clone(),
        bill: asked.bill.clone(),
        amount: asked.amount,
        mode: asked.mode,
        made: stamp.wall,
        expires: asked.expires,
        outcome: None,
        receipt: None,
        code: None,
        looked: None,
        word: WordRecord { number, state: PaymentState::Waiting, came: Paise::ZERO, reference: None },
    };
    tx.add_request(&request)?;
    let mut placed = Vec::new();
    for mut record in tx.payments_about(id)? {
        if waits(&record, id) {
            place::on_request(tx, context, &request, &placed, &mut record)?;
        }
        placed.push(record);
    }
    word::refresh(tx, context, &mut request)
}
