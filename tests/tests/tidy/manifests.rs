//! Dependencies point one way: android-app → bindings → till → protocol ← head-office. The manifests prove it.

use crate::none;
use crate::rust_text::{code_of, without_tests};
use crate::tree::{lines, texts};

/// Which of our own crates each may use. A crate that is not here may not be added without a decision.
const MAY_USE: &[(&str, &[&str])] = &[
    ("raseed-protocol", &[]),
    ("raseed-till", &["raseed-protocol"]),
    ("raseed-head-office", &["raseed-protocol"]),
    // Plays the other side of a port of the head office; the head office itself must not know it.
    ("raseed-simulated-psp", &["raseed-protocol", "raseed-head-office"]),
    ("raseed", &["raseed-protocol", "raseed-till", "raseed-head-office", "raseed-simulated-psp"]),
    ("raseed-bindings", &["raseed-protocol", "raseed-till"]),
    ("raseed-bindgen", &[]),
    // What the calls from Kotlin are compared with; nothing is built on it.
    ("raseed-bench-bridge", &["raseed-bindings", "raseed-protocol", "raseed-till"]),
    (
        "raseed-tests",
        &["raseed-protocol", "raseed-till", "raseed-head-office", "raseed-simulated-psp", "raseed-bindings", "raseed"],
    ),
    ("raseed-crash", &["raseed-protocol", "raseed-till", "raseed-head-office", "raseed-tests"]),
    ("raseed-fuzz", &["raseed-protocol", "raseed-till", "raseed-head-office", "raseed-tests"]),
];

/// What must never be linked into them.
const NEVER: &[(&str, &[&str])] = &[
    ("raseed-protocol", &["axum", "tokio", "hyper", "ureq", "rusqlite", "rand", "getrandom", "uniffi"]),
    ("raseed-till", &["axum", "tokio", "hyper", "rand", "getrandom", "uniffi", "jni"]),
    ("raseed-bindings", &["axum", "tokio", "hyper"]),
    // `ureq` is for one thing: asking the payment service provider, which no till does.
    ("raseed-head-office", &["rand", "getrandom", "uniffi", "jni"]),
    ("raseed-simulated-psp", &["rand", "getrandom", "uniffi", "jni", "rusqlite"]),
];

#[test]
fn dependencies_point_one_way() {
    let findings: Vec<_> = texts("", "Cargo.toml")
        .into_iter()
        .filter(|(_, text)| text.contains("[package]"))
        .flat_map(|(path, text)| wrong_dependencies(&path, &text))
        .collect();
    none("android-app → bindings → till → protocol ← head-office", &findings);
}

#[test]
fn the_protocol_is_pure() {
    let sources = texts("core/protocol/src/", ".rs");
    let findings: Vec<_> = sources.iter().flat_map(|(path, text)| impure(path, text)).collect();
    none("raseed-protocol does no I/O and asks no clock", &findings);
}

fn wrong_dependencies(path: &str, manifest: &str) -> Vec<String> {
    let name = lines(manifest).find_map(|(_, line)| line.strip_prefix("name = ")).unwrap_or("").trim_matches('"');
    let Some((_, may_use)) = MAY_USE.iter().find(|(known, _)| *known == name) else {
        return vec![format!("{path}:1: {name} is not in the list of crates; say what it may use")];
    };
    let never = NEVER.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, never)| never);
    let mut section = "";
    let mut findings = Vec::new();
    for (number, line) in lines(manifest) {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
            continue;
        }
        let dependency = line.split(['.', ' ', '=']).next().unwrap_or("");
        let linked = section.ends_with("dependencies") && section != "dev-dependencies";
        // The generators of valid records may be used by any crate's tests.
        let in_tests = section == "dev-dependencies" && dependency != "raseed-tests";
        let ours = dependency == "raseed" || dependency.starts_with("raseed-");
        if (linked || in_tests) && ours && !may_use.contains(&dependency) {
            findings.push(format!("{path}:{number}: {name} must not use {dependency}"));
        }
        if linked && never.contains(&dependency) {
            findings.push(format!("{path}:{number}: {name} must not be linked with {dependency}"));
        }
    }
    findings
}

fn impure(path: &str, source: &str) -> Vec<String> {
    let code = code_of(source);
    let modules =
        ["std::fs", "std::net", "std::time", "std::thread", "std::env", "std::process", "std::io", "async fn"];
    let found = lines(without_tests(&code)).filter(|(_, line)| modules.iter().any(|module| line.contains(module)));
    found.map(|(number, line)| format!("{path}:{number}: {}", line.trim())).collect()
}

#[test]
fn wrong_dependencies_are_seen() {
    let manifest = |name: &str, dependency: &str| {
        format!(
            "[package]\nname = \"{name}\"\n\n[dependencies]\n{dependency}\n\n[dev-dependencies]\nproptest.workspace = true\n"
        )
    };
    for (name, bad) in [
        ("raseed-protocol", "raseed-till.workspace = true"),
        ("raseed-till", "raseed-head-office = { path = \"../head-office\" }"),
        ("raseed-till", "tokio.workspace = true"),
        ("raseed-head-office", "rand = \"0.9\""),
        ("raseed-head-office", "raseed-simulated-psp.workspace = true"),
        ("raseed-head-office", "raseed-tests.workspace = true"),
        ("raseed-till", "raseed.workspace = true"),
    ] {
        let findings = wrong_dependencies("Cargo.toml", &manifest(name, bad));
        assert_eq!(findings.len(), 1, "{bad}");
        assert!(findings[0].starts_with("Cargo.toml:5: "), "{findings:?}");
    }
    assert!(wrong_dependencies("Cargo.toml", &manifest("raseed-till", "raseed-protocol.workspace = true")).is_empty());
    assert_eq!(wrong_dependencies("Cargo.toml", &manifest("raseed-more", "")).len(), 1);
    assert_eq!(impure("x.rs", "use std::fs::File;\nuse std::fmt;"), ["x.rs:1: use std::fs::File;"]);
}
