//! What is to go wrong with messages. Rates are in a thousand and drawn from the seed; a plan says it message by message.

use crate::random::Random;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use thiserror::Error;

/// How badly the gateway behaves. The default is: not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SmsFaults {
    /// Messages that are sent and whose answer is lost, in a thousand.
    pub answer_lost: u16,
    /// Messages that are not sent because there is no room now, in a thousand.
    pub busy: u16,
    /// Every answer takes so many milliseconds longer.
    pub delay_ms: u64,
    /// What happens to the next messages, before any rate counts.
    pub plan: VecDeque<SmsFault>,
}

/// What happens to one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SmsFault {
    /// It is sent and answered.
    None,
    /// It is sent; the connection breaks before the answer.
    AnswerLost,
    /// Status 503, not sent.
    Busy,
    /// Status 400, not sent: as if its template were not registered.
    Refused,
    /// Status 402, not sent: nothing is left to spend.
    Unpaid,
}

/// Faults that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "a rate is at most 1000 in a thousand, a delay at most {} ms, a plan at most {} messages; correct it",
    SmsFaults::MAX_DELAY_MS,
    SmsFaults::MAX_PLAN
)]
pub struct BadSmsFaults;

impl SmsFaults {
    /// The longest delay: ten minutes.
    pub const MAX_DELAY_MS: u64 = 600_000;
    /// The longest plan.
    pub const MAX_PLAN: usize = 10_000;

    /// Refuses what cannot be meant.
    ///
    /// # Errors
    /// For a rate, delay or plan beyond its bound.
    pub fn check(&self) -> Result<(), BadSmsFaults> {
        let good = self.answer_lost <= 1000
            && self.busy <= 1000
            && self.delay_ms <= SmsFaults::MAX_DELAY_MS
            && self.plan.len() <= SmsFaults::MAX_PLAN;
        if good { Ok(()) } else { Err(BadSmsFaults) }
    }

    pub(super) fn next(&mut self, random: &mut Random) -> SmsFault {
        if let Some(planned) = self.plan.pop_front() {
            planned
        } else if random.chance(self.busy) {
            SmsFault::Busy
        } else if random.chance(self.answer_lost) {
            SmsFault::AnswerLost
        } else {
            SmsFault::None
        }
    }
}
