//! What a person does about payments: looking at them, crediting one whose receipt will never come or that came
//! without a reference, recording a refund.

use super::{credit, word};
use crate::error::OfficeError;
use crate::office::Office;
use crate::psp::PspPaymentId;
use crate::store::{Fate, PaymentRecord, StoreTx};
use raseed_protocol::ids::{AccountId, EntryId};
use raseed_protocol::time::WallMs;

/// The most payments that one list shows.
const MOST: u32 = 1_000;

impl Office {
    /// The payments that wait for a receipt, were credited by the office, are to be given back or were told of in two ways;
    /// with `all` every one. Newest first, at most a thousand.
    pub fn payments(&self, all: bool) -> Result<Vec<PaymentRecord>, OfficeError> {
        Ok(self.store.read(&self.tenant)?.payments(all, MOST)?)
    }

    /// Credits the payments for this request that wait for a receipt (the till is lost, or was replaced). Where no account
    /// is known they are to be given back. A receipt that still comes is kept, and counts no second time.
    ///
    /// # Errors
    /// [`OfficeError::NothingWaits`] if no payment for this request waits.
    pub fn credit_waiting(&self, request: &EntryId, now: WallMs) -> Result<Vec<PaymentRecord>, OfficeError> {
        let mut tx = self.store.write(&self.tenant)?;
        let context = self.context(&*tx, now)?;
        let mut row = tx.request(request)?;
        let has_receipt = row.as_ref().is_some_and(|row| row.receipt.is_some()) || is_receipt(&*tx, request)?;
        let mut waiting = tx.payments_about(request)?;
        waiting.retain(|record| record.fate == Fate::Matched && !has_receipt);
        if waiting.is_empty() {
            return Err(OfficeError::NothingWaits(request.clone()));
        }
        let account = row.as_ref().and_then(|row| row.account.clone());
        for record in &mut waiting {
            credit::credit_or_refund(&mut *tx, &context, account.as_ref(), record)?;
        }
        if let Some(row) = &mut row {
            word::refresh(&mut *tx, &context, row)?;
        }
        tx.commit()?;
        Ok(waiting)
    }

    /// Credits a payment that was set aside to this account: a person found out whose it is. Again changes nothing.
    ///
    /// # Errors
    /// [`OfficeError::NoRefundDue`] if it is unknown or not set aside, [`OfficeError::UnknownAccount`] if there is no such
    /// account, or it can hold no more.
    pub fn place_payment(
        &self,
        payment: &PspPaymentId,
        account: &AccountId,
        now: WallMs,
    ) -> Result<PaymentRecord, OfficeError> {
        let mut tx = self.store.write(&self.tenant)?;
        let context = self.context(&*tx, now)?;
        let mut record = tx.payment(payment)?.ok_or_else(|| OfficeError::NoRefundDue(payment.clone()))?;
        if record.fate == Fate::Credited && record.account.as_ref() == Some(account) {
            return Ok(record);
        }
        if record.fate != Fate::RefundDue {
            return Err(OfficeError::NoRefundDue(payment.clone()));
        }
        if !credit::place(&mut *tx, &context, account, &mut record)? {
            return Err(OfficeError::UnknownAccount(account.clone()));
        }
        if let Some(about) = &record.about
            && let Some(mut request) = tx.request(about)?
        {
            word::refresh(&mut *tx, &context, &mut request)?;
        }
        tx.commit()?;
        Ok(record)
    }

    /// Records that a payment was given back. Again changes nothing.
    ///
    /// # Errors
    /// [`OfficeError::NoRefundDue`] if it is unknown or not to be given back.
    pub fn refund_paid(&self, payment: &PspPaymentId, now: WallMs) -> Result<(), OfficeError> {
        let mut tx = self.store.write(&self.tenant)?;
        let context = self.context(&*tx, now)?;
        let known = tx.payment(payment)?.ok_or_else(|| OfficeError::NoRefundDue(payment.clone()))?;
        match known {
            PaymentRecord { fate: Fate::Refunded, .. } => Ok(()),
            PaymentRecord { fate: Fate::Matched | Fate::Credited, .. } => {
                Err(OfficeError::NoRefundDue(payment.clone()))
            }
            mut record => {
                credit::given_back(&mut *tx, &context, &mut record)?;
                if let Some(about) = &record.about
                    && let Some(mut request) = tx.request(about)?
                {
                    word::refresh(&mut *tx, &context, &mut request)?;
                }
                Ok(tx.commit()?)
            }
        }
    }
}

/// True for the place of a receipt that names no request, and has its money by the bank's reference.
fn is_receipt(tx: &dyn StoreTx, place: &EntryId) -> Result<bool, OfficeError> {
    let is_stored = tx.entry(place)?.is_some();
    Ok(is_stored && tx.request(place)?.is_none())
}
