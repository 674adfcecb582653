//! Seeded cases of the crash laboratory, as many as fit a build, and calls that fail.
//!
//! `CRASH_CASES` says how many cases, `CRASH_SEED` with which run they begin; `CRASH_CASE` is the name of one, as a failure
//! prints it.

use raseed_crash::lab::{Case, Room, Run, Seen, Verdict};
use raseed_crash::plan::{Failed, Tally, fail, sample};
use raseed_crash::tape::{Device, Fault, Sabotage};
use raseed_crash::use_cases;

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn what_was_told_is_true_after_every_crash() {
    if let Ok(name) = std::env::var("CRASH_CASE") {
        return one_case(&name);
    }
    // Somewhat more than 10,000: the longest run takes an eighth of its share.
    let (cases, seed) = (number("CRASH_CASES", 10_700), number("CRASH_SEED", 1));
    let room = Room::new();
    let groups = use_cases::ALL.len() * Device::ALL.len();
    let each = usize::try_from(cases).expect("fits memory").div_ceil(groups);
    let mut all = Tally::default();
    for device in Device::ALL {
        for use_case in use_cases::ALL {
            all.add(sample(&use_case, seed, device, each, &room));
        }
    }
    println!("{} cases of {} runs, {} images opened, {} cut again", all.cases, all.runs, all.opened, all.again);
    println!("devices that lie: {:?}", all.lies);
    for (case, finding) in all.findings.iter().take(20) {
        println!("CRASH_CASE={case}: {finding}");
    }
    assert!(all.findings.is_empty(), "{} of {} cases failed", all.findings.len(), all.cases);
    assert!(all.opened * 5 > all.cases, "most cases are one and the same image: {all:?}");
}

fn one_case(name: &str) {
    let case: Case = name.parse().expect("a case as a failure prints it");
    let use_case = use_cases::named(&case.use_case).expect("a use case");
    let room = Room::new();
    let run = Run::record(use_case, case.run, case.device, Sabotage::None, &room);
    println!("{} calls, cut behind {:?}", run.ops.len(), case.cut.checked_sub(1).map(|at| &run.ops[at]).map(short));
    println!("known then: {:?}", run.known_at(case.cut));
    let outcome = case.check(&run, &room, &mut Seen::new());
    println!("{outcome:?}");
    assert!(matches!(outcome, Ok(Verdict::Holds | Verdict::Lied(_))), "{outcome:?}");
}

fn short(op: &raseed_crash::ops::Op) -> String {
    format!("{op:?}").chars().take(90).collect()
}

#[test]
fn a_call_that_fails_takes_nothing_back_and_gives_nothing_twice() {
    let room = Room::new();
    // All calls of all use cases are the laboratory's; a build looks at as many as it has time for.
    let step = number("CRASH_FAULT_STEP", 29);
    let mut all = Failed::default();
    for use_case in use_cases::ALL.into_iter().filter(|use_case| use_case.name != "long-day") {
        Fault::OF_STORAGE.into_iter().for_each(|fault| all.add(fail(&use_case, 1, fault, step, &room)));
    }
    println!("{} calls made to fail, {} of them broke off what was done", all.checked, all.felt);
    assert!(all.findings.is_empty(), "{} of {}: {:#?}", all.findings.len(), all.checked, all.findings);
    assert!(all.felt * 4 > all.checked, "hardly any fault was felt");
}

/// A read that fails behind a commit: the entry stands, so nobody may hear that nothing was recorded.
#[test]
fn a_read_that_fails_behind_a_commit_is_not_called_nothing() {
    let room = Room::new();
    let pay = use_cases::named("pay").expect("a use case");
    let all = fail(pay, 1, Fault::Broken, 1, &room);
    assert!(all.findings.is_empty(), "{:#?}", all.findings);
}
