//! Bills that pay themselves: what is due under a bill's link, and the money that came for a bill before the bill.

use super::credit;
use crate::error::OfficeError;
use crate::office::Office;
use crate::posting::Context;
use crate::store::StoreTx;
use raseed_protocol::billing::dues;
use raseed_protocol::book::{Rules, UpiPayee};
use raseed_protocol::ids::{AccountId, BillNumber};
use raseed_protocol::money::Paise;
use raseed_protocol::payment_code::{self, Shown};
use raseed_protocol::payment_reference::PaymentReference;
use raseed_protocol::time::WallMs;

/// What the books say of a bill to whoever holds its number. Nothing in it says whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillDue {
    /// The tenant's rules: its names.
    pub rules: Rules,
    /// Whom to pay.
    pub payee: UpiPayee,
    /// What is to be paid now; zero if nothing is. Money on its way is taken off.
    pub payable: Paise,
    /// What has come for the account, and whose receipt a till still has to give or send.
    pub on_its_way: Paise,
    /// The codes that pay it, while there is something to be paid.
    pub codes: Option<BillCodes>,
}

/// The same payment, for two ways to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillCodes {
    /// A link that opens a payment app.
    pub tapped: String,
    /// The text of a code for another phone.
    pub shown: String,
}

impl Office {
    /// What is due under a bill, on the whole account, as its own code would ask it. `None` if no bill of this number is in
    /// the books (one made at a door comes with its till's next sync), or nothing is paid by UPI here.
    pub fn bill_due(&self, bill: &BillNumber, now: WallMs) -> Result<Option<BillDue>, OfficeError> {
        let read = self.store.read(&self.tenant)?;
        let rules = read.tenant()?.and_then(|row| row.rules).map(|(rules, _)| rules);
        let payee = rules.as_ref().and_then(|rules| rules.payments.upi.clone());
        let account = match read.bill(bill)? {
            Some(known) => read.account(&known.account)?,
            None => None,
        };
        let (Some(rules), Some(payee), Some(record)) = (rules, payee, account) else { return Ok(None) };
        let asked = dues(&record.account, &rules, now.day()).payable;
        let paid = read.requests_paid(&record.account.id)?;
        // More than an amount can be is more than is due.
        let on_its_way = paid.iter().try_fold(Paise::ZERO, |sum, request| sum.checked_add(request.word.came));
        let on_its_way = on_its_way.unwrap_or(asked);
        let payable = asked.checked_sub(on_its_way).filter(|rest| rest.is_positive()).unwrap_or(Paise::ZERO);
        let code = |shown| payment_code::of_bill(&payee, bill, payable, shown).ok().flatten();
        let codes = code(Shown::Tapped).zip(code(Shown::OnPage)).map(|(tapped, shown)| BillCodes { tapped, shown });
        Ok(Some(BillDue { rules, payee, payable, on_its_way, codes }))
    }
}

/// A bill has come into the books: money that came for it before, and was set aside, is its account's.
pub(crate) fn billed(
    tx: &mut dyn StoreTx,
    context: &Context,
    account: &AccountId,
    bill: &BillNumber,
) -> Result<(), OfficeError> {
    let Some(reference) = PaymentReference::of_bill(bill) else { return Ok(()) };
    for mut record in tx.payments_set_aside(&reference.to_string())? {
        credit::place(tx, context, account, &mut record)?;
    }
    Ok(())
}
