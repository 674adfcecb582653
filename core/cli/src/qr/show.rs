//! A payment code as text and as pictures.

use super::args::MakeArgs;
use super::svg;
use crate::output::{Failure, Output};
use crate::picture;
use raseed_protocol::symbol::Symbol;
use serde_json::json;
use std::fs;

/// Says the payload, and draws it wherever it was asked for.
pub fn run(kind: &str, payload: &str, args: &MakeArgs, out: &Output) -> Result<(), Failure> {
    let symbol = symbol(payload)?;
    if let Some(path) = &args.png {
        picture::write_symbol(path, &symbol)?;
    }
    if let Some(path) = &args.svg {
        fs::write(path, svg::picture(&symbol)).map_err(Failure::io(path.display()))?;
    }
    let drawn = if args.terminal { format!("\n{}", symbol.to_terminal()) } else { String::new() };
    out.say(&json!({ "kind": kind, "payload": payload, "version": symbol.version() }), || format!("{payload}{drawn}"))
}

/// The one place where a payment code becomes a symbol.
fn symbol(payload: &str) -> Result<Symbol, Failure> {
    Symbol::new(payload).map_err(|error| Failure::new("too-long", error))
}
