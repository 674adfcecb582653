//! The head office over a real socket, with real keys, for good days and for bad ones.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod connections;
mod document;
mod house;
mod page;
mod pay;
#[path = "../office/paying.rs"]
mod paying;
mod payments;
mod provoke;
mod refusals;
#[path = "../office/support.rs"]
mod support;
mod sync;
mod tls;
