//! One run: a plan of acts, each with dice of its own, so that acts can be left out and the others stay what they were.

use crate::both_sides::books;
use crate::counter::Counter;
use crate::dice::Dice;
use crate::judge;
use crate::network::{Met, Network, Weather};
use crate::office_end::OfficeEnd;
use crate::stage::{NEWCOMER, Stage};
use crate::till_end::URL;
use raseed_protocol::ids::AccountId;
use raseed_protocol::money::Paise;
use raseed_protocol::wire::EnrolmentLink;
use raseed_tests::world::{HandClock, Seeded};
use rusqlite::Connection;
use std::cell::RefCell;
use std::rc::Rc;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// What a run does: the same plan does the same again.
#[derive(Clone, Debug)]
pub struct Plan {
    pub seed: u64,
    /// The dice of each act.
    pub acts: Vec<u64>,
}

/// What the runs came to, so that nobody believes a test that never met anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub met: Met,
    pub entries: u64,
    pub receipts: u64,
    pub repeated: u64,
    pub syncs: u64,
    pub broken_off: u64,
    pub clock_confirmed: u64,
    pub day_over: u64,
    pub books: u64,
    pub asked: u64,
    pub paid: u64,
    pub enrolled: u64,
    pub copied: u64,
    pub forked: u64,
    pub behind: u64,
}

/// Why a run failed, and what led there.
pub struct Failure {
    pub what: String,
    pub trace: Vec<String>,
}

/// The world of a run, and what is known of it from outside.
pub struct Scene {
    pub network: Rc<RefCell<Network>>,
    pub counters: Vec<Counter>,
    /// The device that was copied and its copy, by their places among the counters.
    pub twins: Option<(usize, usize)>,
    /// How the one that is not enrolled yet is to be.
    pub link: Option<EnrolmentLink>,
    /// Whether it got a second link: its first life may then have been certified and never begun.
    pub link_renewed: bool,
    /// How many months were billed since the beginning.
    pub months: u16,
    pub fees: bool,
    /// Money that came for a request, with its account.
    pub money: Vec<(AccountId, Paise)>,
    pub seen: Seen,
    /// The head office's file, for reading beside it.
    pub books: Connection,
    pub folder: TempDir,
    pub seed: u64,
}

impl Plan {
    pub fn of(seed: u64) -> Plan {
        let mut dice = Dice::new(seed);
        let many = dice.below(24) + 6;
        Plan { seed, acts: (0..many).map(|_| dice.roll()).collect() }
    }

    /// Carries it out, heals, and judges.
    pub fn run(&self, stages: &[Stage; 2], runtime: &Rc<Runtime>) -> Result<Seen, Failure> {
        let mut scene = Scene::new(self.seed, stages, runtime);
        let run = std::panic::AssertUnwindSafe(|| {
            self.acts.iter().try_for_each(|act| scene.act(*act))?;
            scene.heal()?;
            judge::judge(&mut scene)
        });
        // A broken invariant of the product panics; it is a failure like the others, with its trace.
        let outcome = std::panic::catch_unwind(run).unwrap_or_else(|cause| Err(said(cause.as_ref())));
        outcome.map(|()| scene.seen()).map_err(|what| Failure { what, trace: scene.trace() })
    }

    /// The same failure with as few acts as can be found by leaving out one after another.
    pub fn with_fewer_acts(self, fails: impl Fn(&Plan) -> bool) -> Plan {
        let mut plan = self;
        for at in (0..plan.acts.len()).rev() {
            let mut fewer = plan.clone();
            fewer.acts.remove(at);
            if fails(&fewer) {
                plan = fewer;
            }
        }
        plan
    }
}

fn said(cause: &(dyn std::any::Any + Send)) -> String {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    format!("it panicked: {}", text.unwrap_or("without a word"))
}

impl Scene {
    fn new(seed: u64, stages: &[Stage; 2], runtime: &Rc<Runtime>) -> Scene {
        let mut dice = Dice::new(seed ^ 0x5eed);
        let stage = &stages[usize::from(dice.one_in(4))];
        let folder = stage.copy();
        let office = OfficeEnd::open(&folder.path().join("office"), runtime);
        let mut network = Network::new(office, Weather::some(&mut dice), stage.wall);
        let mut counters = Vec::new();
        for (name, key) in stage.tills() {
            let clock = HandClock::new(stage.wall);
            network.clocks.push(clock.clone());
            let place = folder.path().join(name.as_str());
            counters.push(Counter::new(name, place, clock, Some(key), Seeded::new(dice.roll())));
        }
        let link = dice.one_in(4).then(|| {
            let (mut entropy, name) = (Seeded::new(dice.roll()), NEWCOMER.parse().expect("a till name"));
            let clock = HandClock::new(stage.wall);
            network.clocks.push(clock.clone());
            let mut fill = |bytes: &mut [u8]| entropy.next(bytes);
            let link = network.office.office().new_enrolment(&name, URL, stage.wall, &mut fill).expect("a known till");
            counters.push(Counter::new(name, folder.path().join(NEWCOMER), clock, None, entropy));
            link
        });
        let (network, fees) = (Rc::new(RefCell::new(network)), stage.fees);
        let books = books(&folder.path().join("office"));
        let (money, seen) = (Vec::new(), Seen::default());
        Scene {
            network,
            counters,
            twins: None,
            link,
            link_renewed: false,
            months: 0,
            fees,
            money,
            seen,
            books,
            folder,
            seed,
        }
    }

    pub fn note(&self, line: impl Into<String>) {
        self.network.borrow_mut().note(line);
    }

    pub fn is_twin(&self, at: usize) -> bool {
        self.twins.is_some_and(|(one, other)| at == one || at == other)
    }

    fn seen(&self) -> Seen {
        Seen { met: self.network.borrow().met, ..self.seen }
    }

    fn trace(&self) -> Vec<String> {
        // A panic in the middle of an exchange leaves the network lent.
        self.network.try_borrow().map(|network| network.trace.clone()).unwrap_or_default()
    }
}
