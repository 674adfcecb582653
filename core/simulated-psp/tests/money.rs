//! The simulator neither loses nor makes up money, whatever payers do and however badly it behaves; and whoever asks it
//! and whoever listens to it hear of the same payments.
//!
//! The books here are kept by the test alone, from what it paid.

#![allow(clippy::unwrap_used)] // the helpers of a test may stop it

use proptest::prelude::*;
use raseed_head_office::psp::{Psp, PspPayment, PspPaymentId, QrOrder, Secret};
use raseed_protocol::money::Paise;
use raseed_protocol::time::WallMs;
use raseed_simulated_psp::{Faults, MIN_LIFE_MS, Pay, SimulatedPsp};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const START: u64 = 1_795_000_000_000;

#[derive(Clone, Debug)]
enum Step {
    Make { rupees: u16 },
    Pay { qr: usize, paise: Option<u32>, after_ms: u64 },
    PayLink { qr: usize },
    PayDrawn { paise: u32 },
    Close { qr: usize },
    Pass { ms: u64 },
    Listen,
    Faults { lost: u16, twice: u16, delay_ms: u64, answer_lost: u16, answer_500: u16 },
}

fn step() -> impl Strategy<Value = Step> {
    let rate = || prop_oneof![3 => Just(0u16), 1 => 0u16..=1000];
    prop_oneof![
        3 => (1u16..5000).prop_map(|rupees| Step::Make { rupees }),
        6 => (0usize..20, proptest::option::of(1u32..900_000), prop_oneof![Just(0), 0u64..3 * MIN_LIFE_MS])
            .prop_map(|(qr, paise, after_ms)| Step::Pay { qr, paise, after_ms }),
        1 => (0usize..20).prop_map(|qr| Step::PayLink { qr }),
        2 => (1u32..900_000).prop_map(|paise| Step::PayDrawn { paise }),
        1 => (0usize..20).prop_map(|qr| Step::Close { qr }),
        4 => (0u64..2 * MIN_LIFE_MS).prop_map(|ms| Step::Pass { ms }),
        4 => Just(Step::Listen),
        1 => (rate(), rate(), 0u64..100_000, rate(), rate()).prop_map(|(lost, twice, delay_ms, answer_lost, answer_500)| {
            Step::Faults { lost, twice, delay_ms, answer_lost, answer_500 }
        }),
    ]
}

/// One world: the PSP, a clock, and the test's own books.
struct World {
    psp: SimulatedPsp,
    now: Arc<AtomicU64>,
    qrs: Vec<(String, String, i64)>,
    /// What was paid: amount in paise, when it comes, for which code.
    paid: HashMap<PspPaymentId, (i64, u64, Option<usize>)>,
    heard: BTreeMap<PspPaymentId, PspPayment>,
    lossy: bool,
}

impl World {
    fn new(seed: u64) -> World {
        let now = Arc::new(AtomicU64::new(START));
        let clock = Arc::clone(&now);
        let clock = Arc::new(move || WallMs(clock.load(Ordering::SeqCst)));
        let psp = SimulatedPsp::new(seed, clock, Secret::new("simulated-secret").unwrap());
        World { psp, now, qrs: Vec::new(), paid: HashMap::new(), heard: BTreeMap::new(), lossy: false }
    }

