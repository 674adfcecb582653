//! A payment code as text and as pictures.

use super::args::MakeArgs;
use crate::output::{Failure, Output};
use crate::picture;
use raseed_protocol::symbol::Symbol;
use serde_json::json;
use std::fs;

/// Says the payload, and draws it wherever it was asked for.
pub fn run(kind: &str, payload: &str, args: &MakeArgs, out: &Output) -> Result<(), Failure> {
    let symbol = symbol(kind, payload)?;
    if let Some(path) = &args.png {
        picture::write_symbol(path, &symbol)?;
    }
    if let Some(path) = &args.svg {
        fs::write(path, symbol.to_svg()).map_err(Failure::io(path.display()))?;
    }
    let drawn = if args.terminal { format!("\n{}", symbol.to_terminal()) } else { String::new() };
    out.say(&json!({ "kind": kind, "payload": payload, "version": symbol.version() }), || format!("{payload}{drawn}"))
}

/// The one place where a payment code becomes a symbol. Bharat QR wants byte mode alone (EMVCo MPM 1.1 §4.12.1.1).
fn symbol(kind: &str, payload: &str) -> Result<Symbol, Failure> {
    let symbol = if kind == "bharat" { Symbol::in_bytes(payload) } else { Symbol::new(payload) };
    symbol.map_err(|error| Failure::new("too-long", error))
}
