//! Rules that hold for every book: what is written is read back equal, and no bytes at all can do harm.

#![allow(clippy::unwrap_used)] // the helpers of a test may stop it

use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use raseed_head_office::import::{self, BookFile, FolderBytes};
use raseed_protocol::book::*;
use raseed_protocol::ids::HeadId;
use raseed_protocol::language::{Language, Names};
use raseed_protocol::money::Paise;
use raseed_protocol::time::{Day, Period};
use std::path::Path;

fn paise(range: std::ops::RangeInclusive<i64>) -> impl Strategy<Value = Paise> {
    range.prop_map(|paise| Paise::new(paise).unwrap())
}

fn day() -> impl Strategy<Value = Day> {
    (10_957i64..84_000).prop_map(|number| Day::from_number(number).unwrap())
}

/// Text with what makes trouble in tables: commas, quotation marks, joiners, other scripts, formulas.
fn text(least: usize) -> impl Strategy<Value = String> {
    let letters = proptest::sample::select("aZ9,\"'=-@;|. ਸਿੰਘकुमार\u{200D}\u{1F6B0}é".chars().collect::<Vec<_>>());
    vec(letters, least..=80).prop_map(|letters| letters.into_iter().collect::<String>().trim().to_owned())
}

fn needed_text() -> impl Strategy<Value = String> {
    text(1).prop_filter("not blank", |text| !text.is_empty())
}

fn names() -> impl Strategy<Value = Names> {
    btree_map(proptest::sample::select(&Language::ALL[..]), needed_text(), 0..4)
}

fn rules() -> impl Strategy<Value = Rules> {
    let heads = btree_map(10u8..=255, (needed_text(), names()), 1..=Rules::MAX_HEADS).prop_map(|heads| {
        let code = |id| format!("H-{id}");
        let head = |(id, (name, names))| Head { id: HeadId(id), code: code(id), name, names };
        heads.into_iter().rev().map(head).collect()
    });
    let fee = prop_oneof![
        paise(1..=1_000_000).prop_map(LateFeeAmount::Flat),
        (1u16..=10_000).prop_map(LateFeeAmount::BasisPoints)
    ];
    let late_fee = (fee, 0u16..=366, option::of(paise(1..=1_000_000)), any::<bool>())
        .prop_map(|(amount, grace_days, cap, once)| LateFee { amount, grace_days, cap, once });
    let off = prop_oneof![
        paise(1..=1_000_000).prop_map(RebateAmount::Flat),
        (1u16..=10_000).prop_map(RebateAmount::BasisPoints)
    ];
    let rebate = (off, 0u16..=366).prop_map(|(amount, within_days)| Rebate { amount, within_days });
    let part = prop_oneof![
        Just(PartPayment::Allowed),
        Just(PartPayment::NotAllowed),
        paise(1..=100_000).prop_map(PartPayment::Minimum)
    ];
    let rounding = prop_oneof![Just(Rounding::Exact), Just(Rounding::NearestRupee)];
    let called = (needed_text(), names());
    (called, heads, option::of(late_fee), option::of(rebate), rounding, part, paise(0..=100_000), 1u8..=28).prop_map(
        |((name, names), heads, late_fee, rebate, rounding, part_payment, max_advance, due_day)| Rules {
            receipt_host: String::new(),
            tenant: "TEST".parse().unwrap(),
            name,
            names,
            heads,
            late_fee,
            rebate,
            rounding,
            part_payment,
            max_advance,
            max_cash_receipt: Paise::new(5_000_000).unwrap(),
            due_day,
            payments: Default::default(),
        },
    )
}

fn tariffs(heads: Vec<HeadId>) -> impl Strategy<Value = Vec<Tariff>> {
    let first = heads[0];
    let fixed = btree_map(proptest::sample::select(heads), paise(1..=100_000), 0..4)
        .prop_map(|lines| lines.into_iter().map(|(head, amount)| TariffLine { head, amount }).collect::<Vec<_>>());
    let slabs = (btree_set(1u32..10_000, 0..5), vec(paise(0..=10_000), 5)).prop_map(|(ends, rates)| {
        let ends = ends.into_iter().map(Some).chain([None]);
        ends.zip(rates.into_iter().cycle()).map(|(up_to, rate)| Slab { up_to, rate }).collect::<Vec<_>>()
    });
    (fixed, slabs, needed_text()).prop_map(move |(fixed, slabs, name)| {
        let metered = MeteredCharge { head: first, slabs, minimum: Paise::ZERO };
        vec![
            Tariff { code: "FLAT".parse().unwrap(), name: name.clone(), fixed: fixed.clone(), metered: None },
            Tariff { code: "METER".parse().unwrap(), name, fixed, metered: Some(metered) },
        ]
    })
}

fn meter() -> impl Strategy<Value = Meter> {
    (1u8..=9, any::<u32>(), day(), any::<u32>()).prop_map(|(digits, reading, read_on, usual)| {
        let dial = 10u32.pow(u32::from(digits));
        Meter { reading: reading % dial, read_on, digits, usual_units: usual % dial }
    })
}

