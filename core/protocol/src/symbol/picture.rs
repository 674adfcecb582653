//! Pictures of a symbol that need no image library. Every module is whole dots: a scaled symbol does not scan.

use super::{QUIET_ZONE, Symbol};
use std::fmt::Write;

/// A dot of a colour picture: four bytes, opaque.
pub type Pixel = [u8; 4];

impl Symbol {
    /// Dots on one side of a picture with `dots` dots a module, quiet zone included.
    pub fn side(&self, dots: usize) -> usize {
        (self.width() + 2 * QUIET_ZONE) * dots
    }

    /// An 8-bit grey picture, `dots` dots a module, quiet zone included: its side in dots, and the rows.
    pub fn to_luma(&self, dots: usize) -> (usize, Vec<u8>) {
        let side = self.side(dots);
        let mut picture = vec![[0]; side * side];
        self.draw(dots, [0], &mut picture);
        (side, picture.into_flattened())
    }

    /// The same picture in colour, into the start of `out`, which must hold `side(dots)` squared pixels: nothing is drawn into
    /// fewer. Black and white are the same bytes whichever order the colours have, if the last byte is the opacity.
    pub fn draw_pixels(&self, dots: usize, out: &mut [Pixel]) {
        self.draw(dots, [0, 0, 0, 255], out);
    }

    /// Light is all ones. Every byte is written once, the first row of a module by runs and the others as copies of it.
    fn draw<const N: usize>(&self, dots: usize, dark: [u8; N], out: &mut [[u8; N]]) {
        let side = self.side(dots);
        let margin = QUIET_ZONE * dots;
        let Some(out) = out.get_mut(..side * side).filter(|out| !out.is_empty()) else {
            return;
        };
        let (above, rest) = out.split_at_mut(margin * side);
        let (modules, below) = rest.split_at_mut(self.width() * dots * side);
        above.as_flattened_mut().fill(255);
        below.as_flattened_mut().fill(255);
        for (row, rows) in modules.chunks_exact_mut(dots * side).enumerate() {
            let (first, copies) = rows.split_at_mut(side);
            first.as_flattened_mut().fill(255);
            for run in self.dark_runs(row) {
                first[margin + run.start * dots..margin + run.end * dots].fill(dark);
            }
            copies.chunks_exact_mut(side).for_each(|copy| copy.copy_from_slice(first));
        }
    }

    /// An SVG document, one unit a module, quiet zone included: one path of horizontal strokes on white.
    pub fn to_svg(&self) -> String {
        let side = self.side(1);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path stroke=\"#000\" d=\""
        );
        for row in 0..self.width() {
            let mut at = None;
            for run in self.dark_runs(row) {
                let moved = match at {
                    // The middle of the stroke is the middle of the row.
                    None => write!(svg, "M{} {}.5", run.start + QUIET_ZONE, row + QUIET_ZONE),
                    Some(at) => write!(svg, "m{} 0", run.start - at),
                };
                moved.and_then(|()| write!(svg, "h{}", run.len())).expect("a string can be written to");
                at = Some(run.end);
            }
        }
        svg.push_str("\"/></svg>");
        svg
    }

    /// For a terminal: two modules a character in half blocks, light on dark, with a quiet zone of two modules.
    pub fn to_terminal(&self) -> String {
        const MARGIN: usize = 2;
        let side = self.width() + 2 * MARGIN;
        let light = |column: usize, row: usize| {
            row < side && !(column >= MARGIN && row >= MARGIN && self.is_dark(column - MARGIN, row - MARGIN))
        };
        let mut text = String::with_capacity(side * side * 2);
        for row in (0..side).step_by(2) {
            for column in 0..side {
                text.push(match (light(column, row), light(column, row + 1)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
            text.push('\n');
        }
        text
    }
}