    fn now(&self) -> u64 {
        self.now.load(Ordering::SeqCst)
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Make { rupees } => self.make(i64::from(*rupees)),
            Step::Pay { qr, paise, after_ms } => {
                let Some((place, pay)) = self.chosen(*qr, |(id, _, _)| Pay::qr(id)) else { return };
                let asked = self.qrs[place].2;
                let pay = paise.map_or(pay.clone(), |paise| pay.of(Paise::new(paise.into()).unwrap()));
                self.pay(&pay.after(*after_ms), paise.map_or(asked, i64::from), Some(place));
            }
            Step::PayLink { qr } => {
                let Some((place, pay)) = self.chosen(*qr, |(_, link, _)| Pay::link(link)) else { return };
                self.pay(&pay, self.qrs[place].2, Some(place));
            }
            Step::PayDrawn { paise } => {
                let amount = Paise::new((*paise).into()).unwrap();
                let link = format!("upi://pay?pa=water@bank&tr=TILL-{paise}&am={}&cu=INR", amount.to_decimal());
                self.pay(&Pay::link(&link), amount.get(), None);
            }
            Step::Close { qr } => {
                if let Some((id, _, _)) = self.qrs.get(*qr).cloned() {
                    let _ = self.psp.close_qr(&id);
                }
            }
            Step::Pass { ms } => {
                self.now.fetch_add(*ms, Ordering::SeqCst);
            }
            Step::Listen => self.listen(),
            Step::Faults { lost, twice, delay_ms, answer_lost, answer_500 } => {
                self.lossy |= *lost > 0;
                self.behave(Faults {
                    webhook_lost: *lost,
                    webhook_twice: *twice,
                    webhook_delay_ms: *delay_ms,
                    answer_lost: *answer_lost,
                    answer_500: *answer_500,
                    ..Faults::default()
                });
            }
        }
    }

    fn chosen(&self, qr: usize, pay: impl Fn(&(String, String, i64)) -> Pay) -> Option<(usize, Pay)> {
        self.qrs.get(qr).map(|code| (qr, pay(code)))
    }

    fn make(&mut self, rupees: i64) {
        let order = QrOrder {
            reference: format!("SAS07-{}", self.qrs.len()),
            amount: Paise::from_rupees(rupees).unwrap(),
            description: "Water bill".to_owned(),
            close_by: WallMs(self.now()),
        };
        if let Ok(made) = self.psp.make_qr(&order) {
            self.qrs.push((made.qr, made.link, order.amount.get()));
        }
    }

    fn pay(&mut self, pay: &Pay, paise: i64, qr: Option<usize>) {
        let told = self.psp.pay(pay).unwrap();
        let before = self.paid.insert(told.id, (paise, self.now() + pay.after_ms, qr));
        assert_eq!(before, None, "an id is given once");
    }

    fn behave(&self, faults: Faults) {
        self.psp.with(|simulator, _| simulator.set_faults(faults)).unwrap();
    }

    fn listen(&mut self) {
        for call in self.psp.calls_due() {
            for payment in self.psp.read_webhook(&call.body, &call.signature).unwrap() {
                let (_, at, _) = self.paid[&payment.id];
                assert!(at <= self.now(), "nobody hears of money before it has come");
                if let Some(before) = self.heard.insert(payment.id.clone(), payment.clone()) {
                    assert_eq!(before, payment, "the same payment is told the same way");
                }
            }
        }
    }

    /// Holds the PSP's answers against the test's books.
    fn balance(&self) {
        let now = self.now();
        let come = |qr: Option<usize>| {
            let all = self.paid.values().filter(|(_, at, _)| *at <= now);
            all.filter(|(_, _, of)| qr.is_none() || *of == qr).map(|(paise, _, _)| paise).sum::<i64>()
        };
        let state = self.psp.with(|simulator, now| simulator.state(now));
        assert_eq!(state.captured_paise, come(None));
        assert_eq!(state.payments.len() + state.coming, self.paid.len());
        // To a time beyond all others: what is still to come must not be seen before its time.
        let fetched = self.psp.payments_between(WallMs(0), WallMs(2 * now)).unwrap();
        assert_eq!(fetched, state.payments);
        for (place, (id, _, _)) in self.qrs.iter().enumerate() {
            let paise = self.psp.payments_of(id).unwrap().iter().map(|payment| payment.amount.get()).sum::<i64>();
            assert_eq!(paise, come(Some(place)));
        }
        for payment in &fetched {
            if let Some(heard) = self.heard.get(&payment.id) {
                assert_eq!(heard, payment, "asking and listening tell the same");
            }
        }
    }

    /// A well-behaved end: everything has come, everything has been told.
    fn end(&mut self) {
        self.behave(Faults::default());
        self.balance();
        self.now.fetch_add(10 * MIN_LIFE_MS, Ordering::SeqCst);
        self.listen();
        self.balance();
        if !self.lossy {
            assert_eq!(self.heard.len(), self.paid.len(), "whoever listens hears of everything");
        }
        let state = self.psp.with(|simulator, now| simulator.state(now));
        let counts = state.webhooks;
        assert_eq!((state.coming, state.waiting), (0, 0));
        assert_eq!(counts.made + counts.twice, counts.lost + counts.given_out);
    }
}

proptest! {
    #[test]
    fn money_is_neither_lost_nor_made_up(seed: u64, steps in proptest::collection::vec(step(), 0..80)) {
        let mut world = World::new(seed);
        steps.iter().for_each(|step| world.step(step));
        world.end();
    }

    #[test]
    fn the_same_seed_and_steps_give_the_same(seed: u64, steps in proptest::collection::vec(step(), 0..40)) {
        let end = || {
            let mut world = World::new(seed);
            steps.iter().for_each(|step| world.step(step));
            world.psp.with(|simulator, now| simulator.state(now))
        };
        prop_assert_eq!(end(), end());
    }
}

#[test]
fn a_code_that_is_paid_expired_or_closed_still_takes_what_was_paid() {
    let mut world = World::new(1);
    (0..3).for_each(|_| world.make(260));
    let ids: Vec<String> = world.qrs.iter().map(|(id, _, _)| id.clone()).collect();
    world.pay(&Pay::qr(&ids[0]), 26_000, Some(0));
    world.pay(&Pay::qr(&ids[0]), 26_000, Some(0));
    world.psp.close_qr(&ids[1]).unwrap();
    world.psp.close_qr(&ids[1]).unwrap();
    world.step(&Step::Pass { ms: 1 });
    world.pay(&Pay::qr(&ids[1]).of(Paise::new(1).unwrap()), 1, Some(1));
    world.pay(&Pay::qr(&ids[2]).after(2 * MIN_LIFE_MS), 26_000, Some(2));
    world.balance();
    let closed = |id: &str, at: u64| {
        world.psp.with(|simulator, _| simulator.qr(id).unwrap().closed_at(WallMs(START + at)).map(|(_, why)| why))
    };
    assert_eq!(closed(&ids[0], 1), Some("paid"));
    assert_eq!(closed(&ids[1], 1), Some("on_demand"));
    assert_eq!(closed(&ids[2], 1), None);
    assert_eq!(closed(&ids[2], 2 * MIN_LIFE_MS), Some("expired"));
    world.end();
    assert_eq!(world.heard.len(), 4);
}
