//! The project speaks only of itself: no path of one machine, no address of one package server.

use crate::tree::{File, files, lines};
use crate::{excepted, none};

/// Files that may, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[];

/// Put together here, so that this file does not hold what it looks for.
fn forbidden() -> Vec<String> {
    let paths = ["work", "root", "home", "Users"].map(|folder| format!("/{folder}/"));
    let hosts = ["crates.", "pypi.", "pythonhosted.", "npmjs.", "npmjs.", "golang.", "rust-lang.", "maven."];
    let ends = ["io", "org", "org", "org", "com", "org", "org", "org"];
    let hosts = hosts.iter().zip(ends).map(|(name, end)| format!("{name}{end}"));
    paths.into_iter().chain(hosts).collect()
}

#[test]
fn no_machine_and_no_registry_is_named() {
    let kept = files().into_iter().filter(|file| !excepted(EXCEPTIONS, &file.path));
    let findings: Vec<_> = kept.flat_map(|file| names_in(&file)).collect();
    none("the project speaks only of itself", &findings);
}

fn names_in(file: &File) -> Vec<String> {
    let Some(text) = file.text() else { return Vec::new() };
    let forbidden = forbidden();
    let mut findings = Vec::new();
    for (number, line) in lines(text) {
        // Cargo writes this into every lock file.
        if file.is("Cargo.lock") && line.starts_with("source = \"registry+https://github.com/rust-lang/") {
            continue;
        }
        if file.is("package-lock.json") && line.contains("\"resolved\"") {
            findings.push(format!(
                "{}:{number}: a lock file without addresses, please (omit-lockfile-registry-resolved)",
                file.path
            ));
        }
        for name in forbidden.iter().filter(|name| stands_alone(line, name)) {
            findings.push(format!("{}:{number}: {name}", file.path));
        }
    }
    findings
}

/// Not as a part of a longer path or name (`tests/work/`).
fn stands_alone(line: &str, name: &str) -> bool {
    let before = |at: usize| line[..at].chars().next_back();
    line.match_indices(name)
        .any(|(at, _)| !before(at).is_some_and(|c| c.is_alphanumeric() || "_-.}".contains(c)) || !name.starts_with('/'))
}

#[test]
fn names_are_seen() {
    let file = |path: &str, text: &str| File { path: path.into(), bytes: text.as_bytes().to_vec() };
    for name in forbidden() {
        assert_eq!(names_in(&file("a.md", &format!("fine\nsee {name}x"))).len(), 1, "{name}");
    }
    let source = format!("source = \"registry+https://github.com/{}/{}.io-index\"", "rust-lang", "crates");
    assert!(names_in(&file("Cargo.lock", &source)).is_empty());
    assert!(names_in(&file("a.md", "tests/work/x and a/home/b")).is_empty());
    assert_eq!(names_in(&file("package-lock.json", "\"resolved\": \"https://x\"")).len(), 1);
}
