//! The head office as a whole, over its real store, with real keys and real entries.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod enrolment;
mod folder;
mod importing;
mod pages;
mod posting;
mod random_collection;
mod receiving;
mod store_contract;
mod support;
