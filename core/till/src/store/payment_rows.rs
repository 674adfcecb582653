//! Rows of payments asked for by UPI or card: what the journal says of each, and the head office's newest word.

use super::Store;
use super::journal_rows::{from_sql, mode, paise, parsed, to_sql, unreadable};
use crate::error::TillError;
use raseed_protocol::ids::{AccountId, Incarnation, RequestId, Sequence};
use raseed_protocol::journal::{Chain, Mode, Outcome, PaymentRequested, SignedEntry};
use raseed_protocol::money::Paise;
use raseed_protocol::payment_word::PaymentWord;
use raseed_protocol::time::WallMs;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;

/// A payment that was asked for, as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    /// In which incarnation.
    pub incarnation: Incarnation,
    /// The place of the request.
    pub sequence: Sequence,
    /// Which wish it answers.
    pub request: RequestId,
    /// For which account; `None` for a sale.
    pub account: Option<AccountId>,
    /// How much.
    pub amount: Paise,
    /// By UPI or card.
    pub mode: Mode,
    /// When it was asked for.
    pub wall: WallMs,
    /// Until when its code counts.
    pub expires: Option<WallMs>,
    /// How it stands.
    pub state: PaymentRowState,
    /// The entry that says so.
    pub ended: Option<Sequence>,
    /// The complaint about it.
    pub complaint: Option<Sequence>,
}

/// How a payment stands by this till's journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "&'static str")]
pub enum PaymentRowState {
    /// Asked for.
    Open,
    /// A receipt was given for it.
    Paid,
    /// Ended, or its end is unknown.
    Ended(Outcome),
}

impl From<PaymentRowState> for &'static str {
    fn from(state: PaymentRowState) -> &'static str {
        state.code()
    }
}

impl PaymentRowState {
    /// True while money may still move: nothing else may be taken for the account.
    pub fn is_pending(self) -> bool {
        matches!(self, PaymentRowState::Open | PaymentRowState::Ended(Outcome::Unknown))
    }

    /// True if nobody knows how it ended.
    pub fn is_unknown(self) -> bool {
        self == PaymentRowState::Ended(Outcome::Unknown)
    }

    /// What it is called in rows and files.
    pub fn code(self) -> &'static str {
        match self {
            PaymentRowState::Open => "open",
            PaymentRowState::Paid => "paid",
            PaymentRowState::Ended(outcome) => outcome.code(),
        }
    }

    fn from_code(code: &str) -> Option<PaymentRowState> {
        let all = [PaymentRowState::Open, PaymentRowState::Paid];
        let ended = Outcome::ALL.into_iter().map(PaymentRowState::Ended);
        all.into_iter().chain(ended).find(|state| state.code() == code)
    }
}

const COLUMNS: &str = "incarnation, sequence, request, account, amount_paise, mode, wall_ms, expires_ms, state, \
                       ended_sequence, complaint_sequence";

impl Store {
    /// The payment asked for at this place.
    pub fn payment(&self, incarnation: Incarnation, sequence: Sequence) -> Result<Option<PaymentRow>, TillError> {
        let rows =
            self.payments("WHERE incarnation = ?1 AND sequence = ?2", params![incarnation.0, to_sql(sequence.0)])?;
        Ok(rows.into_iter().next())
    }

    /// The payment that a wish asked for.
    pub fn payment_of(&self, request: RequestId) -> Result<Option<PaymentRow>, TillError> {
        Ok(self.payments("WHERE request = ?1", [request.0])?.into_iter().next())
    }

    /// A payment for the account whose end is not known yet.
    pub fn pending_payment(&self, account: &AccountId) -> Result<Option<PaymentRow>, TillError> {
        let sql = "WHERE account = ?1 AND state IN ('open', 'unknown') LIMIT 1";
        Ok(self.payments(sql, [account.as_str()])?.into_iter().next())
    }

    /// All payments whose end is not known yet, oldest first, at most `most`.
    pub fn pending_payments(&self, most: usize) -> Result<Vec<PaymentRow>, TillError> {
        let sql = "WHERE state IN ('open', 'unknown') ORDER BY incarnation, sequence LIMIT ?1";
        self.payments(sql, [limit(most)])
    }

    /// The newest payments asked for, newest first, at most `most`.
    pub fn newest_requests(&self, most: usize) -> Result<Vec<PaymentRow>, TillError> {
        self.payments("ORDER BY incarnation DESC, sequence DESC LIMIT ?1", [limit(most)])
    }

    fn payments(&self, which: &str, with: impl rusqlite::Params) -> Result<Vec<PaymentRow>, TillError> {
        let mut statement = self.read()?.prepare_cached(&format!("SELECT {COLUMNS} FROM payment_request {which}"))?;
        let rows = statement.query_map(with, read_payment)?;
        rows.collect::<Result<_, _>>().map_err(|error| self.explain(error))
    }

