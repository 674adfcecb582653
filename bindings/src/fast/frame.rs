//! The text of the QR symbol in a camera's frame.

use super::Refused;
use rxing::common::HybridBinarizer;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BinaryBitmap, DecodeHints, Luma8Source, Reader};

/// The largest side that is looked at: more than any camera gives for a preview.
const MOST: usize = 4096;

/// The brightness plane of a frame, as a camera gives it.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// 0 is black. The last row may end where the picture ends.
    pub luma: &'a [u8],
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Bytes from one row to the next.
    pub stride: usize,
}

/// Finds one QR symbol and reads it. `None`: there is none, or it cannot be read in this frame; the next may do.
pub fn read_qr(frame: &Frame<'_>) -> Result<Option<String>, Refused> {
    let (rows, pixels) = whole_rows(frame)?;
    let (Ok(stride), Ok(height)) = (u32::try_from(frame.stride), u32::try_from(rows)) else {
        return Err(size(frame));
    };
    let Ok(source) = Luma8Source::new_with_slice(pixels, stride, height) else {
        return Err(size(frame));
    };
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    Ok(QrReader.decode_with_hints(&mut bitmap, &hints).ok().map(|found| found.getText().to_owned()))
}

/// The frame as rows of `stride` bytes, so that nothing is copied: what pads a row is a few more pixels at its right. A
/// last row without its padding is left out.
fn whole_rows<'a>(frame: &Frame<'a>) -> Result<(usize, &'a [u8]), Refused> {
    let Frame { luma, width, height, stride } = *frame;
    let fits = (1..=MOST).contains(&width) && (1..=MOST).contains(&height) && stride >= width && stride <= 2 * MOST;
    if !fits {
        return Err(size(frame));
    }
    let needs = stride * (height - 1) + width;
    if luma.len() < needs {
        return Err(Refused::Room { needs, has: luma.len() });
    }
    let rows = height.min(luma.len() / stride);
    if rows == 0 {
        return Err(size(frame));
    }
    Ok((rows, &luma[..rows * stride]))
}

fn size(frame: &Frame<'_>) -> Refused {
    let whole = |side: usize| i32::try_from(side).unwrap_or(i32::MAX);
    Refused::Size(whole(frame.width), whole(frame.height), whole(frame.stride))
}

#[cfg(test)]
mod tests {
    use super::*;
    use raseed_protocol::symbol::Symbol;

    /// A grey street with the symbol in the middle, every row padded with dirt.
    fn street(text: &str, width: usize, height: usize, stride: usize) -> Vec<u8> {
        let (side, symbol) = Symbol::new(text).unwrap().to_luma(5);
        let (left, top) = ((width - side) / 2, (height - side) / 2);
        let mut luma: Vec<u8> = (0..stride * height).map(|at| if at % stride < width { 120 } else { 0 }).collect();
        for row in 0..side {
            let at = (top + row) * stride + left;
            for (pixel, module) in luma[at..at + side].iter_mut().zip(&symbol[row * side..]) {
                *pixel = module / 2 + 60;
            }
        }
        luma
    }

    #[test]
    fn a_symbol_is_found_in_a_frame_with_padded_rows() {
        let text = format!("HTTPS://RASEED.EXAMPLE/V#{}", "KRUGS4ZANFZSAYJA".repeat(41));
        let luma = street(&text, 1280, 720, 1344);
        let frame = Frame { luma: &luma, width: 1280, height: 720, stride: 1344 };
        assert_eq!(read_qr(&frame).unwrap().as_deref(), Some(text.as_str()));
        let cut = Frame { luma: &luma[..1344 * 719 + 1280], ..frame };
        assert_eq!(read_qr(&cut).unwrap().as_deref(), Some(text.as_str()), "the last row ends with the picture");
    }

    #[test]
    fn a_frame_without_a_symbol_is_no_error() {
        let grey = vec![99; 640 * 480];
        assert_eq!(read_qr(&Frame { luma: &grey, width: 640, height: 480, stride: 640 }), Ok(None));
    }

    #[test]
    fn sizes_that_cannot_be_are_refused_before_anything_is_read() {
        let luma = vec![0; 1000];
        for (width, height, stride) in
            [(0, 10, 10), (10, 0, 10), (10, 10, 9), (5000, 1, 5000), (usize::MAX, 2, usize::MAX)]
        {
            assert!(read_qr(&Frame { luma: &luma, width, height, stride }).is_err(), "{width} {height} {stride}");
        }
        let short = Frame { luma: &luma, width: 100, height: 11, stride: 100 };
        assert_eq!(read_qr(&short), Err(Refused::Room { needs: 1100, has: 1000 }));
    }
}
