//! A text as the pixels of its QR symbol.

use super::Refused;
use raseed_protocol::symbol::{Pixel, Symbol};

/// Draws the symbol with its quiet zone as large as fits into `width` pixels, but at most `most` pixels a module, into the
/// start of `out`, row by row with nothing between, as Android's `ARGB_8888`. Gives the side in pixels. A module is always
/// whole pixels: a scaled symbol does not scan.
pub fn draw_qr(text: &str, most: usize, width: usize, out: &mut [u8]) -> Result<usize, Refused> {
    let symbol = Symbol::new(text).map_err(|_| Refused::TooLong)?;
    let modules = symbol.side(1);
    let dots = most.min(width / modules);
    if dots == 0 {
        return Err(Refused::Narrow { modules, width });
    }
    let side = modules * dots;
    let (has, needs) = (out.len(), side.saturating_mul(side).saturating_mul(size_of::<Pixel>()));
    if has < needs {
        return Err(Refused::Room { needs, has });
    }
    symbol.draw_pixels(dots, out.as_chunks_mut().0);
    Ok(side)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fast::{Frame, read_qr};

    #[test]
    fn what_is_drawn_can_be_read() {
        let text = format!("HTTPS://RASEED.EXAMPLE/V#{}", "MFRGGZDFMZTWQ2LK".repeat(41));
        let mut pixels = vec![7; 1 << 20];
        let side = draw_qr(&text, 4, 384, &mut pixels).unwrap();
        assert_eq!(side, (85 + 8) * 4, "a receipt's link fits 58 mm paper");
        let luma: Vec<u8> = pixels.chunks_exact(4).take(side * side).map(|pixel| pixel[0]).collect();
        assert!(pixels[side * side * 4..].iter().all(|byte| *byte == 7), "nothing is drawn behind the end");
        let frame = Frame { luma: &luma, width: side, height: side, stride: side };
        assert_eq!(read_qr(&frame).unwrap(), Some(text));
    }

    #[test]
    fn a_module_is_as_many_whole_pixels_as_fit() {
        let mut pixels = vec![0; 1 << 20];
        for (most, width, side) in [(4, 384, 29 * 4), (99, 300, 29 * 10), (99, 29, 29)] {
            assert_eq!(draw_qr("A", most, width, &mut pixels), Ok(side));
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(draw_qr("A", 2, 384, &mut [0; 100]), Err(Refused::Room { needs: 58 * 58 * 4, has: 100 }));
        assert_eq!(draw_qr("A", 2, 28, &mut [0; 100]), Err(Refused::Narrow { modules: 29, width: 28 }));
        assert_eq!(draw_qr("A", 0, 384, &mut [0; 100]), Err(Refused::Narrow { modules: 29, width: 384 }));
        assert!(matches!(draw_qr("A", usize::MAX, usize::MAX, &mut [0; 100]), Err(Refused::Room { .. })));
        assert_eq!(draw_qr(&"x".repeat(4000), 2, 384, &mut [0; 100]), Err(Refused::TooLong));
    }
}
