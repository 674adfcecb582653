//! Payments that are not cash: what tills asked for, what came, and what becomes of it.
//!
//! A payment finds what it is for by its reference, else by the bank's reference on a receipt. Exactly what was asked waits
//! for its receipt; everything else is credited to the consumer or set aside to be given back. Whatever was paid stands in
//! the books, once, and nothing here may drop it, guess whom it is for, or post it twice. In whatever order the journal and
//! the money come, the books end the same.

mod arrive;
mod bill;
mod by_hand;
mod codes;
mod complaint;
mod credit;
mod end;
mod learned;
mod news;
mod place;
mod receipt;
mod request;
mod settle;
mod subject;
mod word;
mod words;

pub use arrive::MoneyCame;
pub use bill::{BillCodes, BillDue};
pub use settle::{SettlementRefusal, SettlementReport};

pub(crate) use bill::billed;
pub(crate) use complaint::opened as complaint_opened;
pub(crate) use end::ended;
pub(crate) use place::for_nothing;
pub(crate) use receipt::{given, named};
pub(crate) use request::requested;
pub(crate) use word::{Told, told_of};

use crate::posting::{Context, Note};
use crate::store::{ExceptionRecord, StoreTx, Stored};
use raseed_protocol::ids::EntryId;

/// Points something out on a stored entry.
fn raise(tx: &mut dyn StoreTx, context: &Context, entry: &EntryId, note: Note) -> Stored<()> {
    let (code, raised) = (note.code.to_owned(), context.now);
    tx.raise(&ExceptionRecord { entry: entry.clone(), code, what: note.what, raised, closed: None })
}
