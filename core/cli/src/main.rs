//! One program for hosts.
fn main() {}
