//! `POST /v1/tills/{till}/keys`: keys for the days to come are certified.

use super::refused::Refused;
use super::{App, signed};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use raseed_protocol::wire::{DayKeysReply, DayKeysRequest};
use std::sync::Arc;

const MAX_BODY: usize = 4096;
const MEDIA_TYPE: &str = "application/json";

/// Verifies, reads, and hands it to the office.
pub(super) async fn keys(State(app): State<Arc<App>>, request: Request) -> Result<Json<DayKeysReply>, Refused> {
    let (head, caller, sent) = signed::with_body(&app, request, MAX_BODY).await?;
    if head.headers.get(CONTENT_TYPE).is_none_or(|kind| kind != MEDIA_TYPE) {
        return Err(Refused::other_media(MEDIA_TYPE));
    }
    let asked: DayKeysRequest =
        serde_json::from_slice(&sent).map_err(|_| Refused::bad_request("this is no request for the keys of days"))?;
    let now = app.now();
    Ok(Json(app.work(move |office| Ok(office.certify_day_keys(&caller.till, &caller.key, &asked, now)?)).await?))
}
