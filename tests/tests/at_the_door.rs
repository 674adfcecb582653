//! What a screen at the door asks of the till beside the payment itself: who collects, what was printed, what was paid
//! before, how the last sync ended, and that none of it waits for a network.

use raseed_protocol::ids::AccountId;
use raseed_protocol::money::Paise;
use raseed_protocol::time::Day;
use raseed_protocol::wire::{DayKeysReply, DayKeysRequest, EnrolReply, EnrolRequest, PaymentWords, UploadReply};
use raseed_tests::world::{BookShape, Fault, Line, Patient, World, book, collect, rupees, staff};
use raseed_till::sync::{Call, Lend, SyncError, Transport, sync};
use raseed_till::{TakenBy, Till, TillError};
use std::sync::{Arc, Mutex};

fn today() -> Day {
    "2026-11-22".parse().expect("a day")
}

fn a(n: u32) -> AccountId {
    format!("A-{n}").parse().expect("a consumer number")
}

fn world() -> World {
    World::new(5, today(), book(BookShape { accounts: 3, months: 3, fees: true }, today()))
}

#[test]
fn a_receipt_is_a_duplicate_once_a_printer_has_said_that_it_came_out() {
    let mut world = world();
    let (device, mut till) = world.till("SAS07");
    assert!(till.newest_receipt().unwrap().is_none());
    let given = collect(&mut till, &a(1), rupees(100)).unwrap();
    assert_eq!(till.copies(&given).unwrap(), 0);
    assert_eq!(till.newest_receipt().unwrap().map(|(newest, copies)| (newest.id, copies)), Some((given.id.clone(), 0)));
    assert_eq!(till.printed(&given.id).unwrap(), 1);
    drop(till);
    let mut till = device.open().unwrap();
    assert_eq!(till.printed(&given.id).unwrap(), 2);
    till.rebuild().unwrap();
    assert_eq!(till.copies(&given).unwrap(), 2, "rebuilding projections forgets no print");
    let mut nobody = given.id.clone();
    nobody.sequence.0 += 1;
    assert_eq!(till.printed(&nobody).unwrap_err().code(), "no-such-receipt");
}

#[test]
fn the_shift_says_who_collects_also_after_a_rebuild() {
    let mut world = world();
    let device = world.device("SAS07");
    let mut till = device.open().unwrap();
    assert_eq!(till.shift().unwrap(), None);
    world.sync(&mut till).unwrap();
    till.open_shift(&raseed_till::OpenShift { staff: staff(), float: rupees(500) }).unwrap();
    till.rebuild().unwrap();
    let shift = till.shift().unwrap().expect("open");
    assert_eq!((shift.number, shift.staff, shift.float), (1, staff(), rupees(500)));
}

#[test]
fn past_payments_are_this_tills_own_and_the_newest_that_the_office_knows() {
    let mut world = world();
    let (_, mut one) = world.till("SAS07");
    let (_, mut two) = world.till("SAS08");
    let first = collect(&mut one, &a(1), rupees(100)).unwrap();
    let second = collect(&mut one, &a(1), rupees(50)).unwrap();
    let ours = |id: &raseed_protocol::ids::EntryId| TakenBy::ThisTill(id.clone());
    let by = |till: &Till| -> Vec<TakenBy> { till.payments(&a(1), 3).unwrap().into_iter().map(|p| p.by).collect() };
    assert_eq!(by(&one), [ours(&second.id), ours(&first.id)]);
    world.sync(&mut one).unwrap();
    assert_eq!(by(&one), [ours(&second.id), ours(&first.id)], "what the office counted is not shown twice");
    let third = collect(&mut two, &a(1), rupees(70)).unwrap();
    world.sync(&mut two).unwrap();
    world.sync(&mut one).unwrap();
    assert_eq!(by(&one), [TakenBy::Elsewhere, ours(&second.id), ours(&first.id)]);
    assert_eq!(by(&two), [ours(&third.id)]);
    assert_eq!(one.payments(&a(9), 3).unwrap_err().code(), "unknown-account");
}

#[test]
fn what_is_left_after_a_payment_is_what_is_due_after_it() {
    let mut world = world();
    let (_, mut till) = world.till("SAS07");
    let left = till.left_after(&a(1), rupees(60)).unwrap();
    collect(&mut till, &a(1), rupees(60)).unwrap();
    assert_eq!(till.household(&a(1)).unwrap().dues.payable, left);
    assert!(left > Paise::ZERO);
}

#[test]
fn how_a_sync_ended_is_known_after_a_restart() {
    let mut world = world();
    let (device, mut till) = world.till("SAS07");
    assert_eq!(till.last_attempt().unwrap().expect("synced once").failure, None);
    world.line.plan(vec![Fault::Down; 40]);
    world.sync(&mut till).unwrap_err();
    drop(till);
    let till = device.open().unwrap();
    let (code, what) = till.last_attempt().unwrap().expect("tried").failure.expect("failed");
    assert!(["unreachable", "interrupted"].contains(&code.as_str()), "{code}: {what}");
}

/// A line behind which a collector goes on taking money: possible only if the sync does not hold the till meanwhile.
struct Busy<'a> {
    line: &'a mut Line,
    till: Arc<Mutex<Till>>,
    taken: u32,
}

impl Busy<'_> {
    fn take(&mut self) {
        if self.taken < 5 {
            let mut till = self.till.try_lock().expect("nobody holds the till while the network is waited for");
            collect(&mut till, &a(1), rupees(1)).expect("nothing holds it");
            self.taken += 1;
        }
    }
}

impl Transport for Busy<'_> {
    fn enrol(&mut self, office_url: &str, request: &EnrolRequest) -> Result<EnrolReply, SyncError> {
        self.line.enrol(office_url, request)
    }

    fn upload(&mut self, call: &Call, run: &[u8]) -> Result<UploadReply, SyncError> {
        self.take();
        self.line.upload(call, run)
    }

    fn day_keys(&mut self, call: &Call, request: &DayKeysRequest) -> Result<DayKeysReply, SyncError> {
        self.line.day_keys(call, request)
    }

    fn payment_words(&mut self, call: &Call, since: u64) -> Result<PaymentWords, SyncError> {
        self.line.payment_words(call, since)
    }

    fn book_page(&mut self, call: &Call, since: u64, most_bytes: usize) -> Result<Vec<u8>, SyncError> {
        self.take();
        self.line.book_page(call, since, most_bytes)
    }
}

struct Lent(Arc<Mutex<Till>>);

impl Lend for Lent {
    fn lend<T>(&mut self, step: impl FnOnce(&mut Till) -> Result<T, TillError>) -> Result<T, TillError> {
        step(&mut self.0.lock().expect("no step panics"))
    }
}

#[test]
fn money_is_taken_while_a_sync_waits_for_the_network() {
    let mut world = world();
    let (_, till) = world.till("SAS07");
    let till = Arc::new(Mutex::new(till));
    let mut busy = Busy { line: &mut world.line, till: Arc::clone(&till), taken: 0 };
    sync(Lent(Arc::clone(&till)), &mut busy, &mut Patient, 4).unwrap();
    assert_eq!(busy.taken, 5);
    let mut till = till.lock().unwrap();
    assert_eq!(till.standing().unsent, 0, "what was taken meanwhile went up in the same sync");
    world.sync(&mut till).unwrap();
    assert_eq!(till.standing().receipts, 5);
    assert_eq!(world.office.verify_books().unwrap().findings, []);
}
