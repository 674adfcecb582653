//! Paying by UPI and card at a till: asked for before anything is shown, a receipt only on proof, no second charge while
//! money may be moving, and a way out that a supervisor takes.

use raseed_head_office::psp::Secret;
use raseed_head_office::store::Fate;
use raseed_protocol::ids::AccountId;
use raseed_protocol::journal::{ComplaintCause, Mode, Outcome};
use raseed_protocol::language::Language;
use raseed_protocol::money::Paise;
use raseed_protocol::pay_link::PayLink;
use raseed_protocol::payment_word::PaymentState;
use raseed_protocol::qr::upi;
use raseed_protocol::time::{Day, WallMs};
use raseed_simulated_psp::{Pay, SimulatedPsp};
use raseed_tests::world::{BookShape, Device, World, book, collect, copy_over, rupees, simulated_reference, staff};
use raseed_till::card::Answered;
use raseed_till::sync::ask_payments;
use raseed_till::{
    BillAtDoor, CardCame, Complain, EndPayment, Ending, Payment, PaymentStanding, Proof, RequestPayment, TakePayment,
    Till, TillError,
};
use std::sync::Arc;

fn today() -> Day {
    "2026-11-22".parse().expect("a day")
}

fn a(n: u32) -> AccountId {
    format!("A-{n}").parse().expect("a consumer number")
}

/// A till with a book, and a payment service behind the head office.
fn counter() -> (World, Arc<SimulatedPsp>, Device, Till) {
    counter_with(2)
}

/// The same with so many months billed.
fn counter_with(months: u16) -> (World, Arc<SimulatedPsp>, Device, Till) {
    let mut world = World::new(11, today(), book(BookShape { accounts: 4, months, fees: false }, today()));
    let clock = world.clock.clone();
    let secret = Secret::new("a-shared-secret-of-the-test").expect("a secret");
    let psp = Arc::new(SimulatedPsp::new(11, Arc::new(move || clock.wall()), secret));
    world.pay_through(Arc::clone(&psp));
    let (device, till) = world.till("SAS07");
    (world, psp, device, till)
}

fn wish(till: &Till, account: Option<AccountId>, amount: Paise, mode: Mode) -> RequestPayment {
    RequestPayment { request: till.new_request(), account, amount, mode, note: String::new(), staff: staff() }
}

fn ask(till: &mut Till, n: u32, amount: i64) -> Payment {
    let wish = wish(till, Some(a(n)), rupees(amount), Mode::Upi);
    till.request_payment(&wish).expect("asked")
}

fn end(payment: &Payment, ending: Ending) -> EndPayment {
    EndPayment { payment: payment.id.clone(), ending, staff: staff() }
}

fn let_go() -> Ending {
    Ending::LetGo { supervisor: "harleen".parse().expect("a staff id"), reason: "nothing was debited".to_owned() }
}

#[test]
fn a_code_asks_for_exactly_this_payment_and_the_word_of_the_office_gives_the_receipt() {
    let (mut world, psp, _device, mut till) = counter();
    let payment = ask(&mut till, 1, 340);
    let code = till.payment_code(&payment).unwrap().expect("a code of our own");
    let link = upi::read(&code).unwrap();
    assert_eq!((link.amount(), link.reference()), (Some(rupees(340)), Some(payment.id.to_string().as_str())));
    assert_eq!(upi::violations(&link), []);
    psp.pay(&Pay::link(&code)).unwrap();
    world.clock.pass(6_000);
    let report = ask_payments(&mut till, &mut world.line).unwrap();
    assert_eq!(report.payments, 1);
    let paid = till.payment(&payment.id).unwrap();
    assert_eq!(paid.state, PaymentStanding::Paid);
    let given = till.receipt_again(paid.receipt.as_ref().unwrap()).unwrap();
    let receipt = given.receipt();
    assert_eq!((receipt.amount, receipt.mode, receipt.subject_to_realisation), (rupees(340), Mode::Upi, false));
    assert_eq!((receipt.requested, receipt.request), (Some(payment.id.sequence), payment.request));
    assert!(till.household(&a(1)).unwrap().dues.payable.is_zero());
    world.sync(&mut till).unwrap();
    assert_eq!(till.payment(&payment.id).unwrap().word.unwrap().state, PaymentState::Realised);
    assert_eq!(world.office.verify_books().unwrap().findings, []);
}

