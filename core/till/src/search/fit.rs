//! How well a line fits what was typed: the meaning of a search, word by word. The index must find exactly what this finds.

/// From this length on a word is also found inside other words; shorter ones only at the beginning of a word, because
/// two letters stand inside nearly every name.
const INFIX_FROM: usize = 3;

/// How well a line fits; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// A whole word of the line is exactly what was typed (a consumer number, a house).
    WholeWord,
    /// Every typed word begins a word of the line.
    Beginning,
    /// Some typed word stands inside a word of the line.
    Inside,
}

/// Whether the word is too short to be looked for inside other words.
pub fn is_short(word: &str) -> bool {
    word.chars().nth(INFIX_FROM - 1).is_none()
}

/// Whether every word fits the line, and how well the worst of them does.
pub fn fit(line: &str, words: &[&str]) -> Option<Fit> {
    let mut worst = Fit::WholeWord;
    for word in words {
        worst = worst.max(fit_one(line, word)?);
    }
    Some(worst)
}

fn fit_one(line: &str, word: &str) -> Option<Fit> {
    let mut best = None;
    for (at, _) in line.match_indices(word) {
        let begins = line.as_bytes()[..at].last() == Some(&b' ');
        let ends = line.as_bytes().get(at + word.len()).is_none_or(|next| *next == b' ');
        let fit = match (begins, ends) {
            (true, true) => return Some(Fit::WholeWord),
            (true, false) => Fit::Beginning,
            _ if is_short(word) => continue,
            _ => Fit::Inside,
        };
        best = Some(best.map_or(fit, |before: Fit| before.min(fit)));
    }
    best
}
