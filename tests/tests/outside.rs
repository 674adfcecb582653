//! The fuzzer's targets on a stable compiler: every seed, and seeds with a few changes, in a second or two.
//!
//! It must never take the place of the fuzzer (`tests/fuzz.sh`), which is guided by coverage; it keeps its targets true.

use proptest::prelude::*;
use raseed_tests::outside::{TARGETS, run, seeds};

#[test]
fn every_target_has_seeds_and_keeps_its_promises_for_them() {
    let seeds = seeds();
    for (target, check) in TARGETS {
        let own: Vec<_> = seeds.iter().filter(|(name, _)| name == target).collect();
        assert!(!own.is_empty(), "{target} has no seed");
        own.iter().for_each(|(_, bytes)| check(bytes));
    }
    assert!(seeds.iter().all(|(name, _)| TARGETS.iter().any(|(target, _)| target == name)));
}

#[derive(Clone, Debug)]
enum Change {
    Set(usize, u8),
    Flip(usize, u8),
    Remove(usize),
    Insert(usize, Vec<u8>),
    Cut(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<usize>();
    prop_oneof![
        (at, any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (at, 0u8..8).prop_map(|(at, bit)| Change::Flip(at, 1 << bit)),
        at.prop_map(Change::Remove),
        (at, prop::collection::vec(any::<u8>(), 1..6)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        at.prop_map(Change::Cut),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let Some(last) = bytes.len().checked_sub(1) else { return };
    let place = |at: &usize| at % (last + 1);
    match change {
        Change::Set(at, byte) => bytes[place(at)] = *byte,
        Change::Flip(at, bit) => bytes[place(at)] ^= bit,
        Change::Remove(at) => drop(bytes.remove(place(at))),
        Change::Insert(at, more) => drop(bytes.splice(place(at)..place(at), more.iter().copied())),
        Change::Cut(at) => bytes.truncate(place(at)),
    }
}

#[test]
fn changed_seeds_break_no_promise() {
    let seeds = seeds();
    let cases = (0..seeds.len(), prop::collection::vec(change(), 1..4));
    proptest!(ProptestConfig::with_cases(4_000), |((seed, changes) in cases)| {
        let (target, mut bytes) = seeds[seed].clone();
        changes.iter().for_each(|change| apply(&mut bytes, change));
        run(target, &bytes);
    });
}
