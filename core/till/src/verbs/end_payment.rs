//! A payment that was asked for and gets no receipt: declined, given up, let go, or unknown.
//!
//! Nothing here says that no money moved unless somebody who knows said so. Where nobody knows, the end is *unknown*: a
//! complaint is opened, and the account is not charged again until it is known or a supervisor lets the payment go.

use crate::error::TillError;
use crate::payment::Payment;
use crate::till::Till;
use raseed_protocol::ids::{EntryId, StaffId};
use raseed_protocol::journal::{Body, ComplaintCause, Mode, Outcome, PaymentEnded};
use raseed_protocol::payment_word::PaymentState;

/// A payment to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndPayment {
    /// Which one.
    pub payment: EntryId,
    /// How.
    pub ending: Ending,
    /// Who says so.
    pub staff: StaffId,
}

/// How a payment ends without a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The card app said no before any money moved.
    Declined {
        /// In its words, or ours.
        reason: String,
    },
    /// Nobody waits any longer. If the head office has said that nothing came, it is over; else its end is unknown.
    GivenUp,
    /// Its end is unknown: the answer was lost.
    Unknown {
        /// What was seen.
        reason: String,
    },
    /// A supervisor lets the account be charged again.
    LetGo {
        /// Who; not the one who asks.
        supervisor: StaffId,
        /// Why; 1 to 80 characters.
        reason: String,
    },
}

impl Till {
    /// Ends a payment. One that has ended the same way already is left as it is.
    pub fn end_payment(&mut self, request: &EndPayment) -> Result<Payment, TillError> {
        let payment = self.payment(&request.payment)?;
        let (outcome, reason, supervisor) = ending_of(&payment, request)?;
        if payment.state == crate::store::PaymentRowState::Ended(outcome) {
            return Ok(payment);
        }
        if !payment.state.is_pending() {
            return Err(TillError::PaymentOver { payment: payment.id, state: payment.state.code() });
        }
        self.write_end(&payment, outcome, reason, supervisor, &request.staff)
    }

    /// Writes the end of a pending payment, and its complaint where there is to be one.
    pub(crate) fn write_end(
        &mut self,
        payment: &Payment,
        outcome: Outcome,
        reason: String,
        supervisor: Option<StaffId>,
        staff: &StaffId,
    ) -> Result<Payment, TillError> {
        let reference = payment.word.as_ref().and_then(|word| word.reference.clone());
        let ended = PaymentEnded { requested: payment.id.sequence, outcome, reference, reason, supervisor };
        self.append(Body::PaymentEnded(ended), staff)?;
        let cause = match outcome {
            Outcome::Unknown => Some(ComplaintCause::Unknown),
            Outcome::Failed => Some(ComplaintCause::Failed),
            Outcome::Expired | Outcome::LetGo | Outcome::Declined => None,
        };
        // A till that is cut off here opens it when it looks after its payments again.
        if let Some(cause) = cause.filter(|_| payment.complaint.is_none()) {
            self.open_complaint(payment, cause, None, staff).map_err(TillError::once_recorded)?;
        }
        self.payment(&payment.id).map_err(TillError::once_recorded)
    }
}

fn ending_of(payment: &Payment, request: &EndPayment) -> Result<(Outcome, String, Option<StaffId>), TillError> {
    match &request.ending {
        Ending::Declined { reason } if payment.mode == Mode::Card => {
            Ok((Outcome::Declined, PaymentEnded::reason_of(reason), None))
        }
        Ending::Declined { reason } | Ending::Unknown { reason } => {
            Ok((Outcome::Unknown, PaymentEnded::reason_of(reason), None))
        }
        Ending::GivenUp => {
            let over = payment.word.as_ref().is_some_and(|word| word.state == PaymentState::Over);
            let outcome = if over { Outcome::Expired } else { Outcome::Unknown };
            Ok((outcome, "given up".to_owned(), None))
        }
        Ending::LetGo { supervisor, reason } => {
            let plain = PaymentEnded::reason_of(reason);
            if plain.is_empty() || reason.trim().chars().count() > PaymentEnded::MAX_REASON {
                return Err(TillError::BadReason { max: PaymentEnded::MAX_REASON });
            }
            if *supervisor == request.staff {
                return Err(TillError::NotYourOwn { staff: request.staff.clone() });
            }
            Ok((Outcome::LetGo, plain, Some(supervisor.clone())))
        }
    }
}
