//! What every store must do with payments; run by the contract suite.

use crate::store_contract::{entry_id, tenant};
use crate::support::*;
use raseed_head_office::psp::PspPayment;
use raseed_head_office::store::*;
use raseed_protocol::ids::{EntryId, Incarnation, Sequence, TillId};
use raseed_protocol::journal::{ComplaintCause, Mode, Outcome};
use raseed_protocol::money::Paise;
use raseed_protocol::payment_word::PaymentState;
use raseed_protocol::time::WallMs;
use std::ops::ControlFlow;

fn request(sequence: u64, number: u64) -> RequestRecord {
    RequestRecord {
        id: entry_id(sequence),
        account: Some("A-1".parse().unwrap()),
        bill: None,
        amount: paise(26_000),
        mode: Mode::Upi,
        made: WallMs(10),
        expires: Some(WallMs(480_010)),
        outcome: None,
        receipt: None,
        code: None,
        looked: None,
        word: WordRecord { number, state: PaymentState::Waiting, came: Paise::ZERO, reference: None },
    }
}

fn payment(id: &str, fate: Fate, about: Option<EntryId>) -> PaymentRecord {
    PaymentRecord {
        payment: PspPayment {
            id: id.parse().unwrap(),
            reference: about.as_ref().map(ToString::to_string),
            amount: paise(26_000),
            rrn: Some("632512345678".into()),
            paid: WallMs(20),
        },
        recorded: WallMs(30),
        mode: Mode::Upi,
        fate,
        about,
        account: (fate == Fate::Credited).then(|| "A-1".parse().unwrap()),
        contradicted: None,
    }
}

fn till() -> TillId {
    entry_id(1).till
}

/// Writes, or says that it was refused.
fn write(store: &dyn Store, work: impl FnOnce(&mut dyn StoreTx) -> Stored<()>) -> bool {
    let mut tx = store.write(&tenant("SAS")).unwrap();
    work(&mut *tx).is_ok() && tx.commit().is_ok()
}

pub fn requests_move_on_and_what_was_asked_stays(store: &dyn Store) {
    let moved = RequestRecord {
        outcome: Some(Outcome::Unknown),
        receipt: Some(Sequence(2)),
        code: Some(MadeCode { qr: "qr_1".into(), link: "upi://pay?tr=x".into(), closed: false }),
        looked: Some(WallMs(40)),
        word: WordRecord {
            number: 3,
            state: PaymentState::Realised,
            came: paise(26_000),
            reference: Some("632512345678".into()),
        },
        ..request(1, 1)
    };
    assert!(write(store, |tx| tx.add_request(&request(1, 1))));
    assert!(write(store, |tx| tx.add_request(&request(2, 2))));
    assert!(!write(store, |tx| tx.add_request(&request(2, 4))), "twice");
    assert!(!write(store, |tx| tx.add_request(&request(3, 4))), "no such entry");
    assert!(
        !write(store, |tx| tx.put_request(&RequestRecord { word: request(1, 2).word, ..request(1, 1) })),
        "a number twice"
    );
    let read = store.read(&tenant("SAS")).unwrap();
    assert_eq!(read.request(&entry_id(2)).unwrap(), Some(request(2, 2)));
    assert_eq!(read.requests_open(&till(), 9).unwrap(), [request(2, 2), request(1, 1)]);
    assert_eq!(read.requests_open(&till(), 1).unwrap(), [request(2, 2)]);
    assert_eq!(read.requests_expired(&till(), WallMs(480_010), 9).unwrap(), []);
    assert_eq!(read.requests_expired(&till(), WallMs(480_011), 9).unwrap(), [request(1, 1), request(2, 2)]);
    drop(read);
    assert!(write(store, |tx| tx.put_request(&moved)));
    let read = store.read(&tenant("SAS")).unwrap();
    assert_eq!(read.request(&entry_id(1)).unwrap(), Some(moved.clone()));
    assert_eq!(read.newest_word(&till()).unwrap(), 3);
    assert_eq!(read.newest_word(&"SAS09".parse().unwrap()).unwrap(), 0);
    assert_eq!(read.words_after(&till(), 2, 9).unwrap(), std::slice::from_ref(&moved));
    assert_eq!(read.words_after(&till(), 0, 1).unwrap(), [request(2, 2)]);
    assert_eq!(read.codes_to_close(&till(), 9).unwrap(), [], "it has its receipt");
    let mut all = Vec::new();
    read.each_request(&mut |request| {
        all.push(request.id.sequence.0);
        Ok(ControlFlow::Continue(()))
    })
    .unwrap();
    assert_eq!(all, [1, 2]);
    drop(read);
    let over = RequestRecord { outcome: Some(Outcome::Declined), code: moved.code.clone(), ..request(2, 2) };
    assert!(write(store, |tx| tx.put_request(&over)));
    assert_eq!(store.read(&tenant("SAS")).unwrap().codes_to_close(&till(), 9).unwrap(), [over]);
    let paid = WordRecord { number: 4, state: PaymentState::Paid, came: paise(26_000), reference: None };
    let paid = RequestRecord { outcome: Some(Outcome::Unknown), word: paid, ..request(2, 2) };
    assert!(write(store, |tx| tx.put_request(&paid)));
    let read = store.read(&tenant("SAS")).unwrap();
    assert_eq!(read.requests_paid(&"A-1".parse().unwrap()).unwrap(), [paid], "its receipt is to come");
    assert_eq!(read.requests_paid(&"A-2".parse().unwrap()).unwrap(), []);
    drop(read);
    assert!(!write(store, |tx| tx.put_request(&RequestRecord { receipt: None, ..moved.clone() })), "a receipt stays");
    assert!(!write(store, |tx| tx.put_request(&request(1, 1))), "numbers only grow");
}

