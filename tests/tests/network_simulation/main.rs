//! Tills and their head office over a network that loses up to 30 % of what is sent, doubles it, delays it past later things, cuts and
//! damages it, loses and forges answers, kills the head office between storing and answering; with clocks that jump, and with one device copied
//! into two. After the weather has cleared everything drains, nothing took effect twice, and both sides agree to the byte.
//!
//! `NETWORK_RUNS` says how many runs, `NETWORK_SEED` with which seed the first begins. A failure names its seed and shows what happened
//! in a run of as few acts as still fails; the same seed fails again. Everything is as it is released but the socket, the clocks, the
//! random bytes and the disk, which is memory where there is a folder for it.

mod acts;
mod both_sides;
mod counter;
#[path = "../payment_machine/dice.rs"]
mod dice;
mod impostor;
mod judge;
mod message;
mod network;
mod office_end;
mod scene;
mod stage;
mod sum;
mod till_end;
mod twins;

use scene::{Failure, Plan, Seen};
use stage::Stage;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// As many as take a dozen seconds in a development build on two processors.
const USUAL_RUNS: u64 = 250;

#[test]
fn everything_drains_once_and_both_sides_agree() {
    let number = |name: &str, usual: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (runs, first) = (number("NETWORK_RUNS", USUAL_RUNS), number("NETWORK_SEED", 1));
    let stages = [Stage::new(false), Stage::new(true)];
    let (next, total, failed) = (AtomicU64::new(first), Mutex::new(Seen::default()), Mutex::new(None));
    let began = Instant::now();
    let work = || {
        let runtime = office_end::runtime();
        loop {
            let seed = next.fetch_add(1, Ordering::SeqCst);
            if seed >= first + runs || failed.lock().expect("no worker panics").is_some() {
                break;
            }
            let plan = Plan::of(seed);
            match plan.run(&stages, &runtime) {
                Ok(one) => total.lock().expect("no worker panics").add(&one),
                Err(_) => {
                    // It may fail by panicking, and does so again and again now.
                    std::panic::set_hook(Box::new(|_| {}));
                    let fewer = plan.with_fewer_acts(|plan| plan.run(&stages, &runtime).is_err());
                    let failure = fewer.run(&stages, &runtime).err();
                    *failed.lock().expect("no worker panics") = Some((seed, failure));
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    if let Some((seed, failure)) = failed.into_inner().expect("no worker panics") {
        drop(std::panic::take_hook());
        fail(seed, failure);
    }
    let (seen, seconds) = (total.into_inner().expect("no worker panics"), began.elapsed().as_millis().max(1));
    println!("{runs} runs from seed {first}, {} a second: {seen:#?}", u128::from(runs) * 1_000 / seconds);
    // A network that never did its worst proves nothing.
    assert!(runs < USUAL_RUNS || seen.is_wide(), "the runs are too tame: {seen:#?}");
}

fn fail(seed: u64, failure: Option<Failure>) -> ! {
    let Some(Failure { what, trace }) = failure else { panic!("seed {seed} failed once and not again") };
    panic!("{what}\n\nwhat happened:\n{}\n\nagain: NETWORK_SEED={seed} NETWORK_RUNS=1\n", trace.join("\n"));
}
