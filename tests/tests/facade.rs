//! The façade for Android over a till of the small world: text ready to show, values to hand back, refusals as actions,
//! and a core that goes on after something broke in the middle of a call.

use raseed::{
    CardAsk, DeviceClock, DevicePorts, Language, Moment, NextStep, PayMode, PaymentStatus, Raseed, RaseedError,
    SecretVault, VaultTrouble, Verdict,
};
use raseed_protocol::time::Day;
use raseed_tests::world::{BookShape, Device, World, book, rupees};
use raseed_till::ports::{Clock, Vault};
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

fn today() -> Day {
    "2026-11-22".parse().expect("a day")
}

/// The clock and the vault of a device in the world, as Kotlin would hand them in.
struct Android {
    clock: Mutex<Box<dyn Clock>>,
    vault: Mutex<Box<dyn Vault>>,
    breaks: AtomicBool,
}

impl DeviceClock for Android {
    fn now(&self) -> Moment {
        assert!(!self.breaks.load(Ordering::SeqCst), "the clock breaks");
        let now = self.clock.lock().expect("no clock panics").now();
        let ms = |ms: u64| i64::try_from(ms).expect("a time of our era");
        Moment { wall_ms: ms(now.wall.0), elapsed_ms: ms(now.elapsed.0), boot: i32::from_be_bytes(now.boot.0) }
    }
}

impl SecretVault for Android {
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, VaultTrouble> {
        let found = self.vault.lock().expect("no vault panics").load(&name);
        let found = found.map_err(|error| VaultTrouble::Unreachable { what: error.0 })?;
        Ok(found.map(|seed| seed.to_vec()))
    }

    fn save(&self, _: String, _: Vec<u8>) -> Result<(), VaultTrouble> {
        Err(VaultTrouble::Unreachable { what: "this one only reads".to_owned() })
    }

    fn forget(&self, _: String) -> Result<(), VaultTrouble> {
        Ok(())
    }
}

fn ports(device: &Device) -> (Arc<Android>, DevicePorts) {
    let ports = device.ports();
    let (clock, vault) = (Mutex::new(ports.clock), Mutex::new(ports.vault));
    let android = Arc::new(Android { clock, vault, breaks: AtomicBool::new(false) });
    let ports = DevicePorts { clock: Arc::clone(&android) as _, vault: Arc::clone(&android) as _, copy_folder: None };
    (android, ports)
}

/// The core over a device, after the till in it was closed.
fn core(device: &Device, language: Language) -> (Arc<Android>, Arc<Raseed>) {
    let (android, ports) = ports(device);
    let folder = device.folder.to_str().expect("a plain path").to_owned();
    (android, Raseed::new(folder, ports, language, true))
}

fn ready(language: Language) -> (World, Device, Arc<Android>, Arc<Raseed>) {
    let mut world = World::new(3, today(), book(BookShape { accounts: 3, months: 3, fees: true }, today()));
    let (device, till) = world.till("SAS07");
    drop(till);
    let (android, raseed) = core(&device, language);
    (world, device, android, raseed)
}

#[test]
fn a_stranger_sees_a_bill_by_its_whole_number_only_and_no_name() {
    let (_world, _device, _android, raseed) = ready(Language::English);
    let book = raseed.book();
    let household = book.household("A-1").unwrap();
    for (whole, account) in [("A-1", "A-1"), ("a1", "A-1"), ("2", "A-2")] {
        let own = book.own_bill(whole).unwrap();
        assert_eq!((own.account.as_str(), &own.payable), (account, &household.payable));
        assert!(own.name.contains('•') && !own.name.contains(&household.name), "{}", own.name);
    }
    // Three have the digit 1 alone: nobody is shown any of them.
    for part in ["A", "A-", "", "1", "4", &household.name] {
        assert_eq!(book.own_bill(part), Err(RaseedError::CheckNumber { account: part.to_owned() }));
    }
}

