//! What a receipt says, however the money came: the one place where the till writes one.

use crate::error::TillError;
use crate::till::Till;
use raseed_protocol::billing::{self, Settlement};
use raseed_protocol::ids::{AccountId, HeadId, RequestId, Sequence};
use raseed_protocol::journal::{Mode, Receipt, Split};
use raseed_protocol::money::Paise;

/// Money that has come.
pub(crate) struct Came {
    pub(crate) request: RequestId,
    pub(crate) account: AccountId,
    pub(crate) amount: Paise,
    pub(crate) mode: Mode,
    pub(crate) reference: Option<String>,
    pub(crate) subject_to_realisation: bool,
    pub(crate) requested: Option<Sequence>,
}

impl Came {
    /// Notes and coins.
    pub(crate) fn in_cash(request: RequestId, account: AccountId, amount: Paise) -> Came {
        Came {
            request,
            account,
            amount,
            mode: Mode::Cash,
            reference: None,
            subject_to_realisation: false,
            requested: None,
        }
    }
}

impl Till {
    /// A receipt for what a payment settles.
    pub(crate) fn receipt_settling(&self, came: Came, settlement: &Settlement) -> Result<Receipt, TillError> {
        let parts = settlement.by_head().into_iter().map(|part| (part.head, part.amount)).collect();
        let split = Split::new(parts).ok_or(TillError::TooManyHeads { most: Split::MAX_HEADS })?;
        let newest = settlement.lines.iter().max_by_key(|line| line.period);
        let receipt = self.receipt_of(came, split)?;
        Ok(Receipt {
            bill: newest.map(|line| line.bill.clone()),
            periods: settlement.oldest_period().zip(settlement.newest_period()),
            ..receipt
        })
    }

    /// A receipt for money that has moved already and can no longer be refused: it settles what it can. What this device
    /// cannot settle (the account has left the book, more heads than a receipt carries) is held as an advance; the head
    /// office settles it from its own books.
    pub(crate) fn receipt_accepting(&self, came: Came) -> Result<Receipt, TillError> {
        let advance = || Split::new(vec![(HeadId::ADVANCE, came.amount)]).expect("one head, above zero");
        let rules = self.store.rules()?;
        match self.current_account(&came.account, &rules) {
            Ok((account, _)) => {
                let settlement = billing::preview(&account, &rules, came.amount, self.now()?.wall.day());
                if settlement.by_head().len() > Split::MAX_HEADS {
                    let split = advance();
                    return self.receipt_of(came, split);
                }
                self.receipt_settling(came, &settlement)
            }
            Err(TillError::UnknownAccount { .. }) => {
                let split = advance();
                self.receipt_of(came, split)
            }
            Err(error) => Err(error),
        }
    }

    /// A receipt for a sale over the counter: for no consumer, under one head.
    pub(crate) fn receipt_for_sale(&self, came: Came) -> Result<Receipt, TillError> {
        let split = Split::new(vec![(HeadId::SALE, came.amount)]).expect("one head, above zero");
        self.receipt_of(came, split)
    }

    fn receipt_of(&self, came: Came, split: Split) -> Result<Receipt, TillError> {
        let total = self.chain.grand_total().checked_add(came.amount);
        Ok(Receipt {
            account: came.account,
            bill: None,
            amount: came.amount,
            split,
            mode: came.mode,
            reference: came.reference,
            subject_to_realisation: came.subject_to_realisation,
            periods: None,
            receipts: self.chain.receipts() + 1,
            grand_total: total.ok_or_else(|| TillError::Storage("the grand total is beyond its bound".to_owned()))?,
            request: came.request,
            requested: came.requested,
        })
    }
}
