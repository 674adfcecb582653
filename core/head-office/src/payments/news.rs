//! What came by itself: money that no till asked for or waits for, fetched from the payment service now and then.
//!
//! Webhooks bring news at once, when they come. This is for those that do not: a bill paid from its message is settled though no
//! till asks, and a span in which nothing was heard is asked for again as a whole.

use super::MoneyCame;
use super::codes::CLOCKS_DIFFER_MS;
use crate::error::OfficeError;
use crate::office::Office;
use crate::psp::{Psp, PspError};
use raseed_protocol::time::WallMs;
use std::sync::PoisonError;

/// A span is not cut into shorter ones than this: so much in two seconds is not money that came.
const SHORTEST_MS: u64 = 2_000;

impl Office {
    /// Fetches what came from `from` to `to`, both included, and takes it in: for the news that got lost. A span with more
    /// than the payment service tells at once is cut in pieces; what was taken in before an error stays.
    ///
    /// # Errors
    /// [`OfficeError::NoPsp`] without a payment service, [`OfficeError::Psp`] if it does not answer.
    pub fn catch_up(&self, from: WallMs, to: WallMs, now: WallMs) -> Result<MoneyCame, OfficeError> {
        let psp = self.psp.as_deref().ok_or(OfficeError::NoPsp)?;
        self.take_in(psp, (from, to), now)
    }

    /// Does what the head office does by itself every few minutes: fetches what came since the last time (since `from` as long
    /// as that has not been asked for), and takes the codes out of use whose requests are over.
    ///
    /// # Errors
    /// As for [`Office::catch_up`]; the next call asks for the same again.
    pub fn ask_for_news(&self, from: WallMs, now: WallMs) -> Result<MoneyCame, OfficeError> {
        let since = match *self.heard.lock().unwrap_or_else(PoisonError::into_inner) {
            // News of the same moment come in any order.
            Some((since, through)) if since <= from => WallMs(through.0.saturating_sub(CLOCKS_DIFFER_MS)).max(since),
            _ => from,
        };
        // Not under the lock: tills that ask meanwhile are not kept waiting for a long span.
        let came = self.catch_up(since, now, now)?;
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        *heard = Some(joined(*heard, (since, now)));
        drop(heard);
        let tills = self.store.read(&self.tenant)?.tills()?;
        tills.iter().try_for_each(|till| self.close_codes(&till.till))?;
        Ok(came)
    }

    fn take_in(&self, psp: &dyn Psp, (from, to): (WallMs, WallMs), now: WallMs) -> Result<MoneyCame, OfficeError> {
        let length = to.0.saturating_sub(from.0);
        match psp.payments_between(from, to) {
            Ok(came) => self.money_came(&came, now),
            Err(PspError::TooMany(_)) if length > SHORTEST_MS => {
                let middle = WallMs(from.0 + length / 2);
                let first = self.take_in(psp, (from, middle), now)?;
                Ok(first.and(self.take_in(psp, (middle, to), now)?))
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// The span for which everything is known, once `new` is too; of two that do not touch, the new one.
fn joined(known: Option<(WallMs, WallMs)>, new: (WallMs, WallMs)) -> (WallMs, WallMs) {
    match known {
        Some(known) if known.0 <= new.1 && new.0 <= known.1 => (known.0.min(new.0), known.1.max(new.1)),
        _ => new,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_joined_where_they_touch() {
        let span = |from, to| (WallMs(from), WallMs(to));
        assert_eq!(joined(None, span(5, 9)), span(5, 9));
        assert_eq!(joined(Some(span(1, 5)), span(5, 9)), span(1, 9));
        assert_eq!(joined(Some(span(6, 7)), span(5, 9)), span(5, 9));
        assert_eq!(joined(Some(span(1, 4)), span(5, 9)), span(5, 9), "between them nothing is known");
    }
}
