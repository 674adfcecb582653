//! `raseed office serve`

use crate::machine;
use crate::output::{Failure, Output};
use raseed_head_office::Office;
use raseed_head_office::server::{self, Limits, Tls};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// Serves tills and citizens until interrupted; by TLS with a certificate chain and its key.
pub fn run(office: Office, listen: &str, papers: Option<(&Path, &Path)>, out: &Output) -> Result<(), Failure> {
    let tls = papers.map(|(chain, key)| Tls::open(chain, key)).transpose();
    let tls = tls.map_err(|error| Failure::new("bad-tls", error))?;
    let runtime = Runtime::new().map_err(Failure::io("the threads of the server"))?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await.map_err(Failure::io(listen))?;
        let address = listener.local_addr().map_err(Failure::io(listen))?;
        let tenant = office.tenant().clone();
        let (scheme, advice) = match &tls {
            Some(_) => ("https", ""),
            None => ("http", " (for this machine alone: give it --tls-chain and --tls-key, or put a proxy before it)"),
        };
        out.say(&json!({ "tenant": tenant, "listening": address.to_string(), "scheme": scheme }), || {
            format!("the head office of {tenant} answers on {scheme}://{address}{advice}; stop it with Ctrl-C")
        })?;
        let served = server::serve_within(Limits::default(), tls, listener, Arc::new(office), machine::wall, stopped());
        served.await.map_err(Failure::io(listen))
    })
}

/// Ctrl-C, or the signal by which service managers stop a program.
pub async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => return,
                _ = tokio::signal::ctrl_c() => return,
            }
        }
    }
    // If even this fails there is nothing to wait for; serving on is better than stopping.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
