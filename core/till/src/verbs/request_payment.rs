//! Asking for a payment by UPI or card.
//!
//! When `request_payment` returns, the request is durable: only then may its code be shown or the card app be started. So
//! whatever happens next, the till knows that money may be moving.

use crate::error::TillError;
use crate::payment::Payment;
use crate::store::PaymentRow;
use crate::till::Till;
use raseed_protocol::billing;
use raseed_protocol::billing::policy::{self, PaymentRefused};
use raseed_protocol::book::Rules;
use raseed_protocol::ids::{AccountId, BillNumber, RequestId, StaffId};
use raseed_protocol::journal::{Body, Mode, PaymentRequested, Split};
use raseed_protocol::money::Paise;
use raseed_protocol::time::{Day, WallMs};

/// A payment to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestPayment {
    /// The id of this wish: made when the person begins, repeated on every retry.
    pub request: RequestId,
    /// For which account; `None` for a sale over the counter.
    pub account: Option<AccountId>,
    /// How much.
    pub amount: Paise,
    /// [`Mode::Upi`] or [`Mode::Card`].
    pub mode: Mode,
    /// What a sale is for; empty for a household.
    pub note: String,
    /// Who asks.
    pub staff: StaffId,
}

impl Till {
    /// Asks for a payment. The same wish again gives the same payment, however it stands by now.
    pub fn request_payment(&mut self, request: &RequestPayment) -> Result<Payment, TillError> {
        if let Some(row) = self.store.payment_of(request.request)? {
            return self.asked_again(request, &row);
        }
        if let Some(answer) = self.store.answer_to(request.request)? {
            let answered_by = self.chain.id(answer.sequence);
            return Err(TillError::RequestReused { request: request.request, answered_by });
        }
        if self.shift == 0 {
            return Err(TillError::NoShift);
        }
        let rules = self.store.rules()?;
        let wall = self.now()?.wall;
        let expires = self.expiry(&rules, request.mode, wall)?;
        let bill = match &request.account {
            Some(account) => self.bill_to_settle(account, request.amount, &rules, wall.day())?,
            None => check_sale(request, &rules)?,
        };
        let requested = PaymentRequested {
            account: request.account.clone(),
            bill,
            amount: request.amount,
            mode: request.mode,
            request: request.request,
            expires,
            note: note(&request.note)?,
        };
        let signed = self.append(Body::PaymentRequested(requested), &request.staff)?;
        self.payment(&self.chain.id(signed.entry().sequence)).map_err(TillError::once_recorded)
    }

    /// Refuses while a payment for the account is open or unknown: money may have moved.
    pub(crate) fn refuse_second_charge(&self, account: &AccountId) -> Result<(), TillError> {
        match self.store.pending_payment(account)? {
            Some(row) => Err(TillError::MoneyMayHaveMoved { account: account.clone(), payment: self.id_of(&row) }),
            None => Ok(()),
        }
    }

    fn asked_again(&self, request: &RequestPayment, row: &PaymentRow) -> Result<Payment, TillError> {
        if row.account == request.account && row.amount == request.amount && row.mode == request.mode {
            return self.standing_of(row);
        }
        Err(TillError::RequestReused { request: request.request, answered_by: self.id_of(row) })
    }

    /// Until when a code counts; refused where the mode is not set up.
    fn expiry(&self, rules: &Rules, mode: Mode, now: WallMs) -> Result<Option<WallMs>, TillError> {
        match mode {
            Mode::Upi => {
                let upi = rules.payments.upi.as_ref().ok_or(TillError::ModeOff { mode })?;
                let expires = now.0.saturating_add(u64::from(upi.seconds) * 1000);
                Ok(Some(WallMs::bounded(expires).ok_or(TillError::ClockImpossible)?))
            }
            Mode::Card => self.card_app(rules).map(|_| None),
            Mode::Cash | Mode::Cheque => Err(TillError::ModeOff { mode }),
        }
    }

    /// The newest bill that the payment would settle, if it may be taken at all.
    fn bill_to_settle(
        &self,
        account: &AccountId,
        amount: Paise,
        rules: &Rules,
        today: Day,
    ) -> Result<Option<BillNumber>, TillError> {
        self.refuse_second_charge(account)?;
        let (account, _) = self.current_account(account, rules)?;
        policy::check_cashless(&account, rules, amount, today)?;
        let settlement = billing::preview(&account, rules, amount, today);
        if settlement.by_head().len() > Split::MAX_HEADS {
            return Err(TillError::TooManyHeads { most: Split::MAX_HEADS });
        }
        let newest = settlement.lines.iter().max_by_key(|line| line.period);
        Ok(newest.map(|line| line.bill.clone()))
    }
}

fn check_sale(request: &RequestPayment, rules: &Rules) -> Result<Option<BillNumber>, TillError> {
    if rules.payments.sales.is_none() {
        return Err(TillError::NoSales);
    }
    let payable = Paise::ZERO;
    match request.amount {
        Paise::ZERO => Err(PaymentRefused::Zero { payable }.into()),
        amount if amount < Paise::ZERO => Err(PaymentRefused::Negative { amount, payable }.into()),
        _ => Ok(None),
    }
}

/// One line of plain text.
fn note(text: &str) -> Result<String, TillError> {
    let plain: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if plain.chars().count() > PaymentRequested::MAX_NOTE {
        return Err(TillError::BadNote { max: PaymentRequested::MAX_NOTE });
    }
    Ok(plain)
}
