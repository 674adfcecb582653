//! A card sale by the payment app on the device, tied to a payment that was asked for.
//!
//! The request is durable before the app is started; what the app says ends it. An answer that does not say yes or no leaves
//! it unknown, and the app is asked again, or the settlement file tells. What it says counts only under the reference that it was
//! asked with, which nobody else on the device can guess.

use crate::card::{Acquirer, AcquirerKind, Answered, Ask, CardOutcome, CardSale, card_reference};
use crate::error::TillError;
use crate::payment::Payment;
use crate::till::Till;
use raseed_protocol::book::{CardApp, Rules};
use raseed_protocol::ids::{EntryId, StaffId};
use raseed_protocol::journal::{Mode, Outcome, PaymentEnded};

/// What the payment app said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardCame {
    /// About which payment.
    pub payment: EntryId,
    /// What came back, untouched.
    pub answered: Answered,
    /// True if it answers the question what became of the sale, not the sale itself.
    pub of_query: bool,
    /// The package of the app that asked.
    pub our_package: String,
    /// Who stands at the till.
    pub staff: StaffId,
}

impl Till {
    /// What to start to take the money. Once for a payment: after a restart [`Till::card_query`] asks instead.
    pub fn card_ask(&self, payment: &EntryId, our_package: &str) -> Result<Ask, TillError> {
        let (acquirer, sale, payment) = self.card_sale(payment, our_package)?;
        if payment.state.is_pending() {
            return Ok(acquirer.sale(&sale));
        }
        Err(TillError::PaymentOver { payment: payment.id, state: payment.state.code() })
    }

    /// What to start to ask what became of it, charging nothing; `None` if this payment app cannot be asked.
    pub fn card_query(&self, payment: &EntryId, our_package: &str) -> Result<Option<Ask>, TillError> {
        let (acquirer, sale, _) = self.card_sale(payment, our_package)?;
        Ok(acquirer.query(&sale))
    }

    /// Takes in what the payment app said. Said twice, it does nothing more; said after the end, it changes nothing.
    pub fn card_came(&mut self, came: &CardCame) -> Result<Payment, TillError> {
        let (acquirer, sale, payment) = self.card_sale(&came.payment, &came.our_package)?;
        if !payment.state.is_pending() {
            return Ok(payment);
        }
        let outcome = if came.of_query {
            acquirer.read_query(&sale, &came.answered)
        } else {
            acquirer.read(&sale, &came.answered)
        };
        match outcome {
            CardOutcome::Approved(approval) => {
                self.give_receipt(&payment, approval.rrn, false, &came.staff)?;
                self.payment(&payment.id).map_err(TillError::once_recorded)
            }
            CardOutcome::Declined { code, what } => self.write_end(
                &payment,
                Outcome::Declined,
                PaymentEnded::reason_of(&format!("{code} {what}")),
                None,
                &came.staff,
            ),
            CardOutcome::Cancelled => {
                self.write_end(&payment, Outcome::Declined, "given up at the card app".to_owned(), None, &came.staff)
            }
            CardOutcome::Unknown { .. } if payment.state.is_unknown() => Ok(payment),
            CardOutcome::Unknown { what } => {
                self.write_end(&payment, Outcome::Unknown, PaymentEnded::reason_of(&what), None, &came.staff)
            }
        }
    }

    fn card_sale(&self, payment: &EntryId, our_package: &str) -> Result<(Acquirer, CardSale, Payment), TillError> {
        let payment = self.payment(payment)?;
        if payment.mode != Mode::Card {
            return Err(TillError::ModeOff { mode: Mode::Card });
        }
        let acquirer = Acquirer::of_rules(&self.card_app(&self.store.rules()?)?, our_package)?;
        let reference = card_reference(&payment.id, self.key.as_ref())?;
        let reference =
            reference.ok_or_else(|| self.store.damaged("a payment's number is too long for a card sale"))?;
        let sale = CardSale::new(&reference.to_string(), payment.amount, payment.account.clone());
        let sale = sale.map_err(|error| self.store.damaged(&error.to_string()))?;
        Ok((acquirer, sale, payment))
    }

    /// The payment app of the rules, if money can be taken with it here.
    pub(crate) fn card_app(&self, rules: &Rules) -> Result<CardApp, TillError> {
        let app = rules.payments.card.clone().ok_or(TillError::ModeOff { mode: Mode::Card })?;
        if app.acquirer == AcquirerKind::Simulator.code() && !self.rehearsal {
            return Err(TillError::TakesNoMoney);
        }
        Ok(app)
    }
}
