//! Numbered migrations: each file once, in order, each in one transaction with the version that it leads to.
//!
//! A released file is never edited; the next change is the next file. Nothing here may drop what is stored.

use super::super::{StoreError, Stored};
use rusqlite::{Connection, TransactionBehavior};

const MIGRATIONS: [&str; 3] = [
    include_str!("../../../migrations/0001_office.sql"),
    include_str!("../../../migrations/0002_messages.sql"),
    include_str!("../../../migrations/0003_day_keys.sql"),
];

/// `RSH1`, as the first migration writes it.
const APPLICATION_ID: i64 = 0x5253_4831;

/// The newest version that this program knows.
pub(super) fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).expect("a handful")
}

/// Looks, and changes nothing: refuses the file of a newer program or of another one.
pub(super) fn refuse_foreign(connection: &Connection) -> Stored<()> {
    let found = version(connection)?;
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let is_empty = connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))?;
    match (found, application) {
        (0, 0) if is_empty => Ok(()),
        (_, application) if application != APPLICATION_ID => Err(StoreError::NotOurs),
        (found, _) if found > known() => Err(StoreError::Newer { found, known: known() }),
        _ => Ok(()),
    }
}

/// Brings the file up to the newest version.
pub(super) fn migrate(connection: &mut Connection) -> Stored<()> {
    for (number, script) in (1i64..).zip(MIGRATIONS) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if version(&transaction)? < number {
            transaction.execute_batch(script)?;
            transaction.pragma_update(None, "user_version", number)?;
        }
        transaction.commit()?;
    }
    Ok(())
}

fn version(connection: &Connection) -> Stored<i64> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
