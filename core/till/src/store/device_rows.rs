//! Rows that only this device knows: what was printed, how the newest sync ended, the supervisor's PIN, what its storage is worth.
//! Not projections: nothing can make them again, and no entry depends on them.

use super::Store;
use super::journal_rows::{from_sql, to_sql};
use crate::error::TillError;
use crate::storage::StorageStanding;
use raseed_protocol::ids::{Incarnation, Sequence};
use raseed_protocol::pin::PinHash;
use raseed_protocol::time::WallMs;
use rusqlite::{OptionalExtension, Row, Transaction, params};

/// One sync, over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When it ended, by this device's clock.
    pub wall: WallMs,
    /// Why it failed, if it did: the error's code and its sentence.
    pub failure: Option<(String, String)>,
}

/// The supervisor's PIN, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinRow {
    /// What is kept of it.
    pub kept: PinHash,
    /// How many wrong ones came since the last right one.
    pub wrong: u32,
    /// Until when none is looked at.
    pub locked_until: WallMs,
}

impl Store {
    /// The supervisor's PIN; `None` if none was set.
    pub fn pin(&self) -> Result<Option<PinRow>, TillError> {
        let read = |row: &Row| {
            let kept = PinHash { salt: row.get(0)?, hash: row.get(1)? };
            Ok(PinRow { kept, wrong: row.get(2)?, locked_until: WallMs(from_sql(row.get(3)?)) })
        };
        let sql = "SELECT salt, hash, wrong, locked_until_ms FROM supervisor_pin";
        self.read()?.query_row(sql, [], read).optional().map_err(|error| self.explain(error))
    }

    /// What its storage was last found to be; `None` if it never was, or in words that this program does not know.
    pub fn storage(&self) -> Result<Option<StorageStanding>, TillError> {
        let read = |row: &Row| {
            let class = row.get::<_, String>(0)?.parse().ok();
            let (filesystem, flush_us, told) = (row.get(1)?, row.get(2)?, row.get(4)?);
            let examined = WallMs(from_sql(row.get(3)?));
            Ok(class.map(|class| StorageStanding { class, filesystem, flush_us, examined, told }))
        };
        let sql = "SELECT class, filesystem, flush_us, examined_ms, told FROM storage";
        let found = self.read()?.query_row(sql, [], read).optional().map_err(|error| self.explain(error))?;
        Ok(found.flatten())
    }

    /// How often a receipt has come out of a printer.
    pub fn copies(&self, incarnation: Incarnation, sequence: Sequence) -> Result<u32, TillError> {
        let sql = "SELECT copies FROM printed WHERE incarnation = ?1 AND sequence = ?2";
        let mut statement = self.read()?.prepare_cached(sql)?;
        let place = params![incarnation.0, to_sql(sequence.0)];
        let copies = statement.query_row(place, |row| row.get(0)).optional().map_err(|error| self.explain(error))?;
        Ok(copies.unwrap_or(0))
    }

    /// How the newest sync ended; `None` before the first.
    pub fn attempt(&self) -> Result<Option<Attempt>, TillError> {
        let read = |row: &Row| {
            let failure = row.get::<_, Option<String>>(1)?.zip(row.get(2)?);
            Ok(Attempt { wall: WallMs(from_sql(row.get(0)?)), failure })
        };
        let sql = "SELECT wall_ms, code, what FROM sync_attempt";
        self.read()?.query_row(sql, [], read).optional().map_err(|error| self.explain(error))
    }
}

/// One more copy of a receipt came out.
pub fn add_copy(transaction: &Transaction, incarnation: Incarnation, sequence: Sequence) -> Result<(), TillError> {
    let sql = "INSERT INTO printed VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET copies = copies + 1";
    transaction.execute(sql, params![incarnation.0, to_sql(sequence.0)])?;
    Ok(())
}

/// Keeps the supervisor's PIN.
pub fn put_pin(transaction: &Transaction, row: &PinRow) -> Result<(), TillError> {
    let sql = "INSERT OR REPLACE INTO supervisor_pin VALUES (1, ?1, ?2, ?3, ?4)";
    transaction.execute(sql, params![row.kept.salt, row.kept.hash, row.wrong, to_sql(row.locked_until.0)])?;
    Ok(())
}

/// Keeps what the storage was found to be.
pub fn put_storage(transaction: &Transaction, found: &StorageStanding) -> Result<(), TillError> {
    let sql = "INSERT OR REPLACE INTO storage VALUES (1, ?1, ?2, ?3, ?4, ?5)";
    let values = params![found.class.code(), found.filesystem, found.flush_us, to_sql(found.examined.0), found.told];
    transaction.execute(sql, values)?;
    Ok(())
}

/// Keeps how a sync ended.
pub fn put_attempt(transaction: &Transaction, attempt: &Attempt) -> Result<(), TillError> {
    let (code, what) = attempt.failure.clone().unzip();
    let sql = "INSERT OR REPLACE INTO sync_attempt VALUES (1, ?1, ?2, ?3)";
    transaction.execute(sql, params![to_sql(attempt.wall.0), code, what])?;
    Ok(())
}
