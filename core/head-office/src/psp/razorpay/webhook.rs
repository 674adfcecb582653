//! Webhook calls: `X-Razorpay-Signature` is the hexadecimal HMAC-SHA256 of the raw body under the webhook secret.
//!
//! Nothing of a body is looked at before its signature is verified, in constant time, over the bytes as they came.

use super::shapes::{Payment, Qr};
use crate::psp::{PspPayment, Secret, WebhookRefused};
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use ring::hmac;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The most bytes of a call; real ones have some 3,000.
pub const MAX_WEBHOOK: usize = 256 * 1024;

/// Verifies a call, and reads the payments that it tells of: none for an event that is not about money that came.
///
/// # Errors
/// If it is too large, not signed with this secret, or (then signed) in an unknown form.
pub fn read_webhook(body: &[u8], signature: &str, secret: &Secret) -> Result<Vec<PspPayment>, WebhookRefused> {
    if body.len() > MAX_WEBHOOK {
        return Err(WebhookRefused::TooLarge(MAX_WEBHOOK));
    }
    let tag = HEXLOWER_PERMISSIVE.decode(signature.as_bytes()).map_err(|_| WebhookRefused::BadSignature)?;
    hmac::verify(&key(secret), body, &tag).map_err(|_| WebhookRefused::BadSignature)?;
    let kind: Kind = parse(body)?;
    if !matches!(kind.event.as_str(), "qr_code.credited" | "payment.captured") {
        return Ok(Vec::new());
    }
    let told: Told = parse(body)?;
    let qr = told.payload.qr_code.map(|qr| qr.entity);
    let payment = told.payload.payment.entity.payment(qr.as_ref()).map_err(WebhookRefused::Unreadable)?;
    Ok(payment.into_iter().collect())
}

/// The signature of a body: what the PSP does, for whoever plays it.
pub fn sign_webhook(body: &[u8], secret: &Secret) -> String {
    HEXLOWER.encode(hmac::sign(&key(secret), body).as_ref())
}

fn key(secret: &Secret) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes())
}

#[derive(Deserialize)]
struct Kind {
    event: String,
}

#[derive(Deserialize)]
struct Told {
    payload: Payload,
}

#[derive(Deserialize)]
struct Payload {
    payment: Entity<Payment>,
    qr_code: Option<Entity<Qr>>,
}

#[derive(Deserialize)]
struct Entity<T> {
    entity: T,
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, WebhookRefused> {
    serde_json::from_slice(body).map_err(|error| {
        // Where, not what: a call holds the payer's address and phone.
        WebhookRefused::Unreadable(format!("line {}, column {}", error.line(), error.column()))
    })
}
