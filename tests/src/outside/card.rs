//! Answers of payment apps. Whatever comes back: a sale ends as paid only in words that name it, and no card number stays.

use raseed_protocol::money::Paise;
use raseed_till::card::{Acquirer, AcquirerKind, AcquirerSettings, Answered, CardOutcome, CardSale};

const REFERENCE: &str = "SAS07-1-42-WMMKB6GK3CUAI";
const NAMES: [&str; 4] = ["RESPONSE_DATA", "MASTERAPPRESPONSE", "deeplink", "response"];

pub(super) fn card_answer(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let amount = Paise::new(26_000).expect("a small amount");
    let sale = CardSale::new(REFERENCE, amount, None).expect("a reference and an amount");
    let extras = NAMES.iter().map(|name| ((*name).to_owned(), text.to_owned())).collect();
    let answered = Answered { result_ok: None, extras };
    for acquirer in acquirers() {
        for outcome in [acquirer.read(&sale, &answered), acquirer.read_query(&sale, &answered)] {
            check(&outcome, acquirer.kind(), text);
        }
    }
}

fn acquirers() -> impl Iterator<Item = Acquirer> {
    let settings = |by_service| AcquirerSettings {
        our_package: "app.raseed.pos".to_owned(),
        application_id: "a1b2".to_owned(),
        by_service,
        status_type: Some("4101".to_owned()),
        cancelled_codes: vec!["17".to_owned()],
        ..AcquirerSettings::default()
    };
    let chosen = AcquirerKind::ALL.into_iter().flat_map(|kind| [(kind, false), (kind, true)]);
    chosen.map(move |(kind, by_service)| Acquirer::new(kind, &settings(by_service)).expect("good settings"))
}

fn check(outcome: &CardOutcome, kind: AcquirerKind, text: &str) {
    // Escapes can spell the reference in other letters.
    let plain = !text.contains(['\\', '%']);
    match outcome {
        CardOutcome::Approved(approval) => {
            assert!(!plain || text.contains(REFERENCE), "approved without our reference");
            let says_amount = kind != AcquirerKind::PineLabs || text.contains("\"PaymentAmount\"");
            assert!(!plain || !says_amount || text.contains("26000"), "approved without our amount");
            assert!(approval.card_last4.as_ref().is_none_or(|last| last.len() == 4), "more of a card than four digits");
            let longest = [(&approval.rrn, 24), (&approval.auth_code, 12), (&approval.vendor_id, 64)];
            assert!(longest.iter().all(|(kept, most)| kept.as_ref().is_none_or(|text| text.len() <= *most)));
        }
        CardOutcome::Declined { code, what } => [code, what].into_iter().for_each(|said| plain_words(said)),
        CardOutcome::Cancelled => assert_ne!(kind, AcquirerKind::PaytmEdc, "this shape knows no such answer"),
        CardOutcome::Unknown { what } => plain_words(what),
    }
}

fn plain_words(said: &str) {
    assert!(said.len() <= 160 && said.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{said:?}");
    let numbers = said.split(|c: char| !c.is_ascii_digit() && c != ' ' && c != '-');
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    assert!(numbers.map(digits).all(|digits| digits < 8), "a number that could be a card: {said}");
}
