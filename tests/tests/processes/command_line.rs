//! What people and scripts rely on at the command line: help, exit codes, JSON, amounts as typed, pictures that scan.

use crate::books;
use crate::place::{Place, Server, Till};
use crate::program::{Said, path, raseed};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The most that 384 dots can print at 4 dots a module with a quiet zone.
const MAX_VERSION: u32 = 17;

fn scene() -> (Place, Server, Till) {
    let place = Place::new(60);
    let server = place.serve();
    let till = place.till("SAS07", &server.address);
    (place, server, till)
}

fn plain(args: &[&str]) -> Said {
    Said::by(Command::new(path()).args(args).stdin(Stdio::null()))
}

#[test]
#[ignore = "needs the released program"]
fn every_command_explains_itself() {
    let mut waiting: Vec<Vec<String>> = vec![Vec::new()];
    let mut seen = 0;
    while let Some(words) = waiting.pop() {
        let mut args: Vec<&str> = words.iter().map(String::as_str).collect();
        args.push("--help");
        let said = plain(&args);
        assert_eq!(said.code(), 0, "{args:?}: {}", said.err);
        assert!(said.out.contains("Usage: raseed"), "{args:?}");
        seen += 1;
        let (_, below) = said.out.split_once("Commands:\n").unwrap_or_default();
        let commands = below.lines().take_while(|line| line.starts_with("  "));
        // A deeper line goes on with the explanation of the one above.
        let names = commands.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
        waiting
            .extend(names.filter(|name| *name != "help").map(|name| [words.clone(), vec![name.to_owned()]].concat()));
    }
    assert!(seen >= 27, "only {seen} commands were found");
    assert!(plain(&["--version"]).out.starts_with("raseed "));
}

#[test]
#[ignore = "needs the released program"]
fn exit_codes_tell_a_refusal_from_a_mistake_and_a_failing_host() {
    let (place, _server, till) = scene();
    assert_eq!(plain(&["till", "jump"]).code(), 2);
    assert_eq!(plain(&["till", "collect", "BHG-0002"]).code(), 2);
    assert_eq!(plain(&["till", "collect", "--batch", "BHG-0002", "5"]).code(), 2);
    assert_eq!(plain(&[]).code(), 2);
    let refusals = [
        (till.run(&["collect", "BHG-9999", "5"]), "unknown-account"),
        (till.run(&["collect", "not a number!", "5"]), "bad-account"),
        (till.run(&["collect", "BHG-0002", "five"]), "bad-amount"),
        (till.run(&["collect", "BHG-0002", "5", "--request", "xyz"]), "bad-request-id"),
        (till.run(&["shift"]), "shift-open"),
        (till.run(&["receipt", "SAS07-1-1"]), "no-such-receipt"),
        (till.run(&["receipt", "first"]), "bad-receipt-number"),
        (till.run(&["enrol", "https://example.org"]), "bad-link"),
        (till.run(&["verify", "hello"]), "not-a-receipt-link"),
        (till.run(&["clock", "--confirm", "it is right"]), "clock-is-fine"),
        (Said::by(&mut raseed(["till", "--data", &place.text("nothing"), "today"])), "not-enrolled"),
        (Said::by(&mut raseed(["verify", "hello", "--root-key", "short"])), "bad-key"),
        (Said::by(raseed(["journal", "check"]).arg(place.path("book/rules.json"))), "key-needed"),
        (place.office(&["revoke", "NOBODY"]), "office"),
        (place.office(&["ledger", "--account", "BHG-9999"]), "office"),
        (place.enrol("SAS07", &till, "127.0.0.1:1"), "already-enrolled"),
    ];
    for (said, code) in &refusals {
        let refusal = said.refused();
        assert_eq!(refusal.code, *code, "{}: {refusal:?}", said.call);
        assert!(refusal.message.len() > 15 && said.out.is_empty(), "{}: {refusal:?}", said.call);
    }
    let hosts = [
        till.run(&["export", "/no/such/folder/journal"]),
        Said::by(raseed(["journal", "check"]).arg(place.path("nothing"))),
        place.office(&["import", &place.text("nothing")]),
        place.office(&["serve", "--listen", "192.0.2.1:1"]),
    ];
    for said in &hosts {
        assert_eq!((said.code(), said.failure().code.as_str()), (3, "host"), "{}", said.call);
    }
    // For people: one sentence, no JSON.
    let mut call = Command::new(path());
    let said = Said::by(call.args(["till", "--data"]).arg(&till.folder).args(["collect", "BHG-0002", "0"]));
    assert_eq!((said.code(), said.err.starts_with("raseed: "), said.err.lines().count()), (1, true, 1), "{}", said.err);
    assert!(books::receipts(&place, &till).is_empty(), "nothing was taken by any of them");
}

