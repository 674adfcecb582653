//! Contacts: whole phone numbers, which the office alone has, from a file of their own.
//!
//! The book keeps four digits of a phone, so that a lost till gives nobody away; what is here must get into no page of the
//! book, no log and no error.

use crate::error::OfficeError;
use crate::import::read_contacts;
use crate::office::Office;
use crate::store::ContactRecord;
use raseed_protocol::ids::AccountId;
use serde::Serialize;
use std::io::Read;

/// The most contacts that one list shows.
const MOST: u32 = 1_000;

/// What a file of contacts changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ContactsTaken {
    /// New ones.
    pub added: u64,
    /// Ones with another phone or language than before.
    pub changed: u64,
    /// Ones that stayed as they were.
    pub unchanged: u64,
}

impl Office {
    /// Takes in a file of contacts, all of it or nothing (format: `schemas/contacts-import.md`). Contacts that are not in the
    /// file stay; the same file again changes nothing.
    ///
    /// # Errors
    /// [`OfficeError::Contacts`] with everything that is wrong with the file; those of the books.
    pub fn import_contacts(&self, reader: impl Read) -> Result<ContactsTaken, OfficeError> {
        let mut tx = self.store.write(&self.tenant)?;
        let contacts = read_contacts(reader, |account| {
            Ok::<_, OfficeError>(tx.account(account)?.map(|record| record.account.phone_last4))
        })??;
        let mut taken = ContactsTaken::default();
        for contact in contacts {
            let counter = match tx.contact(&contact.account)? {
                None => &mut taken.added,
                Some(known) if known != contact => &mut taken.changed,
                Some(_) => {
                    taken.unchanged += 1;
                    continue;
                }
            };
            *counter += 1;
            tx.put_contact(&contact)?;
        }
        tx.commit()?;
        Ok(taken)
    }

    /// Deletes a contact: from now on no message about the account is sent, those that wait included.
    ///
    /// # Errors
    /// [`OfficeError::NoContact`] if there is none.
    pub fn forget_contact(&self, account: &AccountId) -> Result<(), OfficeError> {
        let mut tx = self.store.write(&self.tenant)?;
        if !tx.forget_contact(account)? {
            return Err(OfficeError::NoContact(account.clone()));
        }
        Ok(tx.commit()?)
    }

    /// The first thousand contacts, by account.
    pub fn contacts(&self) -> Result<Vec<ContactRecord>, OfficeError> {
        Ok(self.store.read(&self.tenant)?.contacts_after(None, MOST)?)
    }
}
