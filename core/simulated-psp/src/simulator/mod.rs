//! The state machine: QR codes, money that comes, and the news of it. Pure: no clock, no threads, no network.
//!
//! Money that was paid is never refused, whatever state its QR code is in: the bank has moved it already. Each call says what
//! time it is; what happens later is there from the beginning and only shows when its time has come.

mod pay;
mod qr;
mod state;
mod webhook;

pub use pay::{NotPaid, Pay, Payment, Target};
pub use qr::{MIN_LIFE_MS, NewQr, Qr, Refusal};
pub use state::{Counts, State};
pub use webhook::Webhook;

use crate::faults::{ApiFault, BadFaults, Faults};
use crate::random::Random;
use std::collections::{BTreeMap, HashMap};

/// The most payments or QR codes that one simulator holds.
const MAX_RECORDS: usize = 1_000_000;

/// A PSP in one value.
#[derive(Debug)]
pub struct Simulator {
    random: Random,
    faults: Faults,
    qrs: Vec<Qr>,
    /// Where a code stands in `qrs`, by its id.
    by_id: HashMap<String, usize>,
    payments: Vec<Payment>,
    /// What is still to be told, by its time and then in the order in which it was made.
    waiting: BTreeMap<(u64, u64), Webhook>,
    serial: u64,
    counts: Counts,
}

impl Simulator {
    /// A PSP that behaves well, whose ids and draws come from this seed.
    pub fn new(seed: u64) -> Simulator {
        Simulator {
            random: Random::new(seed),
            faults: Faults::default(),
            qrs: Vec::new(),
            by_id: HashMap::new(),
            payments: Vec::new(),
            waiting: BTreeMap::new(),
            serial: 0,
            counts: Counts::default(),
        }
    }

    /// From now on it behaves like this. What was scheduled before stays as it was.
    ///
    /// # Errors
    /// For faults that cannot be.
    pub fn set_faults(&mut self, faults: Faults) -> Result<(), BadFaults> {
        faults.check()?;
        self.faults = faults;
        Ok(())
    }

    /// What is to happen to the call of the API that comes now.
    pub fn next_fault(&mut self) -> ApiFault {
        if let Some(planned) = self.faults.plan.pop_front() {
            return planned;
        }
        if self.random.chance(self.faults.answer_500) {
            ApiFault::Status500
        } else if self.random.chance(self.faults.answer_lost) {
            ApiFault::AnswerLost
        } else {
            ApiFault::None
        }
    }

    fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }
}
