//! Reports: what the books say, and whether they are right. They read; nothing here may write, except to close an
//! exception that a person has dealt with.

mod exceptions;
mod ledger;
mod statement;
mod verify;
mod verify_payments;

pub use ledger::{HeadTotals, LedgerLine, LedgerReport, TillCash};
pub use statement::{Statement, StatementLine, StatementPosting};
pub use verify::{BooksVerified, Finding};
