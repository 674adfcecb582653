//! Webhook calls on their way out, one after the other, each repeated later if nobody took it.

use super::App;
use crate::Call;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use ureq::Agent;

/// How often the clock is looked at: it may be one that a test sets by hand.
const LOOK: Duration = Duration::from_millis(50);
/// A receiver that takes longer did not take it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Delivers for ever.
pub(super) async fn run(app: Arc<App>, url: String) {
    let agent = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(0)
        .user_agent("raseed-simulated-psp")
        .build()
        .new_agent();
    loop {
        for call in app.psp.calls_due() {
            let webhook = call.webhook;
            let (agent, url) = (agent.clone(), url.clone());
            let taken = tokio::task::spawn_blocking(move || deliver(&agent, &url, &call)).await.unwrap_or(false);
            if !taken {
                app.psp.with(|simulator, now| simulator.not_taken(webhook, now));
            }
        }
        let _ = timeout(LOOK, app.news.notified()).await;
    }
}

/// True if the receiver said that it has it.
fn deliver(agent: &Agent, url: &str, call: &Call) -> bool {
    let sent = agent
        .post(url)
        .header("content-type", "application/json")
        .header("x-razorpay-signature", &call.signature)
        .header("x-razorpay-event-id", format!("evt_{}", call.webhook.serial))
        .send(&call.body[..]);
    sent.is_ok_and(|answer| answer.status().is_success())
}
