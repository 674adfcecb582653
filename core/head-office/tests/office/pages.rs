//! Pages of the book: everything once, in order of change, and counted at the same moment.

use crate::support::*;
use raseed_head_office::OfficeError;
use raseed_protocol::book::Account;
use raseed_protocol::ids::{Incarnation, Sequence};
use raseed_protocol::journal::Mode;
use std::collections::BTreeSet;

#[test]
fn pages_bring_everything_once_and_then_only_what_changed() {
    let accounts: Vec<Account> = (0..2_500).map(|n| account(&format!("A-{n}"), vec![])).collect();
    let fixture = Fixture::with(accounts);
    let mut till = fixture.till("SAS07", 3);
    let (mut since, mut seen, mut pages) = (0, BTreeSet::new(), Vec::new());
    loop {
        let page = fixture.page(&till, since);
        assert_eq!((page.since, page.counted), (since, None));
        seen.extend(page.accounts.iter().map(|account| account.id.clone()));
        since = page.until;
        let more = page.more;
        pages.push(page);
        if !more {
            break;
        }
    }
    assert_eq!(pages.iter().map(|page| page.accounts.len()).collect::<Vec<_>>(), [1_000, 1_000, 500]);
    assert_eq!(seen.len(), 2_500);
    assert!(pages[0].rules.is_some() && pages[0].tariffs.len() == 1, "a new till gets the rules first");
    assert!(pages[1..].iter().all(|page| page.rules.is_none() && page.tariffs.is_empty()));
    let quiet = fixture.page(&till, since);
    assert_eq!((quiet.until, quiet.more, quiet.accounts.len()), (since, false, 0));

    till.collect(&account("A-7", vec![]), 4_200, Mode::Cash, now());
    till.send(&fixture);
    let page = fixture.page(&till, since);
    assert_eq!(page.counted, Some((Incarnation(1), Sequence(2))));
    assert_eq!((page.accounts.len(), page.accounts[0].advance), (1, paise(4_200)));

    let mut changed = rules();
    changed.name = "Jal".into();
    fixture.office.import_book(&changed, &[tariff()], vec![], now()).unwrap();
    let page = fixture.page(&till, page.until);
    assert_eq!((page.rules.map(|rules| rules.name), page.tariffs.len()), (Some("Jal".into()), 0));
    let ahead = fixture.office.book_page(&till.till, page.until + 1, now());
    assert!(matches!(ahead, Err(OfficeError::CursorAhead { .. })));
}

#[test]
fn a_page_of_heavy_accounts_stays_below_two_megabytes() {
    let heavy = |n: i32| {
        let month = |m: i32| {
            let period = "2015-01".parse::<raseed_protocol::time::Period>().unwrap().plus_months(m);
            demand(&format!("B-{n}-{m}"), &period.to_string(), 100_000, 5_000)
        };
        account(&format!("A-{n}"), (0..140).map(month).collect())
    };
    let fixture = Fixture::with((0..450).map(heavy).collect());
    let till = fixture.till("SAS07", 3);
    let (mut since, mut count, mut pages) = (0, 0, 0);
    loop {
        let bytes = fixture.office.book_page(&till.till, since, now()).unwrap();
        assert!(bytes.len() < 2 * 1024 * 1024, "{}", bytes.len());
        let page = fixture.page(&till, since);
        (since, count, pages) = (page.until, count + page.accounts.len(), pages + 1);
        if !page.more {
            break;
        }
    }
    assert_eq!(count, 450);
    assert!(pages > 1);
}
