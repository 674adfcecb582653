//! Random requests, ends, receipts and payments, told of late, twice and in any order: after each step the books are right.

use crate::paying::*;
use crate::support::*;
use proptest::prelude::*;
use raseed_head_office::psp::PspPayment;
use raseed_protocol::ids::Sequence;
use raseed_protocol::journal::{Mode, Outcome};
use raseed_protocol::payment_reference::PaymentReference;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Step {
    Ask { sale: bool, card: bool },
    End { which: usize, outcome: usize },
    Receipt { which: usize, with_rrn: bool },
    Send,
    Pay { which: usize, how: usize, amount: usize },
    TellAgain { which: usize },
    Refund { which: usize },
    Credit { which: usize },
    Place { which: usize },
    Learn { which: usize, whose: usize, bill: bool },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (any::<bool>(), any::<bool>()).prop_map(|(sale, card)| Step::Ask { sale, card }),
        2 => (0..8usize, 0..5usize).prop_map(|(which, outcome)| Step::End { which, outcome }),
        3 => (0..8usize, any::<bool>()).prop_map(|(which, with_rrn)| Step::Receipt { which, with_rrn }),
        4 => Just(Step::Send),
        5 => (0..8usize, 0..8usize, 0..4usize).prop_map(|(which, how, amount)| Step::Pay { which, how, amount }),
        1 => (0..8usize).prop_map(|which| Step::TellAgain { which }),
        1 => (0..8usize).prop_map(|which| Step::Refund { which }),
        1 => (0..8usize).prop_map(|which| Step::Credit { which }),
        1 => (0..8usize).prop_map(|which| Step::Place { which }),
        2 => (0..8usize, 0..8usize, any::<bool>()).prop_map(|(which, whose, bill)| Step::Learn { which, whose, bill }),
    ]
}

struct World {
    fixture: Fixture,
    till: TestTill,
    asked: Vec<(Sequence, bool, Mode, bool)>,
    told: Vec<PspPayment>,
    numbers: BTreeMap<u64, u64>,
}

impl World {
    fn new() -> World {
        let fixture = paying_office();
        let till = fixture.till("SAS07", 3);
        World { fixture, till, asked: vec![], told: vec![], numbers: BTreeMap::new() }
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Ask { sale, card } => {
                let mode = if card { Mode::Card } else { Mode::Upi };
                let place = self.till.ask_for((!sale).then_some("A-1"), ASKED, mode);
                self.asked.push((place, sale, mode, false));
            }
            Step::End { which, outcome } => {
                if let Some((place, ..)) = pick(&self.asked, which) {
                    self.till.end(place, Outcome::ALL[outcome]);
                }
            }
            Step::Receipt { which, with_rrn } => self.give_receipt(which, with_rrn),
            Step::Send => _ = self.till.send(&self.fixture),
            Step::Pay { which, how, amount } => self.pay(which, how, amount),
            Step::TellAgain { which } => {
                if let Some(payment) = pick(&self.told, which) {
                    assert_eq!(self.fixture.money(&payment).known, 1);
                }
            }
            Step::Refund { which } => {
                if let Some(payment) = pick(&self.told, which) {
                    let _ = self.fixture.office.refund_paid(&payment.id, now());
                }
            }
            Step::Credit { which } => {
                if let Some((place, ..)) = pick(&self.asked, which) {
                    let _ = self.fixture.office.credit_waiting(&self.till.id(place), now());
                }
            }
            Step::Place { which } => {
                if let Some(payment) = pick(&self.told, which) {
                    let _ = self.fixture.office.place_payment(&payment.id, &household().id, now());
                }
            }
            Step::Learn { which, whose, bill } => self.learn(which, whose, bill),
        }
    }

    fn give_receipt(&mut self, which: usize, with_rrn: bool) {
        let Some((place, sale, mode, _)) = pick(&self.asked, which) else { return };
        if sale {
            self.till.sale_receipt(Some(place), ASKED, mode);
        } else {
            self.till.receipt_for(place, mode, with_rrn.then(|| rrn(place)).as_deref());
        }
    }

    fn pay(&mut self, which: usize, how: usize, amount: usize) {
        let amount = [ASKED, ASKED, ASKED, 7_777][amount];
        let id = format!("pay_{}", self.told.len());
        let Some((place, ..)) = pick(&self.asked, which) else { return };
        let request = self.till.id(place);
        let payment = match how {
            // The bank's reference alone, as in a bank's own file.
            0 | 1 => PspPayment { rrn: Some(rrn(place)), ..paid(&id, None, amount) },
            2 => {
                let bill = PaymentReference::of_bill(&"B-1".parse().unwrap()).unwrap();
                PspPayment { reference: Some(bill.to_string()), ..paid(&id, None, amount) }
            }
            3 => PspPayment { reference: Some("someone else's".into()), ..paid(&id, None, amount) },
            _ => paid(&id, Some(&request), amount),
        };
        let came = self.fixture.money(&payment);
        assert_eq!((came.known, came.contradicted), (0, 0));
        self.told.push(payment);
    }

    /// A payment that named nothing is told of again, and names something. What was named first stays.
    fn learn(&mut self, which: usize, whose: usize, bill: bool) {
        let nameless = |payment: &&PspPayment| payment.reference.is_none();
        let nameless: Vec<PspPayment> = self.told.iter().filter(nameless).cloned().collect();
        let (Some(payment), Some((place, ..))) = (pick(&nameless, which), pick(&self.asked, whose)) else { return };
        let reference = if bill { "BILL--B-1".to_owned() } else { self.till.id(place).to_string() };
        let came = self.fixture.money(&PspPayment { reference: Some(reference), ..payment });
        assert_eq!(came.known, 1);
    }

    fn check(&mut self) {
        self.fixture.assert_money_is_right();
        let told: i64 = self.told.iter().map(|payment| payment.amount.get()).sum();
        let all = self.fixture.office.payments(true).unwrap();
        assert_eq!(all.iter().map(|record| record.payment.amount.get()).sum::<i64>(), told, "nothing is lost or made");
        for word in self.fixture.words(&self.till, 0, at(60)) {
            let before = self.numbers.insert(word.requested.0, word.number);
            assert!(before.is_none_or(|before| before <= word.number), "numbers only grow");
        }
    }
}

fn rrn(place: Sequence) -> String {
    format!("6325{place:08}", place = place.0)
}

fn pick<T: Clone>(all: &[T], which: usize) -> Option<T> {
    all.get(which % all.len().max(1)).cloned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_books_are_right_after_each_step(steps in prop::collection::vec(step(), 1..25)) {
        let mut world = World::new();
        for step in &steps {
            world.take(step);
            world.check();
        }
        world.till.send(&world.fixture);
        world.check();
    }
}
