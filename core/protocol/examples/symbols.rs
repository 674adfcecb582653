//! Draws each line of its input as QR symbols, for other programs to read: `symbols FOLDER < texts`. Line 7 becomes
//! `7-mixed.pgm` and, in byte mode alone, `7-bytes.pgm`; the version of each stands on a line of the output.

use raseed_protocol::symbol::{Symbol, TooLong};
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Dots a module.
const DOTS: usize = 3;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        return failed("name the folder for the pictures");
    };
    match draw(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error.to_string()),
    }
}

fn draw(folder: &Path) -> io::Result<()> {
    let mut output = io::stdout().lock();
    for (number, text) in io::stdin().lock().lines().enumerate() {
        let text = text?;
        let mixed = drawn(&folder.join(format!("{number}-mixed.pgm")), Symbol::new(&text))?;
        let bytes = drawn(&folder.join(format!("{number}-bytes.pgm")), Symbol::in_bytes(&text))?;
        writeln!(output, "{mixed} {bytes}")?;
    }
    Ok(())
}

fn drawn(path: &Path, symbol: Result<Symbol, TooLong>) -> io::Result<u8> {
    let symbol = symbol.map_err(io::Error::other)?;
    let (side, dots) = symbol.to_luma(DOTS);
    let mut picture = format!("P5 {side} {side} 255\n").into_bytes();
    picture.extend(dots);
    std::fs::write(path, picture)?;
    Ok(symbol.version())
}

fn failed(why: &str) -> ExitCode {
    // Nobody is left to tell if the error stream is closed too.
    let _ = writeln!(io::stderr(), "{why}");
    ExitCode::FAILURE
}
