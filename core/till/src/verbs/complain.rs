//! A complaint about a payment: numbered, with its due dates, and never a second one about the same payment.

use crate::error::TillError;
use crate::payment::Payment;
use crate::till::Till;
use raseed_protocol::ids::{EntryId, StaffId};
use raseed_protocol::journal::{Body, ComplaintCause, ComplaintOpened, Receipt};

/// A complaint to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complain {
    /// About which payment.
    pub payment: EntryId,
    /// The reference that the payer can show, if any.
    pub reference: Option<String>,
    /// Who takes it down.
    pub staff: StaffId,
}

impl Till {
    /// Opens a complaint because the payer says that it is paid. There is one complaint about a payment: a second asking
    /// gets the same.
    pub fn complain(&mut self, request: &Complain) -> Result<ComplaintTicket, TillError> {
        let payment = self.payment(&request.payment)?;
        if request.reference.as_ref().is_some_and(|text| !Receipt::is_reference(text)) {
            return Err(TillError::BadReference);
        }
        if payment.complaint.is_none() {
            self.open_complaint(&payment, ComplaintCause::PayerSays, request.reference.clone(), &request.staff)?;
        }
        self.complaint_about(&request.payment).map_err(TillError::once_recorded)
    }

    /// The complaint about a payment.
    pub fn complaint_about(&self, payment: &EntryId) -> Result<ComplaintTicket, TillError> {
        let payment = self.payment(payment)?;
        let missing = || TillError::NoSuchPayment { id: payment.id.clone() };
        let number = payment.complaint.clone().ok_or_else(missing)?;
        match &self.stored_entry(number.sequence)?.entry().body {
            Body::ComplaintOpened(opened) => Ok(ComplaintTicket { number, opened: opened.clone(), payment }),
            _ => Err(self.store.damaged("a row points to an entry that is no complaint")),
        }
    }

    pub(crate) fn open_complaint(
        &mut self,
        payment: &Payment,
        cause: ComplaintCause,
        reference: Option<String>,
        staff: &StaffId,
    ) -> Result<(), TillError> {
        let days = self.store.rules()?.payments;
        let today = self.now()?.wall.day();
        let known = payment.word.as_ref().and_then(|word| word.reference.clone());
        let opened = ComplaintOpened {
            requested: payment.id.sequence,
            cause,
            reference: reference.or(known),
            promised: today.plus_days(days.complaint_days.into()),
            bank_due: today.plus_days(days.bank_days.into()),
        };
        self.append(Body::ComplaintOpened(opened), staff)?;
        Ok(())
    }
}

/// A complaint as it is shown, printed and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComplaintTicket {
    /// Its number.
    pub number: EntryId,
    /// What stands in it.
    pub opened: ComplaintOpened,
    /// The payment that it is about.
    pub payment: Payment,
}
