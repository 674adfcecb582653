//! A transaction of the ledger: postings that come to zero, or nothing at all.
//!
//! Its parts are private, so that one that does not balance cannot be built, stored or sent.

use super::account::LedgerAccount;
use crate::ids::{AccountId, BillNumber, EntryId};
use crate::money::Paise;
use crate::time::Day;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// Something that happened to money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    id: TransactionId,
    kind: TransactionKind,
    day: Day,
    consumer: Option<AccountId>,
    postings: Vec<Posting>,
}

/// One line: an amount on an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The account.
    pub account: LedgerAccount,
    /// Debit positive, credit negative; never zero.
    pub amount: Paise,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransactionKind {
    /// A bill was made.
    DemandRaised,
    /// A payment settled demands, or is held as an advance.
    ReceiptSettled,
    /// Money held before settled demands.
    AdvanceApplied,
    /// A payment came for an account that could not be credited.
    ReceiptInSuspense,
    /// An account came with money held before these books began.
    OpeningAdvance,
    /// A sale over the counter, for no consumer.
    SaleTaken,
    /// A payment has come to the bank or the payment service.
    MoneyCame,
    /// The head office credited a payment that came otherwise than asked.
    PaymentCredited,
    /// A payment came for nobody who can be credited.
    RefundDue,
    /// A payment that was to be given back has found its receipt.
    RefundWithdrawn,
    /// A payment was given back.
    Refunded,
    /// A payment turned out to be of another mode than it was taken for.
    ClearingMoved,
}

/// What happened to a payment that the bank or the payment service told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentEvent {
    /// It came.
    Came,
    /// It was credited to a consumer by the head office.
    Credited,
    /// It is to be given back.
    RefundDue,
    /// It is not to be given back after all.
    RefundWithdrawn,
    /// What it turned out to be for ended without it: it is to be given back once more.
    RefundDueAgain,
    /// It is not to be given back this time either.
    RefundWithdrawnAgain,
    /// It was given back.
    Refunded,
    /// Its mode became known.
    Moved,
}

/// The id of a transaction, made by what caused it: the same cause cannot be posted twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransactionId(Box<str>);

/// Text that is not the id of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("that is not the id of a ledger transaction")]
pub struct BadTransactionId;

/// Why postings are not a transaction.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LedgerError {
    /// No postings, or more than [`Transaction::MAX_POSTINGS`].
    #[error("a transaction has {count} postings; 2 to {} are possible", Transaction::MAX_POSTINGS)]
    Count {
        /// How many.
        count: usize,
    },
    /// A posting of nothing.
    #[error("a posting on {account} is of nothing; leave it out")]
    ZeroPosting {
        /// On which account.
        account: LedgerAccount,
    },
    /// Debits and credits differ.
    #[error("debits and credits differ by {off_by_paise} paise; nothing was posted")]
    Unbalanced {
        /// Debits less credits.
        off_by_paise: i128,
    },
    /// Beyond what can be counted.
    #[error("the sum is too large to be true; nothing was posted")]
    Overflow,
}

impl Transaction {
    /// The most postings of one transaction.
    pub const MAX_POSTINGS: usize = 64;

    /// A transaction, if its postings come to zero and none of them is zero.
    pub fn new(
        id: TransactionId,
        kind: TransactionKind,
        day: Day,
        consumer: Option<AccountId>,
        postings: Vec<Posting>,
    ) -> Result<Transaction, LedgerError> {
        if !(2..=Transaction::MAX_POSTINGS).contains(&postings.len()) {
            return Err(LedgerError::Count { count: postings.len() });
        }
        if let Some(zero) = postings.iter().find(|posting| posting.amount.is_zero()) {
            return Err(LedgerError::ZeroPosting { account: zero.account.clone() });
        }
        match postings.iter().map(|posting| i128::from(posting.amount.get())).sum() {
            0 => Ok(Transaction { id, kind, day, consumer, postings }),
            off_by_paise => Err(LedgerError::Unbalanced { off_by_paise }),
        }
    }

    /// Its id.
    pub fn id(&self) -> &TransactionId {
        &self.id
    }

    /// What happened.
    pub fn kind(&self) -> TransactionKind {
        self.kind
    }

    /// On which day, by the clock of whoever caused it.
    pub fn day(&self) -> Day {
        self.day
    }

    /// Whose account it changed, if one.
    pub fn consumer(&self) -> Option<&AccountId> {
        self.consumer.as_ref()
    }

