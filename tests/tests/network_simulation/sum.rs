//! Adding up what the runs met.

use crate::network::Met;
use crate::scene::Seen;

impl Seen {
    pub fn add(&mut self, one: &Seen) {
        for (all, one) in self.counts().into_iter().zip(one.clone().counts()) {
            *all += *one;
        }
    }

    /// True if every kind of thing happened.
    pub fn is_wide(&self) -> bool {
        self.clone().counts().into_iter().all(|count| *count > 0)
    }

    fn counts(&mut self) -> [&mut u64; 25] {
        let Seen { met, entries, receipts, repeated, syncs, broken_off, clock_confirmed, day_over, books, .. } = self;
        let Seen { asked, paid, enrolled, copied, forked, behind, .. } = self;
        let Met { messages, lost, doubled, late, request_cut, answer_lost, answer_cut, .. } = met;
        let Met { answer_damaged, answer_old, impostor, killed, .. } = met;
        [
            messages,
            lost,
            doubled,
            late,
            request_cut,
            answer_lost,
            answer_cut,
            answer_damaged,
            answer_old,
            impostor,
            killed,
            entries,
            receipts,
            repeated,
            syncs,
            broken_off,
            clock_confirmed,
            day_over,
            books,
            asked,
            paid,
            enrolled,
            copied,
            forked,
            behind,
        ]
    }
}
