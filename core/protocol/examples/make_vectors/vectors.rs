//! All vector files: name under `tests/vectors`, and content.

use super::{books, journals, receipts, sealed, words};
use serde::Serialize;

/// A file of cases.
#[derive(Serialize)]
struct File<T> {
    about: &'static str,
    cases: Vec<T>,
}

/// Every file that the generator writes.
pub fn all() -> Vec<(&'static str, String)> {
    vec![
        file("receipts/valid.json", "Genuine receipts, and what they say.", receipts::valid::cases()),
        file(
            "receipts/forged.json",
            "Links in which something was changed or signed by a stranger.",
            receipts::forged::cases(),
        ),
        file(
            "receipts/encoding.json",
            "The right words in a form that is not the one form.",
            receipts::encoding::cases(),
        ),
        file(
            "receipts/content.json",
            "Signed by the till, but saying what no receipt may say.",
            receipts::content::cases(),
        ),
        file("receipts/text.json", "Texts that are no receipt link, or a part of one.", receipts::text::cases()),
        file("journals/chains.json", "Runs of a journal, whole and tampered with (Base64).", journals::chains()),
        file("journals/forks.json", "Two entries that may stand at one place (Base64).", journals::forks()),
        file("journals/acknowledgements.json", "The head office's word (Base64).", journals::acknowledgements()),
        file("books/pages.json", "Pages of the book (Base64).", books::pages()),
        file("sealed/files.json", "Sealed files, and what is found in them (Base64).", sealed::files()),
        file("words.json", "Amounts in words, in every language.", words::amounts()),
        file("months.json", "Months as they stand in a date, in every language.", words::months()),
    ]
}

fn file<T: Serialize>(name: &'static str, about: &'static str, cases: Vec<T>) -> (&'static str, String) {
    let mut text = serde_json::to_string_pretty(&File { about, cases }).expect("cases are plain data");
    text.push('\n');
    (name, text)
}
