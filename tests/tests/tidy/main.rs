//! The rules of the house, each as a test that names the file and the line.
//!
//! They look at text and never build anything, so they are quick and cannot be argued with. An exception is a line in the
//! rule's own list, with its reason. Each rule's checker is shown a bad snippet too, so that it is known to see one.

mod android;
mod clocks;
mod documents;
mod floats;
mod frozen;
mod manifests;
mod privacy;
mod rust_text;
mod sizes;
mod sources;
mod tree;

/// Fails with every finding on a line of its own.
fn none(rule: &str, findings: &[String]) {
    assert!(findings.is_empty(), "{rule}:\n  {}\n", findings.join("\n  "));
}

/// Whether an exception was made for this file.
fn excepted(list: &[(&str, &str)], path: &str) -> bool {
    list.iter().any(|(file, _reason)| *file == path)
}
