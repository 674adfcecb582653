//! Sending the journal up and bringing the book down.
//!
//! Three parts: `plan` decides (what to send next, what a reply means; no I/O, no clock), `apply` writes what was learned
//! into the till's file, and a `Transport` moves bytes. `drive` turns them until all is done or the network is gone.
//! Nothing is marked as sent but by the head office's signature.

mod apply;
mod attempt;
mod backoff;
mod by_hand;
mod drive;
mod http;
mod plan;
mod transport;
mod words;

pub use attempt::Attempt;
pub use backoff::Backoff;
pub use by_hand::{CarryError, TakenIn};
pub use drive::{Lend, SyncReport, Wait, ask_payments, sync};
pub use http::HttpTransport;
pub use plan::{BatchSize, Step};
pub use transport::{Call, Caller, SyncError, Transport};
