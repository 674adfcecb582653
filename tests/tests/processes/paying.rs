//! Money that comes by itself and codes that the payment service makes: processes, real HTTP, and lines that fail.

use crate::front::{Does, Front};
use crate::place::{Place, Server, Till};
use crate::program::raseed;
use crate::provider::Provider;
use raseed_protocol::language::{Language, pay as label};
use raseed_protocol::money::Paise;
use raseed_protocol::pay_link::PayLink;
use raseed_protocol::qr::upi;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

/// A head office whose payment service tells it of payments by a door.
struct Scene {
    place: Place,
    provider: Provider,
    news: Front,
}

impl Scene {
    fn new() -> Scene {
        let place = Place::new(40);
        let news = Front::open(Does::HangUp);
        let provider = Provider::of(&place.path("office"), Some(&news));
        Scene { place, provider, news }
    }

    /// The head office, which hears the news from now on.
    fn serve(&self) -> Server {
        let server = self.place.serve();
        self.news.does(Does::Pass(server.address.clone()));
        server
    }

    /// Codes are made by the payment service, as the next book says.
    fn codes_by_service(&self) {
        let path = self.place.path("book").join("rules.json");
        let mut rules: Value = serde_json::from_str(&fs::read_to_string(&path).expect("rules")).expect("JSON");
        rules["payments"]["upi"]["codes"] = "service".into();
        fs::write(&path, rules.to_string()).expect("a writable folder");
        self.place.office(&["import", &self.place.text("book")]).good();
    }

    /// Waits until the head office has so many payments with this fate.
    fn until(&self, count: usize, fate: &str) {
        let counted = || {
            let all = self.place.office(&["payments", "--all"]).good();
            all.as_array().expect("a list").iter().filter(|payment| payment["fate"] == fate).count()
        };
        while counted() < count {
            std::thread::yield_now();
        }
    }
}

/// A household that owes something, and how much.
fn owing(place: &Place, till: &Till) -> (String, i64) {
    let due = |account: &String| Some((account.clone(), owed(till, account))).filter(|(_, paise)| *paise > 0);
    place.accounts.iter().find_map(due).expect("somebody owes something")
}

fn owed(till: &Till, account: &str) -> i64 {
    till.run(&["show", account]).good()["dues"]["payable"].as_i64().expect("paise")
}

/// The link in the message of a bill.
fn link_in(till: &Till, account: &str, language: Language) -> PayLink {
    let said = till.run(&["statement", account, "--language", language.tag()]).good();
    let text = said["text"].as_str().expect("a message");
    let (_, path) = text.rsplit_once("https://pay.saswater.example").expect("a link at its end");
    path.parse().expect("the link of a bill")
}

/// What a citizen's browser gets.
fn page(server: &Server, link: &PayLink) -> String {
    let mut stream = TcpStream::connect(&server.address).expect("a line");
    let call = format!("GET {link} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", server.address);
    stream.write_all(call.as_bytes()).expect("a line");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("a page");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    answer
}

/// The UPI link of the page's button.
fn button(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("class=\"pay\" href=\"")?;
    rest.split('"').next().map(|link| link.replace("&amp;", "&"))
}

#[test]
#[ignore = "needs the released program"]
fn a_bill_is_paid_from_its_message_and_the_collector_knows() {
    let scene = Scene::new();
    let server = scene.serve();
    let till = scene.place.till("SAS07", &server.address);
    let (account, due) = owing(&scene.place, &till);
    let link = link_in(&till, &account, Language::Punjabi);
    assert_eq!(link.amount().get(), due);
    let first = page(&server, &link);
    let code = button(&first).expect("a button");
    assert_eq!(upi::read(&code).expect("a UPI link").amount(), Paise::new(due).ok());
    scene.provider.ask("pay", &[&code]).good();
    scene.until(1, "credited");
    let after = page(&server, &link);
    assert!(button(&after).is_none() && after.contains(label::NOTHING_MORE.in_language(Language::Punjabi)));
    assert_eq!(owed(&till, &account), due, "a till without a line does not know");
    till.run(&["sync"]).good();
    assert_eq!(owed(&till, &account), 0);
}

#[test]
#[ignore = "needs the released program"]
fn what_was_paid_while_nobody_listened_is_fetched_with_no_till_asking() {
    let scene = Scene::new();
    let server = scene.serve();
    let till = scene.place.till("SAS07", &server.address);
    let (account, due) = owing(&scene.place, &till);
    let code = till.run(&["statement", &account]).good()["code"].as_str().expect("a code").to_owned();
    scene.news.does(Does::HangUp);
    server.kill();
    scene.provider.ask("pay", &[&code]).good();
    let server = scene.place.serve();
    scene.until(1, "credited");
    let credited = scene.place.office(&["payments", "--all"]).good();
    assert_eq!((&credited[0]["account"], credited[0]["amount_paise"].as_i64()), (&account.into(), Some(due)));
    drop(server);
}