/// Its receipt was given, and then the device got an older file back: news of the money must not be entered a second time,
/// under a number that the head office has.
#[test]
fn a_till_that_lost_its_end_hears_so_before_it_enters_what_was_paid_again() {
    let (mut world, psp, device, mut till) = counter();
    let payment = ask(&mut till, 1, 340);
    let code = till.payment_code(&payment).unwrap().expect("a code");
    world.sync(&mut till).unwrap();
    drop(till);
    let older = device.folder.with_extension("older");
    copy_over(&device.folder, &older);
    let mut till = device.open().unwrap();
    psp.pay(&Pay::link(&code)).unwrap();
    world.clock.pass(6_000);
    assert_eq!(world.sync(&mut till).unwrap().payments, 1);
    let end = till.head();
    drop(till);
    copy_over(&older, &device.folder);

    let mut till = device.open().unwrap();
    let before = till.head();
    assert_ne!(before, end, "it does not know of the receipt");
    assert_eq!(ask_payments(&mut till, &mut world.line).unwrap_err().code(), "behind");
    assert_eq!(till.head(), before, "nothing was signed under a number that is given");
    assert_eq!(world.sync(&mut till).unwrap_err().code(), "behind");
    assert!(world.office.forks().unwrap().is_empty());
}

#[test]
fn one_wish_is_one_payment_also_after_a_restart() {
    let (_world, _psp, device, mut till) = counter();
    let first = wish(&till, Some(a(1)), rupees(100), Mode::Upi);
    let payment = till.request_payment(&first).unwrap();
    drop(till);
    let mut till = device.open().unwrap();
    assert_eq!(till.pending_payments(9).unwrap().len(), 1, "the till knows that money may be moving");
    assert_eq!(till.request_payment(&first).unwrap(), payment);
    let other = RequestPayment { amount: rupees(101), ..first };
    assert!(matches!(till.request_payment(&other), Err(TillError::RequestReused { .. })));
}

#[test]
fn nothing_else_is_taken_for_the_account_while_money_may_be_moving() {
    let (mut world, _psp, _device, mut till) = counter();
    let payment = ask(&mut till, 1, 100);
    let refused = |outcome: Result<(), TillError>| match outcome {
        Err(TillError::MoneyMayHaveMoved { payment: open, .. }) => open == payment.id,
        _ => false,
    };
    let second = wish(&till, Some(a(1)), rupees(50), Mode::Card);
    assert!(refused(till.request_payment(&second).map(drop)));
    assert!(refused(collect(&mut till, &a(1), rupees(50)).map(drop)));
    collect(&mut till, &a(2), rupees(50)).expect("another household is not concerned");
    // Given up without a word: nobody knows, a complaint is open by itself, and it still blocks.
    let unknown = till.end_payment(&end(&payment, Ending::GivenUp)).unwrap();
    assert!(unknown.state.is_unknown());
    assert_eq!(till.complaint_about(&payment.id).unwrap().opened.cause, ComplaintCause::Unknown);
    assert!(refused(collect(&mut till, &a(1), rupees(50)).map(drop)));
    // Nobody lets his own payment go.
    let own = Ending::LetGo { supervisor: staff(), reason: "I say so".to_owned() };
    assert!(matches!(till.end_payment(&end(&payment, own)), Err(TillError::NotYourOwn { .. })));
    let gone = till.end_payment(&end(&payment, let_go())).unwrap();
    assert_eq!(gone.state, PaymentStanding::Ended(Outcome::LetGo));
    collect(&mut till, &a(1), rupees(50)).expect("a supervisor let it go");
    world.sync(&mut till).unwrap();
    assert_eq!(world.office.verify_books().unwrap().findings, []);
}

