//! What every store must do, whatever database is behind it. A new one is added by one line at the end.

use crate::store_messages;
use crate::store_payments;
use crate::support::*;
use raseed_head_office::store::sqlite::SqliteStore;
use raseed_head_office::store::*;
use raseed_protocol::ids::{EntryId, Incarnation, Sequence, TenantId};
use raseed_protocol::keys::{Hash, PublicKey};
use raseed_protocol::ledger::{Balance, LedgerAccount, Posting, Transaction, TransactionId, TransactionKind};
use raseed_protocol::profile::Profile;
use raseed_protocol::time::WallMs;
use std::ops::ControlFlow;

pub fn tenant(name: &str) -> TenantId {
    name.parse().unwrap()
}

fn key(n: u8) -> PublicKey {
    PublicKey([n; 32])
}

pub fn entry_id(sequence: u64) -> EntryId {
    EntryId { till: "SAS07".parse().unwrap(), incarnation: Incarnation(1), sequence: Sequence(sequence) }
}

fn head(last: u64) -> JournalHead {
    JournalHead { last: Sequence(last), hash: Hash::of(&last.to_be_bytes()), receipts: last, grand_total: paise(5) }
}

fn life(incarnation: u16, with: u8) -> IncarnationRecord {
    IncarnationRecord {
        till: "SAS07".parse().unwrap(),
        incarnation: Incarnation(incarnation),
        key: key(with),
        certificate: vec![with; 40],
        enrolled: WallMs(7),
        head: JournalHead { receipts: 0, grand_total: paise(0), ..head(0) },
        storage: None,
    }
}

fn entry(sequence: u64, bytes: &[u8]) -> NewEntry<'_> {
    NewEntry { sequence: Sequence(sequence), kind: 6, bytes, hash: Hash::of(bytes), received: WallMs(8) }
}

fn record(n: u64, amount: i64, previous: Option<TransactionId>) -> LedgerRecord {
    let posting = |account, amount| Posting { account, amount: paise(amount) };
    let postings = vec![
        posting(LedgerAccount::CashInHand("SAS07".parse().unwrap()), amount),
        posting(LedgerAccount::Suspense, -amount),
    ];
    let consumer = Some("A-1".parse().unwrap());
    let kind = TransactionKind::ReceiptInSuspense;
    let id = TransactionId::of_entry(&entry_id(n));
    let transaction = Transaction::new(id, kind, day("2026-11-22"), consumer, postings).unwrap();
    LedgerRecord { transaction, recorded: WallMs(9), previous }
}

/// Two tenants, one of them with a till and two entries.
fn fill(store: &dyn Store) {
    for (name, n) in [("SAS", 1), ("BOK", 2)] {
        let mut tx = store.write(&tenant(name)).unwrap();
        tx.add_tenant(&key(n), &[n; 9]).unwrap();
        tx.commit().unwrap();
    }
    let mut tx = store.write(&tenant("SAS")).unwrap();
    let state = TillState::Active;
    tx.add_till(&TillRecord {
        till: "SAS07".parse().unwrap(),
        name: "Counter".into(),
        state,
        profile: Profile::Counter,
    })
    .unwrap();
    tx.add_incarnation(&life(1, 11)).unwrap();
    for sequence in 1..=2 {
        tx.append_entry(&entry_id(1).till, Incarnation(1), &entry(sequence, b"bytes")).unwrap();
    }
    tx.move_head(&entry_id(1).till, Incarnation(1), &head(2)).unwrap();
    tx.commit().unwrap();
}

fn what_is_committed_is_read_and_what_is_dropped_is_not(store: &dyn Store) {
    assert_eq!(store.tenants().unwrap(), [tenant("BOK"), tenant("SAS")]);
    let mut tx = store.write(&tenant("SAS")).unwrap();
    let change = tx.next_change().unwrap();
    assert_eq!((change, tx.next_change().unwrap()), (1, 2));
    tx.put_account(&account("A-1", vec![]), change, None).unwrap();
    assert!(tx.account(&"A-1".parse().unwrap()).unwrap().is_some(), "it reads its own writes");
    tx.post(&record(1, 500, None)).unwrap();
    drop(tx);
    let read = store.read(&tenant("SAS")).unwrap();
    assert_eq!(read.account(&"A-1".parse().unwrap()).unwrap(), None);
    assert_eq!(read.tenant().unwrap().unwrap().change, 0);
    assert_eq!(read.balances().unwrap().iter().count(), 0);
}

