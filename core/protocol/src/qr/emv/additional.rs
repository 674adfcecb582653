//! Object 62: what else a merchant wants to say or to know (EMVCo MPM 1.1 §4.8.1).

use super::code::Field;
use super::conform::text;
use super::tlv::{Id, Object, Path, objects};
use crate::qr::Violation;

/// Each of 01 to 08.
const MAX: usize = 25;

/// What a generator must not emit there.
pub(super) fn additional(field: &Field<'_>) -> Vec<Violation> {
    match &field.inside {
        Some(Err(error)) => vec![Violation::Broken(error.place().unwrap_or(Path::root(field.id)), *error)],
        _ => field.objects().unwrap_or_default().iter().filter_map(|object| of_object(field, object)).collect(),
    }
}

fn of_object(field: &Field<'_>, object: &Object<'_>) -> Option<Violation> {
    let path = field.path(object.id.number());
    match object.id.number() {
        1..=8 => text(path, object.value, MAX),
        9 => (!asks_for_each_once(object.value)).then(|| Violation::format(path)),
        // A payment system's own, which says first whose it is (§4.8.1.5).
        50..=99 => {
            let inside = objects(object.value, Some(object.id));
            let signed = inside.is_ok_and(|inside| inside.iter().any(|object| object.id == Id::new(0)));
            (!signed).then(|| Violation::TemplateWithoutGuid(path.to_string()))
        }
        _ => Some(Violation::reserved(path)),
    }
}

/// Address, mobile number, e-mail: each at most once, in any order.
fn asks_for_each_once(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.iter().enumerate().all(|(at, b)| b"AME".contains(b) && !bytes[..at].contains(b))
}