/// Whether anybody answers it is no affair of the tills: the server says so once, goes on, and stops when it is told to.
#[test]
#[ignore = "needs the released program"]
fn a_payment_service_that_does_not_answer_is_said_once_and_stops_nothing() {
    let scene = Scene::new();
    let Scene { place, provider, .. } = &scene;
    let silent = Front::open(Does::HangUp);
    ask_by(place, provider, &silent);
    let mut child = raseed(["office", "--data", &place.text("office"), "serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("asked for a pipe")).read_line(&mut first).expect("a line");
    let mut errors = BufReader::new(child.stderr.take().expect("asked for a pipe"));
    let mut notice = String::new();
    errors.read_line(&mut notice).expect("a line");
    let value: Value = serde_json::from_str(&notice).expect("a line of JSON");
    assert_eq!(value["notice"], "not-asked");
    let secret = fs::read_to_string(place.path("office").join("psp.secret")).expect("the secret");
    assert!(!notice.contains(secret.trim()) && !notice.contains("rzp_"), "{notice}");
    let address: Value = serde_json::from_str(&first).expect("a line of JSON");
    place.till("SAS07", address["listening"].as_str().expect("an address"));
    let told = Command::new("kill").arg(child.id().to_string()).status().expect("kill");
    assert!(told.success() && child.wait().expect("our own child").success(), "it stops as told");
    let mut rest = String::new();
    errors.read_to_string(&mut rest).expect("its end");
    assert_eq!(rest, "", "once");
}

#[test]
#[ignore = "needs the released program"]
fn a_code_of_the_payment_service_is_ordered_when_it_can_be_and_shown_only_if_it_is_right() {
    let scene = Scene::new();
    scene.codes_by_service();
    let door = Front::open(Does::HangUp);
    ask_by(&scene.place, &scene.provider, &door);
    let server = scene.serve();
    let till = scene.place.till("SAS07", &server.address);
    let [first, second] = [0, 1].map(|n| scene.place.accounts[n].clone());
    let asked = |account: &str, amount: &str| till.run(&["pay", amount, "--account", account]).good();
    let again =
        |payment: &Value| till.run(&["payment", payment["payment"].as_str().expect("a number"), "--ask"]).good();

    let waiting = asked(&first, "20");
    assert_eq!((&waiting["code"], &waiting["state"]), (&Value::Null, &"open".into()), "the payment service is down");

    door.does(http(
        r#"{"id":"qr_1","payment_amount":1000,"status":"active","image_content":"upi://pay?pa=a@b&am=1.00"}"#,
    ));
    let wrong = asked(&second, "10");
    assert_eq!((&wrong["code"], &wrong["state"]), (&Value::Null, &"open".into()), "a code for another amount");

    door.does(Does::Pass(scene.provider.url.replace("http://", "")));
    let shown = again(&waiting);
    let code = shown["code"].as_str().expect("it is there now").to_owned();
    let link = upi::read(&code).expect("a UPI link");
    assert_eq!((link.amount(), link.payee().as_str()), (Paise::new(2_000).ok(), "raseed.simulated@simbank"));
    assert_eq!(again(&wrong)["code"], Value::Null);
    assert_eq!(scene.provider.ask("state", &[]).good()["qr_codes"], 1);

    scene.provider.ask("pay", &[&code]).good();
    scene.until(1, "matched");
    let receipt = again(&waiting);
    assert_eq!((&receipt["account"], &receipt["amount_paise"]), (&first.into(), &2_000.into()), "{receipt}");
    till.run(&["sync"]).good();
    let ledger = scene.place.office(&["ledger", "--verify"]).good();
    assert_eq!(ledger["verified"]["findings"], Value::Array(Vec::new()), "{ledger}");
}

/// The head office asks its payment service by this door.
fn ask_by(place: &Place, provider: &Provider, door: &Front) {
    let path = place.path("office").join("psp.json");
    let config = fs::read_to_string(&path).expect("a configuration");
    let by_door = config.replace(&provider.url, &format!("http://{}", door.address));
    assert_ne!(config, by_door);
    fs::write(path, by_door).expect("a writable folder");
}

fn http(body: &str) -> Does {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
    Does::Say(format!("{head}{body}").into_bytes())
}
