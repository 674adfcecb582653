//! The codes of a payment service: ordered, asked after, taken out of use; and a service that does not answer.

use crate::paying::*;
use crate::support::*;
use raseed_head_office::OfficeError;
use raseed_head_office::psp::{Psp, PspError, PspPayment, QrMade, QrOrder, WebhookRefused};
use raseed_protocol::book::CodeMaker;
use raseed_protocol::journal::{Mode, Outcome};
use raseed_protocol::payment_word::PaymentState;
use raseed_protocol::time::WallMs;
use std::sync::{Arc, Mutex, PoisonError};

/// A payment service on a table: it writes down what it is asked, and answers what lies there.
#[derive(Clone, Default)]
pub struct Table(pub Arc<Mutex<Service>>);

#[derive(Default)]
pub struct Service {
    asked: Vec<String>,
    pub paid: Vec<PspPayment>,
    pub is_silent: bool,
    /// It tells of no more at once; 0 is no bound.
    pub most: usize,
}

impl Table {
    fn ask<T>(&self, what: String, answer: impl FnOnce(&Service) -> T) -> Result<T, PspError> {
        let mut service = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        service.asked.push(what);
        if service.is_silent { Err(PspError::Unreachable("no line".into())) } else { Ok(answer(&service)) }
    }

    /// What it was asked since the last time.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap().asked)
    }
}

impl Psp for Table {
    fn make_qr(&self, order: &QrOrder) -> Result<QrMade, PspError> {
        order.check()?;
        let (qr, link) = (format!("qr_{}", order.reference), format!("upi://pay?tr={}", order.reference));
        self.ask(format!("make {}", order.reference), |_| QrMade { qr, link, closes: order.close_by })
    }

    fn close_qr(&self, qr: &str) -> Result<(), PspError> {
        self.ask(format!("close {qr}"), |_| ())
    }

    fn payments_of(&self, qr: &str) -> Result<Vec<PspPayment>, PspError> {
        self.ask(format!("look {qr}"), |service| service.paid.clone())
    }

    fn payments_between(&self, from: WallMs, to: WallMs) -> Result<Vec<PspPayment>, PspError> {
        let within = |payment: &&PspPayment| from <= payment.paid && payment.paid <= to;
        let came = |service: &Service| {
            let came: Vec<_> = service.paid.iter().filter(within).cloned().collect();
            let too_many = service.most > 0 && came.len() > service.most;
            if too_many { Err(PspError::TooMany(service.most)) } else { Ok(came) }
        };
        self.ask("fetch".into(), came)?
    }

    fn read_webhook(&self, _: &[u8], _: &str) -> Result<Vec<PspPayment>, WebhookRefused> {
        Err(WebhookRefused::BadSignature)
    }
}

pub fn served_office(codes: CodeMaker) -> (Fixture, Table) {
    let fixture = Fixture::new();
    fixture.office.import_book(&upi_rules(codes), &[tariff()], vec![household()], now()).unwrap();
    let table = Table::default();
    let Fixture { office, folder, _dir } = fixture;
    (Fixture { office: office.with_psp(Box::new(table.clone())), folder, _dir }, table)
}

#[test]
fn a_code_is_ordered_once_asked_after_now_and_then_and_closed_at_the_end() {
    let (fixture, table) = served_office(CodeMaker::Service);
    let mut till = fixture.till("SAS07", 3);
    let (asked, card) = (till.ask(), till.ask_for(Some("A-1"), ASKED, Mode::Card));
    till.send(&fixture);
    assert_eq!(table.asked(), [""; 0], "an upload waits for nobody");
    let words = fixture.words(&till, 0, later(1));
    assert_eq!(table.asked(), ["make SAS07-1-2"]);
    assert_eq!(words.iter().map(|word| word.requested).collect::<Vec<_>>(), [card, asked], "the link is news");
    assert_eq!(words[1].link.as_deref(), Some("upi://pay?tr=SAS07-1-2"));
    fixture.words(&till, 0, later(2));
    fixture.words(&till, 0, later(6));
    assert_eq!(table.asked(), ["look qr_SAS07-1-2"]);
    fixture.words(&till, 0, later(7));
    assert_eq!(table.asked(), ["look qr_SAS07-1-2"]);
    till.end(asked, Outcome::Declined);
    till.send(&fixture);
    till.send(&fixture);
    assert_eq!(table.asked(), ["close qr_SAS07-1-2"]);
    assert_eq!(fixture.words(&till, 0, later(20)).iter().find(|word| word.requested == asked).unwrap().link, None);
    assert_eq!(table.asked(), [""; 0]);
}

