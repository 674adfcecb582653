//! A field that decides, in a vendor's JSON: text, or the whole number that the same vendor sends elsewhere.

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

/// Its text. Anything but text and a whole number makes the whole answer unreadable.
#[derive(Debug)]
pub(super) struct Scalar(pub(super) String);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Scalar, D::Error> {
        let value = Value::deserialize(deserializer)?;
        text(&value).map(Scalar).ok_or_else(|| D::Error::custom("neither text nor a whole number"))
    }
}

/// The text of a field that is only kept: nothing if it has none.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}
