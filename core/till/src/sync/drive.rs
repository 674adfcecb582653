//! Turning the steps until all is done, with waits in between when the line breaks.
//!
//! The till is lent for one short step at a time and never held while the network is waited for: a collector goes on
//! taking money while a slow line sends.

use super::backoff::Backoff;
use super::plan::{self, BatchSize, Book, Held, Step, Words};
use super::transport::{Caller, SyncError, Transport};
use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::journal::RunWriter;
use raseed_protocol::wire::ProblemCode;
use serde::Serialize;
use std::sync::Arc;

/// The most that may come down in one sync, in pages; a head office that never ends is broken.
const MAX_PAGES: u32 = 100_000;

/// The most requests for keys in one sync; there are days enough after fewer.
const MAX_KEY_REQUESTS: u32 = 8;

/// Waiting is the composition root's: a thread sleeps, a test does not.
pub trait Wait {
    /// Waits this long, or returns false to give up now (the person pressed stop, the system wants its time back).
    fn wait(&mut self, milliseconds: u64) -> bool;
}

/// What a sync did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SyncReport {
    /// Entries that the head office acknowledged in it.
    pub sent: u64,
    /// Bytes of journal that were sent (before compression), repeats included.
    pub bytes_sent: u64,
    /// Pages of the book that came.
    pub pages: u32,
    /// Accounts that changed.
    pub accounts: usize,
    /// How often something had to be tried again.
    pub retries: u32,
    /// How many notices about entries came back.
    pub notices: usize,
    /// How many payments changed: a receipt was given, or the payment ended.
    pub payments: usize,
}

/// Lends the till for one short step. Between two steps others may use it.
pub trait Lend {
    /// Runs the step on the till.
    fn lend<T>(&mut self, step: impl FnOnce(&mut Till) -> Result<T, TillError>) -> Result<T, TillError>;
}

impl Lend for &mut Till {
    fn lend<T>(&mut self, step: impl FnOnce(&mut Till) -> Result<T, TillError>) -> Result<T, TillError> {
        step(self)
    }
}

impl Till {
    /// Sends what is unsent and fetches what is new, for a caller that has the till to itself; see [`sync`].
    pub fn sync(
        &mut self,
        transport: &mut dyn Transport,
        wait: &mut dyn Wait,
        patience: u32,
    ) -> Result<SyncReport, TillError> {
        sync(self, transport, wait, patience)
    }
}

/// Sends what is unsent and fetches what is new. Everything that got through stays through, whatever comes after; how it
/// ended is kept, so that a screen can say it later.
pub fn sync(
    mut till: impl Lend,
    transport: &mut dyn Transport,
    wait: &mut dyn Wait,
    patience: u32,
) -> Result<SyncReport, TillError> {
    // Whether or not it can be noted down: what is here goes up.
    let _ = till.lend(Till::examine_storage_if_due);
    let outcome = Drive::new(&mut till, transport, Scope::All).and_then(|drive| drive.turn(wait, patience));
    // What happened stands, whether or not it could be noted down.
    let _ = till.lend(|till| till.note_attempt(outcome.as_ref().err()));
    outcome
}

/// Asks what has become of payments, and nothing else: sends what is unsent, so that the head office knows what was asked
/// for, and takes in its words. For a screen that waits; it asks again after a while.
pub fn ask_payments(mut till: impl Lend, transport: &mut dyn Transport) -> Result<SyncReport, TillError> {
    Drive::new(&mut till, transport, Scope::Payments)?.turn(&mut GiveUp, 1)
}

/// Tries nothing again.
struct GiveUp;

impl Wait for GiveUp {
    fn wait(&mut self, _milliseconds: u64) -> bool {
        false
    }
}

/// How much is synced.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    All,
    Payments,
}

/// One sync under way.
struct Drive<'a, L> {
    till: &'a mut L,
    transport: &'a mut dyn Transport,
    scope: Scope,
    words: Words,
    book: Book,
    held: Held,
    /// The head office has said in this sync how much of the journal it holds.
    heard: bool,
    report: SyncReport,
}

