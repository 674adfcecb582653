//! Well formed and signed by the till, but saying what no receipt may say: a till that lies, or a broken one.

use super::super::forge;
use super::super::people::{Who, link};
use super::{Case, FORGED, refused, usual_certificate, usual_entry};
use coset::cbor::value::Value;
use raseed_protocol::signed::Namespace;

/// The cases of `receipts/content.json`.
pub fn cases() -> Vec<Case> {
    let mut cases = missing();
    cases.extend(sums());
    cases.extend(names());
    cases.extend(numbers());
    cases
}

fn in_entry(name: &str, changes: &[(u64, Option<Value>)]) -> Case {
    resigned(name, |payload| forge::fields(payload, changes))
}

fn in_receipt(name: &str, changes: &[(u64, Option<Value>)]) -> Case {
    resigned(name, |payload| forge::body_fields(payload, changes))
}

fn resigned(name: &str, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Case {
    let entry = forge::resigned(Namespace::Entry, &usual_entry(), Who::Till, change);
    refused(name, FORGED, link(&[&usual_certificate()], &entry))
}

fn list(items: &[i64]) -> Option<Value> {
    Some(Value::Array(items.iter().map(|n| (*n).into()).collect()))
}

fn number(n: i64) -> Option<Value> {
    Some(n.into())
}

fn text(text: &str) -> Option<Value> {
    Some(text.into())
}

fn missing() -> Vec<Case> {
    let entry = [1, 2, 3, 4, 6, 7, 8].map(|key| in_entry(&format!("entry without field {key}"), &[(key, None)]));
    let receipt =
        [1, 3, 4, 5, 9, 10, 11].map(|key| in_receipt(&format!("receipt without field {key}"), &[(key, None)]));
    let unknown = in_entry("an unknown kind without content", &[(7, number(999)), (8, None)]);
    entry.into_iter().chain(receipt).chain([unknown]).collect()
}

fn sums() -> Vec<Case> {
    const MOST: i64 = 10_000_000_000_000;
    let split = |name: &str, amount: i64, parts: &[i64]| in_receipt(name, &[(3, number(amount)), (4, list(parts))]);
    vec![
        in_receipt("heads that do not add up", &[(3, number(26_001))]),
        split("no heads", 26_000, &[]),
        split("half a head", 26_000, &[10, 26_000, 11]),
        split("a head twice", 26_000, &[10, 13_000, 10, 13_000]),
        split("a head of nothing", 26_000, &[10, 26_000, 11, 0]),
        split("a head beyond 255", 26_000, &[256, 26_000]),
        split("a negative head", 26_000, &[-1, 26_000]),
        split("seventeen heads", 17, &(10..27).flat_map(|head| [head, 1]).collect::<Vec<_>>()),
        split("an amount of nothing", 0, &[10, 5, 2, -5]),
        split("a negative amount", -26_000, &[10, -26_000]),
        split("a sum on the way beyond the bound", 8_000_000, &[10, MOST, 11, 8_000_000, 2, -MOST]),
        in_receipt(
            "an amount beyond the bound",
            &[(3, number(MOST + 1)), (4, list(&[10, MOST, 11, 1])), (10, number(MOST))],
        ),
        in_receipt("a grand total smaller than the receipt", &[(10, number(25_999))]),
        in_receipt("a grand total beyond the bound", &[(10, number(MOST + 1))]),
        in_receipt("receipt number 0", &[(9, number(0))]),
        in_receipt("a negative number of receipts", &[(9, number(-1))]),
    ]
}

fn names() -> Vec<Case> {
    vec![
        in_receipt("no account", &[(1, text(""))]),
        in_receipt("an account with a blank", &[(1, text("BHG 0217"))]),
        in_receipt("an account that begins with a dash", &[(1, text("-0217"))]),
        in_receipt("an account in another script", &[(1, text("ਭਾਗੋ"))]),
        in_receipt("an account of 21 characters", &[(1, text("123456789012345678901"))]),
        in_receipt("an account that is a number", &[(1, number(217))]),
        in_receipt("a bill number with a line end", &[(2, text("B2611\n"))]),
        in_receipt("an empty reference", &[(6, text(""))]),
        in_receipt("a reference with a blank", &[(6, text("two words"))]),
        in_receipt("a reference of 25 characters", &[(6, text("1234567890123456789012345"))]),
        in_receipt("a request of 7 bytes", &[(11, Some(forge::bytes(&[1; 7])))]),
        in_entry("staff without a name", &[(6, text(""))]),
        in_entry("staff with a slash", &[(6, text("a/b"))]),
        in_entry("staff of 13 characters", &[(6, text("abcdefghijklm"))]),
    ]
}

fn numbers() -> Vec<Case> {
    let boot = |bytes: &[u8], elapsed: i64| Some(Value::Array(vec![forge::bytes(bytes), elapsed.into()]));
    vec![
        in_entry("place 0", &[(1, number(0))]),
        in_entry("the place after the last", &[(1, Some(u64::MAX.into()))]),
        in_entry("a hash of 31 bytes", &[(2, Some(forge::bytes(&[0; 31])))]),
        in_entry("a time after the year 2199", &[(3, number(7_258_118_400_000))]),
        in_entry("a negative time", &[(3, number(-1))]),
        in_entry("a boot of 3 bytes", &[(4, boot(&[1; 3], 5))]),
        in_entry("a negative time since boot", &[(4, boot(&[1; 4], -5))]),
        in_entry("a boot time of three items", &[(4, list(&[1, 2, 3]))]),
        in_entry("a negative place acknowledged", &[(5, list(&[-1, 5]))]),
        in_entry("an acknowledgement of one item", &[(5, list(&[380]))]),
        in_entry("an acknowledgement after the year 2199", &[(5, list(&[380, 7_258_118_400_000]))]),
        in_entry("a negative kind", &[(7, number(-6))]),
        in_entry("a receipt that is text", &[(8, text("receipt"))]),
        in_receipt("mode 0", &[(5, number(0))]),
        in_receipt("mode 5", &[(5, number(5))]),
        in_receipt("a realisation flag that is a number", &[(7, number(1))]),
        in_receipt("periods in the wrong order", &[(8, list(&[322, 320]))]),
        in_receipt("one period", &[(8, list(&[320]))]),
        in_receipt("a period after the year 2199", &[(8, list(&[320, 2_400]))]),
    ]
}
