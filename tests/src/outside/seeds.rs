//! Small good inputs to begin from: for the fuzzer's corpora and for the test that changes them.
//!
//! Drawn from the generators with a fixed seed, so they are the same every time and need not be kept.

use super::psp::MAPPING;
use super::signed::{HOST, root, till, till_certificate};
use crate::arbitrary;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::ids::{Incarnation, Sequence};
use raseed_protocol::journal::{Body, RunWriter, SignedEntry};
use raseed_protocol::keys::{Hash, Signer};
use raseed_protocol::receipt_link;
use raseed_protocol::sealed::{Item, Question};
use raseed_protocol::signed::{Namespace, Unverified};
use raseed_protocol::time::WallMs;
use raseed_protocol::wire::http_signature::Request;
use raseed_protocol::wire::{
    DayKeysReply, DayKeysRequest, EnrolReply, EnrolRequest, EnrolmentCode, EnrolmentLink, Posting, Problem,
    ProblemCode, Refusal, UploadReply,
};

/// How many of each generated kind.
const EACH: usize = 12;

/// One of each shape that a payment app answers in.
const CARD_ANSWERS: [&str; 4] = [
    r#"{"Response":{"ResponseCode":0,"ResponseMsg":"APPROVED"},"Detail":{"BillingRefNo":"SAS07-1-42-WMMKB6GK3CUAI","PaymentAmount":"26000","CardNumber":"************4821","RetrievalReferenceNumber":"532611480219"}}"#,
    r#"{"Response":{"ResponseCode":"51","ResponseMsg":"DECLINED 6073849700004821"},"Detail":{"Payments":[{"BillingRefNo":"SAS07-1-42-WMMKB6GK3CUAI"}]}}"#,
    "raseed://card-sale?orderId=SAS07-1-42-WMMKB6GK3CUAI&amount=26000&status=SUCCESS&rrn=532611480219&maskedCardNo=XXXX4821",
    r#"{"status":"approved","reference":"SAS07-1-42-WMMKB6GK3CUAI","amount_paise":26000,"card":"************4821"}"#,
];

/// Every seed with the target that it is for.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let mut seeds = Vec::new();
    for text in ["260", "1,250.50", "₹ 12,34,567", "Rs. 40/-", "-5.00", "1,00,00,00,00,000", "INR .5"] {
        seeds.push(("amount", text.into()));
    }
    for text in CARD_ANSWERS {
        seeds.push(("card_answer", text.into()));
    }
    book(&mut seeds);
    journal(&mut seeds);
    requests(&mut seeds);
    codes(&mut seeds);
    psp(&mut seeds);
    contacts(&mut seeds);
    carried(&mut seeds);
    seeds
}

fn carried(seeds: &mut Vec<(&'static str, Vec<u8>)>) {
    let question = Item::Question(Question { cursor: 52, word: 3 }).encode();
    let reply = Item::Reply(b"a reply".to_vec()).encode();
    let end = Item::End.encode();
    seeds.push(("sealed_file", super::sealed::seal(&[&question, &reply, &end])));
    seeds.extend([question, reply, end].map(|record| ("sealed_file", record)));
}

fn draw<T>(strategy: impl Strategy<Value = T>) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..EACH).map(|_| strategy.new_tree(&mut runner).expect("the generators seldom throw again").current()).collect()
}

