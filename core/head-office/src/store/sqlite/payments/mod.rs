//! Payments that are not cash: the queries for them, and what they write.

mod read;
mod rows;
mod write;

pub(super) use read::all;
