//! Rows of the book: what the head office signed, as it was applied.

use super::Store;
use super::journal_rows::{from_sql, parsed, to_sql};
use crate::error::TillError;
use raseed_protocol::book::{Account, Rules, Tariff};
use raseed_protocol::ids::{AccountId, Incarnation, Sequence, TariffCode};
use raseed_protocol::time::WallMs;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// An account and through which of our entries it has been counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAccount {
    /// The account as the head office has it.
    pub account: Account,
    /// Our entries up to this one are already in it.
    pub counted: (Incarnation, Sequence),
}

/// How far the book has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookState {
    /// The cursor to ask from next.
    pub cursor: u64,
    /// True once a whole book has been here.
    pub complete: bool,
    /// The office's time of the newest page.
    pub office: WallMs,
}

impl Store {
    /// How far the book has come.
    pub fn book_state(&self) -> Result<BookState, TillError> {
        let sql = "SELECT cursor, complete, office_ms FROM book";
        let read = |row: &Row| {
            Ok(BookState {
                cursor: from_sql(row.get(0)?),
                complete: row.get(1)?,
                office: WallMs(from_sql(row.get(2)?)),
            })
        };
        let found = self.read()?.query_row(sql, [], read).optional().map_err(|error| self.explain(error))?;
        Ok(found.unwrap_or(BookState { cursor: 0, complete: false, office: WallMs(0) }))
    }

    /// How many households the book has.
    pub fn households(&self) -> Result<u64, TillError> {
        let count = self.read()?.query_row("SELECT count(*) FROM account", [], |row| row.get(0));
        Ok(from_sql(count.map_err(|error| self.explain(error))?))
    }

    /// The rules, once the book is complete.
    pub fn rules(&self) -> Result<Rules, TillError> {
        let connection = self.read()?;
        if let Some(rules) = self.rules.get() {
            return Ok(rules.clone());
        }
        let sql = "SELECT rules FROM book WHERE complete = 1 AND rules IS NOT NULL";
        let bytes: Option<Vec<u8>> =
            connection.query_row(sql, [], |row| row.get(0)).optional().map_err(|error| self.explain(error))?;
        let bytes = bytes.ok_or(TillError::NoBook)?;
        let rules = Rules::from_bytes(&bytes).map_err(|error| self.damaged(&error.to_string()))?;
        // Checked when it came; a damaged file may hold anything, and sums of what passes this cannot go out of bounds.
        rules.check().map_err(|error| self.damaged(&error.to_string()))?;
        Ok(self.rules.get_or_init(|| rules).clone())
    }

    /// Forgets the rules as they were read: a page of the book has been written.
    pub fn rules_may_have_changed(&mut self) {
        self.rules.take();
    }

    /// A tariff.
    pub fn tariff(&self, code: &TariffCode) -> Result<Option<Tariff>, TillError> {
        let sql = "SELECT record FROM tariff WHERE code = ?1";
        let mut statement = self.read()?.prepare_cached(sql)?;
        let bytes: Option<Vec<u8>> =
            statement.query_row([code.as_str()], |row| row.get(0)).optional().map_err(|error| self.explain(error))?;
        let read = |bytes: Vec<u8>| {
            let tariff = Tariff::from_bytes(&bytes).map_err(|error| self.damaged(&error.to_string()))?;
            tariff.check().map_err(|error| self.damaged(&error.to_string()))?;
            Ok(tariff)
        };
        bytes.map(read).transpose()
    }

    /// An account by its consumer number.
    pub fn account(&self, id: &AccountId) -> Result<Option<StoredAccount>, TillError> {
        let sql = "SELECT counted_incarnation, counted_sequence, record FROM account WHERE id = ?1";
        let mut statement = self.read()?.prepare_cached(sql)?;
        let row = statement.query_row([id.as_str()], read_raw).optional().map_err(|error| self.explain(error))?;
        row.map(|raw| self.stored(raw)).transpose()
    }

    /// An account by its number in this file.
    pub fn account_by_number(&self, number: i64) -> Result<Option<StoredAccount>, TillError> {
        let sql = "SELECT counted_incarnation, counted_sequence, record FROM account WHERE number = ?1";
        let mut statement = self.read()?.prepare_cached(sql)?;
        let row = statement.query_row([number], read_raw).optional().map_err(|error| self.explain(error))?;
        row.map(|raw| self.stored(raw)).transpose()
    }

    /// Hands every finder row to `visit`, in the order of the book.
    pub fn visit_texts(&self, mut visit: impl FnMut(i64, &str)) -> Result<(), TillError> {
        let mut statement = self.read()?.prepare_cached("SELECT number, text FROM account_text ORDER BY number")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next().map_err(|error| self.explain(error))? {
            visit(row.get(0)?, row.get_ref(1)?.as_str().map_err(|e| self.damaged(&e.to_string()))?);
        }
        Ok(())
    }

    fn stored(&self, (incarnation, sequence, record): RawAccount) -> Result<StoredAccount, TillError> {
        let account = Account::from_bytes(&record).map_err(|error| self.damaged(&error.to_string()))?;
        account.check().map_err(|error| self.damaged(&error.to_string()))?;
        Ok(StoredAccount { account, counted: (Incarnation(incarnation), Sequence(from_sql(sequence))) })
    }
}

