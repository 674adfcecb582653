//! Asking again: who does not know whether it was recorded asks with the same id, and it is there exactly once.

use super::{Finding, Must, found};
use crate::bench::{Bench, Trouble};
use crate::past::{Wish, Wished};
use raseed_till::TillError;

/// So many of the newest wishes are asked again; that the older ones are there is seen in the journal itself.
const NEWEST: usize = 6;

/// Repeats what was asked of this incarnation: first what was under way when the power was cut, then what answers for ever.
pub fn all(bench: &mut Bench) -> Result<(), Finding> {
    let incarnation = bench.till().identity().incarnation.0;
    let wishes: Vec<Wished> =
        bench.past.wishes.iter().filter(|wished| wished.incarnation == incarnation).cloned().collect();
    if let Some(newest) = wishes.last() {
        under_way(bench, &newest.wish)?;
    }
    for wished in wishes.iter().rev().take(NEWEST) {
        if matches!(wished.wish, Wish::Collect(_) | Wish::Bill(_) | Wish::Ask(_)) {
            again(bench, &wished.wish)?;
        }
    }
    Ok(())
}

/// It may have happened or not; asked again, it has.
fn under_way(bench: &mut Bench, wish: &Wish) -> Result<(), Finding> {
    if matches!(wish, Wish::Collect(_) | Wish::Bill(_) | Wish::Ask(_)) {
        return again(bench, wish);
    }
    if matches!(wish, Wish::Printed(_) | Wish::WrongPin | Wish::Enrol(_)) {
        return Ok(()); // Each time is a time: a printer that said so again, a wrong PIN typed again.
    }
    match bench.ask(wish.clone()) {
        Ok(_) | Err(Trouble::Till(TillError::ShiftOpen { .. } | TillError::ClockIsFine)) => Ok(()),
        Err(error) => found(format!("asked again, {} fails: {error:?}", name(wish))),
    }
}

/// The same answer as before, and the same once more.
fn again(bench: &mut Bench, wish: &Wish) -> Result<(), Finding> {
    let before = bench.till().standing().newest.sequence.0;
    let first = bench.ask(wish.clone()).must("a wish that is asked again")?;
    let now = bench.till().standing().newest.sequence.0;
    let second = bench.answer(wish).must("a wish that is asked a third time")?;
    let is_new = first.place.is_some_and(|place| place > before);
    if now != before + u64::from(is_new) || bench.till().standing().newest.sequence.0 != now {
        return found(format!("asked again, {} is there more than once", name(wish)));
    }
    let truth = bench.past.truth.get(&bench.past.known.incarnation);
    let stands = first.place.and_then(|place| truth?.get(usize::try_from(place).ok()?.checked_sub(1)?));
    if first != second || first.bytes.as_ref().is_some_and(|bytes| stands != Some(bytes)) {
        return found(format!("asked again, {} is answered with something else", name(wish)));
    }
    Ok(())
}

fn name(wish: &Wish) -> &'static str {
    match wish {
        Wish::Collect(_) => "a payment in cash",
        Wish::Bill(_) => "a bill",
        Wish::Ask(_) => "a request for payment",
        Wish::Take(_) => "the receipt for a payment",
        Wish::End(_) => "the end of a payment",
        Wish::Card(_) => "the card app's answer",
        Wish::Complain(_) => "a complaint",
        Wish::Shift(_) => "a shift",
        Wish::Clock => "the clock",
        Wish::Printed(_) => "a print",
        Wish::WrongPin => "a wrong PIN",
        Wish::Follow => "following payments",
        Wish::Sync => "a sync",
        Wish::Enrol(_) => "an enrolment",
    }
}
