//! The till's end of the line: every call becomes the bytes of a signed request, and what comes back is read as strictly as over a
//! socket. Only the socket is missing.

use crate::message::{Answer, Message};
use crate::network::Network;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use raseed_protocol::journal::MEDIA_TYPE;
use raseed_protocol::wire::http_signature::Request;
use raseed_protocol::wire::{
    DayKeysReply, DayKeysRequest, EnrolReply, EnrolRequest, PaymentWords, Problem, UploadReply,
};
use raseed_till::sync::{Call, SyncError, Transport, Wait};
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::io::{Read, Write};
use std::rc::Rc;

/// Where the head office is, in every link of this house.
pub const URL: &str = "https://office.example";

/// A line into the network.
pub struct Cable(pub Rc<RefCell<Network>>);

/// Waits in the network's time; sometimes a person has had enough.
pub struct Patience(pub Rc<RefCell<Network>>);

impl Wait for Patience {
    fn wait(&mut self, milliseconds: u64) -> bool {
        let mut network = self.0.borrow_mut();
        network.pass(milliseconds);
        !network.dice.one_in(12)
    }
}

impl Transport for Cable {
    fn enrol(&mut self, office_url: &str, request: &EnrolRequest) -> Result<EnrolReply, SyncError> {
        let body = serde_json::to_vec(request).expect("a request has a JSON form");
        let headers = vec![("host", authority(office_url)), ("content-type", "application/json".to_owned())];
        let message = Message { method: "POST", path: "/v1/enrol".to_owned(), query: String::new(), headers, body };
        json(&self.exchange(message)?)
    }

    fn upload(&mut self, call: &Call, run: &[u8]) -> Result<UploadReply, SyncError> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        let body = encoder.write_all(run).and_then(|()| encoder.finish()).expect("writing to memory cannot fail");
        let mut message = signed(call, "POST", "journal", "", body);
        message.headers.push(("content-type", MEDIA_TYPE.to_owned()));
        message.headers.push(("content-encoding", "gzip".to_owned()));
        json(&self.exchange(message)?)
    }

    fn day_keys(&mut self, call: &Call, request: &DayKeysRequest) -> Result<DayKeysReply, SyncError> {
        let body = serde_json::to_vec(request).expect("a request has a JSON form");
        let mut message = signed(call, "POST", "keys", "", body);
        message.headers.push(("content-type", "application/json".to_owned()));
        json(&self.exchange(message)?)
    }

    fn payment_words(&mut self, call: &Call, since: u64) -> Result<PaymentWords, SyncError> {
        json(&self.exchange(signed(call, "GET", "payments", &format!("since={since}"), Vec::new()))?)
    }

    fn book_page(&mut self, call: &Call, since: u64, most_bytes: usize) -> Result<Vec<u8>, SyncError> {
        let mut message = signed(call, "GET", "book", &format!("since={since}&most={most_bytes}"), Vec::new());
        message.headers.push(("accept-encoding", "gzip".to_owned()));
        self.exchange(message)
    }
}

impl Cable {
    fn exchange(&mut self, message: Message) -> Result<Vec<u8>, SyncError> {
        let answer = self.0.borrow_mut().exchange(message)?;
        read(answer)
    }
}

/// A request under the till's own address, signed with its key.
fn signed(call: &Call, method: &'static str, what: &str, query: &str, body: Vec<u8>) -> Message {
    let path = format!("/v1/tills/{}/{what}", call.till);
    let host = authority(call.office_url);
    let request = Request { method, authority: &host, path: &path, query, body: &body };
    let signature = request.sign(call.created_s, call.key).expect("the till's key signs");
    let headers = vec![
        ("host", host),
        ("content-digest", signature.content_digest),
        ("signature-input", signature.signature_input),
        ("signature", signature.signature),
    ];
    Message { method, path, query: query.to_owned(), headers, body }
}

fn authority(url: &str) -> String {
    url.trim_start_matches("https://").to_owned()
}

/// The body of a good answer, unpacked; anything else as an error.
fn read(answer: Answer) -> Result<Vec<u8>, SyncError> {
    let body = if answer.gzipped { unpack(&answer.body)? } else { answer.body };
    match answer.status {
        200..=299 => Ok(body),
        status => match serde_json::from_slice::<Problem>(&body) {
            Ok(problem) => Err(SyncError::Refused(problem)),
            Err(_) if status >= 500 => Err(SyncError::Interrupted(format!("status {status}"))),
            Err(_) => Err(SyncError::Nonsense(format!("status {status}"))),
        },
    }
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>, SyncError> {
    let mut body = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut body).map_err(|error| SyncError::Interrupted(error.to_string()))?;
    Ok(body)
}

fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, SyncError> {
    serde_json::from_slice(body).map_err(|error| match error.is_eof() {
        true => SyncError::Interrupted("the answer was cut in half".to_owned()),
        false => SyncError::Nonsense("the answer cannot be read".to_owned()),
    })
}
