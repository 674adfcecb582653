//! Devices that say "flushed" and have not. What was told may be gone then; what is left must never pass for more than it is.
//!
//! Proven: the file opens as an earlier state of itself, or is refused, or does not verify; no entry is another than was signed;
//! and when till and office speak next, a loss of what the office holds is found: before anything is written, or, where numbers
//! were given twice meanwhile (by a collector, or by the till itself for a payment that came), as a fork. Not proven, because
//! nothing outside knows of it: the loss of entries that the office never had. And where single pages were lost, rows beside a
//! whole journal may be older than it, which opening does not see.

use super::{Finding, Must, found};
use crate::bench::{Bench, Trouble, entries_of};
use crate::past::Wish;
use raseed_protocol::ids::Sequence;
use raseed_till::TillError;
use raseed_till::sync::SyncError;

/// What came of a lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Noticed {
    /// Nothing that was told was lost.
    NothingLost,
    /// The file was refused as damaged, or as not enrolled.
    Refused,
    /// The file opens, and its journal does not verify to its end.
    ByVerifying,
    /// The journal verifies, and rows beside it are older than it: only making them anew tells.
    ByRebuilding,
    /// The office holds more than the till, and the till was told so.
    ByTheOffice,
    /// The till gave numbers a second time while apart, and the office has the proof.
    AsAFork,
    /// Entries were lost that nobody but their holders had seen.
    Unseen,
    /// The office had lost what it had acknowledged, and the till sent it again.
    SentAgain,
}

/// Opens what a lying device has left of the till; the office's storage was honest. With `apart`, a receipt is given before till
/// and office speak again.
pub fn after_a_lie(bench: &mut Bench, apart: bool) -> Result<Noticed, Finding> {
    bench.open_office().must("the office does not open")?;
    let known = bench.past.known.clone();
    match bench.open_till() {
        Ok(()) if bench.till().check_file().is_ok() => {}
        Ok(()) => return Ok(Noticed::Refused),
        Err(TillError::Damaged { .. } | TillError::NotEnrolled | TillError::WrongKey) => return Ok(Noticed::Refused),
        Err(other) => return found(format!("not damaged, and yet it does not open: {other:?}")),
    }
    let till = bench.till.as_ref().expect("it was opened");
    let incarnation = till.identity().incarnation.0;
    let journal = entries_of(&till.export(Sequence(0)).must("the journal cannot be read")?);
    let truth = bench.past.truth.get(&incarnation).cloned().unwrap_or_default();
    // A till that has lost all of its journal begins it anew when it is opened.
    let begun_anew = journal.len() == 1 && journal.first() != truth.first();
    if !begun_anew && journal.iter().zip(&truth).any(|(is, was)| is != was) {
        return found("an entry is not the one that was signed");
    }
    if incarnation < known.incarnation {
        return Ok(Noticed::Refused);
    }
    match (super::till::journal_verifies(bench), super::till::is_whole(bench)) {
        (Ok(()), Ok(())) => {}
        (Err(_), _) => return Ok(Noticed::ByVerifying),
        (Ok(()), Err(_)) => return Ok(Noticed::ByRebuilding),
    }
    let left = if begun_anew { 0 } else { u64::try_from(journal.len()).expect("few entries") };
    // What it really has, which may be more than anybody was told.
    let held = super::office::journals(bench)?.get(&incarnation).map_or(0, Vec::len);
    let held = u64::try_from(held).expect("few entries");
    let lost = left < known.entries;
    let gave = if apart && left > 0 { bench.collect("A-9", 3).is_ok() } else { false };
    let synced = bench.ask(Wish::Sync);
    let forks = bench.office().forks().must("the office's forks")?.len();
    match synced {
        Err(Trouble::Till(TillError::Sync(SyncError::Behind { .. }))) if left < held => refuses_to_write(bench),
        Err(Trouble::Till(TillError::Sync(_))) if left < held && forks > 0 => Ok(Noticed::AsAFork),
        Ok(_) if left >= held && lost => Ok(Noticed::Unseen),
        Ok(_) if !lost => Ok(Noticed::NothingLost),
        other => {
            found(format!("{left} entries left, {held} held, gave {gave}, {forks} forks, and the sync: {other:?}"))
        }
    }
}

/// Opens what a lying device has left of the office; the till's storage was honest.
pub fn after_the_office_lied(bench: &mut Bench) -> Result<Noticed, Finding> {
    let known = bench.past.known.clone();
    if bench.open_office().is_err() || !office_is_sound(bench) {
        return Ok(Noticed::Refused);
    }
    let held = super::office::journals(bench)?;
    let lost = known.held.iter().any(|(life, wanted)| {
        let have = held.get(life).map_or(0, Vec::len);
        u64::try_from(have).is_ok_and(|have| have < *wanted)
    });
    match bench.open_till() {
        Ok(()) => {}
        Err(_) if !known.sound => return Ok(Noticed::Refused),
        Err(error) => return found(format!("the office lost something, and the till does not open: {error:?}")),
    }
    // With nothing to send, a till does not hear that the office has less than it acknowledged; with the next entry it does.
    let synced = match bench.ask(Wish::Sync) {
        Ok(_) => {
            super::fresh(bench)?;
            bench.ask(Wish::Sync)
        }
        refused => refused,
    };
    match synced {
        Ok(_) => {
            super::office::agrees(bench)?;
            Ok(if lost { Noticed::SentAgain } else { Noticed::NothingLost })
        }
        // An office that no longer knows this life of the till, or its enrolment at all, says so.
        Err(Trouble::Till(TillError::Sync(SyncError::Refused(_)))) => Ok(Noticed::Refused),
        Err(error) => found(format!("the office lost something, and cannot be synced with: {error:?}")),
    }
}

fn office_is_sound(bench: &Bench) -> bool {
    let verified = bench.office().verify_books();
    verified.is_ok_and(|verified| verified.findings.is_empty()) && super::office::file_is_whole(bench).is_ok()
}

/// A till that knows that it is behind gives no number.
fn refuses_to_write(bench: &mut Bench) -> Result<Noticed, Finding> {
    match bench.collect("A-9", 4) {
        Err(_) => Ok(Noticed::ByTheOffice),
        Ok(_) => found("a till that is behind its own past gives a receipt"),
    }
}
