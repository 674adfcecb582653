//! The app shows what the core says: no rule, no arithmetic on money, no digits in the words of a locale, small files.
//!
//! The bindings are held to the same, because what is wrong there is wrong on every device.

use crate::none;
use crate::rust_text::words;
use crate::tree::{File, files, lines};

const APP: &str = "android-app/src/main/";
const BINDINGS: &str = "bindings/src/";

/// Where a fraction is a place on the screen, on paper or in a camera's picture.
const DRAWING: &[&str] = &["/app/raseed/look/", "/app/raseed/print/", "/app/raseed/scan/", "bindings/src/fast/"];

/// The one package that knows the generated names.
const BRIDGE: &str = "/app/raseed/bridge/";

const KOTLIN_LINES: usize = 400;

#[test]
fn the_app_and_the_bindings_do_not_calculate_with_money() {
    check("the core calculates; the app and the bindings show", &[APP, BINDINGS], &[".kt", ".rs"], arithmetic);
}

#[test]
fn fractions_are_for_drawing_only() {
    check("no fraction outside of drawing, and none near money", &[APP, BINDINGS], &[".kt", ".rs"], fractions);
}

#[test]
fn no_locale_writes_a_number() {
    check("formatting follows the locale, to its digits: the core writes numbers", &[APP], &[".kt"], formatting);
}

#[test]
fn only_the_bridge_knows_the_generated_names() {
    check("app.raseed.core is for app.raseed.bridge alone", &[APP], &[".kt"], |path, code| {
        if path.contains(BRIDGE) { Vec::new() } else { found(path, code, &["app.raseed.core"]) }
    });
}

#[test]
fn the_app_stands_on_the_framework_alone() {
    check("no AndroidX, no Play services", &[APP], &[".kt", ".xml"], |path, code| {
        found(path, code, &["androidx.", "android.support.", "com.google.android"])
    });
}

#[test]
fn kotlin_files_are_small_and_say_what_they_are_for() {
    let kotlin = files().into_iter().filter(|file| file.path.starts_with("android-app/src/"));
    let findings: Vec<_> =
        kotlin.filter(|file| file.is(".kt") || file.is(".java")).flat_map(|file| shape(&file)).collect();
    none("one idea a file, said in its first line", &findings);
}

fn check(rule: &str, under: &[&str], extensions: &[&str], findings: fn(&str, &str) -> Vec<String>) {
    let wanted = |file: &File| {
        under.iter().any(|folder| file.path.starts_with(folder)) && extensions.iter().any(|end| file.is(end))
    };
    let sources: Vec<_> = files().into_iter().filter(wanted).collect();
    assert!(!sources.is_empty(), "nothing to look at under {}", under.join(" and "));
    let all = sources.iter().flat_map(|file| findings(&file.path, &without_comments(file.text().unwrap_or(""))));
    none(rule, &all.collect::<Vec<_>>());
}

/// What stands in strings stays: `"${paise / 100}"` is code. Rust tests at the end of a file may calculate what they expect.
fn without_comments(source: &str) -> String {
    let source = crate::rust_text::without_tests(source);
    let kept = source.lines().map(|line| {
        let begin = line.trim_start();
        let comment = begin.starts_with("//") || begin.starts_with("/*") || begin.starts_with("* ");
        if comment { "" } else { line.split(" // ").next().unwrap_or(line) }
    });
    kept.collect::<Vec<_>>().join("\n")
}

fn arithmetic(path: &str, code: &str) -> Vec<String> {
    let mut findings = found(path, code, &["/ 100", "* 100", "% 100", "/100", "*100", "%100"]);
    findings.retain(|finding| !finding.contains("1000"));
    for (number, line) in lines(code) {
        for (at, word) in words(line).filter(|(_, word)| is_money(word)) {
            // Before the whole of `bill.due.amount`.
            let part_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '?' | '!');
            let before = line[..at].trim_end_matches(part_of_name).trim_end();
            let after = line[at + word.len()..].trim_start();
            // `->` leads to a value, it takes nothing away; `*` alone before a name opens a reference in Rust.
            let taken = after.starts_with(['+', '-', '*', '/', '%']) && !after.starts_with("->");
            if taken || before.ends_with(['+', '-', '/', '%']) {
                findings.push(format!("{path}:{number}: arithmetic beside {word}"));
            }
        }
    }
    findings
}

