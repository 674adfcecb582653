//! A text as codewords: the version that it needs, its bits and their error correction. The `qrcode` crate does all three;
//! only which modes it may use is decided here.

use super::TooLong;
use qrcode::bits::{Bits, encode_auto};
use qrcode::ec::construct_codewords;
use qrcode::types::{Mode, QrError, QrResult};
use qrcode::{EcLevel, Version};

/// The level of every symbol: 15 % may be damaged.
const LEVEL: EcLevel = EcLevel::M;

/// Extended Channel Interpretation 000026: UTF-8.
const UTF_8: u32 = 26;

/// More bytes than any symbol of this level holds: 5,596 digits (ISO/IEC 18004, Table 7).
const MOST: usize = 5596;

/// What fills a symbol.
pub struct Codewords {
    /// 1 to 40.
    pub version: u8,
    /// Data, then error correction, interleaved (ISO/IEC 18004 §7.6).
    pub codewords: Vec<u8>,
}

/// In the modes that make it smallest.
pub fn smallest(text: &str) -> Result<Codewords, TooLong> {
    let in_bytes = byte_version(text);
    // The crate takes other bytes than ASCII for kanji; and where modes change often its choice is longer than no change.
    let mixed = Some(text).filter(|text| text.is_ascii() && text.len() <= MOST);
    let mixed = mixed.and_then(|text| encode_auto(text.as_bytes(), LEVEL).ok());
    match mixed.filter(|mixed| in_bytes.is_none_or(|bytes| mixed.version().width() <= bytes.width())) {
        Some(bits) => corrected(bits).map_err(|_| TooLong),
        None => in_byte_mode(text),
    }
}

/// In byte mode alone, as UTF-8 that is named where it differs from ASCII.
pub fn in_byte_mode(text: &str) -> Result<Codewords, TooLong> {
    let version = byte_version(text).ok_or(TooLong)?;
    bytes(text, version).and_then(corrected).map_err(|_| TooLong)
}

fn byte_version(text: &str) -> Option<Version> {
    (1..=40).map(Version::Normal).find(|version| fits(text, *version))
}

fn fits(text: &str, version: Version) -> bool {
    let header = version.mode_bits_count() + Mode::Byte.length_bits_count(version);
    let header = if text.is_ascii() { header } else { header + version.mode_bits_count() + 8 };
    Bits::new(version).max_len(LEVEL).is_ok_and(|most| text.len() <= MOST && header + 8 * text.len() <= most)
}

fn bytes(text: &str, version: Version) -> QrResult<Bits> {
    let mut bits = Bits::new(version);
    if !text.is_ascii() {
        bits.push_eci_designator(UTF_8)?;
    }
    bits.push_byte_data(text.as_bytes())?;
    bits.push_terminator(LEVEL)?;
    Ok(bits)
}

fn corrected(bits: Bits) -> QrResult<Codewords> {
    let version = bits.version();
    let number = match version {
        Version::Normal(number) => u8::try_from(number).ok(),
        Version::Micro(_) => None,
    };
    let number = number.ok_or(QrError::InvalidVersion)?;
    let (mut codewords, correction) = construct_codewords(&bits.into_bytes(), version, LEVEL)?;
    codewords.extend(correction);
    Ok(Codewords { version: number, codewords })
}
