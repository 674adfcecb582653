//! The text of the QR codes that a till makes: for one payment on a screen, and for a bill on paper.

use crate::error::TillError;
use crate::payment::Payment;
use crate::till::Till;
use raseed_protocol::book::{CodeMaker, UpiPayee};
use raseed_protocol::ids::BillNumber;
use raseed_protocol::journal::Mode;
use raseed_protocol::money::Paise;
use raseed_protocol::payment_reference::PaymentReference;
use raseed_protocol::payment_word::PaymentWord;
use raseed_protocol::qr::{Amount, Asked, Reference, Vpa, upi};
use std::str::FromStr;

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
            ..self.asking(&payee, &payment.id.to_string(), payment.amount, what)?
        };
        Ok(Some(request.build()))
    }

    /// The text of a bill's own code, for paper and messages: it pays without a collector. `None` where there is no UPI
    /// here, where nothing is due, or where the bill's number is too long for a reference.
    pub(crate) fn bill_code(&self, bill: &BillNumber, payable: Paise) -> Result<Option<String>, TillError> {
        let (payee, reference) = (self.store.rules()?.payments.upi, PaymentReference::of_bill(bill));
        let (Some(payee), Some(reference), true) = (payee, reference, payable.is_positive()) else {
            return Ok(None);
        };
        let request = self.asking(&payee, &reference.to_string(), payable, bill.as_str())?;
        Ok(Some(upi::Request { medium: upi::Medium::Physical, ..request }.build()))
    }

    fn asking(&self, payee: &UpiPayee, reference: &str, amount: Paise, what: &str) -> Result<upi::Request, TillError> {
        let amount = Amount::try_from(amount).map_err(|_| self.unfit())?;
        let (vpa, name): (Vpa, upi::PayeeName) = (self.fit(&payee.vpa)?, self.fit(&payee.name)?);
        let reference: Reference = self.fit(reference)?;
        Ok(upi::Request {
            mcc: Some(self.fit(&payee.mcc)?),
            // What cannot stand in a link is left out: the reference says what it is for.
            note: Some(what).filter(|what| !what.is_empty()).and_then(|what| what.parse().ok()),
            ..upi::Request::for_payment(vpa, name, reference, Asked::exactly(amount))
        })
    }

    /// A value of the rules as a code wants it. It was checked when the rules came; a fault here is one of the file.
    fn fit<T: FromStr>(&self, text: &str) -> Result<T, TillError> {
        text.parse().map_err(|_| self.unfit())
    }

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
