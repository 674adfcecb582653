//! Tills, their lives, enrolment codes.

use super::super::super::{
    CodeRecord, DayKeyRecord, IncarnationRecord, JournalHead, StoreError, Stored, TillRecord, TillState,
};
use super::{at, blob, bytes32, text, unsigned};
use raseed_protocol::ids::{Incarnation, Sequence, TillId};
use raseed_protocol::keys::{Hash, PublicKey};
use raseed_protocol::money::Paise;
use raseed_protocol::time::Day;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};

pub fn till(connection: &Connection, tenant: &str, till: &TillId) -> Stored<Option<TillRecord>> {
    let sql = "SELECT till, name, state, profile FROM till WHERE tenant = ?1 AND till = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![tenant, till.as_str()])?;
    rows.next()?.map(till_record).transpose()
}

pub fn tills(connection: &Connection, tenant: &str) -> Stored<Vec<TillRecord>> {
    let mut statement =
        connection.prepare_cached("SELECT till, name, state, profile FROM till WHERE tenant = ?1 ORDER BY till")?;
    let mut rows = statement.query(params![tenant])?;
    let mut tills = Vec::new();
    while let Some(row) = rows.next()? {
        tills.push(till_record(row)?);
    }
    Ok(tills)
}

fn till_record(row: &Row<'_>) -> Stored<TillRecord> {
    let what = "a till";
    let state = match row.get_ref(2)?.as_str() {
        Ok("active") => TillState::Active,
        Ok("revoked") => TillState::Revoked,
        _ => return Err(StoreError::Damaged { what }),
    };
    Ok(TillRecord { till: text(what, row, 0)?, name: row.get(1)?, state, profile: text(what, row, 3)? })
}

pub fn incarnations(connection: &Connection, tenant: &str, till: &TillId) -> Stored<Vec<IncarnationRecord>> {
    let mut statement = connection.prepare_cached(
        "SELECT incarnation, public_key, certificate, enrolled_ms, sequence, head, receipts, grand_total,
                storage, storage_ms
         FROM incarnation WHERE tenant = ?1 AND till = ?2 ORDER BY incarnation",
    )?;
    let mut rows = statement.query(params![tenant, till.as_str()])?;
    let mut lives = Vec::new();
    while let Some(row) = rows.next()? {
        lives.push(incarnation_record(till, row)?);
    }
    Ok(lives)
}

fn incarnation_record(till: &TillId, row: &Row<'_>) -> Stored<IncarnationRecord> {
    let what = "a till's certificate";
    let damaged = || StoreError::Damaged { what };
    Ok(IncarnationRecord {
        till: till.clone(),
        incarnation: incarnation(what, row, 0)?,
        key: PublicKey(bytes32(what, row, 1)?),
        certificate: blob(what, row, 2)?.to_vec(),
        enrolled: at(what, row, 3)?,
        head: JournalHead {
            last: Sequence(unsigned(what, row, 4)?),
            hash: Hash(bytes32(what, row, 5)?),
            receipts: unsigned(what, row, 6)?,
            grand_total: Paise::new(row.get(7)?).map_err(|_| damaged())?,
        },
        storage: match row.get_ref(8)? {
            ValueRef::Null => None,
            _ => Some((text(what, row, 8)?, at(what, row, 9)?)),
        },
    })
}

pub(in super::super) fn incarnation(what: &'static str, row: &Row<'_>, column: usize) -> Stored<Incarnation> {
    u16::try_from(unsigned(what, row, column)?).map(Incarnation).map_err(|_| StoreError::Damaged { what })
}

pub fn day_keys(connection: &Connection, tenant: &str, till: &TillId, life: Incarnation) -> Stored<Vec<DayKeyRecord>> {
    let sql = "SELECT public_key, day, certificate FROM day_key
               WHERE tenant = ?1 AND till = ?2 AND incarnation = ?3 ORDER BY number";
    let what = "the key of a day";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![tenant, till.as_str(), life.0])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        let day = Day::from_number(row.get(1)?).ok_or(StoreError::Damaged { what })?;
        let certificate = blob(what, row, 2)?.to_vec();
        keys.push(DayKeyRecord { key: PublicKey(bytes32(what, row, 0)?), day, certificate });
    }
    Ok(keys)
}

pub fn key_is_known(connection: &Connection, tenant: &str, key: &PublicKey) -> Stored<bool> {
    let sql = "SELECT 1 FROM incarnation WHERE tenant = ?1 AND public_key = ?2 UNION ALL
               SELECT 1 FROM day_key WHERE tenant = ?1 AND public_key = ?2";
    Ok(connection.prepare_cached(sql)?.exists(params![tenant, key.0])?)
}

pub fn code(connection: &Connection, tenant: &str, hash: &Hash) -> Stored<Option<CodeRecord>> {
    let sql = "SELECT till, expires_ms, used_key, used_incarnation FROM enrolment_code
               WHERE tenant = ?1 AND code_hash = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![tenant, hash.0])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let what = "an enrolment code";
    let used = match row.get::<_, Option<i64>>(3)? {
        None => None,
        Some(_) => Some((PublicKey(bytes32(what, row, 2)?), incarnation(what, row, 3)?)),
    };
    Ok(Some(CodeRecord { till: text(what, row, 0)?, expires: at(what, row, 1)?, used }))
}
