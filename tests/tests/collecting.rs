//! A collector's day on one till: what is taken, what is refused, what is found again.

use raseed_protocol::billing::Question;
use raseed_protocol::billing::policy::PaymentRefused;
use raseed_protocol::ids::{AccountId, HeadId};
use raseed_protocol::journal::Body;
use raseed_protocol::language::Language;
use raseed_protocol::money::Paise;
use raseed_protocol::receipt_link;
use raseed_protocol::time::{Day, WallMs};
use raseed_tests::world::{BookShape, Device, World, book, collect, rupees, staff};
use raseed_till::{BillAtDoor, Collect, OpenShift, Till, TillError};

fn today() -> Day {
    "2026-11-22".parse().expect("a day")
}

fn a(n: u32) -> AccountId {
    format!("A-{n}").parse().expect("a consumer number")
}

fn world(months: u16, fees: bool) -> (World, Device, Till) {
    let shape = BookShape { accounts: 5, months, fees };
    let mut world = World::new(7, today(), book(shape, today()));
    let (device, till) = world.till("SAS07");
    (world, device, till)
}

#[test]
fn a_full_payment_settles_everything_and_proves_itself() {
    let (world, _, mut till) = world(3, false);
    let due = till.household(&a(1)).unwrap().dues;
    assert_eq!(due.payable, rupees(510));
    let given = collect(&mut till, &a(1), due.payable).unwrap();
    let receipt = given.receipt();
    assert_eq!(receipt.split.parts(), [(HeadId(10), rupees(450)), (HeadId(11), rupees(60))]);
    assert_eq!((receipt.receipts, receipt.grand_total), (1, rupees(510)));
    assert_eq!(till.household(&a(1)).unwrap().dues.payable, Paise::ZERO);
    let verified = receipt_link::verify(&given.link, &world.office.root_key()).unwrap();
    assert_eq!(verified.id, given.id);
    assert_eq!(till.verify(&given.link).unwrap().unwrap().in_this_journal, Some(true));
}

#[test]
fn a_part_payment_settles_the_oldest_month_first() {
    let (_world, _, mut till) = world(3, false);
    let given = collect(&mut till, &a(1), rupees(200)).unwrap();
    let (oldest, newest) = given.receipt().periods.unwrap();
    assert_eq!((oldest.to_string(), newest.to_string()), ("2026-09".to_owned(), "2026-10".to_owned()));
    let dues = till.household(&a(1)).unwrap().dues;
    assert_eq!(dues.payable, rupees(310));
    assert_eq!(dues.demands[0].payable, rupees(140));
}

#[test]
fn what_is_paid_ahead_is_held_and_used() {
    let (_world, _, mut till) = world(0, false);
    let given = collect(&mut till, &a(1), rupees(750)).unwrap();
    assert_eq!(given.receipt().split.parts(), [(HeadId::ADVANCE, rupees(750))]);
    assert_eq!(given.receipt().bill, None);
    let bill =
        BillAtDoor { request: till.new_request(), account: a(1), reading: None, confirmed: vec![], staff: staff() };
    let billed = till.bill_at_door(&bill).unwrap();
    assert_eq!(billed.bill.lines.total(), Some(rupees(170)));
    let dues = till.household(&a(1)).unwrap().dues;
    assert_eq!((dues.payable, till.household(&a(1)).unwrap().account.advance), (Paise::ZERO, rupees(580)));
}

#[test]
fn a_late_fee_and_a_rebate_stand_on_the_receipt() {
    let (_world, _, mut till) = world(2, true);
    let dues = till.household(&a(1)).unwrap().dues;
    // October's bill was due on the 20th: two months begun, 10 rupees each. November's is within grace.
    assert_eq!((dues.payable, dues.late_fee), (rupees(360), rupees(20)));
    let given = collect(&mut till, &a(1), dues.payable).unwrap();
    let parts = given.receipt().split.parts();
    assert!(parts.contains(&(HeadId::LATE_FEE, rupees(20))), "{parts:?}");
}

#[test]
fn the_same_wish_gets_the_same_receipt_and_another_wish_its_own_refusal() {
    let (_world, device, mut till) = world(3, false);
    let wish = Collect { request: till.new_request(), account: a(1), amount: rupees(100), staff: staff() };
    let first = till.collect_cash(&wish).unwrap();
    let again = till.collect_cash(&wish).unwrap();
    assert!(again.repeated && !first.repeated);
    assert_eq!(again.entry, first.entry);
    drop(till);
    let mut till = device.open().unwrap();
    assert_eq!(till.collect_cash(&wish).unwrap().entry, first.entry);
    for other in [Collect { amount: rupees(101), ..wish.clone() }, Collect { account: a(2), ..wish.clone() }] {
        assert!(matches!(till.collect_cash(&other), Err(TillError::RequestReused { .. })));
    }
    assert_eq!(till.standing().receipts, 1);
}

