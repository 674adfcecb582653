//! `contacts.csv`: whom messages about an account go to, a row each.
//!
//! A report about it may name a consumer number and a line; it never quotes a phone.

use super::accounts::read_value;
use super::bytes;
use super::fault::Fault;
use super::refusal::{ImportRefused, Refusals};
use super::table::{Columns, Row, Table};
use crate::store::ContactRecord;
use raseed_protocol::ids::AccountId;
use std::collections::HashMap;
use std::io::Read;

const COLUMNS: Columns = Columns { file: "contacts.csv", needed: &["account", "phone", "language"], optional: &[] };
const ACCOUNT: usize = 0;
const PHONE: usize = 1;
const LANGUAGE: usize = 2;

/// Reads contacts. `last4_of` says what the books know of the phone of an account: `None` if there is no such account.
///
/// # Errors
/// Everything that is wrong with the file; and, outside, whatever `last4_of` could not do.
pub(crate) fn read_contacts<E>(
    reader: impl Read,
    mut last4_of: impl FnMut(&AccountId) -> Result<Option<String>, E>,
) -> Result<Result<Vec<ContactRecord>, ImportRefused>, E> {
    let mut refusals = Refusals::default();
    let contacts = match bytes::read(COLUMNS.file, reader, &mut refusals) {
        Some(bytes) => read(&bytes, &mut last4_of, &mut refusals)?,
        None => None,
    };
    Ok(refusals.unless_any(contacts))
}

fn read<E>(
    bytes: &[u8],
    last4_of: &mut impl FnMut(&AccountId) -> Result<Option<String>, E>,
    refusals: &mut Refusals,
) -> Result<Option<Vec<ContactRecord>>, E> {
    let opened = bytes::clean(COLUMNS.file, bytes, refusals).and_then(|bytes| Table::open(&COLUMNS, bytes, refusals));
    let Some((mut table, mut row)) = opened else { return Ok(None) };
    let (mut contacts, mut lines) = (Vec::new(), HashMap::new());
    while table.next(&mut row, refusals) {
        let mut report = |column: usize, what: Fault| {
            refusals.value(COLUMNS.file, row.line, COLUMNS.name(column), what);
        };
        let read = contact(&row, &mut report);
        let Ok(account) = row.get(ACCOUNT).parse::<AccountId>() else { continue };
        if let Some(first) = lines.get(&account) {
            report(ACCOUNT, Fault::Duplicate { what: "account", name: account.to_string(), line: *first });
            continue;
        }
        match (last4_of(&account)?, &read) {
            (None, _) => report(ACCOUNT, Fault::UnknownContact { id: account.to_string() }),
            (Some(known), Some(contact)) if !known.is_empty() && contact.phone.last4() != known => {
                report(PHONE, Fault::OtherPhone);
            }
            _ => contacts.extend(read),
        }
        lines.insert(account, row.line);
    }
    Ok(Some(contacts))
}

fn contact(row: &Row<'_>, report: &mut impl FnMut(usize, Fault)) -> Option<ContactRecord> {
    let account = read_value(row.get(ACCOUNT)).map_err(|what| report(ACCOUNT, what)).ok();
    let phone = read_value(row.get(PHONE)).map_err(|what| report(PHONE, what)).ok();
    let language = match row.get(LANGUAGE) {
        "" => Err(Fault::Missing),
        tag => tag.to_owned().try_into().map_err(|_| Fault::Language),
    };
    let language = language.map_err(|what| report(LANGUAGE, what)).ok();
    Some(ContactRecord { account: account?, phone: phone?, language: language? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    fn read_text(text: &str) -> Result<Vec<ContactRecord>, ImportRefused> {
        let last4_of = |account: &AccountId| {
            Ok::<_, Infallible>(match account.as_str() {
                "A-1" => Some("4821".to_owned()),
                "A-2" => Some(String::new()),
                _ => None,
            })
        };
        read_contacts(text.as_bytes(), last4_of).unwrap_or_else(|never| match never {})
    }

    #[test]
    fn good_rows_are_taken_in_one_form() {
        let contacts = read_text("phone,account,language\n90000 04821,A-1,pa\n+9771234567,A-2,en\n").unwrap();
        let read: Vec<_> = contacts.iter().map(|c| (c.account.as_str(), c.phone.expose(), c.language.tag())).collect();
        assert_eq!(read, [("A-1", "+919000004821", "pa"), ("A-2", "+9771234567", "en")]);
    }

    #[test]
    fn all_faults_are_listed_and_no_phone_is_quoted() {
        let text = "account,phone,language\n\
                    A-1,90000 04822,pa\n\
                    A-1,90000 04821,pa\n\
                    A-2,5000004821,en\n\
                    A-3,9000004821,hi\n\
                    ,,\n\
                    A 4,,english\n";
        let refused = read_text(text).unwrap_err();
        let at: Vec<_> = refused.rows.iter().map(|row| (row.line.unwrap(), row.column.as_deref().unwrap())).collect();
        let expected =
            [(2, "phone"), (3, "account"), (4, "phone"), (5, "account"), (7, "account"), (7, "phone"), (7, "language")];
        assert_eq!(at, expected);
        let text = format!("{refused}{refused:?}");
        assert!(!text.contains("0482") && !text.contains("50000"), "{text}");
        assert!(text.contains("last four digits") && text.contains("on line 2"), "{text}");
    }
}
