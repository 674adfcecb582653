//! libraseed.so: the till for Android. One uniffi façade for everything that has a meaning, and a JNI fast path for bytes.
//!
//! It holds no rule and no arithmetic on money: a method here calls one verb of `raseed_till` and puts the answer into words.

pub mod fast;
mod printing;
mod slip;

pub use printing::{PrintJob, PrintOutcome, PrintSent, PrintStep, PrintTrouble, PrinterState, sunmi_state};
pub use slip::SlipBlock;

uniffi::setup_scaffolding!("raseed");

/// The version of the library.
#[uniffi::export]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
