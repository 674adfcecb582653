//! Payments in tests: a till that asks, ends and gives receipts, and money that comes.

#![allow(dead_code)] // the server's tests use a part of it

use crate::support::*;
use raseed_head_office::MoneyCame;
use raseed_head_office::psp::PspPayment;
use raseed_head_office::store::Fate;
use raseed_protocol::book::{Account, CodeMaker, Payments, Rules, UpiPayee};
use raseed_protocol::ids::{EntryId, HeadId, Incarnation, RequestId, Sequence};
use raseed_protocol::journal::{
    Body, ComplaintCause, ComplaintOpened, Mode, Outcome, PaymentEnded, PaymentRequested, Split,
};
use raseed_protocol::payment_word::{PaymentState, PaymentWord};
use raseed_protocol::time::WallMs;

/// What most requests ask: November's bill of A-1.
pub const ASKED: i64 = 25_000;

pub fn household() -> Account {
    account("A-1", vec![demand("B-1", "2026-11", 20_000, 5_000)])
}

pub fn upi_rules(codes: CodeMaker) -> Rules {
    let upi = UpiPayee {
        vpa: "saswater@examplebank".into(),
        name: "SAS Water".into(),
        mcc: "4900".into(),
        seconds: 480,
        codes,
    };
    let payments = Payments { upi: Some(upi), sales: Some("SALES".parse().unwrap()), ..Payments::default() };
    Rules { payments, ..rules() }
}

pub fn paying_office() -> Fixture {
    let fixture = Fixture::new();
    fixture.office.import_book(&upi_rules(CodeMaker::Till), &[tariff()], vec![household()], now()).unwrap();
    fixture
}

/// Ten in the morning of 15 November 2026: when most of it happens, before the bill is due.
pub fn at(seconds: u64) -> WallMs {
    WallMs(noon("2026-11-15").0 - 7_200_000 + seconds * 1_000)
}

/// So long after the journals are taken in, which is where the codes begin to count.
pub fn later(seconds: u64) -> WallMs {
    WallMs(now().0 + seconds * 1_000)
}

impl TestTill {
    pub fn id(&self, place: Sequence) -> EntryId {
        EntryId { till: self.till.clone(), incarnation: Incarnation(1), sequence: place }
    }

    pub fn ask_for(&mut self, account: Option<&str>, amount: i64, mode: Mode) -> Sequence {
        let asked = PaymentRequested {
            account: account.map(|account| account.parse().unwrap()),
            bill: None,
            amount: paise(amount),
            mode,
            request: RequestId(self.chain.last().0.to_be_bytes()),
            expires: (mode == Mode::Upi).then(|| later(480)),
            note: String::new(),
        };
        self.write(at(0), Body::PaymentRequested(asked))
    }

    pub fn ask(&mut self) -> Sequence {
        self.ask_for(Some("A-1"), ASKED, Mode::Upi)
    }

    pub fn end(&mut self, requested: Sequence, outcome: Outcome) -> Sequence {
        let supervisor = (outcome == Outcome::LetGo).then(|| "harleen".parse().unwrap());
        let ended = PaymentEnded { requested, outcome, reference: None, reason: String::new(), supervisor };
        self.write(at(600), Body::PaymentEnded(ended))
    }

    /// The receipt for a request, with the bank's reference or without.
    pub fn receipt_for(&mut self, requested: Sequence, mode: Mode, reference: Option<&str>) -> Sequence {
        let mut receipt = self.receipt(&household(), ASKED, mode, at(60));
        receipt.requested = Some(requested);
        receipt.reference = reference.map(str::to_owned);
        self.write(at(60), Body::Receipt(receipt))
    }

    pub fn sale_receipt(&mut self, requested: Option<Sequence>, amount: i64, mode: Mode) -> Sequence {
        let split = Split::new(vec![(HeadId::SALE, paise(amount))]).unwrap();
        let receipt = self.plain_receipt(&"SALES".parse().unwrap(), amount, mode, split, |receipt| {
            receipt.requested = requested;
        });
        self.write(at(60), Body::Receipt(receipt))
    }

    pub fn complain(&mut self, requested: Sequence, cause: ComplaintCause) -> Sequence {
        let (promised, bank_due) = (day("2026-11-17"), day("2026-11-20"));
        self.write(
            at(700),
            Body::ComplaintOpened(ComplaintOpened { requested, cause, reference: None, promised, bank_due }),
        )
    }
}

/// A payment with this id, for this reference.
pub fn paid(id: &str, reference: Option<&EntryId>, amount: i64) -> PspPayment {
    PspPayment {
        id: id.parse().unwrap(),
        reference: reference.map(ToString::to_string),
        amount: paise(amount),
        rrn: Some(format!("rrn{id}")),
        paid: at(30),
    }
}

impl Fixture {
    pub fn money(&self, payment: &PspPayment) -> MoneyCame {
        self.office.money_came(std::slice::from_ref(payment), now()).unwrap()
    }

    pub fn fate(&self, id: &str) -> Fate {
        let all = self.office.payments(true).unwrap();
        all.into_iter().find(|record| record.payment.id.as_str() == id).unwrap().fate
    }

    /// All words to a till, read back.
    pub fn words(&self, till: &TestTill, since: u64, when: WallMs) -> Vec<PaymentWord> {
        let words = self.office.payment_words(&till.till, since, when).unwrap().words;
        let key = self.office.certificate().office().unwrap();
        words.iter().map(|word| PaymentWord::verify(word, key).unwrap()).collect()
    }

    /// What was told about one request, and what came.
    pub fn told(&self, till: &TestTill, requested: Sequence) -> (PaymentState, i64) {
        let words = self.words(till, 0, at(60));
        let word = words.into_iter().find(|word| word.requested == requested).unwrap();
        (word.state, word.came.get())
    }

    /// The books are right, and the bank has what came less what was given back.
    pub fn assert_money_is_right(&self) {
        self.assert_books_are_right();
        let all = self.office.payments(true).unwrap();
        let of = |wanted: Option<Fate>| -> i64 {
            all.iter().filter(|r| wanted.is_none_or(|fate| r.fate == fate)).map(|r| r.payment.amount.get()).sum()
        };
        assert_eq!(of(None), self.balance("bank") + of(Some(Fate::Refunded)));
        assert_eq!(self.balance("refunds-due"), -of(Some(Fate::RefundDue)));
    }
}