#[test]
#[ignore = "needs the released program"]
fn amounts_are_read_as_people_type_them() {
    let (place, _server, till) = scene();
    let due = till.run(&["show", "BHG-0002"]).good()["dues"]["payable"].as_i64().expect("paise");
    for (typed, paise) in [("1", 100), ("1.50", 150), ("₹2", 200), ("₹ 1,000", 100_000), ("0.05", 5), ("Rs 3", 300)]
    {
        let said = till.run(&["collect", "BHG-0003", typed]);
        // Small money may not be taken by every utility, but what is read must be the amount that was typed.
        if said.code() == 0 {
            assert_eq!(said.good()["amount_paise"], paise, "{typed}");
        } else {
            assert_eq!(said.refused().code, "bad-amount", "{typed}");
            assert_eq!(typed, "Rs 3", "{typed}: {}", said.err);
        }
    }
    for typed in ["", "-5", "1.234", "1,00", "0x10", "1e3", "five", "5 5", "99999999999999999999", "NaN", "٣"] {
        let refusal = till.run(&["collect", "--", "BHG-0002", typed]).refused();
        assert!(["bad-amount", "payment-refused"].contains(&refusal.code.as_str()), "{typed:?}: {refusal:?}");
    }
    let all = till.run(&["collect", "BHG-0002", "ALL"]).good();
    assert_eq!(all["amount_paise"], due);
    assert_eq!(till.run(&["show", "BHG-0002"]).good()["dues"]["payable"], 0);
    assert_eq!(till.run(&["collect", "BHG-0002", "all"]).refused().code, "payment-refused");
    books::settled(&place, &till, "SAS07");
}

#[test]
#[ignore = "needs the released program"]
fn the_same_wish_gets_the_same_receipt_from_any_process() {
    let (place, _server, till) = scene();
    let ask = |account: &str, amount: &str| till.run(&["collect", account, amount, "--request", "00000000000000aa"]);
    let first = ask("BHG-0002", "25").good();
    let again = ask("BHG-0002", "25").good();
    assert_eq!((&first["repeated"], &again["repeated"]), (&json!(false), &json!(true)));
    assert_eq!((&first["hash"], &first["link"]), (&again["hash"], &again["link"]));
    assert_eq!(ask("BHG-0002", "26").refused().code, "request-reused");
    assert_eq!(ask("BHG-0003", "25").refused().code, "request-reused");
    let shown = till.run(&["receipt", first["receipt"].as_str().expect("a number")]).good();
    assert_eq!((&shown["link"], &shown["hash"]), (&first["link"], &first["hash"]));
    assert_eq!(books::settled(&place, &till, "SAS07").len(), 1);
}

