//! Rows of the certified keys of days.

use super::Store;
use super::journal_rows::{from_sql, to_sql};
use crate::error::TillError;
use raseed_protocol::ids::Incarnation;
use raseed_protocol::keys::KeyId;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// The certified key of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayKeyRow {
    /// Each key is made of the one at the position before.
    pub position: u32,
    /// From when on it counts, in seconds since 1970.
    pub from_s: u64,
    /// Which key.
    pub key_id: KeyId,
    /// Its certificate.
    pub certificate: Vec<u8>,
}

impl Store {
    /// The key that counts at this second, of those from `position` on; the newest if there are several.
    pub fn day_key_at(
        &self,
        incarnation: Incarnation,
        second: u64,
        position: u32,
    ) -> Result<Option<DayKeyRow>, TillError> {
        let sql = "SELECT position, from_s, key_id, certificate FROM day_key \
                   WHERE incarnation = ?1 AND position >= ?2 AND from_s <= ?3 ORDER BY position DESC LIMIT 1";
        let mut statement = self.read()?.prepare_cached(sql)?;
        let found = statement.query_row(params![incarnation.0, position, to_sql(second)], read).optional();
        found.map_err(|error| self.explain(error))
    }

    /// When the next of the keys after `position` begins to count; `None` if this is the last.
    pub fn next_day_key(&self, incarnation: Incarnation, position: u32, second: u64) -> Result<Option<u64>, TillError> {
        let sql = "SELECT min(from_s) FROM day_key WHERE incarnation = ?1 AND position > ?2 AND from_s > ?3";
        let mut statement = self.read()?.prepare_cached(sql)?;
        let place = params![incarnation.0, position, to_sql(second)];
        let found = statement.query_row(place, |row| row.get::<_, Option<i64>>(0)).map_err(|e| self.explain(e))?;
        Ok(found.map(from_sql))
    }

    /// The key that was certified last.
    pub fn newest_day_key(&self, incarnation: Incarnation) -> Result<Option<DayKeyRow>, TillError> {
        let sql = "SELECT position, from_s, key_id, certificate FROM day_key \
                   WHERE incarnation = ?1 ORDER BY position DESC LIMIT 1";
        let mut statement = self.read()?.prepare_cached(sql)?;
        statement.query_row([incarnation.0], read).optional().map_err(|error| self.explain(error))
    }

    /// The row of this key.
    pub fn day_key(&self, incarnation: Incarnation, key: KeyId) -> Result<Option<DayKeyRow>, TillError> {
        day_key(self.read()?, incarnation, key).map_err(|error| self.explain(error))
    }
}

/// The row of this key; also inside a transaction.
pub fn day_key(
    connection: &Connection,
    incarnation: Incarnation,
    key: KeyId,
) -> Result<Option<DayKeyRow>, rusqlite::Error> {
    let sql = "SELECT position, from_s, key_id, certificate FROM day_key WHERE incarnation = ?1 AND key_id = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_row(params![incarnation.0, key.0], read).optional()
}

/// Adds certified keys.
pub fn put_day_keys(transaction: &Connection, incarnation: Incarnation, rows: &[DayKeyRow]) -> Result<(), TillError> {
    let mut statement = transaction.prepare_cached("INSERT INTO day_key VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for row in rows {
        let from = to_sql(row.from_s);
        statement.execute(params![incarnation.0, row.position, from, row.key_id.0, row.certificate])?;
    }
    Ok(())
}

fn read(row: &Row) -> Result<DayKeyRow, rusqlite::Error> {
    Ok(DayKeyRow {
        position: row.get(0)?,
        from_s: from_sql(row.get(1)?),
        key_id: KeyId(row.get(2)?),
        certificate: row.get(3)?,
    })
}
