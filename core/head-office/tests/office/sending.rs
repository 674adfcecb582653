//! Messages on their way out: sent once, twice at the very most, and not at all when they are too old.

use crate::messages::{Gateway, telling_office};
use crate::paying::*;
use crate::support::*;
use raseed_head_office::sms::{Sent, Sms, SmsError, SmsSender, Trouble};
use raseed_head_office::store::{MessageRecord, MessageState};
use raseed_head_office::{Office, OfficeError, sms};
use raseed_protocol::language::Language;
use raseed_protocol::time::{DAY_MS, WallMs};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

fn after(minutes: u64) -> WallMs {
    WallMs(now().0 + minutes * 60_000)
}

/// One bill in the outbox.
fn one_waiting() -> (Fixture, Arc<Gateway>) {
    let (fixture, gateway) = telling_office(&Language::ALL);
    fixture.office.queue_bills(now()).unwrap();
    (fixture, gateway)
}

fn the_message(fixture: &Fixture) -> MessageRecord {
    let [message] = fixture.messages().try_into().unwrap();
    message
}

fn state(fixture: &Fixture) -> (MessageState, Option<String>) {
    let progress = the_message(fixture).progress;
    (progress.state, progress.code)
}

fn lost() -> SmsError {
    SmsError::Lost("the connection broke".into())
}

fn unreachable() -> SmsError {
    SmsError::Unreachable("connection refused".into())
}

#[test]
fn what_is_taken_is_sent_once() {
    let (fixture, gateway) = one_waiting();
    assert_eq!(fixture.office.send_messages(now()).unwrap(), Sent { sent: 1, ..Sent::default() });
    assert_eq!(fixture.office.send_messages(after(100_000)).unwrap(), Sent::default());
    let got = gateway.got.lock().unwrap();
    assert_eq!((got.len(), got[0].to.expose(), got[0].reference.as_str()), (1, "+919000004821", "bill:B-1"));
    assert_eq!(got[0].text, the_message(&fixture).text);
    assert_eq!(the_message(&fixture).progress.gateway.as_deref(), Some("sm1"));
}

#[test]
fn after_a_lost_answer_it_goes_out_once_more_and_then_never_again() {
    let (fixture, gateway) = one_waiting();
    gateway.will(&[lost(), lost()]);
    let first = fixture.office.send_messages(now()).unwrap();
    assert_eq!((first.unknown, first.trouble), (1, None));
    assert_eq!(state(&fixture), (MessageState::Unknown, Some("lost".into())));
    assert_eq!(fixture.office.send_messages(now()).unwrap(), Sent::default());
    fixture.office.send_messages(after(1)).unwrap();
    for minutes in [1, 10, 100, 1_000, 10_000] {
        assert_eq!(fixture.office.send_messages(after(minutes)).unwrap(), Sent::default());
    }
    assert_eq!((gateway.times(), the_message(&fixture).progress.next), (2, None));
}

#[test]
fn what_was_surely_not_sent_is_tried_later_and_later() {
    let (fixture, gateway) = one_waiting();
    gateway.will(&[unreachable(), SmsError::Busy(503), SmsError::Account(402), unreachable()]);
    for (minutes, tries) in [(0, 1), (0, 1), (1, 2), (5, 2), (6, 3), (20, 3), (21, 4), (80, 4), (81, 5)] {
        fixture.office.send_messages(after(minutes)).unwrap();
        assert_eq!(gateway.times(), tries, "after {minutes} minutes");
    }
    assert_eq!(state(&fixture), (MessageState::Sent, None));
}

#[test]
fn a_bill_of_three_days_ago_is_not_sent() {
    let (fixture, gateway) = one_waiting();
    let late = WallMs(now().0 + 3 * DAY_MS);
    assert_eq!(fixture.office.send_messages(late).unwrap(), Sent { expired: 1, ..Sent::default() });
    assert_eq!((gateway.times(), state(&fixture)), (0, (MessageState::Expired, Some("expired".into()))));
}

#[test]
fn a_gateway_that_never_answers_is_given_up_before_the_message_is_too_old() {
    let (fixture, gateway) = one_waiting();
    gateway.will(&vec![unreachable(); 100]);
    for minutes in (0..4 * 24 * 60).step_by(30) {
        fixture.office.send_messages(after(minutes)).unwrap();
    }
    assert_eq!(state(&fixture), (MessageState::Failed, Some("unreachable".into())));
    assert_eq!(gateway.times(), 12);
}

#[test]
fn what_is_refused_is_not_tried_again_and_holds_up_nobody() {
    let (fixture, gateway) = one_waiting();
    let mut till = fixture.till("SAS07", 3);
    till.collect(&household(), 10_000, raseed_protocol::journal::Mode::Cash, at(0));
    till.send(&fixture);
    gateway.will(&[SmsError::Refused { status: 400, code: "34001".into() }]);
    let sent = fixture.office.send_messages(now()).unwrap();
    assert_eq!((sent.failed, sent.sent, sent.trouble), (1, 1, None));
    let refused = fixture.messages().into_iter().find(|message| message.progress.state == MessageState::Failed);
    assert_eq!(refused.unwrap().progress.code.as_deref(), Some("refused-400-34001"));
    assert_eq!(fixture.office.send_messages(after(100_000)).unwrap(), Sent::default());
}

#[test]
fn an_account_that_is_refused_stops_the_batch_and_fails_nothing() {
    let (fixture, gateway) = one_waiting();
    gateway.will(&[SmsError::Account(401)]);
    let sent = fixture.office.send_messages(now()).unwrap();
    assert_eq!((sent.put_off, sent.failed, sent.trouble), (1, 0, Some(Trouble::Account)));
    assert_eq!(state(&fixture), (MessageState::Waiting, Some("account-401".into())));
}

#[test]
fn nothing_goes_to_a_contact_that_was_forgotten() {
    let (fixture, gateway) = one_waiting();
    fixture.office.forget_contact(&"A-1".parse().unwrap()).unwrap();
    fixture.office.send_messages(now()).unwrap();
    assert_eq!((gateway.times(), state(&fixture)), (0, (MessageState::Failed, Some("no-contact".into()))));
}

/// The office is killed while the gateway has the message.
struct Killed(Arc<Gateway>);

impl SmsSender for Killed {
    fn send(&self, message: &sms::Outgoing) -> Result<sms::Accepted, SmsError> {
        let _ = self.0.send(message);
        panic!("killed");
    }
}

#[test]
fn an_office_that_was_killed_meanwhile_knows_that_it_does_not_know() {
    let (fixture, gateway) = one_waiting();
    let wording = || Arc::new(crate::messages::wording(&Language::ALL));
    let open = |sender: Box<dyn SmsSender>| {
        Office::open(&fixture.folder).unwrap().with_sms(Sms { sender, wording: wording() })
    };
    let killed = open(Box::new(Killed(Arc::clone(&gateway))));
    assert!(catch_unwind(AssertUnwindSafe(|| killed.send_messages(now()))).is_err());
    let office = open(Box::new(Arc::clone(&gateway)));
    assert_eq!(state(&fixture).0, MessageState::Unknown);
    // Another process does not take what is in work.
    assert_eq!(office.send_messages(after(14)).unwrap(), Sent::default());
    assert_eq!(office.send_messages(after(15)).unwrap().sent, 1);
    assert_eq!((gateway.times(), state(&fixture).0), (2, MessageState::Sent));
}

#[test]
fn without_a_gateway_nothing_can_be_sent() {
    assert!(matches!(paying_office().office.send_messages(now()), Err(OfficeError::NoSms)));
}