#[test]
#[ignore = "needs the released program"]
fn a_bad_line_of_a_batch_is_answered_and_does_not_stop_the_others() {
    let (place, _server, till) = scene();
    let line = |request: &str, account: &str, amount: &str| {
        format!("{}\n", json!({ "request": request, "account": account, "amount": amount }))
    };
    let lines = [
        line("0000000000000001", "BHG-0002", "5"),
        "this is no JSON\n".to_owned(),
        "\n".to_owned(),
        line("0000000000000002", "BHG-9999", "5"),
        line("zz", "BHG-0002", "5"),
        "{\"request\":\"0000000000000003\",\"account\":\"BHG-0002\",\"amount\":5}\n".to_owned(),
        line("0000000000000004", "BHG-0002", "all"),
        line("0000000000000004", "BHG-0002", "all"),
    ];
    let mut child = till.command(&["collect", "--batch"]);
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("asked for a pipe");
    input.write_all(lines.concat().as_bytes()).expect("the till reads");
    drop(input);
    let said = Said::by_child(child);
    assert_eq!(said.code(), 0);
    let answers: Vec<Value> = said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let codes: Vec<&str> = answers.iter().map(|answer| answer["error"].as_str().unwrap_or("given")).collect();
    assert_eq!(codes, ["given", "bad-line", "unknown-account", "bad-request-id", "bad-line", "given", "given"]);
    assert_eq!((&answers[5]["hash"], &answers[6]["repeated"]), (&answers[6]["hash"], &json!(true)));
    assert_eq!(books::settled(&place, &till, "SAS07").len(), 2);
}

#[test]
#[ignore = "needs the released program"]
fn a_receipts_picture_scans_and_proves_itself_anywhere() {
    let (place, _server, till) = scene();
    let picture = place.path("receipt.png");
    let mut call = till.command(&["collect", "BHG-0002", "all", "--png"]);
    let given = Said::by(call.arg(&picture)).good();
    let link = given["link"].as_str().expect("a link");
    assert_eq!(scanned(&picture), link);
    assert!(version(&picture) <= MAX_VERSION, "version {} does not fit the paper", version(&picture));

    let key = place.root_key();
    let proven = piped(&["verify", "-", "--root-key", &key], link).good();
    let copied = ["receipt", "account", "amount_paise", "bill", "mode", "receipts_so_far", "grand_total_paise"];
    copied.iter().for_each(|name| assert_eq!(proven[*name], given[*name], "{name}"));
    assert_eq!((&proven["genuine"], &proven["tenant"]), (&json!(true), &json!("SASWATER")));
    let own = till.run(&["verify", link]).good();
    assert_eq!(own["in_this_journal"], true);

    let enrolment = place.path("enrolment.png");
    let shown = place.office(&["enrol", "SAS09", "--png", enrolment.to_str().expect("a path")]).good();
    assert_eq!(scanned(&enrolment), shown["link"].as_str().expect("a link"));
}

#[test]
#[ignore = "needs the released program"]
fn a_forged_text_is_refused_wherever_it_is_changed() {
    let (place, _server, till) = scene();
    let given = till.run(&["collect", "BHG-0002", "all"]).good();
    let link = given["link"].as_str().expect("a link");
    let key = place.root_key();
    let begin = link.find('#').expect("a fragment") + 1;
    for at in (begin..link.len()).step_by(7) {
        let other = if &link[at..=at] == "A" { "B" } else { "A" };
        let forged = format!("{}{other}{}", &link[..at], &link[at + 1..]);
        let refusal = piped(&["verify", "-", "--root-key", &key], &forged).refused();
        let known = ["forged", "damaged", "stranger"].contains(&refusal.code.as_str());
        assert!(known, "character {at}: {refusal:?}");
    }
    for cut in [begin + 1, link.len() / 2, link.len() - 1] {
        assert_eq!(piped(&["verify", "-", "--root-key", &key], &link[..cut]).refused().code, "damaged");
    }
    let other = Place::new(3).root_key();
    assert_eq!(piped(&["verify", "-", "--root-key", &other], link).refused().code, "stranger");
    // Much more than a link is not read to its end.
    assert_eq!(piped(&["verify", "-", "--root-key", &key], &link.repeat(2_000)).code(), 1);
}

