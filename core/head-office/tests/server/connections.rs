//! Clients that are slow, broken or many, and a server that stops.

use crate::house::House;
use raseed_head_office::server::Limits;
use raseed_protocol::wire::{MAX_UPLOAD_BYTES, ProblemCode, UploadReply};
use std::net::TcpStream;
use std::time::Duration;

const SHORT: Duration = Duration::from_millis(50);

#[test]
fn a_head_that_does_not_come_is_not_waited_for() {
    let house = House::within(Limits { head: SHORT, ..Limits::default() });
    for begun in ["", "G", "GET /v1/health HTTP/1.1\r\nhost: x\r\n"] {
        let mut client = house.connect();
        client.send(begun.as_bytes());
        // Whatever it says, it hangs up.
        client.rest();
    }
    let mut idle = house.connect();
    assert_eq!(idle.ask(&house.call("GET", "/v1/health")).status, 200);
    assert!(idle.rest().is_empty());
}

#[test]
fn those_who_hold_every_place_do_not_hold_it_for_long() {
    let house = House::within(Limits { head: SHORT, connections: 2, ..Limits::default() });
    let _slow: Vec<_> = (0..6).map(|_| house.connect()).collect();
    assert_eq!(house.ask(&house.call("GET", "/v1/health")).status, 200);
}

#[test]
fn a_body_that_stands_still_is_not_waited_for() {
    let house = House::within(Limits { still: SHORT, ..Limits::default() });
    let slow = house.upload(&house.till.run(1..=1));
    let mut client = house.connect();
    client.send(&slow.head());
    client.send(&slow.body[..10]);
    let reply = client.reply();
    assert_eq!(reply.problem(), (408, ProblemCode::Unavailable));
    assert_eq!(reply.header("connection"), Some("close"));
    assert!(client.rest().is_empty());
}

#[test]
fn a_body_that_never_ends_is_not_waited_for() {
    let house = House::within(Limits { body: SHORT, ..Limits::default() });
    let mut client = house.connect();
    client.send(&house.upload(b"never sent").head());
    assert_eq!(client.reply().problem(), (408, ProblemCode::Unavailable));
    assert!(client.rest().is_empty());
}

#[test]
fn a_stranger_who_sends_byte_by_byte_is_not_borne_for_long() {
    let house = House::within(Limits { still: 10 * SHORT, ..Limits::default() });
    let mut client = house.connect();
    client.send(&house.upload(&[0; MAX_UPLOAD_BYTES]).without("signature").head());
    let sent = (0..MAX_UPLOAD_BYTES).take_while(|_| client.try_send(b"0")).count();
    assert!(sent < MAX_UPLOAD_BYTES);
}

#[test]
fn a_connection_does_not_live_for_ever() {
    let house = House::within(Limits { connection: SHORT, ..Limits::default() });
    let mut client = house.connect();
    assert_eq!(client.ask(&house.call("GET", "/v1/health")).status, 200);
    assert!(client.rest().is_empty());
}

#[test]
fn garbage_harms_nobody() {
    let house = House::new();
    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(70_000));
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(1_000));
    let tls = "\u{16}\u{3}\u{1}\u{2}\0\u{1}";
    for garbage in ["\0\0\0\0\r\n\r\n", "HELO\r\n\r\n", tls, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &long, &many] {
        let mut client = house.connect();
        client.send_what_it_takes(garbage.as_bytes());
        let answer = client.what_comes();
        assert!(!answer.starts_with(b"HTTP/1.1 2"), "{}", String::from_utf8_lossy(&answer));
    }
    assert_eq!(house.ask(&house.call("GET", "/v1/health")).status, 200);
}

#[test]
fn a_request_that_has_begun_is_ended_before_the_server_is() {
    let mut house = House::new();
    let call = house.upload(&house.till.run(1..=1)).header("expect", "100-continue");
    let mut client = house.connect();
    client.send(&call.head());
    assert_eq!(client.reply().status, 100, "the server waits for the body");
    house.stop();
    while TcpStream::connect(house.address).is_ok() {}
    client.send(&call.body);
    let reply = client.reply();
    assert_eq!(reply.json::<UploadReply>().refused, None);
    assert!(client.rest().is_empty());
    house.ended().unwrap();
}

#[test]
fn a_server_that_stops_waits_for_nobody_who_only_listens() {
    let mut house = House::new();
    let mut idle = house.connect();
    assert_eq!(idle.ask(&house.call("GET", "/v1/health")).status, 200);
    house.stop();
    assert!(idle.rest().is_empty());
    house.ended().unwrap();
}

#[test]
fn a_server_that_stops_does_not_wait_for_ever() {
    let mut house = House::within(Limits { grace: SHORT, ..Limits::default() });
    let mut client = house.connect();
    client.send(&house.upload(b"never sent").header("expect", "100-continue").head());
    assert_eq!(client.reply().status, 100);
    house.stop();
    house.ended().unwrap();
}
