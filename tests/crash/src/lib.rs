//! The crash laboratory: what a till and a head office ask of their storage is recorded call by call, cut off at every one of
//! them, damaged as storage damages, opened again, and held to what people had been told.
//!
//! `ops`, `damage` and `image` are pure: a log and a seed give the same crash image for ever. `shim` and `tape` record. The
//! stores under test run as they are released; nothing in them knows of the laboratory, and nothing here may be needed by a
//! program.

mod ask;
pub mod bench;
pub mod check;
pub mod damage;
pub mod dice;
pub mod doctored;
pub mod faults;
pub mod image;
pub mod lab;
pub mod ops;
pub mod past;
pub mod plan;
pub mod report;
mod shim;
pub mod tape;
pub mod use_cases;
