//! Connections: taken in, bounded in number and time, and let go without cutting a request in half.

use super::limits::Limits;
use super::tls::Tls;
use super::{Clock, router};
use crate::Office;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

/// The most bytes of a request's head.
const MAX_HEAD: usize = 16 * 1024;
const MAX_HEADERS: usize = 64;

/// A listener that fails so often on end is broken; until then it may have run out of something for a moment.
const MAX_FAILURES: u32 = 100;
const AFTER_FAILURE: Duration = Duration::from_millis(100);

/// Serves until `shutdown` is there; then ends the requests that have begun. In plain text: for this machine alone, or behind a
/// proxy that ends TLS and passes `Host`, path and query as they came.
///
/// # Errors
/// Only if the listener itself breaks.
pub async fn serve(
    listener: TcpListener,
    office: Arc<Office>,
    clock: Clock,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    serve_within(Limits::default(), None, listener, office, clock, shutdown).await
}

/// [`serve`] with other limits, and by TLS if there is a certificate.
///
/// # Errors
/// Only if the listener itself breaks.
pub async fn serve_within(
    limits: Limits,
    tls: Option<Tls>,
    listener: TcpListener,
    office: Arc<Office>,
    clock: Clock,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let router = router(office, clock, limits);
    let door = Arc::new(Semaphore::new(limits.connections));
    let (closing, _) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let (stream, place) = tokio::select! {
            () = &mut shutdown => break,
            taken = accept(&listener, &door) => taken?,
        };
        // An answer is written in one go; waiting for more to send only costs time.
        let _ = stream.set_nodelay(true);
        let (router, closing) = (router.clone(), closing.subscribe());
        match &tls {
            None => connections.spawn(connection(stream, place, router, limits, closing)),
            Some(tls) => connections.spawn(greeted(tls.acceptor(), stream, place, router, limits, closing)),
        };
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    closing.send_replace(true);
    // Whoever is still there after the grace is cut off when the set is dropped.
    let _ = timeout(limits.grace, async { while connections.join_next().await.is_some() {} }).await;
    Ok(())
}

/// The next connection, when there is a place for it.
async fn accept(listener: &TcpListener, door: &Arc<Semaphore>) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let place = Arc::clone(door).acquire_owned().await.expect("it is never closed");
    let mut failures = 0;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return Ok((stream, place)),
            Err(error) if failures == MAX_FAILURES => return Err(error),
            Err(_) => {
                failures += 1;
                sleep(AFTER_FAILURE).await;
            }
        }
    }
}

/// A connection by TLS: whoever does not end the handshake in the time for a head is not waited for.
async fn greeted(
    acceptor: TlsAcceptor,
    stream: TcpStream,
    place: OwnedSemaphorePermit,
    router: Router,
    limits: Limits,
    closing: watch::Receiver<bool>,
) {
    if let Ok(Ok(stream)) = timeout(limits.head, acceptor.accept(stream)).await {
        connection(stream, place, router, limits, closing).await;
    }
}

/// One connection from its first request to its end. What goes wrong on it concerns nobody else.
async fn connection(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    _place: OwnedSemaphorePermit,
    router: Router,
    limits: Limits,
    mut closing: watch::Receiver<bool>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head).max_headers(MAX_HEADERS).max_buf_size(MAX_HEAD);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)));
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = closing.wait_for(|closing| *closing) => {}
        () = sleep(limits.connection) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(limits.grace, connection).await;
}