impl<'a, L: Lend> Drive<'a, L> {
    fn new(till: &'a mut L, transport: &'a mut dyn Transport, scope: Scope) -> Result<Drive<'a, L>, TillError> {
        let (cursor, through, words) = till.lend(|till| {
            let words = Words { since: till.store.newest_word()?, more: till.has_asked_for_payments()? };
            Ok((till.store.book_state()?.cursor, till.acknowledged(), words))
        })?;
        let (book, held) = (Book { cursor, more: scope == Scope::All }, Held::new(through));
        Ok(Drive { till, transport, scope, words, book, held, heard: false, report: SyncReport::default() })
    }

    fn turn(mut self, wait: &mut dyn Wait, patience: u32) -> Result<SyncReport, TillError> {
        let mut backoff = Backoff::new(patience.max(1));
        let mut size = BatchSize::new();
        let mut not_taken = None;
        loop {
            // One entry that is not taken keeps back those after it, but not the book.
            let newest = match not_taken {
                Some(_) => self.held.through(),
                None => self.till.lend(|till| Ok(till.chain.last()))?,
            };
            let step = plan::next_step(newest, self.held.through(), self.words, self.book, size);
            match self.take(step) {
                Ok(false) => return not_taken.map_or(Ok(self.report), |error| Err(TillError::Sync(error))),
                Ok(true) => {
                    backoff.worked();
                    size.worked();
                }
                Err(TillError::Sync(error)) if error.is_passing() => {
                    size.failed();
                    self.report.retries += 1;
                    let pause = backoff.failed(self.till.lend(|till| Ok(till.random()))?);
                    if !pause.is_some_and(|pause| wait.wait(pause)) {
                        return Err(error.into());
                    }
                }
                Err(TillError::Sync(error @ SyncError::NotTaken { .. })) => not_taken = Some(error),
                // Its book is not as far as ours was: it was restored. All of it comes again.
                Err(TillError::Sync(SyncError::Refused(problem)))
                    if problem.code == ProblemCode::BadRequest && matches!(step, Step::Fetch { since: 1.., .. }) =>
                {
                    self.report.retries += 1;
                    self.book.cursor = 0;
                }
                // The same of its words about payments.
                Err(TillError::Sync(SyncError::Refused(problem)))
                    if problem.code == ProblemCode::BadRequest && matches!(step, Step::Ask { since: 1.. }) =>
                {
                    self.report.retries += 1;
                    self.till.lend(Till::forget_words)?;
                    self.words.since = 0;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Takes one step; false if there was none to take.
    fn take(&mut self, step: Step) -> Result<bool, TillError> {
        match step {
            Step::Done => {
                self.certify_days()?;
                self.tell_storage()?;
                return Ok(false);
            }
            Step::Upload { bytes, .. } => {
                let done = self.upload(bytes);
                // What goes up changes the book that comes down; a restored head office counts its changes anew.
                let cursor = if self.held.went_back() { 0 } else { self.book.cursor };
                self.book = Book { cursor, more: self.scope == Scope::All };
                done?;
            }
            Step::Ask { since } => self.ask(since)?,
            Step::Fetch { .. } if self.report.pages >= MAX_PAGES => {
                return Err(SyncError::Nonsense("the book never ends".to_owned()).into());
            }
            Step::Fetch { since, bytes } => self.fetch(since, bytes)?,
        }
        Ok(true)
    }

    fn upload(&mut self, bytes: usize) -> Result<(), TillError> {
        let after = self.held.through();
        let (caller, run) = self.till.lend(|till| Ok((till.caller(), till.run_of(after, |size| size < bytes)?)))?;
        self.report.bytes_sent += u64::try_from(run.len()).unwrap_or(u64::MAX);
        let reply = self.transport.upload(&caller.call(), &run)?;
        let through = self.till.lend(|till| till.apply_reply(&reply))?;
        self.hears()?;
        self.report.sent += through.0.saturating_sub(after.0);
        self.report.notices += reply.exceptions.len();
        self.held.is_now(through)?;
        if let Some(refusal) = &reply.refused {
            plan::after_refusal(refusal)?;
        }
        if through == after {
            return Err(SyncError::Nonsense("the head office took nothing and did not say why".to_owned()).into());
        }
        Ok(())
    }

    /// Takes in words, and does what follows from them: receipts that this leads to go up next.
    fn ask(&mut self, since: u64) -> Result<(), TillError> {
        let caller = self.till.lend(|till| Ok(till.caller()))?;
        let reply = self.transport.payment_words(&caller.call(), since)?;
        // What follows from news is a new entry. A file that is older than it should be has news again of what was entered
        // once, under numbers that are given: before they are taken in, it hears where its journal ends.
        if !reply.words.is_empty() && !self.heard {
            self.hear()?;
        }
        let since = self.till.lend(|till| till.apply_words(&reply, since))?;
        self.words = Words { since, more: reply.more };
        if !self.words.more {
            // A clock that must be confirmed first keeps back new entries, not what was learned.
            let news = self.till.lend(|till| match till.follow_payments() {
                Err(error) if error.is_about_the_clock() => Ok(Vec::new()),
                news => news,
            })?;
            self.report.payments += news.len();
        }
        Ok(())
    }

    fn fetch(&mut self, since: u64, bytes: usize) -> Result<(), TillError> {
        let (caller, incarnation) = self.till.lend(|till| Ok((till.caller(), till.identity.incarnation)))?;
        let page = self.transport.book_page(&caller.call(), since, bytes)?;
        let applied = match self.till.lend(|till| till.apply_page(&page, since)) {
            Err(TillError::Sync(behind @ SyncError::Behind { .. })) => return self.keep_proof_of(behind),
            other => other?,
        };
        self.report.pages += 1;
        self.report.accounts += applied.accounts;
        match applied.counted {
            Some((ours, through)) if ours == incarnation && through < self.held.through() => {
                self.held.is_now(through)?
            }
            _ => {}
        }
        self.book = Book { cursor: applied.cursor, more: applied.more };
        Ok(())
    }

    /// A page only says that the head office holds more than is here; its acknowledgement says it signed, and is kept.
    fn keep_proof_of(&mut self, behind: SyncError) -> Result<(), TillError> {
        self.hear()?;
        Err(behind.into())
    }

    /// The head office has answered an upload: it has heard, too, what was said beside it.
    fn hears(&mut self) -> Result<(), TillError> {
        self.heard = true;
        self.till.lend(Till::storage_is_told)
    }

    /// What became of the storage is said once more beside an empty run if nothing else went up.
    fn tell_storage(&mut self) -> Result<(), TillError> {
        let told = self.till.lend(|till| Ok(till.storage().told))?;
        if told || self.scope == Scope::Payments { Ok(()) } else { self.hear() }
    }

    /// Sees to it that there are keys for the days to come.
    fn certify_days(&mut self) -> Result<(), TillError> {
        if self.scope == Scope::Payments {
            return Ok(());
        }
        if !self.heard && self.till.lend(|till| Ok(till.has_lost_today()))? {
            self.hear()?;
        }
        for _ in 0..MAX_KEY_REQUESTS {
            let wanted = self.till.lend(|till| Ok((till.caller(), till.wanted_day_keys()?)))?;
            let (caller, Some(request)) = wanted else { break };
            let reply = self.transport.day_keys(&caller.call(), &request)?;
            self.till.lend(|till| till.take_day_keys(&request, &reply))?;
        }
        Ok(())
    }

    /// Has an empty run acknowledged. An end of the journal beyond ours is an error, and is kept.
    fn hear(&mut self) -> Result<(), TillError> {
        let (caller, run) = self.till.lend(|till| Ok((till.caller(), till.empty_run())))?;
        let reply = self.transport.upload(&caller.call(), &run)?;
        let through = self.till.lend(|till| till.apply_reply(&reply))?;
        self.hears()?;
        Ok(self.held.is_now(through)?)
    }
}

impl Till {
    fn empty_run(&self) -> Vec<u8> {
        RunWriter::of(&self.identity.certificate).finish()
    }

    fn caller(&self) -> Caller {
        Caller {
            office_url: self.identity.office_url.clone(),
            till: self.identity.till.clone(),
            key: Arc::clone(&self.key),
            created_s: self.ports.clock.now().wall.0 / 1000,
            storage: self.storage.class,
        }
    }

    fn random(&self) -> u32 {
        let mut bytes = [0; 4];
        self.ports.entropy.fill(&mut bytes);
        u32::from_le_bytes(bytes)
    }
}
