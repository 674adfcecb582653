//! The payment service provider (PSP): where the head office has QR codes made, and from which it learns who paid what.
//!
//! Here is the port, and what stands behind it: an adapter for Razorpay, its configuration, and settlement files for the
//! days when nothing else got through. A PSP is believed about one thing only, that money came; what the money settles is
//! decided elsewhere. Nothing here may keep or log who paid (VPA, phone, e-mail, name), nor any secret.

mod config;
mod error;
mod payment;
pub mod razorpay;
mod secret;
pub mod settlement;

pub use config::{BadPspConfig, PspConfig};
pub use error::{PspError, WebhookRefused};
pub use payment::{BadPaymentId, PspPayment, PspPaymentId, reference_of, rrn_of};
pub use secret::{BadSecret, Secret};

use raseed_protocol::money::Paise;
use raseed_protocol::time::WallMs;
use std::sync::Arc;

/// Asks for the time; made by a composition root or by a test.
pub type PspClock = Arc<dyn Fn() -> WallMs + Send + Sync>;

/// What is asked of a PSP. Blocking; called beside the server's threads.
pub trait Psp: Send + Sync {
    /// Makes a single-use QR for exactly this amount. Safe to repeat: only the code that was shown is paid.
    fn make_qr(&self, order: &QrOrder) -> Result<QrMade, PspError>;

    /// Takes a QR out of use; a payment under way may still come. One that is closed already stays closed.
    fn close_qr(&self, qr: &str) -> Result<(), PspError>;

    /// Every payment that came for a QR so far, in no order, each once.
    fn payments_of(&self, qr: &str) -> Result<Vec<PspPayment>, PspError>;

    /// Every payment that came from `from` to `to`, both included (for catching up after lost webhooks), in no order, each
    /// once; a few from the second before or after may be among them. A payment may become visible some seconds after
    /// its time: let one span overlap the next.
    fn payments_between(&self, from: WallMs, to: WallMs) -> Result<Vec<PspPayment>, PspError>;

    /// Verifies and reads a webhook call: body exactly as it came, the signature header. A call that tells of no payment
    /// is good and empty. The same payment may be told many times, in any order.
    fn read_webhook(&self, body: &[u8], signature: &str) -> Result<Vec<PspPayment>, WebhookRefused>;
}

/// One that is shared is one.
impl<T: Psp + ?Sized> Psp for Arc<T> {
    fn make_qr(&self, order: &QrOrder) -> Result<QrMade, PspError> {
        (**self).make_qr(order)
    }

    fn close_qr(&self, qr: &str) -> Result<(), PspError> {
        (**self).close_qr(qr)
    }

    fn payments_of(&self, qr: &str) -> Result<Vec<PspPayment>, PspError> {
        (**self).payments_of(qr)
    }

    fn payments_between(&self, from: WallMs, to: WallMs) -> Result<Vec<PspPayment>, PspError> {
        (**self).payments_between(from, to)
    }

    fn read_webhook(&self, body: &[u8], signature: &str) -> Result<Vec<PspPayment>, WebhookRefused> {
        (**self).read_webhook(body, signature)
    }
}

/// A QR that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrOrder {
    /// Our reference, 1 to [`QrOrder::MAX_REFERENCE`] printable ASCII characters; comes back with each payment.
    pub reference: String,
    /// How much is to be paid, exactly; positive.
    pub amount: Paise,
    /// What it is for, 1 to [`QrOrder::MAX_DESCRIPTION`] characters; the payer may see it. No personal data.
    pub description: String,
    /// When it should go out of use. A PSP may need longer, and says so in [`QrMade::closes`].
    pub close_by: WallMs,
}

impl QrOrder {
    /// The longest reference, in characters: what `tr` of a UPI link may have.
    pub const MAX_REFERENCE: usize = 35;
    /// The longest description, in characters.
    pub const MAX_DESCRIPTION: usize = 120;

    /// Refuses what no PSP would take, before it is asked.
    ///
    /// # Errors
    /// [`PspError::BadOrder`], naming the field.
    pub fn check(&self) -> Result<(), PspError> {
        if reference_of(&self.reference).is_none() {
            return Err(PspError::BadOrder("the reference has 1 to 35 printable ASCII characters"));
        }
        if !self.amount.is_positive() {
            return Err(PspError::BadOrder("the amount is above zero"));
        }
        let length = self.description.chars().count();
        if !(1..=QrOrder::MAX_DESCRIPTION).contains(&length) || self.description.chars().any(char::is_control) {
            return Err(PspError::BadOrder("the description has 1 to 120 characters, all of which can be seen"));
        }
        Ok(())
    }
}

/// A QR that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrMade {
    /// The PSP's own id of it (`qr_…`).
    pub qr: String,
    /// The `upi://pay…` text to draw.
    pub link: String,
    /// When it goes out of use by itself. Money that comes later is still money.
    pub closes: WallMs,
}
