//! Whether a generator may emit a code: the formats of EMVCo MPM 1.1 §4.7 to §4.12, and India's rules where they apply.
//!
//! It judges codes that were read; it never decides whether one can be paid.

use super::additional::additional;
use super::code::{Code, Field};
use super::india::{self, india};
use super::tlv::Path;
use crate::qr::field::{ans, digits};
use crate::qr::{Amount, Violation};

/// §4.1.
const MAX_CHARACTERS: usize = 512;

/// What a generator must not emit in a code; empty if it may.
pub fn violations(code: &Code<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    if code.characters() > MAX_CHARACTERS {
        found.push(Violation::TotalOver512);
    }
    let mandatory = [52, 53, 58, 59, 60].into_iter().filter(|id| code.get(*id).is_none());
    found.extend(mandatory.map(Violation::missing));
    if !code.fields().iter().any(|field| (2..=51).contains(&field.id.number())) {
        found.push(Violation::missing("02-51"));
    }
    let in_india = india::applies(code);
    for field in code.fields() {
        found.extend(of_field(code, field, in_india));
    }
    found.extend(fees(code));
    if in_india {
        found.extend(india(code));
    }
    found
}

fn of_field(code: &Code<'_>, field: &Field<'_>, in_india: bool) -> Vec<Violation> {
    let (id, value) = (field.id, field.value);
    let name = if in_india { india::MAX_NAME } else { 25 };
    let found = match id.number() {
        17..=25 | 65..=79 => Some(Violation::reserved(id)),
        26..=51 | 80..=99 => return template(field),
        62 => return additional(field),
        64 => return language(field, name),
        2..=16 if !ans(value, 1..=99) => Some(Violation::format(id)),
        1 if !in_india && !["11", "12"].contains(&value) => Some(Violation::format(id)),
        52 if !digits(value, 4..=4) => Some(Violation::format(id)),
        53 if !digits(value, 3..=3) => Some(Violation::format(id)),
        54 | 56 if !is_amount(code, value) => Some(Violation::format(id)),
        55 if !["01", "02", "03"].contains(&value) => Some(Violation::format(id)),
        57 if !is_percentage(value) => Some(Violation::format(id)),
        58 if value.len() != 2 || !value.bytes().all(|b| b.is_ascii_uppercase()) => Some(Violation::format(id)),
        59 => text(Path::root(id), value, name),
        60 => text(Path::root(id), value, 15),
        61 => text(Path::root(id), value, 10),
        _ => None,
    };
    found.into_iter().collect()
}

/// Printable ASCII of a bounded length.
pub(super) fn text(path: Path, value: &str, most: usize) -> Option<Violation> {
    if value.chars().count() > most {
        return Some(Violation::TooLong(path.to_string(), most));
    }
    (!ans(value, 1..=most)).then(|| Violation::format(path))
}

/// A template of a payment system says first whose it is (§4.7.11.2, §4.8.1.5).
fn template(field: &Field<'_>) -> Vec<Violation> {
    match &field.inside {
        Some(Err(error)) => vec![Violation::Broken(error.place().unwrap_or(Path::root(field.id)), *error)],
        _ => match field.get(0) {
            Some(guid) => text(field.path(0), guid, 32).into_iter().collect(),
            None => vec![Violation::TemplateWithoutGuid(field.id.to_string())],
        },
    }
}

/// The merchant in another language (§4.8.2): language, name, and perhaps the city.
fn language(field: &Field<'_>, name: usize) -> Vec<Violation> {
    let objects = match &field.inside {
        Some(Ok(objects)) => objects,
        Some(Err(error)) => return vec![Violation::Broken(error.place().unwrap_or(Path::root(field.id)), *error)],
        None => return Vec::new(),
    };
    let mut found: Vec<Violation> =
        [0, 1].into_iter().filter(|id| field.get(*id).is_none()).map(|id| Violation::missing(field.path(id))).collect();
    for object in objects {
        let (path, length) = (field.path(object.id.number()), object.value.chars().count());
        let too_long = |most: usize| (length > most).then(|| Violation::TooLong(path.to_string(), most));
        found.extend(match object.id.number() {
            0 => {
                (length != 2 || !object.value.bytes().all(|b| b.is_ascii_alphabetic())).then(|| Violation::format(path))
            }
            1 => too_long(name),
            2 => too_long(15),
            _ => Some(Violation::reserved(path)),
        });
    }
    found
}

/// A fixed fee is there exactly when 55 promises one, and so is a percentage (§4.7.6 to §4.7.8).
fn fees(code: &Code<'_>) -> Vec<Violation> {
    let indicator = code.get(55);
    let pairs = [(56_u8, "02"), (57, "03")].into_iter();
    pairs
        .filter(|(id, promised)| code.get(*id).is_some() != (indicator == Some(*promised)))
        .map(|(id, _)| Violation::condition(id))
        .collect()
}

/// Digits with at most one point after the first of them, not zero, at most 13 characters; paise are two digits.
fn is_amount(code: &Code<'_>, value: &str) -> bool {
    if value.len() > 13 {
        return false;
    }
    if code.get(53) == Some("356") { Amount::read_emv(value).is_ok() } else { is_number(value) }
}

/// 00.01 to 99.99 (§4.7.8): two digits before the point at most, so that 100 cannot be said.
fn is_percentage(value: &str) -> bool {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    is_number(value) && whole.len() <= 2 && fraction.len() <= 2
}

fn is_number(value: &str) -> bool {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    digits(whole, 1..=13) && digits(fraction, 0..=13) && value.bytes().any(|b| (b'1'..=b'9').contains(&b))
}
