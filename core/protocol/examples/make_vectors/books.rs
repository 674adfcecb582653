//! Pages of the book: one that uses every field, one that uses none that it can do without.

use super::people::{NOW, Who, certified, id, paise, till_certificate};
use data_encoding::BASE64;
use raseed_protocol::book::{
    Account, AccountStatus, BookPage, Demand, DemandLine, Head, LastPayment, LateFee, LateFeeAmount, Meter,
    MeteredCharge, PartPayment, Rebate, RebateAmount, Rounding, Rules, Slab, Tariff, TariffLine,
};
use raseed_protocol::certificate::{Certificate, Role};
use raseed_protocol::ids::{HeadId, Incarnation, Sequence};
use raseed_protocol::language::{Language, Names};
use raseed_protocol::money::Paise;
use serde::Serialize;

/// One page.
#[derive(Serialize)]
pub struct PageCase {
    name: &'static str,
    root_key: String,
    office_certificate: String,
    page: String,
    valid: bool,
    accounts: usize,
}

/// The cases of `books/pages.json`.
pub fn pages() -> Vec<PageCase> {
    let by_points = Rules {
        late_fee: Some(LateFee { amount: LateFeeAmount::BasisPoints(150), grace_days: 0, cap: None, once: false }),
        rebate: Some(Rebate { amount: RebateAmount::BasisPoints(200), within_days: 15 }),
        part_payment: PartPayment::NotAllowed,
        ..rules()
    };
    let bare = Rules { late_fee: None, rebate: None, receipt_host: String::new(), names: Names::new(), ..rules() };
    let bare = Rules { rounding: Rounding::NearestRupee, part_payment: PartPayment::Allowed, ..bare };
    let one = |rules| BookPage { rules: Some(rules), tariffs: Vec::new(), accounts: Vec::new(), more: false, ..page() };
    let nothing = BookPage { since: 9, until: 9, counted: None, rules: None, ..one(rules()) };
    vec![
        case("everything", &page(), Who::Office, true),
        case("late fee and rebate by hundredths of a percent", &one(by_points), Who::Office, true),
        case("rules with nothing optional", &one(bare), Who::Office, true),
        case("nothing new", &nothing, Who::Office, true),
        case("by a till", &nothing, Who::Till, false),
    ]
}

fn case(name: &'static str, page: &BookPage, who: Who, valid: bool) -> PageCase {
    let office = Certificate { role: Role::Office, ..till_certificate(Who::Office) };
    let bytes = page.seal(&who.key()).expect("a key in memory signs");
    assert_eq!(BookPage::verify(&bytes, &Who::Office.public()).is_ok(), valid, "{name}");
    PageCase {
        name,
        root_key: Who::Root.public().to_string(),
        office_certificate: BASE64.encode(certified(office, Who::Root).bytes()),
        page: BASE64.encode(&bytes),
        valid,
        accounts: page.accounts.len(),
    }
}

fn page() -> BookPage {
    BookPage {
        tenant: id("SASWATER"),
        till: id("SAS07"),
        since: 0,
        until: 42,
        more: true,
        counted: Some((Incarnation(1), Sequence(9))),
        office: NOW,
        rules: Some(rules()),
        tariffs: vec![flat_tariff(), metered_tariff()],
        accounts: vec![full_account(), bare_account()],
    }
}

fn rules() -> Rules {
    let head = |number, code: &str, name: &str, names| Head {
        id: HeadId(number),
        code: code.into(),
        name: name.into(),
        names,
    };
    let named = |names: [(Language, &str); 2]| Names::from(names.map(|(language, name)| (language, name.to_owned())));
    let (hindi, punjabi, bengali) = (Language::Hindi, Language::Punjabi, Language::Bengali);
    Rules {
        tenant: id("SASWATER"),
        name: "SAS Nagar Rural Water".into(),
        names: named([(Language::English, "SAS Nagar Rural Water"), (punjabi, "ਐੱਸ.ਏ.ਐੱਸ. ਨਗਰ ਪੇਂਡੂ ਜਲ")]),
        receipt_host: "pay.saswater.example".into(),
        heads: vec![
            head(10, "WATER", "Water charge", named([(hindi, "पानी का बिल"), (bengali, "জলের বিল")])),
            head(11, "SEWER", "Sewerage", Names::new()),
        ],
        late_fee: Some(LateFee {
            amount: LateFeeAmount::Flat(paise(1_000)),
            grace_days: 5,
            cap: Some(paise(5_000)),
            once: true,
        }),
        rebate: Some(Rebate { amount: RebateAmount::Flat(paise(400)), within_days: 10 }),
        rounding: Rounding::Exact,
        part_payment: PartPayment::Minimum(paise(5_000)),
        max_advance: paise(500_000),
        max_cash_receipt: paise(20_000_000),
        due_day: 20,
        payments: Default::default(),
    }
}

fn flat_tariff() -> Tariff {
    let fixed = vec![TariffLine { head: HeadId(10), amount: paise(20_000) }];
    Tariff { code: id("DOM-FLAT"), name: "Domestic, flat".into(), fixed, metered: None }
}

fn metered_tariff() -> Tariff {
    let slabs = vec![Slab { up_to: Some(10), rate: paise(500) }, Slab { up_to: None, rate: paise(900) }];
    let metered = MeteredCharge { head: HeadId(10), slabs, minimum: paise(5_000) };
    Tariff { code: id("DOM-METER"), name: "Domestic, by meter".into(), fixed: Vec::new(), metered: Some(metered) }
}

fn full_account() -> Account {
    let line = |head, amount, paid| DemandLine { head: HeadId(head), amount: paise(amount), paid: paise(paid) };
    let demand = Demand {
        bill: id("B2611-00217"),
        period: id("2026-11"),
        issued_on: id("2026-11-02"),
        due_on: id("2026-11-20"),
        lines: vec![line(10, 20_000, 5_000), line(11, 5_400, 0), line(3, -40, 0)],
    };
    Account {
        id: id("BHG-0217"),
        name: "ਗੁਰਪ੍ਰੀਤ ਕੌਰ".into(),
        name_latin: "Gurpreet Kaur".into(),
        house: "12/3".into(),
        place: "ਭਾਗੋਮਾਜਰਾ".into(),
        phone_last4: "0042".into(),
        tariff: id("DOM-METER"),
        status: AccountStatus::Closed,
        meter: Some(Meter { reading: 99_990, read_on: id("2026-10-21"), digits: 5, usual_units: 18 }),
        demands: vec![demand],
        advance: paise(12_300),
        last_payment: Some(LastPayment { amount: paise(26_000), on: id("2026-10-05") }),
    }
}

fn bare_account() -> Account {
    Account {
        id: id("BHG-0218"),
        name: "—".into(),
        name_latin: String::new(),
        house: String::new(),
        phone_last4: String::new(),
        tariff: id("DOM-FLAT"),
        status: AccountStatus::Active,
        meter: None,
        demands: Vec::new(),
        advance: Paise::ZERO,
        last_payment: None,
        ..full_account()
    }
}
