//! Are the books of payments right? Each payment has one fate and its postings, and each word says what the payments say.

use super::verify::{BooksVerified, Finding};
use crate::error::OfficeError;
use crate::payments::{Told, told_of};
use crate::store::{Fate, PaymentRecord, RequestRecord, StoreRead, Stored};
use raseed_protocol::journal::Mode;
use raseed_protocol::ledger::{Balance, Balances, LedgerAccount, PaymentEvent, TransactionId};
use std::ops::ControlFlow;

/// Goes through all payments and requests; adds to `counted` what the payments mean for bank, clearing and refunds.
pub(super) fn payments(
    read: &dyn StoreRead,
    verified: &mut BooksVerified,
    counted: &mut Balances,
) -> Result<(), OfficeError> {
    let mut overflow = Ok(());
    read.each_payment(&mut |record| {
        verified.payments += 1;
        if let Some(what) = wrong_postings(read, &record)? {
            verified.findings.push(Finding::Payment { payment: record.payment.id.clone(), what });
        }
        overflow = count(counted, &record);
        Ok(if overflow.is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    overflow?;
    read.each_request(&mut |request| {
        verified.requests += 1;
        if let Some(what) = wrong_word(&request, &read.payments_about(&request.id)?) {
            verified.findings.push(Finding::Request { entry: request.id, what });
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(())
}

/// Bank is what came less what was given back; clearing is receipts (counted elsewhere) less what waits for them or has them.
fn count(counted: &mut Balances, record: &PaymentRecord) -> Result<(), OfficeError> {
    let amount = Balance(record.payment.amount.get());
    match record.fate {
        Fate::Matched => {
            counted.add(&LedgerAccount::Bank, amount)?;
            counted.add(&clearing(record.mode), -amount)?;
        }
        Fate::Credited => counted.add(&LedgerAccount::Bank, amount)?,
        Fate::RefundDue => {
            counted.add(&LedgerAccount::Bank, amount)?;
            counted.add(&LedgerAccount::RefundsDue, -amount)?;
        }
        Fate::Refunded => {}
    }
    Ok(())
}

fn clearing(mode: Mode) -> LedgerAccount {
    match mode {
        Mode::Cash | Mode::Upi => LedgerAccount::UpiClearing,
        Mode::Card => LedgerAccount::CardClearing,
        Mode::Cheque => LedgerAccount::ChequeClearing,
    }
}

fn wrong_postings(read: &dyn StoreRead, record: &PaymentRecord) -> Stored<Option<String>> {
    let is_posted = |event| -> Stored<bool> {
        let id = TransactionId::of_payment(event, record.payment.id.as_str());
        Ok(read.transaction(&id.expect("the id of a payment is short and printable"))?.is_some())
    };
    let is_set_aside = (is_posted(PaymentEvent::RefundDue)? && !is_posted(PaymentEvent::RefundWithdrawn)?)
        || (is_posted(PaymentEvent::RefundDueAgain)? && !is_posted(PaymentEvent::RefundWithdrawnAgain)?);
    let wrong = [
        (!is_posted(PaymentEvent::Came)?, "its coming is not in the ledger"),
        (is_posted(PaymentEvent::Credited)? != (record.fate == Fate::Credited), "it is credited in one place alone"),
        (
            is_set_aside != matches!(record.fate, Fate::RefundDue | Fate::Refunded),
            "it is set aside for a refund in one place alone",
        ),
        (is_posted(PaymentEvent::Refunded)? != (record.fate == Fate::Refunded), "it is refunded in one place alone"),
    ];
    Ok(wrong.into_iter().find(|(is_wrong, _)| *is_wrong).map(|(_, what)| what.to_owned()))
}

/// Whether time has passed is the clock's affair; whether money came is not.
fn wrong_word(request: &RequestRecord, payments: &[PaymentRecord]) -> Option<String> {
    let word = &request.word;
    if payments.iter().filter(|record| record.fate == Fate::Matched).count() > 1 {
        return Some("two payments wait for one receipt".to_owned());
    }
    let Told { state, came, reference } = told_of(request, payments, request.made);
    let is_right = if state.means_money() {
        (state, came, &reference) == (word.state, word.came, &word.reference)
    } else {
        !word.state.means_money()
    };
    (!is_right).then(|| format!("the till was told {}, the payments say {}", word.state.code(), state.code()))
}
