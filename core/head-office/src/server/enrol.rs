//! `POST /v1/enrol`: a one-time code becomes a certificate.

use super::refused::Refused;
use super::{App, body};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use raseed_protocol::wire::{EnrolReply, EnrolRequest};
use std::sync::Arc;

const MAX_BODY: usize = 4096;
const MEDIA_TYPE: &str = "application/json";

/// Counts the attempt, reads, and hands it to the office.
pub(super) async fn enrol(State(app): State<Arc<App>>, request: Request) -> Result<Json<EnrolReply>, Refused> {
    let (head, body) = request.into_parts();
    let now = app.now();
    let sent = body::read(body, MAX_BODY, app.limits.stranger()).await?;
    app.attempts.admit(now).map_err(Refused::too_many)?;
    let kind = head.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if kind.split(';').next().map(str::trim) != Some(MEDIA_TYPE) {
        return Err(Refused::other_media(MEDIA_TYPE));
    }
    // The parser's own words may quote the code.
    let request: EnrolRequest = serde_json::from_slice(&sent)
        .map_err(|_| Refused::bad_request("this is not an enrolment request; scan the code again"))?;
    Ok(Json(app.work(move |office| Ok(office.enrol(&request, now)?)).await?))
}
