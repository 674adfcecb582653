//! Taking money: from what was typed to a receipt that stands.

use crate::book::{LineView, line, parse_account, some};
use crate::device::parse_staff;
use crate::error::RaseedError;
use crate::money::{AmountView, Money, paise};
use crate::receipts::{ReceiptView, receipt_view};
use crate::shared::Shared;
use raseed_protocol::billing::{self, Change, Settlement};
use raseed_protocol::ids::{AccountId, RequestId};
use raseed_protocol::money::Paise;
use raseed_till::{Till, TillError};
use std::sync::Arc;

/// Taking money.
#[derive(uniffi::Object)]
pub struct Collect {
    pub(crate) shared: Arc<Shared>,
}

/// What a payment would do.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PreviewView {
    /// The amount, in figures and words.
    pub amount: AmountView,
    /// What it settles, by head.
    pub lines: Vec<LineView>,
    /// The months it settles something of: `Aug 2026 – Oct 2026`; nothing if all is held in advance.
    pub periods: Option<String>,
    /// What is held for bills to come.
    pub to_advance: Option<Money>,
    /// What is still due afterwards; nothing if all is settled.
    pub left: Option<Money>,
}

/// Cash given against an amount.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ChangeView {
    /// What was given.
    pub given: Money,
    /// True if it is enough.
    pub enough: bool,
    /// What to give back; or, if it is not enough, what is missing.
    pub money: Money,
}

#[uniffi::export]
impl Collect {
    /// A fresh id for one wish: made when the person begins, and handed in again on every retry of the same wish.
    pub fn new_request(&self) -> Result<String, RaseedError> {
        self.shared.till(|till| Ok(till.new_request().to_string()))
    }

    /// What was typed, as an amount.
    pub fn read_amount(&self, typed: &str) -> Result<AmountView, RaseedError> {
        let amount: Paise = typed.parse().map_err(RaseedError::from_amount)?;
        Ok(AmountView::new(amount, self.shared.language()))
    }

    /// An amount that was read before, in figures and words.
    pub fn amount(&self, amount_paise: i64) -> Result<AmountView, RaseedError> {
        Ok(AmountView::new(paise(amount_paise)?, self.shared.language()))
    }

    /// What a payment in cash would settle, or why it may not be taken. Nothing is recorded.
    pub fn preview(&self, account: &str, amount_paise: i64) -> Result<PreviewView, RaseedError> {
        self.preview_by(account, amount_paise, Till::preview)
    }

    /// The same for a payment by UPI or card: the limit for cash does not count.
    pub fn preview_cashless(&self, account: &str, amount_paise: i64) -> Result<PreviewView, RaseedError> {
        self.preview_by(account, amount_paise, Till::preview_cashless)
    }

    /// Sums that people are likely to hand over for an amount, smallest first.
    pub fn likely_sums(&self, amount_paise: i64) -> Result<Vec<Money>, RaseedError> {
        let sums = billing::likely_sums(paise(amount_paise)?, 4);
        Ok(sums.into_iter().map(Money::from).collect())
    }

    /// The change for the cash that was given.
    pub fn change(&self, amount_paise: i64, given_paise: i64) -> Result<ChangeView, RaseedError> {
        let given = paise(given_paise)?;
        Ok(match billing::change(paise(amount_paise)?, given) {
            Change::Due(back) => ChangeView { given: given.into(), enough: true, money: back.into() },
            Change::Short(missing) => ChangeView { given: given.into(), enough: false, money: missing.into() },
        })
    }

    /// Takes cash. When it returns, the receipt is durable: only then may it be shown as paid or printed. The same
    /// request again gives the same receipt and takes nothing.
    pub fn cash(
        &self,
        request: &str,
        account: &str,
        amount_paise: i64,
        staff: &str,
    ) -> Result<ReceiptView, RaseedError> {
        let request = raseed_till::Collect {
            request: parse_request(request)?,
            account: parse_account(account)?,
            amount: paise(amount_paise)?,
            staff: parse_staff(staff)?,
        };
        let language = self.shared.language();
        self.shared.till(|till| {
            let given = till.collect_cash(&request)?;
            // The receipt stands whatever becomes of its looks.
            Ok(receipt_view(till, &given, language))
        })
    }

    /// The receipt that answered a request, if one did: asked after a restart, before anything is offered again.
    pub fn answered(&self, request: &str) -> Result<Option<ReceiptView>, RaseedError> {
        let request = parse_request(request)?;
        let language = self.shared.language();
        self.shared.till(|till| {
            let given = till.answered(request)?;
            Ok(given.map(|given| receipt_view(till, &given, language)))
        })
    }
}

impl Collect {
    fn preview_by(
        &self,
        account: &str,
        amount_paise: i64,
        preview: fn(&Till, &AccountId, Paise) -> Result<Settlement, TillError>,
    ) -> Result<PreviewView, RaseedError> {
        let (id, amount) = (parse_account(account)?, paise(amount_paise)?);
        let language = self.shared.language();
        self.shared.till(|till| {
            let settlement = preview(till, &id, amount)?;
            let rules = till.rules()?;
            let periods = settlement.oldest_period().zip(settlement.newest_period());
            Ok(PreviewView {
                amount: AmountView::new(amount, language),
                lines: settlement.by_head().iter().map(|part| line(&rules, part, language)).collect(),
                periods: periods.map(|(from, to)| language.core().periods(from, to)),
                to_advance: some(settlement.to_advance),
                left: some(till.left_after(&id, amount)?),
            })
        })
    }
}

/// A request id that comes back from a screen.
pub(crate) fn parse_request(text: &str) -> Result<RequestId, RaseedError> {
    text.parse().map_err(|_| RaseedError::BeginAgain { answered_by: String::new() })
}
