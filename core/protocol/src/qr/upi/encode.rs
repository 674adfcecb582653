//! How a value stands in a link: UTF-8, percent-encoded, only RFC 3986's unreserved characters left alone.
//!
//! A blank is `%20` and never `+`: apps differ about `+`, so none is written and none is read as a blank.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// A payee's `@` stays: some apps show `%40` to the payer as it is.
const PAYEE: &AsciiSet = &RESERVED.remove(b'@');
/// Addresses, and times with their offset, stand raw in every published code.
const ADDRESS: &AsciiSet = &RESERVED.remove(b':').remove(b'/');
const TIME: &AsciiSet = &RESERVED.remove(b':').remove(b'+');
/// The bars between taxes are encoded, their colons not.
const TAX: &AsciiSet = &RESERVED.remove(b':');

/// A link as it grows.
pub(super) struct Writer(String);

impl Writer {
    /// The beginning of a payment link.
    pub(super) fn new() -> Writer {
        let mut text = String::with_capacity(320);
        text.push_str("upi://pay");
        Writer(text)
    }

    /// One more parameter.
    pub(super) fn add(&mut self, key: &str, value: &str) {
        let set = match key {
            "pa" => PAYEE,
            "url" => ADDRESS,
            "QRts" | "QRexpire" | "invoiceDate" => TIME,
            "gstBrkUp" => TAX,
            _ => RESERVED,
        };
        self.0.push(if self.0.len() == "upi://pay".len() { '?' } else { '&' });
        self.0.push_str(key);
        self.0.push('=');
        self.0.extend(utf8_percent_encode(value, set));
    }

    /// One more parameter, if there is a value.
    pub(super) fn maybe(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.add(key, value);
        }
    }

    /// The link.
    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// Whether a generator may write this value so: for each character that is encoded, and each that is not.
pub(super) fn is_well_encoded(key: &str, raw: &str) -> bool {
    let also = match key {
        "pa" => "@",
        "url" => ":/",
        "qrts" | "qrexpire" | "invoicedate" => ":+",
        "gstbrkup" => ":|",
        // Raw in every sample: base64 with its padding.
        "sign" => "+/=",
        _ => "",
    };
    let bytes = raw.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(byte) || also.as_bytes().contains(byte);
        let escape = bytes.get(at + 1..at + 3).filter(|hex| *byte == b'%' && hex.iter().all(u8::is_ascii_hexdigit));
        match escape {
            Some(b"40") if key == "pa" => return false,
            Some(_) => at += 3,
            None if plain => at += 1,
            None => return false,
        }
    }
    true
}
