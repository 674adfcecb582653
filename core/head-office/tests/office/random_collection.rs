//! Several tills, random receipts, any order of uploads, any size of batch: the books are right to the paisa.

use crate::support::*;
use proptest::prelude::*;
use raseed_protocol::book::{Account, Demand};
use raseed_protocol::journal::Mode;
use raseed_protocol::ledger::LedgerAccount;

const TILLS: usize = 3;

fn accounts() -> Vec<Account> {
    vec![
        account("A-0", vec![demand("B-0", "2026-10", 20_033, 5_000), demand("B-1", "2026-11", 20_000, 5_000)]),
        Account { advance: paise(7_777), ..account("A-1", vec![demand("B-2", "2026-11", 12_345, 0x10)]) },
        account("A-2", vec![]),
        // This one the office does not know.
        account("A-9", vec![]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_books_are_right_to_the_paisa(
        payments in prop::collection::vec((0..TILLS, 0..4usize, 1..60_000i64, 0..4usize, 1..23u8), 1..40),
        uploads in prop::collection::vec((0..TILLS, 1..8usize, 0..3usize), 0..40),
        billed_after in 0..40usize,
    ) {
        let book = accounts();
        let fixture = Fixture::with(book[..3].to_vec());
        let mut tills: Vec<TestTill> = (0..TILLS).map(|n| fixture.till(&format!("SAS{n}"), 10 + u8::try_from(n).unwrap())).collect();
        let (mut cash, mut all, mut unknown) = ([0; TILLS], 0, 0);
        for &(till, account, amount, mode, on) in &payments {
            let mode = [Mode::Cash, Mode::Upi, Mode::Card, Mode::Cheque][mode];
            tills[till].collect(&book[account], amount, mode, noon(&format!("2026-11-{on:02}")));
            cash[till] += if mode == Mode::Cash { amount } else { 0 };
            unknown += if account == 3 { amount } else { 0 };
            all += amount;
        }
        let mut sent = [0; TILLS];
        for (n, (till, count, again)) in uploads.into_iter().enumerate() {
            if n == billed_after {
                let more = account("A-2", vec![one_head(demand("B-3", "2026-12", 30_000, 0))]);
                fixture.office.import_book(&rules(), &[tariff()], vec![more], now()).unwrap();
            }
            // Some entries again, then the next ones.
            let (from, to) = (sent[till] - again.min(sent[till]) + 1, (sent[till] + count).min(tills[till].entries.len()));
            if from <= to {
                let reply = fixture.office.receive(&tills[till].till, &tills[till].run(from..=to), now()).unwrap();
                prop_assert_eq!(&reply.refused, &None);
                sent[till] = sent[till].max(to);
                prop_assert_eq!(through(&fixture, &reply), u64::try_from(sent[till]).unwrap());
            }
        }
        for till in &tills {
            till.send(&fixture);
        }
        for (n, cash) in cash.into_iter().enumerate() {
            prop_assert_eq!(fixture.balance(&format!("cash:SAS{n}")), cash);
        }
        let received: i64 = ["clearing:upi", "clearing:card", "clearing:cheque"].iter().map(|name| fixture.balance(name)).sum();
        prop_assert_eq!(received + cash.iter().sum::<i64>(), all);
        prop_assert_eq!(fixture.balance("suspense"), -unknown);
        let verified = fixture.office.verify_books().unwrap();
        prop_assert_eq!(verified.findings, vec![]);
        prop_assert_eq!(verified.entries, u64::try_from(payments.len() + TILLS).unwrap());
        for id in ["A-0", "A-1", "A-2"] {
            assert_statement_agrees(&fixture, id);
        }
    }
}

/// One account's own transactions come to what that account says.
fn assert_statement_agrees(fixture: &Fixture, id: &str) {
    let statement = fixture.office.statement(&id.parse().unwrap(), 1_000).unwrap();
    assert!(!statement.more);
    let postings = || statement.lines.iter().flat_map(|line| &line.postings);
    let sum = |wanted: fn(&LedgerAccount) -> bool| -> i64 {
        postings().filter(|posting| wanted(&posting.account)).map(|posting| posting.amount_paise.get()).sum()
    };
    let open: i64 = statement.account.demands.iter().map(|demand| demand.open().get()).sum();
    assert_eq!(sum(|account| matches!(account, LedgerAccount::Consumers(_))), open, "{id}");
    assert_eq!(sum(|account| *account == LedgerAccount::ConsumerAdvances), -statement.account.advance.get(), "{id}");
}

fn one_head(mut demand: Demand) -> Demand {
    demand.lines.truncate(1);
    demand
}
