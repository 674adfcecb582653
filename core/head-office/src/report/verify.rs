//! Are the books right? Everything that can be worked out twice is, by another way than it was written.
//!
//! It reads all of the books at one moment and reports what does not agree; it corrects nothing.

use super::verify_payments;
use crate::error::OfficeError;
use crate::office::Office;
use crate::psp::PspPaymentId;
use crate::store::{IncarnationRecord, JournalHead, StoreRead};
use raseed_protocol::ids::{EntryId, HeadId, Incarnation, Sequence, TillId};
use raseed_protocol::journal::{Body, Chain};
use raseed_protocol::keys::Hash;
use raseed_protocol::ledger::{Balance, Balances, LedgerAccount};
use raseed_protocol::money::Paise;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// What was gone through, and what does not agree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BooksVerified {
    /// Ledger transactions, each of which balances.
    pub transactions: u64,
    /// Accounts.
    pub accounts: u64,
    /// Journal entries, signature and chain.
    pub entries: u64,
    /// Payments that came otherwise than as cash, each with its fate and its postings.
    pub payments: u64,
    /// Payment requests, each with the word about it.
    pub requests: u64,
    /// What does not agree; empty if the books are right.
    pub findings: Vec<Finding>,
}

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Finding {
    /// A balance that is not the sum of its postings.
    Balance {
        /// Of which ledger account.
        account: LedgerAccount,
        /// What is kept.
        kept_paise: Balance,
        /// What the postings come to.
        counted_paise: Balance,
    },
    /// What the accounts say and what the ledger says.
    Accounts {
        /// Of which ledger account.
        account: LedgerAccount,
        /// What the ledger says.
        ledger_paise: Balance,
        /// What the accounts (or the receipts of a till) come to.
        counted_paise: Balance,
    },
    /// A payment whose fate and postings do not agree.
    Payment {
        /// Which.
        payment: PspPaymentId,
        /// What is wrong.
        what: String,
    },
    /// A payment request that is missing, or about which the till was told something else than the payments say.
    Request {
        /// Which.
        entry: EntryId,
        /// What is wrong.
        what: String,
    },
    /// A journal that is broken.
    Journal {
        /// Which till.
        till: TillId,
        /// Which life.
        incarnation: Incarnation,
        /// The last good place.
        good_through: Sequence,
        /// What is wrong after it.
        what: String,
    },
}

impl Office {
    /// Goes through all of the books. Takes as long as there is to read; others read and write meanwhile.
    pub fn verify_books(&self) -> Result<BooksVerified, OfficeError> {
        let read = self.store.read(&self.tenant)?;
        let mut verified = BooksVerified::default();
        let kept = read.balances()?;
        compare(
            &kept,
            &postings(&*read, &mut verified)?,
            &mut verified.findings,
            |account, kept_paise, counted_paise| Finding::Balance { account, kept_paise, counted_paise },
        );
        let mut counted = accounts(&*read, &mut verified)?;
        self.journals(&*read, &mut verified, &mut counted)?;
        verify_payments::payments(&*read, &mut verified, &mut counted)?;
        let concerned: Balances = kept.iter().filter(|(a, _)| is_counted(a)).map(|(a, b)| (a.clone(), b)).collect();
        compare(&concerned, &counted, &mut verified.findings, |account, ledger_paise, counted_paise| {
            Finding::Accounts { account, ledger_paise, counted_paise }
        });
        Ok(verified)
    }

    /// Verifies every journal again, and counts what its receipts took in each mode.
    fn journals(
        &self,
        read: &dyn StoreRead,
        verified: &mut BooksVerified,
        counted: &mut Balances,
    ) -> Result<(), OfficeError> {
        for till in read.tills()? {
            for life in read.incarnations(&till.till)? {
                if let Some(finding) = self.journal(read, &life, verified, counted)? {
                    verified.findings.push(finding);
                }
            }
        }
        Ok(())
    }

