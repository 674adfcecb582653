//! The poster: the payee of the rules, no amount, no reference, and a page that carries nothing else with it.

use crate::paying::*;
use crate::support::*;
use raseed_head_office::OfficeError;
use raseed_protocol::book::{CodeMaker, Rules};
use raseed_protocol::language::Language;
use raseed_protocol::qr::upi;

#[test]
fn a_poster_asks_everybody_for_nothing_in_particular() {
    let office = paying_office().office;
    for language in Language::ALL {
        let poster = office.poster(language).unwrap();
        let link = upi::read(&poster.code).unwrap();
        assert_eq!((link.payee().as_str(), link.amount(), link.reference()), ("saswater@examplebank", None, None));
        assert_eq!(upi::violations(&link), []);
        let page = poster.to_html();
        assert!(page.contains(&poster.symbol.to_svg()) && page.contains("saswater@examplebank"), "{language}");
        assert!(!page.contains("{{") && !page.contains("<script") && !page.contains("href=") && !page.contains("src="));
    }
}

#[test]
fn no_name_becomes_markup_or_takes_the_place_of_another() {
    let fixture = Fixture::new();
    let rules = Rules { name: "<b>{{vpa}} & {{code}}</b>".into(), ..upi_rules(CodeMaker::Till) };
    fixture.office.import_book(&rules, &[tariff()], vec![household()], now()).unwrap();
    let page = fixture.office.poster(Language::English).unwrap().to_html();
    assert!(page.contains("<h1>&lt;b&gt;{{vpa}} &amp; {{code}}&lt;/b&gt;</h1>"), "{page}");
    assert_eq!(page.matches("<svg").count(), 1);
}

#[test]
fn without_a_upi_address_there_is_none() {
    let without = Fixture::with(vec![household()]);
    assert!(matches!(without.office.poster(Language::English), Err(OfficeError::NoUpi)));
    assert!(matches!(Fixture::new().office.poster(Language::English), Err(OfficeError::NoUpi)));
}
