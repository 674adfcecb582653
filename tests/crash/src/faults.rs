//! Calls that fail: the Nth, once or for ever, for every N. What had been told before must be there afterwards, and what was
//! refused with "nothing was recorded" must not.

use crate::bench::{Bench, Trouble};
use crate::check::{self, Finding};
use crate::damage::Damage;
use crate::dice::Dice;
use crate::image::Image;
use crate::lab::{Room, Run};
use crate::past::{Past, Wish};
use crate::tape::{Device, Fault, Plan, Sabotage};
use crate::use_cases::{self, Hit, UseCase};
use raseed_till::TillError;

/// A use case whose calls are made to fail.
pub struct Subject<'a> {
    case: &'a UseCase,
    seed: u64,
    base: Image,
    past: Past,
}

impl Subject<'_> {
    /// This use case, as this seed runs it.
    pub fn new<'a>(case: &'a UseCase, seed: u64, room: &Room) -> Subject<'a> {
        let (base, past) = use_cases::base(case.begins, seed, room.root());
        Subject { case, seed, base, past }
    }

    /// How many of its calls can fail in this way.
    pub fn calls(&self, fault: Fault, room: &Room) -> u64 {
        self.run(Plan { fault, at: u64::MAX, for_ever: false }, room).1.calls
    }

    /// Runs it with a fault, and looks at what is left three times: as a program that was killed leaves it, as a power cut
    /// leaves it, and as a program that ends in order leaves it. True if the fault was felt.
    pub fn check(&self, plan: Plan, room: &Room) -> Result<bool, Finding> {
        let (run, end) = self.run(plan, room);
        let known = run.known_at(end.cut).clone();
        for (damage, cut) in
            [(Damage::KeepAll, end.cut), (Damage::DropUnsynced, end.cut), (Damage::KeepAll, run.ops.len())]
        {
            let image = run.image(cut, damage, Hit::Both, &mut Dice::new(self.seed));
            let mut past = run.past.until(cut, &known);
            past.had_faults = true;
            image.write(room.root()).expect("the laboratory's folder can be written");
            let mut bench = Bench::new(room.root(), &image, past, self.seed.wrapping_add(77), None);
            let entries = end.claims_nothing.then_some(known.entries);
            check::nothing_but(&mut bench, entries)
                .and_then(|()| check::go_on(&mut bench))
                .map_err(|Finding(what)| Finding(format!("{} at call {}: {what}", plan.fault.name(), plan.at)))?;
        }
        Ok(end.failed)
    }

    fn run(&self, plan: Plan, room: &Room) -> (Run, End) {
        let mut end = End { cut: 0, calls: 0, failed: false, claims_nothing: false };
        let seed = self.seed.wrapping_add(500);
        let device = (Device::AsReleased, Sabotage::None);
        let run = Run::of(&self.base, self.past.clone(), seed, device, room, |bench| {
            let tape = bench.tape.clone().expect("it is recorded");
            tape.plan(plan);
            let done = (self.case.script)(bench, &mut Dice::new(self.seed));
            if let Err(trouble) = &done {
                end.failed = true;
                end.claims_nothing = claims_nothing(bench, trouble) && !asked_again(bench);
                // A program that is started again while it fails for ever must not make it worse.
                bench.close();
                let _ = bench.open_office();
                let _ = bench.open_till();
            }
            end.cut = tape.position();
            end.calls = tape.heal();
        });
        (run, end)
    }
}

/// How a run with a fault ended.
struct End {
    /// Calls until then, before anything was closed.
    cut: usize,
    /// Calls that could have failed.
    calls: u64,
    /// True if it did not come to its end.
    failed: bool,
    /// True if the last answer said that nothing was recorded.
    claims_nothing: bool,
}

/// "The storage failed; nothing was recorded", about something that writes one entry.
fn claims_nothing(bench: &Bench, trouble: &Trouble) -> bool {
    let one_entry = matches!(
        bench.past.wishes.last().map(|wished| &wished.wish),
        Some(Wish::Collect(_) | Wish::Bill(_) | Wish::Ask(_) | Wish::Shift(_) | Wish::Complain(_) | Wish::End(_))
    );
    one_entry && matches!(trouble, Trouble::Till(TillError::Storage(_)))
}

/// The collector presses the button once more, on the till as it is. True if that was answered.
fn asked_again(bench: &mut Bench) -> bool {
    let wish = bench.past.wishes.last().map(|wished| wished.wish.clone());
    match wish {
        Some(wish @ (Wish::Collect(_) | Wish::Bill(_) | Wish::Ask(_))) if bench.till.is_some() => {
            bench.ask(wish).is_ok()
        }
        _ => false,
    }
}
