//! A cash payment, from the call to the durable signed receipt, against one bare commit of the same bytes.
//!
//! Pairs: payment, commit, payment, commit. Whatever else the machine does hits both alike.

use crate::measure::{Nanos, Samples, hundredths, timed};
use crate::report::Line;
use crate::world::{self, Desk};
use raseed_protocol::ids::AccountId;
use raseed_protocol::money::Paise;
use raseed_till::ports::{FolderCopy, SecondCopy};
use raseed_till::{Collect, CopyStanding, Given, Ports, Till};
use rusqlite::Connection;
use std::path::Path;

const PAIRS: usize = 600;
const WARM_UP: usize = 30;

/// With 100 entries in the journal and with 100,000.
pub fn lines() -> Vec<Line> {
    let alone = [100, 100_000].into_iter().flat_map(measure);
    alone.chain([with_copy(100, PAIRS)]).collect()
}

/// A till with a second copy and one without, in turn.
fn with_copy(entries: u64, pairs: usize) -> Line {
    let prepared = [false, true].map(|copies| {
        let folder = world::new_folder();
        let mut desk = Desk::new(world::book(5_000));
        world::enrolled(folder.path(), &mut desk, entries);
        let till = world::synced(folder.path(), &mut desk);
        let owed = owed(&till, desk.paying_accounts(), pairs + WARM_UP);
        drop(till);
        let copy = copies.then(|| Box::new(FolderCopy::new(folder.path().join("copy"))) as Box<dyn SecondCopy>);
        let till = Till::open(folder.path(), Ports { copy, ..world::ports(folder.path()) });
        (folder, till.unwrap_or_else(|error| panic!("{error}")), owed)
    });
    let [(_one, mut alone, owed), (_other, mut copying, _)] = prepared;
    let (mut once, mut twice) = (Samples::default(), Samples::default());
    for (number, (account, amount)) in owed.into_iter().enumerate() {
        let (without, with) = (pay(&mut alone, &account, amount).0, pay(&mut copying, &account, amount).0);
        if number >= WARM_UP {
            once.push(without);
            twice.push(with);
        }
    }
    assert_eq!(copying.standing().second_copy, CopyStanding::Fine);
    let (with, without) = (twice.median(), once.median());
    Line::note(format!("cash payment, {entries} entries, with a second copy: median"), with.to_string())
        .against(format!("without {without}"), Some(hundredths(with.0, without.0)))
}

/// One payment: how long it took, and what was given.
pub fn pay(till: &mut Till, account: &AccountId, amount: Paise) -> (Nanos, Given) {
    // The screen of the household stands open before anybody pays.
    till.household(account).unwrap_or_else(|error| panic!("{error}"));
    let request = till.new_request();
    let staff = "jaspreet".parse().expect("a staff id");
    let collect = Collect { request, account: account.clone(), amount, staff };
    timed(|| till.collect_cash(&collect).unwrap_or_else(|error| panic!("{error}")))
}

fn measure(entries: u64) -> Vec<Line> {
    let folder = world::new_folder();
    let mut desk = Desk::new(world::book(5_000));
    world::enrolled(folder.path(), &mut desk, entries);
    let till = world::synced(folder.path(), &mut desk);
    pay_and_commit(till, folder.path(), desk.paying_accounts(), &format!("cash payment, {entries} entries"))
}

/// Payments at this till and bare commits, in turn.
pub fn pay_and_commit(mut till: Till, folder: &Path, accounts: Vec<AccountId>, what: &str) -> Vec<Line> {
    let bare = bare_file(folder);
    let (mut paid, mut committed) = (Samples::default(), Samples::default());
    let owed = owed(&till, accounts, PAIRS + WARM_UP);
    for (number, (account, amount)) in owed.into_iter().enumerate() {
        let (payment, given) = pay(&mut till, &account, amount);
        let (commit, _) = timed(|| bare.execute("INSERT INTO t VALUES (NULL, ?1)", [given.entry.bytes()]));
        if number >= WARM_UP {
            paid.push(payment);
            committed.push(commit);
        }
    }
    report(what, &paid, &committed)
}

fn report(at: &str, paid: &Samples, committed: &Samples) -> Vec<Line> {
    let ratio = hundredths(paid.median().0, committed.median().0);
    let line = |what: &str, a: &dyn Fn(&Samples) -> Nanos| {
        let (a, b) = (a(paid), a(committed));
        Line::note(format!("{at}: {what}"), a.to_string()).against(format!("commit {b}"), Some(hundredths(a.0, b.0)))
    };
    vec![
        line("median", &Samples::median).within("<= 1.30", ratio <= 130),
        line("mean", &Samples::mean),
        line("p99", &Samples::p99),
    ]
}

/// Households that can pay what they owe now, each once.
pub fn owed(till: &Till, accounts: Vec<AccountId>, most: usize) -> Vec<(AccountId, Paise)> {
    let payable = |id: AccountId| {
        let payable = till.household(&id).ok()?.dues.payable;
        till.preview(&id, payable).ok()?;
        Some((id, payable))
    };
    let owed: Vec<_> = accounts.into_iter().filter_map(payable).take(most).collect();
    assert_eq!(owed.len(), most, "the book has enough households that owe something");
    owed
}

/// The least that a durable commit of one blob can be: one table, one row, the same settings.
fn bare_file(folder: &Path) -> Connection {
    let connection = Connection::open(folder.join("bare.db")).expect("a new file");
    let settings = "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 4194304; PRAGMA synchronous = FULL;
                    CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB) STRICT;";
    connection.execute_batch(settings).expect("a new table");
    // A write-ahead log that still grows makes every flush dearer: the till's has its size by now, so must this one's.
    let grow = "BEGIN; WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
                INSERT INTO t SELECT NULL, zeroblob(4000) FROM n; COMMIT; PRAGMA wal_checkpoint(RESTART)";
    connection.execute_batch(grow).expect("more rows");
    connection
}
