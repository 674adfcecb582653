//! Writing what the head office said into the till's file: only what its key signed, and whole or not at all.

use super::transport::SyncError;
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
}

impl Till {
    /// Takes in the answer to an upload: verifies the acknowledgement against the key and against our own journal.
    pub(super) fn apply_reply(&mut self, reply: &UploadReply) -> Result<Sequence, TillError> {
        let acknowledgement = Acknowledgement::verify(&reply.acknowledgement, &self.identity.office_key)
            .map_err(|error| TillError::NotTheOffice(error.to_string()))?;
        self.check_acknowledgement(&acknowledgement)?;
        let (through, office) = (acknowledgement.through, acknowledgement.office);
        let newer = self.seen.is_none_or(|seen| through >= seen.sequence);
        self.store.write(|transaction| {
            if newer {
                store::put_acknowledgement(transaction, through, office, &reply.acknowledgement)?;
            }
            for notice in reply.exceptions.iter().take(1_000) {
                let what: String = notice.what.chars().take(400).collect();
                let code: String = notice.code.chars().take(40).collect();
                store::put_notice(transaction, notice.sequence, &code, &what)?;
            }
            Ok(())
        })?;
        if newer {
            self.seen = Some(Seen { sequence: through, office });
        }
        Ok(through)
    }

    /// An acknowledgement must be of this till, not beyond its end, and of the very entry that stands there.
    fn check_acknowledgement(&self, acknowledgement: &Acknowledgement) -> Result<(), TillError> {
        let ours = acknowledgement.till == self.identity.till
            && acknowledgement.incarnation == self.identity.incarnation
            && acknowledgement.through <= self.chain.last();
        if !ours {
            return Err(TillError::NotTheOffice("the acknowledgement is not for this till's journal".to_owned()));
        }
        let held = match acknowledgement.through {
            Sequence(0) => self.identity.certificate.hash(),
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
        let page = BookPage::verify(bytes, &self.identity.office_key)
            .map_err(|error| TillError::NotTheOffice(error.to_string()))?;
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
        Ok(Applied { accounts, more: page.more, cursor: page.until })
    }

    fn check_page(&self, page: &BookPage, asked: u64) -> Result<(), TillError> {
        let nonsense = |what: String| TillError::Sync(SyncError::Nonsense(what));
        if page.tenant != self.identity.tenant || page.till != self.identity.till || page.since != asked {
            return Err(nonsense("a page of another book, another till or another place".to_owned()));
        }
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
