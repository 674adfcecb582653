//! Razorpay's QR Codes API (`https://api.razorpay.com/v1`), as its public documentation describes it.
//!
//! Amounts are integer paise, times Unix seconds. Our reference travels in the QR's `notes.reference` and comes back with
//! each payment. What a payment says of its payer (`vpa`, `contact`, `email`, `upi`, `card`) is not even read.

mod http;
mod settings;
mod shapes;
mod webhook;

pub use settings::Settings;
pub use webhook::{MAX_WEBHOOK, read_webhook, sign_webhook};

use super::{Psp, PspClock, PspError, PspPayment, QrMade, QrOrder, WebhookRefused};
use http::Http;
use raseed_protocol::time::{DAY_MS, WallMs};
use serde_json::json;
use shapes::{Collection, Payment, Qr};
use std::collections::HashSet;

/// `close_by` must be at least 15 minutes ahead; one more, because two clocks differ.
const EARLIEST_CLOSE_MS: u64 = 16 * 60 * 1000;
/// ... and at most 45 days; a minute less, for the same reason.
const LATEST_CLOSE_MS: u64 = 45 * DAY_MS - 60_000;

/// So many payments come in one answer; the API gives no more.
const PAGE: usize = 100;
/// The most payments that one question is answered with.
const MAX_PAYMENTS: usize = 100_000;

/// A head office's account with Razorpay.
pub struct Razorpay {
    http: Http,
    settings: Settings,
    clock: PspClock,
}

impl Razorpay {
    /// An account under these keys. Nothing is asked yet.
    pub fn new(settings: Settings, clock: PspClock) -> Razorpay {
        Razorpay { http: Http::new(&settings), settings, clock }
    }

    /// Reads all pages of a collection. A payment that comes while they are read moves others to the next page, so that one
    /// may be seen twice, never passed over.
    fn all(&self, path: &str, span: &str) -> Result<Vec<PspPayment>, PspError> {
        let mut payments = Vec::new();
        let mut seen = HashSet::new();
        for skip in (0..MAX_PAYMENTS).step_by(PAGE) {
            let page: Collection<Payment> = self.http.get(&format!("{path}?{span}count={PAGE}&skip={skip}"))?;
            let full = page.items.len() >= PAGE;
            for item in page.items {
                if let Some(payment) = item.payment(None).map_err(nonsense)?
                    && seen.insert(payment.id.clone())
                {
                    payments.push(payment);
                }
            }
            if !full {
                return Ok(payments);
            }
        }
        Err(PspError::TooMany(MAX_PAYMENTS))
    }

    fn is_closed(&self, qr: &str) -> Result<bool, PspError> {
        let qr: Qr = self.http.get(&format!("/v1/payments/qr_codes/{qr}"))?;
        Ok(qr.status.as_deref() == Some("closed"))
    }
}

impl Psp for Razorpay {
    fn make_qr(&self, order: &QrOrder) -> Result<QrMade, PspError> {
        order.check()?;
        let close_by_s = close_by_s(order.close_by, (self.clock)());
        let body = json!({
            "type": "upi_qr",
            "usage": "single_use",
            "fixed_amount": true,
            "payment_amount": order.amount,
            "description": order.description,
            "close_by": close_by_s,
            "notes": { "reference": order.reference },
        });
        let qr: Qr = self.http.post("/v1/payments/qr_codes", &body)?;
        qr.made(order.amount, close_by_s)
    }

    fn close_qr(&self, qr: &str) -> Result<(), PspError> {
        let id = shapes::qr_id(qr)?;
        match self.http.post::<Qr>(&format!("/v1/payments/qr_codes/{id}/close"), &json!({})) {
            Ok(_) => Ok(()),
            // Paid, expired and closed before are all refused, in words that are not promised; the code itself says it.
            Err(PspError::Refused { status: 400, .. }) if self.is_closed(id)? => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn payments_of(&self, qr: &str) -> Result<Vec<PspPayment>, PspError> {
        let id = shapes::qr_id(qr)?;
        self.all(&format!("/v1/payments/qr_codes/{id}/payments"), "")
    }

    fn payments_between(&self, from: WallMs, to: WallMs) -> Result<Vec<PspPayment>, PspError> {
        // The API counts in seconds, and so a payment's time is up to a second before it came.
        self.all("/v1/payments", &format!("from={}&to={}&", from.0 / 1000, to.0.div_ceil(1000)))
    }

    fn read_webhook(&self, body: &[u8], signature: &str) -> Result<Vec<PspPayment>, WebhookRefused> {
        read_webhook(body, signature, &self.settings.webhook_secret)
    }
}

/// When a code that should close at `wanted` can close, in seconds since 1970: the API has bounds at both ends.
pub fn close_by_s(wanted: WallMs, now: WallMs) -> u64 {
    let (earliest, latest) = (now.0.saturating_add(EARLIEST_CLOSE_MS), now.0.saturating_add(LATEST_CLOSE_MS));
    wanted.0.clamp(earliest, latest).div_ceil(1000)
}

fn nonsense(what: String) -> PspError {
    PspError::Nonsense(what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_closes_within_the_bounds_of_the_api_and_never_earlier_than_wanted() {
        let now = WallMs(1_795_000_000_500);
        for (wanted, closes) in [
            (0, 1_795_000_961),
            (now.0 + 16 * 60_000, 1_795_000_961),
            (now.0 + 20 * 60_000 + 1, 1_795_001_201),
            (u64::MAX, 1_795_000_001 + 45 * 86_400 - 60),
        ] {
            assert_eq!(close_by_s(WallMs(wanted), now), closes, "{wanted}");
        }
    }
}
