//! Writes the seeds of the fuzzer: `cargo run -p raseed-tests --example seeds -- tests/fuzz/corpus`.

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let corpus = PathBuf::from(env::args().nth(1).expect("name the folder for the corpora"));
    for (number, (target, bytes)) in raseed_tests::outside::seeds().into_iter().enumerate() {
        let folder = corpus.join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("seed-{number:03}")), bytes)?;
    }
    Ok(())
}