fn tenants_do_not_see_each_other(store: &dyn Store) {
    let other = store.read(&tenant("BOK")).unwrap();
    assert_eq!(other.tenant().unwrap().unwrap().root_key, key(2));
    assert_eq!(other.till(&entry_id(1).till).unwrap(), None);
    assert_eq!(other.entry(&entry_id(1)).unwrap(), None);
    assert!(!other.key_is_known(&key(11)).unwrap());
    assert_eq!(store.read(&tenant("NOBODY")).unwrap().tenant().unwrap(), None);
}

fn a_reader_sees_one_moment(store: &dyn Store) {
    let read = store.read(&tenant("SAS")).unwrap();
    assert_eq!(read.tills().unwrap().len(), 1);
    let mut tx = store.write(&tenant("SAS")).unwrap();
    let state = TillState::Revoked;
    tx.add_till(&TillRecord { till: "SAS09".parse().unwrap(), name: "New".into(), state, profile: Profile::default() })
        .unwrap();
    tx.commit().unwrap();
    assert_eq!(read.tills().unwrap().len(), 1);
    drop(read);
    assert_eq!(store.read(&tenant("SAS")).unwrap().tills().unwrap()[1].state, TillState::Revoked);
}

fn the_past_is_not_written_twice(store: &dyn Store) {
    let refused = |work: &dyn Fn(&mut dyn StoreTx) -> Stored<()>| {
        let mut tx = store.write(&tenant("SAS")).unwrap();
        assert!(work(&mut *tx).is_err());
    };
    let till = entry_id(1).till;
    refused(&|tx| tx.append_entry(&till, Incarnation(1), &entry(2, b"other")));
    refused(&|tx| tx.append_entry(&till, Incarnation(9), &entry(1, b"no such life")));
    refused(&|tx| tx.move_head(&till, Incarnation(1), &head(1)));
    refused(&|tx| tx.add_incarnation(&life(1, 12)));
    refused(&|tx| tx.add_incarnation(&life(2, 11)));
    refused(&|tx| {
        tx.post(&record(1, 500, None))?;
        tx.post(&record(1, 500, None))
    });
    let bill = || BillRecord { account: "A-1".parse().unwrap(), digest: Hash::of(b"x") };
    refused(&|tx| {
        tx.add_bill(&"B-1".parse().unwrap(), &bill())?;
        tx.add_bill(&"B-1".parse().unwrap(), &bill())
    });
    let read = store.read(&tenant("SAS")).unwrap();
    assert_eq!(read.entry(&entry_id(2)).unwrap(), Some(b"bytes".to_vec()));
    assert_eq!(newest_entry(&*read, &till).unwrap(), Some((Incarnation(1), Sequence(2))));
    assert_eq!(newest_entry(&*read, &"SAS09".parse().unwrap()).unwrap(), None);
    let mut seen = 0;
    read.each_entry(&till, Incarnation(1), &mut |bytes| {
        assert_eq!(bytes, b"bytes");
        seen += 1;
        Ok(ControlFlow::Break(()))
    })
    .unwrap();
    assert_eq!(seen, 1, "it breaks off when told");
}

