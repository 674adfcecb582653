//! Rows of the journal, of its state, and of what it did to accounts.

use super::Store;
use crate::error::TillError;
use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::ids::{AccountId, Incarnation, RequestId, Sequence};
use raseed_protocol::journal::Mode;
use raseed_protocol::keys::{Hash, PublicKey};
use raseed_protocol::money::Paise;
use raseed_protocol::profile::Profile;
use raseed_protocol::time::{Day, WallMs};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Where the journal stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The current incarnation.
    pub incarnation: Incarnation,
    /// The newest entry.
    pub sequence: Sequence,
    /// Its hash.
    pub head: Hash,
    /// Receipts so far.
    pub receipts: u64,
    /// What they add up to.
    pub grand_total: Paise,
    /// Wall time of the newest entry.
    pub wall: WallMs,
    /// The open shift's number; 0 if there has never been one.
    pub shift: u32,
    /// The newest entry that says the totals: a receipt, or the opening of the till.
    pub totals_at: Sequence,
}

/// What an entry did to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountEntry {
    /// Which entry.
    pub incarnation: Incarnation,
    /// Its place.
    pub sequence: Sequence,
    /// Which account.
    pub account: AccountId,
    /// Which wish it answers.
    pub request: RequestId,
    /// On which day.
    pub day: Day,
    /// Money taken; nothing for a spot bill.
    pub amount: Paise,
    /// `cash`, `upi` ...; `bill` for a spot bill.
    pub mode: String,
}

/// Who this till is.
#[derive(Clone, Debug)]
pub struct IdentityRow {
    /// Where the head office answers.
    pub office_url: String,
    /// The pinned root key.
    pub root_key: PublicKey,
    /// The till's certificate.
    pub certificate: Vec<u8>,
    /// The head office's.
    pub office_certificate: Vec<u8>,
    /// What the till is used for.
    pub profile: Profile,
}

impl Store {
    /// Who this till is, if it is enrolled.
    pub fn identity(&self) -> Result<Option<IdentityRow>, TillError> {
        let sql = "SELECT office_url, root_key, certificate, office_certificate, profile FROM identity";
        let read = |row: &Row| {
            Ok(IdentityRow {
                office_url: row.get(0)?,
                root_key: PublicKey(row.get(1)?),
                certificate: row.get(2)?,
                office_certificate: row.get(3)?,
                profile: parsed(row, 4)?,
            })
        };
        self.read()?.query_row(sql, [], read).optional().map_err(|error| self.explain(error))
    }

    /// Where the journal stands; `None` before the first entry.
    pub fn state(&self) -> Result<Option<State>, TillError> {
        let sql = "SELECT incarnation, sequence, head, receipts, grand_total_paise, wall_ms, shift, totals_sequence FROM state";
        self.read()?.query_row(sql, [], read_state).optional().map_err(|error| self.explain(error))
    }

    /// The entry that opened the shift; `None` if none was ever opened.
    pub fn shift_opened_at(&self) -> Result<Option<Sequence>, TillError> {
        let read = |row: &Row| Ok(row.get::<_, Option<i64>>(0)?.map(|at| Sequence(from_sql(at))));
        let found = self.read()?.query_row("SELECT shift_sequence FROM state", [], read).optional();
        Ok(found.map_err(|error| self.explain(error))?.flatten())
    }

    /// The bytes of one entry.
    pub fn entry(&self, incarnation: Incarnation, sequence: Sequence) -> Result<Option<Vec<u8>>, TillError> {
        entry(self.read()?, incarnation, sequence).map_err(|error| self.explain(error))
    }

    /// Hands entries after `after` to `visit`, in order, until it returns false.
    pub fn entries_after(
        &self,
        incarnation: Incarnation,
        after: Sequence,
        visit: impl FnMut(Sequence, &[u8]) -> Result<bool, TillError>,
    ) -> Result<(), TillError> {
        visit_entries(self.read()?, incarnation, after, visit).map_err(|error| error.in_file(self.path()))
    }

    /// What answered a request, if anything did.
    pub fn answer_to(&self, request: RequestId) -> Result<Option<AccountEntry>, TillError> {
        let sql = "SELECT incarnation, sequence, account, request, day, amount_paise, mode FROM account_entry \
                   WHERE request = ?1";
        let mut statement = self.read()?.prepare_cached(sql)?;
        statement.query_row([request.0], read_account_entry).optional().map_err(|error| self.explain(error))
    }