#[test]
fn money_that_comes_after_the_end_is_credited_and_the_till_hears_of_it() {
    let (mut world, psp, _device, mut till) = counter();
    let payment = ask(&mut till, 1, 340);
    let code = till.payment_code(&payment).unwrap().expect("a code");
    till.end_payment(&end(&payment, let_go())).unwrap();
    collect(&mut till, &a(1), rupees(340)).unwrap();
    world.sync(&mut till).unwrap();
    psp.pay(&Pay::link(&code)).unwrap();
    let now = world.clock.wall();
    world.office.catch_up(WallMs(0), now, now).unwrap();
    world.sync(&mut till).unwrap();
    let late = till.payment(&payment.id).unwrap();
    assert_eq!(late.word.unwrap().state, PaymentState::Credited);
    let advance = world.office.statement(&a(1), 10).unwrap().account.advance;
    assert_eq!(advance, rupees(340), "not lost, not refused");
    assert_eq!(till.household(&a(1)).unwrap().account.advance, rupees(340), "the book says it too");
}

#[test]
fn a_reference_that_the_payer_shows_gives_a_receipt_subject_to_realisation_once() {
    let (mut world, psp, _device, mut till) = counter();
    let payment = ask(&mut till, 1, 100);
    let shown = |payment: &Payment, reference: &str| TakePayment {
        payment: payment.id.clone(),
        proof: Proof::Shown { reference: reference.to_owned() },
        staff: staff(),
    };
    for bad in ["", "12345", "6325 1234", "६३२५१२३४", &"1".repeat(25)] {
        assert!(matches!(till.take_payment(&shown(&payment, bad)), Err(TillError::BadReference)), "{bad}");
    }
    let code = till.payment_code(&payment).unwrap().expect("a code");
    let paid = psp.pay(&Pay::link(&code)).unwrap();
    let rrn = paid.rrn.expect("a bank's reference");
    let given = till.take_payment(&shown(&payment, &rrn)).unwrap();
    assert!(given.receipt().subject_to_realisation);
    assert_eq!(till.take_payment(&shown(&payment, &rrn)).unwrap().id, given.id, "asked again, the same receipt");
    let second = ask(&mut till, 2, 100);
    assert!(matches!(till.take_payment(&shown(&second, &rrn)), Err(TillError::ReferenceUsed { .. })));
    world.clock.pass(6_000);
    world.sync(&mut till).unwrap();
    world.clock.pass(6_000);
    world.sync(&mut till).unwrap();
    assert_eq!(till.payment(&payment.id).unwrap().word.unwrap().state, PaymentState::Realised);
}

#[test]
fn a_code_that_nobody_paid_expires_when_the_office_knows_and_is_unknown_until_then() {
    let (mut world, _psp, _device, mut till) = counter();
    let payment = ask(&mut till, 1, 100);
    world.clock.pass(300_000 + 121_000);
    till.follow_payments().unwrap();
    assert!(till.payment(&payment.id).unwrap().state.is_unknown(), "no network, no word: nobody knows");
    world.sync(&mut till).unwrap();
    assert_eq!(till.payment(&payment.id).unwrap().state, PaymentStanding::Ended(Outcome::Expired));
    world.sync(&mut till).unwrap();
    // That nothing came does not say that nothing left the payer: a person closes the complaint, with an outcome.
    assert_eq!(world.office.complaints(true).unwrap().len(), 1);
    collect(&mut till, &a(1), rupees(50)).expect("the account can be charged again");
}

#[test]
fn a_payer_who_says_that_it_is_paid_gets_one_complaint_with_its_days() {
    let (_world, _psp, _device, mut till) = counter();
    let payment = ask(&mut till, 1, 100);
    let complain = Complain { payment: payment.id.clone(), reference: Some("632512345678".into()), staff: staff() };
    let ticket = till.complain(&complain).unwrap();
    assert_eq!(ticket.opened.promised, today().plus_days(2));
    assert_eq!(ticket.opened.bank_due, today().plus_days(5));
    assert_eq!(till.complain(&complain).unwrap().number, ticket.number);
    for language in Language::ALL {
        let text = till.complaint_text(&ticket, language).unwrap();
        assert!(text.contains(&ticket.number.to_string()) && text.contains("632512345678"), "{text}");
        assert!(!text.contains("Gurpreet") && !text.contains("ਗੁਰਪ੍ਰੀਤ"), "no name: {text}");
    }
}

