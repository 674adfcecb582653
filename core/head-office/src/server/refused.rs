//! A refusal on its way out: always problem details (RFC 9457), with the headers that its status asks for.

use crate::OfficeError;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use raseed_protocol::wire::http_signature::RequestRefused;
use raseed_protocol::wire::{Problem, ProblemCode};

const MEDIA_TYPE: &str = "application/problem+json";

/// A request that was refused, and changed nothing.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    problem: Problem,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Refused {
    fn new(code: ProblemCode, status: StatusCode, detail: impl Into<String>) -> Refused {
        Refused { problem: Problem { code, status: status.as_u16(), detail: detail.into() }, header: None }
    }

    /// It cannot be read.
    pub(super) fn bad_request(detail: impl Into<String>) -> Refused {
        Refused::new(ProblemCode::BadRequest, StatusCode::BAD_REQUEST, detail)
    }

    /// A body of another kind than this address reads.
    pub(super) fn other_media(expected: &str) -> Refused {
        let detail = format!("this address reads {expected}, plain or with gzip; send that");
        Refused::new(ProblemCode::BadRequest, StatusCode::UNSUPPORTED_MEDIA_TYPE, detail)
    }

    /// The name cannot be a till's.
    pub(super) fn no_till() -> Refused {
        let detail = "there is no till of this name; enrol the device again";
        Refused::new(ProblemCode::UnknownTill, StatusCode::FORBIDDEN, detail)
    }

    /// More bytes than this address reads.
    pub(super) fn too_large(most: usize) -> Refused {
        let detail = format!("more than {most} bytes; send less at a time");
        Refused::new(ProblemCode::TooLarge, StatusCode::PAYLOAD_TOO_LARGE, detail)
    }

    /// The body did not come in time.
    pub(super) fn too_slow() -> Refused {
        let detail = "the request did not come in time; nothing was kept, send less at a time or try again later";
        let refused = Refused::new(ProblemCode::Unavailable, StatusCode::REQUEST_TIMEOUT, detail);
        refused.with(header::CONNECTION, HeaderValue::from_static("close"))
    }

    /// Too many attempts.
    pub(super) fn too_many(wait_s: u64) -> Refused {
        let detail = format!("too many devices try to enrol at once; try again in {wait_s} seconds");
        let refused = Refused::new(ProblemCode::TooMany, StatusCode::TOO_MANY_REQUESTS, detail);
        refused.with(header::RETRY_AFTER, HeaderValue::from(wait_s))
    }

    /// Nothing at this address.
    pub(super) fn nothing_here() -> Refused {
        let detail = "there is nothing at this address; check the head office's address";
        Refused::new(ProblemCode::NotFound, StatusCode::NOT_FOUND, detail)
    }

    /// Something is at this address, for another method.
    pub(super) fn other_method() -> Refused {
        let detail = "this address does not answer this method; see the Allow header";
        Refused::new(ProblemCode::BadRequest, StatusCode::METHOD_NOT_ALLOWED, detail)
    }

    /// Our own failure.
    pub(super) fn unavailable() -> Refused {
        let detail = "the head office cannot do this now; nothing was kept, try again later";
        Refused::new(ProblemCode::Unavailable, StatusCode::SERVICE_UNAVAILABLE, detail)
    }

    fn with(self, name: HeaderName, value: HeaderValue) -> Refused {
        Refused { header: Some((name, value)), ..self }
    }
}

impl From<OfficeError> for Refused {
    fn from(error: OfficeError) -> Refused {
        Refused { problem: error.problem(), header: None }
    }
}

impl From<RequestRefused> for Refused {
    fn from(refused: RequestRefused) -> Refused {
        match refused {
            RequestRefused::Digest => Refused::bad_request(format!("{refused}; send it again")),
            RequestRefused::Form | RequestRefused::Signature => {
                let detail = format!("{refused}; enrol the device again if this goes on");
                Refused::new(ProblemCode::BadSignature, StatusCode::UNAUTHORIZED, detail)
                    // RFC 9110 §11.6.1 wants a challenge with every 401.
                    .with(header::WWW_AUTHENTICATE, HeaderValue::from_static("Signature realm=\"raseed\""))
            }
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        let body = serde_json::to_vec(&self.problem).expect("a problem has a JSON form");
        let mut response = (status, [(header::CONTENT_TYPE, MEDIA_TYPE)], body).into_response();
        response.headers_mut().extend(self.header);
        response
    }
}
