//! Memory that runs out, as far as SQLite asks for it. Alone in its process: its allocator is everybody's.

use raseed_crash::lab::Room;
use raseed_crash::plan::{Failed, fail};
use raseed_crash::tape::Fault;
use raseed_crash::use_cases;

#[test]
fn an_allocation_that_fails_takes_nothing_back_and_gives_nothing_twice() {
    let step = std::env::var("CRASH_MEMORY_STEP").ok().and_then(|text| text.parse().ok()).unwrap_or(199);
    let room = Room::new();
    let mut all = Failed::default();
    for name in ["enrol", "collect", "pay", "acknowledge"] {
        let use_case = use_cases::named(name).expect("a use case");
        all.add(fail(use_case, 1, Fault::Memory, step, &room));
    }
    println!("{} of {} allocations made to fail, {} of them broke off what was done", all.checked, all.calls, all.felt);
    assert!(all.findings.is_empty(), "{} of {}: {:#?}", all.findings.len(), all.checked, all.findings);
    assert!(all.felt * 4 > all.checked, "hardly any fault was felt");
}
