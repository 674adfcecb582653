//! The row that says where the life before this one ended.

use super::Store;
use super::journal_rows::{from_sql, paise, to_sql};
use crate::error::TillError;
use raseed_protocol::ids::{Incarnation, Sequence};
use raseed_protocol::keys::Hash;
use raseed_protocol::money::Paise;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// The last entry known of the life before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeBefore {
    /// Which life.
    pub incarnation: Incarnation,
    /// The place of its last known entry; 0 for none.
    pub sequence: Sequence,
    /// The hash of that entry, of the certificate for 0.
    pub head: Hash,
    /// Receipts up to it, as far as they are known.
    pub receipts: u64,
    /// What they add up to.
    pub grand_total: Paise,
}

impl Store {
    /// Where the life before this one ended; `None` if there was none, or nothing is known of it.
    pub fn life_before(&self) -> Result<Option<LifeBefore>, TillError> {
        let read = |row: &Row| {
            Ok(LifeBefore {
                incarnation: Incarnation(row.get(0)?),
                sequence: Sequence(from_sql(row.get(1)?)),
                head: Hash(row.get(2)?),
                receipts: from_sql(row.get(3)?),
                grand_total: paise(row, 4)?,
            })
        };
        let sql = "SELECT incarnation, sequence, head, receipts, grand_total_paise FROM life_before";
        self.read()?.query_row(sql, [], read).optional().map_err(|error| self.explain(error))
    }
}

/// Keeps where the life before this one ended.
pub fn put_life_before(transaction: &Connection, life: &LifeBefore) -> Result<(), TillError> {
    transaction.execute(
        "INSERT INTO life_before VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        params![
            life.incarnation.0,
            to_sql(life.sequence.0),
            life.head.0,
            to_sql(life.receipts),
            life.grand_total.get()
        ],
    )?;
    Ok(())
}
