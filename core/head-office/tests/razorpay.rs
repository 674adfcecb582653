//! The adapter for Razorpay against what the API is documented to send, and what it should never send: as data.
//!
//! Signatures in the vectors were made by another program (`tests/oracles/settlement.py` checks them).

#![allow(clippy::unwrap_used)] // the helpers of a test may stop it

use raseed_head_office::psp::razorpay::{MAX_WEBHOOK, Razorpay, Settings, read_webhook, sign_webhook};
use raseed_head_office::psp::{Psp, PspError, QrOrder, Secret, WebhookRefused};
use raseed_protocol::money::Paise;
use raseed_protocol::time::WallMs;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

const NOW: WallMs = WallMs(1_795_000_000_000);

fn vectors() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/psp/razorpay.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

fn order() -> QrOrder {
    QrOrder {
        reference: "SAS07-1-391".to_owned(),
        amount: Paise::from_rupees(260).unwrap(),
        description: "Water bill".to_owned(),
        close_by: WallMs(NOW.0 + 60_000),
    }
}

/// Answers one request with these bytes, and gives back the request.
fn answer_once(answer: Vec<u8>) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (mut request, mut piece) = (Vec::new(), [0; 4096]);
        while !is_whole(&request) {
            let read = stream.read(&mut piece).unwrap();
            assert_ne!(read, 0, "the request was cut off");
            request.extend_from_slice(&piece[..read]);
        }
        // The other side may have heard enough before the end.
        let _ = stream.write_all(&answer);
        String::from_utf8(request).unwrap()
    });
    (url, thread)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

fn http(status: u16, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
        .into_bytes()
}

fn adapter(url: &str) -> Razorpay {
    let settings = Settings::new(url, "rzp_test_1", secret("key-secret-1"), secret("webhook-secret-1")).unwrap();
    Razorpay::new(settings, Arc::new(|| NOW))
}

#[test]
fn each_answer_is_taken_as_the_vectors_say() {
    let vectors = vectors();
    for case in vectors["answers"].as_array().unwrap() {
        let name = case["case"].as_str().unwrap();
        let body = case["body"].as_str().map_or_else(|| case["body"].to_string(), str::to_owned);
        let status = case["status"].as_u64().map_or(200, |status| status.try_into().unwrap());
        let (url, thread) = answer_once(http(status, &body));
        let psp = adapter(&url);
        let outcome = match case["call"].as_str().unwrap() {
            "make_qr" => {
                psp.make_qr(&order()).map(|made| json!({ "qr": made.qr, "link": made.link, "closes": made.closes }))
            }
            "payments_of" => psp.payments_of("qr_SampleEEEEEE01").map(|payments| json!(payments)),
            other => panic!("{name}: no call {other}"),
        };
        thread.join().unwrap();
        match outcome {
            Ok(value) => assert_eq!(value, case["gives"], "{name}"),
            Err(error) => assert_eq!(Value::from(error.code()), case["refused"], "{name}: {error}"),
        }
    }
}

#[test]
fn a_code_is_ordered_as_documented() {
    let body = vectors()["answers"][0]["body"].to_string();
    let (url, thread) = answer_once(http(200, &body));
    adapter(&url).make_qr(&order()).unwrap();
    let request = thread.join().unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v1/payments/qr_codes HTTP/1.1\r\n"), "{head}");
    // The two halves of the key with a colon between them, in Base64 (RFC 7617).
    assert!(head.to_lowercase().contains("authorization: basic cnpwx3rlc3rfmtprzxktc2vjcmv0lte="), "{head}");
    let expected = json!({
        "type": "upi_qr",
        "usage": "single_use",
        "fixed_amount": true,
        "payment_amount": 26_000,
        "description": "Water bill",
        "close_by": NOW.0 / 1000 + 16 * 60,
        "notes": { "reference": "SAS07-1-391" },
    });
    assert_eq!(serde_json::from_str::<Value>(body).unwrap(), expected);
}