#[test]
fn what_the_service_saw_is_told_at_once() {
    let (fixture, table) = served_office(CodeMaker::Service);
    let mut till = fixture.till("SAS07", 3);
    let asked = till.ask();
    till.send(&fixture);
    fixture.words(&till, 0, later(1));
    // It came for this code, also if the service does not repeat our reference.
    table.0.lock().unwrap().paid.push(paid("pay_1", None, ASKED));
    let word = fixture.words(&till, 0, later(10)).remove(0);
    assert_eq!((word.requested, word.state), (asked, PaymentState::Paid));
    fixture.assert_money_is_right();
}

#[test]
fn a_silent_service_keeps_nobody_from_an_answer() {
    let (fixture, table) = served_office(CodeMaker::Service);
    let mut till = fixture.till("SAS07", 3);
    let asked = [till.ask(), till.ask(), till.ask()];
    till.send(&fixture);
    table.0.lock().unwrap().is_silent = true;
    assert_eq!(fixture.words(&till, 0, later(1)).len(), 3);
    assert_eq!(table.asked().len(), 1, "it is not asked again and again in one go");
    assert!(matches!(fixture.office.catch_up(at(0), now(), now()), Err(OfficeError::Psp(_))));
    table.0.lock().unwrap().is_silent = false;
    assert!(fixture.words(&till, 0, later(2)).iter().all(|word| word.link.is_some()));
    for asked in asked {
        till.end(asked, Outcome::Expired);
    }
    table.0.lock().unwrap().is_silent = true;
    till.send(&fixture);
    table.0.lock().unwrap().is_silent = false;
    table.asked();
    fixture.words(&till, 0, later(3));
    assert_eq!(table.asked().len(), 3, "closing is tried again");
}

#[test]
fn lost_news_is_fetched() {
    let (fixture, table) = served_office(CodeMaker::Till);
    let mut till = fixture.till("SAS07", 3);
    let asked = till.ask();
    till.send(&fixture);
    fixture.words(&till, 0, later(1));
    fixture.words(&till, 0, later(2));
    assert_eq!(table.asked(), ["fetch"], "the till makes its codes itself; what came is asked for now and then");
    table.0.lock().unwrap().paid.push(paid("pay_1", Some(&till.id(asked)), ASKED));
    assert_eq!(fixture.office.catch_up(at(0), at(60), now()).unwrap().matched, 1);
    assert_eq!(fixture.office.catch_up(at(0), at(60), now()).unwrap().known, 1);
    assert!(matches!(paying_office().office.catch_up(at(0), now(), now()), Err(OfficeError::NoPsp)));
    fixture.assert_money_is_right();
}

/// That nothing came is known only once the payment service was asked for that time: a bill that somebody has paid must
/// not be charged again because news were lost.
#[test]
fn a_request_is_over_two_minutes_after_its_time_if_the_service_says_so_or_with_its_end() {
    let (fixture, table) = served_office(CodeMaker::Till);
    let mut till = fixture.till("SAS07", 3);
    let (asked, card) = (till.ask(), till.ask_for(Some("A-1"), ASKED, Mode::Card));
    let failed = till.ask();
    till.end(failed, Outcome::Failed);
    till.send(&fixture);
    let state = |seconds, place| {
        let words = fixture.words(&till, 0, later(seconds));
        words.into_iter().find(|word| word.requested == place).unwrap().state
    };
    assert_eq!((state(600, asked), state(600, failed)), (PaymentState::Waiting, PaymentState::Over));
    table.0.lock().unwrap().is_silent = true;
    assert_eq!(state(606, asked), PaymentState::Waiting, "nobody knows");
    table.0.lock().unwrap().is_silent = false;
    assert_eq!(state(612, asked), PaymentState::Over);
    assert_eq!(state(612, card), PaymentState::Waiting);
    // It comes after all, and the till has not ended it: it is what was asked.
    fixture.money(&paid("pay_1", Some(&till.id(asked)), ASKED));
    assert_eq!(state(700, asked), PaymentState::Paid);
    fixture.assert_money_is_right();
}

#[test]
fn without_a_payment_service_nothing_is_ever_over_by_time() {
    let fixture = paying_office();
    let mut till = fixture.till("SAS07", 3);
    let asked = till.ask();
    till.send(&fixture);
    let word = fixture.words(&till, 0, later(100_000)).remove(0);
    assert_eq!((word.requested, word.state), (asked, PaymentState::Waiting));
}
