//! `raseed sms simulate`

use super::args::SimulateArgs;
use crate::office::serve::stopped;
use crate::output::{Failure, Output};
use crate::psp::simulate::{random_seed, secret, write_own};
use raseed_head_office::sms::Kind;
use raseed_protocol::language::Language;
use raseed_simulated_psp::sms::{ACCOUNT, ENTITY, KEY, SENDER, SimulatedSms, serve};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// Plays the gateway until interrupted.
pub fn run(args: &SimulateArgs, out: &Output) -> Result<(), Failure> {
    if !args.listen.ip().is_loopback() {
        let why = "whoever reaches a simulated gateway reads every message: let it listen on 127.0.0.1 or [::1]";
        return Err(Failure::new("not-this-machine", why));
    }
    let gateway = SimulatedSms::new(args.seed.unwrap_or_else(random_seed), secret(&args.secret_file)?);
    let gateway = match &args.file {
        Some(file) => gateway.with_file(file).map_err(Failure::io(file.display()))?,
        None => gateway,
    };
    let runtime = Runtime::new().map_err(Failure::io("the threads of the server"))?;
    runtime.block_on(async {
        let listener = TcpListener::bind(args.listen).await.map_err(Failure::io(args.listen))?;
        let address = listener.local_addr().map_err(Failure::io(args.listen))?;
        let url = format!("http://{address}");
        if let Some(folder) = &args.configure {
            write_config(folder, &url, &args.secret_file)?;
        }
        out.say(&json!({ "listening": address, "url": url }), || {
            format!(
                "a simulated message gateway answers on {url}; no phone gets anything. See what they would get with \
                 `raseed sms sent --at {url}`; stop it with Ctrl-C"
            )
        })?;
        serve(listener, Arc::new(gateway), stopped()).await.map_err(Failure::io(args.listen))
    })
}

/// Makes the head office in this folder send by this gateway, in every language. The configuration of a real one is never
/// written over.
fn write_config(folder: &Path, url: &str, secret_file: &Path) -> Result<(), Failure> {
    let token = fs::canonicalize(secret_file).map_err(Failure::io(secret_file.display()))?;
    let mut templates = serde_json::Map::new();
    for (n, kind) in (1..).zip(Kind::ALL) {
        let id = |(m, language): (u32, Language)| (language.tag().to_owned(), json!(format!("1107{n:08}{m:07}")));
        let ids: serde_json::Map<String, Value> = (1..).zip(Language::ALL).map(id).collect();
        templates.insert(kind.code().to_owned(), ids.into());
    }
    let config = json!({
        "sms": "exotel",
        "url": url,
        "account": ACCOUNT,
        "key": KEY,
        "token_file": token,
        "sender": SENDER,
        "dlt_entity": ENTITY,
        "templates": templates,
    });
    write_own(&folder.join("sms.json"), &config, |there| there["key"].as_str() == Some(KEY))
}
