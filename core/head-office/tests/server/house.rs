//! A server on a port of its own, and a client that can also misbehave.

use crate::document;
use crate::paying::paying_office;
use crate::support::{Fixture, TestTill, URL, account, demand, entropy, now};
use flate2::Compression;
use flate2::write::GzEncoder;
use raseed_head_office::Office;
use raseed_head_office::psp::Secret;
use raseed_head_office::psp::razorpay::{Razorpay, Settings};
use raseed_head_office::server::{Limits, Tls, serve_within};
use raseed_protocol::ids::TillId;
use raseed_protocol::journal::MEDIA_TYPE;
use raseed_protocol::keys::{Signer, SigningKey};
use raseed_protocol::wire::http_signature::Request;
use raseed_protocol::wire::{EnrolRequest, Problem, ProblemCode};
use serde::de::DeserializeOwned;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// So that a server that hangs fails the test instead of holding it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A head office that serves, and the till SAS07 that is enrolled with it.
pub struct House {
    pub office: Arc<Office>,
    pub till: TestTill,
    pub address: SocketAddr,
    folder: PathBuf,
    runtime: Runtime,
    stop: Option<oneshot::Sender<()>>,
    served: Option<JoinHandle<std::io::Result<()>>>,
    _dir: TempDir,
}

impl House {
    pub fn new() -> House {
        House::within(Limits::default())
    }

    pub fn within(limits: Limits) -> House {
        House::of(limits, None, |office| office)
    }

    /// Behind TLS.
    pub fn with_tls(limits: Limits, tls: Tls) -> House {
        House::of(limits, Some(tls), |office| office)
    }

    /// With a payment service that can be heard, and never reached.
    pub fn with_psp(limits: Limits) -> House {
        let secret = |text| Secret::new(text).unwrap();
        let settings =
            Settings::new("http://127.0.0.1:1", "rzp_test_1", secret("key-secret-1"), secret("webhook-secret-1"))
                .unwrap();
        House::of(limits, None, |office| office.with_psp(Box::new(Razorpay::new(settings, Arc::new(now)))))
    }

    /// With rules by which bills are paid by UPI.
    pub fn paying(limits: Limits) -> House {
        House::over(paying_office(), limits, None, |office| office)
    }

    fn of(limits: Limits, tls: Option<Tls>, change: impl FnOnce(Office) -> Office) -> House {
        let fixture = Fixture::with(vec![account("A-1", vec![demand("B-1", "2026-10", 30_000, 5_000)])]);
        House::over(fixture, limits, tls, change)
    }

    fn over(fixture: Fixture, limits: Limits, tls: Option<Tls>, change: impl FnOnce(Office) -> Office) -> House {
        let till = fixture.till("SAS07", 7);
        let Fixture { office, folder, _dir } = fixture;
        let office = Arc::new(change(office));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let shutdown = async { stopped.await.unwrap_or_default() };
        let served = runtime.spawn(serve_within(limits, tls, listener, Arc::clone(&office), now, shutdown));
        House { office, till, address, folder, runtime, stop: Some(stop), served: Some(served), _dir }
    }

    /// One request on a connection of its own.
    pub fn ask(&self, call: &Call) -> Reply {
        self.connect().ask(call)
    }

    pub fn connect(&self) -> Client {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Client(BufReader::new(stream))
    }

    /// A call with our own host.
    pub fn call(&self, method: &str, target: &str) -> Call {
        let headers = vec![("host".into(), self.address.to_string())];
        Call { method: method.into(), target: target.into(), headers, body: Vec::new() }
    }

    /// The upload of a run by the house's till.
    pub fn upload(&self, run: &[u8]) -> Call {
        let path = format!("/v1/tills/{}/journal", self.till.till);
        self.call("POST", &path).header("content-type", MEDIA_TYPE).body(run).signed(&self.till.key)
    }

    /// The same, packed.
    pub fn packed_upload(&self, run: &[u8]) -> Call {
        let path = format!("/v1/tills/{}/journal", self.till.till);
        let call = self.call("POST", &path).header("content-type", MEDIA_TYPE).header("content-encoding", "gzip");
        call.body(&gzip(run)).signed(&self.till.key)
    }

    /// The enrolment of a new device as the house's till.
    pub fn enrolment(&self, seed: u8) -> Call {
        self.enrolment_of(seed, &SigningKey::from_seed(&[seed; 32]))
    }

    /// The same, with this key.
    pub fn enrolment_of(&self, seed: u8, key: &SigningKey) -> Call {
        let link = self.office.new_enrolment(&self.till.till, URL, now(), &mut entropy(seed)).unwrap();
        self.enrolment_with(&EnrolRequest::new(link.code, key, vec![]).unwrap())
    }

