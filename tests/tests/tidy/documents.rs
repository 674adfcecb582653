//! What a newcomer sees: few things at the root, a README of a few minutes, links that lead somewhere, two licences.

use crate::none;
use crate::tree::{files, lines, root};
use std::fs;

/// The root's own entries; a name that ends in `*` stands for all that begin so.
const ROOT: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "RELIABILITY.md",
    "SECURITY.md",
    "LICENSE-*",
    "core",
    "bindings",
    "android-app",
    "schemas",
    "tests",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "clippy.toml",
];

const README_LINES: usize = 200;

#[test]
fn the_root_shows_the_design_and_nothing_else() {
    let names = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    // What a build or the demo leaves behind is in .gitignore.
    let ignored = fs::read_to_string(root().join(".gitignore")).unwrap();
    let names: Vec<String> = names.filter(|name| !ignored.lines().any(|line| line.trim_matches('/') == name)).collect();
    none("few things at the root", &strangers(&names));
}

#[test]
fn the_readme_is_short() {
    let readme = files().into_iter().find(|file| file.path == "README.md");
    let length = readme.and_then(|file| file.text().map(|text| text.lines().count())).expect("there is a README");
    assert!(length <= README_LINES, "README.md:{README_LINES}: {length} lines; at most {README_LINES}");
}

#[test]
fn links_lead_somewhere() {
    let exists = |path: &str| root().join(path).exists();
    let documents = files().into_iter().filter(|file| file.is(".md"));
    let findings: Vec<_> =
        documents.flat_map(|file| dead_links(&file.path, file.text().unwrap_or(""), exists)).collect();
    none("every relative link resolves", &findings);
}

/// SECURITY.md names a test for each answer: in the text of a link to its file.
#[test]
fn tests_that_are_named_are_there() {
    let text = fs::read_to_string(root().join("SECURITY.md")).expect("there is a SECURITY.md");
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap_or_default();
    let (named, findings) = missing_tests(&text, read);
    none("every named test exists", &findings);
    assert!(named > 30, "only {named} were found");
}

#[test]
fn both_licences_are_there() {
    for (name, first) in [("LICENSE-MIT", "MIT License"), ("LICENSE-APACHE", "Apache License")] {
        let text = fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(text.trim_start().starts_with(first), "{name}:1: {first}");
    }
}

fn strangers(names: &[String]) -> Vec<String> {
    let fits = |name: &str| {
        let known = |known: &&str| known.strip_suffix('*').map_or(*known == name, |begin| name.starts_with(begin));
        name.starts_with('.') || ROOT.iter().any(known)
    };
    names.iter().filter(|name| !fits(name)).map(|name| format!("{name}:1: does not belong at the root")).collect()
}

fn dead_links(path: &str, text: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut findings = Vec::new();
    let mut in_code = false;
    for (number, line) in lines(text) {
        in_code ^= line.trim_start().starts_with("```");
        if in_code {
            continue;
        }
        for after in line.split("](").skip(1) {
            let target = after.split([')', ' ', '#']).next().unwrap_or("");
            let elsewhere = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
            let from_here = if folder.is_empty() { target.to_owned() } else { format!("{folder}/{target}") };
            if !elsewhere && !exists(&from_here) {
                findings.push(format!("{path}:{number}: {target} is not there"));
            }
        }
    }
    findings
}

/// How many tests a text names, and those that are not in the file that the link leads to.
fn missing_tests(text: &str, read: impl Fn(&str) -> String) -> (usize, Vec<String>) {
    let named = |link: &str| {
        let (name, rest) = link.split_once("`](")?;
        let path = rest.split(')').next().filter(|path| path.ends_with(".rs"))?;
        Some((name.to_owned(), path.to_owned()))
    };
    let all: Vec<_> = text.split("[`").skip(1).filter_map(named).collect();
    let gone = all.iter().filter(|(name, path)| !read(path).contains(&format!("fn {name}(")));
    (all.len(), gone.map(|(name, path)| format!("SECURITY.md:1: {name} is not in {path}")).collect())
}

#[test]
fn strangers_and_dead_links_are_seen() {
    let names = ["core", "LICENSE-MIT", ".ci", "notes.txt"].map(String::from);
    assert_eq!(strangers(&names), ["notes.txt:1: does not belong at the root"]);
    let exists = |path: &str| path == "docs/there.md";
    let text = "[a](there.md#x) [b](https://x.example/) [c](#d)\n```\n[x](gone)\n```\n[e](gone.md)";
    assert_eq!(dead_links("docs/a.md", text, exists), ["docs/a.md:5: gone.md is not there"]);
    let (named, gone) = missing_tests("[`a`](x.rs), [`b`](x.rs), [`c`](x.md)", |_| "fn a()".to_owned());
    assert_eq!((named, gone), (2, vec!["SECURITY.md:1: b is not in x.rs".to_owned()]));
}
