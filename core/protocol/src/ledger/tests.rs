//! What must hold for every event: it balances, and the books say of consumers what their accounts say.

use super::*;
use crate::billing::{apply_advance, settle};
use crate::book::{
    Account, AccountStatus, Demand, DemandLine, Head, LateFee, LateFeeAmount, PartPayment, Rebate, RebateAmount,
    Rounding, Rules,
};
use crate::ids::HeadId;
use crate::journal::Mode;
use crate::language::Names;
use crate::money::{MAX_PAISE, Paise};
use crate::time::Day;
use proptest::prelude::*;

fn paise(n: i64) -> Paise {
    Paise::new(n).unwrap()
}

fn rules() -> Rules {
    let head =
        |id: u8| Head { id: HeadId(id), code: format!("H{id}"), name: format!("Head {id}"), names: Names::new() };
    Rules {
        tenant: "SAS".parse().unwrap(),
        name: "Water".into(),
        names: Names::new(),
        receipt_host: String::new(),
        heads: vec![head(10), head(11)],
        late_fee: Some(LateFee {
            amount: LateFeeAmount::Flat(paise(1_000)),
            grace_days: 0,
            cap: Some(paise(5_000)),
            once: false,
        }),
        rebate: Some(Rebate { amount: RebateAmount::BasisPoints(200), within_days: 10 }),
        rounding: Rounding::NearestRupee,
        part_payment: PartPayment::Allowed,
        max_advance: paise(MAX_PAISE),
        max_cash_receipt: paise(MAX_PAISE),
        due_day: 15,
        payments: Default::default(),
    }
}

fn day(n: i32) -> Day {
    "2026-01-01".parse::<Day>().unwrap().plus_days(n)
}

fn account(demands: Vec<Demand>, advance: i64) -> Account {
    Account {
        id: "A-1".parse().unwrap(),
        name: "ਜਸਪ੍ਰੀਤ".into(),
        name_latin: String::new(),
        house: String::new(),
        place: "Kharar".into(),
        phone_last4: String::new(),
        tariff: "DOM".parse().unwrap(),
        status: AccountStatus::Active,
        meter: None,
        demands,
        advance: paise(advance),
        last_payment: None,
    }
}

fn demand(n: i32, lines: &[(u8, i64)]) -> Demand {
    let line =
        |&(head, amount): &(u8, i64)| DemandLine { head: HeadId(head), amount: paise(amount), paid: Paise::ZERO };
    Demand {
        bill: format!("B{n}").parse().unwrap(),
        period: day(n * 30).period(),
        issued_on: day(n * 30),
        due_on: day(n * 30 + 20),
        lines: lines.iter().map(line).collect(),
    }
}

fn entry_id(n: usize) -> TransactionId {
    TransactionId::of_entry(&format!("SAS07-1-{}", n + 1).parse().unwrap())
}

/// What is open by head, and held, as the ledger sees it.
fn agree(books: &Balances, account: &Account) {
    for head in [1, 2, 3, 10, 11].map(HeadId) {
        let lines = account.demands.iter().flat_map(|d| &d.lines).filter(|line| line.head == head);
        let open: i64 = lines.map(|line| line.open().get()).sum();
        assert_eq!(books.of(&LedgerAccount::Consumers(head)), Balance(open), "{head}");
    }
    assert_eq!(books.of(&LedgerAccount::ConsumerAdvances), Balance(-account.advance.get()));
    assert_eq!(books.total(), 0);
}

proptest! {
    #[test]
    fn the_books_agree_with_the_account(
        bills in prop::collection::vec((1..50_000i64, 0..50_000i64, -49..50i64), 0..5),
        opening in 0..60_000i64,
        payments in prop::collection::vec((1..80_000i64, 0..200i32, 0..4usize), 0..8),
    ) {
        let rules = rules();
        let lines = |n: i32, (water, sewer, rounding): (i64, i64, i64)| demand(n, &[(10, water), (11, sewer), (3, rounding.max(-water))]);
        let demands: Vec<Demand> = (0..).zip(bills).map(|(n, bill)| lines(n, bill)).collect();
        let mut account = account(demands, opening);
        let (id, mut books) = (account.id.clone(), Balances::new());
        let first = opening_advance(TransactionId::of_opening(&id), &id, account.advance, day(0)).unwrap();
        first.iter().for_each(|transaction| books.post(transaction).unwrap());
        for demand in &account.demands {
            let raised = demand_raised(TransactionId::of_bill(&demand.bill), &id, demand, day(0)).unwrap();
            raised.iter().for_each(|transaction| books.post(transaction).unwrap());
        }
        agree(&books, &account);
        let used = apply_advance(&mut account, &rules, day(0));
        let used = advance_applied(TransactionId::of_opening(&id).advance_used(), &id, &used, day(0)).unwrap();
        used.iter().for_each(|transaction| books.post(transaction).unwrap());
        agree(&books, &account);
        let mut cash = 0;
        for (n, (amount, on, mode)) in payments.into_iter().enumerate() {
            let mode = [Mode::Cash, Mode::Upi, Mode::Card, Mode::Cheque][mode];
            cash += if mode == Mode::Cash { amount } else { 0 };
            let settlement = settle(&mut account, &rules, paise(amount), day(on));
            let before = advance_applied(entry_id(n).advance_used(), &id, &settlement.from_advance, day(on)).unwrap();
            before.iter().for_each(|transaction| books.post(transaction).unwrap());
            let into = LedgerAccount::received(mode, &"SAS07".parse().unwrap());
            books.post(&receipt_settled(entry_id(n), &id, into, &settlement, day(on)).unwrap()).unwrap();
            agree(&books, &account);
        }
        prop_assert_eq!(books.of(&LedgerAccount::CashInHand("SAS07".parse().unwrap())), Balance(cash));
    }

    #[test]
    fn only_what_comes_to_zero_is_a_transaction(amounts in prop::collection::vec(-3..4i64, 0..6)) {
        let postings: Vec<Posting> = amounts.iter()
            .map(|&amount| Posting { account: LedgerAccount::Suspense, amount: paise(amount) }).collect();
        let made = Transaction::new(entry_id(0), TransactionKind::ReceiptSettled, day(0), None, postings);
        let good = amounts.len() >= 2 && amounts.iter().sum::<i64>() == 0 && !amounts.contains(&0);
        prop_assert_eq!(made.is_ok(), good);
    }
}

