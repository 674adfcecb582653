//! A payment as screens have it.

use crate::language::Language;
use crate::money::AmountView;
use raseed_protocol::journal::{Mode, Outcome};
use raseed_protocol::payment_word::PaymentState as Word;
use raseed_protocol::time::Day;
use raseed_till::{Payment, PaymentLine, PaymentStanding, Till, TillError};

/// How somebody pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PayMode {
    /// Notes and coins.
    Cash,
    /// A code on the screen.
    Upi,
    /// The payment app on this device.
    Card,
}

/// A way to pay, and whether it can be chosen here.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ModeOffer {
    /// Which one.
    pub mode: PayMode,
    /// Its name, in the language of the screens.
    pub name: String,
    /// False if the head office has not set it up.
    pub on: bool,
}

/// How a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PaymentStatus {
    /// Asked for; money may move any moment.
    Waiting,
    /// Nobody knows. Money may have moved: do not charge again.
    Unknown,
    /// A receipt stands for it.
    Paid,
    /// It failed; a complaint is open.
    Failed,
    /// Its time was over and nothing came.
    Expired,
    /// A supervisor let it go.
    LetGo,
    /// Refused before any money moved.
    Declined,
}

/// What the head office knows of the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum MoneyStatus {
    /// Not asked yet, or no answer.
    NotKnown,
    /// Nothing has come yet.
    NotCome,
    /// It has come.
    Come,
    /// Nothing came, and nothing is expected.
    WillNotCome,
    /// It came otherwise than asked, and the head office credited it to the account.
    Credited,
    /// It came otherwise than asked, and the head office gives it back.
    RefundDue,
}

/// One payment by UPI or card.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PaymentDetails {
    /// Its number, and its reference.
    pub payment: String,
    /// The wish that it answers.
    pub request: String,
    /// For which account; nothing for a sale.
    pub account: Option<String>,
    /// How much, in figures and words.
    pub amount: AmountView,
    /// How.
    pub mode: PayMode,
    /// Whom a code pays, as the payer's app shows it; nothing for a card.
    pub payee: Option<String>,
    /// What a sale is for.
    pub note: String,
    /// When it was asked for.
    pub when: String,
    /// How it stands.
    pub status: PaymentStatus,
    /// What the head office knows of the money.
    pub money: MoneyStatus,
    /// The text to draw as a QR code; only while it is waiting, by UPI, and the code still counts.
    pub code: Option<String>,
    /// True if the payment service made a code that asks for another amount: it is not shown, and none will be.
    pub code_refused: bool,
    /// How many seconds the code still counts; 0 when it is over.
    pub seconds_left: u32,
    /// How many seconds it counted in all.
    pub seconds: u32,
    /// The receipt that stands for it.
    pub receipt: Option<String>,
    /// The number of the complaint about it.
    pub complaint: Option<String>,
    /// Until when the utility promises to settle that complaint.
    pub promised: Option<String>,
    /// Until when the bank must have given the money back, if it went and did not come.
    pub bank_due: Option<String>,
}

/// One payment in a list.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PaymentRowView {
    /// Its number.
    pub payment: String,
    /// For which account; nothing for a sale.
    pub account: Option<String>,
    /// How much.
    pub amount: crate::money::Money,
    /// How.
    pub mode: PayMode,
    /// When it was asked for.
    pub when: String,
    /// How it stands.
    pub status: PaymentStatus,
}

impl PayMode {
    pub(crate) fn core(self) -> Mode {
        match self {
            PayMode::Cash => Mode::Cash,
            PayMode::Upi => Mode::Upi,
            PayMode::Card => Mode::Card,
        }
    }

    fn of(mode: Mode) -> PayMode {
        match mode {
            Mode::Upi => PayMode::Upi,
            Mode::Card => PayMode::Card,
            Mode::Cash | Mode::Cheque => PayMode::Cash,
        }
    }
}

impl From<PaymentStanding> for PaymentStatus {
    fn from(standing: PaymentStanding) -> PaymentStatus {
        match standing {
            PaymentStanding::Open => PaymentStatus::Waiting,
            PaymentStanding::Paid => PaymentStatus::Paid,
            PaymentStanding::Ended(Outcome::Unknown) => PaymentStatus::Unknown,
            PaymentStanding::Ended(Outcome::Failed) => PaymentStatus::Failed,
            PaymentStanding::Ended(Outcome::Expired) => PaymentStatus::Expired,
            PaymentStanding::Ended(Outcome::LetGo) => PaymentStatus::LetGo,
            PaymentStanding::Ended(Outcome::Declined) => PaymentStatus::Declined,
        }
    }
}

impl From<Word> for MoneyStatus {
    fn from(word: Word) -> MoneyStatus {
        match word {
            Word::Waiting => MoneyStatus::NotCome,
            Word::Paid | Word::Realised => MoneyStatus::Come,
            Word::Failed | Word::Over => MoneyStatus::WillNotCome,
            Word::Credited => MoneyStatus::Credited,
            Word::RefundDue => MoneyStatus::RefundDue,
        }
    }
}

pub(super) fn details(till: &Till, payment: &Payment, language: Language) -> Result<PaymentDetails, TillError> {
    let now = till.wall();
    let seconds = |from: u64, to: u64| u32::try_from(to.saturating_sub(from).div_ceil(1000)).unwrap_or(u32::MAX);
    let left = payment.expires.map_or(0, |expires| seconds(now.0, expires.0));
    let shows = payment.state == PaymentStanding::Open && payment.mode == Mode::Upi && left > 0;
    let code = if shows { till.payment_code(payment)? } else { None };
    let made = payment.word.as_ref().is_some_and(|word| word.link.is_some());
    let payee = till.rules()?.payments.upi.filter(|_| payment.mode == Mode::Upi).map(|upi| upi.name);
    let ticket = payment.complaint.as_ref().map(|_| till.complaint_about(&payment.id)).transpose()?;
    let (promised, bank_due) = ticket.map(|ticket| (ticket.opened.promised, ticket.opened.bank_due)).unzip();
    let people = |day: Day| day.to_people_in(language.core());
    Ok(PaymentDetails {
        payment: payment.id.to_string(),
        request: payment.request.to_string(),
        account: payment.account.as_ref().map(ToString::to_string),
        amount: AmountView::new(payment.amount, language),
        mode: PayMode::of(payment.mode),
        payee,
        note: payment.note.clone(),
        when: payment.asked.to_people_in(language.core()),
        status: payment.state.into(),
        money: payment.word.as_ref().map_or(MoneyStatus::NotKnown, |word| word.state.into()),
        code_refused: shows && made && code.is_none(),
        code,
        seconds_left: left,
        seconds: payment.expires.map_or(0, |expires| seconds(payment.asked.0, expires.0)),
        receipt: payment.receipt.as_ref().map(ToString::to_string),
        complaint: payment.complaint.as_ref().map(ToString::to_string),
        promised: promised.map(people),
        bank_due: bank_due.map(people),
    })
}

pub(super) fn row(line: PaymentLine, language: Language) -> PaymentRowView {
    PaymentRowView {
        payment: line.id.to_string(),
        account: line.account.map(|account| account.to_string()),
        amount: line.amount.into(),
        mode: PayMode::of(line.mode),
        when: line.asked_ms.to_people_in(language.core()),
        status: line.state.into(),
    }
}
