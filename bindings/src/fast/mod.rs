//! The fast path: what moves bytes, straight between Java's memory and ours.
//!
//! `qr`, `frame` and `paper` are ordinary safe functions over slices; only `natives` knows Java, and it holds nothing but
//! the crossing. Nothing here may decide anything about money, and no panic may cross the border.

mod frame;
mod natives;
mod paper;
mod qr;

pub use frame::{Frame, read_qr};
pub use paper::{Pixels, escpos};
pub use qr::draw_qr;

use raseed_till::paper::BadPicture;
use thiserror::Error;

/// Why a call was refused. All of them are mistakes of the calling code, not of a person.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// More text than a symbol holds.
    #[error("the text is too long for a QR code")]
    TooLong,
    /// Not one pixel for each module.
    #[error("a QR code of {modules} modules does not fit {width} pixels; give it more")]
    Narrow {
        /// Modules across, with the quiet zone.
        modules: usize,
        /// What was given.
        width: usize,
    },
    /// The buffer is not long enough.
    #[error("the buffer holds {has} bytes; give one of {needs}")]
    Room {
        /// What is needed.
        needs: usize,
        /// What was given.
        has: usize,
    },
    /// A width, height or stride that cannot be.
    #[error("a picture of {0} x {1} with rows {2} bytes apart cannot be; check its size")]
    Size(i32, i32, i32),
    /// A picture that is no slip.
    #[error(transparent)]
    Picture(#[from] BadPicture),
}
