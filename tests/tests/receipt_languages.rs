//! The same receipt in four languages: each in its own script, with the same facts, and with nothing personal.

use raseed_protocol::ids::HeadId;
use raseed_protocol::journal::Mode;
use raseed_protocol::language::{Language, MONTHS, Names, words};
use raseed_protocol::money::Paise;
use raseed_protocol::time::Day;
use raseed_tests::world::{BookShape, World, book, collect, rupees, staff};
use raseed_till::{Block, Given, Slip, Till};

const PRINTER: usize = 32;

/// A receipt of ₹250.50 over two months and a late fee, from a tenant that has a name in all languages but one.
fn receipt() -> (World, Till, Given) {
    let today: Day = "2026-11-22".parse().expect("a day");
    let mut book = book(BookShape { accounts: 1, months: 3, fees: true }, today);
    book.rules.names =
        named([(Language::Hindi, "जल समिति"), (Language::Punjabi, "ਜਲ ਸਭਾ"), (Language::English, "Water")]);
    book.rules.heads[0].names =
        named([(Language::Hindi, "पानी का शुल्क"), (Language::Punjabi, "ਪਾਣੀ ਦਾ ਖ਼ਰਚਾ"), (Language::Bengali, "জলের মাশুল")]);
    let mut world = World::new(11, today, book);
    let (_, mut till) = world.till("SAS07");
    let amount = rupees(250) + Paise::new(50).expect("small");
    let given = collect(&mut till, &"A-1".parse().expect("a number"), amount).expect("it owes more");
    (world, till, given)
}

fn named(names: [(Language, &str); 3]) -> Names {
    names.into_iter().map(|(language, name)| (language, name.to_owned())).collect()
}

fn texts(slip: &Slip) -> Vec<String> {
    let of = |block: &Block| match block {
        Block::Heading(text) | Block::Line(text) | Block::Note(text) | Block::Words(text) => vec![text.clone()],
        Block::Row(what, value) | Block::Total(what, value) => vec![what.clone(), value.clone()],
        Block::Rule | Block::Qr(_) => Vec::new(),
    };
    slip.0.iter().flat_map(of).collect()
}

#[test]
fn a_slip_is_in_one_language_alone() {
    let (_world, till, given) = receipt();
    let receipt = given.receipt();
    // What is a number or an id in any language, longest first.
    let ids = [given.id.to_string(), receipt.bill.as_ref().unwrap().to_string(), receipt.account.to_string()];
    for language in [Language::Hindi, Language::Punjabi, Language::Bengali] {
        for duplicate in [false, true] {
            for mut text in texts(&till.slip(&given, duplicate, language).unwrap()) {
                ids.iter().chain([&staff().to_string()]).for_each(|id| text = text.replace(id, ""));
                // The tenant gave neither itself a Bengali name nor its second head any.
                let fallback = ["SAS Water", "Sewer charge"].contains(&text.as_str());
                let latin = text.contains(|c: char| c.is_ascii_alphabetic());
                assert!(!latin || fallback, "{language}: {text}");
            }
        }
    }
}

#[test]
fn every_language_states_the_same_facts() {
    let (_world, till, given) = receipt();
    let facts = [given.id.to_string(), "A-1".to_owned(), "₹250.50".to_owned(), staff().to_string()];
    let english = till.slip(&given, false, Language::English).unwrap();
    for language in Language::ALL {
        let slip = till.slip(&given, false, language).unwrap();
        let texts = texts(&slip);
        for fact in facts.iter().chain([&words(given.receipt().amount, language)]) {
            assert!(texts.iter().any(|text| text.contains(fact)), "{language} does not say {fact}: {texts:?}");
        }
        assert_eq!(slip.0.len(), english.0.len(), "{language} has as many blocks");
        assert_eq!(slip.qr(), Some(given.link.as_str()));
        let late_fee = HeadId::LATE_FEE.name_in(language);
        assert!(texts.contains(&late_fee), "{language} names the late fee: {texts:?}");
    }
    let heading = |language| texts(&till.slip(&given, false, language).unwrap())[0].clone();
    assert_eq!(Language::ALL.map(heading), ["Water", "जल समिति", "ਜਲ ਸਭਾ", "SAS Water"]);
}

#[test]
fn a_duplicate_says_so_in_every_language() {
    let (_world, till, given) = receipt();
    for language in Language::ALL {
        let title = |duplicate| texts(&till.slip(&given, duplicate, language).unwrap())[1].clone();
        assert!(title(true).starts_with(&title(false)) && title(true) != title(false), "{language}");
    }
}

#[test]
fn a_message_holds_the_receipt_and_its_proof_and_nobody_s_name() {
    let (world, till, given) = receipt();
    for language in Language::ALL {
        let text = till.receipt_text(&given, language).unwrap();
        for fact in [given.id.to_string(), "A-1".to_owned(), "₹250.50".to_owned(), "2026".to_owned()] {
            assert!(text.contains(&fact), "{language} does not say {fact}: {text}");
        }
        let link = text.rsplit(' ').next().unwrap();
        assert_eq!(raseed_protocol::receipt_link::verify(link, &world.office.root_key()).unwrap().id, given.id);
        let paper = till.slip(&given, false, language).unwrap().to_text(PRINTER);
        for personal in ["Gurpreet", "Kaur", "ਗੁਰਪ੍ਰੀਤ", "ਕੌਰ", "ਭਾਗੋਮਾਜਰਾ", "0001"]
        {
            let spoken = text.trim_end_matches(link);
            assert!(!spoken.contains(personal) && !paper.contains(personal), "{language}: {personal}");
        }
    }
}

/// The page has words of its own for explaining, but what stands on both is compared by the person who holds the paper.
#[test]
fn the_page_that_checks_a_receipt_calls_things_as_the_paper_does() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/head-office/web/words.js");
    let page = std::fs::read_to_string(path).unwrap();
    for language in Language::ALL {
        let mode = |mode: Mode| mode.name_in(language);
        let [cash, upi, card, cheque] = [Mode::Cash, Mode::Upi, Mode::Card, Mode::Cheque].map(mode);
        let head = |head: HeadId| head.name_in(language);
        let [advance, late_fee, rebate, rounding, sale] =
            [HeadId::ADVANCE, HeadId::LATE_FEE, HeadId::REBATE, HeadId::ROUNDING, HeadId::SALE].map(head);
        let months: Vec<String> = MONTHS.iter().map(|month| format!("\"{}\"", month.in_language(language))).collect();
        let part = page.split(&format!("\n  {language}: {{")).nth(1).unwrap();
        let part = part.split("\n  },").next().unwrap();
        for line in [
            format!("modes: {{ cash: \"{cash}\", upi: \"{upi}\", card: \"{card}\", cheque: \"{cheque}\" }},"),
            format!(
                "head: {{ 0: \"{advance}\", 1: \"{late_fee}\", 2: \"{rebate}\", 3: \"{rounding}\", 4: \"{sale}\" }},"
            ),
            format!("monthNames: [{}],", months.join(", ")),
        ] {
            assert!(part.contains(&line), "words.js, {language}: {line}");
        }
    }
}