#[test]
fn a_late_fee_is_charged_as_it_is_paid_and_a_rebate_allowed_as_it_is_taken() {
    let posted = |on: i32, amount: i64| {
        let mut account = account(vec![demand(0, &[(10, 50_000)])], 0);
        let settlement = settle(&mut account, &rules(), paise(amount), day(on));
        let into = LedgerAccount::received(Mode::Cash, &"SAS07".parse().unwrap());
        let made = receipt_settled(entry_id(0), &account.id, into, &settlement, day(on)).unwrap();
        made.postings().iter().map(|p| (p.account.to_string(), p.amount.get())).collect::<Vec<_>>()
    };
    let line = |account: &str, amount| (account.to_owned(), amount);
    let late = [
        line("cash:SAS07", 51_000),
        line("consumers:1", 1_000),
        line("late-fee", -1_000),
        line("consumers:1", -1_000),
        line("consumers:10", -50_000),
    ];
    assert_eq!(posted(21, 51_000), late);
    let early = [
        line("cash:SAS07", 49_100),
        line("consumers:2", -1_000),
        line("rebate", 1_000),
        line("consumers:2", 1_000),
        line("consumers:10", -50_000),
        line("advances", -100),
    ];
    assert_eq!(posted(1, 49_100), early);
}

#[test]
fn names_are_read_back() {
    for name in [
        "cash:SAS07",
        "clearing:upi",
        "clearing:card",
        "clearing:cheque",
        "consumers:3",
        "advances",
        "income:10",
        "late-fee",
        "rebate",
        "rounding",
        "suspense",
        "bank",
        "refunds-due",
        "income:4",
        "opening",
    ] {
        assert_eq!(name.parse::<LedgerAccount>().unwrap().to_string(), name);
    }
    for bad in ["", "cash:", "income:010", "consumers:256", "x", "clearing:gold"] {
        assert!(bad.parse::<LedgerAccount>().is_err(), "{bad}");
    }
    assert_eq!(TransactionKind::from_name("demand-raised"), Some(TransactionKind::DemandRaised));
    assert_eq!(entry_id(0).as_str().parse(), Ok(entry_id(0)));
    assert_eq!("x:1".parse::<TransactionId>(), Err(BadTransactionId));
}

#[test]
fn a_payment_goes_over_clearing_and_leaves_nothing_there() {
    let mut books = Balances::new();
    let id = |event| TransactionId::of_payment(event, "pay_1").unwrap();
    let (upi, card, amount) = (LedgerAccount::UpiClearing, LedgerAccount::CardClearing, paise(26_000));
    let posted = [
        money_came(id(PaymentEvent::Came), upi.clone(), amount, day(0)),
        refund_due(id(PaymentEvent::RefundDue), upi.clone(), amount, day(0)),
        refund_withdrawn(id(PaymentEvent::RefundWithdrawn), upi.clone(), amount, day(1)),
        clearing_moved(id(PaymentEvent::Moved), upi, card.clone(), amount, day(1)),
        sale_taken(entry_id(0), card.clone(), amount, day(0)),
    ];
    for transaction in posted {
        books.post(&transaction.unwrap()).unwrap();
    }
    let left: Vec<_> =
        books.iter().filter(|(_, balance)| *balance != Balance::ZERO).map(|(a, b)| (a.to_string(), b.0)).collect();
    assert_eq!(left, [("bank".to_owned(), 26_000), ("income:4".to_owned(), -26_000)]);
    books.post(&refund_due(id(PaymentEvent::Came), card.clone(), amount, day(2)).unwrap()).unwrap();
    books.post(&refunded(id(PaymentEvent::Refunded), amount, day(2)).unwrap()).unwrap();
    assert_eq!((books.of(&LedgerAccount::Bank), books.of(&LedgerAccount::RefundsDue)), Default::default());
    assert_eq!(id(PaymentEvent::RefundDue).as_str().parse(), Ok(id(PaymentEvent::RefundDue)));
    assert!(TransactionId::of_payment(PaymentEvent::Came, "").is_err());
    assert!(TransactionId::of_payment(PaymentEvent::Came, "pay 1").is_err());
}

#[test]
fn a_balance_goes_beyond_a_single_amount() {
    let mut books = Balances::new();
    for _ in 0..3 {
        books.add(&LedgerAccount::Suspense, Balance(MAX_PAISE)).unwrap();
    }
    assert_eq!(books.of(&LedgerAccount::Suspense).to_string(), "₹3,00,00,00,00,000");
    assert!(books.add(&LedgerAccount::Suspense, Balance(i64::MAX)).is_err());
    assert_eq!(books.of(&LedgerAccount::Suspense), Balance(3 * MAX_PAISE), "a refused sum changes nothing");
}
