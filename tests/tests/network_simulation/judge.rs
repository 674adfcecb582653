//! What must be true after everything has healed, worked out from what people saw and from the bytes on both sides; not from what the
//! head office says of itself.

use crate::scene::Scene;
use crate::stage::{ACCOUNTS, MONTHS};
use crate::twins;
use raseed_head_office::store::Store;
use raseed_head_office::store::sqlite::SqliteStore;
use raseed_protocol::book::Account;
use raseed_protocol::ids::{AccountId, TillId};
use raseed_protocol::journal::{Body, Mode, Receipt, SignedEntry};
use raseed_protocol::ledger::{LedgerAccount, TransactionKind};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// A month of a flat account, in paise.
const MONTH_PAISE: i64 = 17_000;

/// Syncs everything and compares everything.
pub fn judge(scene: &mut Scene) -> Result<(), String> {
    for at in 0..scene.counters.len() {
        drains(scene, at)?;
    }
    scene.network.borrow_mut().let_all_arrive();
    // Once more: the later ones changed the book of the earlier ones, and what arrived late must have changed nothing.
    for at in 0..scene.counters.len() {
        drains(scene, at)?;
    }
    for at in 0..scene.counters.len() {
        nothing_is_left_to_send(scene, at)?;
    }
    let receipts = the_journals_are_there(scene)?;
    the_money_is_right(scene, &receipts)?;
    scene.counters.iter().enumerate().filter(|(at, _)| !twins::is_cut_off(scene, *at)).try_for_each(|(at, _)| {
        the_till_owes_what_the_office_says(scene, at)
    })
}

/// One sync over a line that works is enough, however bad it was before; of two devices with one identity, for one of them.
fn drains(scene: &mut Scene, at: usize) -> Result<(), String> {
    match scene.sync(at, 1) {
        Ok(_) => Ok(()),
        Err(error) if scene.is_twin(at) && ["forked", "behind"].contains(&error.code()) => Ok(()),
        Err(error) => Err(format!("{} does not drain: {error}", scene.counters[at].label)),
    }
}

fn nothing_is_left_to_send(scene: &mut Scene, at: usize) -> Result<(), String> {
    if twins::is_cut_off(scene, at) {
        return twins::is_told(scene, at);
    }
    let label = scene.counters[at].label.clone();
    let report = scene.sync(at, 1).map_err(|error| format!("{label} does not stay in order: {error}"))?;
    let till = scene.counters[at].till.as_ref().expect("all are enrolled");
    let (standing, queue) = (till.standing(), till.queue(10).map_err(|error| error.to_string())?);
    if report.sent != 0 || report.bytes_sent != 0 || standing.unsent != 0 || !queue.entries.is_empty() {
        return Err(format!("{label} has something to send left: {report:?}, {standing:?}"));
    }
    Ok(())
}

/// The head office holds every journal byte for byte, and every receipt that people saw stands in its till's; gives all receipts.
fn the_journals_are_there(scene: &mut Scene) -> Result<Vec<(TillId, Receipt)>, String> {
    let names: BTreeSet<TillId> = scene.counters.iter().map(|counter| counter.name.clone()).collect();
    for counter in &scene.counters {
        let entries = counter.entries();
        let requests: BTreeSet<_> = counter.taken.iter().map(|(wish, _)| wish.request.0).collect();
        if requests.len() != counter.taken.len() {
            return Err(format!("{}: two receipts for one wish", counter.label));
        }
        for (_, given) in &counter.taken {
            let at = usize::try_from(given.id.sequence.0 - 1).expect("a short journal");
            if entries.get(at).map(Vec::as_slice) != Some(given.entry.bytes()) {
                return Err(format!("{}: receipt {} is not in its journal", counter.label, given.id));
            }
        }
    }
    let mut receipts = Vec::new();
    for name in names {
        let held = held(scene, &name);
        let keepers = scene.counters.iter().filter(|counter| counter.name == name);
        let keeper = keepers.into_iter().find(|counter| counter.entries() == held);
        let Some(keeper) = keeper else {
            return Err(format!("the head office's journal of {name}, {} entries, is no till's", held.len()));
        };
        let key = keeper.till.as_ref().expect("enrolled").identity().certificate.certificate().key;
        for bytes in &held {
            let signed = SignedEntry::verify(bytes, &key).map_err(|error| error.to_string())?;
            if let Body::Receipt(receipt) = &signed.entry().body {
                receipts.push((name.clone(), receipt.clone()));
            }
        }
        scene.seen.entries += u64::try_from(held.len()).expect("few");
    }
    scene.seen.receipts += u64::try_from(receipts.len()).expect("few");
    Ok(receipts)
}

/// What the head office stores of a till's life, verbatim; read beside it, from its file.
pub fn held(scene: &Scene, till: &TillId) -> Vec<Vec<u8>> {
    let counter = scene.counters.iter().find(|counter| counter.name == *till).expect("one of ours");
    let incarnation = counter.till.as_ref().expect("enrolled").identity().incarnation;
    let store = SqliteStore::open(&scene.folder.path().join("office/office.sqlite")).expect("healthy books");
    let tenant = store.tenants().expect("readable").remove(0);
    let mut entries = Vec::new();
    let mut keep = |bytes| {
        entries.push(bytes);
        Ok(ControlFlow::Continue(()))
    };
    store.read(&tenant).expect("readable").each_entry(till, incarnation, &mut keep).expect("readable");
    entries
}

