//! One sync at a time, and a stop that reaches it whoever asks. Two at once would send everything twice; it never lets them.

use raseed_protocol::wire::{DayKeysReply, DayKeysRequest, EnrolReply, EnrolRequest, PaymentWords, UploadReply};
use raseed_till::sync::{Call, SyncError, Transport, Wait};
use std::cell::Cell;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// After so many tries in a row that reached nobody there is no network; a line that breaks deserves more patience.
const TRIES_TO_REACH: u32 = 3;

/// Whose turn it is.
#[derive(Default)]
pub(crate) struct Turns {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    taken: bool,
    stops: u64,
}

/// The right to sync, until it is dropped.
pub(crate) struct Turn<'a> {
    turns: &'a Turns,
    stops: u64,
    reached_nobody: Cell<u32>,
}

impl Turns {
    /// Waits until no other sync runs; `None` if somebody said stop meanwhile.
    pub(crate) fn begin(&self) -> Option<Turn<'_>> {
        let state = self.lock();
        let stops = state.stops;
        let waited = self.changed.wait_while(state, |state| state.taken && state.stops == stops);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        if state.stops != stops {
            return None;
        }
        state.taken = true;
        Some(Turn { turns: self, stops, reached_nobody: Cell::new(0) })
    }

    /// Whether a sync runs just now.
    pub(crate) fn taken(&self) -> bool {
        self.lock().taken
    }

    /// Stops the one that runs and those that wait; none that begins later.
    pub(crate) fn stop(&self) {
        self.lock().stops += 1;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// Whether somebody said stop.
    pub(crate) fn stopped(&self) -> bool {
        self.turns.lock().stops != self.stops
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.turns.lock().taken = false;
        self.turns.changed.notify_all();
    }
}

impl Wait for &Turn<'_> {
    fn wait(&mut self, milliseconds: u64) -> bool {
        if self.reached_nobody.get() >= TRIES_TO_REACH {
            return false;
        }
        let pause = Duration::from_millis(milliseconds);
        let going_on = |state: &mut State| state.stops == self.stops;
        let waited = self.turns.changed.wait_timeout_while(self.turns.lock(), pause, going_on);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.stops == self.stops
    }
}

/// A transport that begins no exchange once somebody said stop, and counts how often it reached nobody.
pub(crate) struct InTurn<'a, T> {
    pub(crate) line: T,
    pub(crate) turn: &'a Turn<'a>,
}

impl<T> InTurn<'_, T> {
    fn exchange<R>(&mut self, exchange: impl FnOnce(&mut T) -> Result<R, SyncError>) -> Result<R, SyncError> {
        if self.turn.stopped() {
            return Err(SyncError::Interrupted("stopped".to_owned()));
        }
        let done = exchange(&mut self.line);
        let nobody = match done {
            Err(SyncError::Unreachable(_)) => self.turn.reached_nobody.get() + 1,
            _ => 0,
        };
        self.turn.reached_nobody.set(nobody);
        done
    }
}

impl<T: Transport> Transport for InTurn<'_, T> {
    fn enrol(&mut self, office_url: &str, request: &EnrolRequest) -> Result<EnrolReply, SyncError> {
        self.exchange(|line| line.enrol(office_url, request))
    }

    fn upload(&mut self, call: &Call, run: &[u8]) -> Result<UploadReply, SyncError> {
        self.exchange(|line| line.upload(call, run))
    }

    fn day_keys(&mut self, call: &Call, request: &DayKeysRequest) -> Result<DayKeysReply, SyncError> {
        self.exchange(|line| line.day_keys(call, request))
    }

    fn payment_words(&mut self, call: &Call, since: u64) -> Result<PaymentWords, SyncError> {
        self.exchange(|line| line.payment_words(call, since))
    }

    fn book_page(&mut self, call: &Call, since: u64, most_bytes: usize) -> Result<Vec<u8>, SyncError> {
        self.exchange(|line| line.book_page(call, since, most_bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_sync_waits_for_the_first() {
        let turns = Turns::default();
        let first = turns.begin().unwrap();
        std::thread::scope(|scope| {
            let second = scope.spawn(|| turns.begin().is_some_and(|turn| !turn.stopped()));
            assert!(turns.taken());
            drop(first);
            assert!(second.join().unwrap());
        });
        assert!(!turns.taken());
    }

    #[test]
    fn a_stop_reaches_the_one_that_runs_and_none_that_begins_later() {
        let turns = Turns::default();
        let turn = turns.begin().unwrap();
        assert!((&turn).wait(0));
        turns.stop();
        assert!(turn.stopped());
        // Ends at once: an hour would be noticed.
        assert!(!(&turn).wait(3_600_000));
        drop(turn);
        assert!(!turns.begin().unwrap().stopped());
    }

    #[test]
    fn it_gives_up_when_nobody_was_reached_three_times_in_a_row() {
        let turns = Turns::default();
        let turn = turns.begin().unwrap();
        let mut line = InTurn { line: (), turn: &turn };
        let mut fail = |error: fn(String) -> SyncError| {
            let _: Result<(), _> = line.exchange(|()| Err(error(String::new())));
            (&turn).wait(0)
        };
        assert!(fail(SyncError::Unreachable));
        assert!(fail(SyncError::Unreachable));
        assert!(fail(SyncError::Interrupted), "somebody was reached");
        assert!(fail(SyncError::Unreachable));
        assert!(fail(SyncError::Unreachable));
        assert!(!fail(SyncError::Unreachable));
    }

    #[test]
    fn no_exchange_begins_after_a_stop() {
        let turns = Turns::default();
        let turn = turns.begin().unwrap();
        turns.stop();
        let done: Result<(), _> = InTurn { line: (), turn: &turn }.exchange(|()| panic!("it was begun"));
        assert!(matches!(done, Err(SyncError::Interrupted(_))));
    }
}
