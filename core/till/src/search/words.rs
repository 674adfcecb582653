//! All words of the book in ascending order, each with the lines in which it stands.
//!
//! Ascending, so that the words with one beginning are neighbours and their lines one slice. A book of 200,000 accounts
//! has some 400,000 words in 4 MB: that is what a search for a part of a word walks through, not the accounts.

use memchr::memmem;
use std::collections::HashMap;
use std::ops::Range;

/// The words.
#[derive(Default)]
pub struct Words {
    /// Each ended by a newline (which folding never leaves in a text).
    text: String,
    /// Where each word starts in the text; after the last word, its end.
    starts: Vec<u32>,
    /// Where each word's lines start in `lines`; after the last word, their end.
    lists: Vec<u32>,
    lines: Vec<u32>,
}

/// Words being collected, line by line.
#[derive(Default)]
pub struct Collecting {
    ids: HashMap<Box<str>, u32>,
    /// Word and line, in the order of the lines.
    places: Vec<(u32, u32)>,
}

impl Words {
    /// The words that begin so. The first of them may be the whole word.
    pub fn beginning(&self, beginning: &str) -> Range<usize> {
        let first = self.first_from(|word| word < beginning);
        let after = self.first_from(|word| word < beginning || word.starts_with(beginning));
        first..after
    }

    /// Whether the word at this place is exactly this one.
    pub fn is(&self, at: usize, word: &str) -> bool {
        at < self.count() && self.word(at) == word
    }

    /// The lines of neighbouring words; a line may come more than once.
    pub fn lines(&self, words: Range<usize>) -> &[u32] {
        let place = |at: usize| self.lists.get(at).map_or(0, |place| *place as usize);
        &self.lines[place(words.start)..place(words.end)]
    }

    /// Hands every word in which `part` stands to `visit`, in ascending order.
    pub fn containing(&self, part: &str, mut visit: impl FnMut(usize)) {
        let searcher = memmem::Finder::new(part);
        let (mut word, mut from) = (0, 0);
        while let Some(found) = searcher.find(&self.text.as_bytes()[from..]) {
            // Never far: all words together are walked through once.
            while self.starts[word + 1] as usize <= from + found {
                word += 1;
            }
            visit(word);
            from = self.starts[word + 1] as usize;
        }
    }

    fn count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn word(&self, at: usize) -> &str {
        &self.text[self.starts[at] as usize..self.starts[at + 1] as usize - 1]
    }

    /// The first word for which `before` is not true.
    fn first_from(&self, before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.count());
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.word(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

impl Collecting {
    /// Adds the words of a line. Lines must come in ascending order.
    pub fn add(&mut self, line: u32, text: &str) {
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let id = match self.ids.get(word) {
                Some(id) => *id,
                None => self.new_word(word),
            };
            self.places.push((id, line));
        }
    }

    fn new_word(&mut self, word: &str) -> u32 {
        let id = small(self.ids.len());
        self.ids.insert(word.into(), id);
        id
    }

    /// Brings them into order.
    pub fn finish(self) -> Words {
        let mut sorted: Vec<(Box<str>, u32)> = self.ids.into_iter().collect();
        sorted.sort_unstable();
        let mut words = Words::default();
        let mut rank = vec![0; sorted.len()];
        for (place, (word, id)) in sorted.iter().enumerate() {
            rank[*id as usize] = place;
            words.starts.push(small(words.text.len()));
            words.text.push_str(word);
            words.text.push('\n');
        }
        words.starts.push(small(words.text.len()));
        (words.lists, words.lines) = lists(&self.places, &rank);
        words
    }
}

/// Sorts places by word without comparing: count, then put each where its word's lines begin.
fn lists(places: &[(u32, u32)], rank: &[usize]) -> (Vec<u32>, Vec<u32>) {
    let mut lists = vec![0; rank.len() + 1];
    for (id, _) in places {
        lists[rank[*id as usize] + 1] += 1;
    }
    for word in 1..lists.len() {
        lists[word] += lists[word - 1];
    }
    let mut next = lists.clone();
    let mut lines = vec![0; places.len()];
    for (id, line) in places {
        let place = &mut next[rank[*id as usize]];
        lines[*place as usize] = *line;
        *place += 1;
    }
    (lists, lines)
}

fn small(number: usize) -> u32 {
    u32::try_from(number).expect("the finder takes no more lines than keep every number below 2^32")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(lines: &[&str]) -> Words {
        let mut collecting = Collecting::default();
        (0..).zip(lines).for_each(|(line, text)| collecting.add(line, text));
        collecting.finish()
    }

    #[test]
    fn words_with_one_beginning_are_neighbours() {
        let words = words(&[" kaur kurali", " kau", " singh kaur"]);
        assert_eq!(words.lines(words.beginning("kau")), &[1u32, 0, 2][..]);
        assert!(words.is(words.beginning("kau").start, "kau"));
        assert!(words.lines(words.beginning("kaurs")).is_empty());
        assert!(words.lines(words.beginning("z")).is_empty());
    }

    #[test]
    fn a_part_of_a_word_is_found_once_a_word() {
        let words = words(&[" ababab", " xab", " yy"]);
        let mut found: Vec<u32> = Vec::new();
        words.containing("ab", |word| found.extend(words.lines(word..word + 1)));
        assert_eq!(found, vec![0, 1]);
    }

    #[test]
    fn no_words_at_all() {
        let words = Words::default();
        assert!(words.lines(words.beginning("a")).is_empty());
        words.containing("a", |_| panic!("there is none"));
    }
}
