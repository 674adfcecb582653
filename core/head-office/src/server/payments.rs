//! `GET /v1/tills/{till}/payments?since=`: what became of a till's payment requests, as the office signed it.

use super::refused::Refused;
use super::{App, signed};
use axum::Json;
use axum::extract::{Request, State};
use raseed_protocol::wire::PaymentWords;
use std::sync::Arc;

/// Verifies, and hands out the words.
pub(super) async fn payments(State(app): State<Arc<App>>, request: Request) -> Result<Json<PaymentWords>, Refused> {
    let (head, _) = request.into_parts();
    let caller = signed::caller(&app, &head).await?;
    caller.headers.fit(b"")?;
    let since = since_in(head.uri.query())?;
    let now = app.now();
    Ok(Json(app.work(move |office| Ok(office.payment_words(&caller.till, since, now)?)).await?))
}

/// The query is `since=` and a number, and nothing else.
fn since_in(query: Option<&str>) -> Result<u64, Refused> {
    let digits = query.and_then(|query| query.strip_prefix("since="));
    let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()));
    let since = digits.and_then(|digits| digits.parse().ok());
    since.ok_or_else(|| Refused::bad_request("ask with since= and the number of the last word, or 0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_is_a_number_and_nothing_else() {
        assert_eq!(since_in(Some("since=0")).ok(), Some(0));
        assert_eq!(since_in(Some("since=18446744073709551615")).ok(), Some(u64::MAX));
        for odd in ["", "since=", "since=+1", "since=-1", "since=1&since=2", "since=18446744073709551616", "Since=1"] {
            assert!(since_in(Some(odd)).is_err(), "{odd}");
        }
        assert!(since_in(None).is_err());
    }
}
