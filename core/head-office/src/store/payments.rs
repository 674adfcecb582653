//! The rows of payments that are not cash, and what a store must be able to do with them.
//!
//! What was asked and what came never change; what became of it moves on. No rule is here: who may be credited is decided
//! in `payments`.

use super::{Each, Stored};
use crate::psp::{PspPayment, PspPaymentId};
use raseed_protocol::ids::{AccountId, BillNumber, EntryId, Incarnation, Sequence, TillId};
use raseed_protocol::journal::{ComplaintCause, Mode, Outcome};
use raseed_protocol::money::Paise;
use raseed_protocol::payment_word::PaymentState;
use raseed_protocol::time::{Day, WallMs};
use serde::{Deserialize, Serialize};

/// What a till asked to be paid, and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRecord {
    /// The journal entry.
    pub id: EntryId,
    /// For which account; `None` for a sale.
    pub account: Option<AccountId>,
    /// The newest bill that it is to settle.
    pub bill: Option<BillNumber>,
    /// How much; positive.
    pub amount: Paise,
    /// UPI or card.
    pub mode: Mode,
    /// When, by the device's clock.
    pub made: WallMs,
    /// Until when the code counts, by the device's clock; `None` for a card.
    pub expires: Option<WallMs>,
    /// The newest end in the journal.
    pub outcome: Option<Outcome>,
    /// The place of the receipt that names it.
    pub receipt: Option<Sequence>,
    /// The code that the payment service made.
    pub code: Option<MadeCode>,
    /// Until when what came for it is known: the payment service was asked then.
    pub looked: Option<WallMs>,
    /// The newest word about it.
    pub word: WordRecord,
}

/// A QR code that the payment service made for one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeCode {
    /// The payment service's own id of it.
    pub qr: String,
    /// The text to draw.
    pub link: String,
    /// True once it was taken out of use.
    pub closed: bool,
}

/// What was last told about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordRecord {
    /// Its number among all words to this till, from 1.
    pub number: u64,
    /// What is known.
    pub state: PaymentState,
    /// How much came; zero if nothing did.
    pub came: Paise,
    /// The bank's reference of the newest payment.
    pub reference: Option<String>,
}

/// A payment that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRecord {
    /// As it was first told of.
    pub payment: PspPayment,
    /// When, by the office's clock.
    pub recorded: WallMs,
    /// Over which clearing account it went.
    pub mode: Mode,
    /// What became of it.
    pub fate: Fate,
    /// The payment request (or receipt) that it is for. The request may still be to come.
    pub about: Option<EntryId>,
    /// Whom the office credited.
    pub account: Option<AccountId>,
    /// When it was first told of again with another content.
    pub contradicted: Option<WallMs>,
}

/// What became of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It waits for its receipt, or has it.
    Matched,
    /// The office credited it to a consumer's account.
    Credited,
    /// Nobody can be credited: it is to be given back.
    RefundDue,
    /// It was given back.
    Refunded,
}

/// A bank's reference on a receipt for money that is not cash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptReference {
    /// The receipt.
    pub receipt: EntryId,
    /// The payment request that it names; itself if none.
    pub about: EntryId,
    /// The text.
    pub reference: String,
    /// For whom the receipt is.
    pub account: AccountId,
    /// How much.
    pub amount: Paise,
    /// How.
    pub mode: Mode,
}

/// A complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComplaintRecord {
    /// Its number: the id of its journal entry.
    pub id: EntryId,
    /// The payment request that it is about.
    pub about: EntryId,
    /// Why.
    pub cause: ComplaintCause,
    /// The reference that the payer could show.
    pub reference: Option<String>,
    /// By when the tenant promised to settle it.
    pub promised: Day,
    /// By when the bank must have given the money back.
    pub bank_due: Day,
    /// When, by the device's clock.
    pub opened: WallMs,
    /// How and when it was closed.
    pub closed: Option<(ComplaintOutcome, WallMs)>,
}

/// How a complaint ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComplaintOutcome {
    /// The money is there and has its receipt.
    Paid,
    /// The money was credited to the consumer's account.
    Credited,
    /// The money was given back.
    Refunded,
    /// Nothing left the payer's account, or the bank has put it back.
    NotDebited,
    /// The money for a receipt subject to realisation has come.
    Realised,
}

