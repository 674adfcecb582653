//! The scan.

use super::fold::fold;
use memchr::memmem;
use std::collections::HashMap;

/// The longest text that is looked at, in characters.
const MAX_TYPED: usize = 64;

/// From this length on a word is also found inside other words; shorter ones only at the beginning of a word, because
/// two letters stand inside nearly every name.
const INFIX_FROM: usize = 3;

/// All accounts as lines of folded text.
#[derive(Default)]
pub struct Finder {
    /// Lines, each ended by a newline (which folding never leaves in a text).
    lines: String,
    /// Where each line starts, and whose it is.
    starts: Vec<(u32, i64)>,
    /// Accounts that changed since the lines were loaded: their old lines are passed over.
    moved: HashMap<i64, usize>,
}

/// How well a line fits; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// A whole word of the line is exactly what was typed (a consumer number, a house).
    WholeWord,
    /// Every typed word begins a word of the line.
    Beginning,
    /// Some typed word stands inside a word of the line.
    Inside,
}

impl Finder {
    /// Adds an account, or replaces the line of one that is there.
    pub fn push(&mut self, number: i64, text: &str) {
        let line = self.starts.len();
        let Ok(start) = u32::try_from(self.lines.len()) else {
            return; // 4 GiB of names: no book is that large, and its accounts are still found by number.
        };
        self.starts.push((start, number));
        self.lines.push_str(text);
        self.lines.push('\n');
        self.moved.insert(number, line);
    }

    /// The accounts that fit, best first, at most `most`; nothing if nothing was typed.
    pub fn find(&self, typed: &str, most: usize) -> Vec<i64> {
        let typed: String = typed.chars().take(MAX_TYPED).collect();
        let folded = fold(&typed);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let Some(rarest) = words.iter().max_by_key(|word| word.len()) else {
            return Vec::new();
        };
        let mut best: [Vec<i64>; 3] = Default::default();
        for line in self.lines_with(rarest) {
            let (text, number) = self.line(line);
            if self.moved.get(&number) != Some(&line) {
                continue;
            }
            if let Some(fit) = fit(text, &words) {
                let list = &mut best[fit as usize];
                if list.len() < most {
                    list.push(number);
                } else if fit == Fit::WholeWord {
                    break;
                }
            }
        }
        let mut found: Vec<i64> = best.concat();
        found.truncate(most);
        found
    }

    /// The lines in which the word stands (at the beginning of a word, if it is short), in order, each once.
    fn lines_with<'a>(&'a self, word: &str) -> impl Iterator<Item = usize> + 'a {
        let needle = if is_short(word) { format!(" {word}") } else { word.to_owned() };
        let searcher = memmem::Finder::new(&needle).into_owned();
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = from + searcher.find(&self.lines.as_bytes()[from..])?;
            let line = self.starts.partition_point(|(start, _)| (*start as usize) <= at) - 1;
            from = self.starts.get(line + 1).map_or(self.lines.len(), |(start, _)| *start as usize);
            Some(line)
        })
    }

    fn line(&self, line: usize) -> (&str, i64) {
        let (start, number) = self.starts[line];
        let end = self.starts.get(line + 1).map_or(self.lines.len(), |(next, _)| *next as usize);
        (&self.lines[start as usize..end - 1], number)
    }
}

fn is_short(word: &str) -> bool {
    word.chars().nth(INFIX_FROM - 1).is_none()
}

/// Whether every word fits the line, and how well the worst of them does.
fn fit(line: &str, words: &[&str]) -> Option<Fit> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finder() -> Finder {
        let mut finder = Finder::default();
        for (number, text) in [
            (1, " bhg 0217 bhg0217 ਗੁਰਪ੍ਰੀਤ ਕੌਰ gurpreet kaur 12 bhagomajra 9117"),
            (2, " bhg 0012 bhg0012 ਹਰਪ੍ਰੀਤ ਸਿੰਘ harpreet singh 12a bhagomajra 0217"),
            (3, " krl 0217 krl0217 preet kaur 40 kurali 5512"),
        ] {
            finder.push(number, text);
        }
        finder
    }

    #[test]
    fn a_collector_finds_what_a_collector_types() {
        let finder = finder();
        for (typed, found) in [
            ("gurp", vec![1]),
            ("preet", vec![3, 1, 2]),
            ("preet kaur", vec![3, 1]),
            ("ਗੁਰ", vec![1]),
            ("ਪ੍ਰੀਤ", vec![1, 2]),
            ("12", vec![1, 2]),
            ("bhg-0217", vec![1, 2]),
            ("bhg0217", vec![1]),
            ("217", vec![1, 2, 3]),
            ("੦੨੧੭", vec![1, 2, 3]),
            ("9117", vec![1]),
            ("KUR kaur", vec![3]),
            ("", vec![]),
            ("-", vec![]),
            ("zzz", vec![]),
        ] {
            assert_eq!(finder.find(typed, 10), found, "{typed}");
        }
        assert_eq!(finder.find("preet", 1), vec![3]);
    }

    #[test]
    fn a_changed_account_is_found_by_its_new_text_alone() {
        let mut finder = finder();
        finder.push(1, " bhg 0217 bhg0217 simran kaur 12 bhagomajra 9117");
        assert_eq!(finder.find("gurpreet", 10), Vec::<i64>::new());
        assert_eq!(finder.find("simran", 10), vec![1]);
    }

    proptest! {
        /// The scan finds exactly what looking at every line finds.
        #[test]
        fn it_finds_what_a_plain_look_finds(
            lines in proptest::collection::vec("( [ab]{1,4}){1,4}", 1..20),
            words in proptest::collection::vec("[ab]{1,4}", 1..3),
        ) {
            let mut finder = Finder::default();
            for (number, line) in (0i64..).zip(&lines) {
                finder.push(number, line);
            }
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut plain: Vec<i64> =
                (0i64..).zip(&lines).filter(|(_, line)| fit(line, &words).is_some()).map(|(n, _)| n).collect();
            let mut found = finder.find(&words.join(" "), 100);
            found.sort_unstable();
            plain.sort_unstable();
            prop_assert_eq!(found, plain);
        }
    }
}
