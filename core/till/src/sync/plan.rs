//! What to do next, and what a reply means. Pure: it is told where the till stands and answers.

use raseed_protocol::ids::Sequence;
use raseed_protocol::wire::Refusal;

use super::transport::{SyncError, plain};

/// The next thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send entries after this one, as many as fit the size.
    Upload {
        /// The newest that the head office holds.
        after: Sequence,
        /// About how many bytes.
        bytes: usize,
    },
    /// Ask what the head office knows about payments, after this word of its.
    Ask {
        /// The number of the newest word that is here.
        since: u64,
    },
    /// Ask for the book from this cursor on.
    Fetch {
        /// The cursor.
        since: u64,
        /// About how many bytes at the most.
        bytes: usize,
    },
    /// All is done.
    Done,
}

/// How much to move at once, up or down. It doubles while all goes well. A line that breaks every few seconds breaks
/// whatever the size, so one failure changes nothing but that from then on it grows by steps; a second in a row means that so
/// much does not fit between two breaks, and halves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchSize {
    bytes: usize,
    has_failed: bool,
    failed_last: bool,
}

impl BatchSize {
    const FIRST: usize = 16 * 1024;
    const LEAST: usize = 1024;
    const MOST: usize = 512 * 1024;
    const STEP: usize = 1024;

    /// The size to begin with.
    pub fn new() -> BatchSize {
        BatchSize { bytes: BatchSize::FIRST, has_failed: false, failed_last: false }
    }

    /// In bytes.
    pub fn bytes(self) -> usize {
        self.bytes
    }

    /// A batch got through.
    pub fn worked(&mut self) {
        let more = if self.has_failed { self.bytes + BatchSize::STEP } else { self.bytes * 2 };
        self.bytes = more.min(BatchSize::MOST);
        self.failed_last = false;
    }

    /// A batch did not.
    pub fn failed(&mut self) {
        if self.failed_last {
            self.bytes = (self.bytes / 2).max(BatchSize::LEAST);
        }
        (self.has_failed, self.failed_last) = (true, true);
    }
}

impl Default for BatchSize {
    fn default() -> BatchSize {
        BatchSize::new()
    }
}

/// First everything up, then words about payments, then the book down: so that the book that comes has counted what was
/// sent, the receipts that those words led to as well.
pub fn next_step(newest: Sequence, acknowledged: Sequence, words: Words, book: Book, size: BatchSize) -> Step {
    if acknowledged < newest {
        Step::Upload { after: acknowledged, bytes: size.bytes() }
    } else if words.more {
        Step::Ask { since: words.since }
    } else if book.more {
        Step::Fetch { since: book.cursor, bytes: size.bytes() }
    } else {
        Step::Done
    }
}

/// Where the head office's words about payments stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// The number of the newest word that is here.
    pub since: u64,
    /// Whether there may be more.
    pub more: bool,
}

/// Where the book stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Book {
    /// The cursor to ask from.
    pub cursor: u64,
    /// Whether there may be more.
    pub more: bool,
}

/// What a refusal means for the rest of this sync: `Ok` to go on from what the acknowledgement beside it says.
pub fn after_refusal(refusal: &Refusal) -> Result<(), SyncError> {
    match refusal {
        // The acknowledgement says from where on; that it moves at all is asked there.
        Refusal::Gap { .. } => Ok(()),
        Refusal::Fork { at } => Err(SyncError::Forked { at: *at }),
        Refusal::BadEntry { at, what } => Err(SyncError::NotTaken { at: *at, what: plain(what, 400) }),
    }
}

/// How far the head office is, as far as this sync knows. It may be less than it had acknowledged once: a head office
/// that was restored from its own backup gets what it lost again, because a till never forgets an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    through: Sequence,
    went_back: bool,
}

impl Held {
    /// What was acknowledged before this sync.
    pub fn new(through: Sequence) -> Held {
        Held { through, went_back: false }
    }

    /// The newest entry that it holds.
    pub fn through(self) -> Sequence {
        self.through
    }

    /// True once it has held less than before: its book began anew too.
    pub fn went_back(self) -> bool {
        self.went_back
    }

    /// It says that it holds this. Once in a sync that may be less than before; twice is a head office that goes round
    /// in circles.
    pub fn is_now(&mut self, through: Sequence) -> Result<(), SyncError> {
        if through < self.through {
            if self.went_back {
                return Err(SyncError::OfficeLost { expected: Sequence(through.0.saturating_add(1)) });
            }
            self.went_back = true;
        }
        self.through = through;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_up_then_down() {
        let book = Book { cursor: 7, more: true };
        let size = BatchSize::new();
        let (asked, ask) = (Words { since: 3, more: false }, Words { since: 3, more: true });
        let with =
            |newest, acknowledged, words, book| next_step(Sequence(newest), Sequence(acknowledged), words, book, size);
        assert_eq!(with(9, 4, ask, book), Step::Upload { after: Sequence(4), bytes: 16 * 1024 });
        assert_eq!(with(9, 9, ask, book), Step::Ask { since: 3 });
        let step = |newest, acknowledged, book| with(newest, acknowledged, asked, book);
        assert_eq!(step(9, 4, book), Step::Upload { after: Sequence(4), bytes: 16 * 1024 });
        assert_eq!(step(9, 9, book), Step::Fetch { since: 7, bytes: 16 * 1024 });
        assert_eq!(step(9, 9, Book { cursor: 7, more: false }), Step::Done);
    }

    #[test]
    fn a_batch_shrinks_and_grows_within_bounds() {
        let mut size = BatchSize::new();
        (0..20).for_each(|_| size.worked());
        assert_eq!(size.bytes(), BatchSize::MOST);
        (0..20).for_each(|_| size.failed());
        assert_eq!(size.bytes(), BatchSize::LEAST);
        size.worked();
        assert_eq!(size.bytes(), BatchSize::LEAST + BatchSize::STEP);
        (0..2_000).for_each(|_| size.worked());
        assert_eq!(size.bytes(), BatchSize::MOST);
    }

    #[test]
    fn an_alarm_ends_the_sync() {
        let at = Sequence(3);
        assert_eq!(after_refusal(&Refusal::Fork { at }), Err(SyncError::Forked { at }));
        assert_eq!(after_refusal(&Refusal::Gap { expected: Sequence(u64::MAX) }), Ok(()));
    }

    #[test]
    fn a_head_office_may_go_back_once_but_not_in_circles() {
        let mut held = Held::new(Sequence(80));
        assert_eq!(held.is_now(Sequence(60)), Ok(()));
        assert_eq!(held.is_now(Sequence(80)), Ok(()));
        assert_eq!(held.is_now(Sequence(60)), Err(SyncError::OfficeLost { expected: Sequence(61) }));
    }
}
