//! Deterministic CBOR (RFC 8949 §4.2.1): the one reader and the one writer of every signed byte.
//!
//! Accepted on reading: integers, byte strings, text, arrays, maps with ascending unsigned integer keys, `true`.
//! Nothing else: no floats, no tags, no null, no indefinite lengths, no longer-than-needed numbers, nothing after the end.
//! So equal content has equal bytes, and "different bytes" always means "a different statement".

use coset::cbor::value::{Integer, Value};
use thiserror::Error;

/// How deep arrays and maps may nest.
const MAX_DEPTH: usize = 12;

/// Why bytes are not the message they were taken for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FormatError {
    /// More bytes than this message may have.
    #[error("{what} is longer than {max} bytes")]
    TooLong {
        /// Which message.
        what: &'static str,
        /// Its bound, in bytes.
        max: usize,
    },
    /// Not CBOR, or cut short.
    #[error("the bytes are not CBOR, or were cut short")]
    NotCbor,
    /// CBOR, but not the single form that RFC 8949 §4.2.1 prescribes, or a type outside our profile.
    #[error("the bytes are not deterministic CBOR (RFC 8949 section 4.2)")]
    NotDeterministic,
    /// A required field is not there.
    #[error("{what}: field {key} is missing")]
    Missing {
        /// Which message.
        what: &'static str,
        /// The map key or the array index.
        key: u64,
    },
    /// A field has another type, or a value out of bounds.
    #[error("{what}: field {key} is not what it should be")]
    BadField {
        /// Which message.
        what: &'static str,
        /// The map key or the array index.
        key: u64,
    },
    /// The parts contradict each other.
    #[error("{what}: {why}")]
    Inconsistent {
        /// Which message.
        what: &'static str,
        /// What does not add up.
        why: &'static str,
    },
}

/// Writes a value. Maps must be built by [`Map`], which keeps keys ascending.
pub fn encode(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(256);
    coset::cbor::into_writer(value, &mut bytes).expect("writing to memory cannot fail");
    bytes
}

/// Reads exactly one value from all of `bytes`, strictly.
pub fn decode(what: &'static str, bytes: &[u8], max: usize) -> Result<Value, FormatError> {
    let (value, rest) = decode_first(what, bytes, max)?;
    if rest.is_empty() { Ok(value) } else { Err(FormatError::NotDeterministic) }
}

/// Reads the first value of a CBOR sequence (RFC 8742) of at most `max` bytes, strictly; also returns what follows it.
pub fn decode_first<'a>(what: &'static str, bytes: &'a [u8], max: usize) -> Result<(Value, &'a [u8]), FormatError> {
    let window = &bytes[..bytes.len().min(max)];
    let mut unread = window;
    let value: Value = match coset::cbor::de::from_reader_with_recursion_limit(&mut unread, MAX_DEPTH) {
        Ok(value) => value,
        Err(_) if bytes.len() > max => return Err(FormatError::TooLong { what, max }),
        Err(_) => return Err(FormatError::NotCbor),
    };
    let used = window.len() - unread.len();
    if !in_profile(&value) || encode(&value) != window[..used] {
        return Err(FormatError::NotDeterministic);
    }
    Ok((value, &bytes[used..]))
}

fn in_profile(value: &Value) -> bool {
    match value {
        Value::Integer(_) | Value::Bytes(_) | Value::Text(_) | Value::Bool(true) => true,
        Value::Array(items) => items.iter().all(in_profile),
        Value::Map(pairs) => {
            let keys: Option<Vec<u64>> = pairs.iter().map(|(key, _)| as_u64(key)).collect();
            keys.is_some_and(|keys| keys.windows(2).all(|two| two[0] < two[1]))
                && pairs.iter().all(|(_, value)| in_profile(value))
        }
        _ => false,
    }
}

fn as_u64(value: &Value) -> Option<u64> {
    value.as_integer().and_then(|n| u64::try_from(n).ok())
}

/// Builds a map with unsigned integer keys. Keys must be put in ascending order.
#[derive(Default)]
pub struct Map(Vec<(Value, Value)>, Option<u64>);

impl Map {
    /// An empty map.
    pub fn new() -> Map {
        Map::default()
    }

    /// Adds a field.
    ///
    /// # Panics
    /// If keys are not put in ascending order: a mistake in our code, found by the first test that writes the message.
    #[must_use]
    pub fn put(mut self, key: u64, value: impl Into<Value>) -> Map {
        assert!(self.1.is_none_or(|last| last < key), "map keys must be put in ascending order");
        self.0.push((Value::from(key), value.into()));
        self.1 = Some(key);
        self
    }

    /// Adds a field if it is there.
    #[must_use]
    pub fn put_some(self, key: u64, value: Option<impl Into<Value>>) -> Map {
        match value {
            Some(value) => self.put(key, value),
            None => self,
        }
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Value {
        Value::Map(map.0)
    }
}

/// Builds an array.
pub fn array(items: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(items.into_iter().collect())
}

/// Reads the fields of a map (by key) or of an array (by index), naming what is wrong. Unknown fields are left alone:
/// a newer writer may add some.
pub struct Fields<'a> {
    what: &'static str,
    source: Source<'a>,
}

