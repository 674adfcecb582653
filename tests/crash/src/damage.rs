//! What a power cut does to calls that were not synced: each model says what became of each of them.
//!
//! Pure. What was synced is whole in every model but one: [`Damage::SyncLost`] is the device that says "flushed" and has not.

use crate::dice::Dice;
use crate::ops::{FileId, Op, folder_of};
use std::collections::BTreeMap;

/// A way in which storage comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// All that was not synced is gone.
    DropUnsynced,
    /// All of it is there: the program was killed, the machine was not.
    KeepAll,
    /// Any of it is there.
    RandomSubset,
    /// Of some files all, of others nothing: the log before the file, the file before the log, names before contents.
    WholeFiles,
    /// One write is torn at sectors of 512 bytes; earlier ones are mostly there, later ones mostly not.
    Torn512,
    /// The same at pages of 4 KiB.
    Torn4096,
    /// Some pages read as zeros.
    ZeroFilled,
    /// Files have their new length, and what is new in them is what lay on the storage before.
    Stale,
    /// Files have their new length, and what is new in them is zeros.
    LengthKept,
    /// From some moment on the device did not flush what it was told to.
    SyncLost,
}

impl Damage {
    /// All of them.
    pub const ALL: [Damage; 10] = [
        Damage::DropUnsynced,
        Damage::KeepAll,
        Damage::RandomSubset,
        Damage::WholeFiles,
        Damage::Torn512,
        Damage::Torn4096,
        Damage::ZeroFilled,
        Damage::Stale,
        Damage::LengthKept,
        Damage::SyncLost,
    ];

    /// Its name in a case and in a report.
    pub fn name(self) -> &'static str {
        match self {
            Damage::DropUnsynced => "drop-unsynced",
            Damage::KeepAll => "keep-all",
            Damage::RandomSubset => "random-subset",
            Damage::WholeFiles => "whole-files",
            Damage::Torn512 => "torn-512",
            Damage::Torn4096 => "torn-4096",
            Damage::ZeroFilled => "zero-filled",
            Damage::Stale => "stale",
            Damage::LengthKept => "length-kept",
            Damage::SyncLost => "sync-lost",
        }
    }

    /// True if the same seedless image comes out every time.
    pub fn is_certain(self) -> bool {
        matches!(self, Damage::DropUnsynced | Damage::KeepAll)
    }
}

/// What became of one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is there.
    Whole,
    /// It is not.
    Nothing,
    /// Some sectors of the write are there.
    Sectors {
        /// Bytes of a sector.
        size: usize,
        /// Which, from the first that it touches on.
        kept: Vec<bool>,
        /// What the others are.
        rest: Rest,
    },
}

/// What a sector is that was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rest {
    /// As before.
    Old,
    /// Zeros.
    Zero,
    /// As before; where there was nothing before, zeros, and the file is as long as if it had been written.
    LengthOnly,
    /// The same, with these bytes instead of zeros.
    Stale(Vec<u8>),
}

