//! Receipts: shown, printed, sent, proven.

use crate::error::RaseedError;
use crate::language::Language;
use crate::money::AmountView;
use crate::shared::Shared;
use crate::slip::SlipBlock;
use crate::verify::{self, VerifyView};
use raseed_protocol::ids::EntryId;
use raseed_till::{Given, Till};
use std::sync::Arc;

/// Receipts of this till, and the check of any receipt.
#[derive(uniffi::Object)]
pub struct Receipts {
    pub(crate) shared: Arc<Shared>,
}

/// A receipt that stands.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ReceiptView {
    /// Its number.
    pub receipt: String,
    /// For which account.
    pub account: String,
    /// How much, in figures and words.
    pub amount: AmountView,
    /// `Cash` ..., in the language of the screens.
    pub mode: String,
    /// True if nobody has confirmed yet that its money came: subject to realisation.
    pub subject: bool,
    /// When.
    pub when: String,
    /// The months that it settled something of.
    pub periods: Option<String>,
    /// The text of its QR code.
    pub link: String,
    /// How often a printer said that it came out; from the first time on it prints as a duplicate.
    pub copies: u32,
    /// True if the request had been answered before: the same receipt again, no second payment.
    pub repeated: bool,
}

#[uniffi::export]
impl Receipts {
    /// A receipt of this till by its number.
    pub fn show(&self, receipt: &str) -> Result<ReceiptView, RaseedError> {
        let id = parse_receipt(receipt)?;
        let language = self.shared.language();
        self.shared.till(|till| {
            let given = till.receipt_again(&id)?;
            Ok(receipt_view(till, &given, language))
        })
    }

    /// What to send to the payer by any app: no name, no phone.
    pub fn text(&self, receipt: &str, language: Language) -> Result<String, RaseedError> {
        let id = parse_receipt(receipt)?;
        self.shared.till(|till| {
            let given = till.receipt_again(&id)?;
            till.receipt_text(&given, language.core())
        })
    }

    /// What stands on its paper, in the language of the person who pays. Once a copy has come out, it says DUPLICATE.
    pub fn slip(&self, receipt: &str, language: Language) -> Result<Vec<SlipBlock>, RaseedError> {
        let id = parse_receipt(receipt)?;
        self.shared.till(|till| {
            let given = till.receipt_again(&id)?;
            let slip = till.slip(&given, till.copies(&given)? > 0, language.core())?;
            Ok(slip.0.into_iter().map(SlipBlock::from).collect())
        })
    }

    /// The printer said that the receipt came out whole (or a person did, for a printer that cannot say it).
    pub fn printed(&self, receipt: &str) -> Result<u32, RaseedError> {
        let id = parse_receipt(receipt)?;
        self.shared.till(|till| till.printed(&id))
    }

    /// Proves any receipt from the text of its QR code, with no network.
    pub fn verify(&self, text: &str) -> Result<VerifyView, RaseedError> {
        verify::verify(&self.shared, text)
    }
}

pub(crate) fn parse_receipt(text: &str) -> Result<EntryId, RaseedError> {
    text.trim().parse().map_err(|_| RaseedError::NoSuchReceipt { receipt: text.to_owned() })
}

pub(crate) fn receipt_view(till: &Till, given: &Given, language: Language) -> ReceiptView {
    let receipt = given.receipt();
    ReceiptView {
        receipt: given.id.to_string(),
        account: receipt.account.to_string(),
        amount: AmountView::new(receipt.amount, language),
        mode: receipt.mode.name_in(language.core()).to_owned(),
        subject: receipt.subject_to_realisation,
        when: given.entry.entry().stamp.wall.to_people_in(language.core()),
        periods: receipt.periods.map(|(from, to)| language.core().periods(from, to)),
        link: given.link.clone(),
        // Not worth refusing to show a receipt for.
        copies: till.copies(given).unwrap_or(0),
        repeated: given.repeated,
    }
}
