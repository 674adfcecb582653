//! `raseed office serve`

use crate::machine;
use crate::output::{Failure, Output};
use raseed_head_office::{Office, server};
use serde_json::json;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// Serves tills and citizens until interrupted.
pub fn run(office: Office, listen: &str, out: &Output) -> Result<(), Failure> {
    let runtime = Runtime::new().map_err(Failure::io("the threads of the server"))?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await.map_err(Failure::io(listen))?;
        let address = listener.local_addr().map_err(Failure::io(listen))?;
        let tenant = office.tenant().clone();
        out.say(&json!({ "tenant": tenant, "listening": address.to_string() }), || {
            format!("the head office of {tenant} answers on http://{address} (put TLS in front of it for anything but this machine); stop it with Ctrl-C")
        })?;
        let office = Arc::new(office);
        let outbox = tokio::spawn(server::send_messages(Arc::clone(&office), machine::wall));
        let served = server::serve(listener, office, machine::wall, stopped()).await;
        outbox.abort();
        served.map_err(Failure::io(listen))
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
