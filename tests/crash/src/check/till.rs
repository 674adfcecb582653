//! The till's side: what was shown is there, byte by byte, and everything beside the journal follows from it.

use super::{Finding, Must, found};
use crate::bench::{Bench, entries_of};
use crate::ops::Known;
use crate::past::{Past, Wish};
use raseed_protocol::ids::{EntryId, Sequence};
use raseed_protocol::journal::{Body, TillKeys};
use raseed_till::{Till, audit_file};
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What the person was told before the cut, and nothing that was never signed.
pub fn holds(bench: &mut Bench, before: &Past) -> Result<(), Finding> {
    let known = &before.known;
    let till = bench.till.as_ref().expect("it was opened");
    let incarnation = till.identity().incarnation.0;
    let journal = entries_of(&till.export(Sequence(0)).must("the journal cannot be read")?);
    let truth = before.truth.get(&incarnation).map_or(&[][..], Vec::as_slice);
    let wanted = if incarnation == known.incarnation { known.entries } else { 0 };
    if journal.len() < usize::try_from(wanted).expect("few entries") {
        return found(format!("{} entries are left of {wanted} that were shown", journal.len()));
    }
    // An entry that this opening has written itself was signed just now.
    let old = if wanted == 0 && journal.len() == 1 { &[][..] } else { &journal[..] };
    for (place, (is, was)) in (1..).zip(old.iter().zip(truth)) {
        if is != was {
            return found(format!("entry {place} is not the one that was signed"));
        }
    }
    if journal.len() > truth.len().max(1) && !before.had_faults {
        return found(format!("{} entries, and only {} were ever signed", journal.len(), truth.len()));
    }
    bench.past.truth.insert(incarnation, journal);
    earlier_lives(bench, known)?;
    is_whole(bench)?;
    if incarnation == known.incarnation { rows(bench, before) } else { Ok(()) }
}

/// What is not in the journal and was told all the same.
fn rows(bench: &mut Bench, before: &Past) -> Result<(), Finding> {
    let known = &before.known;
    let till = bench.till.as_mut().expect("it was opened");
    let standing = till.standing();
    if standing.acknowledged.map_or(0, |seen| seen.sequence.0) < known.acknowledged {
        return found(format!("the acknowledgement of entry {} is gone", known.acknowledged));
    }
    // Where a clock was set back, a newer book may bear an older time.
    let set_back = before.wishes.iter().any(|wished| matches!(wished.wish, Wish::Clock));
    if !set_back && till.book_standing().must("the book's standing")?.office.0 < known.book {
        return found("the book is older than it was");
    }
    for (place, copies) in &known.copies {
        let id = EntryId { sequence: Sequence(*place), ..standing.newest.clone() };
        let given = till.receipt_again(&id).must("a printed receipt")?;
        if till.copies(&given).must("copies")? < *copies {
            return found(format!("receipt {place} was printed {copies} times, and less is known"));
        }
    }
    wrong_pins(bench, known.wrong_pins)
}

/// Wrong tries are counted before anybody hears of them, so that a restart does not help.
fn wrong_pins(bench: &Bench, wanted: u32) -> Result<(), Finding> {
    if wanted == 0 {
        return Ok(());
    }
    let connection = Connection::open(bench.till_folder().join("till.db")).must("the till's file")?;
    let wrong: u32 = connection.query_row("SELECT wrong FROM supervisor_pin", [], |row| row.get(0)).must("the PIN")?;
    if wrong < wanted {
        return found(format!("{wanted} wrong PINs were answered, and {wrong} are counted"));
    }
    Ok(())
}

/// Nothing is ever deleted: what an earlier life has shown lies in one of the files that were set aside.
fn earlier_lives(bench: &Bench, known: &Known) -> Result<(), Finding> {
    for (incarnation, shown) in &known.earlier {
        let files = fs::read_dir(bench.till_folder()).must("the till's folder")?.flatten();
        let mut names = files.map(|file| file.path()).filter(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            name.starts_with("till.db")
                && !name.contains("-wal")
                && !name.contains("-shm")
                && !name.contains("-journal")
        });
        let has_it = |path: &Path| {
            let lives = audit_file(path, None).map(|audit| audit.incarnations).unwrap_or_default();
            lives.iter().any(|life| life.newest.incarnation.0 == *incarnation && life.verified >= *shown)
        };
        if !names.any(|path| has_it(&path)) {
            return found(format!("the {shown} entries of incarnation {incarnation} are in no file any more"));
        }
    }
    Ok(())
}

/// The chain verifies, and the projections are what the journal makes of them.
pub fn is_whole(bench: &mut Bench) -> Result<(), Finding> {
    journal_verifies(bench)?;
    projections(bench.till.as_mut().expect("it was opened"))
}

/// The chain verifies from its first entry to the end that the till goes on from.
pub fn journal_verifies(bench: &mut Bench) -> Result<(), Finding> {
    let till = bench.till.as_mut().expect("it was opened");
    let mut check = till.begin_journal_check().must("the journal check")?;
    while !till.continue_journal_check(&mut check, 10_000).must("the journal does not verify")? {}
    Ok(())
}

fn projections(till: &mut Till) -> Result<(), Finding> {
    let before = till.projections().must("the projections cannot be read")?;
    till.rebuild().must("the projections cannot be rebuilt")?;
    let after = till.projections().must("the projections cannot be read again")?;
    if before == after { Ok(()) } else { found("the projections are not those of the journal") }
}

/// No wish has two answers in the journal.
pub fn answers_once(bench: &mut Bench) -> Result<(), Finding> {
    let till = bench.till.as_mut().expect("it was opened");
    let run = till.export(Sequence(0)).must("the journal cannot be read")?;
    let (keys, entries) = TillKeys::read_run(&run, &till.identity().root_key).must("a certificate does not verify")?;
    let mut answered = BTreeSet::new();
    for bytes in entries {
        let request = match &keys.verify(bytes).must("an entry does not verify")?.entry().body {
            Body::Receipt(receipt) => Some(receipt.request),
            Body::SpotBill(bill) => Some(bill.request),
            _ => None,
        };
        if request.is_some_and(|request| !answered.insert(request.0)) {
            return found("one wish was answered twice");
        }
    }
    Ok(())
}

/// SQLite itself finds nothing wrong with the file.
pub fn file_is_whole(bench: &Bench) -> Result<(), Finding> {
    database_is_whole(&bench.till_folder().join("till.db"))
}

/// `integrity_check` and `foreign_key_check`, by a connection of the laboratory's own.
pub(super) fn database_is_whole(path: &Path) -> Result<(), Finding> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).must("no file")?;
    let verdict: String =
        connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).must("integrity_check")?;
    if verdict != "ok" {
        return found(format!("{}: {verdict}", path.display()));
    }
    let mut statement = connection.prepare("PRAGMA foreign_key_check").must("foreign_key_check")?;
    if statement.exists([]).must("foreign_key_check")? {
        return found(format!("{}: a row points to one that is not there", path.display()));
    }
    Ok(())
}
