//! The head office's port, answered in the same process: a simulator behind a lock, with a clock that is passed in.
//!
//! Faults count here as they do over HTTP, so that a test of a million payments needs no network to be treated badly.

use crate::faults::ApiFault;
use crate::simulator::{NewQr, NotPaid, Pay, Refusal, Simulator, Webhook};
use raseed_head_office::psp::razorpay::{close_by_s, read_webhook, sign_webhook};
use raseed_head_office::psp::{Psp, PspClock, PspError, PspPayment, QrMade, QrOrder, Secret, WebhookRefused};
use raseed_protocol::time::WallMs;
use std::sync::{Mutex, PoisonError};

/// A simulator that many may ask at once.
pub struct SimulatedPsp {
    simulator: Mutex<Simulator>,
    clock: PspClock,
    secret: Secret,
}

/// A webhook call as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What it is about.
    pub webhook: Webhook,
    /// The raw body.
    pub body: Vec<u8>,
    /// The value of `X-Razorpay-Signature`.
    pub signature: String,
}

impl SimulatedPsp {
    /// A PSP that shares this secret with the head office, for keys and webhooks alike.
    pub fn new(seed: u64, clock: PspClock, secret: Secret) -> SimulatedPsp {
        SimulatedPsp { simulator: Mutex::new(Simulator::new(seed)), clock, secret }
    }

    /// Does something with the simulator, at this moment of the clock.
    pub fn with<T>(&self, act: impl FnOnce(&mut Simulator, WallMs) -> T) -> T {
        let now = (self.clock)();
        act(&mut self.simulator.lock().unwrap_or_else(PoisonError::into_inner), now)
    }

    /// Pays, as a payer does.
    ///
    /// # Errors
    /// If there is nothing to pay, or no amount.
    pub fn pay(&self, pay: &Pay) -> Result<PspPayment, NotPaid> {
        self.with(|simulator, now| simulator.pay(pay, now))
    }

    /// Takes the webhook calls that are due, signed.
    pub fn calls_due(&self) -> Vec<Call> {
        self.with(|simulator, now| {
            let due = simulator.due(now);
            due.into_iter().map(|webhook| self.signed(webhook, simulator.body_of(&webhook))).collect()
        })
    }

    /// The secret, for the keys of the API.
    pub(crate) fn secret(&self) -> &Secret {
        &self.secret
    }

    fn signed(&self, webhook: Webhook, body: Vec<u8>) -> Call {
        let signature = sign_webhook(&body, &self.secret);
        Call { webhook, body, signature }
    }

    /// One call of the API, with what goes wrong about it.
    fn asked<T>(&self, act: impl FnOnce(&mut Simulator, WallMs) -> Result<T, PspError>) -> Result<T, PspError> {
        self.with(|simulator, now| match simulator.next_fault() {
            ApiFault::Status500 => Err(PspError::Refused { status: 500, what: "simulated".to_owned() }),
            ApiFault::None => act(simulator, now),
            ApiFault::AnswerLost => {
                let _ = act(simulator, now);
                Err(PspError::Interrupted("simulated".to_owned()))
            }
        })
    }
}

impl Psp for SimulatedPsp {
    fn make_qr(&self, order: &QrOrder) -> Result<QrMade, PspError> {
        order.check()?;
        self.asked(|simulator, now| {
            let qr = simulator.make_qr(
                NewQr {
                    amount: order.amount,
                    description: order.description.clone(),
                    reference: Some(order.reference.clone()),
                    close_by_s: close_by_s(order.close_by, now),
                },
                now,
            );
            let qr = qr.map_err(refused)?;
            Ok(QrMade { qr: qr.id.clone(), link: qr.link(), closes: WallMs(qr.order.close_by_s * 1000) })
        })
    }

    fn close_qr(&self, qr: &str) -> Result<(), PspError> {
        self.asked(|simulator, now| match simulator.close_qr(qr, now) {
            Ok(_) | Err(Refusal::Closed) => Ok(()),
            Err(refusal) => Err(refused(refusal)),
        })
    }

    fn payments_of(&self, qr: &str) -> Result<Vec<PspPayment>, PspError> {
        self.asked(|simulator, now| {
            let payments = simulator.payments_of(qr, now).map_err(refused)?;
            Ok(payments.map(|payment| payment.told.clone()).collect())
        })
    }

    fn payments_between(&self, from: WallMs, to: WallMs) -> Result<Vec<PspPayment>, PspError> {
        self.asked(|simulator, now| {
            let payments = simulator.payments_between(from.0 / 1000, to.0.div_ceil(1000), now);
            Ok(payments.map(|payment| payment.told.clone()).collect())
        })
    }

    fn read_webhook(&self, body: &[u8], signature: &str) -> Result<Vec<PspPayment>, WebhookRefused> {
        read_webhook(body, signature, &self.secret)
    }
}

fn refused(refusal: Refusal) -> PspError {
    PspError::Refused { status: 400, what: refusal.to_string() }
}
