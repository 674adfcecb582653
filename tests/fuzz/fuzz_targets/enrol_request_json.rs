//! Any bytes into `enrol_request_json` of `raseed_tests::outside`, where its promises are written.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| raseed_tests::outside::run("enrol_request_json", bytes));
