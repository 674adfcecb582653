//! The payer's side: money that comes, on time or late, once or twice, the right amount or another one.

use super::{MAX_RECORDS, Qr, Refusal, Simulator};
use crate::link;
use raseed_head_office::psp::{PspPayment, PspPaymentId, reference_of};
use raseed_protocol::money::Paise;
use raseed_protocol::time::{DAY_MS, WallMs};
use thiserror::Error;

/// What a payer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pay {
    /// What is paid.
    pub target: Target,
    /// How much; what is asked for if not given.
    pub amount: Option<Paise>,
    /// In how many milliseconds the money comes; a month at the most.
    pub after_ms: u64,
}

/// What a payer pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A code of this PSP, by its id.
    Qr(String),
    /// The newest code that was ordered under this reference of the merchant.
    Reference(String),
    /// A UPI link: a code of this PSP if it is one's own, else one that a till drew without asking the PSP. Whoever it is to,
    /// the money comes here: the simulator plays the bank behind every address.
    Link(String),
}

/// A payment that was made, or will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// As the merchant is told, in whole seconds.
    pub told: PspPayment,
    /// When it comes, to the millisecond.
    pub at: WallMs,
    /// The place of its code, if it was for one.
    pub(super) qr: Option<usize>,
}

/// What is asked of a payer.
struct Asked {
    /// Which code is meant.
    qr: Option<usize>,
    /// The reference that the merchant will be told.
    reference: Option<String>,
    /// How much, if it says.
    amount: Option<Paise>,
}

/// Why a payer's app does not pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs)] // each text says what its variant means
pub enum NotPaid {
    #[error("there is no such QR code; make one first, or give its id or its reference as it stood")]
    NoSuchQr,
    #[error("this is not a UPI link that can be paid; give the text of the QR code, upi://pay?pa=…")]
    NotALink,
    #[error("the link asks for no amount; give one")]
    NoAmount,
    #[error("an amount is above zero; give another one")]
    Amount,
    #[error("money comes within 30 days; give a shorter time")]
    TooLate,
    #[error("the simulator is full; start a new one")]
    Full,
}

impl Pay {
    /// The code of this id, now, for what it asks.
    pub fn qr(id: &str) -> Pay {
        Pay { target: Target::Qr(id.to_owned()), amount: None, after_ms: 0 }
    }

    /// This link, now, for what it asks.
    pub fn link(link: &str) -> Pay {
        Pay { target: Target::Link(link.to_owned()), amount: None, after_ms: 0 }
    }

    /// Another amount than what is asked.
    #[must_use]
    pub fn of(self, amount: Paise) -> Pay {
        Pay { amount: Some(amount), ..self }
    }

    /// The money comes in so many milliseconds.
    #[must_use]
    pub fn after(self, after_ms: u64) -> Pay {
        Pay { after_ms, ..self }
    }
}

impl Simulator {
    /// Pays. The money comes, whatever state the code is in, and the news of it is scheduled.
    ///
    /// # Errors
    /// If there is nothing to pay, or no amount.
    pub fn pay(&mut self, pay: &Pay, now: WallMs) -> Result<PspPayment, NotPaid> {
        let Asked { qr, reference, amount } = self.target(&pay.target)?;
        let amount = pay.amount.or(amount).ok_or(NotPaid::NoAmount)?;
        if !amount.is_positive() {
            return Err(NotPaid::Amount);
        }
        if pay.after_ms > 30 * DAY_MS {
            return Err(NotPaid::TooLate);
        }
        if self.payments.len() >= MAX_RECORDS {
            return Err(NotPaid::Full);
        }
        let at = WallMs(now.0.saturating_add(pay.after_ms));
        let place = self.payments.len();
        let told = PspPayment {
            id: self.payment_id(),
            reference,
            amount,
            rrn: Some(self.rrn()),
            paid: WallMs(at.0 / 1000 * 1000),
        };
        if let Some(qr) = qr {
            let qr = &mut self.qrs[qr];
            qr.payments.push(place);
            qr.paid = Some(qr.paid.map_or(at, |first| first.min(at)));
        }
        self.payments.push(Payment { told: told.clone(), at, qr });
        self.announce(place);
        Ok(told)
    }

    /// Payments that have come for a code by now, in the order in which they were made.
    ///
    /// # Errors
    /// If there is no such code.
    pub fn payments_of(&self, qr: &str, now: WallMs) -> Result<impl Iterator<Item = &Payment>, Refusal> {
        let payments = self.qr(qr)?.payments.iter().map(|place| &self.payments[*place]);
        Ok(payments.filter(move |payment| payment.at <= now))
    }

    /// Payments that came by now with a time (in whole seconds) from `from_s` to `to_s`, both included.
    pub fn payments_between(&self, from_s: u64, to_s: u64, now: WallMs) -> impl Iterator<Item = &Payment> {
        let within = move |payment: &&Payment| (from_s..=to_s).contains(&(payment.told.paid.0 / 1000));
        self.payments.iter().filter(move |payment| payment.at <= now).filter(within)
    }

    /// The code that a payment was for.
    pub fn qr_of(&self, payment: &Payment) -> Option<&Qr> {
        payment.qr.map(|place| &self.qrs[place])
    }

    fn target(&self, target: &Target) -> Result<Asked, NotPaid> {
        let code = |place: usize| {
            let order = &self.qrs[place].order;
            Asked { qr: Some(place), reference: order.reference.clone(), amount: Some(order.amount) }
        };
        match target {
            Target::Qr(id) => self.by_id.get(id).copied().map(code).ok_or(NotPaid::NoSuchQr),
            Target::Reference(reference) => self.newest_of(reference).map(code).ok_or(NotPaid::NoSuchQr),
            Target::Link(text) => {
                let link = link::read(text).ok_or(NotPaid::NotALink)?;
                let tr = link.reference.as_deref();
                let drawn = || Asked { qr: None, reference: tr.and_then(reference_of), amount: link.amount };
                Ok(tr.and_then(|tr| self.code_of(tr)).map_or_else(drawn, code))
            }
        }
    }

    fn payment_id(&mut self) -> PspPaymentId {
        let serial = self.next_serial();
        format!("pay_{}", self.random.id(serial)).parse().expect("letters, digits and _")
    }

    /// Twelve digits, as UPI gives them: no two payments of one simulator have the same.
    fn rrn(&mut self) -> String {
        let serial = self.next_serial();
        format!("{:012}", 400_000_000_000 + (self.random.next() % 100_000) * 1_000_000 + serial % 1_000_000)
    }
}
