//! Messages to consumers, from the books to their phones, with a gateway that loses answers and is killed: everything that
//! was to be told reaches its phone, once, or twice where an answer was lost, and never more often.

use crate::place::Place;
use crate::program::{Said, raseed};
use rusqlite::Connection;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Stdio};

const HOUSEHOLDS: usize = 60;

/// A gateway that is being played; killed when it is dropped.
struct Gateway {
    child: Child,
    _said: BufReader<ChildStdout>,
    url: String,
}

impl Gateway {
    fn start(place: &Place, listen: &str) -> Option<Gateway> {
        let mut command = raseed(["sms", "simulate", "--seed", "1", "--listen", listen, "--configure"]);
        command.arg(place.path("office")).arg("--file").arg(place.path("phones.jsonl"));
        command.arg("--secret-file").arg(place.path("sms.secret"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut said = BufReader::new(child.stdout.take().expect("asked for a pipe"));
        let mut line = String::new();
        said.read_line(&mut line).expect("a line");
        let Ok(value) = serde_json::from_str::<Value>(&line) else {
            child.wait().expect("it ended");
            return None;
        };
        let url = value["url"].as_str().expect("an address").to_owned();
        Some(Gateway { child, _said: said, url })
    }

    /// The same again, on its old port. The system may lend the port to another connection for a moment; then once more.
    fn again(place: &Place, url: &str) -> Gateway {
        let listen = url.strip_prefix("http://").expect("an address");
        (0..50).find_map(|_| Gateway::start(place, listen)).expect("the port is free again")
    }

    fn behaves(&self, how: &[&str]) {
        Said::by(raseed(["sms", "faults", "--at", &self.url]).args(how)).good();
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What stands on the phones: how often each reference came.
fn phones(place: &Place) -> BTreeMap<String, u32> {
    let text = fs::read_to_string(place.path("phones.jsonl")).unwrap_or_default();
    let mut times = BTreeMap::new();
    // The last line may be half written, while the gateway is at it.
    for text in text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        *times.entry(text["reference"].as_str().expect("a reference").to_owned()).or_default() += 1;
    }
    times
}

/// Contacts with invented numbers whose last four digits are those of the book.
fn contacts(place: &Place) -> String {
    let book = fs::read_to_string(place.path("book/accounts.csv")).expect("the book");
    let mut file = "account,phone,language\n".to_owned();
    for (n, line) in book.lines().skip(1).enumerate() {
        let (account, rest) = line.split_once(',').expect("columns");
        // Of some the book knows no phone: then any will do.
        let phone = rest.split_once("00000 ").map_or("00000", |(_, phone)| phone);
        let language = ["en", "hi", "pa", "bn"][n % 4];
        file += &format!("{account},9{n:05}{},{language}\n", &phone[1..5]);
    }
    file
}

/// Time passes for messages that wait for their next try.
fn pauses_are_over(place: &Place) {
    let books = Connection::open(place.path("office/office.sqlite")).expect("the books");
    books.busy_timeout(std::time::Duration::from_secs(10)).expect("a time");
    books.execute("UPDATE message SET next_ms = 0 WHERE next_ms IS NOT NULL", []).expect("the books can be written");
}

fn count(place: &Place, rows: &str) -> u32 {
    let books = Connection::open(place.path("office/office.sqlite")).expect("the books");
    let sql = format!("SELECT count(*) FROM message WHERE {rows}");
    books.query_row(&sql, [], |row| row.get(0)).expect("a number")
}

/// Starts sending, and gives the process once so many messages are on phones, or it has ended.
fn sending_until(place: &Place, at_least: usize) -> Child {
    let mut child = raseed(["office", "--data", &place.text("office"), "sms", "send"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    while phones(place).len() < at_least && child.try_wait().expect("our own child").is_none() {
        std::thread::yield_now();
    }
    child
}

#[test]
#[ignore = "needs the released program"]
fn every_bill_reaches_its_phone_through_losses_and_kills() {
    let place = Place::new(HOUSEHOLDS);
    let gateway = Gateway::start(&place, "127.0.0.1:0").expect("a free port");
    fs::write(place.path("contacts.csv"), contacts(&place)).expect("a writable folder");
    let taken = place.office(&["contacts", &place.text("contacts.csv")]).good();
    assert_eq!(taken["added"], HOUSEHOLDS);
    let queued = place.office(&["sms", "bills"]).good()["queued"].as_u64().expect("a number");
    let queued = u32::try_from(queued).expect("a few");
    assert!(queued > 30, "only {queued} bills");
    assert_eq!(place.office(&["sms", "bills"]).good()["known"], queued);

    // The gateway is killed while it is at work, and then the office.
    let mut sending = sending_until(&place, 5);
    let url = gateway.url.clone();
    drop(gateway);
    sending.wait().expect("our own child");
    let gateway = Gateway::again(&place, &url);
    pauses_are_over(&place);
    let mut sending = sending_until(&place, 12);
    sending.kill().expect("our own child");
    sending.wait().expect("our own child");
    gateway.behaves(&["--answer-lost", "300", "--busy", "100"]);
    let mut rounds = 0;
    while count(&place, "next_ms IS NOT NULL") > 0 {
        pauses_are_over(&place);
        place.office(&["sms", "send"]).good();
        rounds += 1;
        assert!(rounds < 500, "it never ends");
    }

    let phones = phones(&place);
    assert_eq!(phones.len(), usize::try_from(queued).expect("a few"), "every bill, on its phone");
    assert!(phones.values().all(|times| *times <= 2), "{phones:?}");
    // Whatever came twice is one of which the books say that an answer was lost.
    let twice = u32::try_from(phones.values().filter(|times| **times == 2).count()).expect("a few");
    assert!(twice > 0 && twice <= count(&place, "doubts = 2"), "{phones:?}");
    assert_eq!(count(&place, "state IN ('sent', 'unknown')"), queued);
}

#[test]
#[ignore = "needs the released program"]
fn what_tills_bring_is_told_and_no_list_shows_a_phone() {
    let place = Place::new(20);
    let _gateway = Gateway::start(&place, "127.0.0.1:0").expect("a free port");
    let numbers = contacts(&place);
    fs::write(place.path("contacts.csv"), &numbers).expect("a writable folder");
    place.office(&["contacts", &place.text("contacts.csv")]).good();
    let server = place.serve();
    let till = place.till("SAS07", &server.address);
    let receipt = till.run(&["collect", "BHG-0002", "all"]).good()["receipt"].as_str().expect("a number").to_owned();
    let asked = till.run(&["pay", "all", "--account", "BHG-0003"]).good()["payment"].as_str().expect("one").to_owned();
    till.run(&["payment", &asked, "--give-up"]).good();
    let complaint = till.run(&["payment", &asked, "--complain"]).good()["complaint"].as_str().expect("one").to_owned();
    till.run(&["sync"]).good();
    till.run(&["sync"]).good();
    place.office(&["complaints", "--close", &complaint, "--outcome", "not-debited"]).good();
    let expected = [format!("receipt:{receipt}"), format!("complaint:{complaint}"), format!("closed:{complaint}")];
    // The server sends by itself, too: whoever has a message in hand finishes it.
    let all_sent = (0..200).any(|_| {
        place.office(&["sms", "send"]).good();
        count(&place, "state = 'sent'") == 3
    });
    assert!(all_sent, "{}", place.office(&["sms", "list"]).out);
    let phones = phones(&place);
    assert!(expected.iter().all(|reference| phones.get(reference) == Some(&1)) && phones.len() == 3, "{phones:?}");

    let lists = [place.office(&["contacts"]), place.office(&["sms", "list"]), place.office(&["sms", "templates"])];
    for said in lists {
        said.good();
        for number in numbers.lines().skip(1).filter_map(|line| line.split(',').nth(1)) {
            assert!(!said.out.contains(number) && !said.err.contains(number), "{} shows a phone", said.call);
        }
    }
    fs::write(place.path("bad.csv"), numbers.replace(",9", ",8").replace(",en", ",xx")).expect("a writable folder");
    let refusal = place.office(&["contacts", &place.text("bad.csv")]).refused();
    assert_eq!(refusal.code, "bad-contacts");
    place.office(&["contacts", "--forget", "BHG-0002"]).good();
    assert_eq!(place.office(&["contacts", "--forget", "BHG-0002"]).refused().code, "office");
}

#[test]
#[ignore = "needs the released program"]
fn without_sms_json_nothing_is_told_and_it_says_what_to_do() {
    let place = Place::new(3);
    let refusal = place.office(&["sms", "send"]).refused();
    assert!(refusal.message.contains("sms.json"), "{}", refusal.message);
    let templates = place.office(&["sms", "templates"]).good();
    assert_eq!(templates.as_array().expect("a list").len(), 7 * 4);
    fs::write(place.path("office/sms.json"), r#"{"key":"real"}"#).expect("a writable folder");
    assert!(Gateway::start(&place, "127.0.0.1:0").is_none(), "the configuration of a real one was written over");
    assert_eq!(place.office(&["sms", "list"]).refused().code, "bad-sms");
}
