//! Tenant, tariffs, accounts, bills.

use super::super::super::records::stored;
use super::super::super::{AccountRecord, BillRecord, Each, StoreError, Stored, TenantRecord};
use super::{blob, bytes32, number, some_text, text, unsigned};
use raseed_protocol::book::{Account, Rules, Tariff};
use raseed_protocol::ids::{AccountId, BillNumber, TenantId};
use raseed_protocol::keys::{Hash, PublicKey};
use rusqlite::{Connection, Row, params};

const ACCOUNT_BY_ID: &str = "SELECT bytes, change, newest_transaction FROM account WHERE tenant = ?1 AND account = ?2";
const ACCOUNTS_BY_CHANGE: &str =
    "SELECT bytes, change, newest_transaction FROM account WHERE tenant = ?1 AND change > ?2 ORDER BY change";

pub fn tenants(connection: &Connection) -> Stored<Vec<TenantId>> {
    let mut statement = connection.prepare("SELECT tenant FROM tenant ORDER BY tenant")?;
    let mut rows = statement.query([])?;
    let mut tenants = Vec::new();
    while let Some(row) = rows.next()? {
        tenants.push(text("the name of a tenant", row, 0)?);
    }
    Ok(tenants)
}

pub fn tenant(connection: &Connection, tenant: &str) -> Stored<Option<TenantRecord>> {
    let mut statement = connection.prepare_cached(
        "SELECT root_key, office_certificate, change, rules, rules_change FROM tenant WHERE tenant = ?1",
    )?;
    let mut rows = statement.query(params![tenant])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let what = "the row of the tenant";
    let rules = match row.get_ref(3)?.as_blob_or_null() {
        Ok(Some(bytes)) => Some((stored("the rules", Rules::from_bytes(bytes))?, unsigned(what, row, 4)?)),
        Ok(None) => None,
        Err(_) => return Err(StoreError::Damaged { what }),
    };
    Ok(Some(TenantRecord {
        root_key: PublicKey(bytes32(what, row, 0)?),
        office_certificate: blob(what, row, 1)?.to_vec(),
        change: unsigned(what, row, 2)?,
        rules,
    }))
}

pub fn account(connection: &Connection, tenant: &str, account: &AccountId) -> Stored<Option<AccountRecord>> {
    let mut statement = connection.prepare_cached(ACCOUNT_BY_ID)?;
    let mut rows = statement.query(params![tenant, account.as_str()])?;
    rows.next()?.map(account_record).transpose()
}

pub fn each_account(connection: &Connection, tenant: &str, change: u64, each: Each<'_, AccountRecord>) -> Stored<()> {
    let mut statement = connection.prepare_cached(ACCOUNTS_BY_CHANGE)?;
    let mut rows = statement.query(params![tenant, number(change)?])?;
    while let Some(row) = rows.next()? {
        if each(account_record(row)?)?.is_break() {
            break;
        }
    }
    Ok(())
}

fn account_record(row: &Row<'_>) -> Stored<AccountRecord> {
    let what = "an account";
    Ok(AccountRecord {
        account: stored(what, Account::from_bytes(blob(what, row, 0)?))?,
        change: unsigned(what, row, 1)?,
        newest: some_text(what, row, 2)?,
    })
}

pub fn tariffs(connection: &Connection, tenant: &str, change: u64) -> Stored<Vec<(u64, Tariff)>> {
    let sql = "SELECT change, bytes FROM tariff WHERE tenant = ?1 AND change > ?2 ORDER BY code";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![tenant, number(change)?])?;
    let mut tariffs = Vec::new();
    while let Some(row) = rows.next()? {
        let what = "a tariff";
        tariffs.push((unsigned(what, row, 0)?, stored(what, Tariff::from_bytes(blob(what, row, 1)?))?));
    }
    Ok(tariffs)
}

pub fn bill(connection: &Connection, tenant: &str, bill: &BillNumber) -> Stored<Option<BillRecord>> {
    let sql = "SELECT account, digest FROM bill WHERE tenant = ?1 AND bill = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![tenant, bill.as_str()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let what = "a bill";
    Ok(Some(BillRecord { account: text(what, row, 0)?, digest: Hash(bytes32(what, row, 1)?) }))
}