/// The payment app says so, under the reference that it was given.
fn said(till: &Till, payment: &Payment, status: &str, of_query: bool) -> CardCame {
    let ask = till.card_query(&payment.id, "").expect("a card sale").expect("this app can be asked");
    said_of(&simulated_reference(&ask), payment, status, of_query)
}

fn said_of(reference: &str, payment: &Payment, status: &str, of_query: bool) -> CardCame {
    let text = format!(
        r#"{{"status":"{status}","reference":"{reference}","amount_paise":{},"rrn":"532611480219"}}"#,
        payment.amount.get()
    );
    let answered = Answered { result_ok: Some(true), extras: vec![("response".to_owned(), text)] };
    CardCame { payment: payment.id.clone(), answered, of_query, our_package: String::new(), staff: staff() }
}

/// The battery dies between the card's approval and our record.
#[test]
fn a_card_sale_whose_answer_was_lost_is_asked_after_and_not_charged_again() {
    let (mut world, _psp, device, mut till) = counter();
    let wish = wish(&till, Some(a(1)), rupees(340), Mode::Card);
    let payment = till.request_payment(&wish).unwrap();
    let asked = simulated_reference(&till.card_ask(&payment.id, "").unwrap());
    drop(till);
    let mut till = device.open().unwrap();
    let ask = till.card_query(&payment.id, "").unwrap().expect("this app can be asked what became of it");
    assert_eq!(simulated_reference(&ask), asked, "the same sale, whatever happened to the device meanwhile");
    let approved = said_of(&asked, &payment, "approved", true);
    let pending = till.pending_payments(9).unwrap();
    assert_eq!(pending.iter().map(|pending| &pending.id).collect::<Vec<_>>(), [&payment.id]);
    let silence = CardCame { answered: Answered::nothing(), ..approved.clone() };
    assert!(till.card_came(&silence).unwrap().state.is_unknown());
    assert!(matches!(collect(&mut till, &a(1), rupees(50)), Err(TillError::MoneyMayHaveMoved { .. })));
    // The late answer still counts.
    let paid = till.card_came(&approved).unwrap();
    assert_eq!(paid.state, PaymentStanding::Paid);
    assert_eq!(
        till.card_came(&CardCame { of_query: false, ..approved }).unwrap().receipt,
        paid.receipt,
        "said twice, taken once"
    );
    world.sync(&mut till).unwrap();
    assert_eq!(world.office.verify_books().unwrap().findings, []);
}

/// Another app on the terminal knows how a payment app answers and how this till counts its payments.
#[test]
fn an_answer_with_a_guessed_reference_is_no_answer() {
    let (_world, _psp, _device, mut till) = counter();
    let wish = wish(&till, Some(a(1)), rupees(340), Mode::Card);
    let payment = till.request_payment(&wish).unwrap();
    let sealed = simulated_reference(&till.card_ask(&payment.id, "").unwrap());
    let number = payment.id.to_string();
    assert!(sealed.starts_with(&format!("{number}-")) && sealed.len() == number.len() + 14, "{sealed}");
    for guess in [number.clone(), format!("{number}-AAAAAAAAAAAAA"), sealed[..sealed.len() - 1].to_owned()] {
        for status in ["approved", "declined", "cancelled"] {
            let stands = till.card_came(&said_of(&guess, &payment, status, false)).unwrap();
            assert!(stands.state.is_unknown() && stands.receipt.is_none(), "{guess} {status}: {stands:?}");
        }
    }
    assert!(matches!(collect(&mut till, &a(1), rupees(50)), Err(TillError::MoneyMayHaveMoved { .. })));
    let approved = said_of(&sealed, &payment, "approved", true);
    assert_eq!(till.card_came(&approved).unwrap().state, PaymentStanding::Paid);
}

