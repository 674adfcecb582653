//! A payment that was asked for has come: the receipt for it.
//!
//! Only on proof: the head office's signed word, the card app's own approval, or, where there is no network, the reference
//! that the payer shows; then the receipt says that it is subject to realisation.

use crate::error::TillError;
use crate::payment::Payment;
use crate::receipt_body::Came;
use crate::till::Till;
use crate::verbs::collect::Given;
use raseed_protocol::ids::{EntryId, StaffId};
use raseed_protocol::journal::{Body, Mode, Receipt};
use raseed_protocol::payment_word::PaymentState;

/// A payment to give a receipt for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakePayment {
    /// Which one.
    pub payment: EntryId,
    /// What shows that it was paid.
    pub proof: Proof,
    /// Who gives the receipt.
    pub staff: StaffId,
}

/// What shows that a payment was paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The head office's word, which is here already.
    Word,
    /// The card app approved it; its reference, if it gave one.
    Approved {
        /// The bank's reference (RRN).
        reference: Option<String>,
    },
    /// The payer's app shows this reference (RRN, UTR). Nobody has confirmed it: subject to realisation.
    Shown {
        /// As typed.
        reference: String,
    },
}

/// The shortest reference that is taken from a payer's screen, in characters.
const LEAST_SHOWN: usize = 6;

impl Till {
    /// Gives the receipt for a payment. A payment that has its receipt is answered with it.
    pub fn take_payment(&mut self, request: &TakePayment) -> Result<Given, TillError> {
        let payment = self.payment(&request.payment)?;
        if let Some(receipt) = &payment.receipt {
            let entry = self.stored_entry(receipt.sequence)?;
            return self.given(entry, &self.store.rules()?, true);
        }
        if !payment.state.is_pending() {
            return Err(TillError::PaymentOver { payment: payment.id, state: payment.state.code() });
        }
        let (reference, subject) = self.proven(&payment, &request.proof)?;
        self.give_receipt(&payment, reference, subject, &request.staff)
    }

    /// The receipt for a payment that is proven. From here on nothing may refuse it.
    pub(crate) fn give_receipt(
        &mut self,
        payment: &Payment,
        reference: Option<String>,
        subject_to_realisation: bool,
        staff: &StaffId,
    ) -> Result<Given, TillError> {
        let rules = self.store.rules()?;
        let receipt = self.receipt_for(payment, reference, subject_to_realisation)?;
        let entry = self.append(Body::Receipt(receipt), staff)?;
        self.given(entry, &rules, false).map_err(TillError::once_recorded)
    }

    fn receipt_for(&self, payment: &Payment, reference: Option<String>, subject: bool) -> Result<Receipt, TillError> {
        let came = |account| Came {
            request: payment.request,
            account,
            amount: payment.amount,
            mode: payment.mode,
            reference,
            subject_to_realisation: subject,
            requested: Some(payment.id.sequence),
        };
        match &payment.account {
            Some(account) => self.receipt_accepting(came(account.clone())),
            None => {
                let sales = self.store.rules()?.payments.sales.ok_or(TillError::NoSales)?;
                self.receipt_for_sale(came(sales))
            }
        }
    }

    /// The payment's own reference, and whether its money is still to be seen.
    fn proven(&self, payment: &Payment, proof: &Proof) -> Result<(Option<String>, bool), TillError> {
        let not_paid = || TillError::NotPaid { payment: payment.id.clone() };
        match proof {
            Proof::Word => match &payment.word {
                Some(word) if word.state == PaymentState::Paid && word.came == payment.amount => {
                    Ok((word.reference.clone(), false))
                }
                _ => Err(not_paid()),
            },
            Proof::Approved { reference } if payment.mode == Mode::Card => {
                Ok((reference.clone().filter(|text| Receipt::is_reference(text)), false))
            }
            Proof::Shown { reference } if payment.mode == Mode::Upi => {
                self.check_shown(reference)?;
                Ok((Some(reference.clone()), true))
            }
            Proof::Approved { .. } | Proof::Shown { .. } => Err(not_paid()),
        }
    }

    /// A reference is some letters and digits, and counts once.
    fn check_shown(&self, reference: &str) -> Result<(), TillError> {
        let plain = reference.bytes().all(|b| b.is_ascii_alphanumeric());
        if !plain || !Receipt::is_reference(reference) || reference.len() < LEAST_SHOWN {
            return Err(TillError::BadReference);
        }
        match self.store.payment_with(reference)? {
            Some(row) => Err(TillError::ReferenceUsed { reference: reference.to_owned(), payment: self.id_of(&row) }),
            None => Ok(()),
        }
    }
}
