//! HTTP by `ureq`: basic authentication, time-outs, bounded answers. It repeats nothing by itself and logs nothing.

use super::settings::Settings;
use super::shapes::Failure;
use crate::psp::PspError;
use data_encoding::BASE64;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::io::ErrorKind;
use ureq::http::Response;
use ureq::{Agent, Body, Error, Timeout};
use zeroize::Zeroizing;

/// A page of a hundred payments is some 200 kB.
const MAX_ANSWER: u64 = 4 * 1024 * 1024;

/// The most characters of the PSP's own words that are shown.
const MAX_WORDS: usize = 200;

pub(super) struct Http {
    agent: Agent,
    url: String,
    authorization: Zeroizing<String>,
}

impl Http {
    pub fn new(settings: &Settings) -> Http {
        let agent = Agent::config_builder()
            .timeout_connect(Some(settings.connect))
            .timeout_global(Some(settings.overall))
            .http_status_as_error(false)
            // A redirection would carry the keys to somewhere else.
            .max_redirects(0)
            .user_agent(concat!("raseed-head-office/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        let keys = Zeroizing::new(format!("{}:{}", settings.key_id, settings.key_secret.expose()));
        let authorization = Zeroizing::new(format!("Basic {}", *Zeroizing::new(BASE64.encode(keys.as_bytes()))));
        Http { agent, url: settings.url.clone(), authorization }
    }

    pub fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, PspError> {
        let asked = self.agent.get(format!("{}{path}", self.url)).header("authorization", self.authorization.as_str());
        read(asked.call())
    }

    pub fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, PspError> {
        let asked = self.agent.post(format!("{}{path}", self.url)).header("authorization", self.authorization.as_str());
        read(asked.header("content-type", "application/json").send(body.to_string().as_bytes()))
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
