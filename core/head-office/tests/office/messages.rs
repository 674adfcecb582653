//! What consumers are told: each thing once, in their language, in the words that are registered, and nothing about them.

use crate::paying::*;
use crate::support::*;
use proptest::prelude::*;
use raseed_head_office::sms::{Accepted, Kind, News, Outgoing, Sms, SmsError, SmsSender, Wording};
use raseed_head_office::store::{ComplaintOutcome, MessageRecord, MessageState};
use raseed_head_office::{ContactsTaken, OfficeError};
use raseed_protocol::book::{CodeMaker, Rules};
use raseed_protocol::ids::{EntryId, Incarnation, Sequence};
use raseed_protocol::journal::{Body, ComplaintCause, Mode};
use raseed_protocol::language::Language;
use raseed_protocol::money::Paise;
use raseed_protocol::payment_reference::PaymentReference;
use raseed_protocol::time::Day;
use std::sync::{Arc, Mutex};

/// A gateway that answers as it was told to, and takes everything once it was told enough.
#[derive(Default)]
pub struct Gateway {
    pub answers: Mutex<Vec<SmsError>>,
    pub got: Mutex<Vec<Outgoing>>,
}

impl SmsSender for Gateway {
    fn send(&self, message: &Outgoing) -> Result<Accepted, SmsError> {
        let mut got = self.got.lock().unwrap();
        got.push(message.clone());
        match self.answers.lock().unwrap().pop() {
            Some(error) => Err(error),
            None => Ok(Accepted { id: format!("sm{}", got.len()) }),
        }
    }
}

impl Gateway {
    /// From now on: these answers, then good ones.
    pub fn will(&self, answers: &[SmsError]) {
        *self.answers.lock().unwrap() = answers.iter().rev().cloned().collect();
    }

    pub fn times(&self) -> usize {
        self.got.lock().unwrap().len()
    }
}

pub fn wording(languages: &[Language]) -> Wording {
    let each = Kind::ALL.into_iter().flat_map(|kind| languages.iter().map(move |language| (kind, *language)));
    let id = |n: usize| format!("1107{n:015}").parse().unwrap();
    Wording { language: Language::English, templates: each.enumerate().map(|(n, place)| (place, id(n))).collect() }
}

/// The usual rules, with a host under which bills are paid.
fn rules_with_a_page() -> Rules {
    Rules { receipt_host: "pay.example.org".into(), ..upi_rules(CodeMaker::Till) }
}

/// The paying office with a gateway, and a contact for its one household.
pub fn telling_office(languages: &[Language]) -> (Fixture, Arc<Gateway>) {
    let (gateway, fixture) = (Arc::new(Gateway::default()), paying_office());
    fixture.office.import_book(&rules_with_a_page(), &[tariff()], vec![household()], now()).unwrap();
    let sms = Sms { sender: Box::new(Arc::clone(&gateway)), wording: Arc::new(wording(languages)) };
    let fixture = Fixture { office: fixture.office.with_sms(sms), ..fixture };
    fixture.office.import_contacts(&b"account,phone,language\nA-1,90000 04821,pa\n"[..]).unwrap();
    (fixture, gateway)
}

impl Fixture {
    pub fn messages(&self) -> Vec<MessageRecord> {
        let mut all = self.office.outbox(1_000).unwrap().newest;
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }

    pub fn message_ids(&self) -> Vec<String> {
        self.messages().into_iter().map(|message| message.id).collect()
    }
}

#[test]
fn a_receipt_is_told_once_in_the_language_of_the_consumer() {
    let (fixture, _) = telling_office(&Language::ALL);
    let mut till = fixture.till("SAS07", 3);
    till.collect(&household(), ASKED, Mode::Cash, at(0));
    for _ in 0..3 {
        till.send(&fixture);
    }
    let [message] = fixture.messages().try_into().unwrap();
    assert_eq!(
        (message.id.as_str(), message.kind, message.language),
        ("receipt:SAS07-1-2", Kind::Receipt, Language::Punjabi)
    );
    let expected =
        "Water and sanitation\nਰਸੀਦ ਨੰ.: SAS07-1-2\nਤਾਰੀਖ਼: 15 ਨਵੰਬਰ 2026\nਖਾਤਾ ਨੰ.: A-1\nਜਮ੍ਹਾਂ: ₹250\nਭੁਗਤਾਨ: ਨਕਦ";
    assert_eq!(message.text, expected);
}

