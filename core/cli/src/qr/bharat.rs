//! `raseed qr make bharat`.

use super::args::BharatArgs;
use super::make::{amount, asked, field, maybe};
use crate::output::Failure;
use raseed_protocol::qr::bharat::{Additional, Initiation, Networks, Request};

/// The code that was asked for.
pub fn code(wish: &BharatArgs) -> Result<String, Failure> {
    let initiation = match maybe(wish.reference.as_ref())? {
        Some(reference) => {
            let asked = asked(wish.amount.as_ref(), wish.minimum.as_ref())?;
            Initiation::Dynamic { asked, reference, url: None }
        }
        None => Initiation::Static { amount: wish.amount.as_deref().map(amount).transpose()? },
    };
    let merchant =
        Request::new(field(&wish.name)?, field(&wish.city)?, field(&wish.pin_code)?, field(&wish.mcc)?, initiation);
    let request = Request {
        rupay: maybe(wish.rupay.as_ref())?,
        account: maybe(wish.account.as_ref())?,
        networks: Networks {
            visa: [maybe(wish.visa.as_ref())?, None],
            mastercard: [maybe(wish.mastercard.as_ref())?, None],
        },
        payee: maybe(wish.payee.as_ref())?,
        additional: Additional {
            bill: maybe(wish.bill.as_ref())?,
            consumer: maybe(wish.consumer.as_ref())?,
            terminal: maybe(wish.terminal_label.as_ref())?,
            purpose: maybe(wish.note.as_ref())?,
            ..Additional::default()
        },
        ..merchant
    };
    request.build().map_err(|error| Failure::new("bad-code", error))
}
