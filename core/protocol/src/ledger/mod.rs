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
pub use posting_rules::{
    advance_applied, clearing_moved, demand_raised, money_came, opening_advance, payment_credited, receipt_in_suspense,
    receipt_settled, refund_due, refund_withdrawn, refunded, sale_taken,
};
pub use transaction::{
    BadTransactionId, LedgerError, PaymentEvent, Posting, Transaction, TransactionId, TransactionKind,
};