/// Every receipt is posted once; cash, bank and every account come to what was taken and billed.
fn the_money_is_right(scene: &Scene, receipts: &[(TillId, Receipt)]) -> Result<(), String> {
    let network = scene.network.borrow();
    let office = network.office.office();
    let report = office.ledger_report().map_err(|error| error.to_string())?;
    let findings = office.verify_books().map_err(|error| error.to_string())?.findings;
    if !findings.is_empty() || !report.in_balance {
        return Err(format!("the books do not hold: {findings:?}"));
    }
    let posted = posted_receipts(scene);
    if posted != receipts.len() {
        return Err(format!("{} receipts are held, and {posted} are posted", receipts.len()));
    }
    for counter in &scene.counters {
        let cash = receipts.iter().filter(|(till, receipt)| *till == counter.name && receipt.mode == Mode::Cash);
        let taken: i64 = cash.map(|(_, receipt)| receipt.amount.get()).sum();
        let booked = report.cash.iter().find(|line| line.till == counter.name).map_or(0, |line| line.cash_paise.0);
        if booked != taken {
            return Err(format!("{}: {taken} paise taken in cash, {booked} in the books", counter.label));
        }
    }
    let came: i64 = scene.money.iter().map(|(_, amount)| amount.get()).sum();
    let bank = report.trial_balance.iter().find(|line| line.account == LedgerAccount::Bank);
    if bank.map_or(0, |line| line.balance_paise.0) != came {
        return Err(format!("{came} paise came by UPI, and the bank account says {bank:?}"));
    }
    if scene.fees { Ok(()) } else { the_accounts_are_right(scene, receipts) }
}

/// Without fees an account owes what was billed, less what was paid.
fn the_accounts_are_right(scene: &Scene, receipts: &[(TillId, Receipt)]) -> Result<(), String> {
    for account in accounts() {
        let cash = receipts.iter().filter(|(_, receipt)| receipt.account == account && receipt.mode == Mode::Cash);
        let cash: i64 = cash.map(|(_, receipt)| receipt.amount.get()).sum();
        let came: i64 = scene.money.iter().filter(|(whose, _)| *whose == account).map(|(_, paid)| paid.get()).sum();
        let owed = i64::from(MONTHS + scene.months) * MONTH_PAISE - cash - came;
        let office = office_account(scene, &account)?;
        if net(&office) != owed {
            return Err(format!("{account} owes {owed} paise, and {} by the books", net(&office)));
        }
        for (at, counter) in scene.counters.iter().enumerate().filter(|(at, _)| !twins::is_cut_off(scene, *at)) {
            let till = counter.till.as_ref().expect("enrolled");
            let dues = till.household(&account).map_err(|error| format!("counter {at}: {error}"))?.dues;
            if dues.payable.get() != owed.max(0) {
                return Err(format!("{account} owes {owed} paise, and {} at {}", dues.payable.get(), counter.label));
            }
        }
    }
    Ok(())
}

fn the_till_owes_what_the_office_says(scene: &Scene, at: usize) -> Result<(), String> {
    let counter = &scene.counters[at];
    for account in accounts() {
        let ours = counter.till.as_ref().expect("enrolled").household(&account).map_err(|error| error.to_string())?;
        if ours.account != office_account(scene, &account)? || ours.as_of.own_entries != 0 {
            return Err(format!("{}: {account} is not what the head office has", counter.label));
        }
    }
    Ok(())
}

fn posted_receipts(scene: &Scene) -> usize {
    let store = SqliteStore::open(&scene.folder.path().join("office/office.sqlite")).expect("healthy books");
    let tenant = store.tenants().expect("readable").remove(0);
    let mut posted = 0;
    let mut count = |record: raseed_head_office::store::LedgerRecord| {
        let kind = record.transaction.kind();
        posted += usize::from(matches!(kind, TransactionKind::ReceiptSettled | TransactionKind::ReceiptInSuspense));
        Ok(ControlFlow::Continue(()))
    };
    store.read(&tenant).expect("readable").each_transaction(&mut count).expect("readable");
    posted
}

fn office_account(scene: &Scene, account: &AccountId) -> Result<Account, String> {
    let network = scene.network.borrow();
    let statement = network.office.office().statement(account, 1).map_err(|error| error.to_string())?;
    Ok(statement.account)
}

fn net(account: &Account) -> i64 {
    let lines = account.demands.iter().flat_map(|demand| &demand.lines);
    lines.map(|line| line.amount.get() - line.paid.get()).sum::<i64>() - account.advance.get()
}

pub fn accounts() -> impl Iterator<Item = AccountId> {
    (1..=ACCOUNTS).map(|number| format!("A-{number}").parse().expect("a consumer number"))
}