    fn journal(
        &self,
        read: &dyn StoreRead,
        life: &IncarnationRecord,
        verified: &mut BooksVerified,
        counted: &mut Balances,
    ) -> Result<Option<Finding>, OfficeError> {
        let finding = |good_through, what| {
            let (till, incarnation) = (life.till.clone(), life.incarnation);
            Ok(Some(Finding::Journal { till, incarnation, good_through, what }))
        };
        let day_keys = read.day_keys(&life.till, life.incarnation)?;
        let mut chain = match self.keys_of(life, &day_keys) {
            Ok(keys) => Chain::resume(keys, Sequence(0), Hash::of(&life.certificate), 0, Paise::ZERO),
            Err(error) => return finding(Sequence(0), error.to_string()),
        };
        let (mut broken, mut overflow) = (None, Ok(()));
        read.each_entry(&life.till, life.incarnation, &mut |bytes| match chain.accept(&bytes) {
            Ok(signed) => {
                verified.entries += 1;
                let entry = signed.entry();
                match &entry.body {
                    Body::Receipt(receipt) => {
                        let into = LedgerAccount::received(receipt.mode, &life.till);
                        overflow = counted.add(&into, Balance(receipt.amount.get()));
                    }
                    Body::PaymentRequested(asked) => {
                        let entry = chain.id(entry.sequence);
                        if read.request(&entry)?.is_none_or(|request| request.amount != asked.amount) {
                            let what = "it is not in the books as it was asked".to_owned();
                            verified.findings.push(Finding::Request { entry, what });
                        }
                    }
                    _ => {}
                }
                if overflow.is_err() {
                    return Ok(ControlFlow::Break(()));
                }
                Ok(ControlFlow::Continue(()))
            }
            Err(error) => {
                broken = Some(error.to_string());
                Ok(ControlFlow::Break(()))
            }
        })?;
        overflow?;
        match broken {
            Some(what) => finding(chain.last(), what),
            None if JournalHead::of(&chain) != life.head => {
                finding(chain.last(), "it ends elsewhere than the books say".into())
            }
            None => Ok(None),
        }
    }
}

/// The sums of all postings. That each transaction balances is proven by reading it.
fn postings(read: &dyn StoreRead, verified: &mut BooksVerified) -> Result<Balances, OfficeError> {
    let (mut sums, mut overflow) = (Balances::new(), Ok(()));
    read.each_transaction(&mut |record| {
        verified.transactions += 1;
        overflow = sums.post(&record.transaction);
        Ok(if overflow.is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    overflow?;
    Ok(sums)
}

/// What the accounts come to: open by head, and advances.
fn accounts(read: &dyn StoreRead, verified: &mut BooksVerified) -> Result<Balances, OfficeError> {
    let mut open: BTreeMap<HeadId, i64> = BTreeMap::new();
    let mut advances = 0i64;
    read.each_account(0, &mut |record| {
        verified.accounts += 1;
        advances = advances.saturating_add(record.account.advance.get());
        for line in record.account.demands.iter().flat_map(|demand| &demand.lines) {
            let sum = open.entry(line.head).or_default();
            *sum = sum.saturating_add(line.open().get());
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let mut sums: Balances =
        open.into_iter().map(|(head, open)| (LedgerAccount::Consumers(head), Balance(open))).collect();
    sums.add(&LedgerAccount::ConsumerAdvances, Balance(-advances))?;
    Ok(sums)
}

fn is_counted(account: &LedgerAccount) -> bool {
    match account {
        LedgerAccount::Consumers(_)
        | LedgerAccount::ConsumerAdvances
        | LedgerAccount::CashInHand(_)
        | LedgerAccount::UpiClearing
        | LedgerAccount::CardClearing
        | LedgerAccount::ChequeClearing
        | LedgerAccount::Bank
        | LedgerAccount::RefundsDue => true,
        LedgerAccount::Income(_)
        | LedgerAccount::LateFeeIncome
        | LedgerAccount::RebateAllowed
        | LedgerAccount::Rounding
        | LedgerAccount::Suspense
        | LedgerAccount::OpeningBalances => false,
    }
}

fn compare(
    one: &Balances,
    other: &Balances,
    findings: &mut Vec<Finding>,
    finding: impl Fn(LedgerAccount, Balance, Balance) -> Finding,
) {
    let all: BTreeSet<&LedgerAccount> = one.iter().chain(other.iter()).map(|(account, _)| account).collect();
    for account in all {
        let (kept, counted) = (one.of(account), other.of(account));
        if kept != counted {
            findings.push(finding(account.clone(), kept, counted));
        }
    }
}
