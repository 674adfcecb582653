//! What anybody may ask: is the office there, and what are its public keys.

use super::App;
use super::refused::Refused;
use crate::OfficeError;
use axum::Json;
use axum::extract::State;
use data_encoding::BASE64;
use raseed_protocol::ids::TenantId;
use raseed_protocol::time::WallMs;
use serde::Serialize;
use std::sync::Arc;

/// `GET /v1/health`
#[derive(Serialize)]
pub(super) struct Health {
    status: &'static str,
    office_time_ms: WallMs,
}

/// `GET /v1/keys`
#[derive(Serialize)]
pub(super) struct Keys {
    tenant: TenantId,
    /// Base32, as in an enrolment link: compare it with that of a paper or a poster before trusting it.
    root_key: String,
    /// Base64.
    office_certificate: String,
}

/// Says that the books can be read now.
pub(super) async fn health(State(app): State<Arc<App>>) -> Result<Json<Health>, Refused> {
    app.work(|office| {
        office.store.read(office.tenant()).and_then(|read| read.tenant()).map_err(OfficeError::from)?;
        Ok(())
    })
    .await?;
    Ok(Json(Health { status: "ok", office_time_ms: app.now() }))
}

/// The keys with which receipts, acknowledgements and book pages are checked.
pub(super) async fn keys(State(app): State<Arc<App>>) -> Json<Keys> {
    Json(Keys {
        tenant: app.office.tenant().clone(),
        root_key: app.office.root_key().to_string(),
        office_certificate: BASE64.encode(app.office.certificate().bytes()),
    })
}
