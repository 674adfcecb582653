//! The page of a bill: what is due by the books, paid to the payee of the rules, whatever the link says; and nobody's name.

use crate::house::{House, Reply};
use crate::paying::{ASKED, paid};
use crate::support::now;
use raseed_head_office::psp::PspPayment;
use raseed_head_office::server::Limits;
use raseed_protocol::language::{Language, pay as label, words};
use raseed_protocol::money::Paise;
use raseed_protocol::qr::upi;

/// After the bill's due date, with its late fee.
const DUE: i64 = ASKED + 1_000;

fn house() -> House {
    House::paying(Limits::default())
}

fn page(house: &House, target: &str) -> (Reply, String) {
    let reply = house.ask(&house.call("GET", target));
    assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"), "{target}");
    let text = String::from_utf8(reply.body.clone()).unwrap();
    (reply, text)
}

/// The UPI link that the button opens.
fn button(page: &str) -> Option<upi::Link> {
    let (_, rest) = page.split_once("class=\"pay\" href=\"")?;
    let link = rest.split('"').next()?.replace("&amp;", "&");
    Some(upi::read(&link).unwrap())
}

fn due(house: &House) -> Paise {
    house.office.bill_due(&"B-1".parse().unwrap(), now()).unwrap().unwrap().payable
}

#[test]
fn the_button_pays_what_is_due_by_the_books_to_the_payee_of_the_rules() {
    let house = house();
    for language in Language::ALL {
        let (reply, page) = page(&house, &format!("/P/B-1/{DUE}/{language}"));
        assert_eq!(reply.status, 200);
        let link = button(&page).expect("a button");
        assert_eq!((link.amount(), link.payee().as_str()), (Some(due(&house)), "saswater@examplebank"));
        assert_eq!((link.reference(), upi::violations(&link)), (Some("BILL--B-1"), vec![]));
        assert_eq!(due(&house), Paise::new(DUE).unwrap());
        for said in
            ["SAS Water", "saswater@examplebank", "<svg ", &due(&house).to_string(), &words(due(&house), language)]
        {
            assert!(page.contains(said), "{language}: {said}");
        }
        assert!(
            page.contains(label::NO_PROOF.in_language(language))
                && page.contains(&format!("<html lang=\"{language}\""))
        );
        assert!(
            !page.contains(label::CHANGED.in_language(language).split("{1}").next().unwrap()),
            "nothing has changed"
        );
    }
}

#[test]
fn a_forged_amount_is_only_what_the_message_said() {
    let house = house();
    let (_, page) = page(&house, "/P/B-1/99/en?pa=thief@bank&am=1");
    assert_eq!(button(&page).unwrap().amount(), Some(due(&house)));
    assert!(page.contains("The message said ₹0.99.") && !page.contains("thief"));
}

#[test]
fn what_is_paid_has_no_button_and_says_so() {
    let house = house();
    let whole = PspPayment { reference: Some("BILL--B-1".into()), ..paid("pay_1", None, DUE) };
    house.office.money_came(std::slice::from_ref(&whole), now()).unwrap();
    let (reply, page) = page(&house, "/P/B-1/26000/hi");
    assert_eq!((reply.status, button(&page).is_some()), (200, false));
    assert!(page.contains(label::NOTHING_MORE.in_language(Language::Hindi)));
    assert!(!page.contains("upi://") && !page.contains("<svg"));
}

#[test]
fn money_that_waits_for_its_receipt_is_not_asked_for_again() {
    let mut house = house();
    let asked = house.till.ask();
    house.office.receive(&house.till.till, &house.till.run(1..=2), now()).unwrap();
    assert!(button(&page(&house, "/P/B-1/26000/en").1).is_some(), "asked for is not paid");
    let money = paid("pay_1", Some(&house.till.id(asked)), ASKED);
    house.office.money_came(std::slice::from_ref(&money), now()).unwrap();
    let (_, page) = page(&house, "/P/B-1/26000/en");
    assert_eq!(button(&page).unwrap().amount(), Some(Paise::new(DUE - ASKED).unwrap()), "what is due beyond it");
    assert!(page.contains("₹250 has come"), "{page}");
}

#[test]
fn a_link_to_nothing_is_answered_as_a_page_in_its_language_or_in_all() {
    let house = house();
    for (target, languages) in [
        ("/P/B-9/26000/bn", &[Language::Bengali][..]),
        ("/P/B-1/0/pa", &[Language::Punjabi]),
        ("/P/B%2D1/26000/hi", &[Language::Hindi]),
        ("/P/B-1/26000/xx", &Language::ALL),
        ("/P/%3Cb%3E/26000/%22", &Language::ALL),
    ] {
        let (reply, page) = page(&house, target);
        assert_eq!((reply.status, button(&page).is_some()), (404, false), "{target}");
        for language in Language::ALL {
            let said = page.contains(label::NO_BILL_WHY.in_language(language));
            assert_eq!(said, languages.contains(&language), "{target}: {language}");
        }
        assert!(!page.contains("26000") && !page.contains("<b>"), "nothing of the link is said back: {page}");
    }
    let without_upi = House::new();
    assert_eq!(page(&without_upi, "/P/B-1/26000/pa").0.status, 404);
    assert_eq!(house.ask(&house.call("GET", "/P/B-1")).problem().0, 404);
}

#[test]
fn nothing_about_the_household_is_on_it_and_it_can_do_nothing() {
    let house = house();
    let (reply, page) = page(&house, "/P/B-1/26000/en");
    let (before, code) = page.split_once("<svg").unwrap();
    let after = code.split_once("</svg>").unwrap().1;
    for personal in ["A-1", "Jaspreet", "Kaur", "ਜਸਪ੍ਰੀਤ", "Bhagomajra", "4821"] {
        assert!(!before.contains(personal) && !after.contains(personal), "{personal}");
    }
    let policy = reply.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'self';") && !policy.contains("script"));
    assert_eq!(
        (reply.header("cache-control"), reply.header("referrer-policy")),
        (Some("no-store"), Some("no-referrer"))
    );
    assert!(!page.contains("<script") && !page.contains("style=") && !page.contains(" onclick"));
    for file in page.split('"').filter(|part| part.ends_with(".css")) {
        assert_eq!(house.ask(&house.call("GET", file)).status, 200, "{file}");
    }
}

#[test]
fn going_through_numbers_is_slow() {
    let house = House::paying(Limits { bill_pages_a_minute: 2, ..Limits::default() });
    let statuses: Vec<u16> =
        ["/P/B-8/5/en", "/P/B-9/5/en", "/P/B-1/26000/pa"].map(|target| page(&house, target).0.status).into();
    assert_eq!(statuses, [404, 404, 429]);
    let (reply, text) = page(&house, "/P/B-1/26000/pa");
    assert!(reply.header("retry-after").is_some() && text.contains(label::NOT_NOW_WHY.in_language(Language::Punjabi)));
}
