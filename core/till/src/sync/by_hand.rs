//! Taking in what was carried here from the head office: a sealed file with its acknowledgements, words and pages.
//!
//! The same things as over the network, through the same functions. Nothing in the file counts but what the head office
//! signed, and what is older than what is here changes nothing: a file may be taken twice, late, or in the wrong order.

use super::transport::SyncError;
use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::book::BookPage;
use raseed_protocol::sealed::{Ending, Item, NotARecipient, Opener, Purpose, SealedError};
use raseed_protocol::wire::{PaymentWords, UploadReply};
use serde::Serialize;
use thiserror::Error;

/// Why a file that was carried was not taken, or one could not be made. What was taken before it stays.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CarryError {
    /// It cannot be opened.
    #[error(transparent)]
    Sealed(#[from] SealedError),
    /// Nothing can be sealed for the head office's key.
    #[error("the head office's key cannot be used to seal a file ({0}); sync where there is a network")]
    NotARecipient(#[from] NotARecipient),
    /// A till's own file.
    #[error("this file is on its way to the head office; take it there (`raseed office take`)")]
    ForTheOffice,
    /// The book in it begins beyond what is here.
    #[error(
        "the book in this file goes on from change {since}, but the one on this till has only come to {ours}. Carry from \
         this till once more (`till carry`), and let the head office answer that file"
    )]
    PagesMissing {
        /// Where the page begins.
        since: u64,
        /// How far the book is here.
        ours: u64,
    },
}

impl CarryError {
    /// A short name for scripts and logs; never changes once released.
    pub fn code(&self) -> &'static str {
        match self {
            CarryError::Sealed(SealedError::NotForUs { .. }) => "sealed-for-another",
            CarryError::Sealed(_) => "not-opened",
            CarryError::NotARecipient(_) => "no-recipient",
            CarryError::ForTheOffice => "for-the-office",
            CarryError::PagesMissing { .. } => "pages-missing",
        }
    }
}

/// What a file brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TakenIn {
    /// How many entries are now known to be at the head office that were not before.
    pub acknowledged: u64,
    /// How many remarks about entries came.
    pub notices: usize,
    /// How many words about payments were new.
    pub words: usize,
    /// How many payments changed by them: a receipt was given, or the payment ended.
    pub payments: usize,
    /// How many pages of the book were applied.
    pub pages: u32,
    /// How many accounts were on them.
    pub accounts: usize,
    /// How many pages were older than what is here, and changed nothing.
    pub old_pages: u32,
    /// False if the file broke off or is damaged from some place on: carry again for the rest.
    pub whole: bool,
}

impl Till {
    /// Takes in a file that the head office sealed for this till.
    pub fn take(&mut self, file: &[u8]) -> Result<TakenIn, TillError> {
        let mut opener = Opener::new(file, &self.opening).map_err(CarryError::from)?;
        if opener.purpose() != Purpose::ToTill {
            return Err(CarryError::ForTheOffice.into());
        }
        let mut taking = Taking { till: self, taken: TakenIn::default(), words: Vec::new() };
        let mut readable = true;
        for record in opener.by_ref() {
            match Item::decode(&record) {
                Ok(item) => taking.item(item)?,
                Err(_) => {
                    readable = false;
                    break;
                }
            }
        }
        taking.words()?;
        let whole = readable && opener.ending() == Some(Ending::Whole);
        Ok(TakenIn { whole, ..taking.taken })
    }
}

/// A file on its way into the till.
struct Taking<'a> {
    till: &'a mut Till,
    taken: TakenIn,
    /// Words that came one after another, to be written at once.
    words: Vec<Vec<u8>>,
}

impl Taking<'_> {
    fn item(&mut self, item: Item) -> Result<(), TillError> {
        match item {
            Item::Word(word) => {
                self.words.push(word);
                if self.words.len() < PaymentWords::MAX { Ok(()) } else { self.words() }
            }
            Item::Reply(reply) => self.reply(&reply),
            Item::Page(page) => {
                self.words()?;
                self.page(&page)
            }
            // For the head office, or of a newer form.
            Item::Question(_) | Item::Run(_) | Item::Entry(_) | Item::End | Item::Unknown(_) => Ok(()),
        }
    }

    fn reply(&mut self, bytes: &[u8]) -> Result<(), TillError> {
        let reply = UploadReply::verify(bytes, &self.till.identity.office_key)
            .map_err(|error| TillError::NotTheOffice(error.to_string()))?;
        let before = self.till.acknowledged();
        self.till.apply_reply(&reply)?;
        self.taken.acknowledged += self.till.acknowledged().0.saturating_sub(before.0);
        self.taken.notices += reply.exceptions.len();
        reply.refused.as_ref().map_or(Ok(()), super::plan::after_refusal).map_err(TillError::from)
    }

    /// Writes the words that came, and does what follows from them.
    fn words(&mut self) -> Result<(), TillError> {
        if self.words.is_empty() {
            return Ok(());
        }
        let reply = PaymentWords { words: std::mem::take(&mut self.words), more: false };
        let before = self.till.store.newest_word()?;
        self.till.apply_words(&reply, before)?;
        self.taken.words += usize::try_from(self.till.store.newest_word()?.saturating_sub(before)).unwrap_or(0);
        // A clock that must be confirmed first keeps back new entries, not what was learned.
        match self.till.follow_payments() {
            Ok(news) => self.taken.payments += news.len(),
            Err(error) if error.is_about_the_clock() => {}
            // Behind: nothing is written in this file any more, which the acknowledgement has said already.
            Err(TillError::Sync(SyncError::Behind { .. })) => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn page(&mut self, bytes: &[u8]) -> Result<(), TillError> {
        let page = self.till.verified_page(bytes)?;
        let since = page.since;
        match self.place_of(&page)? {
            Place::Old => self.taken.old_pages += 1,
            Place::Missing { ours } => return Err(CarryError::PagesMissing { since, ours }.into()),
            Place::Follows => {
                let applied = self.till.put_page(page, since)?;
                self.taken.pages += 1;
                self.taken.accounts += applied.accounts;
            }
        }
        Ok(())
    }

    /// Where a page belongs. It has all that changed after `since` up to `until`, as it was when it was made: so it may be
    /// applied if it begins at or before our cursor and is not older than what is here. A whole book made later begins anew
    /// (the head office's own book was restored, and its changes are counted from another number).
    fn place_of(&self, page: &BookPage) -> Result<Place, TillError> {
        let here = self.till.store.book_state()?;
        let (older, same) = (page.office < here.office, page.office == here.office);
        let reaches_on = page.until > here.cursor || (page.since == here.cursor && page.until == here.cursor);
        Ok(if older || (same && !reaches_on) {
            Place::Old
        } else if page.since > here.cursor {
            Place::Missing { ours: here.cursor }
        } else if reaches_on || page.since == 0 {
            Place::Follows
        } else {
            Place::Old
        })
    }
}

enum Place {
    Old,
    Missing { ours: u64 },
    Follows,
}
