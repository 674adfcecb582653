//! The head office as a whole, over its real store, with real keys and real entries.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod enrolment;
mod folder;
mod importing;
mod messages;
mod news;
mod pages;
mod paying;
mod payment_codes;
mod payment_orders;
mod payment_words;
mod payments;
mod poster;
mod posting;
mod random_collection;
mod random_payments;
mod receiving;
mod sending;
mod store_contract;
mod store_messages;
mod store_payments;
mod support;
