//! Taking in a book: all of it or nothing, and the same one again changes nothing.
//!
//! What the office knows of money is never overwritten: paid amounts, advances and bills that are in the books stay as
//! they are. A bill that comes again with other content is a mistake, and is named with all the others.

use crate::error::OfficeError;
use crate::office::Office;
use crate::payments;
use crate::posting::{Context, OpenAccount, digest};
use crate::store::StoreTx;
use raseed_protocol::book::{Account, AccountError, BookPage, Demand, Meter, Rules, RulesError, Tariff, TariffError};
use raseed_protocol::ids::{AccountId, BillNumber, TariffCode};
use raseed_protocol::ledger::{self, TransactionId};
use raseed_protocol::time::WallMs;
use serde::Serialize;
use std::collections::HashSet;
use thiserror::Error;

/// What a book changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// True if the rules were new or other.
    pub rules_changed: bool,
    /// Tariffs that were new or other.
    pub tariffs_changed: usize,
    /// Accounts that were new.
    pub accounts_added: usize,
    /// Known accounts on which anything changed.
    pub accounts_changed: usize,
    /// Known accounts that stayed as they were.
    pub accounts_unchanged: usize,
    /// Bills that were new.
    pub demands_added: usize,
}

/// A book that was not taken; nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the book was not taken, nothing was changed; {} things are wrong{}: {}", flaws.len(), if *.more { " or more" } else { "" }, listed(flaws))]
pub struct BookRefused {
    /// What is wrong, the first [`BookRefused::MAX_FLAWS`].
    pub flaws: Vec<Flaw>,
    /// True if there may be more.
    pub more: bool,
}

/// One thing that is wrong with a book.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Flaw {
    /// The rules.
    #[error("the rules: {0}")]
    Rules(#[from] RulesError),
    /// A tariff.
    #[error("tariff {code}: {flaw}")]
    Tariff {
        /// Which.
        code: TariffCode,
        /// What is wrong with it.
        flaw: TariffError,
    },
    /// More tariffs than a book page can carry.
    #[error("there would be {count} tariffs; at most {} are possible", BookPage::MAX_TARIFFS)]
    TooManyTariffs {
        /// How many.
        count: usize,
    },
    /// An account.
    #[error("account {account}: {flaw}")]
    Account {
        /// Which.
        account: AccountId,
        /// What is wrong with it.
        flaw: AccountError,
    },
    /// An account twice in one book.
    #[error("account {account} comes twice; give it once")]
    AccountTwice {
        /// Which.
        account: AccountId,
    },
    /// The account could not carry its bills.
    #[error("account {account} cannot take its new bills: {why}")]
    DoesNotHold {
        /// Which.
        account: AccountId,
        /// Why.
        why: String,
    },
    /// A known bill with other content.
    #[error(
        "bill {bill} is in the books with other dates or amounts; a bill that was made is not changed, make a new one"
    )]
    BillChanged {
        /// Which.
        bill: BillNumber,
    },
    /// A bill number that belongs to somebody else.
    #[error("bill {bill} is in the books for another account; give the bill its own number")]
    BillOfAnother {
        /// Which.
        bill: BillNumber,
    },
}

impl BookRefused {
    /// The most flaws that are listed.
    pub const MAX_FLAWS: usize = 1_000;
}

fn listed(flaws: &[Flaw]) -> String {
    let shown: Vec<String> = flaws.iter().take(5).map(Flaw::to_string).collect();
    shown.join("; ")
}

impl Office {
    /// Takes in a book. Money that new accounts come with is posted against the opening balances.
    pub fn import_book(
        &self,
        rules: &Rules,
        tariffs: &[Tariff],
        accounts: Vec<Account>,
        now: WallMs,
    ) -> Result<Imported, OfficeError> {
        if rules.tenant != self.tenant {
            return Err(OfficeError::OtherTenant { found: rules.tenant.clone(), expected: self.tenant.clone() });
        }
        let mut tx = self.store.write(&self.tenant)?;
        let context = Context { rules: Some(rules.clone()), ..self.context(&*tx, now)? };
        let mut import = Import { tx: &mut *tx, rules, now, context, imported: Imported::default(), flaws: Vec::new() };
        import.rules()?;
        import.tariffs(tariffs)?;
        import.accounts(accounts)?;
        let Import { imported, flaws, .. } = import;
        if !flaws.is_empty() {
            let more = flaws.len() >= BookRefused::MAX_FLAWS;
            return Err(BookRefused { flaws, more }.into());
        }
        if imported != (Imported { accounts_unchanged: imported.accounts_unchanged, ..Imported::default() }) {
            tx.commit()?;
        }
        Ok(imported)
    }
}

/// A book on its way in. It writes as it goes: with any flaw at the end, all of it is undone.
struct Import<'a> {
    tx: &'a mut dyn StoreTx,
    rules: &'a Rules,
    now: WallMs,
    /// The same rules and time, as posting wants them.
    context: Context,
    imported: Imported,
    flaws: Vec<Flaw>,
}