#[test]
fn what_is_not_in_the_books_is_not_told() {
    let (fixture, _) = telling_office(&Language::ALL);
    let mut till = fixture.till("SAS07", 3);
    till.collect(&household(), ASKED, Mode::Cash, at(0));
    let books = rusqlite::Connection::open(fixture.folder.join("office.sqlite")).unwrap();
    let broken = "CREATE TRIGGER broken BEFORE INSERT ON ledger_balance BEGIN SELECT RAISE(ABORT, 'disk full'); END";
    books.execute_batch(broken).unwrap();
    fixture.office.receive(&till.till, &till.run(1..=2), now()).unwrap_err();
    assert!(fixture.messages().is_empty());
    books.execute_batch("DROP TRIGGER broken").unwrap();
    till.send(&fixture);
    assert_eq!(fixture.message_ids(), ["receipt:SAS07-1-2"]);
}

#[test]
fn without_a_contact_or_a_gateway_there_is_no_message() {
    let silent = paying_office();
    silent.office.import_contacts(&b"account,phone,language\nA-1,9000004821,pa\n"[..]).unwrap();
    let (forgotten, _) = telling_office(&Language::ALL);
    forgotten.office.forget_contact(&"A-1".parse().unwrap()).unwrap();
    for fixture in [silent, forgotten] {
        let mut till = fixture.till("SAS07", 3);
        till.collect(&household(), ASKED, Mode::Cash, at(0));
        till.send(&fixture);
        assert!(fixture.messages().is_empty() && fixture.office.outbox(1).unwrap().left_out.is_empty());
    }
}

#[test]
fn what_has_no_template_is_said_in_the_language_of_the_office_or_counted() {
    let (fixture, _) = telling_office(&[Language::English]);
    let mut till = fixture.till("SAS07", 3);
    till.collect(&household(), 10_000, Mode::Cash, at(0));
    till.send(&fixture);
    assert_eq!(fixture.messages()[0].language, Language::English);
    assert!(fixture.messages()[0].text.contains("\nPaid: Rs. 100\nBy: Cash"), "{}", fixture.messages()[0].text);
    let (fixture, _) = telling_office(&[Language::Hindi]);
    let mut till = fixture.till("SAS07", 3);
    till.collect(&household(), 10_000, Mode::Cash, at(0));
    till.send(&fixture);
    till.send(&fixture);
    let outbox = fixture.office.outbox(10).unwrap();
    assert_eq!((outbox.newest.len(), outbox.left_out), (0, vec![(Kind::Receipt, 1)]));
}

#[test]
fn what_the_office_credits_is_told() {
    let (fixture, _) = telling_office(&Language::ALL);
    let reference = PaymentReference::of_bill(&"B-1".parse().unwrap()).unwrap().to_string();
    let mut payment = paid("pay_1", None, ASKED);
    payment.reference = Some(reference);
    fixture.money(&payment);
    fixture.money(&payment);
    assert_eq!(fixture.message_ids(), ["credit:pay_1"]);
    assert!(fixture.messages()[0].text.contains("₹250"));
}

#[test]
fn a_complaint_is_told_when_it_is_opened_and_when_it_is_closed() {
    let (fixture, _) = telling_office(&Language::ALL);
    let mut till = fixture.till("SAS07", 3);
    let asked = till.ask();
    let complaint = till.complain(asked, ComplaintCause::Unknown);
    till.send(&fixture);
    assert_eq!(fixture.message_ids(), ["complaint:SAS07-1-3"]);
    fixture.office.close_complaint(&till.id(complaint), ComplaintOutcome::NotDebited, now()).unwrap();
    let again = fixture.office.close_complaint(&till.id(complaint), ComplaintOutcome::Paid, now());
    assert!(matches!(again, Err(OfficeError::NoSuchComplaint(_))));
    assert_eq!(fixture.message_ids(), ["closed:SAS07-1-3", "complaint:SAS07-1-3"]);
    assert!(fixture.messages()[0].text.ends_with("ਨਤੀਜਾ: ਪੈਸੇ ਤੁਹਾਡੇ ਕੋਲ ਹੀ ਹਨ"), "{}", fixture.messages()[0].text);
    // The books close one by themselves, too.
    let asked = till.ask();
    till.complain(asked, ComplaintCause::PayerSays);
    till.send(&fixture);
    fixture.money(&paid("pay_1", Some(&till.id(asked)), ASKED));
    till.receipt_for(asked, Mode::Upi, None);
    till.send(&fixture);
    let expected =
        ["closed:SAS07-1-3", "closed:SAS07-1-5", "complaint:SAS07-1-3", "complaint:SAS07-1-5", "receipt:SAS07-1-6"];
    assert_eq!(fixture.message_ids(), expected);
}

