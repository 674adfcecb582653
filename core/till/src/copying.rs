//! The till and its second copy: compared when it opens, fed after every entry, emptied when the head office has all of it.

use crate::day_keys::know;
use crate::error::TillError;
use crate::second_copy::{CompareError, Compared, Found, OlderThan, Sealing, compare, lacking};
use crate::store::Store;
use crate::till::{Rows, Till, read_rows};
use raseed_protocol::ids::Sequence;
use raseed_protocol::journal::{Chain, SignedEntry, TillKeys};
use std::collections::BTreeMap;

impl Till {
    /// Before anything is written: what the copy has beyond the file's end is taken back, or, where it does not follow on, the
    /// till writes nothing any more.
    pub(crate) fn compare_with_copy(&mut self) -> Result<(), TillError> {
        let Some(copying) = &self.copying else { return Ok(()) };
        let nothing = Found { segment: 0, first: Sequence(0), through: self.acknowledged().min(self.chain.last()) };
        let found = match compare(&self.store, &self.chain, &self.identity.root_key, &self.opening, copying.port()) {
            Err(CompareError::Till(error)) => return Err(error),
            // Money is taken without it; it is said in the standing.
            Err(CompareError::Copy) => {
                self.copy_fails();
                nothing
            }
            Ok(Compared::Nothing) => nothing,
            Ok(Compared::Within(found)) => found,
            Ok(Compared::Forked { at }) => {
                self.older = Some(OlderThan { ours: self.chain.last(), copy: at, at });
                return Ok(());
            }
            Ok(Compared::Ahead { found, entries, keys }) => {
                self.take_back(&entries, &keys)?;
                if self.chain.last() < found.through {
                    let at = self.chain.last().next();
                    self.older = Some(OlderThan { ours: self.chain.last(), copy: found.through, at });
                    return Ok(());
                }
                found
            }
        };
        if let Some(copying) = &mut self.copying {
            copying.goes_on(found);
        }
        if found.through < self.chain.last() {
            self.catch_up(found.through);
        }
        Ok(())
    }

    /// Adds some of what the copy lacks after this entry.
    fn catch_up(&mut self, through: Sequence) {
        match lacking(&self.store, &self.chain, through) {
            Ok(entries) => self.add_to_copy(&entries),
            Err(_) => self.copy_fails(),
        }
    }

    fn add_to_copy(&mut self, entries: &[Vec<u8>]) {
        let Ok(keys) = self.keys_of(entries) else {
            self.copy_fails();
            return;
        };
        let sealing = Sealing::of(self.ports.entropy.as_ref(), &self.identity, &keys);
        if let Some(copying) = &mut self.copying {
            copying.add(entries, &sealing);
        }
    }

    /// Writes entries out of the copy into the file again, the same bytes, as far as they follow on; in one transaction.
    fn take_back(&mut self, entries: &BTreeMap<Sequence, Vec<u8>>, keys: &TillKeys) -> Result<(), TillError> {
        let (mut chain, mut following) = (self.chain.with_keys(keys.clone()), Vec::new());
        for bytes in entries.values() {
            let Ok(entry) = chain.accept(bytes) else { break };
            following.push((chain.clone(), entry));
        }
        if following.is_empty() {
            return Ok(());
        }
        self.store.write(|transaction| {
            following.iter().try_for_each(|(chain, entry)| {
                Store::insert_entry(transaction, chain.incarnation(), entry)?;
                Store::project(transaction, chain, entry)
            })
        })?;
        let rows = read_rows(&self.store)?.ok_or(TillError::NotEnrolled)?;
        let Rows { chain, last_wall, shift, .. } = rows;
        (self.chain, self.last_wall, self.shift) = (chain, last_wall, shift);
        Ok(())
    }

    /// Adds the newest entry to the copy, with those before it that the copy lacks. Never fails: an entry that is durable counts.
    pub(crate) fn keep_copy(&mut self, newest: &SignedEntry) {
        let Some(copying) = &self.copying else { return };
        let through = copying.through();
        match through.next() == newest.entry().sequence {
            true => self.add_to_copy(&[newest.bytes().to_vec()]),
            false => self.catch_up(through),
        }
    }

    /// Lets the copy go of what the head office has acknowledged. Never fails, for the same reason.
    pub(crate) fn tidy_copy(&mut self) {
        let acknowledged = self.acknowledged().min(self.chain.last());
        if !self.copying.as_ref().is_some_and(|copying| copying.has_sent(acknowledged)) {
            return;
        }
        let through = self.copying.as_ref().map_or(Sequence(0), |copying| copying.through());
        let head = self.store.entry(self.chain.incarnation(), through);
        let Ok(Some(head)) = head else {
            self.copy_fails();
            return;
        };
        let Ok(keys) = self.keys_of(std::slice::from_ref(&head)) else {
            self.copy_fails();
            return;
        };
        let sealing = Sealing::of(self.ports.entropy.as_ref(), &self.identity, &keys);
        if let Some(copying) = &mut self.copying {
            copying.let_go(acknowledged, &head, &self.opening, &sealing);
        }
    }

    /// The keys of this life that are known, with those of these entries.
    fn keys_of(&self, entries: &[Vec<u8>]) -> Result<TillKeys, TillError> {
        let mut keys = self.chain.keys().clone();
        for entry in entries {
            know(self.store.read()?, &self.identity.root_key, &mut keys, entry)?;
        }
        Ok(keys)
    }

    fn copy_fails(&mut self) {
        if let Some(copying) = &mut self.copying {
            copying.fails();
        }
    }
}

/// True if entries follow on this chain up to this place.
pub(crate) fn closes_gap(
    chain: &Chain,
    keys: &TillKeys,
    entries: &BTreeMap<Sequence, Vec<u8>>,
    newest: Sequence,
) -> bool {
    let mut chain = chain.with_keys(keys.clone());
    entries.values().all(|bytes| chain.accept(bytes).is_ok()) && chain.last() == newest
}
