//! A consumer's account while it is being changed: what changes in it and what is posted go together.
//!
//! Every ledger transaction on an account names the one before it. It must never be saved half: `save` takes it.

use crate::error::OfficeError;
use crate::store::{AccountRecord, BillRecord, LedgerRecord, StoreTx, Stored};
use raseed_protocol::billing;
use raseed_protocol::book::{Account, Demand, Rules};
use raseed_protocol::ids::{AccountId, HeadId};
use raseed_protocol::keys::Hash;
use raseed_protocol::ledger::{self, Transaction, TransactionId};
use raseed_protocol::time::{Day, WallMs};
use std::fmt::Write;

/// Settled demands that an account goes on carrying; older ones live in the ledger.
const SETTLED_KEPT: usize = 12;

/// The largest an account may be when demands come in, in bytes: late fees and rebates still to come must fit too.
const MAX_BYTES: usize = 48 * 1024;

/// An account on the table.
pub(crate) struct OpenAccount {
    pub account: Account,
    newest: Option<TransactionId>,
    now: WallMs,
}

impl OpenAccount {
    /// One that is in the books.
    pub fn find(tx: &dyn StoreTx, id: &AccountId, now: WallMs) -> Stored<Option<OpenAccount>> {
        let opened = |AccountRecord { account, newest, .. }| OpenAccount { account, newest, now };
        Ok(tx.account(id)?.map(opened))
    }

    /// One that is new to the books, without its demands: those are raised.
    pub fn new(account: Account, now: WallMs) -> OpenAccount {
        OpenAccount { account: Account { demands: Vec::new(), ..account }, newest: None, now }
    }

    /// Posts a transaction on it.
    pub fn post(&mut self, tx: &mut dyn StoreTx, transaction: Transaction) -> Result<(), OfficeError> {
        let id = transaction.id().clone();
        let previous = self.newest.take();
        tx.post(&LedgerRecord { transaction, recorded: self.now, previous })?;
        self.newest = Some(id);
        Ok(())
    }

    /// Puts demands on it, which its holder now owes, and lets the advance it holds settle what it can. The demands must
    /// fit (`would_hold`). `cause` names the transaction of one demand.
    pub fn raise(
        &mut self,
        tx: &mut dyn StoreTx,
        rules: &Rules,
        demands: &[Demand],
        today: Day,
        cause: impl Fn(&Demand) -> TransactionId,
    ) -> Result<(), OfficeError> {
        for demand in demands {
            let cause = cause(demand);
            tx.add_bill(&demand.bill, &BillRecord { account: self.account.id.clone(), digest: digest(demand) })?;
            if let Some(raised) = ledger::demand_raised(cause.clone(), &self.account.id, demand, today)? {
                self.post(tx, raised)?;
            }
            self.account = with_demands(&self.account, std::slice::from_ref(demand));
            let day = self.held_for(demand, today);
            let used = billing::apply_advance(&mut self.account, rules, day);
            if let Some(applied) = ledger::advance_applied(cause.advance_used(), &self.account.id, &used, day)? {
                self.post(tx, applied)?;
            }
        }
        Ok(())
    }

    /// The day on which both the bill and the advance were there: money that the office held in time is not late, even
    /// if the bill comes into the books after its due date.
    fn held_for(&self, demand: &Demand, today: Day) -> Day {
        let held_since = self.account.last_payment.map_or(demand.issued_on, |payment| payment.on);
        held_since.max(demand.issued_on).min(today)
    }

    /// The account as it would be with these demands, or why it cannot be.
    pub fn would_hold(&self, demands: &[Demand]) -> Result<(), String> {
        let with = with_demands(&self.account, demands);
        with.check().map_err(|error| error.to_string())?;
        if with.to_bytes().len() > MAX_BYTES { Err("the account has too many bills".into()) } else { Ok(()) }
    }

    /// Stores it under the next change number.
    pub fn save(self, tx: &mut dyn StoreTx) -> Stored<()> {
        let change = tx.next_change()?;
        tx.put_account(&self.account, change, self.newest.as_ref())
    }
}

/// What was asked, whatever has been paid, charged or allowed since: the same bill has the same digest for ever.
pub(crate) fn digest(demand: &Demand) -> Hash {
    let mut text = format!("{} {} {}", demand.period, demand.issued_on, demand.due_on);
    let asked = demand.lines.iter().filter(|line| !matches!(line.head, HeadId::LATE_FEE | HeadId::REBATE));
    let mut asked: Vec<_> = asked.map(|line| (line.head, line.amount)).collect();
    asked.sort_unstable();
    for (head, amount) in asked {
        write!(text, " {}={}", head.0, amount.get()).expect("writing to memory cannot fail");
    }
    Hash::of(text.as_bytes())
}

/// By period, as the book wants them; the oldest settled ones beyond a year's leave the account.
fn with_demands(account: &Account, demands: &[Demand]) -> Account {
    let mut account = account.clone();
    account.demands.extend_from_slice(demands);
    account.demands.sort_by_key(|demand| demand.period);
    let is_settled = |demand: &Demand| demand.lines.iter().all(|line| line.open().is_zero());
    let settled = account.demands.iter().filter(|demand| is_settled(demand)).count();
    let mut leave = settled.saturating_sub(SETTLED_KEPT);
    account.demands.retain(|demand| {
        let leaves = leave > 0 && is_settled(demand);
        leave -= usize::from(leaves);
        !leaves
    });
    account
}
