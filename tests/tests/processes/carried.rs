//! A till that has no network: its work goes out as files and the book comes in as files.

use crate::books;
use crate::place::{Place, Till, Wish};
use std::fs;
use std::path::PathBuf;

/// The one file in a folder, which is emptied of it.
fn only_file(place: &Place, folder: &str) -> String {
    let files = fs::read_dir(place.path(folder)).expect("a folder");
    let files: Vec<PathBuf> = files.map(|file| file.expect("readable").path()).collect();
    assert_eq!(files.len(), 1, "nothing but the file itself: {files:?}");
    files[0].to_str().expect("a plain path").to_owned()
}

/// A till whose address leads nowhere any more.
fn cut_off(place: &Place) -> Till {
    let server = place.serve();
    let till = place.till("SAS07", &server.address);
    drop(server);
    till
}

#[test]
#[ignore = "needs the released program"]
fn a_day_on_a_stick_and_back() {
    let place = Place::new(20);
    let till = cut_off(&place);
    for folder in ["stick", "back"] {
        fs::create_dir(place.path(folder)).unwrap();
    }
    till.run(&["collect", &place.accounts[0], "10"]).good();
    till.run(&["collect", &place.accounts[1], "20"]).good();
    assert_eq!(till.run(&["sync", "--patience", "1"]).refused().code, "unreachable");

    let carried = till.run(&["carry", &place.text("stick")]).good();
    // The opening of the till was sent by the first sync; the shift and two receipts were not.
    assert_eq!((&carried["entries"], &carried["left"]), (&3.into(), &0.into()));
    let file = only_file(&place, "stick");
    assert!(file.ends_with("SAS07-1-2-4.sealed"), "{file}");
    assert!(!fs::read(&file).unwrap().windows(8).any(|bytes| bytes == place.accounts[0].as_bytes()), "nobody reads it");

    let taken = place.office(&["take", &file, "--answer", &place.text("back")]).good();
    assert_eq!((&taken["taken"], &taken["known"], &taken["whole"]), (&3.into(), &0.into(), &true.into()));
    let again = place.office(&["take", &file]).good();
    assert_eq!((&again["taken"], &again["known"]), (&0.into(), &3.into()), "harmless, and said");

    let answer = only_file(&place, "back");
    let back = till.run(&["take", &answer]).good();
    assert_eq!((&back["taken"]["acknowledged"], &back["unsent"]), (&3.into(), &0.into()));
    assert_eq!(till.run(&["queue"]).good()["unsent"], 0);
    assert_eq!(till.run(&["take", &answer]).good()["taken"]["acknowledged"], 0);
    assert_eq!(place.office(&["take", &answer]).refused().code, "not-taken");
    assert_eq!(till.run(&["take", &file]).refused().code, "sealed-for-another");
    let total: i64 = books::receipts(&place, &till).values().map(|stands| stands.paise).sum();
    assert_eq!(books::cash(&books::ledger(&place), "SAS07"), total);
}

#[test]
#[ignore = "needs the released program"]
fn a_cut_file_gives_what_is_whole_and_the_rest_comes_with_the_next() {
    let place = Place::new(20);
    let till = cut_off(&place);
    let wish = |n: usize| {
        let account = place.accounts[n % place.accounts.len()].clone();
        Wish { request: format!("{n:016x}"), account, amount: "1".to_owned() }
    };
    till.batch(&(0..200).map(wish).collect::<Vec<_>>()).code();
    let whole = place.text("whole.sealed");
    till.run(&["carry", &whole]).good();
    let bytes = fs::read(&whole).unwrap();
    fs::write(place.path("cut.sealed"), &bytes[..bytes.len() * 2 / 3]).unwrap();
    let cut = place.office(&["take", &place.text("cut.sealed")]).good();
    assert_eq!(cut["whole"], false);
    let first = cut["taken"].as_u64().unwrap();
    assert!(first > 0 && first < 201, "{cut}");
    let rest = place.office(&["take", &whole]).good();
    assert_eq!((rest["taken"].as_u64(), rest["known"].as_u64()), (Some(201 - first), Some(first)));
}

#[test]
#[ignore = "needs the released program"]
fn a_new_till_gets_its_book_on_a_stick_and_a_revoked_one_brings_its_work() {
    let place = Place::new(20);
    let till = cut_off(&place);
    let book = place.text("book.sealed");
    place.office(&["carry", "--till", "SAS07", &book]).good();
    till.run(&["take", &book]).good();
    till.run(&["collect", &place.accounts[2], "30"]).good();
    place.office(&["revoke", "SAS07"]).good();
    let refused = place.office(&["carry", "--till", "SAS07", &book]).refused();
    assert!(refused.message.contains("revoked"), "{refused:?}");
    let file = place.text("last.sealed");
    till.run(&["carry", &file]).good();
    let taken = place.office(&["take", &file, "--answer", place.path("book").to_str().unwrap()]).good();
    assert_eq!(taken["taken"], 2);
    let back = till.run(&["take", taken["answer"].as_str().unwrap()]).good();
    assert_eq!(back["unsent"], 0);
}
