//! What it costs to be sure, where a plain flush is not enough: three ways to commit the same bytes, in turn.
//!
//! The third is the rollback journal as any file system does it. On F2FS, SQLite can have it written atomically instead
//! (batch atomic write); that is not measured here.

use crate::measure::{Nanos, Samples, hundredths, timed};
use crate::report::Line;
use crate::world;
use raseed_till::ports::{Disk, MachineDisk};
use rusqlite::Connection;
use std::path::Path;

const ROUNDS: usize = 400;
const WARM_UP: usize = 20;

/// As many bytes as a receipt with its certificate has.
const ENTRY: [u8; 400] = [0x5a; 400];

/// The rows: each against the first.
pub fn lines() -> Vec<Line> {
    let folder = world::new_folder();
    let disk = MachineDisk::new(std::time::Duration::default);
    let wal = file(folder.path(), "wal.db", "WAL");
    let synced = file(folder.path(), "synced.db", "WAL");
    let rollback = file(folder.path(), "rollback.db", "DELETE");
    let [mut flushed, mut all, mut rolled] = [Samples::default(), Samples::default(), Samples::default()];
    for round in 0..ROUNDS + WARM_UP {
        let (first, ()) = timed(|| commit(&wal));
        let (second, ()) = timed(|| {
            commit(&synced);
            disk.sync_all(folder.path()).expect("this file system syncs");
        });
        let (third, ()) = timed(|| commit(&rollback));
        if round >= WARM_UP {
            flushed.push(first);
            all.push(second);
            rolled.push(third);
        }
    }
    let plain = flushed.median();
    let line = |what: &str, median: Nanos| {
        Line::note(format!("commit, {what}: median"), median.to_string())
            .against(format!("WAL {plain}"), Some(hundredths(median.0, plain.0)))
    };
    vec![line("WAL, then syncfs", all.median()), line("rollback journal, without batch atomic write", rolled.median())]
}

fn commit(file: &Connection) {
    file.execute("INSERT INTO t VALUES (NULL, ?1)", [ENTRY]).expect("a commit");
}

fn file(folder: &Path, name: &str, mode: &str) -> Connection {
    let connection = Connection::open(folder.join(name)).expect("a new file");
    let settings = format!(
        "PRAGMA journal_mode = {mode}; PRAGMA journal_size_limit = 4194304; PRAGMA synchronous = FULL;
         CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB) STRICT;"
    );
    connection.execute_batch(&settings).expect("a new table");
    connection
}
