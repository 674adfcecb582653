//! QR codes: made, shown, closed. Each is for one payment of one amount, as Razorpay's `single_use` with `fixed_amount`.

use super::{MAX_RECORDS, Simulator};
use raseed_protocol::money::Paise;
use raseed_protocol::time::{DAY_MS, WallMs};
use thiserror::Error;

/// A code lives at least so long: fifteen minutes.
pub const MIN_LIFE_MS: u64 = 15 * 60 * 1000;
const MAX_LIFE_MS: u64 = 45 * DAY_MS;

/// A code that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewQr {
    /// What is to be paid, exactly.
    pub amount: Paise,
    /// What it is for.
    pub description: String,
    /// The merchant's own reference, from the notes.
    pub reference: Option<String>,
    /// When it closes by itself, in whole seconds since 1970.
    pub close_by_s: u64,
}

/// A code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// `qr_…`
    pub id: String,
    /// What was wanted.
    pub order: NewQr,
    /// When it was made.
    pub created: WallMs,
    /// When somebody closed it.
    pub closed: Option<WallMs>,
    /// When it was paid first.
    pub paid: Option<WallMs>,
    /// Places of its payments.
    pub(super) payments: Vec<usize>,
}

/// Why the API says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs)] // each text says what its variant means
pub enum Refusal {
    #[error("The amount must be at least INR 1.00")]
    Amount,
    #[error("close_by should be at least 15 minutes after current time")]
    TooSoon,
    #[error("close_by should be at most 45 days after current time")]
    TooLate,
    #[error("The id provided does not exist")]
    NoSuchQr,
    #[error("The QR code is closed already")]
    Closed,
    #[error("The simulator is full; start a new one")]
    Full,
}

impl Qr {
    /// When and why it went out of use, if it did by now.
    pub fn closed_at(&self, now: WallMs) -> Option<(WallMs, &'static str)> {
        let close_by = WallMs(self.order.close_by_s.saturating_mul(1000));
        let ends = [(self.paid, "paid"), (self.closed, "on_demand"), (Some(close_by), "expired")];
        let ended = ends.into_iter().filter_map(|(at, why)| Some((at.filter(|at| *at <= now)?, why)));
        ended.min_by_key(|(at, _)| *at)
    }

    /// The reference in the link: the PSP's own, not the merchant's.
    pub(super) fn tr(&self) -> String {
        format!("SIM{}qrv2", self.id.trim_start_matches("qr_"))
    }

    /// The text to draw.
    pub fn link(&self) -> String {
        let (tr, amount) = (self.tr(), self.order.amount.to_decimal());
        format!(
            "upi://pay?ver=01&mode=22&pa=raseed.simulated@simbank&pn=Simulated&tr={tr}&tn=Payment&am={amount}&cu=INR&mc=9399"
        )
    }
}

impl Simulator {
    /// Makes a code. The same order again makes another one, as the real API does.
    ///
    /// # Errors
    /// For less than a rupee, and for a life that is too short or too long.
    pub fn make_qr(&mut self, order: NewQr, now: WallMs) -> Result<&Qr, Refusal> {
        if order.amount.get() < 100 {
            return Err(Refusal::Amount);
        }
        let close_by = order.close_by_s.saturating_mul(1000);
        if close_by < now.0.saturating_add(MIN_LIFE_MS) {
            return Err(Refusal::TooSoon);
        }
        if close_by > now.0.saturating_add(MAX_LIFE_MS) {
            return Err(Refusal::TooLate);
        }
        if self.qrs.len() >= MAX_RECORDS {
            return Err(Refusal::Full);
        }
        let serial = self.next_serial();
        let id = format!("qr_{}", self.random.id(serial));
        let place = self.qrs.len();
        self.by_id.insert(id.clone(), place);
        self.qrs.push(Qr { id, order, created: now, closed: None, paid: None, payments: Vec::new() });
        Ok(&self.qrs[place])
    }

    /// Takes a code out of use.
    ///
    /// # Errors
    /// If there is none, or if it is closed already.
    pub fn close_qr(&mut self, id: &str, now: WallMs) -> Result<&Qr, Refusal> {
        let place = *self.by_id.get(id).ok_or(Refusal::NoSuchQr)?;
        let qr = &mut self.qrs[place];
        if qr.closed_at(now).is_some() {
            return Err(Refusal::Closed);
        }
        qr.closed = Some(now);
        Ok(qr)
    }

    /// A code.
    ///
    /// # Errors
    /// If there is none.
    pub fn qr(&self, id: &str) -> Result<&Qr, Refusal> {
        Ok(&self.qrs[*self.by_id.get(id).ok_or(Refusal::NoSuchQr)?])
    }

    /// The newest code that was ordered under this reference.
    pub(super) fn newest_of(&self, reference: &str) -> Option<usize> {
        self.qrs.iter().rposition(|qr| qr.order.reference.as_deref() == Some(reference))
    }

    /// The code whose own link has this `tr`.
    pub(super) fn code_of(&self, tr: &str) -> Option<usize> {
        let id = tr.strip_prefix("SIM")?.strip_suffix("qrv2")?;
        self.by_id.get(&format!("qr_{id}")).copied()
    }
}
