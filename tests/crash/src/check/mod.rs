//! What must be true of an image: it is opened with the stock VFS, held to the model, gone on with, and held to it again.
//!
//! Nothing here asks the code under test whether it is right where it can look itself: journals are compared byte by byte
//! with what was signed before the cut, and files are read by a connection of the laboratory's own.

mod lying;
mod office;
mod repeat;
mod till;

pub use lying::{Noticed, after_a_lie, after_the_office_lied};

use crate::bench::Bench;
use crate::past::{Wish, Wished};
use raseed_protocol::money::Paise;
use raseed_till::{OpenShift, Till, TillError};
use std::fmt;

/// Something that must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding(pub String);

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Makes a finding of anything that can be said.
pub(crate) fn found<T>(what: impl fmt::Display) -> Result<T, Finding> {
    Err(Finding(what.to_string()))
}

/// Adds where it was to an error that must not be.
pub(crate) trait Must<T> {
    /// The value, or a finding.
    fn must(self, what: &str) -> Result<T, Finding>;
}

impl<T, E: fmt::Debug> Must<T> for Result<T, E> {
    fn must(self, what: &str) -> Result<T, Finding> {
        self.map_err(|error| Finding(format!("{what}: {error:?}")))
    }
}

/// Opens what is on the bench, holds it to its past, and goes on with it. What it does is asked and taken down as in any run,
/// so that a crash in the middle of it can be looked at in the same way.
pub fn go_on(bench: &mut Bench) -> Result<(), Finding> {
    let before = bench.past.clone();
    bench.open_office().must("the office does not open")?;
    office::holds(bench)?;
    open_or_enrol(bench)?;
    till::holds(bench, &before)?;
    repeat::all(bench)?;
    fresh(bench)?;
    bench.ask(Wish::Sync).must("till and office cannot sync")?;
    till::answers_once(bench)?;
    office::agrees(bench)?;
    bench.close();
    till::file_is_whole(bench)?;
    office::file_is_whole(bench)
}

/// Where a refusal said that nothing was recorded, the journal has just so many entries. The till is closed again.
pub fn nothing_but(bench: &mut Bench, entries: Option<u64>) -> Result<(), Finding> {
    let Some(entries) = entries else { return Ok(()) };
    let till =
        Till::open(&bench.till_folder(), bench.ports()).must("the till does not open after a fault")?.for_rehearsal();
    let newest = till.standing().newest.sequence.0;
    if newest == entries { Ok(()) } else { found(format!("{newest} entries, and {entries} are all that was recorded")) }
}

/// A till that a person was told of opens. A device whose enrolment did not end can be enrolled.
fn open_or_enrol(bench: &mut Bench) -> Result<(), Finding> {
    let known = bench.past.known.clone();
    let before = bench.past.clone();
    let error = match bench.open_till() {
        Ok(()) if known.incarnation > 0 && bench.past.known.incarnation < known.incarnation => {
            return found(format!("incarnation {} is open after {}", bench.past.known.incarnation, known.incarnation));
        }
        Ok(()) => return Ok(()),
        Err(error) => error,
    };
    bench.past = before;
    let may_be = matches!(error, TillError::NotEnrolled | TillError::Damaged { .. } | TillError::WrongKey);
    if known.sound || !may_be {
        return found(format!("the till does not open: {error:?}"));
    }
    // Half of the time the person still has the link of the enrolment that broke off, else the supervisor gives a new one.
    let link = match bench.past.wishes.last() {
        Some(Wished { wish: Wish::Enrol(link), begun, .. }) if begun.is_multiple_of(2) => link.clone(),
        _ => bench.link().must("no link for the till")?,
    };
    bench.ask(Wish::Enrol(link)).must("the device cannot be enrolled again")?;
    bench.open_till().must("the till does not open after its enrolment")
}

/// A receipt that nobody has asked for before gets the next number.
fn fresh(bench: &mut Bench) -> Result<(), Finding> {
    if !bench.till().book_standing().must("the book")?.complete {
        bench.ask(Wish::Sync).must("the book does not come")?;
    }
    if bench.till().standing().shift == 0 {
        let shift = OpenShift { staff: crate::bench::collector(), float: Paise::ZERO };
        bench.ask(Wish::Shift(shift)).must("no shift can be opened")?;
    }
    let last = bench.till().standing().newest.sequence.0;
    // The clock may have been found behind, and nobody was there to confirm it.
    if !bench.till().clock_is_fine() {
        bench.ask(Wish::Clock).must("the clock cannot be confirmed")?;
    }
    let last = last.max(bench.till().standing().newest.sequence.0);
    let answer = bench.collect("A-9", 3).must("nothing can be collected")?;
    match answer.place {
        Some(place) if place == last + 1 => Ok(()),
        other => found(format!("the next receipt after {last} is {other:?}")),
    }
}
