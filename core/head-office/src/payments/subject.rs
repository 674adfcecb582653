//! What a payment is for: by our own reference first, else by the bank's reference on a receipt. Never by a guess.

use crate::psp::PspPayment;
use crate::store::{Fate, ReceiptReference, RequestRecord, StoreTx, Stored};
use raseed_protocol::ids::{AccountId, EntryId};
use raseed_protocol::journal::Mode;
use raseed_protocol::payment_reference::PaymentReference;

/// What a payment is for.
pub(super) enum Subject {
    /// A request in the books.
    Request(Box<RequestRecord>),
    /// A request of a journal that has not come so far yet.
    ToCome(EntryId),
    /// A receipt that names no request.
    Receipt(Box<ReceiptReference>),
    /// A bill's own code.
    Account(AccountId),
    /// Nothing that is known.
    Nobody,
}

impl Subject {
    /// How it is paid, as far as that is known.
    pub(super) fn mode(&self) -> Option<Mode> {
        match self {
            Subject::Request(request) => Some(request.mode),
            Subject::Receipt(receipt) => Some(receipt.mode),
            Subject::ToCome(_) | Subject::Account(_) | Subject::Nobody => None,
        }
    }
}

pub(super) fn subject_of(tx: &dyn StoreTx, payment: &PspPayment) -> Stored<Subject> {
    match payment.reference.as_deref().map(str::parse) {
        Some(Ok(PaymentReference::Request(id))) => {
            if let Some(request) = tx.request(&id)? {
                return Ok(Subject::Request(Box::new(request)));
            }
            if is_to_come(tx, &id)? {
                return Ok(Subject::ToCome(id));
            }
        }
        // The seal is between the till and the payment app; here the request tells that it was a card's.
        Some(Ok(PaymentReference::Card { request: id, .. })) => match tx.request(&id)? {
            Some(request) if request.mode == Mode::Card => return Ok(Subject::Request(Box::new(request))),
            Some(_) => {}
            None if is_to_come(tx, &id)? => return Ok(Subject::ToCome(id)),
            None => {}
        },
        Some(Ok(PaymentReference::Bill(bill))) => {
            if let Some(bill) = tx.bill(&bill)? {
                return Ok(Subject::Account(bill.account));
            }
        }
        Some(Err(_)) | None => {}
    }
    by_rrn(tx, payment)
}

/// True if the journal has not come to this place yet.
fn is_to_come(tx: &dyn StoreTx, id: &EntryId) -> Stored<bool> {
    Ok(tx.incarnation(&id.till, id.incarnation)?.is_some_and(|life| life.head.last < id.sequence))
}

/// The receipt that names the bank's reference; of several the first one whose money has not come.
fn by_rrn(tx: &dyn StoreTx, payment: &PspPayment) -> Stored<Subject> {
    let Some(rrn) = &payment.rrn else { return Ok(Subject::Nobody) };
    let mut first = None;
    for receipt in tx.receipts_by_reference(rrn)? {
        let has_money = tx.payments_about(&receipt.about)?.iter().any(|other| other.fate == Fate::Matched);
        if receipt.amount == payment.amount && !has_money {
            first = Some(receipt);
            break;
        }
        first = first.or(Some(receipt));
    }
    let Some(receipt) = first else { return Ok(Subject::Nobody) };
    Ok(match tx.request(&receipt.about)? {
        Some(request) => Subject::Request(Box::new(request)),
        None => Subject::Receipt(Box::new(receipt)),
    })
}
