//! The other side of the counter: paying, telling the PSP how badly to behave, and looking at the truth.

use super::{App, refused};
use crate::Faults;
use crate::simulator::{NotPaid, Pay, Target};
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::response::{IntoResponse, Response};
use raseed_protocol::money::Paise;
use serde::Deserialize;
use std::sync::Arc;

/// Exactly one of `qr`, `reference` and `link`; `amount` in paise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PayBody {
    qr: Option<String>,
    reference: Option<String>,
    link: Option<String>,
    amount: Option<Paise>,
    #[serde(default)]
    after_ms: u64,
}

impl PayBody {
    fn pay(self) -> Option<Pay> {
        let target = match (self.qr, self.reference, self.link) {
            (Some(qr), None, None) => Target::Qr(qr),
            (None, Some(reference), None) => Target::Reference(reference),
            (None, None, Some(link)) => Target::Link(link),
            _ => return None,
        };
        Some(Pay { target, amount: self.amount, after_ms: self.after_ms })
    }
}

pub(super) async fn pay(State(app): State<Arc<App>>, body: Result<Json<PayBody>, JsonRejection>) -> Response {
    let Some(pay) = body.ok().and_then(|Json(body)| body.pay()) else {
        return refused(400, "give one of qr, reference and link, and if you like amount (in paise) and after_ms");
    };
    let paid = app.psp.pay(&pay);
    app.news.notify_one();
    match paid {
        Ok(payment) => Json(payment).into_response(),
        Err(not @ NotPaid::NoSuchQr) => refused(404, &not.to_string()),
        Err(not) => refused(400, &not.to_string()),
    }
}

pub(super) async fn faults(State(app): State<Arc<App>>, body: Result<Json<Faults>, JsonRejection>) -> Response {
    let Ok(Json(faults)) = body else {
        return refused(400, "give webhook_lost, webhook_twice, webhook_delay_ms, answer_lost, answer_500 or plan");
    };
    match app.psp.with(|simulator, _| simulator.set_faults(faults.clone())) {
        Ok(()) => Json(faults).into_response(),
        Err(bad) => refused(400, &bad.to_string()),
    }
}

pub(super) async fn state(State(app): State<Arc<App>>) -> Response {
    Json(app.psp.with(|simulator, now| simulator.state(now))).into_response()
}
