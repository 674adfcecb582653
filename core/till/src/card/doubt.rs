//! Why an answer decides nothing. Each is an unknown sale: not to be charged again, and to be asked after.

use super::outcome::CardOutcome;
use super::plain::said;
use thiserror::Error;

/// In words for the supervisor; they hold nothing of the vendor's but its own code and message, made plain.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(super) enum Doubt {
    #[error("the payment app gave no answer")]
    NothingCame,
    #[error("the answer is larger than any payment app's")]
    TooLarge,
    #[error("the answer is not in the payment app's form")]
    NotUnderstood,
    #[error("the answer is for another sale, or does not say for which")]
    OtherSale,
    #[error("the answer is for another amount, or does not say for how much")]
    OtherAmount,
    #[error("the answer contradicts itself")]
    Contradiction,
    #[error("the payment app has not decided: {0}")]
    Undecided(String),
}

impl Doubt {
    /// The vendor's code and message decide nothing.
    pub(super) fn undecided(code: &str, message: &str) -> Doubt {
        Doubt::Undecided(said(&format!("{code} {message}")))
    }
}

/// What was read, or why it says nothing.
pub(super) fn outcome(read: Result<CardOutcome, Doubt>) -> CardOutcome {
    read.unwrap_or_else(|doubt| CardOutcome::Unknown { what: doubt.to_string() })
}
