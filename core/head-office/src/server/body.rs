//! The body of a request: read within bounds of size and time, unpacked within bounds.

use super::limits::Pace;
use super::refused::Refused;
use axum::body::{Body, Bytes, HttpBody};
use flate2::bufread::GzDecoder;
use std::future::poll_fn;
use std::io::Read;
use std::pin::Pin;
use tokio::time::timeout;

/// Reads a whole body of at most `most` bytes.
pub(super) async fn read(body: Body, most: usize, pace: Pace) -> Result<Vec<u8>, Refused> {
    let announced = body.size_hint().lower();
    if usize::try_from(announced).map_or(true, |announced| announced > most) {
        return Err(Refused::too_large(most));
    }
    let mut bytes = Vec::new();
    let keep = |data: &[u8]| bytes.extend_from_slice(data);
    each_piece(body, most, pace, keep).await?;
    Ok(bytes)
}

/// Lets the body of a refused request come to its end, unread: a connection that is closed while its sender still
/// writes takes the answer with it.
pub(super) async fn discard(body: Body, most: usize, pace: Pace) {
    let _ = each_piece(body, most, pace, |_| {}).await;
}

async fn each_piece(body: Body, most: usize, pace: Pace, keep: impl FnMut(&[u8])) -> Result<(), Refused> {
    timeout(pace.whole, pieces(body, most, pace, keep)).await.unwrap_or_else(|_| Err(Refused::too_slow()))
}

async fn pieces(mut body: Body, most: usize, pace: Pace, mut keep: impl FnMut(&[u8])) -> Result<(), Refused> {
    let mut room = most;
    loop {
        let next = timeout(pace.still, next_piece(&mut body)).await.map_err(|_| Refused::too_slow())?;
        let Some(data) = next? else { return Ok(()) };
        room = room.checked_sub(data.len()).ok_or_else(|| Refused::too_large(most))?;
        keep(&data);
    }
}

async fn next_piece(body: &mut Body) -> Result<Option<Bytes>, Refused> {
    match poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await {
        None => Ok(None),
        // Trailers are nothing that we read.
        Some(Ok(frame)) => Ok(Some(frame.into_data().unwrap_or_default())),
        Some(Err(_)) => Err(Refused::bad_request("the request was cut off; send it again")),
    }
}

/// Unpacks one gzip member (RFC 1952) that holds at most `most` bytes, whatever it says of itself.
pub(super) fn gunzip(packed: &[u8], most: usize) -> Result<Vec<u8>, Refused> {
    let mut rest = packed;
    let mut bytes = Vec::new();
    let bound = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let read = GzDecoder::new(&mut rest).take(bound).read_to_end(&mut bytes);
    if bytes.len() > most {
        return Err(Refused::too_large(most));
    }
    if read.is_err() || !rest.is_empty() {
        return Err(Refused::bad_request("the packed body is damaged; send it again"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    proptest! {
        #[test]
        fn what_fits_comes_back_and_what_does_not_is_refused(bytes: Vec<u8>, most in 0usize..200) {
            let unpacked = gunzip(&gzip(&bytes), most).ok();
            prop_assert_eq!(unpacked, (bytes.len() <= most).then_some(bytes));
        }

        #[test]
        fn any_cut_is_seen(bytes: Vec<u8>, keep in 0usize..20) {
            let packed = gzip(&bytes);
            prop_assert!(gunzip(&packed[..keep.min(packed.len() - 1)], 1000).is_err());
        }

        #[test]
        fn garbage_never_panics(packed: Vec<u8>) {
            let _ = gunzip(&packed, 100);
        }
    }

    #[test]
    fn nothing_may_follow_the_packed_body() {
        let twice = [gzip(b"a"), gzip(b"b")].concat();
        assert!(gunzip(&twice, 100).is_err());
    }
}
