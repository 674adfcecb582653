//! What no source file may hold: unfinished code, printing from a library, a module that does not say what it is for.

use crate::none;
use crate::rust_text::{code_of, without_tests};
use crate::tree::{lines, texts};

const LIBRARIES: &[&str] = &["core/protocol/", "core/till/", "core/head-office/", "core/simulated-psp/", "bindings/"];

#[test]
fn libraries_are_finished_and_silent() {
    let sources = LIBRARIES.iter().flat_map(|library| texts(&format!("{library}src/"), ".rs"));
    let findings: Vec<_> = sources.flat_map(|(path, text)| forbidden(&path, &text)).collect();
    none("no unfinished code, no unwrap() and no printing in a library", &findings);
}

#[test]
fn every_module_says_what_it_is_for() {
    let sources = texts("core/", ".rs").into_iter().chain(texts("bindings/", ".rs")).chain(texts("tests/", ".rs"));
    let silent = sources.filter(|(_, text)| !text.starts_with("//! "));
    let findings: Vec<_> = silent.map(|(path, _)| format!("{path}:1: begin with //! and what it is for")).collect();
    none("each module opens with what it is for and what it must never do", &findings);
}

fn forbidden(path: &str, source: &str) -> Vec<String> {
    const WORDS: &[&str] = &[
        "todo!(",
        "unimplemented!(",
        "dbg!(",
        "println!(",
        "print!(",
        "eprintln!(",
        "eprint!(",
        ".unwrap()",
        "anyhow",
    ];
    // A module of unit tests in a file of its own is called `tests.rs`, its helpers `test_....rs`.
    if path.ends_with("/tests.rs") || path.contains("/tests/") || path.contains("/test_") {
        return Vec::new();
    }
    let code = code_of(source);
    let mut findings = Vec::new();
    for (number, line) in lines(without_tests(&code)) {
        let found = WORDS.iter().filter(|word| line.match_indices(**word).any(|(at, _)| !in_a_name(line, at, word)));
        findings.extend(found.map(|word| format!("{path}:{number}: {word}")));
    }
    findings
}

/// `eprintln!(` holds `println!(`, but is another word.
fn in_a_name(line: &str, at: usize, word: &str) -> bool {
    !word.starts_with('.') && line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

#[test]
fn forbidden_words_are_seen() {
    assert_eq!(forbidden("x.rs", "fn f() {\n  g().unwrap();\n}"), ["x.rs:2: .unwrap()"]);
    assert_eq!(forbidden("x.rs", "eprintln!(\"x\");"), ["x.rs:1: eprintln!("]);
    assert_eq!(forbidden("x.rs", "todo!()"), ["x.rs:1: todo!("]);
    assert!(forbidden("x.rs", "a.unwrap_or(1); // todo!()\n#[cfg(test)]\nmod tests {\n a.unwrap();\n}").is_empty());
}
