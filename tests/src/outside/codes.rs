//! Payment codes. What a reader accepts is read once more from the text alone, by other means: walking characters and
//! adding up bits instead of the product's own splitting and tables.

use raseed_protocol::money::Paise;
use raseed_protocol::pay_link::PayLink;
use raseed_protocol::payment_reference::PaymentReference;
use raseed_protocol::qr::emv::{self, Code};
use raseed_protocol::qr::upi;

/// A code that is accepted is a run of objects to its end with a right checksum, and its amount is what stands there.
pub(super) fn qr_emv(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (code, error) = Code::decode(text);
    let violations = emv::violations(&code);
    assert_eq!(emv::read(text).err(), error);
    if error.is_some() {
        return;
    }
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let objects = walked(text);
    let read: Vec<(String, String)> =
        code.fields().iter().map(|field| (field.id.to_string(), field.value.to_owned())).collect();
    assert_eq!(read, objects, "the objects are those of the text");
    let (last, sum) = objects.last().expect("a checksum");
    assert_eq!(last, "63");
    assert!(text.ends_with(sum.as_str()) && sum.len() == 4);
    assert_eq!(u16::from_str_radix(sum, 16), Ok(plain_sum(&text.as_bytes()[..text.len() - 4])));
    assert!(objects.iter().enumerate().all(|(at, (id, _))| objects[..at].iter().all(|(other, _)| other != id)));
    let of = |id: &str| objects.iter().find(|(other, _)| other == id).map(|(_, value)| value.as_str());
    if let Ok(Some(amount)) = code.amount() {
        says(of("54").expect("an amount is written"), amount);
        assert_eq!(of("53"), Some("356"));
    }
    if let Some(payee) = code.payee() {
        let upi = (26..=51).filter_map(|id| of(&id.to_string()));
        assert!(upi.into_iter().any(|template| template.contains(payee.as_str())), "a payee is written");
    }
    let again: String = objects.iter().map(|(id, value)| format!("{id}{:02}{value}", value.chars().count())).collect();
    assert_eq!(again, text);
    assert!(violations.is_empty() || !violations.iter().any(|violation| violation.to_string().is_empty()));
}

/// A path that is accepted is the one way to write what was read of it, and can stand in a message as it is.
pub(super) fn pay_link(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(link) = text.parse::<PayLink>() else { return };
    assert_eq!(link.to_string(), text);
    assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_".contains(&byte)));
    let parts: Vec<&str> = text.split('/').collect();
    let [nothing, page, bill, paise, language] = parts[..] else { panic!("five parts: {text}") };
    assert_eq!((nothing, page, paise), ("", "P", link.amount().get().to_string().as_str()));
    assert!(link.amount().is_positive() && language == link.language().tag());
    let plain = bill.replace("__", "\0").replace("_s", "/").replace("_d", ".").replace('\0', "_");
    assert_eq!(plain, link.bill().as_str());
    let reference: PaymentReference = format!("BILL--{bill}").parse().expect("it can be referred to");
    assert_eq!(reference, PaymentReference::Bill(link.bill().clone()));
}

/// A link that is accepted pays one payee one amount, both as its text says, whatever stands around them.
pub(super) fn qr_upi(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(link) = upi::read(text) else { return };
    upi::violations(&link);
    assert!(!text.contains('#'), "a fragment is never accepted");
    let query = text.split_once('?').expect("a payee stands behind a question mark").1;
    let query = query.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    for (key, paid) in [("am", link.amount()), ("mam", link.minimum())] {
        let mut said = values(query, key).into_iter().filter(|value| !value.is_empty());
        match paid {
            Some(paid) => said.for_each(|value| says(&value, paid)),
            None => {
                assert!(said.all(|value| value.eq_ignore_ascii_case("null") && key == "mam"), "{key} is passed over")
            }
        }
    }
    for payee in values(query, "pa") {
        assert_eq!(payee, link.payee().as_str(), "one payee");
    }
}

/// The digits of a text are those of the amount: no floating point, no sign, no rounding.
fn says(text: &str, amount: Paise) {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    assert!(text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && part.len() <= 2, "{text} is no amount");
    let digits = format!("{whole}{part:0<2}");
    assert_eq!(digits.trim_start_matches('0'), amount.get().to_string(), "{text} says another amount");
    assert!(amount.is_positive());
}

/// Every value of a key, however the key is written.
fn values(query: &str, key: &str) -> Vec<String> {
    let pieces = query.split('&').map(|piece| piece.split_once('=').unwrap_or((piece, "")));
    pieces
        .filter(|(name, _)| unescaped(name).trim().eq_ignore_ascii_case(key))
        .map(|(_, value)| unescaped(value))
        .collect()
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit =
            |at: usize| tail.get(at).and_then(|b| char::from(*b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn walked(text: &str) -> Vec<(String, String)> {
    let mut characters = text.chars();
    let mut objects = Vec::new();
    loop {
        let id: String = characters.by_ref().take(2).collect();
        if id.is_empty() {
            return objects;
        }
        let length: String = characters.by_ref().take(2).collect();
        let length: usize = length.parse().expect("an accepted code has lengths");
        let value: String = characters.by_ref().take(length).collect();
        assert_eq!(value.chars().count(), length, "no value goes on after the end");
        objects.push((id, value));
    }
}

/// The checksum bit by bit, as EMVCo describes it.
fn plain_sum(bytes: &[u8]) -> u16 {
    let mut sum = 0xffff_u16;
    for byte in bytes {
        for bit in (0..8).rev() {
            let out = (sum >> 15) ^ u16::from((byte >> bit) & 1);
            sum = (sum << 1) ^ if out == 1 { 0x1021 } else { 0 };
        }
    }
    sum
}
