//! HTTP by `ureq` (rustls with ring): time-outs, bounded replies, gzip both ways, signed requests. No retries of its own.

use super::transport::{Call, SyncError, Transport, plain};
use flate2::Compression;
use flate2::write::GzEncoder;
use raseed_protocol::signed::Namespace;
use raseed_protocol::wire::http_signature::{Headers, Request};
use raseed_protocol::wire::{
    DayKeysReply, DayKeysRequest, EnrolReply, EnrolRequest, PaymentWords, Problem, UploadReply,
};
use serde::de::DeserializeOwned;
use std::io::{Read, Write};
use std::time::Duration;
use ureq::http::{Response, Uri};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Error};

/// Replies that are not book pages are small.
const MAX_REPLY: u64 = 1024 * 1024;

/// A transport over HTTP.
pub struct HttpTransport {
    agent: Agent,
}

impl HttpTransport {
    /// A transport that gives up on a connection after `connect` and on a whole exchange after `overall`.
    pub fn new(connect: Duration, overall: Duration) -> HttpTransport {
        HttpTransport::trusting(RootCerts::WebPki, connect, overall)
    }

    /// The same, for a head office whose certificate is vouched for by these authorities (PEM) and no others.
    ///
    /// # Errors
    /// [`SyncError::Nonsense`] if there is no certificate in the text.
    pub fn with_roots(pem: &[u8], connect: Duration, overall: Duration) -> Result<HttpTransport, SyncError> {
        let certificate = |item| if let Ok(PemItem::Certificate(one)) = item { Some(one) } else { None };
        let roots: Vec<Certificate<'static>> = parse_pem(pem).filter_map(certificate).collect();
        if roots.is_empty() {
            return Err(SyncError::Nonsense("there is no certificate in the file of TLS authorities".to_owned()));
        }
        Ok(HttpTransport::trusting(RootCerts::new_with_certs(&roots), connect, overall))
    }

    fn trusting(roots: RootCerts, connect: Duration, overall: Duration) -> HttpTransport {
        let agent = Agent::config_builder()
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .timeout_connect(Some(connect))
            .timeout_global(Some(overall))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("raseed-till/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        HttpTransport { agent }
    }
}

impl Transport for HttpTransport {
    fn enrol(&mut self, office_url: &str, request: &EnrolRequest) -> Result<EnrolReply, SyncError> {
        let body = serde_json::to_vec(request).expect("a request has a JSON form");
        let sent = self
            .agent
            .post(format!("{office_url}/v1/enrol"))
            .header("content-type", "application/json")
            .send(&body[..]);
        json(&read(sent, MAX_REPLY)?)
    }

    fn upload(&mut self, call: &Call, run: &[u8]) -> Result<UploadReply, SyncError> {
        let query = format!("storage={}", call.storage);
        self.post(call, "journal", &query, (raseed_protocol::journal::MEDIA_TYPE, Some("gzip")), &gzip(run))
    }

    fn day_keys(&mut self, call: &Call, request: &DayKeysRequest) -> Result<DayKeysReply, SyncError> {
        let body = serde_json::to_vec(request).expect("a request has a JSON form");
        self.post(call, "keys", "", ("application/json", None), &body)
    }

    fn payment_words(&mut self, call: &Call, since: u64) -> Result<PaymentWords, SyncError> {
        json(&self.get(call, "payments", &format!("since={since}"), MAX_REPLY)?)
    }

    fn book_page(&mut self, call: &Call, since: u64, most_bytes: usize) -> Result<Vec<u8>, SyncError> {
        let most = u64::try_from(Namespace::BookPage.max_len()).expect("a few megabytes");
        self.get(call, "book", &format!("since={since}&most={most_bytes}"), most)
    }
}

impl HttpTransport {
    /// A signed message to the till's own address, of this media type and packed like this.
    fn post<T: DeserializeOwned>(
        &self,
        call: &Call,
        what: &str,
        query: &str,
        (kind, packing): (&str, Option<&str>),
        body: &[u8],
    ) -> Result<T, SyncError> {
        let path = format!("/v1/tills/{}/{what}", call.till);
        let headers = sign(call, "POST", &path, query, body)?;
        let mark = if query.is_empty() { "" } else { "?" };
        let mut request =
            self.agent.post(format!("{}{path}{mark}{query}", call.office_url)).header("content-type", kind);
        if let Some(packing) = packing {
            request = request.header("content-encoding", packing);
        }
        let sent = request
            .header("content-digest", &headers.content_digest)
            .header("signature-input", &headers.signature_input)
            .header("signature", &headers.signature)
            .send(body);
        json(&read(sent, MAX_REPLY)?)
    }