fn book(seeds: &mut Vec<(&'static str, Vec<u8>)>) {
    seeds.extend(draw(arbitrary::account()).iter().map(|account| ("account_bytes", account.to_bytes())));
    seeds.extend(draw(arbitrary::rules()).iter().map(|rules| ("account_bytes", rules.to_bytes())));
    seeds.extend(draw(arbitrary::tariff()).iter().map(|tariff| ("account_bytes", tariff.to_bytes())));
    for page in draw(arbitrary::page()) {
        let sealed = page.seal(root()).expect("a key in memory signs");
        seeds.push(("book_page", payload(Namespace::BookPage, &sealed, root())));
    }
}

fn journal(seeds: &mut Vec<(&'static str, Vec<u8>)>) {
    let certificate = till_certificate();
    seeds.push(("certificate", certificate.bytes().to_vec()));
    seeds.push(("certificate", payload(Namespace::Certificate, certificate.bytes(), root())));
    let mut run = RunWriter::new(&[certificate.bytes()]);
    for entry in draw(arbitrary::entry()) {
        let signed = SignedEntry::sign(entry, till()).expect("a key in memory signs");
        let content = payload(Namespace::Entry, signed.bytes(), till());
        run.push(signed.bytes());
        if matches!(signed.entry().body, Body::Receipt(_)) {
            seeds.push(("receipt_link", content.clone()));
            let link = receipt_link::make(HOST, &[certificate.bytes()], signed.bytes());
            seeds.push(("receipt_link", link.into_bytes()));
        }
        seeds.push(("cbor_decode", content.clone()));
        seeds.push(("entry_verify", content));
    }
    seeds.push(("entry_verify", run.finish()));
    for journal in draw(arbitrary::journal(6)) {
        let mut run = RunWriter::new(&[journal.certificate.bytes()]);
        journal.entries.iter().for_each(|entry| run.push(entry.bytes()));
        run.certify(certificate);
        journal.entries.iter().for_each(|entry| run.push(entry.bytes()));
        seeds.push(("journal_run", run.finish()));
        seeds.push(("entry_verify", payload(Namespace::Entry, journal.entries[0].bytes(), &journal.key)));
    }
    let sealed = acknowledgement();
    seeds.push(("acknowledgement", payload(Namespace::Acknowledgement, &sealed, root())));
    seeds.push(("acknowledgement", sealed));
}

fn requests(seeds: &mut Vec<(&'static str, Vec<u8>)>) {
    let code = EnrolmentCode::from_random([7; 8]);
    let tenant: raseed_protocol::ids::TenantId = "SASWATER".parse().expect("a tenant");
    for office_url in ["https://office.example:8443/water", "http://127.0.0.1:8080", "http://[::1]:80"] {
        let (office_url, root_key) = (office_url.to_owned(), root().public_key());
        let link = EnrolmentLink { office_url, code: code.clone(), root_key, tenant: tenant.clone() };
        seeds.push(("enrolment_link", link.to_string().into_bytes()));
    }
    let enrol = EnrolRequest::new(code, till(), vec![root().public_key(); 2]).expect("a key in memory signs");
    let certificate = till_certificate().bytes().to_vec();
    let reply = EnrolReply {
        tenant,
        till: "SAS07".parse().expect("a till"),
        certificate: certificate.clone(),
        office_certificate: certificate,
        office_time_ms: WallMs(1_795_000_000_000),
        profile: Default::default(),
        day_certificates: vec![till_certificate().bytes().to_vec(); 2],
    };
    seeds.push(("enrol_request_json", serde_json::to_vec(&enrol).expect("plain data")));
    seeds.push(("enrol_request_json", serde_json::to_vec(&reply).expect("plain data")));
    let days = DayKeysRequest { keys: vec![root().public_key(); 3], anew: true };
    seeds.push(("enrol_request_json", serde_json::to_vec(&days).expect("plain data")));
    let certified = DayKeysReply { certificates: vec![till_certificate().bytes().to_vec(); 3] };
    seeds.push(("enrol_request_json", serde_json::to_vec(&certified).expect("plain data")));
    let posting = Posting { sequence: Sequence(7), code: "paid-twice".into(), what: "held as an advance".into() };
    for refused in [
        None,
        Some(Refusal::Gap { expected: Sequence(9) }),
        Some(Refusal::Fork { at: Sequence(9) }),
        Some(Refusal::BadEntry { at: Sequence(9), what: "damaged".into() }),
    ] {
        let reply = UploadReply { acknowledgement: acknowledgement(), exceptions: vec![posting.clone()], refused };
        seeds.push(("upload_reply_json", serde_json::to_vec(&reply).expect("plain data")));
    }
    let problem = Problem { code: ProblemCode::Revoked, status: 403, detail: "bring the device".into() };
    seeds.push(("upload_reply_json", serde_json::to_vec(&problem).expect("plain data")));
    seeds.push(("http_signature", signed_request()));
}

fn codes(seeds: &mut Vec<(&'static str, Vec<u8>)>) {
    for request in draw(arbitrary::upi_request()) {
        seeds.push(("qr_upi", request.build().into_bytes()));
    }
    for path in ["/P/B2611-00217/26000/pa", "/P/PB_s2026__11_d0001/999999999999/en", "/P/9___s/1/bn"] {
        seeds.push(("pay_link", path.into()));
    }
    for request in draw(arbitrary::bharat_request()) {
        seeds.push(("qr_emv", request.build().expect("a request that can be built").into_bytes()));
    }
}

fn psp(seeds: &mut Vec<(&'static str, Vec<u8>)>) {
    let payment = r#"{"entity":{"id":"pay_1","amount":26000,"currency":"INR","status":"captured","notes":{"reference":"SAS07-1-391"},"acquirer_data":{"rrn":"632716400501"},"created_at":1795345805}}"#;
    let code = r#"{"entity":{"id":"qr_1","status":"closed","payment_amount":26000,"close_by":1795347000,"notes":[]}}"#;
    for payload in [format!(r#"{{"payment":{payment}}}"#), format!(r#"{{"payment":{payment},"qr_code":{code}}}"#)] {
        for event in ["payment.captured", "qr_code.credited", "qr_code.closed"] {
            seeds.push(("psp_webhook", format!(r#"{{"event":"{event}","payload":{payload}}}"#).into_bytes()));
        }
    }
    let file = "id,ref,rrn,amount,paid,status,fee\npay_1,R1,'632716400501,\"1,250.50\",22/11/2026 16:40:05,ok,0.40\r\n\
                ,,632716400502,5,1795345805,ok,\npay_3,,,5,2026-11-22T16:40:05+05:30,failed,\npay_1,,,5,2026-11-22 16:40:05,ok,\n";
    seeds.push(("settlement_file", file.into()));
    let paise = MAPPING.replace("rupees", "paise");
    for mapping in [MAPPING.to_owned(), paise] {
        seeds.push(("settlement_file", [mapping.as_bytes(), b"\0", file.as_bytes()].concat()));
    }
}

fn contacts(seeds: &mut Vec<(&'static str, Vec<u8>)>) {
    let contacts = "account,phone,language\nA-1,90000 04821,pa\nA-2,+91-90000-04822,hi\n\"A-3\",+9771234567,en\n";
    seeds.push(("contacts_file", contacts.into()));
}

fn signed_request() -> Vec<u8> {
    let (method, authority, path, query) = ("POST", "office.example", "/v1/tills/SAS07/journal", "");
    let request = Request { method, authority, path, query, body: b"entries" };
    let headers = request.sign(1_794_999_999, till()).expect("a key in memory signs");
    let (digest, input, signature) = (headers.content_digest, headers.signature_input, headers.signature);
    format!("{method}\n{authority}\n{path}\n{query}\n{digest}\n{input}\n{signature}\nentries").into_bytes()
}

fn acknowledgement() -> Vec<u8> {
    let till = "SAS07".parse().expect("a till");
    let (incarnation, through, head) = (Incarnation(1), Sequence(391), Hash::of(b"head"));
    let acknowledgement = Acknowledgement { till, incarnation, through, head, office: WallMs(1_795_000_000_000) };
    acknowledgement.seal(root()).expect("a key in memory signs")
}

fn payload(namespace: Namespace, sealed: &[u8], key: &dyn Signer) -> Vec<u8> {
    let message = Unverified::parse(namespace, sealed).expect("we sealed it");
    message.open(&key.public_key()).expect("with this key")
}
