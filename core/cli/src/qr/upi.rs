//! `raseed qr make upi`.

use super::args::UpiArgs;
use super::make::{asked, field, maybe};
use crate::machine;
use crate::output::Failure;
use raseed_protocol::qr::upi::{Initiation, Medium, Request, Shop};
use raseed_protocol::time::WallMs;

const MINUTE_MS: u64 = 60_000;

/// The link that was asked for.
pub fn link(wish: &UpiArgs) -> Result<String, Failure> {
    let reference = maybe(wish.reference.as_ref())?;
    let (initiation, medium) = match (reference, wish.for_all) {
        (Some(reference), false) => (Initiation::DynamicOffline(reference), Medium::Pos),
        (reference, _) => (Initiation::StaticOffline(reference), Medium::Physical),
    };
    let now = machine::wall();
    let request = Request {
        initiation,
        medium,
        asked: asked(wish.amount.as_ref(), wish.minimum.as_ref())?,
        mcc: maybe(wish.mcc.as_ref())?,
        note: maybe(wish.note.as_ref())?,
        made_at: wish.minutes.map(|_| now),
        expires_at: wish.minutes.map(|minutes| WallMs(now.0 + u64::from(minutes) * MINUTE_MS)),
        purpose: maybe(wish.purpose.as_ref())?,
        org: maybe(wish.org.as_ref())?,
        shop: Shop { terminal: maybe(wish.terminal_id.as_ref())?, ..Shop::default() },
        ..Request::standing(field(&wish.payee)?, field(&wish.name)?)
    };
    Ok(request.build())
}
