//! `/P/BILL/PAISE/LANGUAGE`: the page behind the link in a bill's message, on which the bill is paid.
//!
//! The link is a stranger's word: it chooses a bill and a language, and nothing else. Whom to pay comes from the office's rules,
//! how much from its books. Whatever is wrong is said to a person, as a page. Nothing about the household is on it.

use super::App;
use super::pay_html::{Html, bill, no_bill, not_now};
use crate::BillDue;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use raseed_protocol::language::Language;
use raseed_protocol::pay_link::PayLink;
use std::sync::Arc;

/// No script, nothing from elsewhere, nothing sent. A link to another scheme may be followed.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// How long to wait when the books cannot be read, in seconds.
const WAIT_S: u64 = 60;

/// What is due under the link, and how to pay it.
pub(super) async fn page(State(app): State<Arc<App>>, request: Request) -> Response {
    let path = request.uri().path();
    let link: Option<PayLink> = path.parse().ok();
    let languages = languages(path);
    let now = app.now();
    if let Err(wait_s) = app.visits.admit(now) {
        return later(StatusCode::TOO_MANY_REQUESTS, wait_s, not_now(&languages));
    }
    let Some(link) = link else { return found(StatusCode::NOT_FOUND, no_bill(&languages)) };
    let asked = link.bill().clone();
    let due: Result<Option<BillDue>, _> = app.work(move |office| Ok(office.bill_due(&asked, now)?)).await;
    match due {
        Ok(Some(due)) => found(StatusCode::OK, bill(&link, &due)),
        Ok(None) => found(StatusCode::NOT_FOUND, no_bill(&languages)),
        Err(_) => later(StatusCode::SERVICE_UNAVAILABLE, WAIT_S, not_now(&languages)),
    }
}

/// That of the link; all of them if it has none that can be read.
fn languages(path: &str) -> Vec<Language> {
    let last = path.rsplit('/').next().unwrap_or_default();
    let named = Language::try_from(last.to_owned());
    named.map_or_else(|_| Language::ALL.to_vec(), |language| vec![language])
}

fn found(status: StatusCode, page: Html) -> Response {
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY)];
    (status, headers, page.finish()).into_response()
}

fn later(status: StatusCode, wait_s: u64, page: Html) -> Response {
    let mut response = found(status, page);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait_s));
    response
}