    /// A signed question under the till's own address.
    fn get(&self, call: &Call, what: &str, query: &str, most: u64) -> Result<Vec<u8>, SyncError> {
        let path = format!("/v1/tills/{}/{what}", call.till);
        let headers = sign(call, "GET", &path, query, b"")?;
        let sent = self
            .agent
            .get(format!("{}{path}?{query}", call.office_url))
            .header("accept-encoding", "gzip")
            .header("content-digest", &headers.content_digest)
            .header("signature-input", &headers.signature_input)
            .header("signature", &headers.signature)
            .call();
        read(sent, most)
    }
}

fn sign(call: &Call, method: &str, path: &str, query: &str, body: &[u8]) -> Result<Headers, SyncError> {
    let uri: Uri = call.office_url.parse().map_err(|_| SyncError::Nonsense("the address is not one".to_owned()))?;
    let authority = uri.authority().map(|authority| authority.as_str().to_ascii_lowercase()).unwrap_or_default();
    let request = Request { method, authority: &authority, path, query, body };
    request.sign(call.created_s, call.key).map_err(|error| SyncError::Unreachable(error.to_string()))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len()), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("writing to memory cannot fail")
}

/// The body of a good answer, unpacked and bounded; anything else as an error.
fn read(sent: Result<Response<Body>, Error>, max: u64) -> Result<Vec<u8>, SyncError> {
    let mut response = sent.map_err(|error| explain(&error))?;
    let status = response.status();
    let gzipped = response.headers().get("content-encoding").is_some_and(|value| value == "gzip");
    let packed = response.body_mut().with_config().limit(max).read_to_vec().map_err(|error| explain(&error))?;
    let body = if gzipped { gunzip(&packed, max)? } else { packed };
    if status.is_success() {
        return Ok(body);
    }
    match serde_json::from_slice::<Problem>(&body) {
        Ok(problem) => Err(SyncError::Refused(Problem { detail: plain(&problem.detail, 400), ..problem })),
        Err(_) if status.is_server_error() => Err(SyncError::Interrupted(format!("status {status}"))),
        Err(_) => Err(SyncError::Nonsense(format!("status {status}"))),
    }
}

fn gunzip(packed: &[u8], max: u64) -> Result<Vec<u8>, SyncError> {
    let mut body = Vec::new();
    let mut decoder = flate2::read::GzDecoder::new(packed).take(max + 1);
    decoder.read_to_end(&mut body).map_err(|error| SyncError::Interrupted(error.to_string()))?;
    if u64::try_from(body.len()).is_ok_and(|length| length <= max) {
        Ok(body)
    } else {
        Err(SyncError::Nonsense("the answer is too large".to_owned()))
    }
}

fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, SyncError> {
    serde_json::from_slice(body).map_err(|error| {
        if error.is_eof() {
            SyncError::Interrupted("the answer was cut in half".to_owned())
        } else {
            SyncError::Nonsense("the answer cannot be read".to_owned())
        }
    })
}

fn explain(error: &Error) -> SyncError {
    match error {
        Error::HostNotFound | Error::ConnectionFailed => SyncError::Unreachable(error.to_string()),
        Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => SyncError::Unreachable(error.to_string()),
        Error::Io(io) if io.kind() == std::io::ErrorKind::ConnectionRefused => SyncError::Unreachable(io.to_string()),
        // How a TLS handshake that came to its end and was refused is told: trying again brings the same.
        Error::Io(io) if io.kind() == std::io::ErrorKind::InvalidData => untrusted(&io.to_string()),
        Error::Timeout(_) | Error::Io(_) => SyncError::Interrupted(error.to_string()),
        Error::BodyExceedsLimit(_) => SyncError::Nonsense("the answer is too large".to_owned()),
        // What answers does not speak HTTP: trying again brings the same.
        Error::BadUri(_) | Error::Http(_) | Error::Protocol(_) => SyncError::Nonsense(error.to_string()),
        Error::Tls(_) | Error::Rustls(_) => untrusted(&error.to_string()),
        _ => SyncError::Interrupted(error.to_string()),
    }
}

fn untrusted(what: &str) -> SyncError {
    SyncError::Nonsense(format!("its TLS certificate is not trusted: {what}; look at this device's clock too"))
}
