//! `raseed office serve`

use crate::machine;
use crate::output::{Failure, Output};
use raseed_head_office::Office;
use raseed_head_office::server::{self, Followed, Limits, Tls};
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// How to serve.
#[derive(clap::Args)]
pub struct ServeArgs {
    /// Address and port.
    #[arg(long, default_value = "127.0.0.1:8480")]
    listen: String,
    /// Speak TLS with this certificate chain (PEM; its own first). Renewed files are taken up without a stop.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_chain: Option<PathBuf>,
    /// The certificate's private key (PEM), readable by its owner alone.
    #[arg(long, value_name = "FILE", requires = "tls_chain")]
    tls_key: Option<PathBuf>,
    /// Ask the payment service (psp.json) every so many minutes what came, also with no till asking; 0 never does.
    #[arg(long, value_name = "MINUTES", default_value_t = 5)]
    ask_every: u32,
}

/// Serves tills and citizens until interrupted, and asks the payment service every so many minutes.
pub fn run(office: Office, args: &ServeArgs, out: &Output) -> Result<(), Failure> {
    let tls = args.tls_chain.as_deref().zip(args.tls_key.as_deref());
    let tls = tls.map(|(chain, key)| Tls::open(chain, key)).transpose();
    let tls = tls.map_err(|error| Failure::new("bad-tls", error))?;
    let listen = args.listen.as_str();
    let runtime = Runtime::new().map_err(Failure::io("the threads of the server"))?;
    let served = runtime.block_on(async {
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
        let (office, limits) = (Arc::new(office), Limits::default());
        let outbox = tokio::spawn(server::send_messages(Arc::clone(&office), machine::wall));
        let (ended, over) = oneshot::channel::<()>();
        let serving = async {
            let served =
                server::serve_within(limits, tls, listener, Arc::clone(&office), machine::wall, stopped()).await;
            drop(ended);
            outbox.abort();
            served
        };
        let following = async {
            if args.ask_every > 0 {
                let every = Duration::from_secs(u64::from(args.ask_every) * 60);
                server::follow(Arc::clone(&office), machine::wall, every, |news| say(&news, out), async {
                    _ = over.await
                })
                .await;
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
