//! Complaints about payments: opened, shown, printed, sent.

use super::{Payments, parse_payment};
use crate::device::parse_staff;
use crate::error::RaseedError;
use crate::language::Language;
use crate::money::Money;
use crate::slip::SlipBlock;
use raseed_till::{Complain, ComplaintTicket};

/// A complaint about a payment.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ComplaintView {
    /// Its number.
    pub complaint: String,
    /// The payment that it is about.
    pub payment: String,
    /// For which account; nothing for a sale.
    pub account: Option<String>,
    /// How much.
    pub money: Money,
    /// When the payment was asked for.
    pub when: String,
    /// What happened, said to the payer.
    pub cause: String,
    /// The payment's own reference, if one is known.
    pub reference: Option<String>,
    /// When the utility promises to have settled it.
    pub promised: String,
    /// When the bank must have given the money back.
    pub bank_due: String,
}

#[uniffi::export]
impl Payments {
    /// Opens a complaint because the payer says that it is paid; about a payment that has one, gives that one.
    pub fn complain(
        &self,
        payment: &str,
        reference: Option<String>,
        staff: &str,
    ) -> Result<ComplaintView, RaseedError> {
        let request = Complain { payment: parse_payment(payment)?, reference, staff: parse_staff(staff)? };
        let language = self.shared.language();
        self.shared.till(|till| Ok(view(&till.complain(&request)?, language)))
    }

    /// The complaint about a payment.
    pub fn complaint(&self, payment: &str) -> Result<ComplaintView, RaseedError> {
        let (id, language) = (parse_payment(payment)?, self.shared.language());
        self.shared.till(|till| Ok(view(&till.complaint_about(&id)?, language)))
    }

    /// What to send to the payer by any app: no name, no phone.
    pub fn complaint_text(&self, payment: &str, language: Language) -> Result<String, RaseedError> {
        let id = parse_payment(payment)?;
        self.shared.till(|till| till.complaint_text(&till.complaint_about(&id)?, language.core()))
    }

    /// What stands on its paper, in the payer's language.
    pub fn complaint_slip(&self, payment: &str, language: Language) -> Result<Vec<SlipBlock>, RaseedError> {
        let id = parse_payment(payment)?;
        self.shared.till(|till| {
            let slip = till.complaint_slip(&till.complaint_about(&id)?, language.core())?;
            Ok(slip.0.into_iter().map(SlipBlock::from).collect())
        })
    }
}

fn view(ticket: &ComplaintTicket, language: Language) -> ComplaintView {
    let ComplaintTicket { number, opened, payment } = ticket;
    ComplaintView {
        complaint: number.to_string(),
        payment: payment.id.to_string(),
        account: payment.account.as_ref().map(ToString::to_string),
        money: payment.amount.into(),
        when: payment.asked.to_people_in(language.core()),
        cause: opened.cause.words_in(language.core()).to_owned(),
        reference: opened.reference.clone(),
        promised: opened.promised.to_people_in(language.core()),
        bank_due: opened.bank_due.to_people_in(language.core()),
    }
}
