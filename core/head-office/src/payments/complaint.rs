//! Complaints: opened by a till, closed with an outcome, by the books themselves once the question about the money is answered.

use super::word;
use crate::error::OfficeError;
use crate::office::Office;
use crate::posting::Context;
use crate::sms;
use crate::store::{ComplaintOutcome, ComplaintRecord, Fate, RequestRecord, StoreTx};
use raseed_protocol::ids::EntryId;
use raseed_protocol::journal::{ComplaintCause, ComplaintOpened, Stamp};
use raseed_protocol::payment_word::PaymentState;
use raseed_protocol::time::WallMs;

/// The most complaints that one list shows.
const MOST: u32 = 1_000;

impl Office {
    /// Open complaints (or all), those first that were promised first, at most a thousand.
    pub fn complaints(&self, open_only: bool) -> Result<Vec<ComplaintRecord>, OfficeError> {
        Ok(self.store.read(&self.tenant)?.complaints(open_only, MOST)?)
    }

    /// Closes a complaint that a person has dealt with.
    pub fn close_complaint(&self, number: &EntryId, outcome: ComplaintOutcome, now: WallMs) -> Result<(), OfficeError> {
        let mut tx = self.store.write(&self.tenant)?;
        let open = tx.complaint(number)?.filter(|complaint| complaint.closed.is_none());
        let complaint = open.ok_or_else(|| OfficeError::NoSuchComplaint(number.clone()))?;
        let context = self.context(&*tx, now)?;
        close(&mut *tx, &context, &complaint, outcome)?;
        Ok(tx.commit()?)
    }
}

/// Takes in a complaint-opened entry that has just been stored.
pub(crate) fn opened(
    tx: &mut dyn StoreTx,
    context: &Context,
    id: &EntryId,
    opened: &ComplaintOpened,
    stamp: &Stamp,
) -> Result<(), OfficeError> {
    let about = EntryId { sequence: opened.requested, ..id.clone() };
    let complaint = ComplaintRecord {
        id: id.clone(),
        about: about.clone(),
        cause: opened.cause,
        reference: opened.reference.clone(),
        promised: opened.promised,
        bank_due: opened.bank_due,
        opened: stamp.wall,
        closed: None,
    };
    tx.add_complaint(&complaint)?;
    sms::complaint_opened(tx, context, &complaint)?;
    match tx.request(&about)? {
        Some(mut request) => word::refresh(tx, context, &mut request),
        None => Ok(()),
    }
}

/// Closes what is answered by what the books know of this request.
pub(super) fn close_answered(
    tx: &mut dyn StoreTx,
    context: &Context,
    request: &RequestRecord,
) -> Result<(), OfficeError> {
    for complaint in tx.complaints_about(&request.id)? {
        let outcome = match (request.word.state, complaint.cause) {
            (PaymentState::Realised, ComplaintCause::NotRealised) => ComplaintOutcome::Realised,
            (PaymentState::Realised, _) => ComplaintOutcome::Paid,
            (PaymentState::Credited, _) => ComplaintOutcome::Credited,
            (PaymentState::RefundDue, _) if all_given_back(tx, request)? => ComplaintOutcome::Refunded,
            _ => continue,
        };
        close(tx, context, &complaint, outcome)?;
    }
    Ok(())
}

/// Closes an open complaint, and tells the payer.
fn close(
    tx: &mut dyn StoreTx,
    context: &Context,
    complaint: &ComplaintRecord,
    outcome: ComplaintOutcome,
) -> Result<(), OfficeError> {
    if tx.close_complaint(&complaint.id, outcome, context.now)? {
        sms::complaint_closed(tx, context, complaint, outcome)?;
    }
    Ok(())
}

fn all_given_back(tx: &dyn StoreTx, request: &RequestRecord) -> Result<bool, OfficeError> {
    Ok(tx.payments_about(&request.id)?.iter().all(|record| record.fate == Fate::Refunded))
}
