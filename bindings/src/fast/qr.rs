//! A text as the pixels of its QR symbol.

use super::Refused;
use raseed_protocol::symbol::{QUIET_ZONE, Symbol};

/// Bytes of a pixel of Android's `ARGB_8888`; black and white are the same in every order of the colours.
const PIXEL: usize = 4;
const WHITE: [u8; PIXEL] = [0xff; PIXEL];
const BLACK: [u8; PIXEL] = [0, 0, 0, 0xff];

/// Draws the symbol with its quiet zone, `dots` pixels a module, into the start of `out`, row by row with nothing between.
/// Gives the side in pixels.
pub fn draw_qr(text: &str, dots: usize, out: &mut [u8]) -> Result<usize, Refused> {
    if !(1..=32).contains(&dots) {
        return Err(Refused::Dots(dots));
    }
    let symbol = Symbol::new(text).map_err(|_| Refused::TooLong)?;
    let modules = symbol.width() + 2 * QUIET_ZONE;
    let row = modules * dots * PIXEL;
    let needs = row * modules * dots;
    let has = out.len();
    let out = out.get_mut(..needs).ok_or(Refused::Room { needs, has })?;
    for (index, rows) in out.chunks_exact_mut(row * dots).enumerate() {
        let (first, copies) = rows.split_at_mut(row);
        for (column, module) in first.chunks_exact_mut(dots * PIXEL).enumerate() {
            let dark =
                index >= QUIET_ZONE && column >= QUIET_ZONE && symbol.is_dark(column - QUIET_ZONE, index - QUIET_ZONE);
            let pixel = if dark { BLACK } else { WHITE };
            module.as_chunks_mut().0.fill(pixel);
        }
        for copy in copies.chunks_exact_mut(row) {
            copy.copy_from_slice(first);
        }
    }
    Ok(modules * dots)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fast::{Frame, read_qr};

    #[test]
    fn what_is_drawn_can_be_read() {
        let text = format!("HTTPS://RASEED.EXAMPLE/V#{}", "MFRGGZDFMZTWQ2LK".repeat(41));
        let mut pixels = vec![7; 1 << 20];
        let side = draw_qr(&text, 4, &mut pixels).unwrap();
        assert_eq!(side, (85 + 8) * 4, "a receipt's link fits 58 mm paper");
        let luma: Vec<u8> = pixels.chunks_exact(4).take(side * side).map(|pixel| pixel[0]).collect();
        assert!(pixels[side * side * 4..].iter().all(|byte| *byte == 7), "nothing is drawn behind the end");
        let frame = Frame { luma: &luma, width: side, height: side, stride: side };
        assert_eq!(read_qr(&frame).unwrap(), Some(text));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(draw_qr("A", 2, &mut [0; 100]), Err(Refused::Room { needs: 29 * 29 * 4 * 4, has: 100 }));
        assert_eq!(draw_qr("A", 0, &mut [0; 100]), Err(Refused::Dots(0)));
        assert_eq!(draw_qr(&"x".repeat(4000), 2, &mut [0; 100]), Err(Refused::TooLong));
    }
}
