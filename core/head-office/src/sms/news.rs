//! What there is to tell: each with a name of its own, by which it is told once, and the values that go into the text.

use super::Kind;
use crate::psp::PspPaymentId;
use crate::store::ComplaintOutcome;
use raseed_protocol::ids::{AccountId, BillNumber, EntryId};
use raseed_protocol::journal::Mode;
use raseed_protocol::language::{Language, message};
use raseed_protocol::money::Paise;
use raseed_protocol::time::Day;

/// Something to tell the holder of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// What is due.
    Bill {
        /// The newest bill that asks for something; a bill is sent once.
        bill: BillNumber,
        /// What clears everything.
        to_pay: Paise,
        /// The last day to pay.
        due_on: Day,
    },
    /// Money was taken.
    Receipt {
        /// The receipt.
        receipt: EntryId,
        /// How much.
        amount: Paise,
        /// How.
        mode: Mode,
        /// When, as on the receipt.
        on: Day,
        /// False if the money itself is still to come.
        is_certain: bool,
    },
    /// The money for a receipt subject to realisation has come.
    Realised {
        /// The receipt.
        receipt: EntryId,
        /// How much.
        amount: Paise,
    },
    /// The office has credited a payment.
    Credit {
        /// The payment.
        payment: PspPaymentId,
        /// How much.
        amount: Paise,
        /// When it was paid.
        on: Day,
    },
    /// A complaint was opened.
    ComplaintOpened {
        /// Its number.
        complaint: EntryId,
        /// The payment that it is about.
        about: EntryId,
        /// How much was to be paid.
        amount: Paise,
        /// By when the tenant promised to settle it.
        promised: Day,
        /// By when the bank must have given the money back.
        bank_due: Day,
    },
    /// A complaint was closed.
    ComplaintClosed {
        /// Its number.
        complaint: EntryId,
        /// How.
        outcome: ComplaintOutcome,
    },
}

impl News {
    /// Of which kind the message is.
    pub fn kind(&self) -> Kind {
        match self {
            News::Bill { .. } => Kind::Bill,
            News::Receipt { is_certain: true, .. } => Kind::Receipt,
            News::Receipt { is_certain: false, .. } => Kind::ReceiptSubject,
            News::Realised { .. } => Kind::Realised,
            News::Credit { .. } => Kind::Credit,
            News::ComplaintOpened { .. } => Kind::ComplaintOpened,
            News::ComplaintClosed { .. } => Kind::ComplaintClosed,
        }
    }

    /// Its name, the same however often it is told.
    pub fn id(&self) -> String {
        match self {
            News::Bill { bill, .. } => format!("bill:{bill}"),
            News::Receipt { receipt, .. } => News::id_of_receipt(receipt),
            News::Realised { receipt, .. } => format!("realised:{receipt}"),
            News::Credit { payment, .. } => format!("credit:{payment}"),
            News::ComplaintOpened { complaint, .. } => format!("complaint:{complaint}"),
            News::ComplaintClosed { complaint, .. } => format!("closed:{complaint}"),
        }
    }

    /// The name of the message about a receipt.
    pub(super) fn id_of_receipt(receipt: &EntryId) -> String {
        format!("receipt:{receipt}")
    }

    /// What is put into the text, in the order of the kind's lines; the link of a bill excepted.
    pub(super) fn values(&self, account: &AccountId, language: Language) -> Vec<String> {
        let day = |day: &Day| day.to_people_in(language);
        match self {
            News::Bill { bill, to_pay, due_on } => {
                vec![account.to_string(), bill.to_string(), to_pay.plain(), day(due_on)]
            }
            News::Receipt { receipt, amount, mode, on, .. } => vec![
                receipt.to_string(),
                day(on),
                account.to_string(),
                amount.plain(),
                mode.name_in(language).to_owned(),
            ],
            News::Realised { receipt, amount } => vec![receipt.to_string(), amount.plain()],
            News::Credit { amount, on, .. } => vec![account.to_string(), day(on), amount.plain()],
            News::ComplaintOpened { complaint, about, amount, promised, bank_due } => {
                vec![complaint.to_string(), about.to_string(), amount.plain(), day(promised), day(bank_due)]
            }
            News::ComplaintClosed { complaint, outcome } => {
                vec![complaint.to_string(), outcome_in(*outcome, language).to_owned()]
            }
        }
    }
}

fn outcome_in(outcome: ComplaintOutcome, language: Language) -> &'static str {
    let phrase = match outcome {
        ComplaintOutcome::Paid => message::PAID,
        ComplaintOutcome::Credited => message::ON_ACCOUNT,
        ComplaintOutcome::Refunded => message::GIVEN_BACK,
        ComplaintOutcome::NotDebited => message::NOT_DEBITED,
        ComplaintOutcome::Realised => message::HAS_COME,
    };
    phrase.in_language(language)
}
