//! A QR symbol as a PNG file: 1 bit a dot, quiet zone included.

use crate::output::Failure;
use raseed_protocol::symbol::Symbol;
use std::fs;
use std::path::Path;

/// Dots a module: what the design prints on 384-dot paper.
pub const DOTS: usize = 4;

/// Writes the symbol of a text.
pub fn write_png(path: &Path, text: &str) -> Result<Symbol, Failure> {
    let symbol = Symbol::new(text).map_err(|error| Failure::new("too-long", error))?;
    write_symbol(path, &symbol)?;
    Ok(symbol)
}

/// Writes a symbol.
pub fn write_symbol(path: &Path, symbol: &Symbol) -> Result<(), Failure> {
    fs::write(path, png(symbol)).map_err(Failure::io(path.display()))
}

fn png(symbol: &Symbol) -> Vec<u8> {
    let (side, dots) = symbol.to_luma(DOTS);
    let width = u32::try_from(side).expect("a symbol has at most 185 modules");
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, width);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let rows: Vec<u8> = dots.chunks(side).flat_map(pack).collect();
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&rows))
        .expect("writing to memory cannot fail");
    bytes
}

/// Eight dots a byte, the first one highest; white is 1.
fn pack(row: &[u8]) -> Vec<u8> {
    let byte = |dots: &[u8]| dots.iter().enumerate().fold(0, |byte, (i, dot)| byte | (u8::from(*dot > 127) << (7 - i)));
    row.chunks(8).map(byte).collect()
}
