//! One step of a run: something that people, networks, payment services and batteries do.

use crate::cards::Cards;
use crate::scene::Scene;
use raseed_protocol::journal::Mode;
use raseed_protocol::time::WallMs;
use raseed_simulated_psp::{Call, Faults, Pay};
use raseed_tests::world::{Fault, rupees, simulated_reference, staff};
use raseed_till::sync::ask_payments;
use raseed_till::{
    CardCame, Collect, EndPayment, Ending, Payment, PaymentStanding, Proof, RequestPayment, TakePayment, Till,
};

impl Scene {
    pub fn step(&mut self) {
        let at = usize::try_from(self.dice.below(u64::try_from(self.counters.len()).expect("two"))).expect("two");
        if self.dice.one_in(8) {
            let looks = i64::try_from(self.dice.below(6)).expect("small");
            self.counters[at].fuse.set(looks);
        }
        match self.dice.below(24) {
            0..=4 => self.ask_for_payment(at),
            5 | 6 => self.pay(),
            7 => self.pay_otherwise(),
            8 => self.collect_cash(at),
            9 | 10 => self.pass_time(),
            11 | 12 => self.sync(at),
            13..=15 => self.wait_for_word(at),
            16 | 17 => self.deliver(),
            18..=20 => self.end(at),
            21 => self.card(at),
            22 => self.counters[at].till = None,
            _ => self.restart_office(),
        }
        self.counters[at].fuse.set(-1);
    }

    fn ask_for_payment(&mut self, at: usize) {
        let again = self.dice.one_in(4).then(|| self.dice.pick(&self.counters[at].wishes).cloned()).flatten();
        let wish = again.unwrap_or_else(|| self.wish(at));
        self.counters[at].wishes.push(wish.clone());
        let asked = self.on(at, |till, _| {
            let before = wish.account.as_ref().map(|account| pending(till, account));
            let known = till.payment_asked_by(wish.request).expect("readable").is_some();
            let payment = till.request_payment(&wish);
            // Nobody is asked twice while it is not known how the first time ended.
            if payment.is_ok() && !known {
                assert!(before.is_none_or(|pending| pending == 0), "charged again while money may be moving");
            }
            let payment = payment.ok()?;
            let code = if payment.mode == Mode::Upi { till.payment_code(&payment).expect("readable") } else { None };
            Some((payment, code))
        });
        if let Some(Some((payment, code))) = asked {
            self.seen.asked += 1;
            self.counters[at].codes.extend(code);
            if payment.mode == Mode::Card {
                self.card_app(at, &payment);
            }
        }
    }

    fn wish(&mut self, at: usize) -> RequestPayment {
        let account = (!self.dice.one_in(4)).then(|| self.account());
        let amount = rupees(i64::try_from(self.dice.below(400)).expect("small") + 1);
        let mode = if self.dice.one_in(4) { Mode::Card } else { Mode::Upi };
        let request = self.on(at, |till, _| till.new_request());
        let request = request.unwrap_or(raseed_protocol::ids::RequestId(self.dice.roll().to_le_bytes()));
        RequestPayment { request, account, amount, mode, note: String::new(), staff: staff() }
    }

    /// A payer pays a code that was shown, perhaps long ago, perhaps not the first time.
    fn pay(&mut self) {
        let shown: Vec<String> = self.counters.iter().flat_map(|counter| counter.codes.clone()).collect();
        let Some(code) = self.dice.pick(&shown).cloned() else { return };
        let late = if self.dice.one_in(3) { self.dice.below(1_500_000) } else { self.dice.below(5_000) };
        if self.psp.pay(&Pay::link(&code).after(late)).is_ok() {
            self.seen.paid += 1;
        }
    }

    /// Another amount than was asked, a bill's own code, or a reference that is nobody's.
    fn pay_otherwise(&mut self) {
        let amount = rupees(i64::try_from(self.dice.below(500)).expect("small") + 1);
        let shown: Vec<String> = self.counters.iter().flat_map(|counter| counter.codes.clone()).collect();
        let odd = |reference: &str| {
            format!(
                "upi://pay?ver=01&mode=15&pa=saswater@examplebank&pn=SAS&tr={reference}&am={}.00&cu=INR",
                amount.get() / 100
            )
        };
        let link = match self.dice.below(4) {
            0 | 1 => self.dice.pick(&shown).cloned().unwrap_or_else(|| odd("BILL--B322-1")),
            2 => odd("BILL--B322-1"),
            _ => odd("nobody-knows"),
        };
        if self.psp.pay(&Pay::link(&link).of(amount)).is_ok() {
            self.seen.paid += 1;
        }
    }

    fn collect_cash(&mut self, at: usize) {
        let (account, amount) = (self.account(), rupees(i64::try_from(self.dice.below(100)).expect("small") + 1));
        self.on(at, |till, _| {
            let request = till.new_request();
            let before = pending(till, &account);
            let taken = till.collect_cash(&Collect { request, account: account.clone(), amount, staff: staff() });
            assert!(taken.is_err() || before == 0, "cash taken while money may be moving");
        });
    }

    fn pass_time(&mut self) {
        let time = if self.dice.one_in(3) { self.dice.below(1_800_000) } else { self.dice.below(60_000) };
        self.world.clock.pass(time);
    }

    fn sync(&mut self, at: usize) {
        self.plan_faults();
        let _ = self.on(at, |till, world| world.sync(till).is_ok());
        self.world.line.heal();
    }