#[test]
fn a_receipt_subject_to_realisation_says_so_and_is_told_when_it_is_certain() {
    for (subject, money_first) in [(true, false), (true, true), (false, false)] {
        let (fixture, _) = telling_office(&Language::ALL);
        let mut till = fixture.till("SAS07", 3);
        let asked = till.ask();
        till.send(&fixture);
        let money = paid("pay_1", Some(&till.id(asked)), ASKED);
        if money_first {
            fixture.money(&money);
        }
        let mut receipt = till.receipt(&household(), ASKED, Mode::Upi, at(60));
        (receipt.requested, receipt.subject_to_realisation) = (Some(asked), subject);
        receipt.reference = Some("632512345678".into());
        till.write(at(60), Body::Receipt(receipt));
        till.send(&fixture);
        fixture.money(&money);
        let kinds: Vec<_> = fixture.messages().iter().map(|message| message.kind).collect();
        // What is certain when it is told needs no second message.
        let needs_two = subject && !money_first;
        let expected = if needs_two { vec![Kind::Realised, Kind::ReceiptSubject] } else { vec![Kind::Receipt] };
        assert_eq!(kinds, expected);
    }
}

#[test]
fn a_bill_is_sent_once_and_only_where_something_is_due() {
    let (fixture, _) = telling_office(&Language::ALL);
    let queued = fixture.office.queue_bills(now()).unwrap();
    assert_eq!((queued.queued, queued.known, queued.nothing_due), (1, 0, 0));
    assert_eq!(fixture.message_ids(), ["bill:B-1"]);
    let text = &fixture.messages()[0].text;
    // Two days late: ₹250 and the late fee.
    assert!(text.contains("\nਕੁੱਲ ਦੇਣਾ ਹੈ: ₹260\n") && text.ends_with("https://pay.example.org/P/B-1/26000/pa"), "{text}");
    assert_eq!(fixture.office.queue_bills(now()).unwrap().known, 1);
    assert_eq!(fixture.messages().len(), 1);
    let mut till = fixture.till("SAS07", 3);
    till.collect(&household(), 26_000, Mode::Cash, now());
    till.send(&fixture);
    assert_eq!(fixture.office.queue_bills(now()).unwrap().nothing_due, 1);
    assert!(matches!(paying_office().office.queue_bills(now()), Err(OfficeError::NoSms)));
}

#[test]
fn a_file_of_contacts_is_taken_whole_or_not_at_all() {
    let (fixture, _) = telling_office(&Language::ALL);
    let take = |text: &str| fixture.office.import_contacts(text.as_bytes());
    let same = ContactsTaken { unchanged: 1, ..ContactsTaken::default() };
    assert_eq!(take("account,phone,language\nA-1,+919000004821,pa\n").unwrap(), same);
    let refused =
        take("account,phone,language\nA-1,9000004821,hi\nA-9,9000004821,hi\nA-1,9000009999,hi\n").unwrap_err();
    let text = refused.to_string();
    assert!(text.contains("no account A-9") && text.contains("already on line 2") && !text.contains("90000"), "{text}");
    assert_eq!(fixture.office.contacts().unwrap()[0].language, Language::Punjabi);
    let other = take("account,phone,language\nA-1,9111104821,hi\n").unwrap();
    assert_eq!(other.changed, 1);
    assert!(!format!("{:?}", fixture.office.contacts().unwrap()).contains("9111104821"));
    fixture.office.forget_contact(&"A-1".parse().unwrap()).unwrap();
    assert!(fixture.office.contacts().unwrap().is_empty());
    assert!(matches!(fixture.office.forget_contact(&"A-1".parse().unwrap()), Err(OfficeError::NoContact(_))));
}