#[test]
fn a_collection_from_home_to_queue() {
    let (_world, _device, _android, raseed) = ready(Language::English);
    let home = raseed.home().unwrap();
    assert_eq!((home.next, home.receipts, home.staff.as_deref()), (NextStep::Collect, 0, Some("jaspreet")));
    let found = raseed.book().find("A-1", 10).unwrap();
    assert_eq!(found.len(), 1);
    let household = raseed.book().household(&found[0].account).unwrap();
    let all = household.payable.clone().expect("three months are due");
    let collect = raseed.collect();
    let preview = collect.preview(&household.account, all.paise).unwrap();
    assert_eq!((preview.left, preview.amount.money.clone()), (None, all.clone()));
    assert!(preview.amount.words.starts_with("Rupees "), "{}", preview.amount.words);

    let change = collect.change(26_000, 200_000).unwrap();
    assert_eq!((change.given.text.as_str(), change.money.text.as_str(), change.enough), ("₹2,000", "₹1,740", true));
    assert!(!collect.change(26_000, 100).unwrap().enough);

    let request = collect.new_request().unwrap();
    assert_eq!(collect.answered(&request).unwrap(), None);
    let receipt = collect.cash(&request, &household.account, all.paise, "jaspreet").unwrap();
    let again = collect.cash(&request, &household.account, all.paise, "jaspreet").unwrap();
    assert!(!receipt.repeated && again.repeated && again.receipt == receipt.receipt);
    assert_eq!(collect.answered(&request).unwrap().map(|given| given.receipt), Some(receipt.receipt.clone()));
    let other = collect.cash(&request, &household.account, 100, "jaspreet");
    assert_eq!(other, Err(RaseedError::BeginAgain { answered_by: receipt.receipt.clone() }));

    let home = raseed.home().unwrap();
    assert_eq!((home.receipts, home.total.money.clone(), home.by_mode[0].permille), (1, all.clone(), 1000));
    assert_eq!(home.newest.map(|newest| (newest.receipt, newest.copies)), Some((receipt.receipt.clone(), 0)));
    assert_eq!(raseed.receipts().printed(&receipt.receipt).unwrap(), 1);
    assert_eq!(raseed.receipts().show(&receipt.receipt).unwrap().copies, 1);
    let proven = raseed.receipts().verify(&receipt.link).unwrap();
    assert_eq!((proven.verdict, proven.proven.map(|it| it.receipt)), (Verdict::Genuine, Some(receipt.receipt.clone())));
    assert_eq!(raseed.receipts().verify("upi://pay?pa=x").unwrap().verdict, Verdict::NotAReceipt);
    assert!(raseed.receipts().text(&receipt.receipt, Language::Hindi).unwrap().contains(&all.text));
    let queue = raseed.sync().queue(10).unwrap();
    assert!(queue.items.iter().any(|item| item.money.as_ref() == Some(&all) && item.what == "Receipt"));
    let past = raseed.book().household(&household.account).unwrap();
    assert_eq!((past.payable, past.payments[0].receipt.clone()), (None, Some(receipt.receipt)));
}

#[test]
fn every_word_is_in_the_language_of_the_screens() {
    let (_world, _device, _android, raseed) = ready(Language::Punjabi);
    let all = raseed.book().household("A-1").unwrap().payable.unwrap();
    let request = raseed.collect().new_request().unwrap();
    let receipt = raseed.collect().cash(&request, "A-1", all.paise, "jaspreet").unwrap();
    assert_eq!((receipt.mode.as_str(), receipt.when.contains("ਨਵੰਬਰ")), ("ਨਕਦ", true));
    raseed.set_language(Language::Bengali);
    assert!(raseed.home().unwrap().day.contains("নভেম্বর"));
    assert!(raseed.sync().queue(9).unwrap().items.iter().any(|item| item.what == "রসিদ"));
}

