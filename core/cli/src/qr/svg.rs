//! A QR symbol as SVG: one path, a run of dark modules a subpath, quiet zone included.

use raseed_protocol::symbol::{QUIET_ZONE, Symbol};
use std::fmt::Write;

/// The picture, one unit a module, to be scaled as it is placed.
pub fn picture(symbol: &Symbol) -> String {
    let side = symbol.width() + 2 * QUIET_ZONE;
    let mut path = String::with_capacity(symbol.width() * symbol.width() * 4);
    for row in 0..symbol.width() {
        let mut column = 0;
        while column < symbol.width() {
            let run = (column..symbol.width()).take_while(|column| symbol.is_dark(*column, row)).count();
            if run > 0 {
                let (x, y) = (column + QUIET_ZONE, row + QUIET_ZONE);
                write!(path, "M{x} {y}h{run}v1h-{run}z").expect("a String takes everything");
            }
            column += run.max(1);
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path d=\"{path}\"/></svg>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once() {
        let symbol = Symbol::new("upi://pay?pa=a@ybl").unwrap();
        let picture = picture(&symbol);
        let runs = picture.split("<path d=\"").nth(1).unwrap().split('M').skip(1);
        let drawn: usize = runs.map(|run| run.split(['h', 'v']).nth(1).unwrap().parse::<usize>().unwrap()).sum();
        let width = symbol.width();
        let dark = (0..width * width).filter(|at| symbol.is_dark(at % width, at / width)).count();
        assert_eq!(drawn, dark);
        assert!(picture.contains(&format!("viewBox=\"0 0 {0} {0}\"", width + 8)));
    }
}
