//! The simulated PSP over HTTP: Razorpay's API as a merchant sees it, controls beside it, and webhook calls that go out.
//!
//! The controls (`/simulate/…`) ask for no key: whoever reaches the address may play the payer. So it must listen on this
//! machine alone, which is where the program that starts it puts it.

mod api;
mod auth;
mod control;
mod deliver;

use crate::SimulatedPsp;
use auth::Keys;
use axum::Router;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use serde_json::json;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// The key id that the API expects; its secret is the one that the PSP was made with.
pub const KEY_ID: &str = "rzp_test_simulated";

/// How long the head of a request may take.
const HEAD: Duration = Duration::from_secs(20);

/// What all requests share.
struct App {
    psp: Arc<SimulatedPsp>,
    keys: Keys,
    /// Rings when there may be webhook calls to make.
    news: Notify,
}

/// An answer that never leaves: its connection is cut instead.
#[derive(Clone)]
pub(crate) struct AnswerLost;

/// Serves until `shutdown` is there; what is under way then is cut off. Webhook calls go to `webhook_url`, or wait for ever if
/// there is none.
///
/// # Errors
/// Only if the listener itself breaks.
pub async fn serve(
    listener: TcpListener,
    psp: Arc<SimulatedPsp>,
    webhook_url: Option<String>,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let keys = Keys::new(KEY_ID, psp.secret());
    let app = Arc::new(App { psp, keys, news: Notify::new() });
    let mut tasks = JoinSet::new();
    if let Some(url) = webhook_url {
        tasks.spawn(deliver::run(Arc::clone(&app), url));
    }
    let router = router(app);
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let (stream, _) = tokio::select! {
            () = &mut shutdown => return Ok(()),
            taken = listener.accept() => taken?,
        };
        tasks.spawn(connection(stream, router.clone()));
        while tasks.try_join_next().is_some() {}
    }
}

fn router(app: Arc<App>) -> Router {
    let api = Router::new()
        .route("/v1/payments/qr_codes", post(api::make_qr))
        .route("/v1/payments/qr_codes/{id}", get(api::qr))
        .route("/v1/payments/qr_codes/{id}/close", post(api::close_qr))
        .route("/v1/payments/qr_codes/{id}/payments", get(api::payments_of))
        .route("/v1/payments", get(api::payments))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&app), auth::misbehave))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&app), auth::only_merchant));
    let controls = Router::new()
        .route("/simulate/pay", post(control::pay))
        .route("/simulate/faults", post(control::faults))
        .route("/simulate/state", get(control::state));
    api.merge(controls)
        .fallback(async || refused(400, "The requested URL was not found on the server."))
        .with_state(app)
}

/// One connection from its first request to its end.
pub(crate) async fn connection(stream: TcpStream, router: Router) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |request| {
        let answer = router.call(request);
        async move {
            let answer = answer.await.map_err(io::Error::other)?;
            match answer.extensions().get::<AnswerLost>() {
                Some(AnswerLost) => Err(io::Error::from(io::ErrorKind::ConnectionReset)),
                None => Ok(answer),
            }
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    // A caller that went away, or that was to be cut off: nothing to do about either.
    let _ = http.serve_connection(TokioIo::new(stream), service).await;
}

/// A refusal in the API's own form.
fn refused(status: u16, description: &str) -> Response<axum::body::Body> {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let code = if status.is_server_error() { "SERVER_ERROR" } else { "BAD_REQUEST_ERROR" };
    let body =
        json!({ "error": { "code": code, "description": description, "source": "NA", "step": "NA", "reason": "NA" } });
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
