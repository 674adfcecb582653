//! The world of one run, and everything that is known of it from outside: who was asked for what, what was really paid.

use crate::breaking::Fuse;
use crate::cards::Cards;
use crate::dice::Dice;
use raseed_head_office::psp::Secret;
use raseed_protocol::book::CodeMaker;
use raseed_protocol::ids::AccountId;
use raseed_protocol::time::Day;
use raseed_simulated_psp::{Faults, SimulatedPsp};
use raseed_tests::world::{BookShape, Device, World, book};
use raseed_till::{RequestPayment, Till};
use std::sync::Arc;

/// A till that can be cut off.
pub struct Counter {
    pub device: Device,
    pub fuse: Fuse,
    pub till: Option<Till>,
    /// What was asked for, to be asked for again.
    pub wishes: Vec<RequestPayment>,
    /// Codes that were shown.
    pub codes: Vec<String>,
}

pub struct Scene {
    pub dice: Dice,
    pub world: World,
    pub psp: Arc<SimulatedPsp>,
    pub cards: Cards,
    pub counters: Vec<Counter>,
    pub seen: crate::books::Seen,
    /// Webhook calls that were delivered, to be delivered again.
    pub told: Vec<raseed_simulated_psp::Call>,
}

pub const ACCOUNTS: u64 = 3;

impl Scene {
    pub fn new(seed: u64) -> Scene {
        let mut dice = Dice::new(seed);
        let today: Day = "2026-11-22".parse().expect("a day");
        let mut book = book(BookShape { accounts: 3, months: 2, fees: dice.one_in(2) }, today);
        let codes = if dice.one_in(2) { CodeMaker::Till } else { CodeMaker::Service };
        book.rules.payments.upi.as_mut().expect("the book has UPI").codes = codes;
        let mut world = World::new(seed, today, book);
        let clock = world.clock.clone();
        let secret = Secret::new("a-shared-secret-of-the-test").expect("a secret");
        let psp = Arc::new(SimulatedPsp::new(seed, Arc::new(move || clock.wall()), secret));
        world.pay_through(Arc::clone(&psp));
        let faults = Faults {
            webhook_lost: rate(&mut dice, 300),
            webhook_twice: rate(&mut dice, 300),
            webhook_delay_ms: dice.below(1_200_000),
            answer_lost: rate(&mut dice, 200),
            answer_500: rate(&mut dice, 200),
            ..Faults::default()
        };
        psp.with(|simulator, _| simulator.set_faults(faults)).expect("rates within bounds");
        let counters = (1..=1 + dice.below(2)).map(|number| counter(&mut world, &format!("T{number}"))).collect();
        let (cards, seen, told) = (Cards::default(), Default::default(), Vec::new());
        Scene { dice, world, psp, cards, counters, seen, told }
    }

    pub fn account(&mut self) -> AccountId {
        format!("A-{}", self.dice.below(ACCOUNTS) + 1).parse().expect("a consumer number")
    }

    /// Runs a verb on a till; a device that breaks off in it is opened again by the next one. `None` if it broke off.
    pub fn on<T>(&mut self, at: usize, verb: impl FnOnce(&mut Till, &mut World) -> T) -> Option<T> {
        let Scene { world, counters, seen, .. } = self;
        let counter = &mut counters[at];
        let run = std::panic::AssertUnwindSafe(|| {
            let mut till = match counter.till.take() {
                Some(till) => till,
                None => {
                    let ports = counter.fuse.ports(counter.device.ports());
                    Till::open(&counter.device.folder, ports).expect("healthy").for_rehearsal()
                }
            };
            let done = verb(&mut till, world);
            counter.till = Some(till);
            done
        });
        match std::panic::catch_unwind(run) {
            Ok(done) => Some(done),
            Err(cause) if cause.downcast_ref::<&str>() == Some(&"the power was cut") => {
                seen.cuts += 1;
                None
            }
            Err(cause) => std::panic::resume_unwind(cause),
        }
    }
}

fn rate(dice: &mut Dice, most: u64) -> u16 {
    u16::try_from(dice.below(most)).expect("a small rate")
}

fn counter(world: &mut World, name: &str) -> Counter {
    let (device, till) = world.till(name);
    drop(till);
    Counter { device, fuse: Fuse::new(), till: None, wishes: Vec::new(), codes: Vec::new() }
}
