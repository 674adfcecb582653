//! What a payment service provider sends: webhook calls, and settlement files.

use raseed_head_office::psp::razorpay::{read_webhook, sign_webhook};
use raseed_head_office::psp::settlement::{Mapping, read};
use raseed_head_office::psp::{PspPayment, Secret, WebhookRefused};
use raseed_protocol::money::MAX_PAISE;
use std::collections::HashSet;
use std::sync::OnceLock;

fn secret() -> &'static Secret {
    static SECRET: OnceLock<Secret> = OnceLock::new();
    SECRET.get_or_init(|| Secret::new("secret-of-a-test").expect("it is long enough"))
}

/// Whatever a signed body holds, what is read of it keeps its bounds; unsigned, nothing of it is read.
pub(super) fn psp_webhook(bytes: &[u8]) {
    let signature = sign_webhook(bytes, secret());
    match read_webhook(bytes, &signature, secret()) {
        Ok(payments) => payments.iter().for_each(is_bounded),
        Err(refused) => assert_ne!(refused, WebhookRefused::BadSignature, "what was signed is believed"),
    }
    let mut other = signature.into_bytes();
    other[0] = if other[0] == b'0' { b'1' } else { b'0' };
    let other = String::from_utf8(other).expect("hexadecimal digits");
    assert_eq!(read_webhook(bytes, &other, secret()), Err(WebhookRefused::BadSignature), "forged");
    // The body as its own signature: any text at all.
    let text = String::from_utf8_lossy(bytes);
    assert_eq!(read_webhook(b"{}", &text, secret()), Err(WebhookRefused::BadSignature), "forged");
}

/// A file after its mapping and a zero byte; without one, a file in a usual form.
pub(super) fn settlement_file(bytes: &[u8]) {
    let usual = MAPPING.as_bytes();
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let (first, second) = (parts.next().unwrap_or_default(), parts.next());
    let (mapping, file) = second.map_or((usual, first), |file| (first, file));
    let Ok(mapping) = Mapping::from_json(mapping) else { return };
    let Ok(read) = read(file, &mapping) else { return };
    read.payments.iter().for_each(is_bounded);
    let ids: HashSet<_> = read.payments.iter().map(|payment| &payment.id).collect();
    assert_eq!(ids.len(), read.payments.len(), "each payment is there once");
    assert!(read.charges.iter().all(|charges| ids.contains(&charges.id)), "charges are of a payment");
    let bad = read.more_bad + u64::try_from(read.bad.len()).expect("few");
    let told = bad + read.passed_over + read.repeated + u64::try_from(ids.len()).expect("few");
    let lines = u64::try_from(file.split(|byte| *byte == b'\n').count()).expect("few");
    assert!(told < lines, "more was said than there are lines under the first");
    assert!(read.bad.windows(2).all(|two| two[0].line < two[1].line), "bad lines are told in order");
}

/// The mapping of most seeds.
pub(super) const MAPPING: &str = r#"{"name":"usual","columns":{"payment_id":"id","reference":"ref","rrn":"rrn","amount":"amount","paid":"paid","status":"status","fee":"fee"},"amount_in":"rupees","paid_in":["unix","rfc3339","DD/MM/YYYY HH:MM:SS","YYYY-MM-DD HH:MM:SS"],"settled":["ok"]}"#;

fn is_bounded(payment: &PspPayment) {
    let (reference, rrn) = (payment.reference.as_deref(), payment.rrn.as_deref());
    assert!((1..=MAX_PAISE).contains(&payment.amount.get()), "an amount is positive and bounded");
    assert!((1..=40).contains(&payment.id.as_str().len()));
    assert!(
        reference.is_none_or(|text| (1..=35).contains(&text.len()) && text.chars().all(|c| (' '..='~').contains(&c)))
    );
    assert!(rrn.is_none_or(|text| (1..=24).contains(&text.len()) && text.chars().all(|c| c.is_ascii_graphic())));
    assert_eq!(raseed_protocol::time::WallMs::bounded(payment.paid.0), Some(payment.paid));
    let written = serde_json::to_string(payment).expect("plain data");
    assert_eq!(serde_json::from_str::<PspPayment>(&written).expect("what was written is read"), *payment);
}
