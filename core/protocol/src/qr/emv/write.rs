//! Writing a code: objects in the order they are given, the checksum last.

use super::crc::crc;
use super::tlv::Id;
use std::fmt::Write as _;
use thiserror::Error;

/// A value that no object can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("object {id} would be {length} characters long; 1 to 99 can be written")]
pub struct ValueLength {
    /// Which object.
    pub id: Id,
    /// How long it would be, in characters.
    pub length: usize,
}

/// A code, or the inside of a template, as it grows.
#[derive(Clone, Debug, Default)]
pub struct Writer(String);

impl Writer {
    /// The inside of a template: nothing yet.
    pub fn template() -> Writer {
        Writer(String::with_capacity(99))
    }

    /// A code: it begins with the payload format indicator (§4.7.1).
    pub fn code() -> Writer {
        let mut text = String::with_capacity(512);
        text.push_str("000201");
        Writer(text)
    }

    /// One more object.
    pub fn add(&mut self, id: u8, value: &str) -> Result<(), ValueLength> {
        let (id, length) = (Id::new(id), value.chars().count());
        if !(1..=99).contains(&length) {
            return Err(ValueLength { id, length });
        }
        write!(self.0, "{id}{length:02}{value}").expect("a String takes everything");
        Ok(())
    }

    /// One more object, if there is a value.
    pub fn maybe(&mut self, id: u8, value: Option<&str>) -> Result<(), ValueLength> {
        value.map_or(Ok(()), |value| self.add(id, value))
    }

    /// A template as one more object, unless nothing is in it.
    pub fn nest(&mut self, id: u8, inside: &Writer) -> Result<(), ValueLength> {
        self.maybe(id, Some(inside.0.as_str()).filter(|value| !value.is_empty()))
    }

    /// The whole code, with its checksum over the UTF-8 bytes of all that is before it, `6304` included (§4.7.3).
    pub fn finish(mut self) -> String {
        self.0.push_str("6304");
        let sum = crc(self.0.as_bytes());
        write!(self.0, "{sum:04X}").expect("a String takes everything");
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_written_as_it_is_read() {
        let mut inside = Writer::template();
        inside.add(0, "ZH").unwrap();
        inside.add(1, "最佳运输").unwrap();
        let mut code = Writer::code();
        code.nest(64, &inside).unwrap();
        code.nest(62, &Writer::template()).unwrap();
        let text = code.finish();
        assert!(text.starts_with("00020164140002ZH0104最佳运输6304"), "{text}");
        assert!(super::super::read(&text).is_ok());
    }

    #[test]
    fn a_value_has_1_to_99_characters() {
        let mut code = Writer::code();
        assert!(code.add(59, &"é".repeat(99)).is_ok());
        assert_eq!(code.add(60, &"x".repeat(100)), Err(ValueLength { id: Id::new(60), length: 100 }));
        assert_eq!(code.add(60, ""), Err(ValueLength { id: Id::new(60), length: 0 }));
    }

    #[test]
    fn leading_zeros_of_the_checksum_stay() {
        let sum = |number: u32| {
            let mut code = Writer::code();
            code.add(62, &number.to_string()).unwrap();
            code.finish()
        };
        let text = (0..100_000).map(sum).find(|text| text[..text.len() - 3].ends_with("63040")).unwrap();
        assert!(super::super::read(&text).is_ok(), "{text}");
    }
}