pub fn payments_are_found_by_what_they_are_for(store: &dyn Store) {
    let waiting = payment("pay_1", Fate::Matched, Some(entry_id(1)));
    let to_come = payment("pay_2", Fate::Matched, Some(entry_id(2)));
    let credited = payment("pay_3", Fate::Credited, Some(entry_id(1)));
    let set_aside = payment("pay_4", Fate::RefundDue, None);
    let reference = ReceiptReference {
        receipt: entry_id(2),
        about: entry_id(1),
        reference: "632512345678".into(),
        account: "A-1".parse().unwrap(),
        amount: paise(26_000),
        mode: Mode::Upi,
    };
    assert!(write(store, |tx| {
        tx.add_request(&request(1, 1))?;
        [&waiting, &to_come, &credited, &set_aside].into_iter().try_for_each(|record| tx.add_payment(record))
    }));
    assert!(!write(store, |tx| tx.add_payment(&waiting)), "an id twice");
    let read = store.read(&tenant("SAS")).unwrap();
    assert_eq!(read.payment(&"pay_4".parse().unwrap()).unwrap(), Some(set_aside.clone()));
    assert_eq!(read.payment(&"pay_5".parse().unwrap()).unwrap(), None);
    assert_eq!(read.payments_about(&entry_id(1)).unwrap(), [waiting.clone(), credited.clone()]);
    assert_eq!(read.payments_by_rrn("632512345678").unwrap().len(), 4);
    let for_nothing = |last| read.payments_for_nothing(&till(), Incarnation(1), (Sequence(1), Sequence(last))).unwrap();
    assert_eq!((for_nothing(1), for_nothing(2)), (vec![], vec![to_come.clone()]));
    assert_eq!(read.payments(false, 9).unwrap().len(), 4);
    drop(read);
    assert!(write(store, |tx| tx.add_reference(&reference)));
    assert!(!write(store, |tx| tx.add_reference(&reference)), "a receipt twice");
    let refunded = PaymentRecord { fate: Fate::Refunded, contradicted: Some(WallMs(50)), ..set_aside.clone() };
    assert!(write(store, |tx| tx.put_payment(&refunded)));
    assert!(!write(store, |tx| tx.put_payment(&set_aside)), "what was given back stays so");
    let read = store.read(&tenant("SAS")).unwrap();
    assert_eq!(read.receipts_by_reference("632512345678").unwrap(), [reference]);
    assert_eq!(read.receipts_by_reference("x").unwrap(), []);
    assert_eq!(read.payments_for_nothing(&till(), Incarnation(1), (Sequence(1), Sequence(2))).unwrap(), []);
    assert_eq!(read.payments(true, 2).unwrap().len(), 2);
    let mut all = Vec::new();
    read.each_payment(&mut |record| {
        all.push(record);
        Ok(ControlFlow::Continue(()))
    })
    .unwrap();
    assert_eq!(all, [waiting, to_come, credited, refunded]);
    assert_eq!(store.read(&tenant("BOK")).unwrap().payments(true, 9).unwrap(), []);
    drop(read);
    let mut early = payment("pay_5", Fate::RefundDue, None);
    early.payment.reference = Some("BILL--B-1".into());
    assert!(write(store, |tx| tx.add_payment(&early)));
    let set_aside = |reference| store.read(&tenant("SAS")).unwrap().payments_set_aside(reference).unwrap();
    assert_eq!((set_aside("BILL--B-1"), set_aside("BILL--B-2")), (vec![early.clone()], vec![]));
    let placed = PaymentRecord { fate: Fate::Credited, account: Some("A-1".parse().unwrap()), ..early };
    assert!(write(store, |tx| tx.put_payment(&placed)));
    assert_eq!(set_aside("BILL--B-1"), []);
}

pub fn complaints_are_closed_once(store: &dyn Store) {
    let complaint = |sequence, promised: &str| ComplaintRecord {
        id: entry_id(sequence),
        about: entry_id(1),
        cause: ComplaintCause::PayerSays,
        reference: Some("632512345678".into()),
        promised: day(promised),
        bank_due: day("2026-11-29"),
        opened: WallMs(60),
        closed: None,
    };
    assert!(write(store, |tx| tx.add_complaint(&complaint(1, "2026-11-26"))));
    assert!(write(store, |tx| tx.add_complaint(&complaint(2, "2026-11-25"))));
    assert!(!write(store, |tx| tx.add_complaint(&complaint(2, "2026-11-25"))), "twice");
    let mut tx = store.write(&tenant("SAS")).unwrap();
    assert!(tx.close_complaint(&entry_id(1), ComplaintOutcome::NotDebited, WallMs(70)).unwrap());
    assert!(!tx.close_complaint(&entry_id(1), ComplaintOutcome::Paid, WallMs(71)).unwrap());
    tx.commit().unwrap();
    let closed = Some((ComplaintOutcome::NotDebited, WallMs(70)));
    let first = ComplaintRecord { closed, ..complaint(1, "2026-11-26") };
    let read = store.read(&tenant("SAS")).unwrap();
    assert_eq!(read.complaint(&entry_id(1)).unwrap(), Some(first.clone()));
    assert_eq!(read.complaints_about(&entry_id(1)).unwrap(), [complaint(2, "2026-11-25")]);
    assert_eq!(read.complaints(true, 9).unwrap(), [complaint(2, "2026-11-25")]);
    assert_eq!(read.complaints(false, 9).unwrap(), [complaint(2, "2026-11-25"), first]);
}
