//! A file of contacts, which a utility writes by hand.

use raseed_head_office::import::read_any_contacts;
use std::collections::HashSet;

/// Whatever is accepted is whole numbers in one form, an account once, and is read back equal; and no phone is shown.
pub(super) fn contacts_file(bytes: &[u8]) {
    let Some(contacts) = read_any_contacts(bytes) else { return };
    let accounts: HashSet<_> = contacts.iter().map(|contact| &contact.account).collect();
    assert_eq!(accounts.len(), contacts.len(), "an account is there once");
    for contact in &contacts {
        let phone = contact.phone.expose();
        let digits = phone.strip_prefix('+').expect("a plus before the country");
        assert!((8..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit()), "E.164");
        assert!(!digits.starts_with('0') && (!digits.starts_with("91") || digits.len() == 12), "a country, a mobile");
        assert!(!format!("{contact:?}").contains(digits), "its debug text shows it");
        assert!(
            contact.phone.masked().ends_with(contact.phone.last4()) && !contact.phone.masked().contains(&digits[..6])
        );
    }
}
