//! A supervisor's PIN as it is kept: never itself, only what it makes of a salt (PBKDF2-HMAC-SHA256, RFC 8018 §5.2).
//!
//! A PIN has few digits, so this only slows down somebody who has copied the file; what stops a person at the screen is
//! that wrong ones are counted.

use ring::pbkdf2::{self, PBKDF2_HMAC_SHA256};
use std::fmt;
use std::num::NonZeroU32;
use thiserror::Error;

/// How often the function is repeated: a third of a second on a cheap phone.
const ROUNDS: NonZeroU32 = NonZeroU32::new(120_000).expect("not zero");

/// 4 to 8 digits, as typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(Box<str>);

/// Text that is no PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a PIN has 4 to 8 digits, and not all of them are the same")]
pub struct BadPin;

/// What is kept of a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinHash {
    /// Random, new for each PIN.
    pub salt: [u8; 16],
    /// What the function makes of both.
    pub hash: [u8; 32],
}

impl Pin {
    /// Reads what was typed.
    pub fn new(typed: &str) -> Result<Pin, BadPin> {
        let digits = (4..=8).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
        let alike = typed.bytes().all(|b| Some(b) == typed.bytes().next());
        if digits && !alike { Ok(Pin(typed.into())) } else { Err(BadPin) }
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(..)")
    }
}

impl PinHash {
    /// What is to be kept of this PIN.
    pub fn of(pin: &Pin, salt: [u8; 16]) -> PinHash {
        let mut hash = [0; 32];
        pbkdf2::derive(PBKDF2_HMAC_SHA256, ROUNDS, &salt, pin.0.as_bytes(), &mut hash);
        PinHash { salt, hash }
    }

    /// True if it is this PIN's. Takes the same time whichever digit is wrong.
    pub fn fits(&self, pin: &Pin) -> bool {
        pbkdf2::verify(PBKDF2_HMAC_SHA256, ROUNDS, &self.salt, pin.0.as_bytes(), &self.hash).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_pin_fits_its_hash() {
        let pin = Pin::new("4711").unwrap();
        let kept = PinHash::of(&pin, [7; 16]);
        assert!(kept.fits(&pin));
        assert!(!kept.fits(&Pin::new("4712").unwrap()));
        assert_ne!(PinHash::of(&pin, [8; 16]).hash, kept.hash);
        assert_eq!(format!("{pin:?}"), "Pin(..)");
    }

    #[test]
    fn what_is_no_pin_is_refused() {
        for bad in ["", "123", "123456789", "12a4", "0000", "११११", " 4711"] {
            assert_eq!(Pin::new(bad), Err(BadPin), "{bad}");
        }
    }
}
