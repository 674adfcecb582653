//! Whose request is it? Answered from the head alone, before a byte of the body is read.

use super::refused::Refused;
use super::{App, body};
use axum::body::Body;
use axum::http::Request;
use axum::http::header::{HOST, HeaderName};
use axum::http::request::Parts;
use raseed_protocol::ids::TillId;
use raseed_protocol::keys::PublicKey;
use raseed_protocol::wire::http_signature::{Headers, Request as Signed, RequestRefused};

/// A request whose head is verified to be this till's. Its body must still fit `headers`.
pub(super) struct Caller {
    pub(super) till: TillId,
    pub(super) key: PublicKey,
    pub(super) headers: Headers,
}

/// Verifies the head of a request to `/v1/tills/{till}/...`.
pub(super) async fn caller(app: &App, head: &Parts) -> Result<Caller, Refused> {
    let path = head.uri.path();
    let till: TillId = till_in(path).ok_or_else(Refused::no_till)?;
    let headers = Headers {
        content_digest: text(head, &HeaderName::from_static("content-digest"))?,
        signature_input: text(head, &HeaderName::from_static("signature-input"))?,
        signature: text(head, &HeaderName::from_static("signature"))?,
    };
    let asked = till.clone();
    let key = app.work(move |office| Ok(office.till_key(&asked)?)).await?;
    let authority = text(head, &HOST)?.to_ascii_lowercase();
    let query = head.uri.query().unwrap_or("");
    let request = Signed { method: head.method.as_str(), authority: &authority, path, query, body: b"" };
    request.verify_head(&headers, &key)?;
    Ok(Caller { till, key, headers })
}

/// A request with a body: whose it is, then the body, which fits its head. A refused stranger's body comes to its end unread.
pub(super) async fn with_body(
    app: &App,
    request: Request<Body>,
    most: usize,
) -> Result<(Parts, Caller, Vec<u8>), Refused> {
    let (head, body) = request.into_parts();
    let caller = match caller(app, &head).await {
        Ok(caller) => caller,
        Err(refused) => {
            body::discard(body, most, app.limits.stranger()).await;
            return Err(refused);
        }
    };
    let sent = body::read(body, most, app.limits.till()).await?;
    caller.headers.fit(&sent)?;
    Ok((head, caller, sent))
}

/// The path as signed, so nothing in it is decoded: a till's name has no character that needs it.
fn till_in(path: &str) -> Option<TillId> {
    path.strip_prefix("/v1/tills/")?.split('/').next()?.parse().ok()
}

/// The one value of this header.
fn text(head: &Parts, name: &HeaderName) -> Result<String, RequestRefused> {
    let mut values = head.headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().map(str::to_owned).map_err(|_| RequestRefused::Form),
        _ => Err(RequestRefused::Form),
    }
}
