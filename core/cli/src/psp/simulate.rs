//! `raseed psp simulate`

use crate::machine;
use crate::office::serve::stopped;
use crate::output::{Failure, Output};
use raseed_head_office::psp::Secret;
use raseed_simulated_psp::SimulatedPsp;
use raseed_simulated_psp::server::{KEY_ID, serve};
use serde_json::{Value, json};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// Plays the provider until interrupted.
pub fn run(
    listen: SocketAddr,
    webhook: Option<String>,
    secret_file: &Path,
    configure: Option<&Path>,
    seed: Option<u64>,
    out: &Output,
) -> Result<(), Failure> {
    if !listen.ip().is_loopback() {
        let why = "whoever reaches a simulated provider may play the payer: let it listen on 127.0.0.1 or [::1]";
        return Err(Failure::new("not-this-machine", why));
    }
    let secret = secret(secret_file)?;
    let psp = Arc::new(SimulatedPsp::new(seed.unwrap_or_else(random_seed), Arc::new(machine::wall), secret));
    let runtime = Runtime::new().map_err(Failure::io("the threads of the server"))?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await.map_err(Failure::io(listen))?;
        let address = listener.local_addr().map_err(Failure::io(listen))?;
        let url = format!("http://{address}");
        if let Some(folder) = configure {
            write_config(folder, &url, secret_file)?;
        }
        out.say(&json!({ "listening": address, "url": url, "key_id": KEY_ID, "webhook": webhook }), || {
            let told = webhook.as_deref().unwrap_or("nobody (give --webhook)");
            format!(
                "a simulated payment provider answers on {url} and tells {told} of payments; no money moves. \
                 Pay with `raseed psp pay --at {url} \"upi://pay?…\"`; stop it with Ctrl-C"
            )
        })?;
        serve(listener, psp, webhook.clone(), stopped()).await.map_err(Failure::io(listen))
    })
}

/// A number that nobody chose.
pub fn random_seed() -> u64 {
    let mut seed = [0; 8];
    machine::random(&mut seed);
    u64::from_le_bytes(seed)
}

/// The secret in the file; a new one in a new file if there is none.
pub fn secret(path: &Path) -> Result<Secret, Failure> {
    if !path.exists() {
        let mut bytes = [0; 16];
        machine::random(&mut bytes);
        let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        private_file(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(Failure::io(path.display()))?;
    }
    Secret::open(path).map_err(|error| Failure::new("bad-secret", error))
}

fn private_file(path: &Path) -> std::io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes the head office in this folder ask this provider. The configuration of a real one is never written over.
pub fn write_config(folder: &Path, url: &str, secret_file: &Path) -> Result<(), Failure> {
    let secret = fs::canonicalize(secret_file).map_err(Failure::io(secret_file.display()))?;
    let config = json!({
        "psp": "razorpay",
        "url": url,
        "key_id": KEY_ID,
        "key_secret_file": secret,
        "webhook_secret_file": secret,
    });
    write_own(&folder.join("psp.json"), &config, |there| there["key_id"].as_str() == Some(KEY_ID))
}

/// Writes a configuration, unless one is there that is not `ours`.
pub fn write_own(path: &Path, config: &Value, ours: impl Fn(&Value) -> bool) -> Result<(), Failure> {
    match fs::read_to_string(path) {
        Ok(text) if !serde_json::from_str(&text).is_ok_and(|there| ours(&there)) => {
            let why = format!("{} is of another provider; move it away first", path.display());
            return Err(Failure::new("other-provider", why));
        }
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(Failure::io(path.display())(error)),
    }
    fs::write(path, format!("{config:#}\n")).map_err(Failure::io(path.display()))
}