#[test]
fn a_till_that_takes_money_does_not_ask_the_app_that_takes_none() {
    let (_world, _psp, device, till) = counter();
    let wish = wish(&till, Some(a(1)), rupees(340), Mode::Card);
    drop(till);
    let mut till = Till::open(&device.folder, device.ports()).unwrap();
    assert!(matches!(till.request_payment(&wish), Err(TillError::TakesNoMoney)));
    assert!(till.pending_payments(9).unwrap().is_empty(), "nothing was asked for");
    drop(till);
    let mut till = device.open().unwrap();
    let payment = till.request_payment(&wish).unwrap();
    drop(till);
    let till = Till::open(&device.folder, device.ports()).unwrap();
    assert!(matches!(till.card_ask(&payment.id, ""), Err(TillError::TakesNoMoney)), "nor what a rehearsal left open");
}

#[test]
fn a_declined_card_charges_nothing_and_leaves_the_way_free() {
    let (_world, _psp, _device, mut till) = counter();
    let wish = wish(&till, Some(a(1)), rupees(340), Mode::Card);
    let payment = till.request_payment(&wish).unwrap();
    let no = said(&till, &payment, "declined", false);
    let declined = till.card_came(&no).unwrap();
    assert_eq!(declined.state, PaymentStanding::Ended(Outcome::Declined));
    assert!(declined.complaint.is_none());
    collect(&mut till, &a(1), rupees(50)).expect("nothing moved");
    assert!(matches!(till.card_ask(&payment.id, ""), Err(TillError::PaymentOver { .. })));
}

#[test]
fn a_sale_is_for_no_household_and_is_income() {
    let (mut world, psp, _device, mut till) = counter();
    let wish = RequestPayment { note: "2 kg atta".into(), ..wish(&till, None, rupees(90), Mode::Upi) };
    let payment = till.request_payment(&wish).unwrap();
    let code = till.payment_code(&payment).unwrap().expect("a code");
    assert!(code.contains("tn=2%20kg%20atta"), "{code}");
    psp.pay(&Pay::link(&code)).unwrap();
    world.clock.pass(6_000);
    world.sync(&mut till).unwrap();
    let paid = till.payment(&payment.id).unwrap();
    let given = till.receipt_again(&paid.receipt.unwrap()).unwrap();
    assert_eq!(given.receipt().account.as_str(), "COUNTER");
    assert_eq!(world.office.verify_books().unwrap().findings, []);
}

#[test]
fn a_bill_on_paper_pays_itself() {
    let (mut world, psp, _device, mut till) = counter();
    let slip = till.bill_slip(&a(1), Language::Punjabi).unwrap();
    let code = slip.qr().expect("a code on the bill").to_owned();
    let link = upi::read(&code).unwrap();
    assert_eq!(link.amount(), Some(rupees(340)));
    assert!(link.reference().unwrap().starts_with("BILL--"));
    psp.pay(&Pay::link(&code)).unwrap();
    let now = world.clock.wall();
    world.office.catch_up(WallMs(0), now, now).unwrap();
    world.sync(&mut till).unwrap();
    assert!(till.household(&a(1)).unwrap().dues.payable.is_zero(), "the collector's screen knows at the next sync");
    assert!(till.bill_slip(&a(1), Language::English).unwrap().qr().is_none());
}

/// The link in a message carries no code: a message app makes none that can be touched. The page behind it does.
#[test]
fn a_message_leads_to_a_page_that_pays_the_bill() {
    let (mut world, psp, _device, mut till) = counter();
    let text = till.bill_text(&a(1), Language::Punjabi).unwrap();
    let path = text.rsplit_once("https://pay.saswater.example").expect("a link of the head office at the end").1;
    let link: PayLink = path.parse().unwrap();
    assert_eq!((link.amount(), link.language()), (rupees(340), Language::Punjabi));
    assert!(!text.contains("upi://"), "{text}");
    let due = world.office.bill_due(link.bill(), world.clock.wall()).unwrap().expect("the office knows the bill");
    assert_eq!((due.payable, due.on_its_way), (rupees(340), Paise::ZERO));
    psp.pay(&Pay::link(&due.codes.expect("something is due").tapped)).unwrap();
    let now = world.clock.wall();
    world.office.catch_up(WallMs(0), now, now).unwrap();
    let paid = world.office.bill_due(link.bill(), now).unwrap().unwrap();
    assert_eq!((paid.payable, paid.codes), (Paise::ZERO, None), "the page asks for nothing any more");
    world.sync(&mut till).unwrap();
    assert!(till.household(&a(1)).unwrap().dues.payable.is_zero(), "nor does the collector");
    assert!(!till.bill_text(&a(1), Language::Punjabi).unwrap().contains("https://"));
    assert_eq!(world.office.verify_books().unwrap().findings, []);
}

