//! Collecting a payment in cash.
//!
//! When `collect_cash` returns a receipt, it is durable: only then may it be shown as paid or printed.

use crate::error::TillError;
use crate::receipt_body::Came;
use crate::store::AccountEntry;
use crate::till::Till;
use raseed_protocol::billing::policy::{self, PaymentRefused};
use raseed_protocol::billing::{self, Settlement};
use raseed_protocol::book::{Account, Rules};
use raseed_protocol::ids::{AccountId, EntryId, RequestId, StaffId};
use raseed_protocol::journal::{Body, Mode, Receipt, SignedEntry};
use raseed_protocol::money::Paise;
use raseed_protocol::receipt_link;
use raseed_protocol::time::Day;

/// Money offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collect {
    /// The id of this wish: made when the person begins, repeated on every retry.
    pub request: RequestId,
    /// For which account.
    pub account: AccountId,
    /// How much.
    pub amount: Paise,
    /// Who takes it.
    pub staff: StaffId,
}

/// A receipt that stands in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its number.
    pub id: EntryId,
    /// The signed entry.
    pub entry: SignedEntry,
    /// The text of its QR code.
    pub link: String,
    /// True if this request had been answered before: the same receipt again, no second payment.
    pub repeated: bool,
}

impl Given {
    /// What the receipt says.
    pub fn receipt(&self) -> &Receipt {
        match &self.entry.entry().body {
            Body::Receipt(receipt) => receipt,
            _ => unreachable!("only receipts are given"),
        }
    }
}

impl Till {
    /// Takes cash and gives a receipt.
    pub fn collect_cash(&mut self, request: &Collect) -> Result<Given, TillError> {
        if let Some(answer) = self.store.answer_to(request.request)? {
            return self.same_again(request, &answer);
        }
        if self.shift == 0 {
            return Err(TillError::NoShift);
        }
        self.refuse_second_charge(&request.account)?;
        if let Some(row) = self.store.payment_of(request.request)? {
            return Err(TillError::RequestReused { request: request.request, answered_by: self.id_of(&row) });
        }
        let rules = self.store.rules()?;
        let (account, _) = self.current_account(&request.account, &rules)?;
        let today = self.now()?.wall.day();
        policy::check(&account, &rules, request.amount, today)?;
        let settlement = billing::preview(&account, &rules, request.amount, today);
        let came = Came::in_cash(request.request, request.account.clone(), request.amount);
        let receipt = self.receipt_settling(came, &settlement)?;
        let entry = self.append(Body::Receipt(receipt), &request.staff)?;
        // From here on the receipt stands: nothing may fail any more, or somebody pays twice.
        self.given(entry, &rules, false).map_err(TillError::once_recorded)
    }

    /// What a payment would settle, without taking it.
    pub fn preview(&self, account: &AccountId, amount: Paise) -> Result<Settlement, TillError> {
        self.preview_if(account, amount, policy::check)
    }

    /// As [`Till::preview`], for a payment by UPI or card: without the limit for cash.
    pub fn preview_cashless(&self, account: &AccountId, amount: Paise) -> Result<Settlement, TillError> {
        self.preview_if(account, amount, policy::check_cashless)
    }

    fn preview_if(
        &self,
        account: &AccountId,
        amount: Paise,
        check: impl FnOnce(&Account, &Rules, Paise, Day) -> Result<(), PaymentRefused>,
    ) -> Result<Settlement, TillError> {
        let rules = self.store.rules()?;
        let (account, _) = self.current_account(account, &rules)?;
        let day = self.day_to_show();
        check(&account, &rules, amount, day)?;
        Ok(billing::preview(&account, &rules, amount, day))
    }

    /// What would still be due after a payment.
    pub fn left_after(&self, account: &AccountId, amount: Paise) -> Result<Paise, TillError> {
        let rules = self.store.rules()?;
        let (mut account, _) = self.current_account(account, &rules)?;
        let day = self.day_to_show();
        billing::settle(&mut account, &rules, amount, day);
        Ok(billing::dues(&account, &rules, day).payable)
    }

    /// A repeat is an answer; another wish under the same id is a mistake of the caller.
    fn same_again(&self, request: &Collect, answer: &AccountEntry) -> Result<Given, TillError> {
        let entry = self.answering_entry(answer)?;
        match &entry.entry().body {
            Body::Receipt(given)
                if given.account == request.account && given.amount == request.amount && given.mode == Mode::Cash =>
            {
                self.given(entry, &self.store.rules()?, true)
            }
            _ => {
                let answered_by = self.chain.id(answer.sequence);
                Err(TillError::RequestReused { request: request.request, answered_by })
            }
        }
    }

    /// The receipt in `entry`, to be shown. The caller has looked: it is one.
    pub(crate) fn given(&self, entry: SignedEntry, rules: &Rules, repeated: bool) -> Result<Given, TillError> {
        let certificate = self.certificate_of(&entry)?;
        let link = receipt_link::make(self.public_host(rules), &[certificate.bytes()], entry.bytes());
        Ok(Given { id: self.chain.id(entry.entry().sequence), entry, link, repeated })
    }

    /// Where citizens reach the head office: the host in the links of receipts and bills.
    pub(crate) fn public_host<'a>(&'a self, rules: &'a Rules) -> &'a str {
        if rules.receipt_host.is_empty() { self.identity.office_host() } else { &rules.receipt_host }
    }
}