    pub fn enrolment_with(&self, request: &EnrolRequest) -> Call {
        let call = self.call("POST", "/v1/enrol").header("content-type", "application/json");
        call.body(&serde_json::to_vec(request).unwrap())
    }

    /// Takes the books away under the running server.
    pub fn lose_the_books(&self) {
        let books = rusqlite::Connection::open(self.folder.join("office.sqlite")).unwrap();
        books.execute_batch("ALTER TABLE tenant RENAME TO lost_tenant; ALTER TABLE till RENAME TO lost_till").unwrap();
    }

    pub fn book(&self, till: &TillId, since: u64) -> Call {
        self.call("GET", &format!("/v1/tills/{till}/book?since={since}"))
    }

    /// Asks the server to stop; does not wait.
    pub fn stop(&mut self) {
        drop(self.stop.take());
    }

    /// Waits until the server has ended.
    pub fn ended(&mut self) -> std::io::Result<()> {
        let served = self.served.take().unwrap();
        self.runtime.block_on(async { tokio::time::timeout(PATIENCE, served).await }).unwrap().unwrap()
    }
}

/// A request before it is sent.
#[derive(Clone)]
pub struct Call {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Call {
    pub fn header(mut self, name: &str, value: &str) -> Call {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.into(), value.into()));
        self
    }

    pub fn without(mut self, name: &str) -> Call {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    pub fn body(mut self, body: &[u8]) -> Call {
        self.body = body.to_vec();
        self
    }

    /// Signs what it is now.
    pub fn signed(self, key: &dyn Signer) -> Call {
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        let (_, authority) = self.headers.iter().find(|(name, _)| name == "host").unwrap();
        let request = Request { method: &self.method, authority, path, query, body: &self.body };
        let headers = request.sign(1_795_000_000, key).unwrap();
        self.header("content-digest", &headers.content_digest)
            .header("signature-input", &headers.signature_input)
            .header("signature", &headers.signature)
    }

    /// Everything before the body.
    pub fn head(&self) -> Vec<u8> {
        let mut text = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        let announced = self.headers.iter().any(|(name, _)| name == "content-length" || name == "transfer-encoding");
        if !announced && self.method != "GET" {
            text.push_str(&format!("content-length: {}\r\n", self.body.len()));
        }
        format!("{text}\r\n").into_bytes()
    }

    pub fn bytes(&self) -> Vec<u8> {
        [self.head(), self.body.clone()].concat()
    }
}

/// One connection.
pub struct Client(BufReader<TcpStream>);

impl Client {
    pub fn ask(&mut self, call: &Call) -> Reply {
        self.send(&call.bytes());
        let reply = self.reply();
        document::check(call, &reply);
        reply
    }

    pub fn send(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).unwrap();
    }

    /// Reads one whole answer.
    pub fn reply(&mut self) -> Reply {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the server hung up");
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let status = lines.remove(0).split(' ').nth(1).unwrap().parse().unwrap();
        let headers: Vec<_> = lines.iter().map(|line| line.split_once(": ").unwrap()).collect();
        let headers: Vec<_> = headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let mut reply = Reply { status, headers, body: Vec::new() };
        reply.body = vec![0; reply.header("content-length").map_or(0, |length| length.parse().unwrap())];
        self.0.read_exact(&mut reply.body).unwrap();
        reply
    }

    /// False once the server has hung up.
    pub fn try_send(&mut self, bytes: &[u8]) -> bool {
        self.0.get_mut().write_all(bytes).is_ok()
    }

    /// Sends as much as the server lets it.
    pub fn send_what_it_takes(&mut self, bytes: &[u8]) {
        let _ = self.0.get_mut().write_all(bytes);
        let _ = self.0.get_mut().shutdown(Shutdown::Write);
    }

    /// Everything until the server hangs up, however it does that.
    pub fn what_comes(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let _ = self.0.read_to_end(&mut bytes);
        bytes
    }

    /// Everything until the server hangs up.
    pub fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        self.0.read_to_end(&mut rest).unwrap();
        rest
    }
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        serde_json::from_slice(&self.body).unwrap()
    }

    /// It must be a refusal in our form.
    #[track_caller]
    pub fn problem(&self) -> (u16, ProblemCode) {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let problem: Problem = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem.status, self.status);
        assert!(problem.detail.len() > 20, "it says what to do: {}", problem.detail);
        (problem.status, problem.code)
    }
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
