//! `raseed office poster`

use crate::output::{Failure, Output};
use crate::picture;
use raseed_head_office::Office;
use raseed_protocol::language::Language;
use serde_json::json;
use std::fs;
use std::path::Path;

/// Writes the poster, as what the file's name says: `.html` the whole page, `.svg` or `.png` the code alone.
pub fn run(office: &Office, language: Language, file: &Path, out: &Output) -> Result<(), Failure> {
    let poster = office.poster(language)?;
    let write = |text: String| fs::write(file, text).map_err(Failure::io(file.display()));
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => write(poster.to_html())?,
        Some("svg") => write(poster.symbol.to_svg())?,
        Some("png") => picture::write_symbol(file, &poster.symbol)?,
        _ => {
            return Err(Failure::new("bad-file", "name a file that ends in .html (the page), .svg or .png (the code)"));
        }
    }
    let value = json!({ "file": file, "payee": poster.payee, "vpa": poster.vpa, "code": poster.code });
    out.say(&value, || {
        format!(
            "{}: a code for everybody, to {} ({}). Money that comes by it names nobody: place it with `raseed office payments`",
            file.display(),
            poster.payee,
            poster.vpa
        )
    })
}
