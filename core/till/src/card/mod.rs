//! A card sale by the acquirer's own payment app on the same device: what to ask it, and what its answer means.
//!
//! Nothing is started here: an [`Ask`] says what the device is to start, an [`Answered`] is what came back, untouched. The
//! device may die in between, so a sale can be asked after ([`Acquirer::query`]) under the same reference.
//!
//! It must never call a sale approved unless the answer says so itself, for our reference and for exactly our amount
//! wherever the shape gives them; never call it declined but on the vendor's own definite no, because a declined sale may be
//! charged again; and never keep more of a card number than its last four digits. All else is unknown, and stays so until
//! the payment app or the settlement file tells.

mod acquirer;
mod ask;
mod configured;
mod doubt;
mod outcome;
mod paytm_edc;
mod pine_labs;
mod plain;
mod reference;
mod sale;
mod scalar;
mod simulator;

pub use acquirer::{Acquirer, AcquirerKind, AcquirerSettings, SettingsError};
pub use ask::{Answered, Ask};
pub use outcome::{Approval, CardOutcome};
pub(crate) use reference::card_reference;
pub use sale::{CardSale, SaleError};