    fn wait_for_word(&mut self, at: usize) {
        self.plan_faults();
        self.on(at, |till, world| {
            let _ = ask_payments(&mut *till, &mut world.line);
            for payment in till.pending_payments(20).expect("readable") {
                let code =
                    (payment.mode == Mode::Upi).then(|| till.payment_code(&payment).expect("readable")).flatten();
                if let Some(code) = code {
                    return Some(code);
                }
            }
            None
        })
        .flatten()
        .into_iter()
        .for_each(|code| self.counters[at].codes.push(code));
        self.world.line.heal();
    }

    fn plan_faults(&mut self) {
        const ALL: [Fault; 6] =
            [Fault::Down, Fault::AnswerLost, Fault::RequestCut, Fault::AnswerDamaged, Fault::AnswerOld, Fault::None];
        for _ in 0..self.dice.below(4) {
            let fault = *self.dice.pick(&ALL).expect("six");
            self.world.line.plan([fault]);
        }
    }

    /// The payment service calls: what is due, in any order; sometimes what it said before, once more.
    fn deliver(&mut self) {
        let mut calls = self.psp.calls_due();
        let swap = usize::try_from(self.dice.below(3)).expect("small");
        if swap < calls.len() {
            calls.swap(0, swap);
        }
        if self.dice.one_in(3) {
            calls.extend(self.dice.pick(&self.told).cloned());
        }
        for call in calls {
            self.tell(call);
        }
    }

    fn tell(&mut self, call: Call) {
        use raseed_head_office::psp::Psp;
        let payments = self.psp.read_webhook(&call.body, &call.signature).expect("signed by the payment service");
        self.world.office.money_came(&payments, self.world.clock.wall()).expect("a healthy store");
        self.told.push(call);
    }

    /// A person ends a payment in one of the ways there are.
    fn end(&mut self, at: usize) {
        let roll = self.dice.below(3);
        let reference = format!("77{:010}", self.dice.below(5));
        let pick = self.dice.roll();
        let ended = self.on(at, |till, _| {
            let pending = till.pending_payments(50).expect("readable");
            let many = u64::try_from(pending.len()).expect("few").max(1);
            let payment = pending.into_iter().nth(usize::try_from(pick % many).expect("few"))?;
            let id = payment.id.clone();
            let end = |ending| EndPayment { payment: id.clone(), ending, staff: staff() };
            let done = match roll {
                0 => till.end_payment(&end(Ending::GivenUp)).is_ok(),
                1 => {
                    let supervisor = "harleen".parse().expect("a staff id");
                    till.end_payment(&end(Ending::LetGo { supervisor, reason: "seen on the phone".to_owned() })).is_ok()
                }
                _ => {
                    let proof = Proof::Shown { reference };
                    till.take_payment(&TakePayment { payment: payment.id.clone(), proof, staff: staff() }).is_ok()
                }
            };
            Some(done)
        });
        self.seen.ended += u64::from(ended.flatten() == Some(true));
    }

    /// The card app is started for a payment: it charges or not, and says so or not.
    fn card_app(&mut self, at: usize, payment: &Payment) {
        if payment.state != PaymentStanding::Open {
            return;
        }
        let Some(reference) = self.card_reference(at, payment) else { return };
        if !self.dice.one_in(3) {
            self.cards.charge(&reference, payment.amount);
        }
        let answered = match self.dice.below(3) {
            0 => return,
            1 => Cards::silence(),
            _ => self.cards.answer(&reference, payment.amount),
        };
        self.card_answers(at, payment, answered, false);
    }

    /// After a restart the card app is asked.
    fn card(&mut self, at: usize) {
        let pending = self.on(at, |till, _| till.pending_payments(50).expect("readable")).unwrap_or_default();
        for payment in pending.into_iter().filter(|payment| payment.mode == Mode::Card) {
            let Some(reference) = self.card_reference(at, &payment) else { return };
            let answered = self.cards.answer(&reference, payment.amount);
            self.card_answers(at, &payment, answered, true);
        }
    }

    /// What the card app is told that the sale is called; `None` if the device broke off.
    fn card_reference(&mut self, at: usize, payment: &Payment) -> Option<String> {
        let ask = self.on(at, |till, _| till.card_query(&payment.id, "").expect("a card sale"))?;
        ask.as_ref().map(simulated_reference)
    }

    fn card_answers(&mut self, at: usize, payment: &Payment, answered: raseed_till::card::Answered, of_query: bool) {
        let came =
            CardCame { payment: payment.id.clone(), answered, of_query, our_package: String::new(), staff: staff() };
        self.on(at, |till, _| till.card_came(&came).map(drop)).map(|done| done.expect("taken in")).unwrap_or_default();
    }

    fn restart_office(&mut self) {
        self.world.restart_office();
    }

    /// Everything works again: news is delivered, the office catches up, tills sync, card apps are asked, time passes.
    pub fn heal(&mut self) {
        self.psp.with(|simulator, _| simulator.set_faults(Faults::default())).expect("no faults");
        for _ in 0..4 {
            self.world.clock.pass(3_600_000);
            self.psp.calls_due().into_iter().for_each(|call| self.tell(call));
            let now = self.world.clock.wall();
            let settled = self.cards.settlement(now);
            self.world.office.catch_up(WallMs(0), now, now).expect("a healthy payment service");
            for at in 0..self.counters.len() {
                self.card(at);
                self.on(at, |till, world| world.sync(till)).expect("nothing breaks").expect("a healthy line");
            }
            self.world.office.money_came(&settled, now).expect("a healthy store");
        }
    }
}

fn pending(till: &Till, account: &raseed_protocol::ids::AccountId) -> usize {
    let pending = till.pending_payments(100).expect("readable");
    pending.iter().filter(|payment| payment.account.as_ref() == Some(account)).count()
}
