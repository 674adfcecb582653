//! The device half.
