//! Double entry: what each thing that happens to money does to the books.
//!
//! Pure functions and plain data. A debit is positive, a credit negative, and a transaction that does not come to zero
//! cannot exist. Nothing here may decide what a payment settles (`billing` does) or make an id (the writer does).

mod account;
mod balance;
mod posting_rules;
#[cfg(test)]
mod tests;
mod transaction;

pub use account::{BadLedgerAccount, LedgerAccount};
pub use balance::{Balance, Balances};
pub use posting_rules::{advance_applied, demand_raised, opening_advance, receipt_in_suspense, receipt_settled};
pub use transaction::{BadTransactionId, LedgerError, Posting, Transaction, TransactionId, TransactionKind};
