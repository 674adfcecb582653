//! What is to go wrong. Rates are in a thousand and drawn from the simulator's seed; a plan says it call by call.

use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use thiserror::Error;

/// How badly the PSP behaves. The default is: not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Webhook calls that are never made, in a thousand.
    pub webhook_lost: u16,
    /// Webhook calls that are made twice, in a thousand.
    pub webhook_twice: u16,
    /// Webhook calls come up to so many milliseconds late, each by its own draw: so they overtake one another.
    pub webhook_delay_ms: u64,
    /// Calls of the API that are carried out and whose answer is lost, in a thousand.
    pub answer_lost: u16,
    /// Calls of the API that are answered with status 500 and not carried out, in a thousand.
    pub answer_500: u16,
    /// What happens to the next calls of the API, before any rate counts.
    pub plan: VecDeque<ApiFault>,
}

/// What happens to one call of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApiFault {
    /// It is carried out and answered.
    None,
    /// It is carried out; the connection breaks before the answer.
    AnswerLost,
    /// It is answered with status 500 and not carried out.
    #[serde(rename = "status-500")]
    Status500,
}

/// Faults that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "a rate is at most 1000 in a thousand, a delay at most {} ms, a plan at most {} calls; correct it",
    Faults::MAX_DELAY_MS,
    Faults::MAX_PLAN
)]
pub struct BadFaults;

impl Faults {
    /// The longest delay of a webhook: a day.
    pub const MAX_DELAY_MS: u64 = 86_400_000;
    /// The longest plan.
    pub const MAX_PLAN: usize = 10_000;

    /// Refuses what cannot be meant.
    ///
    /// # Errors
    /// For a rate, delay or plan beyond its bound.
    pub fn check(&self) -> Result<(), BadFaults> {
        let rates = [self.webhook_lost, self.webhook_twice, self.answer_lost, self.answer_500];
        let good = rates.iter().all(|rate| *rate <= 1000)
            && self.webhook_delay_ms <= Faults::MAX_DELAY_MS
            && self.plan.len() <= Faults::MAX_PLAN;
        if good { Ok(()) } else { Err(BadFaults) }
    }
}