    /// A payment that has its receipt with this reference.
    pub fn payment_with(&self, reference: &str) -> Result<Option<PaymentRow>, TillError> {
        Ok(self.payments("WHERE reference = ?1 AND state = 'paid' LIMIT 1", [reference])?.into_iter().next())
    }

    /// The bytes of the head office's newest word about the payment asked for at this place.
    pub fn word(&self, incarnation: Incarnation, sequence: Sequence) -> Result<Option<Vec<u8>>, TillError> {
        let sql = "SELECT bytes FROM payment_word WHERE incarnation = ?1 AND sequence = ?2";
        let mut statement = self.read()?.prepare_cached(sql)?;
        let place = params![incarnation.0, to_sql(sequence.0)];
        statement.query_row(place, |row| row.get(0)).optional().map_err(|error| self.explain(error))
    }

    /// The number of the newest word; 0 before the first.
    pub fn newest_word(&self) -> Result<u64, TillError> {
        let sql = "SELECT coalesce(max(number), 0) FROM payment_word";
        let number = self.read()?.query_row(sql, [], |row| row.get(0)).map_err(|error| self.explain(error))?;
        Ok(from_sql(number))
    }
}

/// A payment was asked for.
pub fn insert_payment(
    transaction: &Connection,
    chain: &Chain,
    signed: &SignedEntry,
    requested: &PaymentRequested,
) -> Result<(), TillError> {
    let sql = "INSERT INTO payment_request (incarnation, sequence, request, account, amount_paise, mode, wall_ms, \
               expires_ms, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'open')";
    transaction.prepare_cached(sql)?.execute(params![
        chain.incarnation().0,
        to_sql(signed.entry().sequence.0),
        requested.request.0,
        requested.account.as_ref().map(AccountId::as_str),
        requested.amount.get(),
        requested.mode.code(),
        to_sql(signed.entry().stamp.wall.0),
        requested.expires.map(|at| to_sql(at.0)),
    ])?;
    Ok(())
}

/// A payment was ended by the entry that `chain` has just moved past.
pub fn end_payment(
    transaction: &Connection,
    chain: &Chain,
    requested: Sequence,
    state: PaymentRowState,
    reference: Option<&str>,
) -> Result<(), TillError> {
    let sql = "UPDATE payment_request SET state = ?3, ended_sequence = ?4, reference = coalesce(?5, reference) \
               WHERE incarnation = ?1 AND sequence = ?2";
    let row = params![chain.incarnation().0, to_sql(requested.0), state.code(), to_sql(chain.last().0), reference];
    changed_one(transaction.prepare_cached(sql)?.execute(row)?)
}

/// A complaint about a payment was opened by the entry that `chain` has just moved past.
pub fn complain(transaction: &Connection, chain: &Chain, requested: Sequence) -> Result<(), TillError> {
    let sql = "UPDATE payment_request SET complaint_sequence = ?3 WHERE incarnation = ?1 AND sequence = ?2";
    let row = params![chain.incarnation().0, to_sql(requested.0), to_sql(chain.last().0)];
    changed_one(transaction.prepare_cached(sql)?.execute(row)?)
}

fn changed_one(rows: usize) -> Result<(), TillError> {
    if rows == 1 { Ok(()) } else { Err(TillError::damaged("an entry is about a payment that was never asked for")) }
}

/// Keeps a word, in place of an older one about the same payment.
pub fn put_word(transaction: &Transaction, word: &PaymentWord, bytes: &[u8]) -> Result<(), TillError> {
    let sql = "INSERT INTO payment_word VALUES (?1, ?2, ?3, ?4) \
               ON CONFLICT (incarnation, sequence) DO UPDATE SET number = ?3, bytes = ?4 WHERE ?3 > number";
    let row = params![word.incarnation.0, to_sql(word.requested.0), to_sql(word.number), bytes];
    transaction.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

/// Forgets all words: the head office was restored and numbers them anew.
pub fn forget_words(transaction: &Transaction) -> Result<(), TillError> {
    transaction.execute("DELETE FROM payment_word", [])?;
    Ok(())
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

fn read_payment(row: &Row) -> Result<PaymentRow, rusqlite::Error> {
    let state: String = row.get(8)?;
    let place = |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(|at| Sequence(from_sql(at))));
    Ok(PaymentRow {
        incarnation: Incarnation(row.get(0)?),
        sequence: Sequence(from_sql(row.get(1)?)),
        request: RequestId(row.get(2)?),
        account: row.get::<_, Option<String>>(3)?.map(|_| parsed(row, 3)).transpose()?,
        amount: paise(row, 4)?,
        mode: mode(row, 5)?,
        wall: WallMs(from_sql(row.get(6)?)),
        expires: row.get::<_, Option<i64>>(7)?.map(|at| WallMs(from_sql(at))),
        state: PaymentRowState::from_code(&state).ok_or_else(|| unreadable(8, "state"))?,
        ended: place(9)?,
        complaint: place(10)?,
    })
}
