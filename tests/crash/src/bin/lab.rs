//! The long run: first calls that fail, then round after round of crashes, each with runs of another seed, until there were
//! enough cases or the time is over; then the report.
//!
//! `lab CASES MINUTES SEED FAULT_STEP COMMIT DAY FILE`; `tests/lab.sh` knows what to put there.

use raseed_crash::lab::Room;
use raseed_crash::plan::{Failed, Tally, exhaust, fail, sample};
use raseed_crash::report::Report;
use raseed_crash::tape::{Device, Fault};
use raseed_crash::use_cases;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Cases of one use case on one device in one round.
const A_ROUND: usize = 240;

/// So many cases leave room for looking behind every call of every use case.
const ENOUGH_TO_EXHAUST: u64 = 500_000;

/// The use case with thousands of calls.
const LONG: &str = "long-day";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [cases, minutes, seed, step, commit, day, file] = &arguments[..] else {
        eprintln!("lab CASES MINUTES SEED FAULT_STEP COMMIT DAY FILE (use tests/lab.sh)");
        return ExitCode::FAILURE;
    };
    let (Ok(cases), Ok(minutes), Ok(seed), Ok(step)) =
        (cases.parse::<u64>(), minutes.parse::<u64>(), seed.parse::<u64>(), step.parse::<u64>())
    else {
        eprintln!("CASES, MINUTES, SEED and FAULT_STEP are numbers");
        return ExitCode::FAILURE;
    };
    let until = Instant::now() + Duration::from_secs(60 * minutes);
    let mut report = Report { commit: commit.clone(), day: day.clone(), seeds: (seed, seed), ..Report::default() };
    run(&mut report, cases, step, until);
    if let Err(error) = std::fs::write(file, report.markdown()) {
        eprintln!("{file} cannot be written: {error}");
        return ExitCode::FAILURE;
    }
    let findings = report.findings();
    findings.iter().take(50).for_each(|finding| eprintln!("{finding}"));
    println!("{} cases, {} findings: {file}", report.all().cases, findings.len());
    if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run(report: &mut Report, cases: u64, step: u64, until: Instant) {
    let room = Room::new();
    report.crashes = use_cases::ALL.into_iter().map(|use_case| (use_case, Tally::default())).collect();
    let faults = Fault::OF_STORAGE.into_iter().chain([Fault::Memory]);
    report.faults = faults.map(|fault| (fault, Failed::default())).collect();
    let first = report.seeds.0;
    for use_case in use_cases::ALL.into_iter().filter(|use_case| use_case.name != LONG) {
        for (fault, failed) in &mut report.faults {
            // SQLite asks for memory a hundred times for each call of its files.
            let step = if *fault == Fault::Memory { step * 100 } else { step };
            failed.add(fail(&use_case, first, *fault, step, &room));
        }
        println!("{}: calls were made to fail", use_case.name);
    }
    let mut done = 0;
    for (seed, device) in (first..).flat_map(|seed| Device::ALL.map(|device| (seed, device))) {
        report.seeds.1 = seed;
        for (use_case, tally) in &mut report.crashes {
            // With time enough, one seed is looked at behind every call; but not a run of thousands, whose every image holds
            // hundreds of entries.
            let one = if seed == first && cases >= ENOUGH_TO_EXHAUST && use_case.name != LONG {
                exhaust(use_case, seed, device, &room)
            } else {
                sample(use_case, seed, device, A_ROUND, &room)
            };
            done += one.cases;
            tally.add(one);
            if done >= cases || Instant::now() >= until {
                let why = if done >= cases { "All cases that were asked for." } else { "The time was over." };
                why.clone_into(&mut report.ended);
                return;
            }
        }
        println!("seed {seed}, {}: {done} cases", device.name());
    }
}
