//! The posting rules: which accounts each event touches. Nothing else in the product may choose accounts.
//!
//! | event | debit | credit |
//! |---|---|---|
//! | a demand is raised | consumers, by head | income by head, rounding (either sign) |
//! | a late fee is paid | consumers: late fee | late fee income (charged as it is paid) |
//! | a rebate is taken | rebate allowed | consumers: rebate (allowed as the bill is cleared) |
//! | a payment settles | cash of the till, or clearing | consumers, by head; what is left: advances |
//! | an old advance settles | advances | consumers, by head |
//! | a payment for nobody known, or credited before | cash of the till, or clearing | suspense |
//! | a sale over the counter | cash of the till, or clearing | income: sale |
//! | a payment's money comes | bank | clearing |
//! | its mode was another one | clearing of the old mode | clearing of the new mode |
//! | the office credits it (late, twice, another amount, a bill's code) | clearing | consumers, by head; advances |
//! | nobody can be credited with it | clearing | refunds due |
//! | its receipt came after all | refunds due | clearing |
//! | it is given back | refunds due | bank |
//! | an account comes with an advance | opening balances | advances |
//!
//! So clearing is at every moment: receipts given, less money that came and waits for its receipt or has it.

use super::account::LedgerAccount;
use super::transaction::{LedgerError, Posting, Transaction, TransactionId, TransactionKind};
use crate::billing::{HeadAmount, SettledLine, Settlement};
use crate::book::Demand;
use crate::ids::{AccountId, HeadId};
use crate::money::Paise;
use crate::time::Day;
use std::collections::BTreeMap;

/// A demand came into the books: what is open on it is now owed. What was paid before it came is not in these books.
/// `None` if nothing is open.
pub fn demand_raised(
    id: TransactionId,
    consumer: &AccountId,
    demand: &Demand,
    day: Day,
) -> Result<Option<Transaction>, LedgerError> {
    let mut postings = Lines::default();
    for line in &demand.lines {
        let open = line.amount.checked_sub(line.paid).ok_or(LedgerError::Overflow)?;
        postings.push(LedgerAccount::Consumers(line.head), open);
        postings.push(LedgerAccount::asked(line.head), -open);
    }
    postings.into_some(id, TransactionKind::DemandRaised, day, consumer)
}

/// A payment settled what `settlement.lines` say; the rest of it is held. `into` is where the money lies. What the old
/// advance settled just before (`settlement.from_advance`) is a transaction of its own: [`advance_applied`].
pub fn receipt_settled(
    id: TransactionId,
    consumer: &AccountId,
    into: LedgerAccount,
    settlement: &Settlement,
    day: Day,
) -> Result<Transaction, LedgerError> {
    settled(id, TransactionKind::ReceiptSettled, consumer, into, settlement, day)
}

/// A payment that came otherwise than asked, settled by the head office as a receipt would be. `from` is the clearing
/// account on which its coming stands.
pub fn payment_credited(
    id: TransactionId,
    consumer: &AccountId,
    from: LedgerAccount,
    settlement: &Settlement,
    day: Day,
) -> Result<Transaction, LedgerError> {
    settled(id, TransactionKind::PaymentCredited, consumer, from, settlement, day)
}

fn settled(
    id: TransactionId,
    kind: TransactionKind,
    consumer: &AccountId,
    into: LedgerAccount,
    settlement: &Settlement,
    day: Day,
) -> Result<Transaction, LedgerError> {
    let mut postings = Lines::default();
    postings.settled(settlement.by_head().into_iter().filter(|part| part.head != HeadId::ADVANCE));
    postings.0.insert(0, Posting { account: into, amount: settlement.amount });
    postings.push(LedgerAccount::ConsumerAdvances, -settlement.to_advance);
    Transaction::new(id, kind, day, Some(consumer.clone()), postings.0)
}

/// Money held before settled these lines. `None` if there are none.
pub fn advance_applied(
    id: TransactionId,
    consumer: &AccountId,
    lines: &[SettledLine],
    day: Day,
) -> Result<Option<Transaction>, LedgerError> {
    let mut heads: BTreeMap<HeadId, Paise> = BTreeMap::new();
    let mut used = Paise::ZERO;
    for line in lines {
        let sum = heads.entry(line.head).or_default();
        *sum = sum.checked_add(line.amount).ok_or(LedgerError::Overflow)?;
        used = used.checked_add(line.amount).ok_or(LedgerError::Overflow)?;
    }
    let mut postings = Lines::default();
    postings.push(LedgerAccount::ConsumerAdvances, used);
    postings.settled(heads.into_iter().map(|(head, amount)| HeadAmount { head, amount }));
    postings.into_some(id, TransactionKind::AdvanceApplied, day, consumer)
}

