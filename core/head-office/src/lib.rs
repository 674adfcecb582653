//! The reference head office.