fn accounts_come_in_the_order_of_their_changes(store: &dyn Store) {
    let mut tx = store.write(&tenant("SAS")).unwrap();
    for id in ["A-3", "A-1", "A-2", "A-3"] {
        let change = tx.next_change().unwrap();
        let newest = TransactionId::of_opening(&id.parse().unwrap());
        tx.put_account(&account(id, vec![]), change, Some(&newest)).unwrap();
    }
    let change = tx.next_change().unwrap();
    tx.put_rules(&rules(), change).unwrap();
    let change = tx.next_change().unwrap();
    tx.put_tariff(&tariff(), change).unwrap();
    tx.commit().unwrap();
    let read = store.read(&tenant("SAS")).unwrap();
    let mut order = Vec::new();
    read.each_account(2, &mut |record| {
        assert!(record.newest.is_some());
        order.push((record.account.id.to_string(), record.change));
        Ok(ControlFlow::Continue(()))
    })
    .unwrap();
    assert_eq!(order, [("A-2".to_owned(), 3), ("A-3".to_owned(), 4)]);
    let row = read.tenant().unwrap().unwrap();
    assert_eq!((row.change, row.rules), (6, Some((rules(), 5))));
    assert_eq!(read.tariffs(5).unwrap(), [(6, tariff())]);
    assert_eq!(read.tariffs(6).unwrap(), []);
}

fn the_ledger_is_kept_with_its_balances(store: &dyn Store) {
    let mut tx = store.write(&tenant("SAS")).unwrap();
    tx.post(&record(1, 500, None)).unwrap();
    tx.post(&record(2, 700, Some(TransactionId::of_entry(&entry_id(1))))).unwrap();
    tx.commit().unwrap();
    let mut tx = store.write(&tenant("SAS")).unwrap();
    tx.post(&record(10, -200, None)).unwrap();
    tx.commit().unwrap();
    let read = store.read(&tenant("SAS")).unwrap();
    assert_eq!(read.balances().unwrap().of(&LedgerAccount::Suspense), Balance(-1_000));
    let second = record(2, 700, Some(TransactionId::of_entry(&entry_id(1))));
    assert_eq!(read.transaction(second.transaction.id()).unwrap(), Some(second));
    let mut count = 0;
    read.each_transaction(&mut |_| {
        count += 1;
        Ok(ControlFlow::Continue(()))
    })
    .unwrap();
    assert_eq!(count, 3);
}

fn a_code_is_used_once_and_replaced_while_unused(store: &dyn Store) {
    let till = entry_id(1).till;
    let hash = |n: u8| Hash::of(&[n]);
    let mut tx = store.write(&tenant("SAS")).unwrap();
    tx.put_code(&hash(1), &till, WallMs(100)).unwrap();
    tx.put_code(&hash(2), &till, WallMs(200)).unwrap();
    assert_eq!(tx.code(&hash(1)).unwrap(), None);
    tx.use_code(&hash(2), &key(11), Incarnation(1)).unwrap();
    assert!(tx.use_code(&hash(2), &key(11), Incarnation(1)).is_err());
    tx.put_code(&hash(3), &till, WallMs(300)).unwrap();
    tx.commit().unwrap();
    let used = store.read(&tenant("SAS")).unwrap().code(&hash(2)).unwrap().unwrap();
    assert_eq!(used, CodeRecord { till, expires: WallMs(200), used: Some((key(11), Incarnation(1))) });
}

fn exceptions_and_forks_stay(store: &dyn Store) {
    let exception = |sequence, code: &str, raised| ExceptionRecord {
        entry: entry_id(sequence),
        code: code.into(),
        what: "a sentence".into(),
        raised: WallMs(raised),
        closed: None,
    };
    let fork = ForkRecord { at: entry_id(1), held: b"bytes".to_vec(), other: b"other".to_vec(), found: WallMs(5) };
    let mut tx = store.write(&tenant("SAS")).unwrap();
    tx.raise(&exception(1, "fork", 1)).unwrap();
    tx.raise(&exception(2, "paid-twice", 2)).unwrap();
    tx.raise(&exception(1, "fork", 9)).unwrap();
    assert!(tx.close(&entry_id(1), "fork", WallMs(3)).unwrap());
    assert!(!tx.close(&entry_id(1), "fork", WallMs(4)).unwrap());
    tx.add_fork(&fork).unwrap();
    tx.add_fork(&ForkRecord { found: WallMs(6), ..fork.clone() }).unwrap();
    tx.commit().unwrap();
    let read = store.read(&tenant("SAS")).unwrap();
    assert_eq!(read.exceptions(true, 10).unwrap(), [exception(2, "paid-twice", 2)]);
    let closed = ExceptionRecord { closed: Some(WallMs(3)), ..exception(1, "fork", 1) };
    assert_eq!(read.exceptions(false, 10).unwrap(), [exception(2, "paid-twice", 2), closed.clone()]);
    assert_eq!(read.exceptions(false, 1).unwrap().len(), 1);
    let of_first = read.exceptions_of(&entry_id(1).till, Incarnation(1), (Sequence(1), Sequence(1))).unwrap();
    assert_eq!(of_first, [closed]);
    assert_eq!(read.forks().unwrap(), [fork]);
}

