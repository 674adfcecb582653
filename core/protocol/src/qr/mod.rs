//! Payment QR codes: what a customer's app is shown, written from parsed values and read back strictly.
//!
//! Two families: [`upi`] links (NPCI, UPI Linking Specification 1.6 and the QR 2.x parameters) and [`emv`] codes (EMVCo
//! Merchant-Presented Mode 1.1) with India's [`bharat`] profile on top. The notes on both are in `schemas/payment-qr.md`.
//!
//! Nothing here may say that a payment happened: a code is a request, and whoever prints one can print another. No code
//! that is made here carries a payer's name, phone or identity number.

pub mod bharat;
pub mod emv;
mod field;
mod money;
mod payload;
pub mod upi;
mod violation;
mod vpa;

pub use field::{FieldError, Mcc, PinCode, Reference};
pub use money::{Amount, AmountFault, Asked};
pub use payload::Payload;
pub use violation::Violation;
pub use vpa::{Vpa, VpaError};
