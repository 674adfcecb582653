//! What an account owes here and now: the book, and on top of it what this till did since the book was counted.

use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::billing::{self, Dues};
use raseed_protocol::book::{Account, Rules};
use raseed_protocol::ids::AccountId;
use raseed_protocol::journal::Body;
use raseed_protocol::time::{Day, WallMs};
use serde::Serialize;

/// Everything for the screen of one household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Household {
    /// The account, own receipts and spot bills counted.
    pub account: Account,
    /// The day that the dues are worked out for: today, or that of the newest record if the clock is behind it.
    pub day: Day,
    /// What is due on it.
    pub dues: Dues,
    /// How old the head office's part of it is.
    pub as_of: AsOf,
}

/// How old the head office's word is, and how much of our own stands on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AsOf {
    /// When the newest page of the book was made, by the head office's clock.
    pub office_ms: WallMs,
    /// How many of this till's own entries for the account are counted on top of it.
    pub own_entries: usize,
}

impl Till {
    /// A household as it stands today; also with a clock that is behind (see `day`).
    pub fn household(&self, id: &AccountId) -> Result<Household, TillError> {
        let rules = self.store.rules()?;
        let (account, own_entries) = self.current_account(id, &rules)?;
        let day = self.day_to_show();
        let dues = billing::dues(&account, &rules, day);
        let as_of = AsOf { office_ms: self.store.book_state()?.office, own_entries };
        Ok(Household { account, day, dues, as_of })
    }

    /// The account with this till's own uncounted entries applied in order, and how many there were.
    pub(crate) fn current_account(&self, id: &AccountId, rules: &Rules) -> Result<(Account, usize), TillError> {
        let unknown = || TillError::UnknownAccount { account: id.clone() };
        let stored = self.store.account(id)?.ok_or_else(unknown)?;
        let mut account = stored.account;
        let own = self.store.account_entries(&account.id, stored.counted)?;
        for row in &own {
            // Our own entry: its place in the chain was checked when it was written; the signature is checked again.
            let signed = self.answering_entry(row)?;
            apply(&mut account, rules, &signed.entry().body, signed.entry().stamp.wall.day());
        }
        Ok((account, own.len()))
    }
}

fn apply(account: &mut Account, rules: &Rules, body: &Body, on: Day) {
    match body {
        Body::Receipt(receipt) => {
            billing::settle(account, rules, receipt.amount, on);
        }
        Body::SpotBill(bill) => {
            bill.raise(account);
            billing::apply_advance(account, rules, on);
        }
        // What was only asked for, and how that ended without a receipt, moves nothing on an account.
        Body::PaymentRequested(_) | Body::PaymentEnded(_) | Body::ComplaintOpened(_) => {}
        Body::TillOpened(_) | Body::ShiftOpened(_) | Body::ClockChanged(_) | Body::Unknown { .. } => {}
    }
}