    /// How many receipts all days have, and what they add up to in paise.
    pub fn total_of_days(&self) -> Result<(u64, i64), TillError> {
        let sql = "SELECT coalesce(sum(receipts), 0), coalesce(sum(amount_paise), 0) FROM day_total";
        let mut statement = self.read()?.prepare_cached(sql)?;
        let (receipts, paise): (i64, i64) =
            statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(|error| self.explain(error))?;
        Ok((u64::try_from(receipts).unwrap_or(0), paise))
    }

    /// What this till did to an account after the given entry, oldest first.
    pub fn account_entries(
        &self,
        account: &AccountId,
        after: (Incarnation, Sequence),
    ) -> Result<Vec<AccountEntry>, TillError> {
        // Two ranges of the primary key: as one comparison of pairs, SQLite would read the account's whole history.
        let sql = "SELECT incarnation, sequence, account, request, day, amount_paise, mode FROM account_entry \
                   WHERE account = ?1 AND incarnation = ?2 AND sequence > ?3 UNION ALL \
                   SELECT incarnation, sequence, account, request, day, amount_paise, mode FROM account_entry \
                   WHERE account = ?1 AND incarnation > ?2 ORDER BY incarnation, sequence";
        let mut statement = self.read()?.prepare_cached(sql)?;
        let rows = statement.query_map(params![account.as_str(), after.0.0, to_sql(after.1.0)], read_account_entry)?;
        rows.collect::<Result<_, _>>().map_err(|error| self.explain(error))
    }

    /// The newest payments that this till took for an account, newest first, at most `most`.
    pub fn newest_payments(&self, account: &AccountId, most: usize) -> Result<Vec<AccountEntry>, TillError> {
        let sql = "SELECT incarnation, sequence, account, request, day, amount_paise, mode FROM account_entry \
                   WHERE account = ?1 AND mode <> 'bill' ORDER BY incarnation DESC, sequence DESC LIMIT ?2";
        let mut statement = self.read()?.prepare_cached(sql)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![account.as_str(), most], read_account_entry)?;
        rows.collect::<Result<_, _>>().map_err(|error| self.explain(error))
    }

    /// Money taken on a day: mode, number of receipts, paise.
    pub fn taken_on(&self, day: Day) -> Result<Vec<(Mode, u64, Paise)>, TillError> {
        let sql = "SELECT mode, receipts, amount_paise FROM day_total WHERE day = ?1 ORDER BY mode";
        let mut statement = self.read()?.prepare_cached(sql)?;
        let rows =
            statement.query_map([day.number()], |row| Ok((mode(row, 0)?, from_sql(row.get(1)?), paise(row, 2)?)))?;
        rows.collect::<Result<_, _>>().map_err(|error| self.explain(error))
    }

    /// Forgets the projections of the journal, inside the caller's transaction.
    pub fn forget_projections(transaction: &Connection) -> Result<(), TillError> {
        transaction.execute_batch(
            "DELETE FROM account_entry; DELETE FROM day_total; DELETE FROM payment_request; DELETE FROM state;",
        )?;
        Ok(())
    }

    /// The projections as text, to compare two of them.
    pub fn dump_projections(&self) -> Result<Vec<String>, TillError> {
        let sql = "SELECT 'state ' || incarnation || ' ' || sequence || ' ' || hex(head) || ' ' || receipts || ' ' || \
                   grand_total_paise || ' ' || wall_ms || ' ' || shift || ' ' || totals_sequence || ' ' || coalesce(shift_sequence, 0) FROM state UNION ALL \
                   SELECT 'day ' || day || ' ' || mode || ' ' || receipts || ' ' || amount_paise FROM day_total UNION ALL \
                   SELECT incarnation || ' ' || sequence || ' ' || account || ' ' || hex(request) || ' ' || day || ' ' \
                   || amount_paise || ' ' || mode FROM account_entry UNION ALL \
                   SELECT 'payment ' || incarnation || ' ' || sequence || ' ' || hex(request) || ' ' || coalesce(account, '') \
                   || ' ' || amount_paise || ' ' || mode || ' ' || wall_ms || ' ' || coalesce(expires_ms, '') || ' ' || state \
                   || ' ' || coalesce(ended_sequence, '') || ' ' || coalesce(complaint_sequence, '') || ' ' || coalesce(reference, '') \
                   FROM payment_request ORDER BY 1";
        let mut statement = self.read()?.prepare(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.collect::<Result<_, _>>().map_err(|error| self.explain(error))
    }
}

