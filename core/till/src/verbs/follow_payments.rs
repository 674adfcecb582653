//! Looking after payments whose end is not known: what the head office's words, and time, make of them.
//!
//! Called after every sync, when the till starts, and while a code is on the screen. It decides nothing that a word or the
//! clock does not say, and doing it twice does nothing more.

use crate::error::TillError;
use crate::payment::Payment;
use crate::store::PaymentRowState;
use crate::till::Till;
use raseed_protocol::ids::EntryId;
use raseed_protocol::journal::{ComplaintCause, Outcome};
use raseed_protocol::payment_word::PaymentState;
use raseed_protocol::time::WallMs;

/// What became of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentNews {
    /// Which one.
    pub payment: EntryId,
    /// How it stands now.
    pub state: PaymentRowState,
}

/// How long after a code has ended the head office's word is waited for, in milliseconds: a payment that was begun in the
/// last second still takes its time.
const GRACE_MS: u64 = 120_000;

/// The most that are looked after at once.
const MOST: usize = 500;

impl Till {
    /// Does what is to be done about payments whose end is not known, and says what was done.
    pub fn follow_payments(&mut self) -> Result<Vec<PaymentNews>, TillError> {
        let now = self.now()?.wall;
        let mut news = Vec::new();
        for payment in self.pending_payments(MOST)? {
            let state = self.follow(&payment, now)?;
            if state != payment.state {
                news.push(PaymentNews { payment: payment.id, state });
            }
        }
        Ok(news)
    }

    fn follow(&mut self, payment: &Payment, now: WallMs) -> Result<PaymentRowState, TillError> {
        let staff = payment.staff.clone();
        match next_step(payment, now) {
            Step::Wait => Ok(payment.state),
            Step::Receipt { reference } => {
                self.give_receipt(payment, reference, false, &staff)?;
                Ok(PaymentRowState::Paid)
            }
            Step::End(outcome, reason) => {
                self.write_end(payment, outcome, reason.to_owned(), None, &staff).map(|payment| payment.state)
            }
            Step::Complain => {
                self.open_complaint(payment, ComplaintCause::Unknown, None, &staff)?;
                Ok(payment.state)
            }
        }
    }
}

/// What there is to do about a payment whose end is not known.
enum Step {
    Wait,
    Receipt { reference: Option<String> },
    End(Outcome, &'static str),
    Complain,
}

fn next_step(payment: &Payment, now: WallMs) -> Step {
    let word = payment.word.as_ref();
    match word.map(|word| word.state) {
        Some(PaymentState::Paid) if word.is_some_and(|word| word.came == payment.amount) => {
            Step::Receipt { reference: word.and_then(|word| word.reference.clone()) }
        }
        Some(PaymentState::Failed) => Step::End(Outcome::Failed, "the payment service says it failed"),
        Some(PaymentState::Over) => Step::End(Outcome::Expired, "nothing came in time"),
        Some(PaymentState::Credited) => Step::End(Outcome::Expired, "the head office credited what came"),
        Some(PaymentState::RefundDue) => Step::End(Outcome::Expired, "what came is to be given back"),
        Some(PaymentState::Paid | PaymentState::Realised | PaymentState::Waiting) | None => {
            let late = payment.expires.is_some_and(|expires| now.0 > expires.0.saturating_add(GRACE_MS));
            match payment.state {
                PaymentRowState::Open if late => Step::End(Outcome::Unknown, "no word in time"),
                PaymentRowState::Ended(Outcome::Unknown) if payment.complaint.is_none() => Step::Complain,
                _ => Step::Wait,
            }
        }
    }
}
