//! Stores with a mistake in them, made at the level of SQL: what a till would leave behind if it were written wrongly.
//!
//! The mistakes cannot be made through the till itself, which does not have them; so its rows are written by hand, and the same
//! checks look at them.

use crate::bench::{Bench, TILL};
use crate::lab::{Room, Run};
use crate::tape::{Device, Sabotage};
use crate::use_cases::{self, Begins};
use raseed_protocol::ids::RequestId;
use raseed_protocol::journal::{Body, SignedEntry};
use raseed_protocol::keys::SigningKey;
use rusqlite::{Connection, params};

/// How many transactions a receipt takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commits {
    /// The entry and everything beside it, all or nothing.
    One,
    /// First the entry, then what is beside it.
    Two,
}

/// Records a till that writes a receipt in so many transactions.
pub fn receipt_in(commits: Commits, room: &Room) -> Run {
    let (base, past) = use_cases::base(Begins::Ready, 1, room.root());
    // The same till, as it is released, says what the rows of a receipt are.
    let other = Room::new();
    base.write(other.root()).expect("the laboratory's folder can be written");
    let mut twin = Bench::new(other.root(), &base, past.clone(), 5, None);
    twin.open_till().expect("a healthy till");
    twin.collect("A-3", 4).expect("dues are open");
    let told = twin.past.clone();
    twin.close();
    let rows = other.root().join(TILL).join("till.db");
    Run::of(&base, past, 5, (Device::AsReleased, Sabotage::None), room, |bench| {
        let connection = connect(bench);
        connection.execute("ATTACH ?1 AS twin", [rows.to_str().expect("a plain path")]).expect("attached");
        let entry = "INSERT INTO journal SELECT * FROM twin.journal WHERE sequence > (SELECT sequence FROM state);";
        let beside = "INSERT INTO account_entry SELECT * FROM twin.account_entry \
                          WHERE sequence > (SELECT sequence FROM state); \
                      REPLACE INTO day_total SELECT * FROM twin.day_total; \
                      REPLACE INTO state SELECT * FROM twin.state;";
        let middle = if commits == Commits::Two { "COMMIT; BEGIN IMMEDIATE;" } else { "" };
        connection.execute_batch(&format!("BEGIN IMMEDIATE; {entry} {middle} {beside} COMMIT")).expect("written");
        bench.past = told.clone();
        bench.mark();
    })
}

/// Records a till in whose file a wish may be answered twice, and is. With its unique index the file refuses that; then nothing is
/// recorded.
pub fn second_answer(with_index: bool, room: &Room) -> Option<Run> {
    let (base, past) = use_cases::base(Begins::Ready, 1, room.root());
    let seed = *base.vault.get("till.day").expect("the key of the day");
    let mut refused = false;
    let run = Run::of(&base, past, 5, (Device::AsReleased, Sabotage::None), room, |bench| {
        bench.open_till().expect("a healthy till");
        bench.collect("A-3", 4).expect("dues are open");
        let request = newest_request(bench);
        bench.collect("A-4", 4).expect("dues are open");
        bench.till = None;
        let connection = connect(bench);
        if !with_index {
            connection.execute_batch(WITHOUT_INDEX).expect("a table without its index");
        }
        refused = answer_again(&connection, request, &SigningKey::from_seed(&seed)).is_err();
        drop(connection);
        if !refused {
            bench.past.truth.clear();
            bench.open_till().expect("nothing in it says that it is wrong");
        }
    });
    (!refused).then_some(run)
}

/// Records a till in whose file one bit of an old receipt was changed, with everything beside it made to fit.
pub fn changed_entry(room: &Room) -> Run {
    let (base, past) = use_cases::base(Begins::Ready, 1, room.root());
    Run::of(&base, past, 5, (Device::AsReleased, Sabotage::None), room, |bench| {
        bench.open_till().expect("a healthy till");
        bench.collect("A-3", 4).expect("dues are open");
        bench.till = None;
        let connection = connect(bench);
        connection
            .execute_batch(
                "DROP TRIGGER journal_is_never_changed;
                 UPDATE journal SET bytes = CAST(substr(bytes, 1, 80) || x'41' || substr(bytes, 82) AS BLOB) WHERE sequence = 3;",
            )
            .expect("changed");
        drop(connection);
        bench.open_till().expect("opening looks at the newest entry alone");
    })
}

const WITHOUT_INDEX: &str = "
    CREATE TABLE loose (incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL, account TEXT NOT NULL, request BLOB NOT NULL,
        day INTEGER NOT NULL, amount_paise INTEGER NOT NULL, mode TEXT NOT NULL,
        PRIMARY KEY (account, incarnation, sequence)) STRICT, WITHOUT ROWID;
    INSERT INTO loose SELECT * FROM account_entry;
    DROP TABLE account_entry;
    ALTER TABLE loose RENAME TO account_entry;";

fn connect(bench: &Bench) -> Connection {
    let connection = Connection::open(bench.till_folder().join("till.db")).expect("the till's file");
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL").expect("settings");
    connection
}

fn newest_request(bench: &mut Bench) -> RequestId {
    let (given, _) = bench.till().newest_receipt().expect("readable").expect("a receipt");
    given.receipt().request
}

/// Changes the newest receipt into one that answers an earlier wish, signed anew: what a till without the guard would write.
fn answer_again(connection: &Connection, request: RequestId, key: &SigningKey) -> rusqlite::Result<()> {
    use raseed_protocol::keys::Signer;
    let newest = "SELECT sequence, bytes FROM journal ORDER BY sequence DESC LIMIT 1";
    let (sequence, bytes): (i64, Vec<u8>) = connection.query_row(newest, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut entry = SignedEntry::verify(&bytes, &key.public_key()).expect("our own entry").entry().clone();
    if let Body::Receipt(receipt) = &mut entry.body {
        receipt.request = request;
    }
    let signed = SignedEntry::sign(entry, key).expect("a key in memory signs");
    connection.execute_batch("DROP TRIGGER journal_is_never_changed")?;
    let (bytes, hash) = (signed.bytes(), signed.hash().0);
    connection
        .execute("UPDATE journal SET bytes = ?2, hash = ?3 WHERE sequence = ?1", params![sequence, bytes, hash])?;
    connection.execute("UPDATE state SET head = ?1", params![hash])?;
    connection.execute("UPDATE account_entry SET request = ?2 WHERE sequence = ?1", params![sequence, request.0])?;
    Ok(())
}
