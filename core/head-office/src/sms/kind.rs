//! The kinds of messages: what each is made of, and for how long it is worth sending.

use raseed_protocol::language::message::{self, Line};
use raseed_protocol::time::DAY_MS;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A kind of message. Each has a template of its own in each language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What is due.
    Bill,
    /// Money was taken.
    Receipt,
    /// Money was taken, and is not certain yet.
    ReceiptSubject,
    /// It is certain now.
    Realised,
    /// The office has credited a payment.
    Credit,
    /// A complaint was opened.
    ComplaintOpened,
    /// A complaint was closed.
    ComplaintClosed,
}

/// A text that is no kind of message.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{0}\" is not a kind of message; `raseed office sms templates` lists them")]
pub struct UnknownKind(String);

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 7] = [
        Kind::Bill,
        Kind::Receipt,
        Kind::ReceiptSubject,
        Kind::Realised,
        Kind::Credit,
        Kind::ComplaintOpened,
        Kind::ComplaintClosed,
    ];

    /// What it is called in rows, lists and `sms.json`.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Bill => "bill",
            Kind::Receipt => "receipt",
            Kind::ReceiptSubject => "receipt-subject",
            Kind::Realised => "realised",
            Kind::Credit => "credit",
            Kind::ComplaintOpened => "complaint-opened",
            Kind::ComplaintClosed => "complaint-closed",
        }
    }

    /// For how long it is worth sending, in milliseconds: a bill that comes late frightens whoever has paid meanwhile.
    pub(super) fn life_ms(self) -> u64 {
        match self {
            Kind::Bill | Kind::Receipt | Kind::ReceiptSubject => 3 * DAY_MS,
            Kind::Realised | Kind::Credit | Kind::ComplaintOpened | Kind::ComplaintClosed => 7 * DAY_MS,
        }
    }

    /// Its lines; bills have one more where they can be paid by a link.
    pub(super) fn lines(self, with_link: bool) -> &'static [Line] {
        match self {
            Kind::Bill if with_link => message::BILL_WITH_LINK,
            Kind::Bill => message::BILL,
            Kind::Receipt => message::RECEIPT,
            Kind::ReceiptSubject => message::RECEIPT_SUBJECT,
            Kind::Realised => message::REALISED,
            Kind::Credit => message::CREDIT,
            Kind::ComplaintOpened => message::COMPLAINT_OPENED,
            Kind::ComplaintClosed => message::COMPLAINT_CLOSED,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;
    fn from_str(text: &str) -> Result<Kind, UnknownKind> {
        let found = Kind::ALL.into_iter().find(|kind| kind.code() == text);
        found.ok_or_else(|| UnknownKind(text.chars().take(20).collect()))
    }
}
