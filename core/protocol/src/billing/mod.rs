//! Billing, as pure functions over the book: what a month costs, what is due on a day, what a payment settles.
//!
//! The till runs these to tell a household what it owes; the head office runs the same ones to post. Nothing here may
//! read a clock, and no other file may decide what a payment settles.
