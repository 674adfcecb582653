//! The reference head office.

pub mod import;