/// A demand whose lines are in the order of `heads`, a rounding last; its number is set later.
fn demand(heads: Vec<HeadId>) -> impl Strategy<Value = Demand> {
    let lines = btree_map(0..heads.len(), (1i64..=10_000_000, 0i64..=100), 1..=heads.len());
    let rounding = option::of((-99i64..=99).prop_filter("not zero", |paise| *paise != 0));
    (lines, rounding, 0u64..2_300, 0i32..90, 0i32..90).prop_map(move |(lines, rounding, month, issued, due)| {
        let period = Period::from_number(month).unwrap();
        let issued_on = period.first_day().plus_days(issued);
        let mut lines: Vec<DemandLine> = lines
            .into_iter()
            .map(|(place, (amount, percent))| DemandLine {
                head: heads[place],
                amount: Paise::new(amount + 100).unwrap(),
                paid: Paise::new(amount * percent / 100).unwrap(),
            })
            .collect();
        if let Some(rounding) = rounding {
            let amount = Paise::new(rounding).unwrap();
            lines.push(DemandLine { head: HeadId::ROUNDING, amount, paid: Paise::ZERO });
        }
        Demand { bill: "SET-LATER".parse().unwrap(), period, issued_on, due_on: issued_on.plus_days(due), lines }
    })
}

fn account(heads: Vec<HeadId>) -> impl Strategy<Value = Account> {
    let names = (needed_text(), text(0), text(0), needed_text(), "([0-9]{4})?");
    let payment = option::of((paise(1..=1_000_000), day()).prop_map(|(amount, on)| LastPayment { amount, on }));
    (names, option::of(meter()), any::<bool>(), vec(demand(heads), 0..5), paise(0..=1_000_000), payment).prop_map(
        |((name, name_latin, house, place, phone_last4), meter, closed, demands, advance, last_payment)| Account {
            id: "SET-LATER".parse().unwrap(),
            name,
            name_latin,
            house,
            place,
            phone_last4,
            tariff: if meter.is_some() { "METER" } else { "FLAT" }.parse().unwrap(),
            status: if closed { AccountStatus::Closed } else { AccountStatus::Active },
            meter,
            demands,
            advance,
            last_payment,
        },
    )
}

fn book() -> impl Strategy<Value = BookFile> {
    rules().prop_flat_map(|rules| {
        let heads: Vec<HeadId> = rules.heads.iter().map(|head| head.id).collect();
        (Just(rules), tariffs(heads.clone()), vec(account(heads), 0..6)).prop_map(|(rules, tariffs, mut accounts)| {
            for (number, account) in accounts.iter_mut().enumerate() {
                account.id = format!("A-{number}").parse().unwrap();
                account.demands.sort_by_key(|demand| (demand.period, demand.issued_on));
                for (bill, demand) in account.demands.iter_mut().enumerate() {
                    demand.bill = format!("B/{number}.{bill}").parse().unwrap();
                }
            }
            BookFile { rules, tariffs, accounts }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_book_written_to_a_folder_is_read_back_equal(book in book()) {
        let folder = tempfile::tempdir().unwrap();
        import::write_folder(&book, folder.path()).unwrap();
        match import::read_folder(folder.path()) {
            Ok(read) => prop_assert_eq!(read, book),
            Err(refused) => prop_assert!(false, "{}", refused),
        }
    }

    #[test]
    fn a_book_written_as_json_is_read_back_equal(book in book()) {
        let mut json = Vec::new();
        import::write_json(&book, &mut json).unwrap();
        prop_assert_eq!(import::read_json(&json[..]), Ok(book));
    }

    #[test]
    fn the_order_of_rows_and_columns_does_not_matter(book in book(), turn in 0usize..100) {
        let folder = tempfile::tempdir().unwrap();
        import::write_folder(&book, folder.path()).unwrap();
        for name in ["accounts.csv", "demands.csv"] {
            turn_columns(&folder.path().join(name), turn);
        }
        // Accounts keep the order of their file; bills and their lines are put into order.
        let demands = folder.path().join("demands.csv");
        let text = std::fs::read_to_string(&demands).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        std::fs::write(&demands, lines.join("\n")).unwrap();
        prop_assert_eq!(import::read_folder(folder.path()), Ok(book));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..300)) {
        let _ = import::read_anything(&bytes);
    }

    #[test]
    fn a_good_book_with_a_few_bytes_changed_is_read_or_refused(
        changes in vec((any::<prop::sample::Index>(), prop::sample::select(b"0\",\n\r-.{}[]\0\xFF1A ".to_vec())), 1..4),
    ) {
        let mut bytes = small_sample();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = import::read_anything(&bytes);
    }
}

/// Moves the columns of a table round by this many places.
fn turn_columns(file: &Path, turn: usize) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(file).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let mut writer = csv::Writer::from_path(file).unwrap();
    for row in rows {
        let mut values: Vec<&str> = row.iter().collect();
        let by = turn % values.len();
        values.rotate_left(by);
        writer.write_record(values).unwrap();
    }
    writer.flush().unwrap();
}

/// The first accounts of the sample book, as the four files with zero bytes between them.
fn small_sample() -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/sample-book");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let head = |name: &str, lines: usize| read(name).lines().take(lines).collect::<Vec<_>>().join("\n");
    let files = [read("rules.json"), read("tariffs.json"), head("accounts.csv", 30), head("demands.csv", 12)];
    let [rules, tariffs, accounts, demands] = &files;
    let parts = FolderBytes {
        rules: rules.as_bytes(),
        tariffs: tariffs.as_bytes(),
        accounts: accounts.as_bytes(),
        demands: demands.as_bytes(),
    };
    import::read_parts(parts).unwrap_or_else(|refused| panic!("{refused}"));
    files.join("\0").into_bytes()
}
