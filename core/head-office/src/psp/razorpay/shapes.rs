//! The JSON of the API, as far as it is read. What is not named here (the payer above all) never leaves the parser.

use crate::psp::{PspError, PspPayment, QrMade, reference_of, rrn_of};
use raseed_protocol::money::Paise;
use raseed_protocol::time::WallMs;
use serde::Deserialize;
use serde_json::Value;

/// The longest UPI link that is taken, in bytes; more would make a symbol that no phone reads from a small screen.
const MAX_LINK: usize = 1000;

/// A page of a list.
#[derive(Deserialize)]
pub(super) struct Collection<T> {
    pub items: Vec<T>,
}

/// An error answer.
#[derive(Deserialize)]
pub(super) struct Failure {
    pub error: FailureDetail,
}

/// What it says.
#[derive(Deserialize)]
pub(super) struct FailureDetail {
    #[serde(default)]
    pub description: String,
}

/// A payment.
#[derive(Deserialize)]
pub(super) struct Payment {
    id: String,
    /// Paise, if the currency is INR.
    amount: i64,
    currency: String,
    status: String,
    /// An object; an empty list if there are none.
    #[serde(default)]
    notes: Value,
    /// An object; an empty list or null if there is none.
    #[serde(default)]
    acquirer_data: Value,
    /// Unix seconds.
    created_at: u64,
}

impl Payment {
    /// The payment, if its money has come: also one that was given back later, because it came first. `None` for one that is
    /// only tried, failed, or in another currency.
    pub fn payment(self, qr: Option<&Qr>) -> Result<Option<PspPayment>, String> {
        if !matches!(self.status.as_str(), "captured" | "refunded") || self.currency != "INR" {
            return Ok(None);
        }
        // Passing over money silently would be worse than stopping: somebody has to look.
        let id = self.id.parse().map_err(|_| "the id of a payment is not one".to_owned())?;
        let amount = Paise::new(self.amount).ok().filter(|amount| amount.is_positive());
        let amount = amount.ok_or_else(|| format!("the amount of payment {id} is not one"))?;
        let paid = self.created_at.checked_mul(1000).and_then(WallMs::bounded);
        let paid = paid.ok_or_else(|| format!("the time of payment {id} is not one"))?;
        let reference = note(&self.notes).or_else(|| note(&qr?.notes));
        let rrn = self.acquirer_data.get("rrn").and_then(Value::as_str).and_then(rrn_of);
        Ok(Some(PspPayment { id, reference, amount, rrn, paid }))
    }
}

/// Our reference, as [`make_qr`](crate::psp::Psp::make_qr) put it there.
fn note(notes: &Value) -> Option<String> {
    notes.get("reference").and_then(Value::as_str).and_then(reference_of)
}

/// A QR code.
#[derive(Deserialize)]
pub(super) struct Qr {
    id: String,
    pub status: Option<String>,
    payment_amount: Option<i64>,
    close_by: Option<u64>,
    #[serde(default)]
    notes: Value,
    /// The UPI link. Only accounts with this feature have it; the others get a picture.
    image_content: Option<String>,
}

impl Qr {
    /// The code as it is to be drawn, if it asks for what was ordered.
    pub fn made(self, amount: Paise, close_by_s: u64) -> Result<QrMade, PspError> {
        if self.payment_amount != Some(amount.get()) {
            return Err(PspError::Nonsense("the QR code asks for another amount".to_owned()));
        }
        let qr = qr_id(&self.id).map_err(|_| PspError::Nonsense("the id of the QR code is not one".to_owned()))?;
        let link = self.image_content.ok_or(PspError::NoLink)?;
        let plain = link.len() <= MAX_LINK && link.bytes().all(|byte| matches!(byte, 0x20..=0x7e));
        if !plain || !link.starts_with("upi://pay?") {
            return Err(PspError::Nonsense("the text of the QR code is not a UPI link".to_owned()));
        }
        let closes = self.close_by.unwrap_or(close_by_s).checked_mul(1000).and_then(WallMs::bounded);
        let closes = closes.ok_or_else(|| PspError::Nonsense("the QR code closes at no time".to_owned()))?;
        Ok(QrMade { qr: qr.to_owned(), link, closes })
    }
}

/// An id that can stand in a path as it is.
pub(super) fn qr_id(id: &str) -> Result<&str, PspError> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let good = (1..=40).contains(&id.len()) && id.bytes().all(fits);
    if good { Ok(id) } else { Err(PspError::BadOrder("an id of a QR code has 1 to 40 letters, digits or _")) }
}
