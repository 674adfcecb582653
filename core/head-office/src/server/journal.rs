//! `POST /v1/tills/{till}/journal?storage=`: a run of entries goes up.

use super::refused::Refused;
use super::{App, body, signed};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use raseed_protocol::journal::MEDIA_TYPE;
use raseed_protocol::storage::StorageClass;
use raseed_protocol::wire::{MAX_UPLOAD_BYTES, UploadReply};
use std::sync::Arc;

/// Packing what cannot be packed makes it a little longer.
const MAX_BODY: usize = MAX_UPLOAD_BYTES + 4096;

/// Verifies, unpacks, and hands the run to the office.
pub(super) async fn journal(State(app): State<Arc<App>>, request: Request) -> Result<Json<UploadReply>, Refused> {
    let (head, caller, sent) = signed::with_body(&app, request, MAX_BODY).await?;
    let packing = Packing::of(&head.headers)?;
    let storage = head.uri.query().and_then(storage_in);
    let now = app.now();
    let reply = app.work(move |office| {
        let run = packing.unpack(sent)?;
        let reply = office.receive(&caller.till, &run, now)?;
        if let Some(class) = storage {
            office.note_storage(&caller.till, class, now)?;
        }
        Ok(reply)
    });
    Ok(Json(reply.await?))
}

/// What the device says of its storage. Whatever else stands there is left alone: no entry is refused for it.
fn storage_in(query: &str) -> Option<StorageClass> {
    query.strip_prefix("storage=")?.parse().ok()
}

#[derive(Clone, Copy)]
enum Packing {
    Plain,
    Gzip,
}

impl Packing {
    /// What the head says of the body; refuses any other kind of body.
    fn of(headers: &HeaderMap) -> Result<Packing, Refused> {
        if headers.get(CONTENT_TYPE).is_none_or(|kind| kind != MEDIA_TYPE) {
            return Err(Refused::other_media(MEDIA_TYPE));
        }
        match headers.get(CONTENT_ENCODING) {
            None => Ok(Packing::Plain),
            Some(encoding) if encoding == "gzip" => Ok(Packing::Gzip),
            Some(_) => Err(Refused::other_media(MEDIA_TYPE)),
        }
    }

    fn unpack(self, sent: Vec<u8>) -> Result<Vec<u8>, Refused> {
        match self {
            Packing::Plain if sent.len() > MAX_UPLOAD_BYTES => Err(Refused::too_large(MAX_UPLOAD_BYTES)),
            Packing::Plain => Ok(sent),
            Packing::Gzip => body::gunzip(&sent, MAX_UPLOAD_BYTES),
        }
    }
}