#[test]
fn what_is_refused_leaves_the_books_as_they_were() {
    let (_world, _, mut till) = world(3, false);
    let before = (till.standing(), till.projections().unwrap());
    let refused = |till: &mut Till, account: &str, amount| {
        collect(till, &account.parse().expect("a number"), amount).expect_err("refused").code()
    };
    assert_eq!(refused(&mut till, "A-1", Paise::ZERO), "payment-refused");
    assert_eq!(refused(&mut till, "A-1", Paise::new(-100).unwrap()), "payment-refused");
    assert_eq!(refused(&mut till, "A-1", rupees(50_001)), "payment-refused");
    assert_eq!(refused(&mut till, "A-1", rupees(5_511)), "payment-refused");
    assert_eq!(refused(&mut till, "C-1", rupees(100)), "payment-refused");
    assert_eq!(refused(&mut till, "Z-9", rupees(100)), "unknown-account");
    let closed = collect(&mut till, &"C-1".parse().unwrap(), rupees(1));
    assert!(matches!(closed, Err(TillError::Payment(PaymentRefused::AccountClosed))));
    assert!(matches!(
        till.open_shift(&OpenShift { staff: staff(), float: Paise::ZERO }),
        Err(TillError::ShiftOpen { .. })
    ));
    assert!(matches!(till.receipt_again(&"SAS07-1-1".parse().unwrap()), Err(TillError::NoSuchReceipt { .. })));
    assert!(matches!(till.receipt_again(&"SAS08-1-3".parse().unwrap()), Err(TillError::NoSuchReceipt { .. })));
    assert_eq!((till.standing(), till.projections().unwrap()), before);
}

#[test]
fn nothing_is_taken_before_there_is_a_book_and_a_shift() {
    let mut world = World::new(7, today(), book(BookShape { accounts: 1, months: 1, fees: false }, today()));
    let device = world.device("SAS07");
    let mut till = device.open().unwrap();
    assert_eq!(collect(&mut till, &a(1), rupees(1)).unwrap_err().code(), "no-shift");
    till.open_shift(&OpenShift { staff: staff(), float: rupees(500) }).unwrap();
    assert_eq!(collect(&mut till, &a(1), rupees(1)).unwrap_err().code(), "no-book");
    world.sync(&mut till).unwrap();
    assert!(collect(&mut till, &a(1), rupees(1)).is_ok());
}

#[test]
fn an_odd_reading_is_a_question_first() {
    let (_world, _, mut till) = world(0, false);
    let account: AccountId = "M-1".parse().unwrap();
    let mut bill = BillAtDoor {
        request: till.new_request(),
        account: account.clone(),
        reading: Some(9_000),
        confirmed: vec![],
        staff: staff(),
    };
    assert_eq!(till.judge_reading(&account, 9_000).unwrap().questions, [Question::UnusuallyHigh]);
    assert_eq!(till.bill_at_door(&bill).unwrap_err().code(), "bill-refused");
    bill.reading = Some(1_022);
    let billed = till.bill_at_door(&bill).unwrap();
    // 10 × 5.50 + 12 × 8.25 = 154, and 20 for the sewer.
    assert_eq!(billed.bill.lines.total(), Some(rupees(174)));
    assert!(till.bill_at_door(&bill).unwrap().repeated);
    let again = BillAtDoor { request: till.new_request(), ..bill };
    assert_eq!(till.bill_at_door(&again).unwrap_err().code(), "bill-refused");
    assert_eq!(collect(&mut till, &account, rupees(174)).unwrap().receipt().bill, Some(billed.bill.bill));
}

#[test]
fn a_clock_that_went_back_is_a_question_for_a_person() {
    let (world, _, mut till) = world(3, false);
    collect(&mut till, &a(1), rupees(10)).unwrap();
    let right = world.clock.wall();
    world.clock.set(WallMs(right.0 - 60_000));
    collect(&mut till, &a(1), rupees(10)).expect("a minute is what networks correct");
    world.clock.set(WallMs(right.0 - 86_400_000));
    assert_eq!(collect(&mut till, &a(1), rupees(10)).unwrap_err().code(), "clock-went-back");
    assert_eq!(till.confirm_clock(&staff(), "  ").unwrap_err().code(), "bad-reason");
    till.confirm_clock(&staff(), "battery was out, time set by hand").unwrap();
    collect(&mut till, &a(1), rupees(10)).unwrap();
    assert_eq!(till.confirm_clock(&staff(), "again").unwrap_err().code(), "clock-is-fine");
    let run = till.export(raseed_protocol::ids::Sequence(0)).unwrap();
    assert!(raseed_till::audit_run(&run, &world.office.root_key()).is_clean());
}

