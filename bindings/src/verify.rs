//! Is this receipt genuine? The answer for a screen: what stands in it, or which rule it breaks.

use crate::error::RaseedError;
use crate::language::Language;
use crate::money::AmountView;
use crate::shared::Shared;
use raseed_protocol::receipt_link::ReceiptRefused;
use raseed_till::Verified;

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Verdict {
    /// Signed by a till of this head office, unchanged.
    Genuine,
    /// Signed with this very till's key, but this till does not have it: its file is an older copy, or somebody has its key.
    NotInJournal,
    /// Not signed by a till of this head office.
    Stranger,
    /// Changed after it was signed.
    Changed,
    /// Damaged or cut: scan it again, all of it.
    Damaged,
    /// Not the QR code of a receipt.
    NotAReceipt,
}

/// The verdict, and what stands in the receipt if it is genuine.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct VerifyView {
    /// Genuine or not.
    pub verdict: Verdict,
    /// What it proves; only for a genuine one.
    pub proven: Option<ProvenView>,
}

/// What stands in a genuine receipt.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ProvenView {
    /// Its number.
    pub receipt: String,
    /// The till that gave it.
    pub till: String,
    /// For which account.
    pub account: String,
    /// How much.
    pub amount: AmountView,
    /// When.
    pub when: String,
    /// How it was paid.
    pub mode: String,
    /// The months that it settled something of.
    pub periods: Option<String>,
}

pub(crate) fn verify(shared: &Shared, text: &str) -> Result<VerifyView, RaseedError> {
    let language = shared.language();
    let proven = shared.till(|till| till.verify(text))?;
    let verdict = match &proven {
        Ok(Verified { in_this_journal: Some(false), .. }) => Verdict::NotInJournal,
        Ok(_) => Verdict::Genuine,
        Err(ReceiptRefused::NotAReceiptLink | ReceiptRefused::NotAReceipt(_)) => Verdict::NotAReceipt,
        Err(ReceiptRefused::Damaged(_)) => Verdict::Damaged,
        Err(ReceiptRefused::Stranger(_)) => Verdict::Stranger,
        Err(ReceiptRefused::Forged(_)) => Verdict::Changed,
    };
    let genuine = proven.ok().filter(|_| verdict == Verdict::Genuine);
    Ok(VerifyView { verdict, proven: genuine.map(|verified| view(&verified, language)) })
}

fn view(verified: &Verified, language: Language) -> ProvenView {
    let receipt = verified.receipt.receipt();
    ProvenView {
        receipt: verified.receipt.id.to_string(),
        till: verified.receipt.id.till.to_string(),
        account: receipt.account.to_string(),
        amount: AmountView::new(receipt.amount, language),
        when: verified.receipt.entry.entry().stamp.wall.to_people_in(language.core()),
        mode: receipt.mode.name_in(language.core()).to_owned(),
        periods: receipt.periods.map(|(from, to)| language.core().periods(from, to)),
    }
}