/// The suite: each test gets a store of its own.
fn contract<S: Store>(new: impl Fn() -> S) {
    let tests: [fn(&dyn Store); 13] = [
        what_is_committed_is_read_and_what_is_dropped_is_not,
        tenants_do_not_see_each_other,
        a_reader_sees_one_moment,
        the_past_is_not_written_twice,
        accounts_come_in_the_order_of_their_changes,
        the_ledger_is_kept_with_its_balances,
        a_code_is_used_once_and_replaced_while_unused,
        exceptions_and_forks_stay,
        store_payments::requests_move_on_and_what_was_asked_stays,
        store_payments::payments_are_found_by_what_they_are_for,
        store_payments::complaints_are_closed_once,
        store_messages::contacts_are_replaced_and_forgotten,
        store_messages::messages_are_due_until_their_end_and_never_change,
    ];
    for test in tests {
        let store = new();
        fill(&store);
        test(&store);
    }
}

#[test]
fn sqlite_keeps_the_contract() {
    let dir = tempfile::tempdir().unwrap();
    let count = std::cell::Cell::new(0);
    contract(|| {
        count.set(count.get() + 1);
        SqliteStore::open(&dir.path().join(format!("{}.sqlite", count.get()))).unwrap()
    });
}

/// Beyond the trait: the file itself refuses to forget, whoever asks.
#[test]
fn the_file_refuses_to_change_what_was_written() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("office.sqlite");
    let store = SqliteStore::open(&path).unwrap();
    fill(&store);
    the_ledger_is_kept_with_its_balances(&store);
    exceptions_and_forks_stay(&store);
    store_payments::payments_are_found_by_what_they_are_for(&store);
    store_payments::complaints_are_closed_once(&store);
    store_messages::messages_are_due_until_their_end_and_never_change(&store);
    let connection = rusqlite::Connection::open(&path).unwrap();
    for statement in [
        "UPDATE journal_entry SET bytes = x'00'",
        "DELETE FROM journal_entry",
        "UPDATE ledger_transaction SET day = 1",
        "DELETE FROM ledger_transaction",
        "UPDATE ledger_posting SET amount = amount + 1",
        "DELETE FROM ledger_posting",
        "UPDATE fork_proof SET found_ms = 1",
        "DELETE FROM fork_proof",
        "DELETE FROM exception",
        "DELETE FROM payment_request",
        "UPDATE payment_request SET amount = amount + 1",
        "UPDATE payment_request SET word_number = 0",
        "DELETE FROM payment",
        "UPDATE payment SET amount = amount + 1",
        "UPDATE payment SET rrn = NULL WHERE rrn IS NOT NULL",
        "UPDATE payment SET fate = 'matched', account = NULL WHERE fate = 'credited'",
        "DELETE FROM receipt_reference",
        "DELETE FROM complaint",
        "UPDATE complaint SET outcome = 'refunded' WHERE closed_ms IS NOT NULL",
        "DELETE FROM message",
        "UPDATE message SET text = 'other'",
        "UPDATE message SET state = 'waiting', next_ms = 1, gateway = NULL WHERE state = 'sent'",
        "UPDATE message SET doubts = 3, tries = 3",
        "INSERT INTO contact VALUES ('SAS', 'A-7', '9000000001', 'en')",
        "DELETE FROM incarnation",
        "UPDATE incarnation SET sequence = 0",
    ] {
        assert!(connection.execute_batch(statement).is_err(), "{statement}");
    }
    let integrity: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");
}
