//! The sample book is a good book, and says the same in both of its forms.

#![allow(clippy::unwrap_used)] // the helpers of a test may stop it

use raseed_head_office::import::{self, BookFile, FolderBytes};
use raseed_protocol::book::{Account, AccountStatus, Demand};
use raseed_protocol::ids::HeadId;
use raseed_protocol::money::Paise;
use std::path::Path;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/sample-book")
}

fn sample() -> BookFile {
    import::read_folder(&folder()).unwrap_or_else(|refused| panic!("{refused}"))
}

#[test]
fn it_is_imported_whole() {
    let book = sample();
    assert_eq!(book.rules.tenant.as_str(), "SASWATER");
    assert_eq!((book.accounts.len(), book.tariffs.len()), (5_000, 6));
    let lines = std::fs::read_to_string(folder().join("demands.csv")).unwrap().lines().count() - 1;
    let read: usize = book.accounts.iter().flat_map(|account| &account.demands).map(|demand| demand.lines.len()).sum();
    assert_eq!(read, lines);
}

#[test]
fn it_is_like_a_real_one() {
    let book = sample();
    let count = |of: &dyn Fn(&Account) -> bool| book.accounts.iter().filter(|account| of(account)).count();
    assert!(count(&|a| a.demands.len() <= 2) > 4_000, "most owe two months at most");
    assert!(count(&|a| a.demands.len() >= 6) > 100, "some owe many");
    assert!(count(&|a| a.advance.is_positive()) > 50);
    assert!(count(&|a| a.status == AccountStatus::Closed) > 50);
    assert!(count(&|a| a.meter.is_some()) > 1_000);
    assert!(count(&|a| a.name.starts_with(|c| ('\u{900}'..'\u{980}').contains(&c))) > 300, "Devanagari");
    let rounded = |d: &Demand| d.lines.iter().any(|line| line.head == HeadId::ROUNDING);
    assert!(count(&|a| a.demands.iter().any(rounded)) > 100);
    let asked: Paise = book.accounts.iter().flat_map(|a| &a.demands).map(Demand::total).sum();
    assert!(asked.get() % 100 == 0, "every bill is of whole rupees");
}

#[test]
fn demands_are_oldest_first_and_lines_in_the_order_of_the_rules() {
    let book = sample();
    for account in &book.accounts {
        assert!(account.demands.is_sorted_by_key(|demand| demand.period), "{}", account.id);
        for demand in &account.demands {
            let place = |head| book.rules.heads.iter().position(|known| known.id == head).unwrap_or(usize::MAX);
            assert!(demand.lines.is_sorted_by_key(|line| place(line.head)), "{}", demand.bill);
        }
    }
}

#[test]
fn its_json_form_is_equal() {
    let book = sample();
    let mut json = Vec::new();
    import::write_json(&book, &mut json).unwrap();
    assert!(import::read_json(&json[..]) == Ok(book), "the two forms differ");
}

#[test]
fn it_is_equal_when_written_out_again() {
    let book = sample();
    let copy = tempfile::tempdir().unwrap();
    import::write_folder(&book, copy.path()).unwrap();
    assert!(import::read_folder(copy.path()) == Ok(book), "the copy differs");
}

#[test]
fn a_spreadsheet_may_have_saved_it() {
    let read = |name: &str| std::fs::read_to_string(folder().join(name)).unwrap();
    let saved = |name: &str| format!("\u{FEFF}{}\r\n,,\r\n", read(name).replace('\n', "\r\n")).into_bytes();
    let (accounts, demands) = (saved("accounts.csv"), saved("demands.csv"));
    let (rules, tariffs) = (saved_json(&read("rules.json")), saved_json(&read("tariffs.json")));
    let book =
        import::read_parts(FolderBytes { rules: &rules, tariffs: &tariffs, accounts: &accounts, demands: &demands });
    assert!(book == Ok(sample()), "{:?}", book.map_err(|refused| refused.to_string()).err());
}

fn saved_json(text: &str) -> Vec<u8> {
    format!("\u{FEFF}{}", text.replace('\n', "\r\n")).into_bytes()
}
