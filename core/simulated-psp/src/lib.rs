//! A simulated payment service provider (PSP): one that can be told to behave as badly as real ones do.
//!
//! [`Simulator`] is a pure state machine: time and a seed go in, payments and webhooks come out, and the same calls give the
//! same results for ever. [`SimulatedPsp`] puts a lock and a clock around it and answers the head office's port in the same
//! process; [`server`] answers over HTTP, in the form of Razorpay's API; [`sms`] plays a message gateway beside it. It must never be used for real money, never lose
//! or make up a payment itself (only the news of one), and never stand on a public address: its controls ask nobody's leave.

mod faults;
mod link;
mod port;
mod random;
pub mod server;
mod shapes;
mod simulator;
pub mod sms;

pub use faults::{ApiFault, BadFaults, Faults};
pub use port::{Call, SimulatedPsp};
pub use simulator::{
    Counts, MIN_LIFE_MS, NewQr, NotPaid, Pay, Payment, Qr, Refusal, Simulator, State, Target, Webhook,
};