/// Writes who the till is.
pub fn insert_identity(
    transaction: &Connection,
    row: &IdentityRow,
    certificate: &SignedCertificate,
) -> Result<(), TillError> {
    let (till, incarnation) = certificate.till().map_err(|e| TillError::NotTheOffice(e.to_string()))?;
    transaction.execute(
        "INSERT INTO identity VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            certificate.certificate().tenant.as_str(),
            till.as_str(),
            incarnation.0,
            row.office_url,
            row.root_key.0,
            row.certificate,
            row.office_certificate,
            row.profile.code()
        ],
    )?;
    transaction.execute("INSERT INTO certificate VALUES (?1, ?2)", params![incarnation.0, row.certificate])?;
    Ok(())
}

/// Hands entries after `after` to `visit`, in order, until it returns false. Also inside a transaction.
pub fn visit_entries(
    connection: &Connection,
    incarnation: Incarnation,
    after: Sequence,
    mut visit: impl FnMut(Sequence, &[u8]) -> Result<bool, TillError>,
) -> Result<(), TillError> {
    let sql = "SELECT sequence, bytes FROM journal WHERE incarnation = ?1 AND sequence > ?2 ORDER BY sequence";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![incarnation.0, i64::try_from(after.0).unwrap_or(i64::MAX)])?;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        if !visit(Sequence(from_sql(row.get(0)?)), bytes)? {
            break;
        }
    }
    Ok(())
}

fn entry(
    connection: &Connection,
    incarnation: Incarnation,
    sequence: Sequence,
) -> Result<Option<Vec<u8>>, rusqlite::Error> {
    let Ok(sequence) = i64::try_from(sequence.0) else {
        return Ok(None); // Asked for by a stranger's bytes: no file goes that far.
    };
    let sql = "SELECT bytes FROM journal WHERE incarnation = ?1 AND sequence = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_row(params![incarnation.0, sequence], |row| row.get(0)).optional()
}

fn read_state(row: &Row) -> Result<State, rusqlite::Error> {
    Ok(State {
        incarnation: Incarnation(row.get(0)?),
        sequence: Sequence(from_sql(row.get(1)?)),
        head: Hash(row.get(2)?),
        receipts: from_sql(row.get(3)?),
        grand_total: paise(row, 4)?,
        wall: WallMs(from_sql(row.get(5)?)),
        shift: row.get(6)?,
        totals_at: Sequence(from_sql(row.get(7)?)),
    })
}

fn read_account_entry(row: &Row) -> Result<AccountEntry, rusqlite::Error> {
    Ok(AccountEntry {
        incarnation: Incarnation(row.get(0)?),
        sequence: Sequence(from_sql(row.get(1)?)),
        account: parsed(row, 2)?,
        request: RequestId(row.get(3)?),
        day: Day::from_number(row.get(4)?).ok_or_else(|| unreadable(4, "day"))?,
        amount: paise(row, 5)?,
        mode: row.get(6)?,
    })
}

/// A text column that reads as a `T`.
pub fn parsed<T: std::str::FromStr>(row: &Row, column: usize) -> Result<T, rusqlite::Error> {
    let text: String = row.get(column)?;
    text.parse().map_err(|_| unreadable(column, "id"))
}

pub(super) fn mode(row: &Row, column: usize) -> Result<Mode, rusqlite::Error> {
    let code: String = row.get(column)?;
    Mode::ALL.into_iter().find(|mode| mode.code() == code).ok_or_else(|| unreadable(column, "mode"))
}

pub(super) fn paise(row: &Row, column: usize) -> Result<Paise, rusqlite::Error> {
    Paise::new(row.get(column)?).map_err(|_| unreadable(column, "amount"))
}

pub(super) fn unreadable(column: usize, what: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Null, format!("unreadable {what}").into())
}

/// SQLite keeps signed integers; our counters stay far below its bound.
pub fn to_sql(number: u64) -> i64 {
    i64::try_from(number).expect("counters stay below 2^63")
}

/// The way back; a negative number cannot have been written by us.
pub fn from_sql(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
