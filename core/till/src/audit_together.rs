//! Several journals beside each other: entries of which there are two (a fork, with its proof), and entries that a later life says
//! were there and that none of them has (a gap).
//!
//! Reads only what an audit salvaged, and believes nothing but signatures.

use crate::audit::Audit;
use raseed_protocol::ids::{EntryId, Incarnation, Sequence, TillId};
use raseed_protocol::journal::{Body, ForkProof, SignedEntry, TillKeys};
use raseed_protocol::keys::PublicKey;
use serde::Serialize;
use std::collections::BTreeMap;

/// What several journals say together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Together {
    /// Places with two different entries that one till signed, ascending. The first of each line of forks is where the device was
    /// copied or restored.
    pub forks: Vec<ForkFound>,
    /// What is missing between one life and the next.
    pub gaps: Vec<GapFound>,
}

/// A fork. Both entries are the proof: anybody can check them against the certificates (`ForkProof`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ForkFound {
    /// The place.
    pub at: EntryId,
    /// The certificates of the keys that signed them, as hexadecimal digits: one, or one for each.
    pub certificates: Vec<String>,
    /// One entry.
    pub one: String,
    /// The other.
    pub other: String,
}

/// A gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GapFound {
    /// Whose journal.
    pub till: TillId,
    /// The life in which entries are missing.
    pub incarnation: Incarnation,
    /// The first that is missing.
    pub from: Sequence,
    /// The last, as the first entry of a later life says.
    pub to: Sequence,
    /// That entry.
    pub said_by: EntryId,
}

impl Together {
    /// True if nothing was found.
    pub fn is_clean(&self) -> bool {
        self.forks.is_empty() && self.gaps.is_empty()
    }
}

/// Looks at these audits together. Only certificates of this root key count.
pub fn audit_together(audits: &[Audit], root: &PublicKey) -> Together {
    let mut lives: BTreeMap<(TillId, Incarnation), Life> = BTreeMap::new();
    let mut together = Together::default();
    for run in audits.iter().flat_map(|audit| &audit.salvaged) {
        let Some((keys, entries)) = read(run, root) else { continue };
        let life = lives.entry((keys.till().clone(), keys.incarnation())).or_insert_with(|| Life::new(&keys));
        life.learn(&keys);
        for entry in entries {
            together.forks.extend(life.add(&entry));
        }
    }
    together.gaps = gaps(&lives);
    together.forks.sort_by(|one, other| one.at.cmp(&other.at));
    together
}

/// All that was found of one life of a till.
struct Life {
    keys: TillKeys,
    entries: BTreeMap<Sequence, Vec<u8>>,
}

impl Life {
    fn new(keys: &TillKeys) -> Life {
        Life { keys: keys.clone(), entries: BTreeMap::new() }
    }

    /// Each journal brings the certificates of the days that are in it.
    fn learn(&mut self, keys: &TillKeys) {
        keys.certificates().for_each(|certificate| drop(self.keys.add(certificate)));
    }

    fn add(&mut self, entry: &SignedEntry) -> Option<ForkFound> {
        let held = self.entries.entry(entry.entry().sequence).or_insert_with(|| entry.bytes().to_vec());
        let proof = ForkProof::check(&self.keys, held, entry.bytes()).ok()?;
        let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
        let mut signers = vec![proof.one.key_id(), proof.other.key_id()];
        signers.dedup();
        let certificates = signers.into_iter().filter_map(|key| self.keys.by_id(key));
        Some(ForkFound {
            at: proof.at,
            certificates: certificates.map(|certificate| hex(certificate.bytes())).collect(),
            one: hex(proof.one.bytes()),
            other: hex(proof.other.bytes()),
        })
    }

    /// How far it goes without a gap.
    fn through(&self) -> Sequence {
        let places = self.entries.keys().zip(1u64..);
        Sequence(places.take_while(|(place, count)| place.0 == *count).map(|(place, _)| place.0).last().unwrap_or(0))
    }
}

fn read(run: &[u8], root: &PublicKey) -> Option<(TillKeys, Vec<SignedEntry>)> {
    let (keys, entries) = TillKeys::read_run(run, root).ok()?;
    let entries = entries.into_iter().filter_map(|entry| keys.verify(entry).ok()).collect();
    Some((keys, entries))
}

/// What first entries say of the lives before theirs, where those are here and go less far. Of a life that is not here at all
/// nothing is said: its file may be in another drawer.
fn gaps(lives: &BTreeMap<(TillId, Incarnation), Life>) -> Vec<GapFound> {
    let mut gaps = Vec::new();
    for ((till, later), life) in lives {
        let first = life.entries.get(&Sequence::FIRST).and_then(|bytes| life.keys.verify(bytes).ok());
        let Some(Body::TillOpened(opened)) = first.map(|entry| entry.entry().body.clone()) else { continue };
        let Some((incarnation, to, _)) = opened.before else { continue };
        let Some(before) = lives.get(&(till.clone(), incarnation)) else { continue };
        let from = before.through().next();
        if from <= to {
            let said_by = EntryId { till: till.clone(), incarnation: *later, sequence: Sequence::FIRST };
            gaps.push(GapFound { till: till.clone(), incarnation, from, to, said_by });
        }
    }
    gaps
}
