//! The text of the QR codes that a till makes: for one payment on a screen, and for a bill on paper.

use crate::error::TillError;
use crate::payment::Payment;
use crate::till::Till;
use raseed_protocol::book::CodeMaker;
use raseed_protocol::ids::BillNumber;
use raseed_protocol::journal::Mode;
use raseed_protocol::money::Paise;
use raseed_protocol::payment_code::{self, Shown};
use raseed_protocol::payment_word::PaymentWord;
use raseed_protocol::qr::upi;

impl Till {
    /// The text of the code to show for a payment by UPI; `None` while the payment service has not made it yet.
    ///
    /// The till's own code asks for exactly the amount, under the payment's own reference, for as long as it counts. A code
    /// of the payment service is shown only if it asks for exactly this amount.
    pub fn payment_code(&self, payment: &Payment) -> Result<Option<String>, TillError> {
        let payee = self.store.rules()?.payments.upi.ok_or(TillError::ModeOff { mode: Mode::Upi })?;
        if payee.codes == CodeMaker::Service {
            return Ok(payment.word.as_ref().and_then(|word| checked_code(word, payment.amount)));
        }
        let what = payment.bill.as_ref().map(BillNumber::as_str).unwrap_or(payment.note.as_str());
        let request = upi::Request {
            made_at: Some(payment.asked),
            expires_at: payment.expires,
            ..payment_code::asking(&payee, &payment.id.to_string(), payment.amount, what).map_err(|_| self.unfit())?
        };
        Ok(Some(request.build()))
    }

    /// The text of a bill's own code, for paper: it pays without a collector. `None` where there is no UPI here, where nothing
    /// is due, or where the bill's number is too long for a reference.
    pub(crate) fn bill_code(&self, bill: &BillNumber, payable: Paise) -> Result<Option<String>, TillError> {
        match self.store.rules()?.payments.upi {
            Some(payee) => payment_code::of_bill(&payee, bill, payable, Shown::Printed).map_err(|_| self.unfit()),
            None => Ok(None),
        }
    }

    /// What stands in the rules was checked when they came; a fault here is one of the file.
    fn unfit(&self) -> TillError {
        self.store.damaged("the rules for payments cannot be put into a code")
    }
}

/// The payment service's code, if it is one and asks for exactly this.
fn checked_code(word: &PaymentWord, amount: Paise) -> Option<String> {
    let link = word.link.as_ref()?;
    let read = upi::read(link).ok()?;
    (read.amount() == Some(amount) && read.minimum().is_none()).then(|| link.clone())
}
