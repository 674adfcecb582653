//! A second copy in another folder: the card out of a device that broke.

use crate::books;
use crate::place::Place;
use crate::program::{Said, raseed};
use std::fs;

#[test]
#[ignore = "needs the released program"]
fn a_device_breaks_and_its_card_is_brought_to_the_office() {
    let place = Place::new(20);
    let server = place.serve();
    let till = place.till("SAS07", &server.address);
    drop(server);
    let card = place.text("card");
    let mut paise = 0;
    for n in 0..4 {
        let given = till.run(&["--copy", &card, "collect", &place.accounts[n], "15"]).good();
        paise += given["amount_paise"].as_i64().expect("an amount");
    }
    assert_eq!(till.run(&["--copy", &card, "today"]).good()["second_copy"], "fine");
    assert_eq!(till.run(&["today"]).good()["second_copy"], "none");
    fs::remove_dir_all(&till.folder).unwrap();

    let mut files: Vec<_> = fs::read_dir(&card).unwrap().map(|file| file.unwrap().path()).collect();
    // In any order: a file that goes on from another one waits for it.
    files.sort();
    files.reverse();
    let office = ["office".into(), "--data".into(), place.path("office"), "take".into()];
    let said = Said::by(&mut raseed(office.into_iter().chain(files)));
    assert_eq!(said.code(), 0, "{}{}", said.out, said.err);
    assert_eq!(books::cash(&books::ledger(&place), "SAS07"), paise);
}

#[test]
#[ignore = "needs the released program"]
fn a_restored_backup_is_made_good_and_a_fork_is_shown_to_the_auditor() {
    let place = Place::new(20);
    let server = place.serve();
    let till = place.till("SAS07", &server.address);
    let card = place.text("card");
    let backup = fs::read(till.file()).unwrap();
    let restore = || {
        for companion in ["till.db-wal", "till.db-shm"] {
            let _ = fs::remove_file(till.folder.join(companion));
        }
        fs::write(till.file(), &backup).unwrap();
    };
    let first = till.run(&["--copy", &card, "collect", &place.accounts[0], "15"]).good();
    till.run(&["export", &place.text("honest.journal")]).good();
    restore();
    let second = till.run(&["--copy", &card, "collect", &place.accounts[1], "16"]).good();
    assert_ne!(first["receipt"], second["receipt"], "no number twice");
    till.run(&["receipt", first["receipt"].as_str().unwrap()]).good();

    restore();
    till.run(&["collect", &place.accounts[2], "17"]).good();
    let stopped = till.run(&["--copy", &card, "collect", &place.accounts[2], "18"]).refused();
    assert_eq!(stopped.code, "older-than-copy");
    till.run(&["export", &place.text("forked.journal")]).good();
    let files = [place.text("honest.journal"), place.text("forked.journal")];
    let check = ["journal", "check", "--root-key", &place.root_key()];
    let said = Said::by(raseed(check).args(&files));
    assert_eq!(said.refused().code, "not-clean");
    let found: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(found["forks"][0]["at"], first["receipt"]);
}

#[test]
#[ignore = "needs the released program"]
fn a_receipt_that_was_given_out_shows_that_the_end_of_a_journal_is_missing() {
    let place = Place::new(20);
    let server = place.serve();
    let till = place.till("SAS07", &server.address);
    let [short, whole] = ["short.journal", "whole.journal"].map(|name| place.text(name));
    let first = till.run(&["collect", &place.accounts[0], "15"]).good();
    till.run(&["export", &short]).good();
    let second = till.run(&["collect", &place.accounts[1], "16"]).good();
    till.run(&["export", &whole]).good();
    let [first, second] = [&first, &second].map(|given| given["link"].as_str().unwrap());
    let key = place.root_key();
    let check = |file: &str, link: &str| {
        Said::by(&mut raseed(["journal", "check", "--root-key", &key, "--receipt", link, file]))
    };
    assert_eq!(check(&whole, second).good()["receipts"][0]["testimony"], "stands");
    assert_eq!(check(&short, first).good()["receipts"][0]["testimony"], "stands");
    let cut = check(&short, second);
    assert_eq!(cut.refused().code, "not-clean");
    let said: serde_json::Value = serde_json::from_str(&cut.out).unwrap();
    assert_eq!(said["receipts"][0]["testimony"], "missing");
    let forged = second.strip_suffix(|_| true).unwrap().to_owned() + "A";
    assert_ne!(check(&whole, &forged).code(), 0, "only a genuine receipt is heard");
    let keyless = Said::by(&mut raseed(["journal", "check", "--receipt", second, &whole]));
    assert_eq!(keyless.refused().code, "key-needed");
}