/// The fates of these calls if power is cut after the last of them, on machines (folders) for which `hit` is true.
pub fn fates(ops: &[Op], damage: Damage, hit: impl Fn(&str) -> bool, files: &Files, dice: &mut Dice) -> Vec<Fate> {
    let honest_until = if damage == Damage::SyncLost { dice.place(ops.len() + 1) } else { ops.len() };
    let pending = pending(ops, honest_until, &hit, files);
    let mut fates = vec![Fate::Whole; ops.len()];
    let shape = match damage {
        Damage::SyncLost => *dice.pick(&[Damage::DropUnsynced, Damage::DropUnsynced, Damage::RandomSubset]),
        other => other,
    };
    let writes: Vec<usize> = pending.iter().copied().filter(|at| matches!(ops[*at], Op::Write { .. })).collect();
    let torn = if writes.is_empty() { 0 } else { *dice.pick(&writes) };
    let mut by_place: BTreeMap<(Option<FileId>, Option<&str>), bool> = BTreeMap::new();
    for at in pending {
        let op = &ops[at];
        fates[at] = match (shape, op) {
            (Damage::DropUnsynced, _) => Fate::Nothing,
            (Damage::WholeFiles, _) => {
                let kept = by_place.entry((op.writes_to(), op.names_in())).or_insert_with(|| dice.one_in(2));
                whole_if(*kept)
            }
            (Damage::Torn512, Op::Write { at: place, data, .. }) if at == torn => torn_at(512, *place, data, dice),
            (Damage::Torn4096, Op::Write { at: place, data, .. }) if at == torn => torn_at(4096, *place, data, dice),
            (Damage::Torn512 | Damage::Torn4096, _) => whole_if((at < torn) != dice.one_in(4)),
            (Damage::ZeroFilled, Op::Write { data, .. }) if dice.one_in(2) => {
                let kept = (0..=data.len() / 512 + 1).map(|_| dice.one_in(2)).collect();
                Fate::Sectors { size: 512, kept, rest: Rest::Zero }
            }
            (Damage::Stale, Op::Write { .. }) if !dice.one_in(3) => {
                Fate::Sectors { size: 512, kept: Vec::new(), rest: Rest::Stale(stale(ops, at, dice)) }
            }
            (Damage::LengthKept, Op::Write { .. }) if !dice.one_in(3) => {
                Fate::Sectors { size: 512, kept: Vec::new(), rest: Rest::LengthOnly }
            }
            (Damage::KeepAll, _) => Fate::Whole,
            _ => whole_if(dice.one_in(2)),
        };
    }
    fates
}

/// Which machine each file of a log is on.
pub struct Files(BTreeMap<FileId, String>);

impl Files {
    /// Of the files that a run began with, and those that it made.
    pub fn of<'a>(base: impl Iterator<Item = (FileId, &'a String)>, ops: &[Op]) -> Files {
        let made = ops.iter().filter_map(|op| match op {
            Op::Create { file, path } => Some((*file, folder_of(path).to_owned())),
            _ => None,
        });
        Files(base.map(|(id, path)| (id, folder_of(path).to_owned())).chain(made).collect())
    }

    fn machine(&self, file: FileId) -> &str {
        self.0.get(&file).map_or("", String::as_str)
    }
}

/// How many of these calls are not safe yet.
pub fn unsafe_count(ops: &[Op], files: &Files) -> usize {
    pending(ops, ops.len(), &|_| true, files).len()
}

/// The places of calls that no sync has made safe, in their order. Syncs from `honest_until` on do nothing.
fn pending(ops: &[Op], honest_until: usize, hit: &impl Fn(&str) -> bool, files: &Files) -> Vec<usize> {
    let mut by_file: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
    let mut by_folder: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut doomed: Vec<usize> = Vec::new();
    for (at, op) in ops.iter().enumerate() {
        match op {
            Op::Write { file, .. } | Op::Truncate { file, .. } if hit(files.machine(*file)) => {
                by_file.entry(*file).or_default().push(at);
            }
            Op::Create { .. } | Op::Delete { .. } | Op::Rename { .. } => {
                let folder = op.names_in().expect("it changes names");
                if hit(folder) {
                    by_folder.entry(folder).or_default().push(at);
                }
            }
            Op::Sync { file } if at < honest_until => {
                by_file.remove(file);
            }
            Op::SyncFailed { file } => doomed.extend(by_file.remove(file).unwrap_or_default()),
            Op::SyncFolder { folder } if at < honest_until => {
                by_folder.remove(folder.as_str());
            }
            _ => {}
        }
    }
    let mut pending: Vec<usize> = by_file.into_values().chain(by_folder.into_values()).flatten().collect();
    pending.append(&mut doomed);
    pending.sort_unstable();
    pending
}