impl Import<'_> {
    fn rules(&mut self) -> Result<(), OfficeError> {
        if let Err(flaw) = self.rules.check() {
            self.flaws.push(flaw.into());
            return Ok(());
        }
        let known = self.tx.tenant()?.and_then(|row| row.rules);
        if known.is_none_or(|(known, _)| known != *self.rules) {
            let change = self.tx.next_change()?;
            self.tx.put_rules(self.rules, change)?;
            self.imported.rules_changed = true;
        }
        Ok(())
    }

    fn tariffs(&mut self, tariffs: &[Tariff]) -> Result<(), OfficeError> {
        let known = self.tx.tariffs(0)?;
        let mut count = known.len();
        for tariff in tariffs {
            if let Err(flaw) = tariff.check() {
                self.flaws.push(Flaw::Tariff { code: tariff.code.clone(), flaw });
                continue;
            }
            let before = known.iter().find(|(_, known)| known.code == tariff.code);
            if before.is_some_and(|(_, known)| known == tariff) {
                continue;
            }
            count += usize::from(before.is_none());
            let change = self.tx.next_change()?;
            self.tx.put_tariff(tariff, change)?;
            self.imported.tariffs_changed += 1;
        }
        if count > BookPage::MAX_TARIFFS {
            self.flaws.push(Flaw::TooManyTariffs { count });
        }
        Ok(())
    }

    fn accounts(&mut self, accounts: Vec<Account>) -> Result<(), OfficeError> {
        let mut seen = HashSet::new();
        for account in accounts {
            if self.flaws.len() >= BookRefused::MAX_FLAWS {
                break;
            }
            if !seen.insert(account.id.clone()) {
                self.flaws.push(Flaw::AccountTwice { account: account.id });
            } else if let Err(flaw) = account.check() {
                self.flaws.push(Flaw::Account { account: account.id, flaw });
            } else {
                self.account(account)?;
            }
        }
        Ok(())
    }

    fn account(&mut self, account: Account) -> Result<(), OfficeError> {
        let Some(new) = self.new_demands(&account)? else { return Ok(()) };
        match OpenAccount::find(self.tx, &account.id, self.now)? {
            None => self.add(account, &new),
            Some(known) => self.update(known, account, &new),
        }
    }

    /// The demands that are not in the books yet; `None` if some of them contradict what is there.
    fn new_demands(&mut self, account: &Account) -> Result<Option<Vec<Demand>>, OfficeError> {
        let (mut new, before) = (Vec::new(), self.flaws.len());
        for demand in &account.demands {
            let bill = &demand.bill;
            match self.tx.bill(bill)? {
                None => new.push(demand.clone()),
                Some(known) if known.account != account.id => {
                    self.flaws.push(Flaw::BillOfAnother { bill: bill.clone() });
                }
                Some(known) if known.digest != digest(demand) => {
                    self.flaws.push(Flaw::BillChanged { bill: bill.clone() });
                }
                Some(_) => {}
            }
        }
        Ok((self.flaws.len() == before).then_some(new))
    }

    fn add(&mut self, account: Account, new: &[Demand]) -> Result<(), OfficeError> {
        let (id, advance) = (account.id.clone(), account.advance);
        let mut open = OpenAccount::new(account, self.now);
        if !self.holds(&open, new) {
            return Ok(());
        }
        let cause = TransactionId::of_opening(&id);
        if let Some(opening) = ledger::opening_advance(cause, &id, advance, self.now.day())? {
            open.post(self.tx, opening)?;
        }
        self.imported.accounts_added += 1;
        self.raise_and_save(open, new)
    }

    fn update(&mut self, mut open: OpenAccount, from: Account, new: &[Demand]) -> Result<(), OfficeError> {
        let merged = merged(&open.account, from);
        if merged == open.account && new.is_empty() {
            self.imported.accounts_unchanged += 1;
            return Ok(());
        }
        open.account = merged;
        if !self.holds(&open, new) {
            return Ok(());
        }
        self.imported.accounts_changed += 1;
        self.raise_and_save(open, new)
    }

    fn holds(&mut self, open: &OpenAccount, new: &[Demand]) -> bool {
        let held = open.would_hold(new);
        let account = || open.account.id.clone();
        self.flaws.extend(held.as_ref().err().map(|why| Flaw::DoesNotHold { account: account(), why: why.clone() }));
        held.is_ok()
    }

    fn raise_and_save(&mut self, mut open: OpenAccount, new: &[Demand]) -> Result<(), OfficeError> {
        self.imported.demands_added += new.len();
        let of_bill = |demand: &Demand| TransactionId::of_bill(&demand.bill);
        open.raise(self.tx, self.rules, new, self.now.day(), of_bill)?;
        let account = open.account.id.clone();
        open.save(self.tx)?;
        new.iter().try_for_each(|demand| payments::billed(self.tx, &self.context, &account, &demand.bill))
    }
}

/// Who and where from the file; money as the office has it; of two meter readings the newer.
fn merged(known: &Account, from: Account) -> Account {
    Account {
        meter: newer_reading(known.meter, from.meter),
        demands: known.demands.clone(),
        advance: known.advance,
        last_payment: known.last_payment,
        ..from
    }
}

fn newer_reading(known: Option<Meter>, from: Option<Meter>) -> Option<Meter> {
    match (known, from) {
        (Some(known), Some(from)) if known.read_on > from.read_on => {
            Some(Meter { reading: known.reading, read_on: known.read_on, ..from })
        }
        (_, from) => from,
    }
}
