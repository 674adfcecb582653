//! The answer: what the till may know, sealed for its key.

use super::take::CarriedIn;
use crate::error::OfficeError;
use crate::keys::Entropy;
use crate::office::Office;
use crate::store::TillState;
use raseed_protocol::book::BookPage;
use raseed_protocol::ids::{Incarnation, TillId};
use raseed_protocol::keys::{PublicKey, Signer};
use raseed_protocol::payment_word::PaymentWord;
use raseed_protocol::sealed::{Item, Purpose, Sealer};
use raseed_protocol::time::WallMs;

/// A page in an answer has about so many bytes: what a cut costs.
const PAGE_BYTES: usize = 256 * 1024;

impl Office {
    /// The answer to what was taken, sealed for the till: the acknowledgement, and (to the till as it is now, while it is not
    /// revoked) the words about payments and the pages of the book that it lacks.
    pub fn answer_by_hand(&self, came: &CarriedIn, now: WallMs, fill: Entropy<'_>) -> Result<Vec<u8>, OfficeError> {
        let key = self.life(&came.till, came.incarnation)?.key;
        let is_current = self.is_current(&came.till, came.incarnation)?;
        let mut items = Vec::new();
        for reply in &came.replies {
            items.push(Item::Reply(reply.seal(&self.keys.office)?));
        }
        // What did not come from the till itself (its second copy, a salvaged run) asks nothing.
        if let Some(question) = came.question.filter(|_| is_current) {
            self.add_words(&mut items, &came.till, question.word, now)?;
            self.add_pages(&mut items, &came.till, question.cursor, now)?;
        }
        seal(&key, &items, fill)
    }

    /// The book for a till that did not ask, from a cursor on (0: all of it), sealed for its newest life.
    pub fn carry_book(
        &self,
        till: &TillId,
        since: u64,
        now: WallMs,
        fill: Entropy<'_>,
    ) -> Result<Vec<u8>, OfficeError> {
        let key = self.till_key(till)?;
        let mut items = Vec::new();
        self.add_words(&mut items, till, 0, now)?;
        self.add_pages(&mut items, till, since, now)?;
        seal(&key, &items, fill)
    }

    fn is_current(&self, till: &TillId, incarnation: Incarnation) -> Result<bool, OfficeError> {
        let read = self.store.read(&self.tenant)?;
        let active = read.till(till)?.is_some_and(|till| till.state == TillState::Active);
        Ok(active && read.incarnations(till)?.last().is_some_and(|life| life.incarnation == incarnation))
    }

    /// All words after this number; all there are, if the number was never given (the books were restored).
    fn add_words(&self, items: &mut Vec<Item>, till: &TillId, mut since: u64, now: WallMs) -> Result<(), OfficeError> {
        loop {
            let words = match self.payment_words(till, since, now) {
                Err(OfficeError::WordAhead { .. }) => self.payment_words(till, 0, now)?,
                words => words?,
            };
            for word in &words.words {
                let word = PaymentWord::verify(word, &self.keys.office.public_key());
                since = word.map_err(|_| OfficeError::OtherKeys)?.number;
            }
            items.extend(words.words.into_iter().map(Item::Word));
            if !words.more {
                return Ok(());
            }
        }
    }

    /// All pages after this cursor; the whole book, if the cursor was never given.
    fn add_pages(&self, items: &mut Vec<Item>, till: &TillId, mut since: u64, now: WallMs) -> Result<(), OfficeError> {
        loop {
            let bytes = match self.book_page_within(till, since, PAGE_BYTES, now) {
                Err(OfficeError::CursorAhead { .. }) => self.book_page_within(till, 0, PAGE_BYTES, now)?,
                page => page?,
            };
            let page = BookPage::verify(&bytes, &self.keys.office.public_key()).map_err(|_| OfficeError::OtherKeys)?;
            since = page.until;
            items.push(Item::Page(bytes));
            if !page.more {
                return Ok(());
            }
        }
    }
}

/// Seals them for one till.
fn seal(key: &PublicKey, items: &[Item], fill: Entropy<'_>) -> Result<Vec<u8>, OfficeError> {
    let (mut sealer, mut file) = Sealer::begin(Purpose::ToTill, &[*key], fill)?;
    for item in items {
        file.extend(sealer.record(&item.encode()));
    }
    file.extend(sealer.finish(&Item::End.encode()));
    Ok(file)
}
