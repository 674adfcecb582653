//! A picture in one bit a dot, as a thermal head prints it: 1 is black.
//!
//! It must never grow beyond [`MAX_ROWS`] or take a picture whose width is not the paper's: a scaled QR code does not scan.

use thiserror::Error;

/// The longest slip: half a metre at 8 dots a millimetre.
pub const MAX_ROWS: usize = 4096;
/// Bytes of a pixel as Android lays `ARGB_8888` out in memory: red, green, blue, alpha.
const PIXEL: usize = 4;
/// The fixed threshold, in 256ths of full light: what is darker is burned. Above the middle, because the edges of thin
/// strokes in Indian scripts are grey and would break.
const DARKER_THAN: u32 = 160;

/// The roll that a printer takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperWidth {
    /// 58 mm: 384 dots.
    Mm58,
    /// 80 mm: 576 dots.
    Mm80,
}

impl PaperWidth {
    /// Dots across.
    pub fn dots(self) -> usize {
        self.bytes() * 8
    }

    /// Bytes of one row, eight dots each.
    pub fn bytes(self) -> usize {
        match self {
            PaperWidth::Mm58 => 48,
            PaperWidth::Mm80 => 72,
        }
    }

    fn of_dots(dots: usize) -> Option<PaperWidth> {
        [PaperWidth::Mm58, PaperWidth::Mm80].into_iter().find(|width| width.dots() == dots)
    }
}

/// A black and white picture, as wide as the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    width: PaperWidth,
    bits: Vec<u8>,
}

/// Why a picture cannot go on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadPicture {
    /// Neither roll.
    #[error("a slip is drawn {0} dots wide; draw it 384 or 576 dots wide")]
    Width(usize),
    /// Nothing, or too long.
    #[error("a slip has {0} rows; draw 1 to {MAX_ROWS}")]
    Rows(usize),
    /// The memory holds less than the size says.
    #[error("the picture's memory is too small for its size; give all of its rows")]
    Short,
}

impl Raster {
    /// From the memory of an Android `ARGB_8888` bitmap (premultiplied); `stride` is the bytes from one row to the next.
    /// What is transparent is white.
    pub fn from_rgba(pixels: &[u8], width: usize, rows: usize, stride: usize) -> Result<Raster, BadPicture> {
        let paper = PaperWidth::of_dots(width).ok_or(BadPicture::Width(width))?;
        if rows == 0 || rows > MAX_ROWS {
            return Err(BadPicture::Rows(rows));
        }
        let row_bytes = width * PIXEL;
        let needed = stride.checked_mul(rows - 1).and_then(|before| before.checked_add(row_bytes));
        if stride < row_bytes || needed.is_none_or(|needed| needed > pixels.len()) {
            return Err(BadPicture::Short);
        }
        let mut bits = Vec::with_capacity(rows * paper.bytes());
        for row in 0..rows {
            let row = &pixels[row * stride..][..row_bytes];
            bits.extend(row.chunks_exact(8 * PIXEL).map(eight_dots));
        }
        Ok(Raster { width: paper, bits })
    }

    /// The roll it is drawn for.
    pub fn width(&self) -> PaperWidth {
        self.width
    }

    /// Rows of dots.
    pub fn rows(&self) -> usize {
        self.bits.len() / self.width.bytes()
    }

    /// Rows up to the last one that has a black dot in it.
    pub fn rows_with_ink(&self) -> usize {
        let bytes = self.bits.iter().rposition(|dots| *dots != 0).map_or(0, |last| last + 1);
        bytes.div_ceil(self.width.bytes())
    }

    /// The bits of some rows, eight dots a byte, the leftmost highest.
    pub fn bits(&self, rows: std::ops::Range<usize>) -> &[u8] {
        &self.bits[rows.start * self.width.bytes()..rows.end * self.width.bytes()]
    }
}

fn eight_dots(pixels: &[u8]) -> u8 {
    pixels.chunks_exact(PIXEL).fold(0, |dots, pixel| dots << 1 | u8::from(is_black(pixel)))
}

/// Rec. 601 luma in 256ths, over white paper.
fn is_black(pixel: &[u8]) -> bool {
    let [red, green, blue, alpha] = [0, 1, 2, 3].map(|channel| u32::from(pixel[channel]));
    red * 77 + green * 150 + blue * 29 + (255 - alpha) * 256 < DARKER_THAN * 256
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHITE: [u8; 4] = [255, 255, 255, 255];

    fn picture(width: usize, rows: usize) -> Vec<u8> {
        WHITE.repeat(width * rows)
    }

    #[test]
    fn dark_is_ink_and_light_and_transparent_are_paper() {
        let mut pixels = picture(384, 2);
        pixels[..4].copy_from_slice(&[0, 0, 0, 255]);
        pixels[4..8].copy_from_slice(&[0, 0, 0, 0]);
        pixels[8..12].copy_from_slice(&[163, 18, 10, 255]);
        pixels[12..16].copy_from_slice(&[255, 194, 26, 255]);
        let raster = Raster::from_rgba(&pixels, 384, 2, 384 * 4).unwrap();
        assert_eq!(raster.bits(0..1)[..2], [0b1010_0000, 0]);
        assert_eq!((raster.rows(), raster.rows_with_ink()), (2, 1));
    }

    #[test]
    fn a_stride_longer_than_a_row_is_stepped_over() {
        let mut pixels = picture(576, 1);
        pixels.extend([0; 64]);
        let mut second = picture(576, 1);
        second[576 * 4 - 4..].copy_from_slice(&[0, 0, 0, 255]);
        pixels.extend(second);
        let raster = Raster::from_rgba(&pixels, 576, 2, 576 * 4 + 64).unwrap();
        assert!(raster.bits(0..1).iter().all(|dots| *dots == 0), "what lies between the rows is not drawn");
        assert_eq!(raster.bits(1..2)[71], 1);
    }

    #[test]
    fn sizes_that_do_not_fit_are_refused() {
        let pixels = picture(384, 2);
        assert_eq!(Raster::from_rgba(&pixels, 383, 2, 1532), Err(BadPicture::Width(383)));
        assert_eq!(Raster::from_rgba(&pixels, 384, 0, 1536), Err(BadPicture::Rows(0)));
        assert_eq!(Raster::from_rgba(&pixels, 384, MAX_ROWS + 1, 1536), Err(BadPicture::Rows(MAX_ROWS + 1)));
        assert_eq!(Raster::from_rgba(&pixels, 384, 3, 1536), Err(BadPicture::Short));
        assert_eq!(Raster::from_rgba(&pixels, 384, 2, 1535), Err(BadPicture::Short));
        assert_eq!(Raster::from_rgba(&pixels, 384, 2, usize::MAX), Err(BadPicture::Short));
    }
}
