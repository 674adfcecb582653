//! A poster with a code for everybody: who is paid, by what, and what to look at before paying. A page of A5 to be printed.
//!
//! Money that comes by it has no reference, and so a person has to place it: hanging one up is a deliberate act of the office.
//! No till shows such a code, and nothing here may put an amount or a reference into it.

use crate::error::OfficeError;
use crate::html::fill;
use crate::office::Office;
use raseed_protocol::language::{Language, Phrase, pay as label};
use raseed_protocol::payment_code;
use raseed_protocol::symbol::Symbol;

const PAGE: &str = include_str!("../web/poster.html");

/// A poster of the tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poster {
    /// The tenant's name, in the poster's language where it has one.
    pub tenant: String,
    /// The payee's name, as the payer's app shows it.
    pub payee: String,
    /// The payee's UPI address.
    pub vpa: String,
    /// The text of the code: a UPI link for everybody, mode 01.
    pub code: String,
    /// The code, drawn in bytes alone as payment codes are.
    pub symbol: Symbol,
    language: Language,
}

impl Office {
    /// The poster of this tenant.
    ///
    /// # Errors
    /// [`OfficeError::NoUpi`] if the rules say of no UPI address.
    pub fn poster(&self, language: Language) -> Result<Poster, OfficeError> {
        let rules = self.store.read(&self.tenant)?.tenant()?.and_then(|row| row.rules).map(|(rules, _)| rules);
        let rules = rules.ok_or(OfficeError::NoUpi)?;
        let payee = rules.payments.upi.as_ref().ok_or(OfficeError::NoUpi)?;
        let code = payment_code::standing(payee).map_err(|_| OfficeError::NoUpi)?;
        let symbol = Symbol::in_bytes(&code).map_err(|_| OfficeError::NoUpi)?;
        let (tenant, vpa) = (rules.name_in(language).to_owned(), payee.vpa.clone());
        Ok(Poster { tenant, payee: payee.name.clone(), vpa, code, symbol, language })
    }
}

impl Poster {
    /// The whole page, with everything in it: it is opened from a file, and printed.
    pub fn to_html(&self) -> String {
        let phrase = |phrase: Phrase| phrase.in_language(self.language).to_owned();
        let values = [
            ("{{language}}", self.language.to_string()),
            ("{{tenant}}", self.tenant.clone()),
            ("{{payee}}", self.payee.clone()),
            ("{{vpa}}", self.vpa.clone()),
            ("{{scan}}", phrase(label::SCAN_AND_PAY)),
            ("{{upi_id}}", phrase(label::UPI_ID)),
            ("{{before}}", phrase(label::BEFORE_PAYING)),
            ("{{check}}", phrase(label::CHECK_PAYEE)),
            ("{{account}}", phrase(label::WRITE_ACCOUNT)),
            ("{{sticker}}", phrase(label::STICKER)),
            ("{{pin}}", phrase(label::PIN)),
            ("{{proof}}", phrase(label::NO_PROOF)),
        ];
        // The code alone is markup.
        let (before, after) = PAGE.split_once("{{code}}").unwrap_or((PAGE, ""));
        [fill(before, &values), self.symbol.to_svg(), fill(after, &values)].concat()
    }
}
