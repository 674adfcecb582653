//! The news of money: which webhook calls are due, late, doubled, lost or given up.

use super::{Payment, Qr, Simulator};
use raseed_protocol::time::WallMs;

/// A call that the receiver did not take is repeated so often.
const MAX_ATTEMPTS: u32 = 12;
const FIRST_WAIT_MS: u64 = 1000;

/// A webhook call to be made. [`Simulator::body_of`] makes its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// The event, as in `qr_code.credited`.
    pub event: &'static str,
    /// Its number: the same when it is repeated, and the same for both when it comes twice.
    pub serial: u64,
    payment: usize,
    attempt: u32,
}

impl Simulator {
    /// Schedules what a payment is announced by: Razorpay tells of one payment more than once, and of its code's end too.
    pub(super) fn announce(&mut self, payment: usize) {
        let events: &[&str] = match self.payments[payment].qr {
            Some(_) => &["payment.captured", "qr_code.credited", "qr_code.closed"],
            None => &["payment.captured"],
        };
        let at = self.payments[payment].at.0;
        for event in events {
            let serial = self.next_serial();
            let webhook = Webhook { event, serial, payment, attempt: 0 };
            self.counts.made += 1;
            if self.random.chance(self.faults.webhook_lost) {
                self.counts.lost += 1;
                continue;
            }
            self.schedule(webhook, at);
            if self.random.chance(self.faults.webhook_twice) {
                self.counts.twice += 1;
                self.schedule(webhook, at);
            }
        }
    }

    /// Takes the calls whose time has come, in the order in which they are to be made.
    pub fn due(&mut self, now: WallMs) -> Vec<Webhook> {
        let later = self.waiting.split_off(&(now.0.saturating_add(1), 0));
        let due: Vec<Webhook> = std::mem::replace(&mut self.waiting, later).into_values().collect();
        self.counts.given_out += u64::try_from(due.len()).unwrap_or(0);
        due
    }

    /// When the next call is due.
    pub fn next_due(&self) -> Option<WallMs> {
        self.waiting.first_key_value().map(|((at, _), _)| WallMs(*at))
    }

    /// The receiver did not answer, or not with success: it is told again later, twice as late each time.
    pub fn not_taken(&mut self, webhook: Webhook, now: WallMs) {
        let attempt = webhook.attempt + 1;
        if attempt >= MAX_ATTEMPTS {
            self.counts.given_up += 1;
            return;
        }
        let wait = FIRST_WAIT_MS << webhook.attempt;
        let serial = self.next_serial();
        self.waiting.insert((now.0.saturating_add(wait), serial), Webhook { attempt, ..webhook });
    }

    /// The payment that a call is about, and its code.
    pub fn subject_of(&self, webhook: &Webhook) -> (&Payment, Option<&Qr>) {
        let payment = &self.payments[webhook.payment];
        (payment, self.qr_of(payment))
    }

    fn schedule(&mut self, webhook: Webhook, at: u64) {
        let late = self.random.up_to(self.faults.webhook_delay_ms);
        let serial = self.next_serial();
        self.waiting.insert((at.saturating_add(late), serial), webhook);
    }
}
