//! What Razorpay answers, in a bounded size.

use super::settings::Settings;
use super::shapes::Failure;
use crate::provider_http::ProviderHttp;
use crate::psp::PspError;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::io::ErrorKind;
use ureq::http::Response;
use ureq::{Body, Error, Timeout};

/// A page of a hundred payments is some 200 kB.
const MAX_ANSWER: u64 = 4 * 1024 * 1024;

/// The most characters of the PSP's own words that are shown.
const MAX_WORDS: usize = 200;

pub(super) struct Http(ProviderHttp);

impl Http {
    pub fn new(settings: &Settings) -> Http {
        let times = [settings.connect, settings.overall];
        Http(ProviderHttp::new(&settings.url, &settings.key_id, settings.key_secret.expose(), times))
    }

    pub fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, PspError> {
        read(self.0.get(path).call())
    }

    pub fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, PspError> {
        read(self.0.post(path).header("content-type", "application/json").send(body.to_string().as_bytes()))
    }
}

fn read<T: DeserializeOwned>(answer: Result<Response<Body>, Error>) -> Result<T, PspError> {
    let mut answer = answer.map_err(|error| explain(&error))?;
    let status = answer.status();
    let body = answer.body_mut().with_config().limit(MAX_ANSWER).read_to_vec().map_err(|error| explain(&error))?;
    if !status.is_success() {
        let words = serde_json::from_slice::<Failure>(&body).map(|failure| failure.error.description);
        let what = words.unwrap_or_else(|_| "without saying why".to_owned());
        let what = what.chars().filter(|c| !c.is_control()).take(MAX_WORDS).collect();
        return Err(PspError::Refused { status: status.as_u16(), what });
    }
    serde_json::from_slice(&body).map_err(|error| match error.is_eof() {
        true => PspError::Interrupted("it was cut in half".to_owned()),
        // Where, not what: the answer may hold a payer's name.
        false => PspError::Nonsense(format!("unknown form at line {}, column {}", error.line(), error.column())),
    })
}

fn explain(error: &Error) -> PspError {
    match error {
        Error::HostNotFound | Error::ConnectionFailed => PspError::Unreachable(error.to_string()),
        Error::Timeout(Timeout::Connect | Timeout::Resolve) => PspError::Unreachable(error.to_string()),
        Error::Io(io) if io.kind() == ErrorKind::ConnectionRefused => PspError::Unreachable(io.to_string()),
        Error::Tls(_) | Error::Rustls(_) => PspError::Unreachable(error.to_string()),
        Error::BodyExceedsLimit(_) => PspError::Nonsense("it is too large".to_owned()),
        // What answers does not speak HTTP: asking again brings the same.
        Error::BadUri(_) | Error::Http(_) | Error::Protocol(_) => PspError::Nonsense(error.to_string()),
        _ => PspError::Interrupted(error.to_string()),
    }
}
