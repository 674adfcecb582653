//! The opening of a till: does it go on where its life before ends in the books?
//!
//! It moves no money. What it carries over is what the device says; the office compares it with what it holds.

use super::Note;
use crate::error::OfficeError;
use crate::store::StoreTx;
use raseed_protocol::ids::{EntryId, Incarnation};
use raseed_protocol::journal::TillOpened;
use raseed_protocol::money::Paise;

pub(super) fn post(tx: &mut dyn StoreTx, id: &EntryId, opened: &TillOpened) -> Result<Vec<Note>, OfficeError> {
    let goes_on = match opened.before {
        None => id.incarnation == Incarnation(1) && opened.receipts == 0 && opened.grand_total == Paise::ZERO,
        Some((incarnation, last, hash)) => tx.incarnation(&id.till, incarnation)?.is_some_and(|before| {
            let head = before.head;
            (head.last, head.hash) == (last, hash)
                && (head.receipts, head.grand_total) == (opened.receipts, opened.grand_total)
        }),
    };
    Ok(if goes_on { Vec::new() } else { vec![Note::opening_differs()] })
}