type RawAccount = (u16, i64, Vec<u8>);

fn read_raw(row: &Row) -> Result<RawAccount, rusqlite::Error> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

/// Writes an account of a page over the one that was there; gives its number in this file.
pub fn put_account(transaction: &Connection, stored: &StoredAccount, text: &str) -> Result<i64, TillError> {
    let sql = "INSERT INTO account (id, counted_incarnation, counted_sequence, record) VALUES (?1, ?2, ?3, ?4) \
               ON CONFLICT (id) DO UPDATE SET counted_incarnation = ?2, counted_sequence = ?3, record = ?4 \
               RETURNING number";
    let (incarnation, sequence) = stored.counted;
    let number: i64 = transaction.prepare_cached(sql)?.query_row(
        params![stored.account.id.as_str(), incarnation.0, to_sql(sequence.0), stored.account.to_bytes()],
        |row| row.get(0),
    )?;
    let sql = "INSERT INTO account_text VALUES (?1, ?2) ON CONFLICT (number) DO UPDATE SET text = ?2";
    transaction.prepare_cached(sql)?.execute(params![number, text])?;
    Ok(number)
}

/// Writes a tariff over the one that was there.
pub fn put_tariff(transaction: &Connection, tariff: &Tariff) -> Result<(), TillError> {
    let sql = "INSERT INTO tariff VALUES (?1, ?2) ON CONFLICT (code) DO UPDATE SET record = ?2";
    transaction.prepare_cached(sql)?.execute(params![tariff.code.as_str(), tariff.to_bytes()])?;
    Ok(())
}

/// Moves the book on.
pub fn put_book(transaction: &Connection, state: &BookState, rules: Option<&Rules>) -> Result<(), TillError> {
    let sql = "INSERT INTO book (id, cursor, complete, office_ms, rules) VALUES (1, ?1, ?2, ?3, ?4) \
               ON CONFLICT (id) DO UPDATE SET cursor = ?1, complete = max(complete, ?2), office_ms = ?3, \
               rules = coalesce(?4, rules)";
    let rules = rules.map(Rules::to_bytes);
    transaction.execute(sql, params![to_sql(state.cursor), state.complete, to_sql(state.office.0), rules])?;
    Ok(())
}

/// The newest acknowledgement: through which entry, and when.
pub fn acknowledged(store: &Store) -> Result<Option<(Sequence, WallMs)>, TillError> {
    let sql = "SELECT sequence, office_ms FROM acknowledgement";
    let read = |row: &Row| Ok((Sequence(from_sql(row.get(0)?)), WallMs(from_sql(row.get(1)?))));
    store.read()?.prepare_cached(sql)?.query_row([], read).optional().map_err(|error| store.explain(error))
}

/// The newest acknowledgement, as signed.
pub fn acknowledgement_bytes(store: &Store) -> Result<Option<Vec<u8>>, TillError> {
    let read = |row: &Row| row.get(0);
    let found = store.read()?.query_row("SELECT bytes FROM acknowledgement", [], read).optional();
    found.map_err(|error| store.explain(error))
}

/// Keeps an acknowledgement, as signed.
pub fn put_acknowledgement(
    transaction: &Connection,
    through: Sequence,
    office: WallMs,
    bytes: &[u8],
) -> Result<(), TillError> {
    let sql = "INSERT INTO acknowledgement VALUES (1, ?1, ?2, ?3) \
               ON CONFLICT (id) DO UPDATE SET sequence = ?1, office_ms = ?2, bytes = ?3";
    transaction.execute(sql, params![to_sql(through.0), to_sql(office.0), bytes])?;
    Ok(())
}

/// Keeps what the head office said about an entry.
pub fn put_notice(transaction: &Connection, sequence: Sequence, code: &str, what: &str) -> Result<(), TillError> {
    let sql = "INSERT INTO notice VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET what = ?3";
    transaction.execute(sql, params![to_sql(sequence.0), code, what])?;
    Ok(())
}

/// How many notices there are.
pub fn notice_count(store: &Store) -> Result<usize, TillError> {
    let count: i64 = store
        .read()?
        .query_row("SELECT count(*) FROM notice", [], |row| row.get(0))
        .map_err(|error| store.explain(error))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// All notices: entry, code, sentence.
pub fn notices(store: &Store) -> Result<Vec<(Sequence, String, String)>, TillError> {
    let mut statement =
        store.read()?.prepare_cached("SELECT sequence, code, what FROM notice ORDER BY sequence, code")?;
    let rows = statement.query_map([], |row| Ok((Sequence(from_sql(row.get(0)?)), row.get(1)?, row.get(2)?)))?;
    rows.collect::<Result<_, _>>().map_err(|error| store.explain(error))
}

/// The first consumer numbers of the book, for tools that need some.
pub fn account_ids(store: &Store, most: u32) -> Result<Vec<AccountId>, TillError> {
    let mut statement = store.read()?.prepare_cached("SELECT id FROM account ORDER BY number LIMIT ?1")?;
    let rows = statement.query_map([most], |row| parsed(row, 0))?;
    rows.collect::<Result<_, _>>().map_err(|error| store.explain(error))
}
