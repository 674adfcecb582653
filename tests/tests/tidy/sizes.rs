//! One idea a file, a function in one glance. Above the first bound it is said, above the second it fails.

use crate::none;
use crate::rust_text::code_of;
use crate::tree::{files, lines};

const FILE_WARNING: usize = 400;
const FILE_ERROR: usize = 800;
const FUNCTION_WARNING: usize = 80;

#[test]
fn files_and_functions_stay_small() {
    let mut errors = Vec::new();
    for file in files() {
        let is_code = [".rs", ".kt", ".js", ".mjs", ".ts", ".py", ".sh"].iter().any(|extension| file.is(extension));
        let Some(text) = file.text().filter(|_| is_code) else { continue };
        match text.lines().count() {
            count if count > FILE_ERROR => errors.push(format!("{}:{FILE_ERROR}: {count} lines", file.path)),
            count if count > FILE_WARNING => println!("warning: {}: {count} lines; is it one idea?", file.path),
            _ => {}
        }
        if file.is(".rs") {
            long_functions(&file.path, text).iter().for_each(|warning| println!("warning: {warning}"));
        }
    }
    none("a file is one idea", &errors);
}

fn long_functions(path: &str, source: &str) -> Vec<String> {
    let code = code_of(source);
    let all: Vec<&str> = code.lines().collect();
    let mut warnings = Vec::new();
    for (number, line) in lines(&code) {
        let Some(at) = line.find("fn ").filter(|at| {
            line[..*at].trim_end().ends_with(|c: char| c == ')' || c.is_alphabetic()) || line[..*at].trim().is_empty()
        }) else {
            continue;
        };
        let name: String = line[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let length = length_of_body(&all[number - 1..]);
        if !name.is_empty() && length > FUNCTION_WARNING {
            warnings.push(format!("{path}:{number}: {name} has {length} lines; can it be read in one glance?"));
        }
    }
    warnings
}

/// Lines up to the brace that closes the first one; 0 for a declaration without a body.
fn length_of_body(rest: &[&str]) -> usize {
    let mut depth = 0usize;
    for (index, line) in rest.iter().enumerate() {
        for c in line.chars() {
            match c {
                ';' if depth == 0 => return 0,
                '{' => depth += 1,
                '}' if depth <= 1 => return index + 1,
                '}' => depth -= 1,
                _ => {}
            }
        }
    }
    0
}

#[test]
fn long_functions_are_seen() {
    let long = format!("pub fn long() {{\n{}}}\nfn short() {{\n}}\n", "    { f(); }\n".repeat(90));
    let warnings = long_functions("x.rs", &long);
    assert_eq!(warnings, ["x.rs:1: long has 92 lines; can it be read in one glance?"]);
}
