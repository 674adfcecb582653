//! The book for a till: what changed since its cursor, in signed pages, and through which of its entries it is counted.
//!
//! A page is of one moment: accounts and `counted` are read together, so that nothing is counted twice.

use crate::error::OfficeError;
use crate::office::Office;
use crate::store::{StoreError, StoreRead, newest_entry};
use crate::tills::active_till;
use raseed_protocol::book::{Account, BookPage, Tariff};
use raseed_protocol::ids::TillId;
use raseed_protocol::time::WallMs;
use std::ops::ControlFlow;

/// The most accounts on one page: what fits a slow line between two cuts.
const PAGE_ACCOUNTS: usize = 1_000;
/// The most bytes of accounts and tariffs on one page.
const PAGE_BYTES: usize = 1_900_000;

impl Office {
    /// The next page for a till that has the book up to `since` (0: nothing yet), sealed with the office key.
    pub fn book_page(&self, till: &TillId, since: u64, now: WallMs) -> Result<Vec<u8>, OfficeError> {
        self.book_page_within(till, since, PAGE_BYTES, now)
    }

    /// The same, of about `most_bytes` bytes at the most, for a line that breaks before more has come through. It always
    /// has one account, if there is one.
    pub fn book_page_within(
        &self,
        till: &TillId,
        since: u64,
        most_bytes: usize,
        now: WallMs,
    ) -> Result<Vec<u8>, OfficeError> {
        let read = self.store.read(&self.tenant)?;
        active_till(&*read, till)?;
        let row = read.tenant()?.ok_or(StoreError::Damaged { what: "the row of the tenant" })?;
        if since > row.change {
            return Err(OfficeError::CursorAhead { since, change: row.change });
        }
        let tariffs = read.tariffs(since)?;
        let taken: usize = tariffs.iter().map(|(_, tariff)| tariff.to_bytes().len()).sum();
        let found = accounts_after(&*read, since, most_bytes.min(PAGE_BYTES).saturating_sub(taken))?;
        let until = found.stopped_at.unwrap_or(row.change);
        // A till that has nothing yet needs rules and tariffs first; otherwise they come in their turn.
        let in_turn = |change: u64| since < change && (since == 0 || change <= until);
        let page = BookPage {
            tenant: self.tenant.clone(),
            till: till.clone(),
            since,
            until,
            more: found.stopped_at.is_some(),
            counted: newest_entry(&*read, till)?,
            office: now,
            rules: row.rules.filter(|(_, change)| in_turn(*change)).map(|(rules, _)| rules),
            tariffs: tariffs.into_iter().filter(|(change, _)| in_turn(*change)).map(|(_, tariff)| tariff).collect(),
            accounts: found.accounts,
        };
        Ok(page.seal(&self.keys.office)?)
    }

    /// The tariffs as they are now, by code.
    pub fn tariffs(&self) -> Result<Vec<Tariff>, OfficeError> {
        let all = self.store.read(&self.tenant)?.tariffs(0)?;
        Ok(all.into_iter().map(|(_, tariff)| tariff).collect())
    }
}

struct Found {
    accounts: Vec<Account>,
    /// The change of the last account, if there are more after it.
    stopped_at: Option<u64>,
}

fn accounts_after(read: &dyn StoreRead, since: u64, room: usize) -> Result<Found, OfficeError> {
    let mut found = Found { accounts: Vec::new(), stopped_at: None };
    let (mut bytes, mut last) = (0, since);
    read.each_account(since, &mut |record| {
        bytes += record.account.to_bytes().len();
        let is_full = found.accounts.len() == PAGE_ACCOUNTS || (bytes > room && !found.accounts.is_empty());
        if is_full {
            found.stopped_at = Some(last);
            return Ok(ControlFlow::Break(()));
        }
        last = record.change;
        found.accounts.push(record.account);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}
