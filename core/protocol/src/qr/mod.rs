//! Payment QR codes: the texts in them, written and read strictly.

mod vpa;

pub use vpa::{BadVpa, Vpa};