    /// Its lines; they come to zero.
    pub fn postings(&self) -> &[Posting] {
        &self.postings
    }
}

impl TransactionKind {
    const ALL: [TransactionKind; 12] = [
        TransactionKind::DemandRaised,
        TransactionKind::ReceiptSettled,
        TransactionKind::AdvanceApplied,
        TransactionKind::ReceiptInSuspense,
        TransactionKind::OpeningAdvance,
        TransactionKind::SaleTaken,
        TransactionKind::MoneyCame,
        TransactionKind::PaymentCredited,
        TransactionKind::RefundDue,
        TransactionKind::RefundWithdrawn,
        TransactionKind::Refunded,
        TransactionKind::ClearingMoved,
    ];

    /// Its name in the store, given once.
    pub fn name(self) -> &'static str {
        match self {
            TransactionKind::DemandRaised => "demand-raised",
            TransactionKind::ReceiptSettled => "receipt-settled",
            TransactionKind::AdvanceApplied => "advance-applied",
            TransactionKind::ReceiptInSuspense => "receipt-in-suspense",
            TransactionKind::OpeningAdvance => "opening-advance",
            TransactionKind::SaleTaken => "sale-taken",
            TransactionKind::MoneyCame => "money-came",
            TransactionKind::PaymentCredited => "payment-credited",
            TransactionKind::RefundDue => "refund-due",
            TransactionKind::RefundWithdrawn => "refund-withdrawn",
            TransactionKind::Refunded => "refunded",
            TransactionKind::ClearingMoved => "clearing-moved",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<TransactionKind> {
        TransactionKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl PaymentEvent {
    const ALL: [PaymentEvent; 8] = [
        PaymentEvent::Came,
        PaymentEvent::Credited,
        PaymentEvent::RefundDue,
        PaymentEvent::RefundWithdrawn,
        PaymentEvent::RefundDueAgain,
        PaymentEvent::RefundWithdrawnAgain,
        PaymentEvent::Refunded,
        PaymentEvent::Moved,
    ];

    fn prefix(self) -> &'static str {
        match self {
            PaymentEvent::Came => "payment:",
            PaymentEvent::Credited => "credited:",
            PaymentEvent::RefundDue => "refund-due:",
            PaymentEvent::RefundWithdrawn => "refund-withdrawn:",
            PaymentEvent::RefundDueAgain => "refund-due-2:",
            PaymentEvent::RefundWithdrawnAgain => "refund-withdrawn-2:",
            PaymentEvent::Refunded => "refunded:",
            PaymentEvent::Moved => "moved:",
        }
    }
}

impl TransactionId {
    /// The longest one, in bytes.
    pub const MAX_LEN: usize = 80;

    /// Of what a journal entry caused.
    pub fn of_entry(entry: &EntryId) -> TransactionId {
        TransactionId(format!("entry:{entry}").into())
    }

    /// Of a bill that the office made.
    pub fn of_bill(bill: &BillNumber) -> TransactionId {
        TransactionId(format!("bill:{bill}").into())
    }

    /// Of what an account held when it came.
    pub fn of_opening(account: &AccountId) -> TransactionId {
        TransactionId(format!("opening:{account}").into())
    }

    /// Of what happened to a payment; `payment` is the payment service's own id of it. Refused if it is not one of 1 to 60
    /// printable ASCII characters.
    pub fn of_payment(event: PaymentEvent, payment: &str) -> Result<TransactionId, BadTransactionId> {
        if (1..=60).contains(&payment.len()) {
            format!("{}{payment}", event.prefix()).parse()
        } else {
            Err(BadTransactionId)
        }
    }

    /// Of an advance used up because of this.
    #[must_use]
    pub fn advance_used(&self) -> TransactionId {
        TransactionId(format!("{}+advance", self.0).into())
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TransactionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for TransactionId {
    type Err = BadTransactionId;
    fn from_str(text: &str) -> Result<TransactionId, BadTransactionId> {
        let known = ["entry:", "bill:", "opening:"].into_iter().chain(PaymentEvent::ALL.map(PaymentEvent::prefix));
        let known = known.into_iter().any(|cause| text.starts_with(cause));
        let printable = text.bytes().all(|b| b.is_ascii_graphic());
        if known && printable && text.len() <= TransactionId::MAX_LEN {
            Ok(TransactionId(text.into()))
        } else {
            Err(BadTransactionId)
        }
    }
}
