//! Reads a bill book in a folder and writes it as one JSON file: `book_to_json FOLDER > book.json`.

use raseed_head_office::import;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        return failed("name the folder of the book");
    };
    match import::read_folder(&folder) {
        Ok(book) => match import::write_json(&book, io::stdout().lock()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&error.to_string()),
        },
        Err(refused) => failed(&refused.to_string()),
    }
}

fn failed(why: &str) -> ExitCode {
    // Nobody is left to tell if the error stream is closed too.
    let _ = writeln!(io::stderr(), "{why}");
    ExitCode::FAILURE
}
