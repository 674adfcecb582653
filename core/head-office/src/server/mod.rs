//! The head office over HTTP: what tills sync with, and the pages on which a citizen checks a receipt and pays a bill.
//!
//! It holds no rule of money. It must never use a byte of a till's body before the till's signature is verified, never
//! wait for anybody without a bound, never log what it carries, and never answer a program's refusal with anything but
//! a [`Problem`](raseed_protocol::wire::Problem). `schemas/office.openapi.yaml` says the same for the other side.

mod about;
mod attempts;
mod body;
mod book;
mod enrol;
mod follow;
mod journal;
mod keys;
mod limits;
mod outbox;
mod page;
mod pay;
mod pay_html;
mod payments;
mod refused;
mod serve;
mod signed;
mod tls;
mod webhook;

pub use follow::{Followed, follow};
pub use limits::Limits;
pub use outbox::send_messages;
pub use serve::{serve, serve_within};
pub use tls::{BadTls, Tls};

use crate::Office;
use attempts::Attempts;
use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use raseed_protocol::time::WallMs;
use refused::Refused;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Asks the machine for the time; only a composition root has one.
pub type Clock = fn() -> WallMs;

/// What all requests share.
struct App {
    office: Arc<Office>,
    clock: Clock,
    limits: Limits,
    attempts: Attempts,
    /// How often pages of bills were asked for.
    visits: Attempts,
    /// So many may work on the books at once; the others wait.
    workers: Arc<Semaphore>,
}

/// Everything that the server answers. Times of connections are kept by [`serve`], not here.
pub fn router(office: Arc<Office>, clock: Clock, limits: Limits) -> Router {
    let attempts = Attempts::new(limits.enrolments_a_minute);
    let visits = Attempts::new(limits.bill_pages_a_minute);
    let workers = Arc::new(Semaphore::new(limits.workers));
    let app = Arc::new(App { office, clock, limits, attempts, visits, workers });
    let all = routes().into_iter().fold(Router::new(), |router, (_, path, answer)| router.route(path, answer));
    all.fallback(async || Refused::nothing_here())
        .method_not_allowed_fallback(async || Refused::other_method())
        .layer(map_response(guard))
        .with_state(app)
}

/// Every method and path, as in `schemas/office.openapi.yaml`.
pub fn paths() -> Vec<(Method, &'static str)> {
    routes().into_iter().map(|(method, path, _)| (method, path)).collect()
}

fn routes() -> Vec<(Method, &'static str, MethodRouter<Arc<App>>)> {
    vec![
        (Method::POST, "/v1/enrol", post(enrol::enrol)),
        (Method::POST, "/v1/tills/{till}/journal", post(journal::journal)),
        (Method::POST, "/v1/tills/{till}/keys", post(keys::keys)),
        (Method::GET, "/v1/tills/{till}/book", get(book::book)),
        (Method::GET, "/v1/tills/{till}/payments", get(payments::payments)),
        (Method::POST, "/v1/psp/webhook", post(webhook::webhook)),
        (Method::GET, "/v1/health", get(about::health)),
        (Method::GET, "/v1/keys", get(about::keys)),
        (Method::GET, "/V", get(page::page)),
        (Method::GET, "/V/{file}", get(page::file)),
        (Method::GET, "/P/{bill}/{paise}/{language}", get(pay::page)),
    ]
}

impl App {
    fn now(&self) -> WallMs {
        (self.clock)()
    }

    /// Does what may wait for the disk or keep a core busy, beside the threads that serve. Once begun it is done to its
    /// end, also if the caller has gone.
    async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Office) -> Result<T, Refused> + Send + 'static,
    ) -> Result<T, Refused> {
        let turn = Arc::clone(&self.workers).acquire_owned().await.expect("it is never closed");
        let office = Arc::clone(&self.office);
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            job(&office)
        });
        done.await.unwrap_or_else(|_| Err(Refused::unavailable()))
    }
}

/// Headers that keep a browser from doing anything clever with an answer; a page may have said something else.
async fn guard(mut response: Response) -> Response {
    const SAFE: [(HeaderName, &str); 4] = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    for (name, value) in SAFE {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
