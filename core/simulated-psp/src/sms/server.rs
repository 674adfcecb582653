//! The simulated gateway over HTTP: Exotel's send API, and controls beside it (`/simulate/…`) that ask for no key. So it must
//! listen on this machine alone, which is where the program that starts it puts it.

use super::{ACCOUNT, ENTITY, KEY, SENDER, SimulatedSms, SmsFault, SmsFaults, Text};
use crate::server::{AnswerLost, connection};
use axum::body::Bytes;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use data_encoding::BASE64;
use serde_json::json;
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// The longest message, in characters, by the documentation of the API.
const MAX_BODY: usize = 2_000;

/// Serves until `shutdown` is there; what is under way then is cut off.
///
/// # Errors
/// Only if the listener itself breaks.
pub async fn serve(
    listener: TcpListener,
    sms: Arc<SimulatedSms>,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let router = Router::new()
        .route("/v1/Accounts/{account}/Sms/send.json", post(send))
        .route("/simulate/sent", get(sent))
        .route("/simulate/faults", post(faults))
        .fallback(async || refused(404, "34404", "Not found"))
        .with_state(sms);
    let mut tasks = JoinSet::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let (stream, _) = tokio::select! {
            () = &mut shutdown => return Ok(()),
            taken = listener.accept() => taken?,
        };
        tasks.spawn(connection(stream, router.clone()));
        while tasks.try_join_next().is_some() {}
    }
}

async fn send(
    State(sms): State<Arc<SimulatedSms>>,
    Path(account): Path<String>,
    headers: HeaderMap,
    form: Bytes,
) -> Response {
    let keys = format!("Basic {}", BASE64.encode(format!("{KEY}:{}", sms.token.expose()).as_bytes()));
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if given != Some(keys.as_str()) || account != ACCOUNT {
        return refused(401, "34010", "Authentication failed");
    }
    let (fault, delay_ms) = sms.next_fault();
    if delay_ms > 0 {
        sleep(Duration::from_millis(delay_ms)).await;
    }
    match fault {
        SmsFault::Busy => return refused(503, "34503", "Please try again later"),
        SmsFault::Refused => return refused(400, "34001", "The template is not registered"),
        SmsFault::Unpaid => return refused(402, "34402", "Nothing is left to spend"),
        SmsFault::None | SmsFault::AnswerLost => {}
    }
    let Some(text) = text_of(&form) else { return refused(400, "34001", "A field is missing or not registered") };
    let Ok(text) = sms.take(text) else { return refused(500, "34500", "The file cannot be written") };
    let mut response = Json(json!({ "SMSMessage": {
        "Sid": text.sid, "AccountSid": ACCOUNT, "From": SENDER, "To": text.to, "Body": text.body, "Status": "queued",
        "Direction": "outbound-api", "DetailedStatusCode": 21010, "DetailedStatus": "PENDING_TO_OPERATOR",
        "CustomField": text.reference,
    }}))
    .into_response();
    if fault == SmsFault::AnswerLost {
        response.extensions_mut().insert(AnswerLost);
    }
    response
}

/// The message in a form; `None` if the gateway or the operators would not take it.
fn text_of(form: &[u8]) -> Option<Text> {
    let mut fields: HashMap<_, _> = form_urlencoded::parse(form).into_owned().collect();
    let is = |name: &str, expected: &str| fields.get(name).is_some_and(|value| value == expected);
    if !is("From", SENDER) || !is("DltEntityId", ENTITY) || !is("SmsType", "transactional") {
        return None;
    }
    let plain = is("EncodingType", "plain");
    let mut take = |name: &str| fields.remove(name).filter(|value| !value.is_empty());
    let text = Text {
        sid: String::new(),
        to: take("To")?,
        body: take("Body")?,
        template: take("DltTemplateId")?,
        reference: take("CustomField")?,
    };
    let fits = text.body.chars().count() <= MAX_BODY && (text.body.is_ascii() || !plain);
    (fits && text.to.starts_with('+')).then_some(text)
}

async fn sent(State(sms): State<Arc<SimulatedSms>>) -> Response {
    Json(sms.sent()).into_response()
}

async fn faults(State(sms): State<Arc<SimulatedSms>>, body: Result<Json<SmsFaults>, JsonRejection>) -> Response {
    let Ok(Json(faults)) = body else {
        return refused(400, "34001", "give answer_lost, busy, delay_ms or plan");
    };
    match sms.set_faults(faults.clone()) {
        Ok(()) => Json(faults).into_response(),
        Err(bad) => refused(400, "34001", &bad.to_string()),
    }
}

/// A refusal in the API's own form.
fn refused(status: u16, code: &str, message: &str) -> Response {
    let body = Json(json!({ "RestException": { "Status": status, "Message": message, "Code": code } }));
    (StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST), body).into_response()
}
