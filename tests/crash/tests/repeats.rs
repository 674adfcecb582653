//! A case repeats to the byte, or its name would be worth nothing. Alone in its process: SQLite's random numbers are everybody's.

use raseed_crash::lab::{Room, Run};
use raseed_crash::past::Wish;
use raseed_crash::tape::{Device, Sabotage};
use raseed_crash::use_cases;

#[test]
fn a_run_repeats_to_the_byte() {
    let room = Room::new();
    let use_case = use_cases::named("acknowledge").expect("a use case");
    let record = || Run::record(use_case, 3, Device::Bare4096, Sabotage::None, &room);
    let (one, other) = (record(), record());
    assert_eq!(one.ops.len(), other.ops.len());
    let differs = one.ops.iter().zip(&other.ops).position(|(one, other)| one != other);
    let shown =
        differs.map(|at| format!("{at}: {:?}", (&one.ops[at], &other.ops[at])).chars().take(400).collect::<String>());
    assert_eq!(shown, None);
    assert!(one.past.wishes.iter().any(|wished| matches!(wished.wish, Wish::Sync)));
}
