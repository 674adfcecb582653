//! A raster as ESC/POS bytes: bands of `GS v 0`, then feed, then perhaps a cut.
//!
//! Sent bytes must never contain a command that a printer obeys out of turn: dots that would spell one get one dot more.

use super::raster::Raster;

/// The smallest receive buffer that printers of this kind have; a band with its header fits into it.
const BUFFER: usize = 4096;
const INIT: [u8; 2] = [0x1b, b'@'];
const BAND: [u8; 4] = [0x1d, b'v', b'0', 0];
const BAND_HEADER: usize = 8;
const LINE_FEED: u8 = 0x0a;
/// `ESC d 4`: feed four lines, some 15 mm, so that the last row comes out under the tear bar.
const FEED_OUT: [u8; 3] = [0x1b, b'd', 4];
/// `GS V 66 0`: feed to the cutter and cut, leaving one point.
const CUT: [u8; 4] = [0x1d, b'V', 66, 0];

/// What to do at the end of a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// Feed it out, to be torn off.
    Tear,
    /// Feed and cut: only for printers that have a cutter.
    Cut,
}

/// The bytes of one band: sent whole, or not at all.
pub type Band = Vec<u8>;

/// The slip as bands. Each is a command of its own, so that a printer may be asked how it is between any two. White rows
/// are sent as dots: `ESC J` counts in a unit that differs from maker to maker, and would stretch the slip.
pub fn bands(raster: &Raster, finish: Finish) -> Vec<Band> {
    let row_bytes = raster.width().bytes();
    let at_once = (BUFFER - BAND_HEADER - INIT.len() - FEED_OUT.len() - CUT.len() - 1) / row_bytes;
    let rows = raster.rows_with_ink().max(1);
    let mut bands = Vec::with_capacity(rows.div_ceil(at_once));
    for first in (0..rows).step_by(at_once) {
        let end = rows.min(first + at_once);
        let mut band = Vec::with_capacity(BUFFER);
        if first == 0 {
            band.extend(INIT);
        }
        band.extend(BAND);
        for count in [row_bytes, end - first] {
            band.extend(u16::try_from(count).expect("a band is at most 4096 bytes").to_le_bytes());
        }
        push_dots(&mut band, raster.bits(first..end));
        if end == rows {
            // Some built-in printers keep a picture back until a line ends.
            band.push(LINE_FEED);
            band.extend(FEED_OUT);
            if finish == Finish::Cut {
                band.extend(CUT);
            }
        }
        bands.push(band);
    }
    bands
}

/// `DLE EOT`, `DLE ENQ` and `DLE DC4` are obeyed at once even inside a picture (Epson, ESC/POS reference, "real-time
/// commands"): a lone dot before one of those bytes becomes two. QR modules are at least two dots wide, so none is touched.
fn push_dots(band: &mut Band, dots: &[u8]) {
    const DLE: u8 = 0x10;
    let start = band.len();
    band.extend_from_slice(dots);
    let dots = &mut band[start..];
    for at in 1..dots.len() {
        if dots[at - 1] == DLE && matches!(dots[at], 0x04 | 0x05 | 0x14) {
            dots[at - 1] = 0x18;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn raster(width: usize, rows: usize, dark: impl Fn(usize, usize) -> bool) -> Raster {
        let mut pixels = vec![255u8; width * rows * 4];
        for (index, pixel) in pixels.chunks_exact_mut(4).enumerate() {
            if dark(index % width, index / width) {
                pixel[..3].fill(0);
            }
        }
        Raster::from_rgba(&pixels, width, rows, width * 4).unwrap()
    }

    /// A reading of the bytes that shares nothing with the writer: a printer that knows six commands.
    fn print(bytes: &[u8]) -> (usize, Vec<u8>) {
        let (mut at, mut width, mut dots) = (0, 0, Vec::new());
        while at < bytes.len() {
            match bytes[at..] {
                [0x1b, b'@', ..] => at += 2,
                [0x1b, b'd', _, ..] => at += 3,
                [0x1d, b'V', 66, _, ..] => at += 4,
                [0x0a, ..] => at += 1,
                [0x1d, b'v', b'0', 0, xl, xh, yl, yh, ..] => {
                    width = usize::from(xl) + 256 * usize::from(xh);
                    let length = width * (usize::from(yl) + 256 * usize::from(yh));
                    dots.extend_from_slice(&bytes[at + 8..at + 8 + length]);
                    at += 8 + length;
                }
                _ => panic!("byte {:#04x} at {at} begins no command", bytes[at]),
            }
        }
        (width, dots)
    }

    #[test]
    fn the_bands_are_the_picture_whole_and_fit_a_small_buffer() {
        for width in [384, 576] {
            let raster = raster(width, 700, |x, y| (x + y) % 7 < 2);
            let bands = bands(&raster, Finish::Cut);
            assert!(bands.iter().all(|band| band.len() <= BUFFER), "{width}");
            assert!(
                bands[0].starts_with(&[0x1b, 0x40])
                    && bands.last().unwrap().ends_with(&[0x1b, b'd', 4, 0x1d, b'V', 66, 0])
            );
            let (row_bytes, dots) = print(&bands.concat());
            assert_eq!((row_bytes, dots.as_slice()), (width / 8, raster.bits(0..700)));
        }
    }

    #[test]
    fn white_rows_at_the_end_are_not_sent_and_an_empty_slip_is_one_row() {
        let some = raster(384, 500, |_, y| y == 9);
        assert_eq!(print(&bands(&some, Finish::Tear).concat()).1.len(), 10 * 48);
        let none = raster(384, 500, |_, _| false);
        assert_eq!(print(&bands(&none, Finish::Tear).concat()).1.len(), 48);
        assert!(bands(&none, Finish::Tear)[0].ends_with(&[0x0a, 0x1b, b'd', 4]));
    }

    proptest! {
        #[test]
        fn no_dots_spell_a_command_that_is_obeyed_at_once(dots in proptest::collection::vec(
            prop_oneof![Just(0x10u8), Just(0x04), Just(0x05), Just(0x14), any::<u8>()], 48 * 4)) {
            let picture = raster(384, 4, |x, y| dots[y * 48 + x / 8] & (0x80 >> (x % 8)) != 0);
            let sent = bands(&picture, Finish::Tear).concat();
            for pair in sent.windows(2) {
                prop_assert!(!(pair[0] == 0x10 && [4, 5, 0x14].contains(&pair[1])), "{pair:?}");
            }
            let (_, printed) = print(&sent);
            for (was, is) in dots.iter().zip(&printed) {
                prop_assert!(was == is || (*was == 0x10 && *is == 0x18));
            }
        }
    }
}
