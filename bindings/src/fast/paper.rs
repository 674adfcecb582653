//! A drawn slip as the bytes of a printer.

use super::Refused;
use raseed_till::paper::{Band, Finish, Raster, bands};

/// The memory of an Android `ARGB_8888` bitmap.
#[derive(Clone, Copy, Debug)]
pub struct Pixels<'a> {
    /// Red, green, blue, alpha; premultiplied.
    pub bytes: &'a [u8],
    /// Pixels across: 384 or 576.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Bytes from one row to the next.
    pub stride: usize,
}

/// The slip in bands, each to be sent whole.
pub fn escpos(pixels: &Pixels<'_>, cut: bool) -> Result<Vec<Band>, Refused> {
    let raster = Raster::from_rgba(pixels.bytes, pixels.width, pixels.height, pixels.stride)?;
    Ok(bands(&raster, if cut { Finish::Cut } else { Finish::Tear }))
}