/// A bill is made at a door without a network, and paid by its code before the collector is back.
#[test]
fn a_bill_that_is_paid_before_the_office_knows_of_it_is_settled_when_it_comes() {
    let (mut world, psp, _device, mut till) = counter_with(0);
    let billing =
        BillAtDoor { request: till.new_request(), account: a(3), reading: None, confirmed: Vec::new(), staff: staff() };
    let bill = till.bill_at_door(&billing).unwrap().bill.bill;
    let code = till.bill_slip(&a(3), Language::English).unwrap().qr().expect("a code").to_owned();
    let owed = upi::read(&code).unwrap().amount().unwrap();
    assert_eq!(world.office.bill_due(&bill, world.clock.wall()).unwrap(), None, "its page says: try again later");
    let paid = psp.pay(&Pay::link(&code)).unwrap();
    let now = world.clock.wall();
    assert_eq!(world.office.catch_up(WallMs(0), now, now).unwrap().refund_due, 1, "nobody knows whose it is");
    world.sync(&mut till).unwrap();
    let placed = world.office.payments(true).unwrap();
    assert_eq!(
        (placed[0].fate, placed[0].account.as_ref(), placed[0].payment.amount),
        (Fate::Credited, Some(&a(3)), owed)
    );
    assert_eq!(placed[0].payment.id, paid.id);
    world.sync(&mut till).unwrap();
    assert!(till.household(&a(3)).unwrap().dues.payable.is_zero());
    assert_eq!(world.office.verify_books().unwrap().findings, []);
}

#[test]
fn the_supervisors_pin_is_counted_over_restarts() {
    let (mut world, _psp, device, mut till) = counter();
    assert!(matches!(till.check_pin("4711"), Err(TillError::NoPin)));
    till.set_pin(None, "4711").unwrap();
    assert!(matches!(till.set_pin(None, "4712"), Err(TillError::WrongPin { .. })), "the old one is needed");
    for left in (0..4).rev() {
        drop(till);
        till = device.open().unwrap();
        assert!(matches!(till.check_pin("0815"), Err(TillError::WrongPin { left: found }) if found == left));
    }
    assert!(matches!(till.check_pin("4711"), Err(TillError::PinLocked { minutes: 1 })), "also the right one waits");
    world.clock.pass(60_001);
    till.check_pin("4711").unwrap();
    assert!(matches!(till.check_pin("0815"), Err(TillError::WrongPin { left: 4 })), "the count begins anew");
    till.set_pin(Some("4711"), "2580").unwrap();
    till.check_pin("2580").unwrap();
    world.sync(&mut till).unwrap();
}

#[test]
fn the_projections_of_payments_are_made_again_from_the_journal() {
    let (mut world, psp, _device, mut till) = counter();
    let first = ask(&mut till, 1, 100);
    let code = till.payment_code(&first).unwrap().expect("a code");
    psp.pay(&Pay::link(&code)).unwrap();
    world.clock.pass(6_000);
    world.sync(&mut till).unwrap();
    let second = ask(&mut till, 2, 100);
    till.end_payment(&end(&second, Ending::GivenUp)).unwrap();
    ask(&mut till, 3, 100);
    let before = till.projections().unwrap();
    till.rebuild().unwrap();
    assert_eq!(till.projections().unwrap(), before);
    assert!(before.iter().any(|line| line.starts_with("payment ")));
}
