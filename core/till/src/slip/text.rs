//! A slip as plain text, for a terminal or a printer that only knows letters.

use super::{Block, Slip};

impl Slip {
    /// As plain text, `columns` wide; the QR code is left to the caller, which gets its text back in `qr`.
    pub fn to_text(&self, columns: usize) -> String {
        let mut text = String::new();
        for block in &self.0 {
            match block {
                Block::Heading(line) | Block::Line(line) => text.push_str(&centred(line, columns)),
                Block::Row(what, value) | Block::Total(what, value) => text.push_str(&spread(what, value, columns)),
                Block::Rule => text.push_str(&"-".repeat(columns)),
                Block::Qr(_) => text.push_str(&centred("[QR code]", columns)),
                Block::Note(line) | Block::Words(line) => text.push_str(&wrapped(line, columns)),
            }
            text.push('\n');
        }
        text
    }
}

fn centred(line: &str, columns: usize) -> String {
    let pad = |line: &str| format!("{}{line}", " ".repeat(columns.saturating_sub(width(line)) / 2));
    wrapped(line, columns).lines().map(pad).collect::<Vec<_>>().join("\n")
}

/// Left and right on one line, or on two where they do not fit.
fn spread(what: &str, value: &str, columns: usize) -> String {
    let used = width(what) + width(value);
    if used < columns {
        return format!("{what}{}{value}", " ".repeat(columns - used));
    }
    let value_line = format!("{}{value}", " ".repeat(columns.saturating_sub(width(value))));
    format!("{}\n{value_line}", wrapped(what, columns))
}

fn wrapped(line: &str, columns: usize) -> String {
    let mut text = String::new();
    let mut used = 0;
    for word in line.split(' ') {
        let length = width(word);
        if used > 0 && used + 1 + length > columns {
            text.push('\n');
            used = 0;
        } else if used > 0 {
            text.push(' ');
            used += 1;
        }
        text.push_str(word);
        used += length;
    }
    text
}

/// The columns that a text takes in a terminal: signs that stand above or below a letter take none of their own.
fn width(text: &str) -> usize {
    text.chars().filter(|c| !takes_no_column(*c)).count()
}

/// The marks of Devanagari, Bengali and Gurmukhi that terminals do not advance for (Unicode category Mn).
fn takes_no_column(c: char) -> bool {
    matches!(c,
        '\u{0900}'..='\u{0902}' | '\u{093A}' | '\u{093C}' | '\u{0941}'..='\u{0948}' | '\u{094D}'
        | '\u{0951}'..='\u{0957}' | '\u{0962}' | '\u{0963}'
        | '\u{0981}' | '\u{09BC}' | '\u{09C1}'..='\u{09C4}' | '\u{09CD}' | '\u{09E2}' | '\u{09E3}' | '\u{09FE}'
        | '\u{0A01}' | '\u{0A02}' | '\u{0A3C}' | '\u{0A41}'..='\u{0A51}' | '\u{0A70}' | '\u{0A71}' | '\u{0A75}'
        | '\u{200B}'..='\u{200D}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_above_and_below_take_no_column() {
        for (text, columns) in [("Paid", 4), ("₹170.50", 7), ("नं.", 2), ("हिन्दी", 5), ("ਤਾਰੀਖ਼", 5), ("নভেম্বর", 6)]
        {
            assert_eq!(width(text), columns, "{text}");
        }
    }

    #[test]
    fn no_line_is_wider_than_the_paper() {
        let text = |text: &str| text.to_owned();
        let slip = Slip(vec![
            Block::Heading(text("सरमाला ग्रामीण जल आपूर्ति समिति, सरमाला कलां")),
            Block::Row(text("ਮਹੀਨਾ"), text("ਸਤੰਬਰ 2026 - ਅਕਤੂਬਰ 2026")),
            Block::Total(text("রক্ষণাবেক্ষণের মাশুল, পুরোনো বকেয়া সহ"), text("₹1,23,45,678.90")),
            Block::Rule,
            Block::Note(text("এক লাখ তেইশ হাজার চারশো ছাপ্পান্ন টাকা পঞ্চাশ পয়সা মাত্র")),
        ]);
        for columns in [24, 32, 48] {
            let text = slip.to_text(columns);
            assert!(text.lines().all(|line| width(line) <= columns), "{columns}:\n{text}");
        }
    }
}
