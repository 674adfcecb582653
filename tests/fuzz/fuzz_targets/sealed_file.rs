//! Any bytes into `sealed_file` of `raseed_tests::outside`, where its promises are written.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| raseed_tests::outside::run("sealed_file", bytes));
