//! What stands on both sides once everything is quiet: the devices' journals as they export them, and the head office's rows, read
//! from its file by another way than its own.

use crate::scene::Scene;
use raseed_protocol::ids::{Incarnation, Sequence, TillId};
use raseed_protocol::journal::{Body, Receipt, RunReader};
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::collections::BTreeMap;
use std::path::Path;

/// Both sides.
pub struct BothSides {
    /// The entries of each counter, in their order.
    pub ours: Vec<Vec<Vec<u8>>>,
    /// The entries that the head office stores of each till's life.
    pub held: BTreeMap<TillId, Vec<Vec<u8>>>,
    /// How many receipts it has posted.
    pub posted: i64,
    cut_off: Vec<bool>,
}

impl BothSides {
    pub fn read(scene: &Scene) -> BothSides {
        let books = &scene.books;
        let ours: Vec<_> = scene.counters.iter().map(|counter| counter.entries()).collect();
        let held: BTreeMap<_, _> = scene
            .counters
            .iter()
            .map(|counter| {
                let identity = counter.till.as_ref().expect("enrolled").identity();
                (counter.name.clone(), held(books, &counter.name, identity.incarnation))
            })
            .collect();
        let cut_off = scene.counters.iter().zip(&ours).map(|(counter, ours)| held[&counter.name] != *ours).collect();
        BothSides { ours, held, posted: posted(books), cut_off }
    }

    /// True if the head office does not have this device's journal, byte for byte and no more.
    pub fn is_cut_off(&self, at: usize) -> bool {
        self.cut_off[at]
    }

    /// The receipts in a device's journal.
    pub fn receipts(&self, scene: &Scene, at: usize) -> Result<Vec<Receipt>, String> {
        let identity = scene.counters[at].till.as_ref().expect("enrolled").identity();
        let network = scene.network.borrow();
        let keys = network.office.office().till_keys(&identity.till, identity.incarnation);
        let keys = keys.map_err(|error| error.to_string())?;
        let mut receipts = Vec::new();
        for bytes in &self.ours[at] {
            let signed = keys.verify(bytes).map_err(|error| error.to_string())?;
            if let Body::Receipt(receipt) = &signed.entry().body {
                receipts.push(receipt.clone());
            }
        }
        Ok(receipts)
    }
}

/// The head office's file, for reading beside it.
pub fn books(office: &Path) -> Connection {
    Connection::open_with_flags(office.join("office.sqlite"), OpenFlags::SQLITE_OPEN_READ_ONLY).expect("the books")
}

/// At any moment: what a device counts as sent, the head office has stored, the very same bytes.
pub fn what_counts_as_sent_is_stored(scene: &Scene, at: usize) -> Result<(), String> {
    let counter = &scene.counters[at];
    let till = counter.till.as_ref().expect("enrolled");
    let standing = till.standing();
    let sent = Sequence(standing.newest.sequence.0 - standing.unsent);
    if sent == Sequence(0) {
        return Ok(());
    }
    let run = till.export(Sequence(sent.0 - 1)).map_err(|error| error.to_string())?;
    let ours = RunReader::new(&run).ok().and_then(|mut entries| entries.next()?.ok()).map(<[u8]>::to_vec);
    let sql = "SELECT bytes FROM journal_entry WHERE till = ?1 AND incarnation = ?2 AND sequence = ?3";
    let place = (counter.name.as_str(), till.identity().incarnation.0, i64::try_from(sent.0).expect("small"));
    let held: Option<Vec<u8>> = scene.books.query_row(sql, place, |row| row.get(0)).optional().expect("readable");
    match held.is_some() && ours == held {
        true => Ok(()),
        false => Err(format!("{} counts entry {sent} as sent, and the head office does not have it", counter.label)),
    }
}

fn held(books: &Connection, till: &TillId, incarnation: Incarnation) -> Vec<Vec<u8>> {
    let sql = "SELECT bytes FROM journal_entry WHERE till = ?1 AND incarnation = ?2 ORDER BY sequence";
    let mut statement = books.prepare(sql).expect("the table of entries");
    let rows = statement.query_map((till.as_str(), incarnation.0), |row| row.get(0)).expect("readable");
    rows.collect::<Result<_, _>>().expect("readable")
}

fn posted(books: &Connection) -> i64 {
    let sql = "SELECT count(*) FROM ledger_transaction WHERE kind IN ('receipt-settled', 'receipt-in-suspense')";
    books.query_row(sql, [], |row| row.get(0)).expect("the table of transactions")
}
