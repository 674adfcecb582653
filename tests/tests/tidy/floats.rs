//! No floating point near money: none in the core, none in the formats.

use crate::rust_text::{code_of, words};
use crate::tree::{files, lines, texts};
use crate::{excepted, none};

/// Files that may use floats, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[];

#[test]
fn no_float_in_the_core() {
    let sources = texts("core/", ".rs").into_iter().filter(|(path, _)| !excepted(EXCEPTIONS, path));
    let findings: Vec<_> = sources.flat_map(|(path, text)| in_rust(&path, &text)).collect();
    none("money is integer paise; no floats in core/", &findings);
}

#[test]
fn no_float_in_the_formats() {
    let formats = files().into_iter().filter(|file| file.is(".sql") || file.path.starts_with("schemas/"));
    let findings: Vec<_> =
        formats.filter_map(|file| file.text().map(|text| in_format(&file.path, text))).flatten().collect();
    none("no floats in schemas/ or in SQL", &findings);
}

fn in_rust(path: &str, source: &str) -> Vec<String> {
    let code = code_of(source);
    let found = lines(&code).filter(|(_, line)| words(line).any(|(at, word)| is_float(line, at, word)));
    found.map(|(number, _)| format!("{path}:{number}: a float")).collect()
}

fn is_float(line: &str, at: usize, word: &str) -> bool {
    let suffixed = word.starts_with(|c: char| c.is_ascii_digit()) && !word.starts_with("0x");
    if ["f32", "f64"].contains(&word) || (suffixed && (word.ends_with("f32") || word.ends_with("f64"))) {
        return true;
    }
    // `tuple.0.1` has a point before it, `0..9` has two after it.
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    let (before, after) = (&line[..at], &line[at + word.len()..]);
    let fraction = after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let exponent =
        suffixed && word.split_once(['e', 'E']).is_some_and(|(a, b)| digits(a) && (digits(b) || b.is_empty()));
    (digits(word) && fraction && !before.ends_with('.')) || exponent
}

fn in_format(path: &str, text: &str) -> Vec<String> {
    let in_sql = path.ends_with(".sql");
    let floats: &[&str] = if in_sql {
        &["real", "float", "double", "numeric", "decimal"]
    } else {
        &["float", "float16", "float32", "float64", "double", "number"]
    };
    let prose = |line: &str| line.trim_start().starts_with([';', '#']) || line.trim_start().starts_with("--");
    let is_type = |line: &str, at: usize, word: &str| {
        let declared = line[..at].trim_end().ends_with([':', '"', '=']) || in_sql;
        declared && floats.contains(&word.to_ascii_lowercase().as_str())
    };
    let code = |line: &str| line.split(" --").next().unwrap_or("").split(" ;").next().unwrap_or("").to_owned();
    let found = lines(text).filter(|(_, line)| {
        let line = code(line);
        !prose(&line) && !path.ends_with(".md") && words(&line).any(|(at, word)| is_type(&line, at, word))
    });
    found.map(|(number, line)| format!("{path}:{number}: a float: {}", line.trim())).collect()
}

#[test]
fn floats_are_seen() {
    for bad in ["let a: f64 = x;", "a(1.5)", "let b = 1e9;", "let c = 2f32;", "1.0.max(x)", "1e-9"] {
        assert_eq!(in_rust("x.rs", bad).len(), 1, "{bad}");
    }
    for good in ["pair.0.1", "0..5", "1.max(2)", "0x1e9", "\"1.5\"", "// f64", "'1'", "1_000i64", "v1e"] {
        assert!(in_rust("x.rs", good).is_empty(), "{good}");
    }
    assert_eq!(in_format("a.cddl", "amount = float64").len(), 1);
    assert_eq!(in_format("a.yaml", "  type: number").len(), 1);
    assert_eq!(in_format("a.sql", "amount REAL NOT NULL, -- real money").len(), 1);
    assert!(in_format("a.sql", "number INTEGER PRIMARY KEY,").is_empty());
    assert!(in_format("a.cddl", "; a real number").is_empty());
    assert!(in_format("a.yaml", "  description: the real number").is_empty());
}
