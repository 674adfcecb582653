//! Before a call of the API: is it the merchant's, and what is to go wrong with it?

use super::{AnswerLost, App, refused};
use crate::ApiFault;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use data_encoding::BASE64;
use raseed_head_office::psp::Secret;
use std::sync::Arc;

/// What the head `authorization` must be.
pub(super) struct Keys(String);

impl Keys {
    pub fn new(key_id: &str, secret: &Secret) -> Keys {
        Keys(format!("Basic {}", BASE64.encode(format!("{key_id}:{}", secret.expose()).as_bytes())))
    }
}

pub(super) async fn only_merchant(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if given != Some(app.keys.0.as_str()) {
        return refused(401, "The api key provided is invalid");
    }
    next.run(request).await
}

pub(super) async fn misbehave(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    match app.psp.with(|simulator, _| simulator.next_fault()) {
        ApiFault::None => next.run(request).await,
        ApiFault::Status500 => refused(500, "We are facing some trouble completing your request at the moment."),
        ApiFault::AnswerLost => {
            let mut response = next.run(request).await;
            response.extensions_mut().insert(AnswerLost);
            response
        }
    }
}
