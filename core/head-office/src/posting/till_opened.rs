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
    let Some((incarnation, last, hash)) = opened.before else {
        let is_first = id.incarnation == Incarnation(1) && opened.receipts == 0 && opened.grand_total == Paise::ZERO;
        return Ok(if is_first { Vec::new() } else { vec![Note::opening_differs()] });
    };
    let Some(before) = tx.incarnation(&id.till, incarnation)? else {
        return Ok(vec![Note::opening_differs()]);
    };
    let head = before.head;
    let goes_on = (head.last, head.hash) == (last, hash)
        && (head.receipts, head.grand_total) == (opened.receipts, opened.grand_total);
    Ok(match goes_on {
        true => Vec::new(),
        // The opening itself is the proof: the till signed that this entry was there.
        false if last > head.last => vec![Note::entries_missing(incarnation, head.last.next(), last)],
        false => vec![Note::opening_differs()],
    })
}