enum Source<'a> {
    Map(&'a [(Value, Value)]),
    Array(&'a [Value]),
}

impl<'a> Fields<'a> {
    /// The fields of a map.
    pub fn of_map(what: &'static str, value: &'a Value) -> Result<Fields<'a>, FormatError> {
        let pairs = value.as_map().ok_or(FormatError::BadField { what, key: 0 })?;
        Ok(Fields { what, source: Source::Map(pairs) })
    }

    /// The fields of an array of exactly `len` items.
    pub fn of_array(what: &'static str, value: &'a Value, len: usize) -> Result<Fields<'a>, FormatError> {
        let items = value.as_array().filter(|items| items.len() == len);
        let items = items.ok_or(FormatError::BadField { what, key: 0 })?;
        Ok(Fields { what, source: Source::Array(items) })
    }

    /// A field that may be absent.
    pub fn get(&self, key: u64) -> Option<&'a Value> {
        match self.source {
            Source::Map(pairs) => pairs.iter().find(|(k, _)| as_u64(k) == Some(key)).map(|(_, value)| value),
            Source::Array(items) => items.get(usize::try_from(key).ok()?),
        }
    }

    /// A field that must be there.
    pub fn need(&self, key: u64) -> Result<&'a Value, FormatError> {
        self.get(key).ok_or(FormatError::Missing { what: self.what, key })
    }

    /// The error for a field that is there but wrong.
    pub fn bad(&self, key: u64) -> FormatError {
        FormatError::BadField { what: self.what, key }
    }

    /// The error for fields that contradict each other.
    pub fn inconsistent(&self, why: &'static str) -> FormatError {
        FormatError::Inconsistent { what: self.what, why }
    }

    /// An unsigned integer.
    pub fn u64(&self, key: u64) -> Result<u64, FormatError> {
        as_u64(self.need(key)?).ok_or_else(|| self.bad(key))
    }

    /// An unsigned integer that fits `T`.
    pub fn uint<T: TryFrom<u64>>(&self, key: u64) -> Result<T, FormatError> {
        T::try_from(self.u64(key)?).map_err(|_| self.bad(key))
    }

    /// A signed integer.
    pub fn i64(&self, key: u64) -> Result<i64, FormatError> {
        let number: Integer = self.need(key)?.as_integer().ok_or_else(|| self.bad(key))?;
        i64::try_from(number).map_err(|_| self.bad(key))
    }

    /// Text of at most `max` characters.
    pub fn text(&self, key: u64, max: usize) -> Result<&'a str, FormatError> {
        let text = self.need(key)?.as_text().ok_or_else(|| self.bad(key))?;
        if text.chars().count() <= max { Ok(text) } else { Err(self.bad(key)) }
    }

    /// Text that reads as a `T` (an id).
    pub fn parse<T: std::str::FromStr>(&self, key: u64) -> Result<T, FormatError> {
        self.text(key, 80)?.parse().map_err(|_| self.bad(key))
    }

    /// Exactly `N` bytes.
    pub fn bytes<const N: usize>(&self, key: u64) -> Result<[u8; N], FormatError> {
        let bytes = self.need(key)?.as_bytes().ok_or_else(|| self.bad(key))?;
        bytes.as_slice().try_into().map_err(|_| self.bad(key))
    }

    /// At most `max` items of an array.
    pub fn array(&self, key: u64, max: usize) -> Result<&'a [Value], FormatError> {
        let items = self.need(key)?.as_array().ok_or_else(|| self.bad(key))?;
        if items.len() <= max { Ok(items) } else { Err(self.bad(key)) }
    }

    /// A flag: `true`, or absent for false.
    pub fn flag(&self, key: u64) -> Result<bool, FormatError> {
        match self.get(key) {
            None => Ok(false),
            Some(Value::Bool(true)) => Ok(true),
            Some(_) => Err(self.bad(key)),
        }
    }

    /// Reads `key` with `read` if it is there.
    pub fn optional<T>(
        &self,
        key: u64,
        read: impl FnOnce(&Self, u64) -> Result<T, FormatError>,
    ) -> Result<Option<T>, FormatError> {
        if self.get(key).is_none() { Ok(None) } else { read(self, key).map(Some) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_one_form_is_read() {
        for (why, bytes) in [
            ("a longer number than needed", &[0x18, 0x01][..]),
            ("an indefinite array", &[0x9f, 0xff]),
            ("an indefinite text", &[0x7f, 0xff]),
            ("keys out of order", &[0xa2, 0x02, 0x00, 0x01, 0x00]),
            ("a key twice", &[0xa2, 0x01, 0x00, 0x01, 0x00]),
            ("a float", &[0xf9, 0x00, 0x00]),
            ("a tag", &[0xd2, 0x80]),
            ("a number beyond 64 bits", &[0xc2, 0x49, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("a small number as a large one", &[0xc2, 0x41, 1]),
            ("null", &[0xf6]),
            ("something after the end", &[0x01, 0x01]),
        ] {
            assert_eq!(decode("test", bytes, 100), Err(FormatError::NotDeterministic), "{why}");
        }
        assert_eq!(decode("test", &[0x82, 0x01], 100), Err(FormatError::NotCbor));
        assert_eq!(decode("test", &[0x43, 1, 2, 3], 2), Err(FormatError::TooLong { what: "test", max: 2 }));
        assert!(decode("test", &[0xa1, 0x01, 0x43, 1, 2, 3], 100).is_ok());
        assert!(decode("deep", &[0x81; 100], 100).is_err());
    }

    #[test]
    #[should_panic(expected = "ascending")]
    fn a_map_refuses_keys_out_of_order() {
        let _ = Map::new().put(2, 1u64).put(1, 1u64);
    }

    proptest! {
        #[test]
        fn what_is_read_has_no_other_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(value) = decode("test", &bytes, 64) {
                prop_assert_eq!(encode(&value), bytes);
            }
        }
    }
}
