//! Writing: one transaction at a time, undone unless committed.

use super::super::{
    BillRecord, DayKeyRecord, ExceptionRecord, ForkRecord, IncarnationRecord, JournalHead, LedgerRecord, NewEntry,
    StoreError, StoreTx, Stored, TillRecord, TillState,
};
use super::read::Connected;
use super::rows::{instant, number};
use raseed_protocol::book::{Account, Rules, Tariff};
use raseed_protocol::ids::{BillNumber, EntryId, Incarnation, TenantId, TillId};
use raseed_protocol::keys::{Hash, PublicKey};
use raseed_protocol::ledger::{Balances, TransactionId};
use raseed_protocol::profile::Profile;
use raseed_protocol::storage::StorageClass;
use raseed_protocol::time::WallMs;
use rusqlite::{Connection, Params, params};
use std::sync::MutexGuard;

/// A write transaction.
pub(super) struct Writer<'a> {
    connection: MutexGuard<'a, Connection>,
    tenant: TenantId,
    /// What the postings of this transaction add to the balances; written once, by `commit`.
    moved: Balances,
    /// The book's cursor, once it was asked for.
    change: Option<u64>,
    committed: bool,
}

impl<'a> Writer<'a> {
    pub fn begin(connection: MutexGuard<'a, Connection>, tenant: &TenantId) -> Stored<Writer<'a>> {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        Ok(Writer { connection, tenant: tenant.clone(), moved: Balances::new(), change: None, committed: false })
    }

    pub(super) fn run(&self, sql: &str, values: impl Params) -> Stored<usize> {
        Ok(self.connection.prepare_cached(sql)?.execute(values)?)
    }

    /// As `run`, for what must change exactly one row.
    pub(super) fn run_one(&self, what: &'static str, sql: &str, values: impl Params) -> Stored<()> {
        if self.run(sql, values)? == 1 { Ok(()) } else { Err(StoreError::Damaged { what }) }
    }

    fn write_balances(&self) -> Stored<()> {
        let sql = "INSERT INTO ledger_balance (tenant, ledger, balance) VALUES (?1, ?2, ?3)
                   ON CONFLICT (tenant, ledger) DO UPDATE SET balance = balance + excluded.balance";
        for (account, moved) in self.moved.iter() {
            self.run(sql, params![self.tenant.as_str(), account.to_string(), moved.0])?;
        }
        Ok(())
    }

    fn write_change(&self) -> Stored<()> {
        let Some(change) = self.change else { return Ok(()) };
        let sql = "UPDATE tenant SET change = ?2 WHERE tenant = ?1";
        self.run_one("the row of the tenant", sql, params![self.tenant.as_str(), number(change)?])
    }
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        if !self.committed {
            // If even this fails, SQLite has undone it already; the next `BEGIN` would say so otherwise.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}

impl Connected for Writer<'_> {
    fn connection(&self) -> &Connection {
        &self.connection
    }
    fn tenant_text(&self) -> &str {
        self.tenant.as_str()
    }
}

impl StoreTx for Writer<'_> {
    fn add_tenant(&mut self, root_key: &PublicKey, office_certificate: &[u8]) -> Stored<()> {
        let sql = "INSERT INTO tenant (tenant, root_key, office_certificate) VALUES (?1, ?2, ?3)";
        self.run(sql, params![self.tenant.as_str(), root_key.0, office_certificate]).map(drop)
    }

    fn next_change(&mut self) -> Stored<u64> {
        let before = match self.change {
            Some(change) => change,
            None => {
                let sql = "SELECT change FROM tenant WHERE tenant = ?1";
                let change: i64 =
                    self.connection.prepare_cached(sql)?.query_row(params![self.tenant.as_str()], |row| row.get(0))?;
                u64::try_from(change).map_err(|_| StoreError::Damaged { what: "the row of the tenant" })?
            }
        };
        let next = before.checked_add(1).ok_or(StoreError::OutOfRange)?;
        self.change = Some(next);
        Ok(next)
    }

    fn put_rules(&mut self, rules: &Rules, change: u64) -> Stored<()> {
        self.write_change()?;
        let sql = "UPDATE tenant SET rules = ?2, rules_change = ?3 WHERE tenant = ?1";
        let values = params![self.tenant.as_str(), rules.to_bytes(), number(change)?];
        self.run_one("the row of the tenant", sql, values)
    }

    fn put_tariff(&mut self, tariff: &Tariff, change: u64) -> Stored<()> {
        let sql = "INSERT INTO tariff (tenant, code, change, bytes) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (tenant, code) DO UPDATE SET change = excluded.change, bytes = excluded.bytes";
        let values = params![self.tenant.as_str(), tariff.code.as_str(), number(change)?, tariff.to_bytes()];
        self.run(sql, values).map(drop)
    }

    fn put_account(&mut self, account: &Account, change: u64, newest: Option<&TransactionId>) -> Stored<()> {
        let sql = "INSERT INTO account (tenant, account, change, bytes, newest_transaction) VALUES (?1, ?2, ?3, ?4, ?5)
                   ON CONFLICT (tenant, account) DO UPDATE
                   SET change = excluded.change, bytes = excluded.bytes,
                       newest_transaction = excluded.newest_transaction";
        let (bytes, newest) = (account.to_bytes(), newest.map(TransactionId::as_str));
        self.run(sql, params![self.tenant.as_str(), account.id.as_str(), number(change)?, bytes, newest]).map(drop)
    }

    fn add_bill(&mut self, bill: &BillNumber, record: &BillRecord) -> Stored<()> {
        let sql = "INSERT INTO bill (tenant, bill, account, digest) VALUES (?1, ?2, ?3, ?4)";
        let values = params![self.tenant.as_str(), bill.as_str(), record.account.as_str(), record.digest.0];
        self.run(sql, values).map(drop)
    }

    fn add_till(&mut self, till: &TillRecord) -> Stored<()> {
        let sql = "INSERT INTO till (tenant, till, name, state, profile) VALUES (?1, ?2, ?3, ?4, ?5)";
        let (state, profile) = (state(till.state), till.profile.code());
        self.run(sql, params![self.tenant.as_str(), till.till.as_str(), till.name, state, profile]).map(drop)
    }

    fn set_profile(&mut self, till: &TillId, profile: Profile) -> Stored<()> {
        let sql = "UPDATE till SET profile = ?3 WHERE tenant = ?1 AND till = ?2";
        self.run_one("a till", sql, params![self.tenant.as_str(), till.as_str(), profile.code()])
    }

    fn set_till_state(&mut self, till: &TillId, to: TillState) -> Stored<()> {
        let sql = "UPDATE till SET state = ?3 WHERE tenant = ?1 AND till = ?2";
        self.run_one("a till", sql, params![self.tenant.as_str(), till.as_str(), state(to)])
    }

    fn put_code(&mut self, hash: &Hash, till: &TillId, expires: WallMs) -> Stored<()> {
        let tenant = self.tenant.as_str();
        let sql = "DELETE FROM enrolment_code WHERE tenant = ?1 AND till = ?2 AND used_key IS NULL";
        self.run(sql, params![tenant, till.as_str()])?;
        let sql = "INSERT INTO enrolment_code (tenant, code_hash, till, expires_ms) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, params![tenant, hash.0, till.as_str(), instant(expires)?]).map(drop)
    }

    fn use_code(&mut self, hash: &Hash, key: &PublicKey, incarnation: Incarnation) -> Stored<()> {
        let sql = "UPDATE enrolment_code SET used_key = ?3, used_incarnation = ?4
                   WHERE tenant = ?1 AND code_hash = ?2 AND used_key IS NULL";
        let values = params![self.tenant.as_str(), hash.0, key.0, incarnation.0];
        self.run_one("an enrolment code", sql, values)
    }

    fn add_incarnation(&mut self, record: &IncarnationRecord) -> Stored<()> {
        let sql = "INSERT INTO incarnation (tenant, till, incarnation, public_key, certificate, enrolled_ms,
                                            sequence, head, receipts, grand_total)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let head = &record.head;
        let values = params![
            self.tenant.as_str(),
            record.till.as_str(),
            record.incarnation.0,
            record.key.0,
            record.certificate,
            instant(record.enrolled)?,
            number(head.last.0)?,
            head.hash.0,
            number(head.receipts)?,
            head.grand_total.get(),
        ];
        self.run(sql, values).map(drop)
    }

