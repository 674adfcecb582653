//! Rust source with its comments, texts and characters blanked out, so that a rule sees only code.
//!
//! It never moves anything: line numbers and columns stay.

/// The code alone; everything else is blanks.
pub fn code_of(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut code = String::with_capacity(source.len());
    let mut at = 0;
    while at < bytes.len() {
        let end = at + skipped(&source[at..], at.checked_sub(1).map(|before| bytes[before]));
        if end > at {
            code.extend(source[at..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            at = end;
        } else {
            let c = source[at..].chars().next().expect("not at the end");
            code.push(c);
            at += c.len_utf8();
        }
    }
    code
}

/// Only the part of a file before its unit tests (which come last, by the house's style).
pub fn without_tests(code: &str) -> &str {
    code.find("#[cfg(test)]\nmod ").map_or(code, |at| &code[..at])
}

/// How many bytes at the beginning are a comment, a text or a character; 0 if it is code.
fn skipped(rest: &str, before: Option<u8>) -> usize {
    let in_a_name = before.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_');
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return rest.find("*/").map_or(rest.len(), |end| end + 2);
    }
    if rest.starts_with('"') {
        return text_len(rest);
    }
    if !in_a_name && (rest.starts_with("b\"") || rest.starts_with("c\"")) {
        return 1 + text_len(&rest[1..]);
    }
    if !in_a_name && (rest.starts_with('r') || rest.starts_with("br")) {
        return raw_text_len(rest);
    }
    if rest.starts_with('\'') { character_len(rest) } else { 0 }
}

fn text_len(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_text_len(rest: &str) -> usize {
    let after = rest.trim_start_matches('b').trim_start_matches('r');
    let hashes = after.len() - after.trim_start_matches('#').len();
    if !after[hashes..].starts_with('"') {
        return 0;
    }
    let begin = rest.len() - after.len() + hashes + 1;
    let close = format!("\"{}", "#".repeat(hashes));
    rest[begin..].find(&close).map_or(rest.len(), |end| begin + end + close.len())
}

/// A character, not a lifetime.
fn character_len(rest: &str) -> usize {
    let mut inside = rest[1..].char_indices();
    match inside.next() {
        Some((_, '\\')) => rest[3..].find('\'').map_or(0, |end| end + 4),
        Some((_, c)) if rest[1 + c.len_utf8()..].starts_with('\'') => 2 + c.len_utf8(),
        _ => 0,
    }
}

/// The words (names, keywords, numbers) of a line with the column where each begins.
pub fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let begin = at + line[at..].find(in_word)?;
        let end = line[begin..].find(|c| !in_word(c)).map_or(line.len(), |length| begin + length);
        at = end;
        Some((begin, &line[begin..end]))
    })
}

#[test]
fn only_code_is_left() {
    let source =
        "let a = \"x // \\\" y\"; // z\nlet b = r#\"f64 \"q\" \"#; /* f32\n */ let c: &'a str = f('\\'', 'x', b\"z\");";
    let code = code_of(source);
    assert_eq!(code.lines().count(), source.lines().count());
    assert_eq!(code.split_whitespace().collect::<String>(), "leta=;letb=;letc:&'astr=f(,,);");
    assert_eq!(without_tests("fn a() {}\n#[cfg(test)]\nmod tests {"), "fn a() {}\n");
    assert_eq!(words("a_1+f64.2").map(|(at, _)| at).collect::<Vec<_>>(), [0, 4, 8]);
}