/// A payment that cannot be credited to anybody yet: it is there, so it is in the books.
pub fn receipt_in_suspense(
    id: TransactionId,
    into: LedgerAccount,
    amount: Paise,
    day: Day,
) -> Result<Transaction, LedgerError> {
    moved(id, TransactionKind::ReceiptInSuspense, (into, LedgerAccount::Suspense), amount, day)
}

/// A sale over the counter: it is for no consumer, and income as it is paid.
pub fn sale_taken(id: TransactionId, into: LedgerAccount, amount: Paise, day: Day) -> Result<Transaction, LedgerError> {
    moved(id, TransactionKind::SaleTaken, (into, LedgerAccount::asked(HeadId::SALE)), amount, day)
}

/// A payment has come; `clearing` waits for its receipt, or has waited for it.
pub fn money_came(
    id: TransactionId,
    clearing: LedgerAccount,
    amount: Paise,
    day: Day,
) -> Result<Transaction, LedgerError> {
    moved(id, TransactionKind::MoneyCame, (LedgerAccount::Bank, clearing), amount, day)
}

/// A payment was taken for one of another mode when it came.
pub fn clearing_moved(
    id: TransactionId,
    old: LedgerAccount,
    new: LedgerAccount,
    amount: Paise,
    day: Day,
) -> Result<Transaction, LedgerError> {
    moved(id, TransactionKind::ClearingMoved, (old, new), amount, day)
}

/// Nobody can be credited with a payment: it is to be given back.
pub fn refund_due(
    id: TransactionId,
    clearing: LedgerAccount,
    amount: Paise,
    day: Day,
) -> Result<Transaction, LedgerError> {
    moved(id, TransactionKind::RefundDue, (clearing, LedgerAccount::RefundsDue), amount, day)
}

/// The receipt for a payment that was to be given back has come.
pub fn refund_withdrawn(
    id: TransactionId,
    clearing: LedgerAccount,
    amount: Paise,
    day: Day,
) -> Result<Transaction, LedgerError> {
    moved(id, TransactionKind::RefundWithdrawn, (LedgerAccount::RefundsDue, clearing), amount, day)
}

/// A payment was given back.
pub fn refunded(id: TransactionId, amount: Paise, day: Day) -> Result<Transaction, LedgerError> {
    moved(id, TransactionKind::Refunded, (LedgerAccount::RefundsDue, LedgerAccount::Bank), amount, day)
}

/// One amount from the second account to the first; no consumer's account is touched.
fn moved(
    id: TransactionId,
    kind: TransactionKind,
    (debit, credit): (LedgerAccount, LedgerAccount),
    amount: Paise,
    day: Day,
) -> Result<Transaction, LedgerError> {
    let mut postings = Lines::default();
    postings.push(debit, amount);
    postings.push(credit, -amount);
    Transaction::new(id, kind, day, None, postings.0)
}

/// An account came with money held for it. `None` if with nothing.
pub fn opening_advance(
    id: TransactionId,
    consumer: &AccountId,
    advance: Paise,
    day: Day,
) -> Result<Option<Transaction>, LedgerError> {
    let mut postings = Lines::default();
    postings.push(LedgerAccount::OpeningBalances, advance);
    postings.push(LedgerAccount::ConsumerAdvances, -advance);
    postings.into_some(id, TransactionKind::OpeningAdvance, day, consumer)
}

/// Postings as they are gathered; those of nothing are left out.
#[derive(Default)]
struct Lines(Vec<Posting>);

impl Lines {
    fn push(&mut self, account: LedgerAccount, amount: Paise) {
        if !amount.is_zero() {
            self.0.push(Posting { account, amount });
        }
    }

    /// Credits consumers by head. A late fee and a rebate come into being as they are settled, so they are charged first.
    fn settled(&mut self, parts: impl Iterator<Item = HeadAmount>) {
        for HeadAmount { head, amount } in parts {
            if matches!(head, HeadId::LATE_FEE | HeadId::REBATE) {
                self.push(LedgerAccount::Consumers(head), amount);
                self.push(LedgerAccount::asked(head), -amount);
            }
            self.push(LedgerAccount::Consumers(head), -amount);
        }
    }

    fn into_some(
        self,
        id: TransactionId,
        kind: TransactionKind,
        day: Day,
        consumer: &AccountId,
    ) -> Result<Option<Transaction>, LedgerError> {
        if self.0.is_empty() {
            return Ok(None);
        }
        Transaction::new(id, kind, day, Some(consumer.clone()), self.0).map(Some)
    }
}
