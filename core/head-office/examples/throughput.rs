//! How fast the head office takes receipts in, and whether the cost of one stays the same as the books grow.
//!
//! ```sh
//! cargo run --release -p raseed-head-office --example throughput -- [receipts] [tills] [accounts] [threads]
//! ```
//!
//! Whole uploads of 500 receipts, from several tills on several threads: parsed, verified, stored, posted, durable,
//! acknowledged. Signing them is not counted. It prints one line for each tenth of the way, and verifies the books if they
//! are small enough to be patient with.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on stops")]

#[path = "../tests/office/support.rs"]
mod support;

use raseed_head_office::Office;
use raseed_protocol::book::Account;
use raseed_protocol::journal::Mode;
use std::time::{Duration, Instant};
use support::*;

const PER_UPLOAD: usize = 500;
const ROUNDS: usize = 10;

fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).map(|text| text.parse().unwrap()).collect();
    let setting = |at: usize, otherwise| numbers.get(at).copied().unwrap_or(otherwise);
    let (receipts, tills, accounts, threads) = (setting(0, 100_000), setting(1, 4), setting(2, 20_000), setting(3, 2));
    let household = |n| {
        let bill = |k: usize, period| demand(&format!("B-{k}-{n}"), period, 25_000, 5_000);
        account(&format!("A-{n}"), vec![bill(1, "2026-10"), bill(2, "2026-11")])
    };
    let book: Vec<Account> = (0..accounts).map(household).collect();
    let begun = Instant::now();
    let fixture = Fixture::with(book.clone());
    println!("{accounts} accounts with two bills each imported in {:.1?}", begun.elapsed());
    let mut tills: Vec<TestTill> =
        (0..tills).map(|n| fixture.till(&format!("T{n}"), u8::try_from(n + 3).unwrap())).collect();
    tills.iter_mut().for_each(|till| {
        till.send(&fixture);
    });
    let per_round = (receipts / ROUNDS / tills.len() / PER_UPLOAD).max(1);
    let (mut taken, mut place) = (0, 0);
    for round in 1..=ROUNDS {
        let uploads = make_uploads(&mut tills, &book, per_round, &mut place);
        let count = per_round * tills.len() * PER_UPLOAD;
        let cpu_before = cpu();
        let spent = take_all(&fixture.office, &uploads, threads);
        let cpu = (cpu() - cpu_before) / u32::try_from(count).unwrap();
        taken += count;
        let each = spent / u32::try_from(count).unwrap();
        let a_second = u128::try_from(count).unwrap() * 1_000_000_000 / spent.as_nanos().max(1);
        println!(
            "{round:>2}: {taken:>9} receipts in the books, {a_second:>6} a second, {each:.1?} each, {cpu:.1?} of processor time"
        );
    }
    if taken <= 1_000_000 {
        let begun = Instant::now();
        fixture.assert_books_are_right();
        println!("the books are right to the paisa; verified in {:.1?}", begun.elapsed());
    }
}

/// The uploads of one till, in their order.
type Uploads = (raseed_protocol::ids::TillId, Vec<Vec<u8>>);

/// Signed receipts over households in an order without locality, a bill's worth each.
fn make_uploads(tills: &mut [TestTill], book: &[Account], per_till: usize, place: &mut usize) -> Vec<Uploads> {
    let mut all = Vec::new();
    for till in tills {
        let mut runs = Vec::new();
        for _ in 0..per_till {
            till.entries.clear();
            for _ in 0..PER_UPLOAD {
                *place += 1;
                let household = &book[place.wrapping_mul(7_919) % book.len()];
                till.collect(household, 30_000, Mode::Cash, noon("2026-10-15"));
            }
            runs.push(till.run(1..=PER_UPLOAD));
        }
        all.push((till.till.clone(), runs));
    }
    all
}

/// Each thread serves some of the tills, upload after upload, as a server would.
fn take_all(office: &Office, uploads: &[Uploads], threads: usize) -> Duration {
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || {
                let longest = uploads.iter().map(|(_, runs)| runs.len()).max().unwrap_or(0);
                for turn in 0..longest {
                    for (till, runs) in uploads.iter().skip(thread).step_by(threads) {
                        let reply = office.receive(till, &runs[turn], now()).unwrap();
                        assert_eq!(reply.refused, None);
                    }
                }
            });
        }
    });
    begun.elapsed()
}

/// Processor time of this program so far, all threads together: what a busy machine cannot make longer. Nothing where the
/// system does not tell it in the form of Linux.
fn cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit(')').next().unwrap_or_default();
    // Fields 14 and 15 of the line, in hundredths of a second; the name is field 2.
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}
