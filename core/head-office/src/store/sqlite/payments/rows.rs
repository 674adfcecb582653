//! How rows of payments become records.

use super::super::super::{
    ComplaintOutcome, ComplaintRecord, Fate, MadeCode, PaymentRecord, ReceiptReference, RequestRecord, StoreError,
    Stored, WordRecord,
};
use super::super::rows::tills::incarnation;
use super::super::rows::{at, some_text, text, unsigned};
use crate::psp::PspPayment;
use raseed_protocol::ids::{EntryId, Sequence};
use raseed_protocol::journal::{ComplaintCause, Mode, Outcome};
use raseed_protocol::money::Paise;
use raseed_protocol::payment_word::PaymentState;
use raseed_protocol::time::{Day, WallMs};
use rusqlite::Row;

pub(super) const REQUEST: &str = "SELECT till, incarnation, sequence, account, bill, amount, mode, made_ms, expires_ms, \
     outcome, receipt, qr, link, qr_closed, looked_ms, word_number, word_state, word_came, word_reference \
     FROM payment_request";

pub(super) fn request(row: &Row<'_>) -> Stored<RequestRecord> {
    let what = "a payment request";
    let code = match (row.get::<_, Option<String>>(11)?, row.get::<_, Option<String>>(12)?) {
        (Some(qr), Some(link)) => Some(MadeCode { qr, link, closed: row.get(13)? }),
        _ => None,
    };
    Ok(RequestRecord {
        id: entry_id(what, row, 0)?,
        account: some_text(what, row, 3)?,
        bill: some_text(what, row, 4)?,
        amount: amount(what, row, 5)?,
        mode: named(what, row, 6, &Mode::ALL, Mode::code)?,
        made: at(what, row, 7)?,
        expires: some_at(what, row, 8)?,
        outcome: some_named(what, row, 9, &Outcome::ALL, Outcome::code)?,
        receipt: some_unsigned(what, row, 10)?.map(Sequence),
        code,
        looked: some_at(what, row, 14)?,
        word: WordRecord {
            number: unsigned(what, row, 15)?,
            state: named(what, row, 16, &PaymentState::ALL, PaymentState::code)?,
            came: amount(what, row, 17)?,
            reference: row.get(18)?,
        },
    })
}

pub(super) const PAYMENT: &str = "SELECT payment, reference, amount, rrn, paid_ms, recorded_ms, mode, fate, \
     till, incarnation, sequence, account, contradicted_ms FROM payment";

pub(super) fn payment(row: &Row<'_>) -> Stored<PaymentRecord> {
    let what = "a payment";
    let about = if row.get::<_, Option<i64>>(10)?.is_some() { Some(entry_id(what, row, 8)?) } else { None };
    Ok(PaymentRecord {
        payment: PspPayment {
            id: text(what, row, 0)?,
            reference: row.get(1)?,
            amount: amount(what, row, 2)?,
            rrn: row.get(3)?,
            paid: at(what, row, 4)?,
        },
        recorded: at(what, row, 5)?,
        mode: named(what, row, 6, &Mode::ALL, Mode::code)?,
        fate: named(what, row, 7, &Fate::ALL, Fate::code)?,
        about,
        account: some_text(what, row, 11)?,
        contradicted: some_at(what, row, 12)?,
    })
}

pub(super) const REFERENCE: &str =
    "SELECT till, incarnation, sequence, about, reference, account, amount, mode FROM receipt_reference";

pub(super) fn reference(row: &Row<'_>) -> Stored<ReceiptReference> {
    let what = "the reference of a receipt";
    let receipt = entry_id(what, row, 0)?;
    Ok(ReceiptReference {
        about: EntryId { sequence: Sequence(unsigned(what, row, 3)?), ..receipt.clone() },
        receipt,
        reference: row.get(4)?,
        account: text(what, row, 5)?,
        amount: amount(what, row, 6)?,
        mode: named(what, row, 7, &Mode::ALL, Mode::code)?,
    })
}

pub(super) const COMPLAINT: &str = "SELECT till, incarnation, sequence, requested, cause, reference, promised, bank_due, \
     opened_ms, outcome, closed_ms FROM complaint";

pub(super) fn complaint(row: &Row<'_>) -> Stored<ComplaintRecord> {
    let what = "a complaint";
    let day = |column| -> Stored<Day> { Day::from_number(row.get(column)?).ok_or(StoreError::Damaged { what }) };
    let id = entry_id(what, row, 0)?;
    let outcome = some_named(what, row, 9, &ComplaintOutcome::ALL, ComplaintOutcome::code)?;
    Ok(ComplaintRecord {
        about: EntryId { sequence: Sequence(unsigned(what, row, 3)?), ..id.clone() },
        id,
        cause: named(what, row, 4, &ComplaintCause::ALL, ComplaintCause::code)?,
        reference: row.get(5)?,
        promised: day(6)?,
        bank_due: day(7)?,
        opened: at(what, row, 8)?,
        closed: outcome.zip(some_at(what, row, 10)?),
    })
}

/// From this column and the two after it.
fn entry_id(what: &'static str, row: &Row<'_>, column: usize) -> Stored<EntryId> {
    Ok(EntryId {
        till: text(what, row, column)?,
        incarnation: incarnation(what, row, column + 1)?,
        sequence: Sequence(unsigned(what, row, column + 2)?),
    })
}

fn amount(what: &'static str, row: &Row<'_>, column: usize) -> Stored<Paise> {
    Paise::new(row.get(column)?).map_err(|_| StoreError::Damaged { what })
}

fn some_unsigned(what: &'static str, row: &Row<'_>, column: usize) -> Stored<Option<u64>> {
    row.get::<_, Option<i64>>(column)?.map(|_| unsigned(what, row, column)).transpose()
}

fn some_at(what: &'static str, row: &Row<'_>, column: usize) -> Stored<Option<WallMs>> {
    row.get::<_, Option<i64>>(column)?.map(|_| at(what, row, column)).transpose()
}

/// One of a fixed set, by its code.
fn named<T: Copy>(
    what: &'static str,
    row: &Row<'_>,
    column: usize,
    all: &[T],
    code: fn(T) -> &'static str,
) -> Stored<T> {
    some_named(what, row, column, all, code)?.ok_or(StoreError::Damaged { what })
}

fn some_named<T: Copy>(
    what: &'static str,
    row: &Row<'_>,
    column: usize,
    all: &[T],
    code: fn(T) -> &'static str,
) -> Stored<Option<T>> {
    let damaged = StoreError::Damaged { what };
    let Ok(found) = row.get_ref(column)?.as_str_or_null() else { return Err(damaged) };
    let Some(found) = found else { return Ok(None) };
    all.iter().copied().find(|known| code(*known) == found).map(Some).ok_or(damaged)
}
