//! The word about a request: what the books know of it, worked out from its row and its payments.
//!
//! Each change takes the next number of the till. A word is kept as plain columns, and signed when a till asks for it.

use super::complaint;
use crate::error::OfficeError;
use crate::posting::Context;
use crate::sms;
use crate::store::{Fate, PaymentRecord, RequestRecord, StoreError, StoreTx, Stored};
use raseed_protocol::ids::{EntryId, TillId};
use raseed_protocol::journal::Outcome;
use raseed_protocol::money::Paise;
use raseed_protocol::payment_word::PaymentState;
use raseed_protocol::time::WallMs;

/// How long after its time a code is still waited for: a payment under way takes its time, and so does the news of it.
pub(super) const GRACE_MS: u64 = 120_000;

/// What is to be told, without number and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub state: PaymentState,
    /// Exactly what was asked once it is paid; what came in all where it came otherwise.
    pub came: Paise,
    pub reference: Option<String>,
}

/// Works out what is to be told of a request, and stores it under a new number if it is news.
pub(super) fn refresh(tx: &mut dyn StoreTx, context: &Context, request: &mut RequestRecord) -> Result<(), OfficeError> {
    let told = told_of(request, &tx.payments_about(&request.id)?, context.now);
    let word = &mut request.word;
    if (told.state, told.came, &told.reference) != (word.state, word.came, &word.reference) {
        (word.state, word.came, word.reference) = (told.state, told.came, told.reference);
        word.number = next_number(tx, &request.id.till)?;
        tx.put_request(request)?;
        tell_if_realised(tx, context, request)?;
    }
    complaint::close_answered(tx, context, request)
}

/// A receipt that was subject to realisation is certain now.
fn tell_if_realised(tx: &mut dyn StoreTx, context: &Context, request: &RequestRecord) -> Result<(), OfficeError> {
    let Some(sequence) = request.receipt.filter(|_| request.word.state == PaymentState::Realised) else {
        return Ok(());
    };
    sms::realised(tx, context, &EntryId { sequence, ..request.id.clone() }, request.amount)
}

/// The number of the next word to a till.
pub(super) fn next_number(tx: &dyn StoreTx, till: &TillId) -> Stored<u64> {
    tx.newest_word(till)?.checked_add(1).ok_or(StoreError::OutOfRange)
}

/// What the books know of a request at this time.
pub(crate) fn told_of(request: &RequestRecord, payments: &[PaymentRecord], now: WallMs) -> Told {
    let matched = payments.iter().find(|record| record.fate == Fate::Matched);
    if let Some(paid) = matched {
        let state = if request.receipt.is_some() { PaymentState::Realised } else { PaymentState::Paid };
        return Told { state, came: paid.payment.amount, reference: paid.payment.rrn.clone() };
    }
    let Some(newest) = payments.last() else { return nothing_came(request, now) };
    let credited = payments.iter().any(|record| record.fate == Fate::Credited);
    let state = if credited { PaymentState::Credited } else { PaymentState::RefundDue };
    let came = payments.iter().try_fold(Paise::ZERO, |sum, record| sum.checked_add(record.payment.amount));
    // More than an amount can be is not told: the newest payment alone is.
    Told { state, came: came.unwrap_or(newest.payment.amount), reference: newest.payment.rrn.clone() }
}

fn nothing_came(request: &RequestRecord, now: WallMs) -> Told {
    let has_ended = request.outcome.is_some_and(Outcome::is_end);
    // That nothing came is known only of the time for which the payment service was asked.
    let known = request.looked.unwrap_or(WallMs(0)).min(now);
    let is_past = request.expires.is_some_and(|at| known.0 > at.0.saturating_add(GRACE_MS));
    let open = request.receipt.is_some() || !(has_ended || is_past);
    let state = if open { PaymentState::Waiting } else { PaymentState::Over };
    Told { state, came: Paise::ZERO, reference: None }
}