    fn add_day_key(&mut self, till: &TillId, life: Incarnation, key: &DayKeyRecord) -> Stored<()> {
        let sql = "INSERT INTO day_key (tenant, till, incarnation, number, public_key, day, certificate)
                   SELECT ?1, ?2, ?3, 1 + coalesce(max(number), 0), ?4, ?5, ?6 FROM day_key
                   WHERE tenant = ?1 AND till = ?2 AND incarnation = ?3";
        let (day, certificate) = (key.day.number(), &key.certificate);
        let values = params![self.tenant.as_str(), till.as_str(), life.0, key.key.0, day, certificate];
        self.run(sql, values).map(drop)
    }

    fn set_storage(&mut self, till: &TillId, life: Incarnation, class: StorageClass, since: WallMs) -> Stored<()> {
        let sql = "UPDATE incarnation SET storage = ?4, storage_ms = ?5
                   WHERE tenant = ?1 AND till = ?2 AND incarnation = ?3";
        let values = params![self.tenant.as_str(), till.as_str(), life.0, class.code(), instant(since)?];
        self.run_one("a till's certificate", sql, values)
    }

    fn append_entry(&mut self, till: &TillId, incarnation: Incarnation, entry: &NewEntry<'_>) -> Stored<()> {
        let sql = "INSERT INTO journal_entry (tenant, till, incarnation, sequence, kind, bytes, hash, received_ms)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let values = params![
            self.tenant.as_str(),
            till.as_str(),
            incarnation.0,
            number(entry.sequence.0)?,
            // A kind of the far future may not fit; the bytes hold what it really is.
            i64::try_from(entry.kind).unwrap_or(i64::MAX),
            entry.bytes,
            entry.hash.0,
            instant(entry.received)?,
        ];
        self.run(sql, values).map(drop)
    }

    fn move_head(&mut self, till: &TillId, incarnation: Incarnation, head: &JournalHead) -> Stored<()> {
        let sql = "UPDATE incarnation SET sequence = ?4, head = ?5, receipts = ?6, grand_total = ?7
                   WHERE tenant = ?1 AND till = ?2 AND incarnation = ?3";
        let values = params![
            self.tenant.as_str(),
            till.as_str(),
            incarnation.0,
            number(head.last.0)?,
            head.hash.0,
            number(head.receipts)?,
            head.grand_total.get(),
        ];
        self.run_one("a till's certificate", sql, values)
    }

    fn raise(&mut self, exception: &ExceptionRecord) -> Stored<()> {
        let sql = "INSERT INTO exception (tenant, till, incarnation, sequence, code, what, raised_ms)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
        let entry = &exception.entry;
        let values = params![
            self.tenant.as_str(),
            entry.till.as_str(),
            entry.incarnation.0,
            number(entry.sequence.0)?,
            exception.code,
            exception.what,
            instant(exception.raised)?,
        ];
        self.run(sql, values).map(drop)
    }

    fn close(&mut self, entry: &EntryId, code: &str, at: WallMs) -> Stored<bool> {
        let sql = "UPDATE exception SET closed_ms = ?6 WHERE tenant = ?1 AND till = ?2 AND incarnation = ?3
                   AND sequence = ?4 AND code = ?5 AND closed_ms IS NULL";
        let place = number(entry.sequence.0)?;
        let values = params![self.tenant.as_str(), entry.till.as_str(), entry.incarnation.0, place, code, instant(at)?];
        Ok(self.run(sql, values)? == 1)
    }

    fn add_fork(&mut self, fork: &ForkRecord) -> Stored<()> {
        let sql = "INSERT INTO fork_proof (tenant, till, incarnation, sequence, other_hash, held, other, found_ms)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                   ON CONFLICT (tenant, till, incarnation, sequence, other_hash) DO NOTHING";
        let at = &fork.at;
        let values = params![
            self.tenant.as_str(),
            at.till.as_str(),
            at.incarnation.0,
            number(at.sequence.0)?,
            Hash::of(&fork.other).0,
            fork.held,
            fork.other,
            instant(fork.found)?,
        ];
        self.run(sql, values).map(drop)
    }

    fn post(&mut self, record: &LedgerRecord) -> Stored<()> {
        let transaction = &record.transaction;
        let (tenant, id) = (self.tenant.as_str(), transaction.id().as_str());
        let sql = "INSERT INTO ledger_transaction (tenant, id, kind, day, account, account_previous, recorded_ms)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let values = params![
            tenant,
            id,
            transaction.kind().name(),
            transaction.day().number(),
            transaction.consumer().map(|account| account.as_str()),
            record.previous.as_ref().map(TransactionId::as_str),
            instant(record.recorded)?,
        ];
        self.run(sql, values)?;
        let sql = "INSERT INTO ledger_posting (tenant, id, line, ledger, amount) VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut insert = self.connection.prepare_cached(sql)?;
        for (line, posting) in (0i64..).zip(transaction.postings()) {
            insert.execute(params![tenant, id, line, posting.account.to_string(), posting.amount.get()])?;
        }
        self.moved.post(transaction).map_err(|_| StoreError::OutOfRange)
    }

    fn commit(mut self: Box<Self>) -> Stored<()> {
        self.write_balances()?;
        self.write_change()?;
        self.connection.execute_batch("COMMIT")?;
        self.committed = true;
        Ok(())
    }
}

fn state(state: TillState) -> &'static str {
    match state {
        TillState::Active => "active",
        TillState::Revoked => "revoked",
    }
}
