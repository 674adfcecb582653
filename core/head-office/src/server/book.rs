//! `GET /v1/tills/{till}/book?since=&most=`: the next page of the book comes down, as the office signed it.

use super::refused::Refused;
use super::{App, signed};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use raseed_protocol::wire::BOOK_PAGE_MEDIA_TYPE;
use std::io::Write;
use std::sync::Arc;

/// Verifies, and hands out the page.
pub(super) async fn book(State(app): State<Arc<App>>, request: Request) -> Result<Response, Refused> {
    let (head, _) = request.into_parts();
    let caller = signed::caller(&app, &head).await?;
    caller.headers.fit(b"")?;
    let (since, most_bytes) = asked_in(head.uri.query())?;
    let packs = accepts_gzip(&head.headers);
    let now = app.now();
    let page = app.work(move |office| {
        let page = office.book_page_within(&caller.till, since, most_bytes, now)?;
        Ok(if packs { gzip(&page) } else { page })
    });
    let mut response = ([(CONTENT_TYPE, BOOK_PAGE_MEDIA_TYPE), (VARY, "accept-encoding")], page.await?).into_response();
    if packs {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}

/// The query is `since=` and a cursor, perhaps `&most=` and a number of bytes, and nothing else.
fn asked_in(query: Option<&str>) -> Result<(u64, usize), Refused> {
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    let asked = query.and_then(|query| query.strip_prefix("since=")).and_then(|asked| {
        let (since, most) = asked.split_once("&most=").map_or((asked, None), |(since, most)| (since, Some(most)));
        let since = Some(since).filter(|since| digits(since))?.parse().ok()?;
        let most = most.map_or(Some(usize::MAX), |most| Some(most).filter(|most| digits(most))?.parse().ok())?;
        Some((since, most))
    });
    asked.ok_or_else(|| Refused::bad_request("ask with since= and the cursor of the last page, or 0"))
}

/// RFC 9110 §12.5.3, as far as a till needs it: `gzip` is named, and not with weight 0.
fn accepts_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let is_refused =
        |weight: &str| weight.trim().strip_prefix("q=").is_some_and(|q| q.trim_matches(['0', '.']).is_empty());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !is_refused(weight)
    })
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("writing to memory cannot fail")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_sent_to_those_who_ask_for_it() {
        let asks = |text: &'static str| {
            accepts_gzip(&HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(text))]))
        };
        assert!(asks("gzip") && asks("br, GZIP;q=0.5") && asks("gzip;q=1"));
        assert!(!asks("") && !asks("br") && !asks("gzip;q=0") && !asks("gzip; q=0.00") && !asks("x-gzip"));
        assert!(!accepts_gzip(&HeaderMap::new()));
    }

    #[test]
    fn the_query_is_a_cursor_and_nothing_else() {
        assert_eq!(asked_in(Some("since=0")).ok(), Some((0, usize::MAX)));
        assert_eq!(asked_in(Some("since=18446744073709551615&most=4096")).ok(), Some((u64::MAX, 4_096)));
        let odd = ["", "since=", "since=+1", "since=-1", "since=1&since=2", "since=18446744073709551616", "Since=1"];
        for odd in
            odd.into_iter().chain(["since=1&most=", "since=1&most=-1", "since=1&most=1&most=2", "most=1&since=1"])
        {
            assert!(asked_in(Some(odd)).is_err(), "{odd}");
        }
        assert!(asked_in(None).is_err());
    }
}