/// Another reading of what the operators do: fixed pieces in their order, and between them what was put in.
fn put_in<'a>(text: &'a str, template: &str) -> Option<Vec<&'a str>> {
    let mut pieces = template.split("{#var#}");
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut values = Vec::new();
    for piece in pieces {
        let end = if piece.is_empty() { rest.len() } else { rest.find(piece)? };
        values.push(&rest[..end]);
        rest = &rest[end + piece.len()..];
    }
    rest.is_empty().then_some(values)
}

fn news() -> impl Strategy<Value = News> {
    let entry =
        ("[A-Z0-9_]{1,12}", 1..=u16::MAX, 1u64..1_000_000_000).prop_filter_map("a till", |(till, life, place)| {
            Some(EntryId { till: till.parse().ok()?, incarnation: Incarnation(life), sequence: Sequence(place) })
        });
    let amount = || (1i64..=1_000_000_000_000).prop_map(|n| Paise::new(n).unwrap());
    let date = || (20_000i64..25_000).prop_map(|n| Day::from_number(n).unwrap());
    let mode = prop::sample::select(vec![Mode::Cash, Mode::Upi, Mode::Card, Mode::Cheque]);
    let outcome = prop::sample::select(ComplaintOutcome::ALL.to_vec());
    let bill = "[A-Z0-9][A-Z0-9/.-]{0,19}".prop_map(|bill| bill.parse().unwrap());
    (0..6, bill, entry, amount(), (date(), date()), mode, outcome, any::<bool>()).prop_map(
        |(which, bill, entry, amount, (on, later), mode, outcome, is_certain)| match which {
            0 => News::Bill { bill, to_pay: amount, due_on: on },
            1 => News::Receipt { receipt: entry, amount, mode, on, is_certain },
            2 => News::Realised { receipt: entry, amount },
            3 => News::Credit { payment: "pay_1".parse().unwrap(), amount, on },
            4 => {
                News::ComplaintOpened { complaint: entry.clone(), about: entry, amount, promised: on, bank_due: later }
            }
            _ => News::ComplaintClosed { complaint: entry, outcome },
        },
    )
}

proptest! {
    #[test]
    fn every_text_is_what_is_registered_with_short_values_put_in(
        news in news(),
        language in prop::sample::select(Language::ALL.to_vec()),
        account in "[A-Z0-9][A-Z0-9/.-]{0,19}",
        with_page in any::<bool>(),
    ) {
        let (wording, rules) = (wording(&Language::ALL), if with_page { rules_with_a_page() } else { rules() });
        let template = wording.template(news.kind(), &rules, language);
        match wording.text(&news, &account.parse().unwrap(), &rules, language) {
            Some(text) => {
                let values = put_in(&text, &template.text).unwrap_or_else(|| panic!("{text}\nis not\n{}", template.text));
                prop_assert!(values.iter().all(|value| (1..=30).contains(&value.chars().count())), "{values:?}");
                prop_assert!(text.chars().count() <= 1_000 && values.len() <= 6);
            }
            // Only where an id is longer than the operators allow, which slashes in a link are.
            None => {
                let id = news.id();
                let (_, name) = id.split_once(':').unwrap();
                prop_assert!(with_page && name.matches(['/', '.']).count() > 8, "{news:?}");
            }
        }
    }
}

#[test]
fn no_text_tells_who_it_is_for() {
    let (fixture, _) = telling_office(&Language::ALL);
    let mut till = fixture.till("SAS07", 3);
    let asked = till.ask();
    till.complain(asked, ComplaintCause::Unknown);
    till.collect(&household(), 10_000, Mode::Cash, at(0));
    till.send(&fixture);
    fixture.money(&paid("pay_1", Some(&till.id(asked)), 777));
    fixture.office.queue_bills(now()).unwrap();
    let messages = fixture.messages();
    assert!(messages.len() >= 4);
    let household = household();
    for message in messages {
        for private in [&household.name, &household.name_latin, &household.place, &household.phone_last4] {
            assert!(!message.text.contains(private.as_str()), "{}", message.text);
        }
        assert_eq!(message.progress.state, MessageState::Waiting);
    }
}
