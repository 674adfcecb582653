//! A virtual payment address: `saswater@examplebank`.

use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A virtual payment address, its case kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Vpa(Box<str>);

/// Text that is not one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("that is not a UPI address; write it as name@bank")]
pub struct BadVpa;

impl Vpa {
    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Vpa {
    type Err = BadVpa;
    fn from_str(text: &str) -> Result<Vpa, BadVpa> {
        let (local, handle) = text.split_once('@').ok_or(BadVpa)?;
        let inside = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
        let local_fits = local.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) && local.bytes().all(inside);
        let handle_fits = handle.len() >= 2
            && handle.as_bytes()[0].is_ascii_alphabetic()
            && handle.bytes().all(|b| b.is_ascii_alphanumeric());
        if text.len() <= 255 && local_fits && handle_fits { Ok(Vpa(text.into())) } else { Err(BadVpa) }
    }
}

impl fmt::Display for Vpa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