fn whole_if(kept: bool) -> Fate {
    if kept { Fate::Whole } else { Fate::Nothing }
}

/// A beginning, an end, or any sectors of the write.
fn torn_at(size: usize, place: u64, data: &[u8], dice: &mut Dice) -> Fate {
    let size_wide = u64::try_from(size).expect("small");
    let length = u64::try_from(data.len()).expect("small");
    let sectors = usize::try_from((place % size_wide + length).div_ceil(size_wide)).expect("small");
    let edge = dice.place(sectors + 1);
    let kept = match dice.place(4) {
        0 | 1 => (0..sectors).map(|sector| sector < edge).collect(),
        2 => (0..sectors).map(|sector| sector >= edge).collect(),
        _ => (0..sectors).map(|_| dice.one_in(2)).collect(),
    };
    let rest = if dice.one_in(2) { Rest::Old } else { Rest::LengthOnly };
    Fate::Sectors { size, kept, rest }
}

/// What was written earlier, anywhere: a block that was given to the file may hold a part of another file.
fn stale(ops: &[Op], before: usize, dice: &mut Dice) -> Vec<u8> {
    let earlier: Vec<&Vec<u8>> = ops[..before]
        .iter()
        .filter_map(|op| match op {
            Op::Write { data, .. } if !data.is_empty() => Some(data),
            _ => None,
        })
        .collect();
    if earlier.is_empty() { vec![0xa5] } else { (*dice.pick(&earlier)).clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log() -> Vec<Op> {
        vec![
            Op::Create { file: 0, path: "T1/wal".into() },
            Op::Write { file: 0, at: 0, data: vec![1; 1024] },
            Op::Sync { file: 0 },
            Op::Write { file: 0, at: 1024, data: vec![2; 1024] },
            Op::Write { file: 1, at: 0, data: vec![3; 1024] },
        ]
    }

    fn files(ops: &[Op]) -> Files {
        let office = "office/db".to_owned();
        Files::of([(1, &office)].into_iter(), ops)
    }

    #[test]
    fn what_was_synced_stays_and_what_was_not_goes() {
        let ops = log();
        let all = |damage, hit: fn(&str) -> bool| fates(&ops, damage, hit, &files(&ops), &mut Dice::new(1));
        let everything: fn(&str) -> bool = |_| true;
        let gone = [Fate::Nothing, Fate::Whole, Fate::Whole, Fate::Nothing, Fate::Nothing];
        assert_eq!(all(Damage::DropUnsynced, everything), gone, "the name was never synced");
        assert_eq!(all(Damage::DropUnsynced, |machine| machine == "office")[3], Fate::Whole, "the till did not crash");
        assert_eq!(all(Damage::KeepAll, everything), vec![Fate::Whole; 5]);
        let mut named = ops.clone();
        named.insert(3, Op::SyncFolder { folder: "T1".into() });
        assert_eq!(unsafe_count(&ops, &files(&ops)), 3);
        assert_eq!(unsafe_count(&named, &files(&named)), 2);
    }

    #[test]
    fn no_model_touches_what_was_synced_but_the_lying_device() {
        let ops = log();
        let touched = |damage| {
            (0..200).any(|seed| fates(&ops, damage, |_| true, &files(&ops), &mut Dice::new(seed))[1] != Fate::Whole)
        };
        for damage in Damage::ALL {
            assert_eq!(touched(damage), damage == Damage::SyncLost, "{damage:?}");
        }
    }

    #[test]
    fn every_model_but_a_kill_does_damage_and_repeats_with_its_seed() {
        let ops = log();
        for damage in Damage::ALL.into_iter().filter(|damage| *damage != Damage::KeepAll) {
            let of = |seed| fates(&ops, damage, |_| true, &files(&ops), &mut Dice::new(seed));
            assert!((0..20).any(|seed| of(seed)[3] != Fate::Whole), "{damage:?}");
            assert_eq!(of(7), of(7));
        }
    }
}
