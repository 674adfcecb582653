//! The queries, and how a row becomes a record. Whatever does not read back as it was written is damage, never a guess.

mod book;
mod journal;
mod ledger;
pub(super) mod tills;

pub(super) use book::{account, bill, each_account, tariffs, tenant, tenants};
pub(super) use journal::{each_entry, entry, exceptions, exceptions_of, forks};
pub(super) use ledger::{balances, each_transaction, transaction};
pub(super) use tills::{code, day_keys, incarnations, key_is_known, till, tills};

use super::super::{StoreError, Stored};
use raseed_protocol::time::WallMs;
use rusqlite::Row;

/// A number as SQLite holds it.
pub(super) fn number(n: u64) -> Stored<i64> {
    i64::try_from(n).map_err(|_| StoreError::OutOfRange)
}

/// An instant as SQLite holds it.
pub(super) fn instant(at: WallMs) -> Stored<i64> {
    number(at.0)
}

pub(super) fn unsigned(what: &'static str, row: &Row<'_>, column: usize) -> Stored<u64> {
    u64::try_from(row.get::<_, i64>(column)?).map_err(|_| StoreError::Damaged { what })
}

pub(super) fn at(what: &'static str, row: &Row<'_>, column: usize) -> Stored<WallMs> {
    WallMs::bounded(unsigned(what, row, column)?).ok_or(StoreError::Damaged { what })
}

pub(super) fn text<T: std::str::FromStr>(what: &'static str, row: &Row<'_>, column: usize) -> Stored<T> {
    row.get_ref(column)?.as_str().ok().and_then(|text| text.parse().ok()).ok_or(StoreError::Damaged { what })
}

pub(super) fn some_text<T: std::str::FromStr>(what: &'static str, row: &Row<'_>, column: usize) -> Stored<Option<T>> {
    match row.get_ref(column)?.as_str_or_null() {
        Ok(Some(text)) => text.parse().map(Some).map_err(|_| StoreError::Damaged { what }),
        Ok(None) => Ok(None),
        Err(_) => Err(StoreError::Damaged { what }),
    }
}

pub(super) fn bytes32(what: &'static str, row: &Row<'_>, column: usize) -> Stored<[u8; 32]> {
    let blob = row.get_ref(column)?.as_blob().ok();
    blob.and_then(|blob| blob.try_into().ok()).ok_or(StoreError::Damaged { what })
}

pub(super) fn blob<'a>(what: &'static str, row: &'a Row<'_>, column: usize) -> Stored<&'a [u8]> {
    row.get_ref(column)?.as_blob().map_err(|_| StoreError::Damaged { what })
}
