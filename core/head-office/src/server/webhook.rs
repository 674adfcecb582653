//! `POST /v1/psp/webhook`: the payment service tells of payments.
//!
//! Anybody can reach it, so nothing in the body counts before its signature is verified, over the bytes as they came. It is
//! answered with 200 only when everything it tells of is durable: until then the payment service tells it again.

use super::refused::Refused;
use super::{App, body};
use crate::OfficeError;
use axum::Json;
use axum::extract::{Request, State};
use serde::Serialize;
use std::sync::Arc;

const MAX_BODY: usize = 256 * 1024;

/// Where Razorpay puts its signature.
const SIGNATURE: &str = "x-razorpay-signature";

/// The call was taken in.
#[derive(Serialize)]
pub(super) struct Heard {
    status: &'static str,
}

/// Reads, verifies, and hands the payments to the office.
pub(super) async fn webhook(State(app): State<Arc<App>>, request: Request) -> Result<Json<Heard>, Refused> {
    let (head, body) = request.into_parts();
    if app.office.psp.is_none() {
        body::discard(body, MAX_BODY, app.limits.stranger()).await;
        return Err(OfficeError::NoPsp.into());
    }
    let sent = body::read(body, MAX_BODY, app.limits.stranger()).await?;
    let mut signatures = head.headers.get_all(SIGNATURE).iter();
    let signature = match (signatures.next(), signatures.next()) {
        (Some(signature), None) => signature.to_str().unwrap_or("").to_owned(),
        _ => String::new(),
    };
    let now = app.now();
    app.work(move |office| {
        let psp = office.psp.as_deref().ok_or(OfficeError::NoPsp)?;
        let payments = psp.read_webhook(&sent, &signature).map_err(OfficeError::from)?;
        office.money_came(&payments, now)?;
        Ok(())
    })
    .await?;
    Ok(Json(Heard { status: "ok" }))
}
