//! Writing what the head office said into the till's file: only what its key signed, and whole or not at all.

use super::transport::{SyncError, plain};
use crate::error::TillError;
use crate::search::account_text;
use crate::store::{self, BookState, StoredAccount};
use crate::till::Till;
use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::book::{Account, BookPage};
use raseed_protocol::ids::{Incarnation, Sequence};
use raseed_protocol::journal::Seen;
use raseed_protocol::keys::Hash;
use raseed_protocol::wire::UploadReply;

/// What a page brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// How many accounts.
    pub accounts: usize,
    /// Whether there is more.
    pub more: bool,
    /// The cursor to ask from next.
    pub cursor: u64,
    /// Through which of this till's entries it was counted.
    pub counted: Option<(Incarnation, Sequence)>,
}

/// Cursors count changes of a book; one beyond this is no cursor.
const MAX_CURSOR: u64 = 1 << 62;

/// The most notices that are kept; more of them than this need the supervisor, not a longer list.
const MAX_NOTICES: usize = 5_000;

impl Till {
    /// Takes in the answer to an upload: verifies the acknowledgement against the key and against our own journal.
    pub(super) fn apply_reply(&mut self, reply: &UploadReply) -> Result<Sequence, TillError> {
        let acknowledgement = Acknowledgement::verify(&reply.acknowledgement, &self.identity.office_key)
            .map_err(|error| TillError::NotTheOffice(error.to_string()))?;
        let (through, office) = (acknowledgement.through, acknowledgement.office);
        self.check_acknowledgement(&acknowledgement)?;
        let newer = self.seen.is_none_or(|seen| (through, office) >= (seen.sequence, seen.office));
        let notices = self.notices_of(reply)?;
        self.store.write(|transaction| {
            if newer {
                store::put_acknowledgement(transaction, through, office, &reply.acknowledgement)?;
            }
            for (sequence, code, what) in &notices {
                store::put_notice(transaction, *sequence, code, what)?;
            }
            Ok(())
        })?;
        if newer {
            self.seen = Some(Seen { sequence: through, office });
            self.tidy_copy();
        }
        // Kept first: from now on, and after the next opening, the till knows that its next numbers are given already.
        match self.chain.last() {
            ours if through > ours => Err(SyncError::Behind { held: through, ours }.into()),
            _ => Ok(through),
        }
    }

    /// What the reply says about entries that are here, as plain short text. The reply itself is not signed, so it may
    /// not fill the storage, nor draw on a terminal.
    fn notices_of(&self, reply: &UploadReply) -> Result<Vec<(Sequence, String, String)>, TillError> {
        let room = MAX_NOTICES.saturating_sub(store::notice_count(&self.store)?);
        let ours = Sequence::FIRST..=self.chain.last();
        let about_ours = reply.exceptions.iter().filter(|notice| ours.contains(&notice.sequence));
        let kept = about_ours.map(|notice| (notice.sequence, plain(&notice.code, 40), plain(&notice.what, 400)));
        Ok(kept.take(room).collect())
    }

    /// An acknowledgement must be of this till and of the very entry that stands there, if it is not beyond our end.
    fn check_acknowledgement(&self, acknowledgement: &Acknowledgement) -> Result<(), TillError> {
        let ours = acknowledgement.till == self.identity.till
            && acknowledgement.incarnation == self.identity.incarnation
            && i64::try_from(acknowledgement.through.0).is_ok();
        if !ours {
            return Err(TillError::NotTheOffice("the acknowledgement is not for this till's journal".to_owned()));
        }
        let held = match acknowledgement.through {
            Sequence(0) => self.identity.certificate.hash(),
            through if through > self.chain.last() => return Ok(()),
            through => {
                let bytes = self.store.entry(self.identity.incarnation, through)?;
                Hash::of(&bytes.ok_or_else(|| self.store.damaged("an entry is missing"))?)
            }
        };
        if held == acknowledgement.head {
            Ok(())
        } else {
            Err(SyncError::Forked { at: acknowledgement.through }.into())
        }
    }

    /// Takes in a page of the book: verified, for this till, following the cursor, every record checked; one transaction.
    pub(super) fn apply_page(&mut self, bytes: &[u8], asked: u64) -> Result<Applied, TillError> {
        let page = self.verified_page(bytes)?;
        self.put_page(page, asked)
    }

    /// A page that the head office signed.
    pub(super) fn verified_page(&self, bytes: &[u8]) -> Result<BookPage, TillError> {
        BookPage::verify(bytes, &self.identity.office_key).map_err(|error| TillError::NotTheOffice(error.to_string()))
    }

    /// Takes in a page that was verified, if it follows the cursor that was asked for.
    pub(super) fn put_page(&mut self, page: BookPage, asked: u64) -> Result<Applied, TillError> {
        self.check_page(&page, asked)?;
        let counted = page.counted.unwrap_or((Incarnation(0), Sequence(0)));
        let before = self.store.book_state()?;
        let state = BookState { cursor: page.until, complete: before.complete || !page.more, office: page.office };
        let texts: Vec<String> = page.accounts.iter().map(account_text).collect();
        let mut numbers = Vec::with_capacity(texts.len());
        let accounts = page.accounts.len();
        self.store.write(|transaction| {
            for tariff in &page.tariffs {
                store::put_tariff(transaction, tariff)?;
            }
            for (account, text) in page.accounts.into_iter().zip(&texts) {
                let stored = StoredAccount { account, counted };
                numbers.push(store::put_account(transaction, &stored, text)?);
            }
            store::put_book(transaction, &state, page.rules.as_ref())
        })?;
        self.store.rules_may_have_changed();
        if let Some(finder) = &mut self.finder {
            for (number, text) in numbers.into_iter().zip(&texts) {
                finder.change(number, text);
            }
        }
        // Loaded again by the next search.
        self.finder.take_if(|finder| finder.is_stale());
        Ok(Applied { accounts, more: page.more, cursor: page.until, counted: page.counted })
    }

    /// What the head office counted must be here: else own receipts would be left out of what is owed.
    fn check_counted(&self, page: &BookPage) -> Result<(), TillError> {
        let (incarnation, held) = page.counted.unwrap_or((Incarnation(0), Sequence(0)));
        if incarnation > self.identity.incarnation {
            return Err(SyncError::Replaced { incarnation }.into());
        }
        match self.chain.last() {
            ours if incarnation == self.identity.incarnation && held > ours => {
                Err(SyncError::Behind { held, ours }.into())
            }
            _ => Ok(()),
        }
    }

    fn check_page(&self, page: &BookPage, asked: u64) -> Result<(), TillError> {
        let nonsense = |what: String| TillError::Sync(SyncError::Nonsense(what));
        if page.tenant != self.identity.tenant || page.till != self.identity.till || page.since != asked {
            return Err(nonsense("a page of another book, another till or another place".to_owned()));
        }
        if page.until > MAX_CURSOR
            || (page.more && page.accounts.is_empty() && page.tariffs.is_empty() && page.rules.is_none())
        {
            return Err(nonsense("a cursor that leads nowhere".to_owned()));
        }
        self.check_counted(page)?;
        if let Some(rules) = &page.rules {
            rules.check().map_err(|error| nonsense(error.to_string()))?;
        }
        for tariff in &page.tariffs {
            tariff.check().map_err(|error| nonsense(error.to_string()))?;
        }
        // The consumer number only: a name has no business in an error that may be logged.
        let check = |account: &Account| account.check().map_err(|error| nonsense(format!("{}: {error}", account.id)));
        page.accounts.iter().try_for_each(check)
    }
}
