//! What Exotel answers, in a bounded size.

use super::settings::Settings;
use crate::provider_http::ProviderHttp;
use crate::sms::SmsError;
use serde::Deserialize;
use serde_json::Value;
use std::io::ErrorKind;
use ureq::http::Response;
use ureq::{Body, Error, Timeout};

/// An answer is about one message.
const MAX_ANSWER: u64 = 64 * 1024;

/// The longest id or code that is believed, in characters.
const MAX_NAME: usize = 64;

pub(super) struct Http(ProviderHttp);

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "SMSMessage")]
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "Sid")]
    sid: String,
}

#[derive(Deserialize)]
struct Failure {
    #[serde(rename = "RestException")]
    exception: Exception,
}

#[derive(Deserialize)]
struct Exception {
    /// A number or a word.
    #[serde(rename = "Code", default)]
    code: Value,
}

impl Http {
    pub fn new(settings: &Settings) -> Http {
        let times = [settings.connect, settings.overall];
        Http(ProviderHttp::new(&settings.url, &settings.key, settings.token.expose(), times))
    }

    /// Posts a form; the id of the message that was taken.
    pub fn post<const N: usize>(&self, path: &str, form: [(&str, &str); N]) -> Result<String, SmsError> {
        let answer = self.0.post(path).send_form(form);
        read(answer.map_err(|error| explain(&error))?)
    }
}

fn read(mut answer: Response<Body>) -> Result<String, SmsError> {
    let status = answer.status();
    let body = answer.body_mut().with_config().limit(MAX_ANSWER).read_to_vec();
    if status.is_success() {
        // It was taken, only its id did not come: nothing is gained by sending it again, yet nothing proves it either.
        let body = body.map_err(|_| SmsError::Lost("it was cut in half".to_owned()))?;
        let sid = serde_json::from_slice::<Answer>(&body).ok().and_then(|answer| name(&answer.message.sid));
        return sid.ok_or_else(|| SmsError::Lost("it has an unknown form".to_owned()));
    }
    Err(match status.as_u16() {
        status @ (401..=404) => SmsError::Account(status),
        status @ (429 | 503) => SmsError::Busy(status),
        status if status >= 500 => SmsError::Lost(format!("status {status}")),
        status => SmsError::Refused { status, code: body.ok().and_then(|body| code(&body)).unwrap_or_default() },
    })
}

fn code(body: &[u8]) -> Option<String> {
    match serde_json::from_slice::<Failure>(body).ok()?.exception.code {
        Value::Number(number) => name(&number.to_string()),
        Value::String(text) => name(&text),
        _ => None,
    }
}

/// A short name in plain letters, which can hold no message and no sentence.
fn name(text: &str) -> Option<String> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    ((1..=MAX_NAME).contains(&text.len()) && text.bytes().all(fits)).then(|| text.to_owned())
}

/// Where it is not certain that nothing was sent, it counts as lost.
fn explain(error: &Error) -> SmsError {
    match error {
        Error::HostNotFound | Error::ConnectionFailed => SmsError::Unreachable("no connection".to_owned()),
        Error::Timeout(Timeout::Connect | Timeout::Resolve) => SmsError::Unreachable("too slow".to_owned()),
        Error::Io(io) if io.kind() == ErrorKind::ConnectionRefused => SmsError::Unreachable(io.kind().to_string()),
        Error::Tls(_) | Error::Rustls(_) => SmsError::Unreachable("its certificate is not believed".to_owned()),
        Error::Timeout(_) => SmsError::Lost("too slow".to_owned()),
        _ => SmsError::Lost("the connection broke".to_owned()),
    }
}
