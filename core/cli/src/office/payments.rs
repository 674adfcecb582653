//! `raseed office payments`

use crate::args::PaymentsArgs;
use crate::machine;
use crate::output::{Failure, Output};
use raseed_head_office::psp::PspPaymentId;
use raseed_head_office::store::{Fate, PaymentRecord};
use raseed_head_office::{MoneyCame, Office};
use raseed_protocol::ids::{AccountId, EntryId};
use raseed_protocol::time::WallMs;
use serde_json::{Value, json};

const HOUR_MS: u64 = 3_600_000;

/// Lists payments, or does with one what a person decided.
pub fn run(office: &Office, args: &PaymentsArgs, out: &Output) -> Result<(), Failure> {
    let now = machine::wall();
    if let Some(request) = &args.credit {
        let request: EntryId = request.parse().map_err(|error| Failure::new("bad-request", error))?;
        return list(&office.credit_waiting(&request, now)?, out);
    }
    if let Some(payment) = &args.refunded {
        let payment: PspPaymentId = payment.parse().map_err(|error| Failure::new("bad-payment", error))?;
        office.refund_paid(&payment, now)?;
        return out.say(&json!({ "refunded": payment }), || format!("payment {payment} is given back"));
    }
    if let (Some(payment), Some(account)) = (&args.place, &args.account) {
        let payment: PspPaymentId = payment.parse().map_err(|error| Failure::new("bad-payment", error))?;
        let account: AccountId = account.parse().map_err(|error| Failure::new("bad-account", error))?;
        return list(&[office.place_payment(&payment, &account, now)?], out);
    }
    if let Some(hours) = args.fetch {
        let from = WallMs(now.0.saturating_sub(u64::from(hours).saturating_mul(HOUR_MS)));
        let came = office.catch_up(from, now, now)?;
        return out.say(&came, || came_text(&came));
    }
    list(&office.payments(args.all)?, out)
}

/// What payments became, in a line.
pub fn came_text(came: &MoneyCame) -> String {
    format!(
        "new: {} matched, {} credited, {} to be given back; {} known before, {} told of in two ways",
        came.matched, came.credited, came.refund_due, came.known, came.contradicted
    )
}

fn list(payments: &[PaymentRecord], out: &Output) -> Result<(), Failure> {
    let value: Vec<_> = payments.iter().map(value_of).collect();
    out.say(&value, || match payments {
        [] => "no payment needs a look".to_owned(),
        some => some.iter().map(line).collect::<Vec<_>>().join("\n"),
    })
}

fn value_of(record: &PaymentRecord) -> Value {
    json!({
        "payment": record.payment.id,
        "fate": record.fate,
        "mode": record.mode,
        "amount_paise": record.payment.amount,
        "reference": record.payment.reference,
        "rrn": record.payment.rrn,
        "paid_ms": record.payment.paid,
        "about": record.about,
        "account": record.account,
        "contradicted_ms": record.contradicted,
    })
}

fn line(record: &PaymentRecord) -> String {
    let payment = &record.payment;
    let became = match record.fate {
        Fate::Matched => "matched",
        Fate::Credited => "credited by the office",
        Fate::RefundDue => "to be given back",
        Fate::Refunded => "given back",
    };
    let whom = record.account.as_ref().map(|account| format!(" to {account}")).unwrap_or_default();
    let reference = payment.reference.as_deref().unwrap_or("no reference");
    let doubt = if record.contradicted.is_some() { "  TOLD OF IN TWO WAYS" } else { "" };
    format!(
        "{:<22} {:>14}  {}  {reference:<24} {became}{whom}{doubt}",
        payment.id.to_string(),
        payment.amount.to_string(),
        payment.paid.to_people()
    )
}