fn is_money(word: &str) -> bool {
    let word = word.to_lowercase();
    word.ends_with("paise") || word.ends_with("amount") || word.ends_with("rupees")
}

fn fractions(path: &str, code: &str) -> Vec<String> {
    const KINDS: &[&str] = &["Float", "Double", "f32", "f64", "BigDecimal", "toFloat", "toDouble"];
    let drawing = DRAWING.iter().any(|folder| path.contains(folder));
    let mut findings = Vec::new();
    for (number, line) in lines(code) {
        let near_money = words(line).any(|(_, word)| is_money(word));
        for (_, kind) in words(line).filter(|(_, word)| KINDS.contains(word) && (near_money || !drawing)) {
            findings.push(format!("{path}:{number}: {kind}"));
        }
    }
    findings
}

fn formatting(path: &str, code: &str) -> Vec<String> {
    found(path, code, &["String.format", ".format(", "NumberFormat", "DecimalFormat", "DateFormat"])
}

fn found(path: &str, code: &str, wanted: &[&str]) -> Vec<String> {
    let hits = |(number, line): (usize, &str)| {
        let hits = wanted.iter().filter(|what| line.contains(**what));
        hits.map(|what| format!("{path}:{number}: {what} in {}", line.trim())).collect::<Vec<_>>()
    };
    lines(code).flat_map(hits).collect()
}

fn shape(file: &File) -> Vec<String> {
    let text = file.text().unwrap_or("");
    let mut findings = Vec::new();
    if !text.starts_with("// ") && !text.starts_with("/*") {
        findings.push(format!("{}:1: begin with a comment: what is it for?", file.path));
    }
    let length = text.lines().count();
    if length > KOTLIN_LINES {
        findings.push(format!("{}:{KOTLIN_LINES}: {length} lines", file.path));
    }
    findings
}

#[test]
fn each_is_seen() {
    let arithmetic = |line: &str| arithmetic("x.kt", line).len();
    assert_eq!(arithmetic("val rupees = total / 100"), 1);
    assert_eq!(arithmetic("val text = \"₹${paise % 100}\""), 2);
    assert_eq!(arithmetic("left = given - duePaise"), 1);
    assert_eq!(arithmetic("left = given - bill.due?.amount"), 1);
    assert_eq!(arithmetic("left = this.amount + more"), 1);
    assert_eq!(arithmetic("fun show(amount: Long) = view.show(amount)"), 0);
    assert_eq!(arithmetic("{ amount -> show(amount) }; permille / 1000f"), 0);
    assert_eq!(fractions("x.kt", "val part: Float = 0.5f").len(), 1);
    assert_eq!(fractions("android-app/src/main/kotlin/app/raseed/look/X.kt", "val part: Float = 0.5f").len(), 0);
    assert_eq!(fractions("android-app/src/main/kotlin/app/raseed/look/X.kt", "paise.toDouble()").len(), 1);
    assert_eq!(formatting("x.kt", "\"%d\".format(3)").len(), 1);
    assert_eq!(without_comments("a // b\n// c\n\"http://d\""), "a\n\n\"http://d\"");
    let file = |text: &str| File { path: "X.kt".to_owned(), bytes: text.as_bytes().to_vec() };
    assert_eq!(shape(&file("package x")).len(), 1);
    assert_eq!(shape(&file(&"// x\n".repeat(401))).len(), 1);
    assert_eq!(shape(&file("// What it is for.\npackage x")).len(), 0);
}
