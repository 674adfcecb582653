//! What must be true after everything has healed: worked out from the journals and from what the payers really paid, not
//! from what the head office says of itself.

use crate::scene::Scene;
use raseed_head_office::store::Fate;
use raseed_protocol::ids::{EntryId, Sequence};
use raseed_protocol::journal::{Body, TillKeys};
use raseed_protocol::ledger::LedgerAccount;
use raseed_protocol::payment_reference::PaymentReference;
use std::collections::{BTreeMap, BTreeSet};

/// What the runs came to: so that nobody believes a test that never met anything.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    pub asked: u64,
    pub paid: u64,
    pub ended: u64,
    pub cuts: u64,
    pub receipts: u64,
    pub subject: u64,
    pub credited: u64,
    pub refunds: u64,
    pub complaints: u64,
}

impl Seen {
    pub fn add(&mut self, one: &Seen) {
        for (all, one) in [
            (&mut self.asked, one.asked),
            (&mut self.paid, one.paid),
            (&mut self.ended, one.ended),
            (&mut self.cuts, one.cuts),
            (&mut self.receipts, one.receipts),
            (&mut self.subject, one.subject),
            (&mut self.credited, one.credited),
            (&mut self.refunds, one.refunds),
            (&mut self.complaints, one.complaints),
        ] {
            *all += one;
        }
    }

    /// True if every kind of thing happened.
    pub fn is_wide(&self) -> bool {
        let all =
            [self.asked, self.paid, self.ended, self.cuts, self.receipts, self.subject, self.credited, self.refunds];
        all.into_iter().all(|count| count > 0) && self.complaints > 0
    }
}

/// Checks it all, and says what happened.
pub fn check(scene: &Scene) -> Seen {
    let mut seen = scene.seen;
    let office = &scene.world.office;
    let receipts = receipts(scene, &mut seen);
    let payments = office.payments(true).expect("readable books");

    // Every payment that was really made is in the books once, and no other.
    let really = scene.psp.with(|simulator, now| simulator.captured_paise(now)) + scene.cards.total_paise();
    let recorded: i64 = payments.iter().map(|payment| payment.payment.amount.get()).sum();
    assert_eq!(recorded, really, "money at the payment service and in the books");
    let ids: BTreeSet<&str> = payments.iter().map(|payment| payment.payment.id.as_str()).collect();
    assert_eq!(ids.len(), payments.len(), "a payment twice");

    // Money = receipts + credited (advances among it) + refunds due, to the paisa.
    let sum = |fate: Fate| payments.iter().filter(|p| p.fate == fate).map(|p| p.payment.amount.get()).sum::<i64>();
    let (credited, refunds) = (sum(Fate::Credited), sum(Fate::RefundDue));
    seen.credited += u64::from(credited > 0);
    seen.refunds += u64::from(refunds > 0);
    let realised = realised(&payments, &receipts);
    assert_eq!(really, realised + credited + refunds, "receipts + credited + refunds due");
    let report = office.ledger_report().expect("readable books");
    let balance = |account: LedgerAccount| {
        let line = report.trial_balance.iter().find(|line| line.account == account);
        line.map_or(0, |line| line.balance_paise.0)
    };
    assert_eq!(balance(LedgerAccount::Bank), really, "the bank account of the ledger");
    let given: i64 = receipts.values().sum();
    let clearing = balance(LedgerAccount::UpiClearing) + balance(LedgerAccount::CardClearing);
    assert_eq!(clearing, given - realised, "what was receipted and has not come");

    // Nothing hangs: no till waits for the end of a payment by UPI, nor for a card app that answers.
    for counter in &scene.counters {
        let till = counter.till.as_ref().expect("open after healing");
        assert_eq!(till.pending_payments(10).expect("readable"), [], "a payment without an end");
        assert_eq!(till.standing().unsent, 0);
    }
    assert_eq!(office.verify_books().expect("readable books").findings, []);
    seen.complaints += u64::try_from(office.complaints(false).expect("readable").len()).expect("few");
    seen
}

/// What was receipted for each request, from the journals as the tills export them; each request has at most one.
fn receipts(scene: &Scene, seen: &mut Seen) -> BTreeMap<EntryId, i64> {
    let mut receipts = BTreeMap::new();
    for counter in &scene.counters {
        let till = counter.till.as_ref().expect("open after healing");
        let run = till.export(Sequence(0)).expect("readable");
        let (keys, entries) = TillKeys::read_run(&run, &till.identity().root_key).expect("a run");
        let newest = till.standing().newest;
        for bytes in entries {
            let signed = keys.verify(bytes).expect("our entry");
            let Body::Receipt(receipt) = &signed.entry().body else { continue };
            let Some(requested) = receipt.requested else { continue };
            seen.receipts += 1;
            seen.subject += u64::from(receipt.subject_to_realisation);
            let id = EntryId { sequence: requested, ..newest.clone() };
            assert!(receipts.insert(id, receipt.amount.get()).is_none(), "two receipts for one request");
        }
    }
    receipts
}

/// Of every request that has its receipt, one payment of its amount is the receipt's; worked out from references alone.
fn realised(payments: &[raseed_head_office::store::PaymentRecord], receipts: &BTreeMap<EntryId, i64>) -> i64 {
    let mut realised = 0;
    for (id, amount) in receipts {
        let fits = |payment: &&raseed_head_office::store::PaymentRecord| {
            let by_tr = match payment.payment.reference.as_deref().unwrap_or_default().parse() {
                Ok(PaymentReference::Request(request) | PaymentReference::Card { request, .. }) => request == *id,
                _ => false,
            };
            by_tr && payment.payment.amount.get() == *amount
        };
        let matched = payments.iter().filter(fits).filter(|payment| payment.fate == Fate::Matched).count();
        assert!(matched <= 1, "two payments for one receipt");
        // Of several, one is the receipt's, unless the office had credited all of them before the receipt was known.
        if matched == 1 {
            realised += amount;
        }
    }
    realised
}
