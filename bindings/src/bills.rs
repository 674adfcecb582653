//! A bill at the door: a meter reading, the questions it raises, and the bill.

use crate::book::{LineView, line, parse_account};
use crate::collect::parse_request;
use crate::device::parse_staff;
use crate::error::RaseedError;
use crate::language::Language;
use crate::money::AmountView;
use crate::shared::Shared;
use crate::slip::SlipBlock;
use raseed_protocol::billing::{HeadAmount, Question};
use raseed_till::{BillAtDoor, Billed, Till, TillError};
use std::sync::Arc;

/// Bills made at the door.
#[derive(uniffi::Object)]
pub struct Bills {
    pub(crate) shared: Arc<Shared>,
}

/// Something odd about a reading, to be confirmed by looking at the dial again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ReadingQuestion {
    /// Did it pass its last number and begin again at zero?
    RolledOver,
    /// Is it really ten times the usual use or more?
    UnusuallyHigh,
    /// Is it really the same as last time?
    NoUse,
}

/// What a reading would mean.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct JudgedView {
    /// The reading, as it was understood.
    pub reading: u32,
    /// Units used since the last one.
    pub units: u32,
    /// Over so many months.
    pub months: u32,
    /// What must be confirmed first.
    pub questions: Vec<ReadingQuestion>,
}

/// A bill to make.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct BillRequest {
    /// The id of this wish; the same on every retry.
    pub request: String,
    /// For which account.
    pub account: String,
    /// The reading; nothing for a connection without a meter.
    pub reading: Option<u32>,
    /// The questions that the person at the meter confirmed.
    pub confirmed: Vec<ReadingQuestion>,
    /// Who makes it.
    pub staff: String,
}

/// A bill that stands.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct BillView {
    /// Its number.
    pub bill: String,
    /// The month.
    pub period: String,
    /// The last day to pay without a late fee.
    pub due_on: String,
    /// What it asks in all.
    pub total: AmountView,
    /// By head.
    pub lines: Vec<LineView>,
    /// Units used, for a metered one.
    pub units: Option<u32>,
    /// True if the request had been answered before: the same bill again.
    pub repeated: bool,
}

#[uniffi::export]
impl Bills {
    /// What a reading would mean; nothing is recorded.
    pub fn judge(&self, account: &str, typed: &str) -> Result<JudgedView, RaseedError> {
        let id = parse_account(account)?;
        let reading = parse_reading(typed)?;
        let judged = self.shared.till(|till| till.judge_reading(&id, reading))?;
        Ok(JudgedView {
            reading,
            units: judged.units,
            months: judged.months.into(),
            questions: judged.questions.into_iter().map(ReadingQuestion::from).collect(),
        })
    }

    /// Makes the bill. When it returns, the bill is durable.
    pub fn make(&self, request: BillRequest) -> Result<BillView, RaseedError> {
        let wanted = BillAtDoor {
            request: parse_request(&request.request)?,
            account: parse_account(&request.account)?,
            reading: request.reading,
            confirmed: request.confirmed.into_iter().map(Question::from).collect(),
            staff: parse_staff(&request.staff)?,
        };
        self.shared.till(|till| {
            let billed = till.bill_at_door(&wanted)?;
            self.view(till, &billed)
        })
    }
}

#[uniffi::export]
impl Bills {
    /// The bill of an account as it stands today, on paper, with a code that pays it.
    pub fn slip(&self, account: &str, language: Language) -> Result<Vec<SlipBlock>, RaseedError> {
        let id = parse_account(account)?;
        self.shared.till(|till| {
            let slip = till.bill_slip(&id, language.core())?;
            Ok(slip.0.into_iter().map(SlipBlock::from).collect())
        })
    }

    /// The same as text to send, with a link that pays it: no name, no phone.
    pub fn text(&self, account: &str, language: Language) -> Result<String, RaseedError> {
        let id = parse_account(account)?;
        self.shared.till(|till| till.bill_text(&id, language.core()))
    }
}

impl Bills {
    fn view(&self, till: &Till, billed: &Billed) -> Result<BillView, TillError> {
        let (rules, language) = (till.rules()?, self.shared.language());
        let demand = billed.bill.demand();
        let parts = demand.lines.iter().map(|part| HeadAmount { head: part.head, amount: part.amount });
        Ok(BillView {
            bill: demand.bill.to_string(),
            period: demand.period.to_people_in(language.core()),
            due_on: demand.due_on.to_people_in(language.core()),
            total: AmountView::new(demand.total(), language),
            lines: parts.map(|part| line(&rules, &part, language)).collect(),
            units: billed.bill.reading.map(|reading| reading.units),
            repeated: billed.repeated,
        })
    }
}

fn parse_reading(typed: &str) -> Result<u32, RaseedError> {
    typed.trim().parse().map_err(|_| RaseedError::ReadAgain { code: "not-a-number".to_owned(), last: None })
}

impl From<Question> for ReadingQuestion {
    fn from(question: Question) -> ReadingQuestion {
        match question {
            Question::RolledOver => ReadingQuestion::RolledOver,
            Question::UnusuallyHigh => ReadingQuestion::UnusuallyHigh,
            Question::NoUse => ReadingQuestion::NoUse,
        }
    }
}

impl From<ReadingQuestion> for Question {
    fn from(question: ReadingQuestion) -> Question {
        match question {
            ReadingQuestion::RolledOver => Question::RolledOver,
            ReadingQuestion::UnusuallyHigh => Question::UnusuallyHigh,
            ReadingQuestion::NoUse => Question::NoUse,
        }
    }
}
