//! What Bharat QR asks beyond EMVCo: rupees, a postal code, RuPay or a bank account, UPI's two templates.
//!
//! NPCI does not publish its specification openly; these rules are those on which every description and sample agrees.

use super::RUPAY;
use super::code::{Code, Field};
use super::tlv::{Id, Path};
use crate::qr::bharat::{BankAccount, RupayPan};
use crate::qr::{Amount, PinCode, Violation, Vpa};

/// The longest merchant name (59), two less than EMVCo's.
pub(super) const MAX_NAME: usize = 23;
/// The longest address in 26.01.
const MAX_VPA: usize = 50;

/// Whether a code is one of India's: by currency, country, or the network of a template.
pub(super) fn applies(code: &Code<'_>) -> bool {
    code.get(53) == Some("356") || code.get(58) == Some("IN") || code.fields().iter().any(Field::is_upi)
}

/// What a generator must not emit in India.
pub(super) fn india(code: &Code<'_>) -> Vec<Violation> {
    let mut found: Vec<Violation> =
        [1, 61].into_iter().filter(|id| code.get(*id).is_none()).map(|id| Violation::missing(Id::new(id))).collect();
    if code.get(6).is_none() && code.get(8).is_none() {
        found.push(Violation::missing("06 or 08"));
    }
    if code.get(6).is_some() && code.within(62, 7).is_none() {
        found.push(Violation::missing("62.07"));
    }
    if code.is_dynamic() == Some(true) && code.get(26).is_some() && code.get(27).is_none() {
        found.push(Violation::missing(27));
    }
    let fits = |id: u8, value: &str| match id {
        1 => code.is_dynamic().is_some(),
        6 => value.parse::<RupayPan>().is_ok(),
        8 => value.parse::<BankAccount>().is_ok(),
        53 => value == "356",
        58 => value == "IN",
        61 => value.parse::<PinCode>().is_ok(),
        _ => true,
    };
    for field in code.fields() {
        match field.id.number() {
            26 => found.extend(payee(code, field)),
            27 => found.extend(reference(field)),
            // Identity numbers do not belong into a public code.
            28 => found.push(Violation::reserved(field.id)),
            id if !fits(id, field.value) => found.push(Violation::format(Path::root(field.id))),
            _ => {}
        }
    }
    found
}

/// 26: network, address, and the floor of a code for one payment.
fn payee(code: &Code<'_>, field: &Field<'_>) -> Vec<Violation> {
    let is_vpa = |value: &str| value.len() <= MAX_VPA && value.parse::<Vpa>().is_ok();
    let mut found = of_network(field, is_vpa, 2);
    if let Some(text) = field.get(2) {
        let minimum = Amount::read(text).ok().filter(|minimum| minimum.to_string() == text);
        let amount = code.get(54).map(Amount::read_emv);
        let above = matches!((minimum, amount), (Some(minimum), Some(Ok(amount))) if minimum > amount);
        if minimum.is_none() {
            found.push(Violation::format(field.path(2)));
        } else if above || code.is_dynamic() == Some(false) {
            found.push(Violation::condition(field.path(2)));
        }
    }
    found
}

/// 27: network, reference, and where to read more.
fn reference(field: &Field<'_>) -> Vec<Violation> {
    let mut found = of_network(field, |value| crate::qr::field::ans(value, 4..=35), 2);
    found.extend(field.get(2).and_then(|url| super::conform::text(field.path(2), url, 26)));
    found
}

/// The network's id in 00, one value in 01, and nothing after the last id.
fn of_network(field: &Field<'_>, fits: impl Fn(&str) -> bool, last: u8) -> Vec<Violation> {
    // A template that could not be read has been reported already.
    let Some(objects) = field.objects() else { return Vec::new() };
    let mut found = Vec::new();
    if field.get(0).is_some_and(|rid| rid != RUPAY) {
        found.push(Violation::format(field.path(0)));
    }
    match field.get(1) {
        None => found.push(Violation::missing(field.path(1))),
        Some(value) if !fits(value) => found.push(Violation::format(field.path(1))),
        Some(_) => {}
    }
    let beyond = objects.iter().map(|object| object.id.number()).filter(|id| *id > last);
    found.extend(beyond.map(|id| Violation::reserved(field.path(id))));
    found
}
