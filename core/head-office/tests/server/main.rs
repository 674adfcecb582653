//! The head office over a real socket, with real keys, for good days and for bad ones.

mod house;
#[path = "../office/support.rs"]
mod support;
mod sync;
