//! One entry into rows: the only place where the journal becomes projections, used when an entry is written and when
//! they are rebuilt. So the two cannot differ.

use super::Store;
use super::journal_rows::to_sql;
use super::payment_rows::{PaymentRowState, complain, end_payment, insert_payment};
use crate::error::TillError;
use raseed_protocol::ids::{AccountId, Incarnation, RequestId};
use raseed_protocol::journal::{Body, Chain, SignedEntry};
use raseed_protocol::money::Paise;
use raseed_protocol::time::Day;
use rusqlite::{Connection, params};

impl Store {
    /// Appends the entry's bytes.
    pub fn insert_entry(
        transaction: &Connection,
        incarnation: Incarnation,
        signed: &SignedEntry,
    ) -> Result<(), TillError> {
        let sql = "INSERT INTO journal (incarnation, sequence, hash, bytes) VALUES (?1, ?2, ?3, ?4)";
        let mut statement = transaction.prepare_cached(sql)?;
        statement.execute(params![
            incarnation.0,
            to_sql(signed.entry().sequence.0),
            signed.hash().0,
            signed.bytes()
        ])?;
        Ok(())
    }

    /// Writes what the entry means. `chain` has already moved past it.
    pub fn project(transaction: &Connection, chain: &Chain, signed: &SignedEntry) -> Result<(), TillError> {
        let entry = signed.entry();
        let day = entry.stamp.wall.day();
        match &entry.body {
            Body::Receipt(receipt) => {
                let answer =
                    Answer { account: &receipt.account, request: receipt.request, day, mode: receipt.mode.code() };
                insert_account_entry(transaction, chain, signed, &answer, receipt.amount)?;
                add_to_day(transaction, &answer, receipt.amount)?;
                if let Some(requested) = receipt.requested {
                    end_payment(transaction, chain, requested, PaymentRowState::Paid, receipt.reference.as_deref())?;
                }
            }
            Body::SpotBill(bill) => {
                let answer = Answer { account: &bill.account, request: bill.request, day, mode: "bill" };
                insert_account_entry(transaction, chain, signed, &answer, Paise::ZERO)?;
            }
            Body::PaymentRequested(requested) => insert_payment(transaction, chain, signed, requested)?,
            Body::PaymentEnded(ended) => {
                let state = PaymentRowState::Ended(ended.outcome);
                end_payment(transaction, chain, ended.requested, state, ended.reference.as_deref())?;
            }
            Body::ComplaintOpened(complaint) => complain(transaction, chain, complaint.requested)?,
            Body::ShiftOpened(_) | Body::TillOpened(_) | Body::ClockChanged(_) | Body::Unknown { .. } => {}
        }
        move_state(transaction, chain, signed)
    }
}

struct Answer<'a> {
    account: &'a AccountId,
    request: RequestId,
    day: Day,
    mode: &'a str,
}

fn insert_account_entry(
    transaction: &Connection,
    chain: &Chain,
    signed: &SignedEntry,
    answer: &Answer,
    amount: Paise,
) -> Result<(), TillError> {
    let sql = "INSERT INTO account_entry (incarnation, sequence, account, request, day, amount_paise, mode) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    transaction.prepare_cached(sql)?.execute(params![
        chain.incarnation().0,
        to_sql(signed.entry().sequence.0),
        answer.account.as_str(),
        answer.request.0,
        answer.day.number(),
        amount.get(),
        answer.mode
    ])?;
    Ok(())
}

fn add_to_day(transaction: &Connection, answer: &Answer, amount: Paise) -> Result<(), TillError> {
    let sql = "INSERT INTO day_total (day, mode, receipts, amount_paise) VALUES (?1, ?2, 1, ?3) \
               ON CONFLICT (day, mode) DO UPDATE SET receipts = receipts + 1, amount_paise = amount_paise + ?3";
    transaction.prepare_cached(sql)?.execute(params![answer.day.number(), answer.mode, amount.get()])?;
    Ok(())
}

fn move_state(transaction: &Connection, chain: &Chain, signed: &SignedEntry) -> Result<(), TillError> {
    let opened = match &signed.entry().body {
        Body::ShiftOpened(shift) => Some(shift.number),
        _ => None,
    };
    let says_totals = matches!(signed.entry().body, Body::Receipt(_) | Body::TillOpened(_));
    let sql = "INSERT INTO state (id, incarnation, sequence, head, receipts, grand_total_paise, wall_ms, shift, \
               totals_sequence, shift_sequence) \
               VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, coalesce(?7, 0), ?2, iif(?7 IS NULL, NULL, ?2)) \
               ON CONFLICT (id) DO UPDATE SET incarnation = ?1, sequence = ?2, head = ?3, receipts = ?4, \
               grand_total_paise = ?5, wall_ms = ?6, shift = coalesce(?7, shift), \
               totals_sequence = iif(?8, ?2, totals_sequence), \
               shift_sequence = iif(?7 IS NULL, shift_sequence, ?2)";
    transaction.prepare_cached(sql)?.execute(params![
        chain.incarnation().0,
        to_sql(chain.last().0),
        chain.head().0,
        to_sql(chain.receipts()),
        chain.grand_total().get(),
        to_sql(signed.entry().stamp.wall.0),
        opened,
        says_totals
    ])?;
    Ok(())
}
