//! Writing an entry: the only way into the journal.
//!
//! Sign, store and project in one transaction; only when its commit has returned does anybody hear of it.

use crate::error::TillError;
use crate::ports::Now;
use crate::store::Store;
use crate::till::Till;
use raseed_protocol::ids::StaffId;
use raseed_protocol::journal::{Body, Entry, SignedEntry, Stamp};

/// A clock may lag this far behind the newest entry before anybody is asked: networks correct clocks by seconds.
const CLOCK_TOLERANCE_MS: u64 = 120_000;

impl Till {
    /// Appends an entry. When it returns, the entry is durable; when it fails, nothing was recorded, unless the error is
    /// `CommitUnknown`, after which the till must be opened again.
    pub(crate) fn append(&mut self, body: Body, staff: &StaffId) -> Result<SignedEntry, TillError> {
        let now = self.ports.clock.now();
        if !matches!(body, Body::ClockChanged(_)) {
            self.check_clock(&now)?;
        }
        let entry = Entry {
            sequence: self.chain.last().next(),
            previous: self.chain.head(),
            stamp: Stamp {
                wall: now.wall,
                boot: now.boot,
                elapsed: now.elapsed,
                seen: self.seen,
                staff: staff.clone(),
            },
            body,
        };
        let signed = SignedEntry::sign(entry, &self.key)?;
        let mut chain = self.chain.clone();
        // A failure here is a mistake in our own totals: better to stop than to print a receipt that does not continue.
        chain.follow(&signed)?;
        self.store.write(|transaction| {
            Store::insert_entry(transaction, chain.incarnation(), &signed)?;
            Store::project(transaction, &chain, &signed)
        })?;
        self.chain = chain;
        self.last_wall = signed.entry().stamp.wall;
        if let Body::ShiftOpened(shift) = &signed.entry().body {
            self.shift = shift.number;
        }
        Ok(signed)
    }

    /// The clocks now, refused if they are behind the journal.
    pub(crate) fn now(&self) -> Result<Now, TillError> {
        let now = self.ports.clock.now();
        self.check_clock(&now)?;
        Ok(now)
    }

    fn check_clock(&self, now: &Now) -> Result<(), TillError> {
        if now.wall.0.saturating_add(CLOCK_TOLERANCE_MS) < self.last_wall.0 {
            return Err(TillError::ClockWentBack { was: self.last_wall.to_people(), now: now.wall.to_people() });
        }
        Ok(())
    }
}
