//! One table of the numbers to hold: `cargo bench -p raseed-tests`. See `tests/benches/README.md`.
//!
//! It must never decide whether a build is good: other work on the machine changes the times. Read the ratios.

mod day_sync;
mod environment;
mod finding;
mod journal;
mod measure;
mod office;
mod payment;
mod qr;
mod report;
mod storage;
mod unsent;
mod world;

type Row = (&'static str, fn() -> Vec<report::Line>);

const ROWS: [Row; 8] = [
    ("payment", payment::lines),
    ("find", finding::lines),
    ("journal", journal::lines),
    ("office", office::lines),
    ("sync", day_sync::lines),
    ("unsent", unsent::lines),
    ("qr", qr::lines),
    ("storage", storage::lines),
];

/// Whether the long runs were asked for.
fn is_long() -> bool {
    std::env::args().any(|arg| arg == "--long")
}

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    environment::print();
    world::check_rows();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|asked| asked == name);
    let mut lines = Vec::new();
    for (name, row) in ROWS {
        if wanted(name) {
            let (time, more) = measure::timed(row);
            eprintln!("{name}: {time}");
            lines.extend(more);
        }
    }
    report::print(&lines);
}
