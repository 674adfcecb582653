//! The finder: which lines hold all typed words, and in which order they are shown.

use super::fit::{Fit, fit, is_short};
use super::fold::fold;
use super::words::{Collecting, Words};

/// The longest text that is looked at, in characters.
const MAX_TYPED: usize = 64;

/// The longest line that is taken, in bytes, and the most lines: they keep every place below 2^32. No book comes near.
const MAX_LINE: usize = 1_024;
const MAX_LINES: usize = 4_000_000;

/// So many changed accounts are looked at one by one; with more the finder should be loaded again.
const MANY_CHANGES: usize = 2_000;

/// All accounts, to be found by any part of what is known of them.
#[derive(Default)]
pub struct Finder {
    /// Whose each line is, ascending.
    numbers: Vec<i64>,
    words: Words,
    /// Accounts that changed since loading: number and new text. Their old lines are passed over.
    changed: Vec<(i64, String)>,
    moved: Lines,
}

/// Accounts being loaded.
#[derive(Default)]
pub struct Loading {
    numbers: Vec<i64>,
    words: Collecting,
}

impl Loading {
    /// Adds an account. Accounts come in ascending order of their numbers.
    pub fn add(&mut self, number: i64, text: &str) {
        debug_assert!(self.numbers.last().is_none_or(|last| *last < number), "ascending");
        if self.numbers.len() < MAX_LINES && text.len() <= MAX_LINE {
            self.words.add(u32::try_from(self.numbers.len()).expect("not that many lines"), text);
            self.numbers.push(number);
        }
    }

    /// The finder of all of them.
    pub fn finish(self) -> Finder {
        let moved = Lines::none(self.numbers.len());
        Finder { numbers: self.numbers, words: self.words.finish(), changed: Vec::new(), moved }
    }
}

impl Finder {
    /// Replaces the line of an account, or adds one.
    pub fn change(&mut self, number: i64, text: &str) {
        if let Ok(line) = self.numbers.binary_search(&number) {
            self.moved.add(line);
        }
        self.changed.retain(|(changed, _)| *changed != number);
        self.changed.push((number, text.to_owned()));
    }

    /// True if so much has changed that it should be loaded again.
    pub fn is_stale(&self) -> bool {
        self.changed.len() > MANY_CHANGES
    }

    /// The accounts that fit, best first, at most `most`; nothing if nothing was typed.
    pub fn find(&self, typed: &str, most: usize) -> Vec<i64> {
        let typed: String = typed.chars().take(MAX_TYPED).collect();
        let folded = fold(&typed);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let mut found = Vec::new();
        if words.is_empty() {
            return found;
        }
        let mut seen = self.moved.clone();
        for wanted in [Fit::WholeWord, Fit::Beginning, Fit::Inside] {
            // The last is the dearest, and seldom needed.
            if found.len() < most {
                let lines = self.lines_with_all(&words, wanted);
                found.extend(lines.without(&seen).take(most - found.len()).map(|line| self.numbers[line]));
                let changed = self.changed.iter().filter(|(_, text)| fit(text, &words) == Some(wanted));
                found.extend(changed.take(most - found.len()).map(|(number, _)| *number));
                seen.unite(&lines);
            }
        }
        found
    }

    /// The lines that fit so well or better.
    fn lines_with_all(&self, words: &[&str], wanted: Fit) -> Lines {
        let mut all = self.lines_with(words[0], wanted);
        words[1..].iter().for_each(|word| all.intersect(&self.lines_with(word, wanted)));
        all
    }

    fn lines_with(&self, word: &str, wanted: Fit) -> Lines {
        let mut lines = Lines::none(self.numbers.len());
        let beginning = self.words.beginning(word);
        match wanted {
            Fit::WholeWord if self.words.is(beginning.start, word) => {
                lines.add_all(self.words.lines(beginning.start..beginning.start + 1));
            }
            Fit::WholeWord => {}
            Fit::Inside if !is_short(word) => {
                self.words.containing(word, |word| lines.add_all(self.words.lines(word..word + 1)));
            }
            Fit::Beginning | Fit::Inside => lines.add_all(self.words.lines(beginning)),
        }
        lines
    }
}

/// A set of lines: one bit for each.
#[derive(Clone, Default)]
struct Lines(Vec<u64>);

impl Lines {
    fn none(count: usize) -> Lines {
        Lines(vec![0; count.div_ceil(64)])
    }

    fn add(&mut self, line: usize) {
        self.0[line / 64] |= 1 << (line % 64);
    }

    fn add_all(&mut self, lines: &[u32]) {
        lines.iter().for_each(|line| self.add(*line as usize));
    }

    fn intersect(&mut self, other: &Lines) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| *mine &= theirs);
    }

    fn unite(&mut self, other: &Lines) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// Those that are not in the other, ascending.
    fn without<'a>(&'a self, other: &'a Lines) -> impl Iterator<Item = usize> + 'a {
        self.0.iter().zip(&other.0).enumerate().flat_map(|(at, (mine, theirs))| {
            let mut left = mine & !theirs;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(at * 64 + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finder() -> Finder {
        let mut loading = Loading::default();
        for (number, text) in [
            (1, " bhg 0217 bhg0217 ਗੁਰਪ੍ਰੀਤ ਕੌਰ gurpreet kaur 12 bhagomajra 9117"),
            (2, " bhg 0012 bhg0012 ਹਰਪ੍ਰੀਤ ਸਿੰਘ harpreet singh 12a bhagomajra 0217"),
            (3, " krl 0217 krl0217 preet kaur 40 kurali 5512"),
        ] {
            loading.add(number, text);
        }
        loading.finish()
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
        finder.change(1, " bhg 0217 bhg0217 karan kaur 12 bhagomajra 9117");
        finder.change(1, " bhg 0217 bhg0217 simran kaur 12 bhagomajra 9117");
        assert_eq!(finder.find("gurpreet", 10), Vec::<i64>::new());
        assert_eq!(finder.find("simran", 10), vec![1]);
    }

    proptest! {
        /// The index finds exactly what looking at every line finds, in the order of how well the lines fit.
        #[test]
        fn it_finds_what_a_plain_look_finds(
            lines in proptest::collection::vec("( [ab]{1,4}){1,4}", 1..150),
            changes in proptest::collection::vec((0usize..160, "( [ab]{1,4}){1,4}"), 0..5),
            words in proptest::collection::vec("[ab]{1,4}", 1..3),
            most in 0usize..200,
        ) {
            let mut loading = Loading::default();
            let mut texts: Vec<(i64, &str)> = (0i64..).zip(lines.iter().map(String::as_str)).collect();
            texts.iter().for_each(|(number, text)| loading.add(*number, text));
            let mut finder = loading.finish();
            for (number, text) in &changes {
                let number = i64::try_from(*number).unwrap();
                finder.change(number, text);
                texts.retain(|(old, _)| *old != number);
                texts.push((number, text));
            }
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut plain: Vec<(Fit, i64)> =
                texts.iter().filter_map(|(number, line)| Some((fit(line, &words)?, *number))).collect();
            plain.sort_by_key(|(fit, _)| *fit);
            let plain: Vec<i64> = plain.into_iter().map(|(_, number)| number).take(most).collect();
            prop_assert_eq!(finder.find(&words.join(" "), most), plain);
        }
    }
}
