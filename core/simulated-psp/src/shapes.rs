//! The JSON of Razorpay's API as the merchant receives it, payers included: an adapter has to leave those out by itself.

use crate::simulator::{Payment, Qr, Simulator, Webhook};
use raseed_protocol::time::WallMs;
use serde_json::{Value, json};

impl Simulator {
    /// The bytes of a webhook call.
    pub fn body_of(&self, webhook: &Webhook) -> Vec<u8> {
        let (subject, code) = self.subject_of(webhook);
        let mut payload = json!({ "payment": { "entity": payment(subject) } });
        let mut contains = vec!["payment"];
        if let Some(code) = code.filter(|_| webhook.event != "payment.captured") {
            payload["qr_code"] = json!({ "entity": qr(code, self.received(code, subject.at), subject.at) });
            contains.push("qr_code");
        }
        json!({
            "entity": "event",
            "account_id": "acc_Simulated0001",
            "event": webhook.event,
            "contains": contains,
            "payload": payload,
            "created_at": subject.at.0 / 1000,
        })
        .to_string()
        .into_bytes()
    }

    /// How much came for a code by then, in paise, and how many times.
    pub(crate) fn received(&self, code: &Qr, now: WallMs) -> (i64, usize) {
        let Ok(payments) = self.payments_of(&code.id, now) else { return (0, 0) };
        payments.fold((0, 0), |(paise, count), payment| (paise + payment.told.amount.get(), count + 1))
    }
}

/// A code, with what came for it.
pub(crate) fn qr(qr: &Qr, (received, count): (i64, usize), now: WallMs) -> Value {
    let closed = qr.closed_at(now);
    json!({
        "id": qr.id,
        "entity": "qr_code",
        "created_at": qr.created.0 / 1000,
        "name": "Simulated",
        "usage": "single_use",
        "type": "upi_qr",
        "image_url": format!("https://simulated.invalid/{}.png", qr.id),
        "image_content": qr.link(),
        "payment_amount": qr.order.amount,
        "status": if closed.is_some() { "closed" } else { "active" },
        "description": qr.order.description,
        "fixed_amount": true,
        "payments_amount_received": received,
        "payments_count_received": count,
        "notes": notes(qr.order.reference.as_deref()),
        "customer_id": null,
        "close_by": qr.order.close_by_s,
        "closed_at": closed.map(|(at, _)| at.0 / 1000),
        "close_reason": closed.map(|(_, why)| why),
    })
}

/// A payment, with an invented payer.
pub(crate) fn payment(payment: &Payment) -> Value {
    let told = &payment.told;
    json!({
        "id": told.id,
        "entity": "payment",
        "amount": told.amount,
        "currency": "INR",
        "status": "captured",
        "order_id": null,
        "invoice_id": null,
        "international": false,
        "method": "upi",
        "amount_refunded": 0,
        "refund_status": null,
        "captured": true,
        "description": "QRv2 Payment",
        "card_id": null,
        "bank": null,
        "wallet": null,
        "vpa": "payer.simulated@simbank",
        "email": "payer@simulated.invalid",
        "contact": "+910000000000",
        "customer_id": null,
        "notes": notes(told.reference.as_deref()),
        "fee": 0,
        "tax": 0,
        "error_code": null,
        "error_description": null,
        "acquirer_data": { "rrn": told.rrn },
        "created_at": told.paid.0 / 1000,
        "upi": { "payer_account_type": "bank_account", "vpa": "payer.simulated@simbank" },
    })
}

/// The real API writes an empty list where there are no notes.
fn notes(reference: Option<&str>) -> Value {
    reference.map_or_else(|| json!([]), |reference| json!({ "reference": reference }))
}
