//! Ledger transactions and balances. A transaction is built again from its postings, and so proven to balance.

use super::super::super::{Each, LedgerRecord, StoreError, Stored};
use super::{at, some_text, text};
use raseed_protocol::ledger::{Balance, Balances, Posting, Transaction, TransactionId, TransactionKind};
use raseed_protocol::money::Paise;
use raseed_protocol::time::Day;
use rusqlite::{Connection, Row, params};

const WHAT: &str = "a ledger transaction";
const DAMAGED: StoreError = StoreError::Damaged { what: WHAT };

pub fn transaction(connection: &Connection, tenant: &str, id: &TransactionId) -> Stored<Option<LedgerRecord>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, day, account, account_previous, recorded_ms FROM ledger_transaction
         WHERE tenant = ?1 AND id = ?2",
    )?;
    let mut rows = statement.query(params![tenant, id.as_str()])?;
    rows.next()?.map(|row| ledger_record(connection, tenant, row)).transpose()
}

pub fn each_transaction(connection: &Connection, tenant: &str, each: Each<'_, LedgerRecord>) -> Stored<()> {
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, day, account, account_previous, recorded_ms FROM ledger_transaction
         WHERE tenant = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query(params![tenant])?;
    while let Some(row) = rows.next()? {
        if each(ledger_record(connection, tenant, row)?)?.is_break() {
            break;
        }
    }
    Ok(())
}

fn ledger_record(connection: &Connection, tenant: &str, row: &Row<'_>) -> Stored<LedgerRecord> {
    let id: TransactionId = text(WHAT, row, 0)?;
    let kind = row.get_ref(1)?.as_str().ok().and_then(TransactionKind::from_name).ok_or(DAMAGED)?;
    let day = Day::from_number(row.get(2)?).ok_or(DAMAGED)?;
    let postings = postings(connection, tenant, &id)?;
    let transaction = Transaction::new(id, kind, day, some_text(WHAT, row, 3)?, postings).map_err(|_| DAMAGED)?;
    Ok(LedgerRecord { transaction, previous: some_text(WHAT, row, 4)?, recorded: at(WHAT, row, 5)? })
}

fn postings(connection: &Connection, tenant: &str, id: &TransactionId) -> Stored<Vec<Posting>> {
    let sql = "SELECT ledger, amount FROM ledger_posting WHERE tenant = ?1 AND id = ?2 ORDER BY line";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![tenant, id.as_str()])?;
    let mut postings = Vec::new();
    while let Some(row) = rows.next()? {
        let amount = Paise::new(row.get(1)?).map_err(|_| DAMAGED)?;
        postings.push(Posting { account: text(WHAT, row, 0)?, amount });
    }
    Ok(postings)
}

pub fn balances(connection: &Connection, tenant: &str) -> Stored<Balances> {
    let mut statement =
        connection.prepare_cached("SELECT ledger, balance FROM ledger_balance WHERE tenant = ?1 ORDER BY ledger")?;
    let mut rows = statement.query(params![tenant])?;
    let mut balances = Vec::new();
    while let Some(row) = rows.next()? {
        balances.push((text("a ledger balance", row, 0)?, Balance(row.get(1)?)));
    }
    Ok(balances.into_iter().collect())
}
