//! Which cases are looked at, and what came of them all.

use crate::check::{Finding, Noticed};
use crate::damage::Damage;
use crate::dice::Dice;
use crate::faults::Subject;
use crate::lab::{Case, Room, Run, Seen, Verdict};
use crate::tape::{Device, Fault, Plan, Sabotage};
use crate::use_cases::{Hit, UseCase};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What a number of cases came to.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Runs that were recorded.
    pub runs: u64,
    /// Calls in them, reads included.
    pub calls: u64,
    /// Calls after which power was cut at least once.
    pub cuts: u64,
    /// Cases.
    pub cases: u64,
    /// Images that were opened; the other cases are equal to one of them.
    pub opened: u64,
    /// Cases with a second or third cut while it recovered.
    pub again: u64,
    /// Cases by their damage.
    pub by_damage: BTreeMap<Damage, u64>,
    /// What came of devices that lie.
    pub lies: BTreeMap<Noticed, u64>,
    /// Everything that must not be, with the name of its case.
    pub findings: Vec<(String, Finding)>,
}

impl Tally {
    /// Adds another one.
    pub fn add(&mut self, other: Tally) {
        self.runs += other.runs;
        self.calls += other.calls;
        self.cuts += other.cuts;
        self.cases += other.cases;
        self.opened += other.opened;
        self.again += other.again;
        other.by_damage.into_iter().for_each(|(damage, count)| *self.by_damage.entry(damage).or_default() += count);
        other.lies.into_iter().for_each(|(noticed, count)| *self.lies.entry(noticed).or_default() += count);
        self.findings.extend(other.findings);
    }

    fn take(&mut self, case: &Case, outcome: Result<Verdict, Finding>) {
        self.cases += 1;
        self.again += u64::from(case.again > 0);
        *self.by_damage.entry(case.damage).or_default() += 1;
        self.opened += u64::from(outcome != Ok(Verdict::Seen));
        match outcome {
            Ok(Verdict::Lied(noticed)) => *self.lies.entry(noticed).or_default() += 1,
            Ok(_) => {}
            Err(finding) => self.findings.push((case.to_string(), finding)),
        }
    }
}

/// Looks at `many` seeded cases of one run; every model of damage gets its share.
pub fn sample(use_case: &UseCase, run_seed: u64, device: Device, many: usize, room: &Room) -> Tally {
    let run = Run::record(use_case, run_seed, device, Sabotage::None, room);
    let mut tally = Tally { runs: 1, calls: run.calls, ..Tally::default() };
    // A long run's images are dear: it gets a part of the share.
    let many = if run.ops.len() > 2_000 { many / 8 } else { many };
    let (mut seen, mut dice) = (Seen::new(), dice_of(use_case, run_seed, device));
    let mut cuts = vec![false; run.ops.len() + 1];
    for number in 0..many {
        let damage = Damage::ALL[number % Damage::ALL.len()];
        let case = one(use_case, run_seed, device, dice.place(run.ops.len() + 1), damage, &mut dice);
        cuts[case.cut] = true;
        let outcome = case.check(&run, room, &mut seen);
        tally.take(&case, outcome);
    }
    tally.cuts = count(&cuts);
    tally
}

/// Looks at every call of one run with every model of damage, each with its own throw; and at every eighth once more with further
/// cuts while it recovers.
pub fn exhaust(use_case: &UseCase, run_seed: u64, device: Device, room: &Room) -> Tally {
    let run = Run::record(use_case, run_seed, device, Sabotage::None, room);
    let mut tally = Tally { runs: 1, calls: run.calls, ..Tally::default() };
    let (mut seen, mut dice) = (Seen::new(), dice_of(use_case, run_seed, device));
    let mut cuts = vec![false; run.ops.len() + 1];
    for (cut, is_cut) in cuts.iter_mut().enumerate() {
        *is_cut = true;
        for damage in Damage::ALL {
            for hit in use_case.hits {
                if damage == Damage::SyncLost && *hit == Hit::Both {
                    continue; // The honest memory of the one is what the lie of the other is found by.
                }
                let case = Case { hit: *hit, ..one(use_case, run_seed, device, cut, damage, &mut dice) };
                let outcome = case.check(&run, room, &mut seen);
                tally.take(&case, outcome);
            }
        }
    }
    tally.cuts = count(&cuts);
    tally
}

/// What a number of calls that were made to fail came to.
#[derive(Clone, Debug, Default)]
pub struct Failed {
    /// Calls that can fail, over all use cases and kinds of faults, once and for ever counted apart.
    pub calls: u64,
    /// Calls that were made to fail, each in a run of its own.
    pub checked: u64,
    /// Runs that did not come to their end because of it.
    pub felt: u64,
    /// Everything that must not be.
    pub findings: Vec<String>,
}

impl Failed {
    /// Adds another one.
    pub fn add(&mut self, other: Failed) {
        self.calls += other.calls;
        self.checked += other.checked;
        self.felt += other.felt;
        self.findings.extend(other.findings);
    }
}

/// Makes every `step`th call of a use case fail in this way, once and for ever; with 1, every one.
pub fn fail(use_case: &UseCase, seed: u64, fault: Fault, step: u64, room: &Room) -> Failed {
    let subject = Subject::new(use_case, seed, room);
    let calls = subject.calls(fault, room);
    let mut failed = Failed { calls: calls * 2, ..Failed::default() };
    for for_ever in [false, true] {
        let mut at = 1 + Dice::new(seed ^ calls ^ u64::from(for_ever)).roll() % step;
        while at <= calls {
            match subject.check(Plan { fault, at, for_ever }, room) {
                Ok(felt) => failed.felt += u64::from(felt),
                Err(Finding(what)) => {
                    let how_long = if for_ever { "for ever" } else { "once" };
                    failed.findings.push(format!("{}, {how_long}: {what}", use_case.name));
                }
            }
            failed.checked += 1;
            at += step;
        }
    }
    failed
}

/// Dice of its own for each run, or all runs of a seed would be cut and damaged alike.
fn dice_of(use_case: &UseCase, run: u64, device: Device) -> Dice {
    let mut hasher = DefaultHasher::new();
    (use_case.name, run, device.name()).hash(&mut hasher);
    Dice::new(hasher.finish())
}

fn one(use_case: &UseCase, run: u64, device: Device, cut: usize, damage: Damage, dice: &mut Dice) -> Case {
    let lies = damage == Damage::SyncLost;
    // Of two, one is honest: its memory is what the lie of the other is found by.
    let hit = match *dice.pick(use_case.hits) {
        Hit::Both if lies => Hit::Till,
        hit => hit,
    };
    let again = if lies || !dice.one_in(8) { 0 } else { 1 + u32::from(dice.one_in(3)) };
    let roll = dice.roll();
    Case { use_case: use_case.name.to_owned(), run, device, cut, damage, hit, roll, again }
}

fn count(cuts: &[bool]) -> u64 {
    u64::try_from(cuts.iter().filter(|cut| **cut).count()).expect("a log fits memory")
}
