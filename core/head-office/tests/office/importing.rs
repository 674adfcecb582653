//! Taking in a book: once, again, with changes, with mistakes.

use crate::support::*;
use raseed_head_office::{BookRefused, Imported, OfficeError};
use raseed_protocol::book::{Account, Demand, Meter, Tariff};
use raseed_protocol::journal::Mode;

fn book() -> Vec<Account> {
    let mut part_paid = demand("B-2", "2026-10", 20_000, 5_000);
    part_paid.lines[0].paid = paise(4_000);
    vec![
        account("A-1", vec![demand("B-1", "2026-11", 20_000, 5_000)]),
        Account { advance: paise(30_000), ..account("A-2", vec![part_paid, demand("B-3", "2026-11", 20_000, 5_000)]) },
        account("A-3", vec![]),
    ]
}

fn import(fixture: &Fixture, accounts: Vec<Account>) -> Result<Imported, OfficeError> {
    fixture.office.import_book(&rules(), &[tariff()], accounts, now())
}

fn flaws(result: Result<Imported, OfficeError>) -> Vec<String> {
    match result {
        Err(OfficeError::Book(BookRefused { flaws, .. })) => flaws.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_same_book_twice_changes_nothing() {
    let fixture = Fixture::new();
    let first = import(&fixture, book()).unwrap();
    let expected = Imported {
        rules_changed: true,
        tariffs_changed: 1,
        accounts_added: 3,
        accounts_changed: 0,
        accounts_unchanged: 0,
        demands_added: 3,
    };
    assert_eq!(first, expected);
    // Only what was open came in; the advance settled the older bill and part of the newer one.
    assert_eq!((fixture.balance("opening"), fixture.balance("advances")), (30_000, 0));
    assert_eq!(fixture.balance("income:10"), -56_000);
    let till = fixture.till("SAS07", 3);
    let (report, page) = (fixture.office.ledger_report().unwrap(), fixture.page(&till, 0));
    let again = import(&fixture, book()).unwrap();
    assert_eq!(again, Imported { accounts_unchanged: 3, ..Imported::default() });
    assert_eq!(fixture.office.ledger_report().unwrap(), report);
    assert_eq!(fixture.page(&till, 0), page);
    fixture.assert_books_are_right();
}

#[test]
fn money_that_the_office_knows_is_never_overwritten() {
    let fixture = Fixture::with(book());
    let mut till = fixture.till("SAS07", 3);
    till.collect(&fixture.account("A-1"), 30_000, Mode::Cash, now());
    till.send(&fixture);
    let paid = fixture.account("A-1");
    let mut moved = book();
    moved[0].place = "Kharar".into();
    moved[0].advance = paise(99_900);
    moved[0].demands.push(demand("B-9", "2026-12", 1_000, 0));
    moved[0].demands[1].lines.pop();
    let changed = import(&fixture, moved).unwrap();
    assert_eq!((changed.accounts_changed, changed.accounts_unchanged, changed.demands_added), (1, 2, 1));
    let known = fixture.account("A-1");
    assert_eq!((known.place.as_str(), &known.demands[0]), ("Kharar", &paid.demands[0]));
    assert_eq!(known.advance, paid.advance - paise(1_000));
    assert_eq!(fixture.balance("opening"), 30_000);
    fixture.assert_books_are_right();
}

#[test]
fn everything_that_is_wrong_is_named_and_nothing_is_taken() {
    let fixture = Fixture::with(book());
    let till = fixture.till("SAS07", 3);
    let before = fixture.page(&till, 0);
    let mut wrong = book();
    wrong[0].demands[0].lines[0].amount = paise(21_000);
    wrong[2].demands.push(Demand { bill: "B-3".parse().unwrap(), ..demand("X", "2026-11", 1, 1) });
    wrong.push(account("A-4", vec![demand("B-4", "2026-11", 1_000, 0)]));
    wrong.push(account("A-4", vec![]));
    wrong.push(account("A-5", vec![demand("B-5", "2026-11", -5, 0)]));
    let named = flaws(import(&fixture, wrong));
    for (flaw, part) in named.iter().zip([
        "B-1 is in the books with other",
        "B-3 is in the books for another",
        "A-4 comes twice",
        "account A-5",
    ]) {
        assert!(flaw.contains(part), "{flaw}");
    }
    assert_eq!(named.len(), 4, "{named:?}");
    assert_eq!(fixture.page(&till, 0), before);
}

#[test]
fn rules_and_tariffs_are_looked_at_too() {
    let fixture = Fixture::new();
    let (mut bad_rules, bad_tariff) = (rules(), Tariff { fixed: vec![], ..tariff() });
    bad_rules.due_day = 31;
    let refused = fixture.office.import_book(&bad_rules, &[bad_tariff], vec![], now());
    assert!(!flaws(refused).is_empty());
    let mut other = rules();
    other.tenant = "PB".parse().unwrap();
    let refused = fixture.office.import_book(&other, &[], vec![], now());
    assert!(matches!(refused, Err(OfficeError::OtherTenant { .. })));
    let many: Vec<Tariff> = (0..501).map(|n| Tariff { code: format!("T{n}").parse().unwrap(), ..tariff() }).collect();
    assert!(flaws(fixture.office.import_book(&rules(), &many, vec![], now()))[0].contains("501 tariffs"));
}

#[test]
fn of_two_readings_the_newer_stays() {
    let meter = |reading, on: &str| Some(Meter { reading, read_on: day(on), digits: 4, usual_units: 9 });
    let with = |meter| vec![Account { meter, ..account("A-1", vec![]) }];
    let fixture = Fixture::with(with(meter(120, "2026-11-10")));
    assert_eq!(import(&fixture, with(meter(100, "2026-10-10"))).unwrap().accounts_unchanged, 1);
    assert_eq!(import(&fixture, with(meter(140, "2026-11-20"))).unwrap().accounts_changed, 1);
    assert_eq!(fixture.account("A-1").meter, meter(140, "2026-11-20"));
}

#[test]
fn settled_bills_leave_the_account_after_a_year_and_are_still_known() {
    let fixture = Fixture::with(vec![]);
    let bill = |n: i32| {
        let period = "2024-01".parse::<raseed_protocol::time::Period>().unwrap().plus_months(n);
        demand(&format!("B-{n}"), &period.to_string(), 1_000, 0)
    };
    let trim = |mut demand: Demand| {
        demand.lines.pop();
        demand
    };
    let with_advance = Account { advance: paise(10_000_000), ..account("A-1", vec![]) };
    import(&fixture, vec![with_advance]).unwrap();
    for n in 0..20 {
        import(&fixture, vec![account("A-1", vec![trim(bill(n))])]).unwrap();
    }
    assert_eq!(fixture.account("A-1").demands.len(), 13);
    let again = import(&fixture, vec![account("A-1", vec![trim(bill(0))])]).unwrap();
    assert_eq!((again.accounts_unchanged, again.demands_added), (1, 0));
    fixture.assert_books_are_right();
}
