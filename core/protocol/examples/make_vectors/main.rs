//! Writes `tests/vectors/receipts` and `tests/vectors/journals`: what is genuine and every way of not being it, for the
//! verifiers in Rust, Python and the browser; and amounts in words, to be compared with what others say.
//!
//! Its keys are public, so nothing that they sign is ever worth anything. The same bytes on every run:
//! `cargo run -p raseed-protocol --example make_vectors`.

mod books;
mod forge;
mod journals;
mod people;
mod receipts;
mod sealed;
mod vectors;
mod words;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors");
    for (name, text) in vectors::all() {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(&root))?;
        std::fs::write(path, text)?;
    }
    Ok(())
}
