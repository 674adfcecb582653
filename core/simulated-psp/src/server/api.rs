//! What a merchant asks: Razorpay's QR Codes and Payments API, in the form of its public documentation.

use super::{App, refused};
use crate::shapes;
use crate::simulator::{NewQr, Payment, Qr, Refusal, Simulator};
use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use raseed_protocol::money::Paise;
use raseed_protocol::time::WallMs;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// The most payments in one answer, and how many come if nobody says.
const MAX_COUNT: usize = 100;
const USUAL_COUNT: usize = 10;

#[derive(Deserialize)]
pub(super) struct NewQrBody {
    r#type: String,
    usage: String,
    fixed_amount: bool,
    payment_amount: Paise,
    #[serde(default)]
    description: String,
    close_by: u64,
    #[serde(default)]
    notes: Value,
}

#[derive(Deserialize)]
pub(super) struct Span {
    #[serde(default)]
    from: u64,
    to: Option<u64>,
    count: Option<usize>,
    #[serde(default)]
    skip: usize,
}

pub(super) async fn make_qr(State(app): State<Arc<App>>, body: Result<Json<NewQrBody>, JsonRejection>) -> Response {
    let Ok(Json(body)) = body else { return refused(400, "The request is not the JSON that it should be") };
    if (body.r#type.as_str(), body.usage.as_str(), body.fixed_amount) != ("upi_qr", "single_use", true) {
        return refused(400, "Only upi_qr for single_use with fixed_amount is simulated");
    }
    let reference = body.notes.get("reference").and_then(Value::as_str).map(str::to_owned);
    let order =
        NewQr { amount: body.payment_amount, description: body.description, reference, close_by_s: body.close_by };
    app.psp.with(|simulator, now| match simulator.make_qr(order, now).map(|qr| qr.id.clone()) {
        Ok(id) => answer(simulator, simulator.qr(&id), now),
        Err(refusal) => no(refusal),
    })
}

pub(super) async fn qr(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    app.psp.with(|simulator, now| answer(simulator, simulator.qr(&id), now))
}

pub(super) async fn close_qr(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    app.psp.with(|simulator, now| match simulator.close_qr(&id, now) {
        Ok(_) => answer(simulator, simulator.qr(&id), now),
        Err(refusal) => no(refusal),
    })
}

pub(super) async fn payments_of(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    span: Result<Query<Span>, QueryRejection>,
) -> Response {
    let Ok(Query(span)) = span else { return refused(400, "from, to, count and skip are whole numbers") };
    app.psp.with(|simulator, now| match simulator.payments_of(&id, now) {
        Ok(payments) => {
            let to = span.to.unwrap_or(u64::MAX);
            page(payments.filter(|payment| (span.from..=to).contains(&(payment.told.paid.0 / 1000))), &span)
        }
        Err(refusal) => no(refusal),
    })
}

pub(super) async fn payments(State(app): State<Arc<App>>, span: Result<Query<Span>, QueryRejection>) -> Response {
    let Ok(Query(span)) = span else { return refused(400, "from, to, count and skip are whole numbers") };
    let to = span.to.unwrap_or(u64::MAX);
    app.psp.with(|simulator, now| page(simulator.payments_between(span.from, to, now), &span))
}

/// Newest first, as the real API lists them.
fn page<'a>(payments: impl Iterator<Item = &'a Payment>, span: &Span) -> Response {
    let count = span.count.unwrap_or(USUAL_COUNT);
    if !(1..=MAX_COUNT).contains(&count) {
        return refused(400, "The count must be between 1 and 100");
    }
    let mut all: Vec<&Payment> = payments.collect();
    all.sort_by_key(|payment| std::cmp::Reverse(payment.at));
    let items: Vec<Value> = all.into_iter().skip(span.skip).take(count).map(shapes::payment).collect();
    Json(json!({ "entity": "collection", "count": items.len(), "items": items })).into_response()
}

fn answer(simulator: &Simulator, qr: Result<&Qr, Refusal>, now: WallMs) -> Response {
    match qr {
        Ok(qr) => Json(shapes::qr(qr, simulator.received(qr, now), now)).into_response(),
        Err(refusal) => no(refusal),
    }
}

fn no(refusal: Refusal) -> Response {
    refused(400, &refusal.to_string())
}
