//! The test house's own helpers: generators of valid records, and what must hold for everything that reads outside bytes.
//!
//! Nothing here may be needed by a program: it is for tests, the fuzzer and benchmarks alone. Nothing of the project is
//! imitated here: what is not under test is used as it is.

pub mod arbitrary;
pub mod outside;
pub mod strict_cbor;
pub mod world;
