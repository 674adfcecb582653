//! A vendor's text made plain: bounded, printable, and without a card number.

/// The longest message that is kept of a vendor, in characters.
const MAX_SAID: usize = 80;
/// As many digits in a row, spaces and dashes between them aside, may be a card number or a phone number.
const TELLING_DIGITS: usize = 8;

/// A message as it may be kept and shown: printable ASCII, one space between words, of long numbers only the last four digits.
pub(super) fn said(text: &str) -> String {
    let printable: String =
        text.chars().take(8 * MAX_SAID).map(|c| if c.is_ascii_graphic() { c } else { ' ' }).collect();
    let words = printable.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut plain = masked(&words);
    plain.truncate(MAX_SAID);
    plain.trim_end().to_owned()
}

/// A field of the acquirer's books: whole and of at most `longest` characters, or nothing. A part of a number is no number.
pub(super) fn field(text: &str, longest: usize) -> Option<String> {
    let text = text.trim();
    let fits = (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    fits.then(|| text.to_owned())
}

/// The last four digits of a card number in any mask, if it ends in four.
pub(super) fn last4(card: &str) -> Option<String> {
    let card = card.trim();
    let last = card.get(card.len().checked_sub(4)?..)?;
    last.bytes().all(|byte| byte.is_ascii_digit()).then(|| last.to_owned())
}

/// Of every long number only the last four digits. `text` is ASCII.
fn masked(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut number = String::new();
    // The sentinel closes a number at the end.
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_digit() || (!number.is_empty() && matches!(c, ' ' | '-')) {
            number.push(c);
            continue;
        }
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let mut hidden = if digits < TELLING_DIGITS { 0 } else { digits - 4 };
        for n in number.drain(..) {
            let hide = n.is_ascii_digit() && hidden > 0;
            hidden -= usize::from(hide);
            plain.push(if hide { '*' } else { n });
        }
        plain.push(c);
    }
    plain.pop();
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_message_is_printable_bounded_and_tells_no_card() {
        for (text, plain) in [
            ("DECLINED", "DECLINED"),
            ("  not \t enough\nmoney ", "not enough money"),
            ("card 4386240000002802 refused", "card ************2802 refused"),
            ("card 4386 2400 0000 2802", "card **** **** **** 2802"),
            ("4386-2400-0000-2802", "****-****-****-2802"),
            ("call 9876500107", "call ******0107"),
            ("code 1234567 in batch 119", "code 1234567 in batch 119"),
            ("अस्वीकृत", ""),
            ("", ""),
        ] {
            assert_eq!(said(text), plain, "{text}");
        }
        assert_eq!(said(&"x".repeat(10_000)).len(), MAX_SAID);
    }

    #[test]
    fn a_field_is_whole_or_nothing() {
        assert_eq!(field(" 532611480219 ", 24).as_deref(), Some("532611480219"));
        for bad in ["", "  ", "1234567890123", "१२३", "12\u{0}3", "12\n3"] {
            assert_eq!(field(bad, 12), None, "{bad:?}");
        }
    }

    #[test]
    fn four_digits_are_kept_of_a_card_and_no_more() {
        for (card, last) in [
            ("************4821", Some("4821")),
            ("438624*******2802", Some("2802")),
            ("4386240000002802", Some("2802")),
            ("XXXX-XXXX-XXXX-0001", Some("0001")),
            ("4821", Some("4821")),
            ("************48", None),
            ("482", None),
            ("************", None),
            ("४८२१", None),
            ("", None),
        ] {
            assert_eq!(last4(card).as_deref(), last, "{card}");
        }
    }

    proptest! {
        #[test]
        fn no_message_keeps_a_number_that_could_be_a_card(text in "[0-9 A-Za-z\\-]{0,200}") {
            let said = said(&text);
            let longest = said.split(|c: char| !c.is_ascii_digit() && c != ' ' && c != '-');
            for run in longest {
                prop_assert!(run.bytes().filter(u8::is_ascii_digit).count() < TELLING_DIGITS, "{said}");
            }
        }
    }
}
