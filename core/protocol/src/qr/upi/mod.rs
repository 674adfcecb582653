//! `upi://pay` links: the text in a UPI QR code, an Android intent or a message.
//!
//! Names of parameters and their limits: UPI Linking Specification 1.6; those that only codes have: NPCI's QR 2.x. A
//! [`Request`] cannot hold a bad value, so writing one cannot fail; [`read`] takes what apps take and refuses what two apps
//! could read differently. Mandates are recognised as *not a payment* and no further.

mod conform;
mod encode;
mod fields;
mod invoice;
mod read;
mod request;

pub use conform::violations;
pub use fields::{
    About, Category, Initiation, Label, Medium, Note, OrgId, PayeeName, Purpose, ReferenceUrl, Shop, TransactionId,
};
pub use invoice::{Gstin, Invoice, InvoiceNumber, Tax};
pub use read::{Link, Parameter, Parameters, UpiError, read};
pub use request::Request;
