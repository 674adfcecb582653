//! Finding a household as one types, among 200,000: a thousand real queries, and the same by SQLite's own text search.

use crate::environment::resident;
use crate::measure::{Nanos, Samples, hundredths, timed};
use crate::report::Line;
use crate::world::{self, Desk, Dice};
use raseed_protocol::book::Account;
use rusqlite::Connection;
use std::path::Path;

const HOUSEHOLDS: u32 = 200_000;
const QUERIES: usize = 1_000;
const SHOWN: usize = 20;
const BUDGET: Nanos = Nanos(5_000_000);

/// The finder beside FTS5 with trigrams.
pub fn lines() -> Vec<Line> {
    let folder = world::new_folder();
    let mut desk = Desk::new(world::book(HOUSEHOLDS));
    world::enrolled(folder.path(), &mut desk, 2);
    let mut till = world::synced(folder.path(), &mut desk);
    let queries = queries(desk.accounts());
    drop(desk);
    let before = resident();
    let (load, _) = timed(|| till.warm_finder().unwrap_or_else(|error| panic!("{error}")));
    let memory = resident().saturating_sub(before);
    let trigrams = Trigrams::new(folder.path());
    let (mut ours, mut theirs) = (Samples::default(), Samples::default());
    let mut slowest = (Nanos(0), "");
    for query in &queries {
        let (time, found) = timed(|| till.find(query, SHOWN).unwrap_or_else(|error| panic!("{error}")));
        drop(found);
        slowest = slowest.max((time, query));
        ours.push(time);
        theirs.push(timed(|| trigrams.find(query)).0);
    }
    let line = |what: &str, a: Nanos, b: Nanos| {
        Line::note(format!("find, 200,000 accounts: {what}"), a.to_string())
            .against(format!("FTS5 trigram {b}"), Some(hundredths(a.0, b.0)))
    };
    vec![
        line("slowest of 1,000", ours.slowest(), theirs.slowest()).within("<= 5 ms", ours.slowest() <= BUDGET),
        line("p99", ours.p99(), theirs.p99()),
        line("median", ours.median(), theirs.median()),
        line("load", load, trigrams.built),
        Line::note("find: memory of the finder", format!("{} MiB", memory >> 20))
            .against(format!("FTS5 on disk {} MiB", trigrams.size >> 20), None),
        Line::note("find: the slowest query", format!("\"{}\"", slowest.1)),
    ]
}

/// What collectors type, letter by letter: every prefix is a query.
fn queries(accounts: &[Account]) -> Vec<String> {
    let dice = Dice::new(7);
    let mut queries: Vec<String> = Vec::new();
    while queries.len() < QUERIES {
        let account = dice.pick(accounts);
        let first = |name: &str| name.split(' ').next().unwrap_or_default().to_owned();
        let last = |name: &str| name.split(' ').next_back().unwrap_or_default().to_owned();
        let typed = match dice.roll() % 10 {
            0 | 1 => account.name_latin.clone(),
            2 | 3 => account.name.clone(),
            4 => format!("{} {}", last(&account.name_latin), first(&account.name_latin)),
            5 => format!("kaur {}", account.house),
            6 => account.id.to_string(),
            7 => account.id.as_str().chars().filter(char::is_ascii_digit).collect(),
            8 => account.phone_last4.clone(),
            _ => format!("{} zx", first(&account.name_latin)),
        };
        let ends = typed.char_indices().map(|(at, c)| at + c.len_utf8());
        queries.extend(ends.map(|end| typed[..end].to_owned()));
    }
    queries.truncate(QUERIES - 8);
    // The hardest: what stands in nearly every line, and what stands in none.
    queries.extend(
        ["singh kaur", "ingh aur", "kaur singh khera", "000", "qqqq", "zzz singh", "s", "ੰਘ"].map(str::to_owned),
    );
    queries
}

/// The same texts in an FTS5 table with trigrams.
struct Trigrams {
    connection: Connection,
    built: Nanos,
    size: u64,
}

impl Trigrams {
    fn new(folder: &Path) -> Trigrams {
        let file = folder.join("trigrams.db");
        let connection = Connection::open(&file).expect("a new file");
        let sql = format!(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;
             ATTACH '{}' AS till;
             CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize = 'trigram', detail = 'full');
             INSERT INTO texts (rowid, text) SELECT number, text FROM till.account_text;
             INSERT INTO texts (texts) VALUES ('optimize'); DETACH till;",
            folder.join("till.db").display()
        );
        let (built, _) = timed(|| connection.execute_batch(&sql).expect("FTS5 is in the bundled SQLite"));
        let size = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
        Trigrams { connection, built, size }
    }

    /// Words of three letters by the index, shorter ones by LIKE on what it finds: all that trigrams can do.
    fn find(&self, typed: &str) -> usize {
        let folded = typed.to_lowercase();
        let words = || folded.split([' ', '-']).filter(|word| !word.is_empty());
        let long = |word: &&str| word.chars().count() >= 3;
        let matches: Vec<String> = words().filter(long).map(|word| format!("\"{}\"", word.replace('"', ""))).collect();
        let likes = words().filter(|word| !long(word)).map(|word| format!("text LIKE '% {}%'", word.replace('\'', "")));
        let mut conditions: Vec<String> = likes.collect();
        if !matches.is_empty() {
            conditions.push("texts MATCH ?1".to_owned());
        }
        let sql = format!("SELECT rowid FROM texts WHERE {} LIMIT {SHOWN}", conditions.join(" AND "));
        let mut statement = self.connection.prepare_cached(&sql).expect("a statement");
        let read = |row: &rusqlite::Row| row.get::<_, i64>(0);
        if matches.is_empty() {
            statement.query_map([], read).expect("a query").count()
        } else {
            statement.query_map([matches.join(" AND ")], read).expect("a query").count()
        }
    }
}
