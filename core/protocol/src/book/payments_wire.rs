//! The bytes of `Payments`: key 13 of the rules (`schemas/book.cddl`).

use super::payments::{CardApp, CodeMaker, Payments, UpiPayee};
use crate::cbor::{Fields, FormatError, Map, array};
use crate::ids::AccountId;
use coset::cbor::value::Value;

pub(super) fn encode(payments: &Payments) -> Value {
    let upi = payments.upi.as_ref().map(|upi| {
        Map::new()
            .put(1, upi.vpa.as_str())
            .put(2, upi.name.as_str())
            .put(3, upi.mcc.as_str())
            .put(4, upi.seconds)
            .put_some(5, (upi.codes == CodeMaker::Service).then_some(true))
    });
    let card = payments.card.as_ref().map(|card| {
        let settings = card.settings.iter().map(|(name, value)| array([name.as_str().into(), value.as_str().into()]));
        Map::new().put(1, card.acquirer.as_str()).put(2, array(settings))
    });
    Map::new()
        .put_some(1, upi)
        .put_some(2, card)
        .put_some(3, payments.sales.as_ref().map(AccountId::as_str))
        .put(4, payments.complaint_days)
        .put(5, payments.bank_days)
        .into()
}

pub(super) fn decode(value: &Value) -> Result<Payments, FormatError> {
    let fields = Fields::of_map("payments", value)?;
    let days = |key| match fields.uint(key)? {
        days if days <= Payments::MAX_DAYS => Ok(days),
        _ => Err(fields.bad(key)),
    };
    Ok(Payments {
        upi: fields.get(1).map(decode_upi).transpose()?,
        card: fields.get(2).map(decode_card).transpose()?,
        sales: fields.optional(3, Fields::parse)?,
        complaint_days: days(4)?,
        bank_days: days(5)?,
    })
}

fn decode_upi(value: &Value) -> Result<UpiPayee, FormatError> {
    let fields = Fields::of_map("UPI payee", value)?;
    let seconds: u16 = fields.uint(4)?;
    let (least, most) = UpiPayee::SECONDS;
    if !(least..=most).contains(&seconds) {
        return Err(fields.bad(4));
    }
    Ok(UpiPayee {
        vpa: fields.text(1, 255)?.to_owned(),
        name: fields.text(2, UpiPayee::MAX_NAME)?.to_owned(),
        mcc: fields.text(3, 4)?.to_owned(),
        seconds,
        codes: if fields.flag(5)? { CodeMaker::Service } else { CodeMaker::Till },
    })
}

fn decode_card(value: &Value) -> Result<CardApp, FormatError> {
    let fields = Fields::of_map("card app", value)?;
    let settings = fields.array(2, CardApp::MAX_SETTINGS)?.iter().map(|pair| {
        let pair = Fields::of_array("setting", pair, 2)?;
        let text = |at| pair.text(at, CardApp::MAX_SETTING).map(str::to_owned);
        Ok((text(0)?, text(1)?))
    });
    Ok(CardApp { acquirer: fields.text(1, 20)?.to_owned(), settings: settings.collect::<Result<_, _>>()? })
}
