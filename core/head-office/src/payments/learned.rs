//! A payment that was told of without a reference, and is told of again with one: what a payment service says of the payments of
//! its own codes depends on how it is asked. It is set aside in between, and now it is known whose it is.

use super::subject::{Subject, subject_of};
use super::{credit, place, raise, word};
use crate::error::OfficeError;
use crate::posting::Context;
use crate::psp::PspPayment;
use crate::store::{Fate, PaymentRecord, StoreTx};

/// True if this news says more than the books know, and it matters.
pub(super) fn is_more(known: &PaymentRecord, told: &PspPayment) -> bool {
    let set_aside = known.fate == Fate::RefundDue && known.about.is_none();
    set_aside && known.payment.reference.is_none() && told.reference.is_some()
}

/// Places it as if it had come so.
pub(super) fn place_again(
    tx: &mut dyn StoreTx,
    context: &Context,
    mut record: PaymentRecord,
    told: &PspPayment,
) -> Result<(), OfficeError> {
    match subject_of(tx, told)? {
        Subject::Request(mut request) => {
            let others = tx.payments_about(&request.id)?;
            record.about = Some(request.id.clone());
            match place::oddity(&request, &others, &record) {
                None => {
                    credit::withdraw_refund(tx, context, &mut record)?;
                    place::move_to(tx, context, &mut record, request.mode)?;
                    tx.put_payment(&record)?;
                }
                Some(odd) => {
                    let placed = match &request.account {
                        Some(account) => credit::place(tx, context, account, &mut record)?,
                        None => false,
                    };
                    if !placed {
                        tx.put_payment(&record)?;
                    }
                    raise(tx, context, &request.id, odd.note(&record))?;
                }
            }
            word::refresh(tx, context, &mut request)
        }
        Subject::ToCome(id) => {
            record.about = Some(id);
            credit::withdraw_refund(tx, context, &mut record)
        }
        Subject::Account(account) => credit::place(tx, context, &account, &mut record).map(drop),
        Subject::Receipt(_) | Subject::Nobody => Ok(()),
    }
}
