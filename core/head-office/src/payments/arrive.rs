//! Money has come: recorded once under the payment service's own id, posted, and placed.

use super::subject::{Subject, subject_of};
use super::{credit, learned, place, raise, word};
use crate::error::OfficeError;
use crate::office::Office;
use crate::posting::{Context, Note};
use crate::psp::PspPayment;
use crate::store::{Fate, LedgerRecord, PaymentRecord, StoreTx, Stored};
use raseed_protocol::journal::Mode;
use raseed_protocol::ledger::{self, LedgerAccount, PaymentEvent, TransactionId};
use raseed_protocol::time::WallMs;
use serde::Serialize;

/// So many payments are one transaction of the database: others get their turn between.
const AT_ONCE: usize = 500;

/// The prefix of an id that a settlement file's reader makes from the bank's reference.
const MADE_FROM_RRN: &str = "rrn-";

/// What became of payments that were told of, by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MoneyCame {
    /// New, and waiting for its receipt or having it.
    pub matched: u64,
    /// New, and credited to a consumer by the office.
    pub credited: u64,
    /// New, and to be given back.
    pub refund_due: u64,
    /// Known before, with the same content.
    pub known: u64,
    /// Known before with another content: a person must ask the payment service which is right. Nothing was posted.
    pub contradicted: u64,
}

impl Office {
    /// Takes in payments that the payment service told of. Telling of them again changes nothing.
    pub fn money_came(&self, payments: &[PspPayment], now: WallMs) -> Result<MoneyCame, OfficeError> {
        let mut came = MoneyCame::default();
        for some in payments.chunks(AT_ONCE) {
            let mut tx = self.store.write(&self.tenant)?;
            let context = self.context(&*tx, now)?;
            let mut counted = came;
            for payment in some {
                counted.count(arrive(&mut *tx, &context, payment)?);
            }
            tx.commit()?;
            came = counted;
        }
        Ok(came)
    }
}

impl MoneyCame {
    /// Both together.
    pub(super) fn and(self, other: MoneyCame) -> MoneyCame {
        MoneyCame {
            matched: self.matched + other.matched,
            credited: self.credited + other.credited,
            refund_due: self.refund_due + other.refund_due,
            known: self.known + other.known,
            contradicted: self.contradicted + other.contradicted,
        }
    }

    fn count(&mut self, arrival: Arrival) {
        let counter = match arrival {
            Arrival::New(Fate::Matched) => &mut self.matched,
            Arrival::New(Fate::Credited) => &mut self.credited,
            Arrival::New(Fate::RefundDue | Fate::Refunded) => &mut self.refund_due,
            Arrival::Known => &mut self.known,
            Arrival::Contradicts => &mut self.contradicted,
        };
        *counter += 1;
    }
}

enum Arrival {
    New(Fate),
    Known,
    Contradicts,
}

fn arrive(tx: &mut dyn StoreTx, context: &Context, payment: &PspPayment) -> Result<Arrival, OfficeError> {
    if let Some(known) = known(tx, payment)? {
        return again(tx, context, known, payment);
    }
    let subject = subject_of(tx, payment)?;
    let mut record = PaymentRecord {
        payment: payment.clone(),
        recorded: context.now,
        mode: subject.mode().unwrap_or(Mode::Upi),
        fate: Fate::RefundDue,
        about: None,
        account: None,
        contradicted: None,
    };
    tx.add_payment(&record)?;
    let id = event_id(&record, PaymentEvent::Came);
    let day = credit::day_of(&record, context);
    let transaction = ledger::money_came(id, clearing(&record), payment.amount, day)?;
    tx.post(&LedgerRecord { transaction, recorded: context.now, previous: None })?;
    match subject {
        Subject::ToCome(id) => {
            (record.fate, record.about) = (Fate::Matched, Some(id));
            tx.put_payment(&record)?;
        }
        Subject::Request(mut request) => {
            let before = tx.payments_about(&request.id)?;
            place::on_request(tx, context, &request, &before, &mut record)?;
            word::refresh(tx, context, &mut request)?;
        }
        Subject::Receipt(receipt) => place::on_receipt(tx, context, &receipt, &mut record)?,
        Subject::Account(account) => credit::credit_or_refund(tx, context, Some(&account), &mut record)?,
        Subject::Nobody => credit::credit_or_refund(tx, context, None, &mut record)?,
    }
    Ok(Arrival::New(record.fate))
}

/// The payment as it is in the books. A settlement file may not know the payment service's id: then it is known by the
/// bank's reference and its amount.
fn known(tx: &dyn StoreTx, payment: &PspPayment) -> Stored<Option<PaymentRecord>> {
    if let Some(known) = tx.payment(&payment.id)? {
        return Ok(Some(known));
    }
    let Some(rrn) = &payment.rrn else { return Ok(None) };
    let made = |id: &str| id.starts_with(MADE_FROM_RRN);
    let twin = tx.payments_by_rrn(rrn)?.into_iter().find(|other| {
        other.payment.amount == payment.amount && made(other.payment.id.as_str()) != made(payment.id.as_str())
    });
    Ok(twin)
}

fn again(
    tx: &mut dyn StoreTx,
    context: &Context,
    mut known: PaymentRecord,
    told: &PspPayment,
) -> Result<Arrival, OfficeError> {
    let agree = |one: &Option<String>, other: &Option<String>| one.is_none() || other.is_none() || one == other;
    let held = &known.payment;
    if held.amount == told.amount && agree(&held.reference, &told.reference) && agree(&held.rrn, &told.rrn) {
        if learned::is_more(&known, told) {
            learned::place_again(tx, context, known, told)?;
        }
        return Ok(Arrival::Known);
    }
    if known.contradicted.is_none() {
        known.contradicted = Some(context.now);
        tx.put_payment(&known)?;
        let stored = known.about.filter(|about| matches!(tx.entry(about), Ok(Some(_))));
        if let Some(about) = stored {
            raise(tx, context, &about, Note::payment_contradicted())?;
        }
    }
    Ok(Arrival::Contradicts)
}

/// Where a payment waits between the bank and its receipt.
pub(super) fn clearing(record: &PaymentRecord) -> LedgerAccount {
    match record.mode {
        Mode::Card => LedgerAccount::CardClearing,
        Mode::Cheque => LedgerAccount::ChequeClearing,
        Mode::Upi | Mode::Cash => LedgerAccount::UpiClearing,
    }
}

/// The id of the ledger transaction that an event of this payment is.
pub(super) fn event_id(record: &PaymentRecord, event: PaymentEvent) -> TransactionId {
    TransactionId::of_payment(event, record.payment.id.as_str()).expect("the id of a payment is short and printable")
}
