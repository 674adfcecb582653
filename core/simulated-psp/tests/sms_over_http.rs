//! The head office's adapter for Exotel against the simulated gateway, over real HTTP on this machine.

#![allow(clippy::unwrap_used)] // the helpers of a test may stop it

use raseed_head_office::psp::Secret;
use raseed_head_office::sms::exotel::{Exotel, Settings};
use raseed_head_office::sms::{Outgoing, SmsError, SmsSender};
use raseed_simulated_psp::sms::{ACCOUNT, ENTITY, KEY, SENDER, SimulatedSms, SmsFault, SmsFaults, Text, serve};
use std::io::{Read, Write};
use std::net::TcpListener as Plain;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

struct World {
    gateway: Arc<SimulatedSms>,
    url: String,
    _runtime: Runtime,
}

impl World {
    fn new(gateway: SimulatedSms) -> World {
        let gateway = Arc::new(gateway);
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(serve(listener, Arc::clone(&gateway), std::future::pending()));
        World { gateway, url, _runtime: runtime }
    }

    fn plan(&self, plan: &[SmsFault]) {
        self.gateway.set_faults(SmsFaults { plan: plan.iter().copied().collect(), ..SmsFaults::default() }).unwrap();
    }
}

fn secret() -> Secret {
    Secret::new("simulated-token").unwrap()
}

fn gateway() -> SimulatedSms {
    SimulatedSms::new(7, secret())
}

fn settings(url: &str, key: &str) -> Settings {
    Settings::new(url, ACCOUNT, key, secret(), SENDER, ENTITY).unwrap()
}

fn bill() -> Outgoing {
    Outgoing {
        to: "90000 04821".parse().unwrap(),
        text: "जल & मल समिति\nकुल देना है: ₹390=100%+".into(),
        template: "1107000000000000002".parse().unwrap(),
        reference: "bill:SW/2611/1".into(),
    }
}

#[test]
fn a_phone_gets_exactly_what_was_said() {
    let world = World::new(gateway());
    let accepted = Exotel::new(&settings(&world.url, KEY)).send(&bill()).unwrap();
    let english = Outgoing { text: "Account: A-1\nTo pay: Rs. 390".into(), ..bill() };
    Exotel::new(&settings(&world.url, KEY)).send(&english).unwrap();
    let expected = Text {
        sid: accepted.id,
        to: "+919000004821".into(),
        body: bill().text,
        template: "1107000000000000002".into(),
        reference: "bill:SW/2611/1".into(),
    };
    assert_eq!(world.gateway.sent()[0], expected);
    assert_eq!(world.gateway.sent()[1].body, english.text);
}

#[test]
fn every_way_to_fail_is_told_from_the_others() {
    let world = World::new(gateway());
    let exotel = Exotel::new(&settings(&world.url, KEY));
    world.plan(&[SmsFault::AnswerLost, SmsFault::Busy, SmsFault::Refused, SmsFault::Unpaid, SmsFault::None]);
    let errors: Vec<SmsError> = (0..4).map(|_| exotel.send(&bill()).unwrap_err()).collect();
    let told: Vec<_> = errors.iter().map(|error| (error.code(), error.is_passing(), error.may_be_sent())).collect();
    let told: Vec<_> = told.iter().map(|(code, passing, sent)| (code.as_str(), *passing, *sent)).collect();
    let expected = [
        ("lost", true, true),
        ("busy", true, false),
        ("refused-400-34001", false, false),
        ("account-402", true, false),
    ];
    assert_eq!(told, expected);
    exotel.send(&bill()).unwrap();
    // The one whose answer was lost is there, too.
    assert_eq!(world.gateway.sent().len(), 2);
    for error in errors {
        assert!(!error.to_string().contains("4821") && !error.to_string().contains("template"), "{error}");
    }
}

#[test]
fn keys_that_are_not_known_are_the_accounts_trouble() {
    let world = World::new(gateway());
    assert_eq!(Exotel::new(&settings(&world.url, "other")).send(&bill()), Err(SmsError::Account(401)));
    assert!(world.gateway.sent().is_empty());
}

#[test]
fn nobody_there_is_surely_not_sent() {
    let listener = Plain::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert!(matches!(Exotel::new(&settings(&url, KEY)).send(&bill()), Err(SmsError::Unreachable(_))));
}

#[test]
fn an_answer_that_says_nothing_is_a_lost_one() {
    let long = format!("HTTP/1.1 200 OK\r\ncontent-length: 200000\r\n\r\n{}", " ".repeat(200_000));
    for (answer, is_lost) in [
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", true),
        ("HTTP/1.1 200 OK\r\ncontent-length: 30\r\n\r\n{\"SMSMes", true),
        ("HTTP/1.1 200 OK\r\ncontent-length: 37\r\n\r\n{\"SMSMessage\":{\"Sid\":\"9000004821 ok\"}}", true),
        (&long, true),
        ("HTTP/1.1 502 Bad\r\ncontent-length: 0\r\n\r\n", true),
        ("HTTP/1.1 302 Go\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n", false),
        ("no HTTP at all\r\n\r\n", true),
    ] {
        let listener = Plain::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let bytes = answer.to_owned();
        let served = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            let (mut asked, mut piece) = (Vec::new(), [0; 4096]);
            while !asked.windows(8).any(|part| part == b"SW%2F261") {
                let read = stream.read(&mut piece).unwrap();
                assert_ne!(read, 0);
                asked.extend_from_slice(&piece[..read]);
            }
            // The other side may have heard enough before the end.
            let _ = stream.write_all(bytes.as_bytes());
        });
        let error = Exotel::new(&settings(&url, KEY)).send(&bill()).unwrap_err();
        served.join().unwrap();
        assert_eq!(error.may_be_sent(), is_lost, "{answer:.60}: {error}");
    }
}

#[test]
fn a_gateway_that_was_killed_knows_what_it_sent() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("phones.jsonl");
    let world = World::new(gateway().with_file(&file).unwrap());
    Exotel::new(&settings(&world.url, KEY)).send(&bill()).unwrap();
    let sent = world.gateway.sent();
    drop(world);
    assert_eq!(gateway().with_file(&file).unwrap().sent(), sent);
}