#[test]
fn refusals_are_actions() {
    let (world, device, _android, raseed) = ready(Language::English);
    let collect = raseed.collect();
    let code = |refused: RaseedError| match refused {
        RaseedError::TypeAmount { code } | RaseedError::AskNewLink { code } | RaseedError::ReadAgain { code, .. } => {
            code
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(code(collect.read_amount("").unwrap_err()), "empty");
    assert_eq!(code(collect.read_amount("2x").unwrap_err()), "not-a-number");
    assert_eq!(code(collect.preview("A-1", 0).unwrap_err()), "zero");
    assert_eq!(code(raseed.device().read_link("hello").unwrap_err()), "not-a-link");
    assert_eq!(code(raseed.bills().judge("A-1", "x").unwrap_err()), "not-a-number");
    let unknown = RaseedError::CheckNumber { account: "Z-9".to_owned() };
    assert_eq!(raseed.book().household("Z-9").unwrap_err(), unknown);
    assert!(matches!(collect.preview("A-1", 900_000_000).unwrap_err(), RaseedError::TakeLess { .. }));
    assert_eq!(raseed.device().open_shift("jaspreet", 0), Err(RaseedError::ShiftIsOpen { number: 1 }));
    assert_eq!(raseed.device().open_shift("no spaces!", 0), Err(RaseedError::TypeStaff));
    assert_eq!(raseed.device().confirm_clock("jaspreet", "why"), Err(RaseedError::ClockIsFine));
    let none = RaseedError::NoSuchReceipt { receipt: "SAS07-1-999".to_owned() };
    assert_eq!(raseed.receipts().show("SAS07-1-999").unwrap_err(), none);
    world.clock.set(raseed_protocol::time::WallMs(today().start().0));
    let request = collect.new_request().unwrap();
    assert!(matches!(collect.cash(&request, "A-1", 100, "jaspreet"), Err(RaseedError::FixClock { .. })));
    assert_eq!(raseed.home().unwrap().next, NextStep::FixClock);
    let elsewhere = core(&device, Language::English).1;
    assert_eq!(elsewhere.book().household("A-1").unwrap_err(), RaseedError::CloseOther);
}

#[test]
fn before_enrolment_home_says_so_and_everything_else_too() {
    let mut world = World::new(3, today(), book(BookShape { accounts: 3, months: 3, fees: true }, today()));
    let device = world.device("SAS07");
    std::fs::remove_dir_all(&device.folder).unwrap();
    let (_android, raseed) = core(&device, Language::English);
    assert_eq!(raseed.home().unwrap().next, NextStep::Enrol);
    assert_eq!(raseed.book().find("A", 5).unwrap_err(), RaseedError::Enrol);
    assert_eq!(raseed.about().unwrap_err(), RaseedError::Enrol);
}

/// uniffi turns a panic into an exception; what was open is not trusted any more, and the next call opens it afresh.
#[test]
fn after_a_panic_the_till_is_opened_again() {
    let (_world, _device, android, raseed) = ready(Language::English);
    let collect = raseed.collect();
    let request = collect.new_request().unwrap();
    android.breaks.store(true, Ordering::SeqCst);
    let broken = std::panic::catch_unwind(AssertUnwindSafe(|| collect.cash(&request, "A-1", 100, "jaspreet")));
    assert!(broken.is_err());
    android.breaks.store(false, Ordering::SeqCst);
    assert_eq!(collect.answered(&request).unwrap(), None, "nothing was taken");
    assert!(!collect.cash(&request, "A-1", 100, "jaspreet").unwrap().repeated);
}

fn limited_cash() -> (World, Device, Arc<Raseed>) {
    let mut book = book(BookShape { accounts: 3, months: 3, fees: true }, today());
    book.rules.max_cash_receipt = rupees(100);
    let mut world = World::new(3, today(), book);
    let (device, till) = world.till("SAS07");
    drop(till);
    let (_, raseed) = core(&device, Language::English);
    (world, device, raseed)
}

#[test]
fn the_limit_for_cash_is_no_limit_for_a_code_or_a_card() {
    let (_world, _device, raseed) = limited_cash();
    let (book, collect) = (raseed.book(), raseed.collect());
    let all = book.household("A-1").unwrap().payable.expect("three months are due").paise;
    let refused = collect.preview("A-1", all);
    assert!(matches!(refused, Err(RaseedError::TakeLess { by_cash_only: true, .. })), "{refused:?}");
    let preview = collect.preview_cashless("A-1", all).unwrap();
    assert_eq!((preview.amount.money.paise, preview.left), (all, None));
    let modes = raseed.payments().modes().unwrap();
    assert!(modes.iter().all(|offer| offer.on) && modes.len() == 3, "{modes:?}");
}

#[test]
fn a_card_app_that_is_not_there_took_nothing_and_leaves_the_way_free() {
    let (_world, _device, raseed) = limited_cash();
    let (payments, collect) = (raseed.payments(), raseed.collect());
    let request = collect.new_request().unwrap();
    let asked = payments.begin(&request, Some("A-1".into()), 5_000, PayMode::Card, "", "jaspreet").unwrap();
    assert!(matches!(payments.card_ask(&asked.payment, "app.raseed.pos").unwrap(), CardAsk::Activity { .. }));
    assert_eq!(payments.pending().unwrap(), [payments.show(&asked.payment).unwrap()]);
    let over = payments.card_not_started(&asked.payment, "jaspreet").unwrap();
    assert_eq!((over.status, over.complaint, over.receipt), (PaymentStatus::Declined, None, None));
    assert_eq!((payments.pending().unwrap(), payments.look_after().unwrap()), (vec![], 0));
    let late = payments.card_ask(&asked.payment, "app.raseed.pos");
    assert!(matches!(late, Err(RaseedError::PaymentOver { .. })), "{late:?}");
    assert_eq!(payments.asked(&request).unwrap().map(|again| again.payment), Some(asked.payment));
    collect.cash(&collect.new_request().unwrap(), "A-1", 5_000, "jaspreet").expect("nothing moved");
}

#[test]
fn only_a_rehearsal_asks_the_payment_app_that_takes_no_money() {
    let (_world, device, raseed) = limited_cash();
    raseed.reopen();
    let folder = device.folder.to_str().expect("a plain path").to_owned();
    let real = Raseed::new(folder, ports(&device).1, Language::English, false);
    let begin = |mode| {
        let request = real.collect().new_request().unwrap();
        real.payments().begin(&request, Some("A-1".into()), 5_000, mode, "", "jaspreet")
    };
    assert_eq!(begin(PayMode::Card), Err(RaseedError::NotWithThisApp));
    assert_eq!(real.payments().list(9).unwrap(), []);
    let code = begin(PayMode::Upi).unwrap();
    assert!(code.code.is_some() && !code.code_refused);
}

#[test]
fn a_payment_that_nobody_waits_for_has_its_complaint_on_paper_and_as_text() {
    let (_world, _device, raseed) = limited_cash();
    let (payments, request) = (raseed.payments(), raseed.collect().new_request().unwrap());
    let asked = payments.begin(&request, Some("A-2".into()), 5_000, PayMode::Upi, "", "jaspreet").unwrap();
    let unknown = payments.give_up(&asked.payment, "jaspreet").unwrap();
    assert_eq!(unknown.status, PaymentStatus::Unknown);
    let complaint = payments.complain(&asked.payment, Some("412345678901".into()), "jaspreet").unwrap();
    assert_eq!(payments.complaint(&asked.payment).unwrap(), complaint);
    let text = payments.complaint_text(&asked.payment, Language::Hindi).unwrap();
    assert!(text.contains(&complaint.complaint), "{text}");
    assert!(payments.complaint_slip(&asked.payment, Language::Bengali).unwrap().len() > 5);
    let given = payments.shown(&asked.payment, "412345678901", "jaspreet").unwrap();
    assert!(given.subject);
    assert_eq!(payments.show(&asked.payment).unwrap().receipt, Some(given.receipt));
}
