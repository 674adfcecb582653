//! Is this receipt genuine? The answer for a screen: what stands in it, or which rule it breaks.

use crate::error::RaseedError;
use crate::language::Language;
use crate::money::AmountView;
use crate::shared::Shared;
use raseed_protocol::receipt_link::ReceiptRefused;
use raseed_till::Verified;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum VerifyView {
    /// Signed by a till of this head office, unchanged.
    Genuine {
        /// Its number.
        receipt: String,
        /// For which account.
        account: String,
        /// How much.
        amount: AmountView,
        /// When.
        when: String,
        /// The till.
        till: String,
        /// How it was paid.
        mode: String,
        /// The months that it settled something of.
        periods: Option<String>,
    },
    /// Signed by a till of this head office, but this very till, whose number it carries, does not have it.
    NotInJournal {
        /// Its number.
        receipt: String,
    },
    /// Not signed by a till of this head office.
    Stranger,
    /// Changed after it was signed.
    Changed,
    /// Damaged or cut: scan it again, all of it.
    Damaged,
    /// Not the QR code of a receipt.
    NotAReceipt,
}

pub(crate) fn verify(shared: &Shared, text: &str) -> Result<VerifyView, RaseedError> {
    let language = shared.language();
    let proven = shared.till(|till| till.verify(text))?;
    Ok(match proven {
        Ok(Verified { in_this_journal: Some(false), receipt }) => {
            VerifyView::NotInJournal { receipt: receipt.id.to_string() }
        }
        Ok(verified) => genuine(&verified, language),
        Err(ReceiptRefused::NotAReceiptLink | ReceiptRefused::NotAReceipt(_)) => VerifyView::NotAReceipt,
        Err(ReceiptRefused::Damaged(_)) => VerifyView::Damaged,
        Err(ReceiptRefused::Stranger(_)) => VerifyView::Stranger,
        Err(ReceiptRefused::Forged(_)) => VerifyView::Changed,
    })
}

fn genuine(verified: &Verified, language: Language) -> VerifyView {
    let receipt = verified.receipt.receipt();
    VerifyView::Genuine {
        receipt: verified.receipt.id.to_string(),
        account: receipt.account.to_string(),
        amount: AmountView::new(receipt.amount, language),
        when: verified.receipt.entry.entry().stamp.wall.to_people_in(language.core()),
        till: verified.receipt.id.till.to_string(),
        mode: receipt.mode.name_in(language.core()).to_owned(),
        periods: receipt.periods.map(|(from, to)| language.core().periods(from, to)),
    }
}