#[test]
fn projections_made_again_from_the_journal_are_the_same() {
    let (_world, device, mut till) = world(6, true);
    for n in 1..=5 {
        collect(&mut till, &a(n), rupees(i64::from(n) * 90)).unwrap();
    }
    let before = (till.standing(), till.projections().unwrap());
    assert!(before.1.len() >= 6);
    let entries = till.rebuild().unwrap();
    assert_eq!(entries, till.standing().newest.sequence.0);
    assert_eq!((till.standing(), till.projections().unwrap()), before);
    drop(till);
    assert_eq!(device.open().unwrap().standing(), before.0);
}

#[test]
fn the_day_adds_up_by_mode_and_the_queue_is_the_end_of_the_journal() {
    let (mut world, _, mut till) = world(3, false);
    let sent = till.standing().newest.sequence;
    collect(&mut till, &a(1), rupees(100)).unwrap();
    collect(&mut till, &a(2), rupees(50)).unwrap();
    let day = till.today().unwrap();
    assert_eq!((day.total, day.receipts, day.by_mode.len()), (rupees(150), 2, 1));
    let queue = till.queue(10).unwrap();
    // The shift was opened after the first sync.
    assert_eq!(queue.unsent, 3);
    assert_eq!(queue.entries.first().map(|entry| entry.what), Some("shift opened"));
    assert!(queue.entries.iter().all(|entry| entry.id.sequence >= sent));
    world.sync(&mut till).unwrap();
    assert_eq!(till.queue(10).unwrap().unsent, 0);
}

#[test]
fn a_household_is_found_by_whatever_is_known_of_it() {
    let (_world, _, mut till) = world(1, false);
    for typed in ["gurp", "ਗੁਰਪ", "A-3", "a3", "0003"] {
        let found = till.find(typed, 10).unwrap();
        assert!(found.iter().any(|row| row.account == a(3)), "{typed}");
    }
    assert_eq!(till.find("a3", 10).unwrap()[0].account, a(3));
    assert_eq!(till.find("meter", 10).unwrap()[0].account.as_str(), "M-1");
    assert!(till.find("nobody of that name", 10).unwrap().is_empty());
}

#[test]
fn a_receipt_shown_again_is_the_one_that_was_given() {
    let (_world, _, mut till) = world(3, false);
    let given = collect(&mut till, &a(1), rupees(100)).unwrap();
    let again = till.receipt_again(&given.id).unwrap();
    assert_eq!((again.entry.bytes(), &again.link), (given.entry.bytes(), &given.link));
    let slip = till.slip(&again, true, Language::English).unwrap();
    assert!(slip.to_text(32).contains("DUPLICATE"));
    assert!(slip.to_text(32).lines().all(|line| line.chars().count() <= 32), "{}", slip.to_text(32));
    assert_eq!(slip.qr(), Some(given.link.as_str()));
    assert!(matches!(given.entry.entry().body, Body::Receipt(_)));
}

#[test]
fn questions_answered_many_times_over_do_not_spoil_the_journal() {
    let (mut world, device, mut till) = world(0, false);
    let bill = BillAtDoor {
        request: till.new_request(),
        account: "M-1".parse().unwrap(),
        reading: Some(1_022),
        confirmed: vec![Question::NoUse; 9],
        staff: staff(),
    };
    till.bill_at_door(&bill).unwrap();
    drop(till);
    let mut till = device.open().expect("every entry can be read back");
    world.sync(&mut till).expect("and taken by the head office");
}

#[test]
fn a_clock_of_no_possible_year_writes_nothing() {
    let (world, device, mut till) = world(3, false);
    let right = world.clock.wall();
    world.clock.set(WallMs(9_999_999_999_999));
    assert_eq!(collect(&mut till, &a(1), rupees(10)).unwrap_err().code(), "clock-impossible");
    world.clock.set(right);
    drop(till);
    let mut till = device.open().unwrap();
    collect(&mut till, &a(1), rupees(10)).unwrap();
}

#[test]
fn dues_are_shown_also_while_the_clock_is_behind() {
    let (world, _, mut till) = world(2, true);
    collect(&mut till, &a(1), rupees(10)).unwrap();
    let before = till.household(&a(2)).unwrap();
    world.clock.set(WallMs(world.clock.wall().0 - 40 * 86_400_000));
    let shown = till.household(&a(2)).unwrap();
    assert_eq!((shown.day, &shown.dues), (today(), &before.dues));
    assert_eq!(collect(&mut till, &a(2), rupees(10)).unwrap_err().code(), "clock-went-back");
}

#[test]
fn a_bag_holds_nothing_or_more() {
    let mut world = World::new(7, today(), book(BookShape { accounts: 1, months: 1, fees: false }, today()));
    let mut till = world.device("SAS07").open().unwrap();
    let below = OpenShift { staff: staff(), float: Paise::new(-1).unwrap() };
    assert_eq!(till.open_shift(&below).unwrap_err().code(), "bad-float");
    assert_eq!(till.standing().shift, 0);
}