/// What can be read of payments.
pub trait PaymentsRead {
    /// One request.
    fn request(&self, id: &EntryId) -> Stored<Option<RequestRecord>>;
    /// A till's UPI requests about which nothing is known yet, newest first.
    fn requests_open(&self, till: &TillId, most: u32) -> Stored<Vec<RequestRecord>>;
    /// A till's requests without a receipt whose time was over before `now` and about which nothing is known yet.
    fn requests_expired(&self, till: &TillId, now: WallMs, most: u32) -> Stored<Vec<RequestRecord>>;
    /// The requests for this account whose money has come and whose receipt has not, by id.
    fn requests_paid(&self, account: &AccountId) -> Stored<Vec<RequestRecord>>;
    /// A till's requests that are over, and whose code is still in use.
    fn codes_to_close(&self, till: &TillId, most: u32) -> Stored<Vec<RequestRecord>>;
    /// A till's requests whose word has a number above `since`, by number.
    fn words_after(&self, till: &TillId, since: u64, most: u32) -> Stored<Vec<RequestRecord>>;
    /// The number of the newest word to a till; 0 before the first.
    fn newest_word(&self, till: &TillId) -> Stored<u64>;
    /// All requests, by id.
    fn each_request(&self, each: Each<'_, RequestRecord>) -> Stored<()>;
    /// One payment.
    fn payment(&self, id: &PspPaymentId) -> Stored<Option<PaymentRecord>>;
    /// The payments for a request or receipt, in the order in which they were recorded.
    fn payments_about(&self, about: &EntryId) -> Stored<Vec<PaymentRecord>>;
    /// Matched payments for entries at these places (first to last) that turned out to be neither a request nor a receipt
    /// with a reference.
    fn payments_for_nothing(
        &self,
        till: &TillId,
        incarnation: Incarnation,
        places: (Sequence, Sequence),
    ) -> Stored<Vec<PaymentRecord>>;
    /// The payments with this bank's reference, in the order in which they were recorded.
    fn payments_by_rrn(&self, rrn: &str) -> Stored<Vec<PaymentRecord>>;
    /// The payments with this reference of ours that are set aside to be given back, in the order in which they were recorded.
    fn payments_set_aside(&self, reference: &str) -> Stored<Vec<PaymentRecord>>;
    /// All payments, by id.
    fn each_payment(&self, each: Each<'_, PaymentRecord>) -> Stored<()>;
    /// The newest `most` payments; without `settled` only those that wait for a receipt, a refund or a person's look.
    fn payments(&self, settled: bool, most: u32) -> Stored<Vec<PaymentRecord>>;
    /// The receipts with this reference, by id.
    fn receipts_by_reference(&self, reference: &str) -> Stored<Vec<ReceiptReference>>;
    /// One complaint.
    fn complaint(&self, id: &EntryId) -> Stored<Option<ComplaintRecord>>;
    /// The open complaints about a request.
    fn complaints_about(&self, about: &EntryId) -> Stored<Vec<ComplaintRecord>>;
    /// Complaints, those first that were promised first; open ones alone or all.
    fn complaints(&self, open_only: bool, most: u32) -> Stored<Vec<ComplaintRecord>>;
}

/// What can be written of payments.
pub trait PaymentsWrite: PaymentsRead {
    /// Adds a request; refuses one twice, and one that is no stored entry.
    fn add_request(&mut self, request: &RequestRecord) -> Stored<()>;
    /// Stores how far a request has come; refuses to change what was asked.
    fn put_request(&mut self, request: &RequestRecord) -> Stored<()>;
    /// Adds a payment; refuses an id twice.
    fn add_payment(&mut self, payment: &PaymentRecord) -> Stored<()>;
    /// Stores what became of a payment; refuses to change what came.
    fn put_payment(&mut self, payment: &PaymentRecord) -> Stored<()>;
    /// Adds the reference on a receipt; refuses a receipt twice.
    fn add_reference(&mut self, reference: &ReceiptReference) -> Stored<()>;
    /// Adds a complaint; refuses one twice.
    fn add_complaint(&mut self, complaint: &ComplaintRecord) -> Stored<()>;
    /// Closes a complaint; false if there is no such open one.
    fn close_complaint(&mut self, id: &EntryId, outcome: ComplaintOutcome, at: WallMs) -> Stored<bool>;
}

impl Fate {
    /// All of them.
    pub const ALL: [Fate; 4] = [Fate::Matched, Fate::Credited, Fate::RefundDue, Fate::Refunded];

    /// What it is called in rows and lists.
    pub fn code(self) -> &'static str {
        match self {
            Fate::Matched => "matched",
            Fate::Credited => "credited",
            Fate::RefundDue => "refund-due",
            Fate::Refunded => "refunded",
        }
    }
}

impl ComplaintOutcome {
    /// All of them.
    pub const ALL: [ComplaintOutcome; 5] = [
        ComplaintOutcome::Paid,
        ComplaintOutcome::Credited,
        ComplaintOutcome::Refunded,
        ComplaintOutcome::NotDebited,
        ComplaintOutcome::Realised,
    ];

    /// What it is called in rows and lists.
    pub fn code(self) -> &'static str {
        match self {
            ComplaintOutcome::Paid => "paid",
            ComplaintOutcome::Credited => "credited",
            ComplaintOutcome::Refunded => "refunded",
            ComplaintOutcome::NotDebited => "not-debited",
            ComplaintOutcome::Realised => "realised",
        }
    }
}
