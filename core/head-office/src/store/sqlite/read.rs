//! Reading: the one implementation, for a read transaction of its own and inside a write.

use super::super::{
    AccountRecord, BillRecord, CodeRecord, DayKeyRecord, Each, ExceptionRecord, ForkRecord, IncarnationRecord,
    LedgerRecord, StoreRead, Stored, TenantRecord, TillRecord,
};
use super::{SqliteStore, rows};
use raseed_protocol::book::Tariff;
use raseed_protocol::ids::{AccountId, BillNumber, EntryId, Incarnation, Sequence, TenantId, TillId};
use raseed_protocol::keys::{Hash, PublicKey};
use raseed_protocol::ledger::{Balances, TransactionId};
use rusqlite::Connection;

/// A read transaction; it ends when it is dropped.
pub(super) struct Reader<'a> {
    store: &'a SqliteStore,
    connection: Option<Connection>,
    tenant: TenantId,
}

impl<'a> Reader<'a> {
    pub fn begin(store: &'a SqliteStore, connection: Connection, tenant: &TenantId) -> Stored<Reader<'a>> {
        connection.execute_batch("BEGIN")?;
        Ok(Reader { store, connection: Some(connection), tenant: tenant.clone() })
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take().filter(|c| c.execute_batch("COMMIT").is_ok()) {
            self.store.give_back(connection);
        }
    }
}

/// Something that reads one tenant's rows over a connection.
pub(super) trait Connected {
    fn connection(&self) -> &Connection;
    fn tenant_text(&self) -> &str;
}

impl Connected for Reader<'_> {
    fn connection(&self) -> &Connection {
        self.connection.as_ref().expect("it is there until this is dropped")
    }
    fn tenant_text(&self) -> &str {
        self.tenant.as_str()
    }
}

impl<T: Connected> StoreRead for T {
    fn tenant(&self) -> Stored<Option<TenantRecord>> {
        rows::tenant(self.connection(), self.tenant_text())
    }

    fn till(&self, till: &TillId) -> Stored<Option<TillRecord>> {
        rows::till(self.connection(), self.tenant_text(), till)
    }

    fn tills(&self) -> Stored<Vec<TillRecord>> {
        rows::tills(self.connection(), self.tenant_text())
    }

    fn incarnation(&self, till: &TillId, incarnation: Incarnation) -> Stored<Option<IncarnationRecord>> {
        Ok(self.incarnations(till)?.into_iter().find(|life| life.incarnation == incarnation))
    }

    fn incarnations(&self, till: &TillId) -> Stored<Vec<IncarnationRecord>> {
        rows::incarnations(self.connection(), self.tenant_text(), till)
    }

    fn day_keys(&self, till: &TillId, incarnation: Incarnation) -> Stored<Vec<DayKeyRecord>> {
        rows::day_keys(self.connection(), self.tenant_text(), till, incarnation)
    }

    fn key_is_known(&self, key: &PublicKey) -> Stored<bool> {
        rows::key_is_known(self.connection(), self.tenant_text(), key)
    }

    fn code(&self, hash: &Hash) -> Stored<Option<CodeRecord>> {
        rows::code(self.connection(), self.tenant_text(), hash)
    }

    fn account(&self, account: &AccountId) -> Stored<Option<AccountRecord>> {
        rows::account(self.connection(), self.tenant_text(), account)
    }

    fn each_account(&self, change: u64, each: Each<'_, AccountRecord>) -> Stored<()> {
        rows::each_account(self.connection(), self.tenant_text(), change, each)
    }

    fn tariffs(&self, change: u64) -> Stored<Vec<(u64, Tariff)>> {
        rows::tariffs(self.connection(), self.tenant_text(), change)
    }

    fn bill(&self, bill: &BillNumber) -> Stored<Option<BillRecord>> {
        rows::bill(self.connection(), self.tenant_text(), bill)
    }

    fn entry(&self, id: &EntryId) -> Stored<Option<Vec<u8>>> {
        rows::entry(self.connection(), self.tenant_text(), id)
    }

    fn each_entry(&self, till: &TillId, incarnation: Incarnation, each: Each<'_, Vec<u8>>) -> Stored<()> {
        rows::each_entry(self.connection(), self.tenant_text(), till, incarnation, each)
    }

    fn exceptions_of(
        &self,
        till: &TillId,
        incarnation: Incarnation,
        entries: (Sequence, Sequence),
    ) -> Stored<Vec<ExceptionRecord>> {
        rows::exceptions_of(self.connection(), self.tenant_text(), till, incarnation, entries)
    }

    fn exceptions(&self, open_only: bool, most: u32) -> Stored<Vec<ExceptionRecord>> {
        rows::exceptions(self.connection(), self.tenant_text(), open_only, most)
    }

    fn forks(&self) -> Stored<Vec<ForkRecord>> {
        rows::forks(self.connection(), self.tenant_text())
    }

    fn transaction(&self, id: &TransactionId) -> Stored<Option<LedgerRecord>> {
        rows::transaction(self.connection(), self.tenant_text(), id)
    }

    fn each_transaction(&self, each: Each<'_, LedgerRecord>) -> Stored<()> {
        rows::each_transaction(self.connection(), self.tenant_text(), each)
    }

    fn balances(&self) -> Stored<Balances> {
        rows::balances(self.connection(), self.tenant_text())
    }
}
