//! Writing an entry: the only way into the journal.
//!
//! Sign, store and project in one transaction; only when its commit has returned does anybody hear of it.

use crate::error::TillError;
use crate::ports::Now;
use crate::store::Store;
use crate::sync::SyncError;
use crate::till::Till;
use raseed_protocol::ids::StaffId;
use raseed_protocol::journal::{Body, Entry, SignedEntry, Stamp};
use raseed_protocol::time::{Day, WallMs};

/// A clock may lag this far behind the newest entry before anybody is asked: networks correct clocks by seconds.
const CLOCK_TOLERANCE_MS: u64 = 120_000;

impl Till {
    /// Appends an entry. When it returns, the entry is durable; when it fails, nothing was recorded, unless the error is
    /// `CommitUnknown`, after which the till must be opened again.
    pub(crate) fn append(&mut self, body: Body, staff: &StaffId) -> Result<SignedEntry, TillError> {
        self.check_not_behind()?;
        let now = self.ports.clock.now();
        if matches!(body, Body::ClockChanged(_)) {
            check_year(&now)?;
        } else {
            self.check_clock(&now)?;
        }
        let key = self.key_of(now.wall)?;
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
        let signed = SignedEntry::sign(entry, key.as_ref())?;
        let mut chain = self.chain.clone();
        // As everybody else will read it, from the bytes: an entry that cannot be read back, or does not continue the
        // totals, is a mistake of ours, and once stored it would cut off every entry after it.
        let signed = chain.accept(signed.bytes())?;
        self.store.write(|transaction| {
            Store::insert_entry(transaction, chain.incarnation(), &signed)?;
            Store::project(transaction, &chain, &signed)
        })?;
        self.chain = chain;
        self.destroy_older_keys(self.last_wall, now.wall);
        self.last_wall = signed.entry().stamp.wall;
        if let Body::ShiftOpened(shift) = &signed.entry().body {
            self.shift = shift.number;
        }
        self.keep_copy(&signed);
        Ok(signed)
    }

    /// The clocks now, refused if they are behind the journal.
    pub(crate) fn now(&self) -> Result<Now, TillError> {
        let now = self.ports.clock.now();
        self.check_clock(&now)?;
        Ok(now)
    }

    /// Refuses to write where the head office holds an entry already: the numbers that would follow stand on paper.
    fn check_not_behind(&self) -> Result<(), TillError> {
        if let Some(older) = self.older {
            return Err(older.into());
        }
        match self.seen {
            Some(seen) if seen.sequence > self.chain.last() => {
                Err(SyncError::Behind { held: seen.sequence, ours: self.chain.last() }.into())
            }
            _ => Ok(()),
        }
    }

    /// The day for showing what is owed, which is never refused: today, or the day of the newest record if the clock is
    /// behind it. Taking money then asks a person about the clock first.
    pub(crate) fn day_to_show(&self) -> Day {
        self.ports.clock.now().wall.max(self.last_wall).day()
    }

    fn check_clock(&self, now: &Now) -> Result<(), TillError> {
        check_year(now)?;
        if now.wall.0.saturating_add(CLOCK_TOLERANCE_MS) < self.last_wall.0 {
            return Err(TillError::ClockWentBack { was: self.last_wall, now: now.wall });
        }
        Ok(())
    }
}

/// No reader takes an entry of a year that cannot be right.
fn check_year(now: &Now) -> Result<(), TillError> {
    WallMs::bounded(now.wall.0).map(|_| ()).ok_or(TillError::ClockImpossible)
}
