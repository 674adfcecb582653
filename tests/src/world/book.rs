//! A small bill book, made by hand: every kind of account that a rule looks at.

use raseed_head_office::import::BookFile;
use raseed_protocol::book::{
    Account, AccountStatus, CardApp, CodeMaker, Demand, DemandLine, Head, LateFee, LateFeeAmount, Meter, MeteredCharge,
    PartPayment, Payments, Rebate, RebateAmount, Rounding, Rules, Slab, Tariff, TariffLine, UpiPayee,
};
use raseed_protocol::ids::HeadId;
use raseed_protocol::language::Names;
use raseed_protocol::money::Paise;
use raseed_protocol::time::{Day, Period};

const WATER: HeadId = HeadId(10);
const SEWER: HeadId = HeadId(11);

/// What the book is like.
#[derive(Clone, Copy, Debug)]
pub struct BookShape {
    /// How many flat accounts, `A-1` on, each with `months` bills of ₹170.
    pub accounts: u32,
    /// How many months each of them owes.
    pub months: u16,
    /// Whether there is a late fee (₹10 a month, at most ₹50 a bill) and a rebate (2 % within ten days).
    pub fees: bool,
}

/// The book as of a day: `A-1` … flat, `M-1` metered with nothing due, `C-1` closed.
pub fn book(shape: BookShape, today: Day) -> BookFile {
    let newest = today.period();
    let mut accounts: Vec<Account> = (1..=shape.accounts).map(|n| flat(n, shape.months, newest)).collect();
    accounts.push(Account {
        meter: Some(Meter { reading: 1_000, read_on: today.plus_days(-31), digits: 5, usual_units: 20 }),
        tariff: "DOM-METER".parse().expect("a code"),
        ..plain("M-1", "ਮੀਟਰ ਸਿੰਘ", "Meter Singh")
    });
    accounts.push(Account { status: AccountStatus::Closed, ..plain("C-1", "ਬੰਦ ਕੌਰ", "Band Kaur") });
    BookFile { rules: rules(shape.fees), tariffs: tariffs(), accounts }
}

fn rules(fees: bool) -> Rules {
    let rupees = |n| Paise::from_rupees(n).expect("small");
    let late_fee =
        LateFee { amount: LateFeeAmount::Flat(rupees(10)), grace_days: 5, cap: Some(rupees(50)), once: false };
    Rules {
        tenant: "SASWATER".parse().expect("a tenant"),
        name: "SAS Water".to_owned(),
        names: Names::new(),
        receipt_host: "pay.saswater.example".to_owned(),
        heads: vec![head(WATER, "WATER", "Water charge"), head(SEWER, "SEWER", "Sewer charge")],
        late_fee: fees.then_some(late_fee),
        rebate: fees.then_some(Rebate { amount: RebateAmount::BasisPoints(200), within_days: 10 }),
        rounding: Rounding::NearestRupee,
        part_payment: PartPayment::Allowed,
        max_advance: rupees(5_000),
        max_cash_receipt: rupees(50_000),
        due_day: 20,
        payments: payments(),
    }
}

/// UPI by codes of the till's own, a card app that takes no money, and sales.
fn payments() -> Payments {
    let upi = UpiPayee {
        vpa: "saswater@examplebank".to_owned(),
        name: "SAS Water".to_owned(),
        mcc: "4900".to_owned(),
        seconds: 300,
        codes: CodeMaker::Till,
    };
    let card = CardApp { acquirer: "simulator".to_owned(), settings: Default::default() };
    Payments {
        upi: Some(upi),
        card: Some(card),
        sales: Some("COUNTER".parse().expect("a number")),
        ..Payments::default()
    }
}

fn head(id: HeadId, code: &str, name: &str) -> Head {
    Head { id, code: code.to_owned(), name: name.to_owned(), names: Names::new() }
}

fn tariffs() -> Vec<Tariff> {
    let paise = |n| Paise::new(n).expect("small");
    let line = |head, amount| TariffLine { head, amount: paise(amount) };
    vec![
        Tariff {
            code: "DOM-FLAT".parse().expect("a code"),
            name: "Household, flat".to_owned(),
            fixed: vec![line(WATER, 15_000), line(SEWER, 2_000)],
            metered: None,
        },
        Tariff {
            code: "DOM-METER".parse().expect("a code"),
            name: "Household, metered".to_owned(),
            fixed: vec![line(SEWER, 2_000)],
            metered: Some(MeteredCharge {
                head: WATER,
                slabs: vec![Slab { up_to: Some(10), rate: paise(550) }, Slab { up_to: None, rate: paise(825) }],
                minimum: paise(6_000),
            }),
        },
    ]
}

fn plain(id: &str, name: &str, latin: &str) -> Account {
    Account {
        id: id.parse().expect("a consumer number"),
        name: name.to_owned(),
        name_latin: latin.to_owned(),
        house: "12".to_owned(),
        place: "ਭਾਗੋਮਾਜਰਾ".to_owned(),
        phone_last4: "0000".to_owned(),
        tariff: "DOM-FLAT".parse().expect("a code"),
        status: AccountStatus::Active,
        meter: None,
        demands: Vec::new(),
        advance: Paise::ZERO,
        last_payment: None,
    }
}

fn flat(n: u32, months: u16, newest: Period) -> Account {
    let demands = (0..months).rev().map(|back| demand(n, newest.plus_months(-i32::from(back)))).collect();
    Account {
        demands,
        house: n.to_string(),
        phone_last4: format!("{:04}", n % 10_000),
        ..plain(&format!("A-{n}"), "ਗੁਰਪ੍ਰੀਤ ਕੌਰ", "Gurpreet Kaur")
    }
}

fn demand(n: u32, period: Period) -> Demand {
    let first = period.first_day();
    let line = |head, paise| DemandLine { head, amount: Paise::new(paise).expect("small"), paid: Paise::ZERO };
    Demand {
        bill: format!("B{}-{n}", period.number()).parse().expect("a bill number"),
        period,
        issued_on: first,
        due_on: first.plus_days(19),
        lines: vec![line(WATER, 15_000), line(SEWER, 2_000)],
    }
}
