//! Time and randomness are arguments: only the composition roots ask the machine for them.

use crate::rust_text::code_of;
use crate::tree::{lines, texts};
use crate::{excepted, none};

/// Composition roots.
const ROOTS: &[&str] = &["core/cli/", "bindings/", "tests/"];

/// Other files that may ask, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[];

const ASKING: &[&str] = &[
    "SystemTime::now",
    "UNIX_EPOCH.elapsed",
    "Instant::now",
    "OffsetDateTime::now",
    "SystemRandom",
    "rand::",
    "getrandom",
    "thread_rng",
    "RandomState",
    "thread::sleep",
];

#[test]
fn only_composition_roots_ask_for_time_or_randomness() {
    let sources = texts("", ".rs").into_iter().filter(|(path, _)| !ROOTS.iter().any(|root| path.starts_with(root)));
    let sources = sources.filter(|(path, _)| !excepted(EXCEPTIONS, path));
    let findings: Vec<_> = sources.flat_map(|(path, text)| asks(&path, &text)).collect();
    none("pass time and entropy in; only composition roots ask the machine", &findings);
}

#[test]
fn tests_do_not_sleep() {
    let asked = texts("tests/", ".rs").into_iter().flat_map(|(path, text)| asks(&path, &text));
    let findings: Vec<_> = asked.filter(|finding| finding.contains("thread::sleep")).collect();
    none("wait for what happens, not for time", &findings);
}

fn asks(path: &str, source: &str) -> Vec<String> {
    let code = code_of(source);
    let mut findings = Vec::new();
    for (number, line) in lines(&code) {
        for what in ASKING.iter().filter(|what| line.contains(**what)) {
            findings.push(format!("{path}:{number}: {what}"));
        }
    }
    findings
}

#[test]
fn asking_is_seen() {
    assert_eq!(asks("x.rs", "fn f() {\n let t = std::time::Instant::now();\n}"), ["x.rs:2: Instant::now"]);
    assert_eq!(asks("x.rs", "use ring::rand::SystemRandom;").len(), 2);
    assert!(asks("x.rs", "// Instant::now\nlet a = \"rand::\"; let now = clock.now();").is_empty());
}
