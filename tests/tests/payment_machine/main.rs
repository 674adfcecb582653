//! Payments as a state machine: tills, a head office and a simulated payment service, with lost, late, doubled and disordered
//! news, cuts on the line, and restarts at any step. After everything has healed, all money is where it belongs, to the paisa.
//!
//! `PAYMENT_RUNS` says how many runs (each a seeded world of its own), `PAYMENT_SEED` with which seed the first begins; a
//! failure names its seed, and the same seed fails again.

mod books;
mod breaking;
mod cards;
mod dice;
mod scene;
mod steps;

use scene::Scene;

#[test]
fn all_money_is_where_it_belongs() {
    let number = |name: &str, usual: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (runs, first) = (number("PAYMENT_RUNS", 60), number("PAYMENT_SEED", 1));
    let mut seen = books::Seen::default();
    for seed in first..first + runs {
        let run = std::panic::AssertUnwindSafe(|| one_run(seed));
        match std::panic::catch_unwind(run) {
            Ok(one) => seen.add(&one),
            Err(cause) => {
                eprintln!("run failed: PAYMENT_SEED={seed} PAYMENT_RUNS=1");
                std::panic::resume_unwind(cause);
            }
        }
    }
    println!("{runs} runs from seed {first}: {seen:?}");
    // A machine that never came to the hard places proves nothing.
    assert!(seen.is_wide(), "the runs are too tame: {seen:?}");
}

fn one_run(seed: u64) -> books::Seen {
    let mut scene = Scene::new(seed);
    for _ in 0..scene.dice.below(30) + 10 {
        scene.step();
    }
    scene.heal();
    books::check(&scene)
}
