//! `/V`: the page on which anybody checks a printed receipt, and its files (`web/`).
//!
//! It is the same for every receipt: what is checked stands after the `#` and never comes here. So nothing in it may be
//! fetched from elsewhere, and nothing may be sent.

use super::App;
use super::refused::Refused;
use crate::html::fill;
use crate::{Office, OfficeError};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Response};
use raseed_protocol::book::Rules;
use std::collections::BTreeMap;
use std::sync::Arc;

const PAGE: &str = include_str!("../../web/verify.html");

const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

const FILES: [(&str, &str, &str); 8] = [
    ("cbor.js", SCRIPT, include_str!("../../web/cbor.js")),
    ("pay.css", STYLE, include_str!("../../web/pay.css")),
    ("people.js", SCRIPT, include_str!("../../web/people.js")),
    ("receipt.js", SCRIPT, include_str!("../../web/receipt.js")),
    ("style.css", STYLE, include_str!("../../web/style.css")),
    ("verify.js", SCRIPT, include_str!("../../web/verify.js")),
    ("words.js", SCRIPT, include_str!("../../web/words.js")),
    (WORKER, SCRIPT, include_str!("../../web/worker.js")),
];

/// Keeps the page for places with no network. It alone may fetch, and only the page's own files.
const WORKER: &str = "worker.js";

const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; worker-src 'self'; \
                           base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const WORKER_POLICY: &str = "default-src 'none'; connect-src 'self'";

/// Kept by the browser, asked for again each time: an office may change its name or its key.
const KEEP: (HeaderName, &str) = (CACHE_CONTROL, "no-cache");

/// The page, with the office's root key and names in it.
pub(super) async fn page(State(app): State<Arc<App>>) -> Result<Response, Refused> {
    let page = app.work(|office| Ok(filled(office)?)).await?;
    let headers = [KEEP, (CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, PAGE_POLICY)];
    Ok((headers, page).into_response())
}

/// One of the page's files.
pub(super) async fn file(name: Result<Path<String>, PathRejection>) -> Result<Response, Refused> {
    let Path(name) = name.map_err(|_| Refused::nothing_here())?;
    let (name, kind, text) = FILES.into_iter().find(|(known, ..)| *known == name).ok_or_else(Refused::nothing_here)?;
    let headers = [KEEP, (CONTENT_TYPE, kind)];
    // A worker may look after the folder that it lies in; the page itself is one above.
    let of_worker =
        [(CONTENT_SECURITY_POLICY, WORKER_POLICY), (HeaderName::from_static("service-worker-allowed"), "/V")];
    Ok(if name == WORKER { (headers, of_worker, text).into_response() } else { (headers, text).into_response() })
}

fn filled(office: &Office) -> Result<String, OfficeError> {
    let row = office.store.read(office.tenant())?.tenant()?;
    let rules = row.and_then(|row| row.rules).map(|(rules, _)| rules);
    let name = rules.as_ref().map_or("", |rules| rules.name.as_str());
    let values = [
        ("{{root_key}}", office.root_key().to_string()),
        ("{{tenant}}", office.tenant().to_string()),
        ("{{name}}", name.to_owned()),
        ("{{heads}}", heads(rules.as_ref())),
    ];
    Ok(fill(PAGE, &values))
}

/// The office's own heads, number to name, as JSON.
fn heads(rules: Option<&Rules>) -> String {
    let heads = rules.map_or(&[][..], |rules| &rules.heads);
    let named: BTreeMap<String, &str> = heads.iter().map(|head| (head.id.0.to_string(), head.name.as_str())).collect();
    serde_json::to_string(&named).expect("texts have a JSON form")
}