#[test]
#[ignore = "needs the released program"]
fn a_bad_book_is_listed_row_by_row_and_imports_nothing() {
    let place = Place::new(20);
    let before = place.office(&["ledger", "--verify"]).good();
    let table = place.path("book/accounts.csv");
    let good = fs::read_to_string(&table).expect("the book");
    let bad = good.replace("BHG-0004,", "BHG-0003,").replace("DOM-FLAT,active", "NO-SUCH,active");
    fs::write(&table, &bad).expect("our own file");
    let refusal = place.office(&["import", &place.text("book")]).refused();
    assert_eq!(refusal.code, "bad-book");
    assert!(refusal.message.starts_with("nothing was imported"), "{}", refusal.message);
    assert!(refusal.message.contains("accounts.csv"), "{}", refusal.message);
    assert!(refusal.message.lines().count() > 3, "each row is named: {}", refusal.message);
    assert_eq!(place.office(&["ledger", "--verify"]).good(), before);

    fs::write(&table, &good).expect("our own file");
    let again = place.office(&["import", &place.text("book")]).good();
    for name in ["accounts_added", "accounts_changed", "demands_added"] {
        assert_eq!(again[name], 0, "the same book once more changes nothing: {again}");
    }
    assert_eq!(again["card_app_takes_no_money"], true, "its card app is the simulator, which is said");
    assert_eq!(place.office(&["ledger", "--verify"]).good(), before);
    // A bad book makes no head office either.
    fs::write(&table, &bad).expect("our own file");
    let fresh = place.text("fresh");
    assert_eq!(Said::by(&mut raseed(["office", "--data", &fresh, "import", &place.text("book")])).code(), 1);
    assert!(!Path::new(&fresh).exists(), "nothing was made");
}

#[test]
#[ignore = "needs the released program"]
fn a_revoked_till_keeps_its_work_and_its_receipts_stay_valid() {
    let (place, _server, till) = scene();
    let sent = till.run(&["collect", "BHG-0002", "5"]).good();
    till.run(&["sync"]).good();
    place.office(&["revoke", "SAS07"]).good();
    let kept = till.run(&["collect", "BHG-0002", "6"]).good();
    let refusal = till.run(&["sync"]).refused();
    assert_eq!(refusal.code, "refused");
    assert!(refusal.message.contains("bring the device to the supervisor"), "{refusal:?}");
    assert_eq!(till.unsent(), 1);
    for given in [&sent, &kept] {
        let link = given["link"].as_str().expect("a link");
        Said::by(&mut raseed(["verify", link, "--root-key", &place.root_key()])).good();
    }
    assert_eq!(books::receipts(&place, &till).len(), 2);
    assert_eq!(books::cash(&books::ledger(&place), "SAS07"), 500);
    let link = place.office(&["enrol", "SAS07"]);
    assert_eq!(link.refused().code, "office", "a revoked till gets no new life");
}

/// What is in the picture, by a reader that is not ours.
fn scanned(picture: &Path) -> String {
    let output = Command::new("zbarimg").args(["-q", "--raw"]).arg(picture).output();
    let output = output.expect("zbarimg (Debian package zbar-tools) must be there");
    String::from_utf8(output.stdout).expect("text").trim_end().to_owned()
}

/// The version of a symbol, from the picture's width: 4 dots a module, 4 modules of quiet zone on each side.
fn version(picture: &Path) -> u32 {
    let bytes = fs::read(picture).expect("a picture");
    let width = u32::from_be_bytes(bytes[16..20].try_into().expect("four bytes of IHDR"));
    (width / 4 - 8 - 17) / 4
}

fn piped(args: &[&str], text: &str) -> Said {
    let mut call = raseed(args);
    let mut child =
        call.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    // It may stop reading before the end.
    let _ = child.stdin.take().expect("asked for a pipe").write_all(text.as_bytes());
    Said::by_child(child)
}
