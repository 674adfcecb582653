//! Turning the steps until all is done, with waits in between when the line breaks.

use super::backoff::Backoff;
use super::plan::{self, BatchSize, Book, Held, Step};
use super::transport::{Call, SyncError, Transport};
use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::ids::Sequence;
use raseed_protocol::journal::RunWriter;
use raseed_protocol::wire::ProblemCode;
use serde::Serialize;

/// The most that may come down in one sync, in pages; a head office that never ends is broken.
const MAX_PAGES: u32 = 100_000;

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
}

impl Till {
    /// Sends what is unsent and fetches what is new. Everything that got through stays through, whatever comes after.
    pub fn sync(
        &mut self,
        transport: &mut dyn Transport,
        wait: &mut dyn Wait,
        patience: u32,
    ) -> Result<SyncReport, TillError> {
        let mut report = SyncReport::default();
        let mut backoff = Backoff::new(patience.max(1));
        let mut size = BatchSize::new();
        let mut book = Book { cursor: self.store.book_state()?.cursor, more: true };
        let mut held = Held::new(self.seen.map_or(Sequence(0), |seen| seen.sequence));
        let mut not_taken = None;
        loop {
            // One entry that is not taken keeps back those after it, but not the book.
            let newest = if not_taken.is_some() { held.through() } else { self.chain.last() };
            let step = plan::next_step(newest, held.through(), book, size);
            let done = match step {
                Step::Done => return not_taken.map_or(Ok(report), |error| Err(TillError::Sync(error))),
                Step::Upload { bytes, .. } => {
                    let done = self.upload(transport, &mut held, bytes, &mut report);
                    // What goes up changes the book that comes down; a restored head office counts its changes anew.
                    book = Book { cursor: if held.went_back() { 0 } else { book.cursor }, more: true };
                    done
                }
                Step::Fetch { .. } if report.pages >= MAX_PAGES => {
                    Err(SyncError::Nonsense("the book never ends".to_owned()).into())
                }
                Step::Fetch { since, bytes } => {
                    self.fetch(transport, since, bytes, &mut held, &mut report).map(|next| book = next)
                }
            };
            match done {
                Ok(()) => {
                    backoff.worked();
                    size.worked();
                }
                Err(TillError::Sync(error)) if error.is_passing() => {
                    size.failed();
                    report.retries += 1;
                    let pause = backoff.failed(self.random());
                    if !pause.is_some_and(|pause| wait.wait(pause)) {
                        return Err(error.into());
                    }
                }
                Err(TillError::Sync(error @ SyncError::NotTaken { .. })) => not_taken = Some(error),
                // Its book is not as far as ours was: it was restored. All of it comes again.
                Err(TillError::Sync(SyncError::Refused(problem)))
                    if problem.code == ProblemCode::BadRequest && matches!(step, Step::Fetch { since: 1.., .. }) =>
                {
                    report.retries += 1;
                    book.cursor = 0;
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn upload(
        &mut self,
        transport: &mut dyn Transport,
        held: &mut Held,
        bytes: usize,
        report: &mut SyncReport,
    ) -> Result<(), TillError> {
        let after = held.through();
        let run = self.run_after(after, bytes)?;
        report.bytes_sent += u64::try_from(run.len()).unwrap_or(u64::MAX);
        let reply = transport.upload(&self.call(), &run)?;
        let through = self.apply_reply(&reply)?;
        report.sent += through.0.saturating_sub(after.0);
        report.notices += reply.exceptions.len();
        held.is_now(through)?;
        if let Some(refusal) = &reply.refused {
            plan::after_refusal(refusal)?;
        }
        if through == after {
            return Err(SyncError::Nonsense("the head office took nothing and did not say why".to_owned()).into());
        }
        Ok(())
    }

    fn fetch(
        &mut self,
        transport: &mut dyn Transport,
        since: u64,
        bytes: usize,
        held: &mut Held,
        report: &mut SyncReport,
    ) -> Result<Book, TillError> {
        let page = transport.book_page(&self.call(), since, bytes)?;
        let applied = match self.apply_page(&page, since) {
            Err(TillError::Sync(SyncError::Behind { held, .. })) => {
                // A page only says so; the acknowledgement of an empty run says it signed, and is kept.
                let run = RunWriter::new(&[self.identity.certificate.bytes()]).finish();
                self.apply_reply(&transport.upload(&self.call(), &run)?)?;
                return Err(SyncError::Behind { held, ours: self.chain.last() }.into());
            }
            other => other?,
        };
        report.pages += 1;
        report.accounts += applied.accounts;
        match applied.counted {
            Some((incarnation, through)) if incarnation == self.identity.incarnation && through < held.through() => {
                held.is_now(through)?;
            }
            _ => {}
        }
        Ok(Book { cursor: applied.cursor, more: applied.more })
    }

    /// A run of at least one entry and about `bytes` bytes.
    fn run_after(&self, after: Sequence, bytes: usize) -> Result<Vec<u8>, TillError> {
        let mut run = RunWriter::new(&[self.identity.certificate.bytes()]);
        self.store.entries_after(self.identity.incarnation, after, |_, entry| {
            run.push(entry);
            Ok(run.len() < bytes)
        })?;
        Ok(run.finish())
    }

    fn call(&self) -> Call<'_> {
        Call {
            office_url: &self.identity.office_url,
            till: &self.identity.till,
            key: &self.key,
            created_s: self.ports.clock.now().wall.0 / 1000,
        }
    }

    fn random(&self) -> u32 {
        let mut bytes = [0; 4];
        self.ports.entropy.fill(&mut bytes);
        u32::from_le_bytes(bytes)
    }
}
