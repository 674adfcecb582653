//! The truth, for tests to balance against: what has come by now, and what became of the news of it.

use super::Simulator;
use raseed_head_office::psp::PspPayment;
use raseed_protocol::time::WallMs;
use serde::Serialize;

/// What there is at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct State {
    /// The moment.
    pub now: WallMs,
    /// Codes made.
    pub qr_codes: usize,
    /// All the money that has come, in paise.
    pub captured_paise: i64,
    /// Every payment that has come, in the order in which they were made.
    pub payments: Vec<PspPayment>,
    /// Payments that were made and will come later.
    pub coming: usize,
    /// Webhook calls that wait for their time.
    pub waiting: usize,
    /// What became of webhook calls.
    pub webhooks: Counts,
}

/// What became of webhook calls: `made + twice == lost + waiting + given out - repeated attempts`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Events.
    pub made: u64,
    /// Of those, lost for ever.
    pub lost: u64,
    /// Of those, told twice.
    pub twice: u64,
    /// Calls handed to whoever delivers them, repeated attempts included.
    pub given_out: u64,
    /// Calls that nobody took after many attempts.
    pub given_up: u64,
}

impl Simulator {
    /// What there is by now.
    pub fn state(&self, now: WallMs) -> State {
        let come = self.payments.iter().filter(|payment| payment.at <= now);
        let payments: Vec<PspPayment> = come.map(|payment| payment.told.clone()).collect();
        State {
            now,
            qr_codes: self.qrs.len(),
            captured_paise: payments.iter().map(|payment| payment.amount.get()).sum(),
            coming: self.payments.len() - payments.len(),
            payments,
            waiting: self.waiting.len(),
            webhooks: self.counts,
        }
    }

    /// All the money that has come by now, in paise, without listing it.
    pub fn captured_paise(&self, now: WallMs) -> i64 {
        let come = self.payments.iter().filter(|payment| payment.at <= now);
        come.map(|payment| payment.told.amount.get()).sum()
    }
}
