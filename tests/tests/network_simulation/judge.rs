//! What must be true after everything has healed, worked out from what people saw and from the bytes on both sides; not from what the
//! head office says of itself.

use crate::both_sides::BothSides;
use crate::scene::Scene;
use crate::stage::{ACCOUNTS, MONTHS};
use crate::twins;
use raseed_protocol::book::Account;
use raseed_protocol::ids::{AccountId, TillId};
use raseed_protocol::journal::{Mode, Receipt};
use raseed_protocol::ledger::LedgerAccount;
use std::collections::{BTreeMap, BTreeSet};

/// A month of a flat account, in paise.
const MONTH_PAISE: i64 = 17_000;

/// Syncs everything and compares everything.
pub fn judge(scene: &mut Scene) -> Result<(), String> {
    (0..scene.counters.len()).try_for_each(|at| drains(scene, at))?;
    // What was under way for long arrives, and must have changed nothing; but time has passed, and ended what nobody paid.
    if scene.network.borrow_mut().let_all_arrive() {
        (0..scene.counters.len()).try_for_each(|at| drains(scene, at))?;
    }
    // Once more: the later ones changed the book of the earlier ones.
    let both = BothSides::read(scene);
    for at in 0..scene.counters.len() {
        match both.is_cut_off(at) {
            true if scene.is_twin(at) => twins::is_told(scene, &both, at)?,
            true => return Err(format!("the head office does not have the journal of {}", scene.counters[at].label)),
            false => nothing_is_left_to_send(scene, at)?,
        }
    }
    let receipts = the_journals_are_whole(scene, &both)?;
    the_money_is_right(scene, &both, &receipts)?;
    (0..scene.counters.len())
        .filter(|at| !both.is_cut_off(*at))
        .try_for_each(|at| the_till_has_what_the_office_has(scene, at))
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
    let label = scene.counters[at].label.clone();
    let report = scene.sync(at, 1).map_err(|error| format!("{label} does not stay in order: {error}"))?;
    let till = scene.counters[at].till.as_ref().expect("all are enrolled");
    let (standing, queue) = (till.standing(), till.queue(10).map_err(|error| error.to_string())?);
    if report.sent != 0 || report.bytes_sent != 0 || standing.unsent != 0 || !queue.entries.is_empty() {
        return Err(format!("{label} has something to send left: {report:?}, {standing:?}"));
    }
    Ok(())
}

/// Every receipt that people saw stands in its till's journal, one for a wish, and of devices with one identity the head office has one
/// whole. Gives the receipts that it holds.
fn the_journals_are_whole(scene: &mut Scene, both: &BothSides) -> Result<Vec<(TillId, Receipt)>, String> {
    let mut receipts = BTreeMap::new();
    for (at, counter) in scene.counters.iter().enumerate() {
        let requests: BTreeSet<_> = counter.taken.iter().map(|(wish, _)| wish.request.0).collect();
        if requests.len() != counter.taken.len() {
            return Err(format!("{}: two receipts for one wish", counter.label));
        }
        for (_, given) in &counter.taken {
            let place = usize::try_from(given.id.sequence.0 - 1).expect("a short journal");
            if both.ours[at].get(place).map(Vec::as_slice) != Some(given.entry.bytes()) {
                return Err(format!("{}: receipt {} is not in its journal", counter.label, given.id));
            }
        }
        if !both.is_cut_off(at) {
            receipts.insert(counter.name.clone(), both.receipts(scene, at)?);
        }
    }
    if let Some((one, other)) = scene.twins.filter(|(one, other)| both.is_cut_off(*one) && both.is_cut_off(*other)) {
        return Err(format!("the head office has neither the journal of counter {one} nor that of {other}"));
    }
    scene.seen.entries += both.held.values().map(|entries| u64::try_from(entries.len()).expect("few")).sum::<u64>();
    let all = receipts.into_iter().flat_map(|(till, all)| all.into_iter().map(move |one| (till.clone(), one)));
    let all: Vec<_> = all.collect();
    scene.seen.receipts += u64::try_from(all.len()).expect("few");
    Ok(all)
}

/// Every receipt is posted once; cash, bank and every account come to what was taken and billed.
fn the_money_is_right(scene: &Scene, both: &BothSides, receipts: &[(TillId, Receipt)]) -> Result<(), String> {
    let network = scene.network.borrow();
    let office = network.office.office();
    let report = office.ledger_report().map_err(|error| error.to_string())?;
    let findings = office.verify_books().map_err(|error| error.to_string())?.findings;
    if !findings.is_empty() || !report.in_balance {
        return Err(format!("the books do not hold: {findings:?}"));
    }
    if both.posted != i64::try_from(receipts.len()).expect("few") {
        return Err(format!("{} receipts are held, and {} are posted", receipts.len(), both.posted));
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
    if scene.fees { Ok(()) } else { the_accounts_are_right(scene, both, receipts) }
}

/// Without fees an account owes what was billed, less what was paid.
fn the_accounts_are_right(scene: &Scene, both: &BothSides, receipts: &[(TillId, Receipt)]) -> Result<(), String> {
    for account in accounts() {
        let cash = receipts.iter().filter(|(_, receipt)| receipt.account == account && receipt.mode == Mode::Cash);
        let cash: i64 = cash.map(|(_, receipt)| receipt.amount.get()).sum();
        let came: i64 = scene.money.iter().filter(|(whose, _)| *whose == account).map(|(_, paid)| paid.get()).sum();
        let owed = i64::from(MONTHS + scene.months) * MONTH_PAISE - cash - came;
        let office = office_account(scene, &account)?;
        if net(&office) != owed {
            return Err(format!("{account} owes {owed} paise, and {} by the books", net(&office)));
        }
        for (at, counter) in scene.counters.iter().enumerate().filter(|(at, _)| !both.is_cut_off(*at)) {
            let till = counter.till.as_ref().expect("enrolled");
            let dues = till.household(&account).map_err(|error| format!("counter {at}: {error}"))?.dues;
            if dues.payable.get() != owed.max(0) {
                return Err(format!("{account} owes {owed} paise, and {} at {}", dues.payable.get(), counter.label));
            }
        }
    }
    Ok(())
}

fn the_till_has_what_the_office_has(scene: &Scene, at: usize) -> Result<(), String> {
    let counter = &scene.counters[at];
    for account in accounts() {
        let ours = counter.till.as_ref().expect("enrolled").household(&account).map_err(|error| error.to_string())?;
        if ours.account != office_account(scene, &account)? || ours.as_of.own_entries != 0 {
            return Err(format!("{}: {account} is not what the head office has", counter.label));
        }
    }
    Ok(())
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
