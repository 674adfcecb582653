//! `raseed office serve`

use crate::machine;
use crate::output::{Failure, Output};
use raseed_head_office::Office;
use raseed_head_office::server::{self, Followed};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// Serves tills and citizens until interrupted, and asks the payment service every so many minutes (0: never).
pub fn run(office: Office, listen: &str, ask_every: u32, out: &Output) -> Result<(), Failure> {
    let runtime = Runtime::new().map_err(Failure::io("the threads of the server"))?;
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(listen).await.map_err(Failure::io(listen))?;
        let address = listener.local_addr().map_err(Failure::io(listen))?;
        let tenant = office.tenant().clone();
        out.say(&json!({ "tenant": tenant, "listening": address.to_string() }), || {
            format!("the head office of {tenant} answers on http://{address} (put TLS in front of it for anything but this machine); stop it with Ctrl-C")
        })?;
        let office = Arc::new(office);
        let (ended, over) = oneshot::channel::<()>();
        let serving = async {
            let served = server::serve(listener, Arc::clone(&office), machine::wall, stopped()).await;
            drop(ended);
            served
        };
        let following = async {
            if ask_every > 0 {
                let every = Duration::from_secs(u64::from(ask_every) * 60);
                server::follow(Arc::clone(&office), machine::wall, every, |news| say(&news, out), async { _ = over.await }).await;
            }
        };
        let (served, ()) = tokio::join!(serving, following);
        served.map_err(Failure::io(listen))
    });
    // Everything has had its grace: a question to the payment service that still hangs is not waited for.
    runtime.shutdown_background();
    served
}

/// A line in the log; without amounts, and the payment service's errors hold no secret.
fn say(news: &Followed<'_>, out: &Output) {
    match news {
        Followed::Silent(error) => {
            out.notice("not-asked", &format!("what came could not be asked for: {error}. It is tried again by itself"))
        }
        Followed::Answers => out.notice("asked", "the payment service answers again; nothing was missed"),
    }
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