#[test]
fn broken_and_endless_answers_are_told_apart() {
    let refusal = |answer: Vec<u8>| {
        let (url, thread) = answer_once(answer);
        let error = adapter(&url).payments_of("qr_SampleEEEEEE01").unwrap_err();
        thread.join().unwrap();
        error
    };
    assert!(matches!(refusal(Vec::new()), PspError::Interrupted(_)));
    let cut = http(200, r#"{"items":[]}"#);
    assert!(matches!(refusal(cut[..cut.len() - 3].to_vec()), PspError::Interrupted(_)));
    assert!(matches!(refusal(http(200, &" ".repeat(5_000_000))), PspError::Nonsense(_)));
    assert!(matches!(refusal(b"SSH-2.0-X\r\n\r\n".to_vec()), PspError::Nonsense(_)));
    let moved =
        b"HTTP/1.1 302 X\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec();
    assert!(matches!(refusal(moved), PspError::Refused { status: 302, .. }), "the keys must not travel on");
}

#[test]
fn what_no_psp_would_take_is_not_sent() {
    let psp = adapter("http://127.0.0.1:1");
    for bad in [
        QrOrder { reference: String::new(), ..order() },
        QrOrder { reference: "x".repeat(36), ..order() },
        QrOrder { amount: Paise::ZERO, ..order() },
        QrOrder { description: "a\nb".to_owned(), ..order() },
        QrOrder { description: "x".repeat(121), ..order() },
    ] {
        assert!(matches!(psp.make_qr(&bad), Err(PspError::BadOrder(_))), "{bad:?}");
    }
}

#[test]
fn each_webhook_is_believed_or_not_as_the_vectors_say() {
    let vectors = vectors();
    let ours = secret(vectors["webhook_secret"].as_str().unwrap());
    for case in vectors["webhooks"].as_array().unwrap() {
        let name = case["case"].as_str().unwrap();
        let (body, signature) = (case["body"].as_str().unwrap(), case["signature"].as_str().unwrap());
        match read_webhook(body.as_bytes(), signature, &ours) {
            Ok(payments) => {
                assert_eq!(json!(payments), case["gives"], "{name}");
                assert_eq!(sign_webhook(body.as_bytes(), &ours), signature.to_lowercase(), "{name}");
            }
            Err(WebhookRefused::Unreadable(what)) => {
                assert_eq!(case["refused"], "unreadable", "{name}: {what}");
                assert!(!what.contains("payer"), "{name}: a payer is named: {what}");
            }
            Err(refused) => {
                assert_eq!((&refused, &case["refused"]), (&WebhookRefused::BadSignature, &json!("signature")), "{name}")
            }
        }
    }
}

#[test]
fn no_changed_byte_and_no_other_secret_is_believed() {
    let vectors = vectors();
    let ours = secret(vectors["webhook_secret"].as_str().unwrap());
    let body = vectors["webhooks"][0]["body"].as_str().unwrap().as_bytes().to_vec();
    let signature = sign_webhook(&body, &ours);
    assert_eq!(read_webhook(&body, &signature, &ours).unwrap().len(), 1);
    let forged =
        |body: &[u8], signature: &str| read_webhook(body, signature, &ours) == Err(WebhookRefused::BadSignature);
    for place in 0..body.len() {
        let mut changed = body.clone();
        changed[place] ^= 1;
        assert!(forged(&changed, &signature), "byte {place} was changed");
    }
    for place in 0..signature.len() {
        let mut changed = signature.clone().into_bytes();
        changed[place] = if changed[place] == b'0' { b'1' } else { b'0' };
        assert!(forged(&body, std::str::from_utf8(&changed).unwrap()), "digit {place} was changed");
    }
    assert!(forged(&body, &signature[..62]) && forged(&body, "") && forged(&body, &format!("{signature}00")));
    assert!(forged(&body, &sign_webhook(&body, &secret("webhook-secret-2"))));
    let large = vec![b' '; MAX_WEBHOOK + 1];
    let refused = read_webhook(&large, &sign_webhook(&large, &ours), &ours);
    assert_eq!(refused, Err(WebhookRefused::TooLarge(MAX_WEBHOOK)));
}
