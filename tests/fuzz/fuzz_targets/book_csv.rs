//! Any bytes as a utility's own files; what is accepted must be read back equal (`read_anything` sees to that).
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    raseed_head_office::import::read_anything(bytes);
});
