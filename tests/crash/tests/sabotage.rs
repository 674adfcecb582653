//! The laboratory is shown to see: each of these is a mistake, and each makes it red. Beside each stands the same without the
//! mistake, which stays green.

use raseed_crash::damage::Damage;
use raseed_crash::doctored::{self, Commits};
use raseed_crash::lab::{Case, Room, Run, Seen};
use raseed_crash::tape::{Device, Sabotage};
use raseed_crash::use_cases::{self, Hit};

/// The first finding among the certain damages behind every call, and some throws of the others.
fn first_finding(run: &Run, room: &Room) -> Option<String> {
    let mut seen = Seen::new();
    for cut in 0..=run.ops.len() {
        for damage in Damage::ALL.into_iter().filter(|damage| *damage != Damage::SyncLost) {
            let case = Case {
                use_case: String::new(),
                run: 1,
                device: Device::AsReleased,
                cut,
                damage,
                hit: Hit::Till,
                roll: 1,
                again: 0,
            };
            if let Err(finding) = case.check(run, room, &mut seen) {
                return Some(format!("behind call {cut}, {}: {finding}", damage.name()));
            }
        }
    }
    None
}

fn sabotaged(use_case: &str, device: Device, sabotage: Sabotage) -> Option<String> {
    let room = Room::new();
    let use_case = use_cases::named(use_case).expect("a use case");
    let run = Run::record(use_case, 1, device, sabotage, &room);
    let found = first_finding(&run, &room);
    println!("{}, {sabotage:?}: {found:?}", use_case.name);
    found
}

#[test]
fn nothing_wrong_is_green() {
    assert_eq!(sabotaged("print", Device::AsReleased, Sabotage::None), None);
}

#[test]
fn synchronous_off_is_seen() {
    assert!(sabotaged("print", Device::AsReleased, Sabotage::Synchronous("OFF")).is_some());
}

#[test]
fn synchronous_normal_is_seen() {
    assert!(sabotaged("print", Device::AsReleased, Sabotage::Synchronous("NORMAL")).is_some());
}

#[test]
fn names_that_are_not_synced_are_seen() {
    assert!(sabotaged("shift", Device::AsReleased, Sabotage::NoFolderSync).is_some());
}

#[test]
fn a_log_that_is_written_back_without_a_sync_is_seen() {
    assert!(sabotaged("collect", Device::AsReleased, Sabotage::NoFileSync).is_some());
}

#[test]
fn paper_before_the_commit_is_seen() {
    let room = Room::new();
    let (base, past) = use_cases::base(use_cases::Begins::Ready, 1, room.root());
    let run = |too_early: bool| {
        Run::of(&base, past.clone(), 5, (Device::AsReleased, Sabotage::None), &room, |bench| {
            bench.open_till().expect("a healthy till");
            if too_early {
                bench.past.known.entries += 1;
                bench.mark();
            }
            bench.collect("A-3", 4).expect("dues are open");
        })
    };
    let (early, late) = (run(true), run(false));
    let found = first_finding(&early, &room);
    assert!(found.as_ref().is_some_and(|what| what.contains("entries are left of")), "{found:?}");
    assert_eq!(first_finding(&late, &room), None);
}

#[test]
fn a_receipt_in_two_transactions_is_seen() {
    let room = Room::new();
    let (one, two) = (doctored::receipt_in(Commits::One, &room), doctored::receipt_in(Commits::Two, &room));
    assert_eq!(first_finding(&one, &room), None);
    let found = first_finding(&two, &room);
    assert!(found.as_ref().is_some_and(|what| what.contains("do not agree") || what.contains("Damaged")), "{found:?}");
}

#[test]
fn a_missing_unique_index_is_seen() {
    let room = Room::new();
    assert!(doctored::second_answer(true, &room).is_none(), "with its index the file refuses the second answer");
    let run = doctored::second_answer(false, &room).expect("without it, nothing does");
    let found = last_image(&run, &room);
    assert!(found.as_ref().is_some_and(|what| what.contains("answered")), "{found:?}");
}

#[test]
fn an_entry_that_nobody_verified_is_seen() {
    let room = Room::new();
    let run = doctored::changed_entry(&room);
    let found = last_image(&run, &room);
    assert!(found.as_ref().is_some_and(|what| what.contains("not the one that was signed")), "{found:?}");
    // And if nobody had kept what was signed: the signature says it.
    let mut blind = run;
    (blind.past.had_faults, blind.past.truth) = (true, Default::default());
    let found = last_image(&blind, &room);
    assert!(found.as_ref().is_some_and(|what| what.contains("does not verify")), "{found:?}");
}

/// What is found in what the run left behind.
fn last_image(run: &Run, room: &Room) -> Option<String> {
    let cut = run.ops.len();
    let (damage, device) = (Damage::KeepAll, Device::AsReleased);
    let case = Case { use_case: String::new(), run: 1, device, cut, damage, hit: Hit::Till, roll: 1, again: 0 };
    case.check(run, room, &mut Seen::new()).err().map(|finding| finding.to_string())
}
