//! Messages and contacts: the queries for them, and what they write.

use super::super::{
    ContactRecord, MessageRecord, MessageState, MessagesRead, MessagesWrite, Progress, StoreError, Stored,
};
use super::payments::all;
use super::read::Connected;
use super::rows::{at, instant, text, unsigned};
use super::write::Writer;
use crate::sms::{Kind, Phone};
use raseed_protocol::ids::AccountId;
use raseed_protocol::language::Language;
use raseed_protocol::time::WallMs;
use rusqlite::{Row, params};

const CONTACT: &str = "SELECT account, phone, language FROM contact";
const MESSAGE: &str = "SELECT message, kind, account, language, text, made_ms, expires_ms, state, tries, doubts, next_ms, \
     gateway, code FROM message";

impl<T: Connected> MessagesRead for T {
    fn contact(&self, account: &AccountId) -> Stored<Option<ContactRecord>> {
        let sql = select(CONTACT, "WHERE tenant = ?1 AND account = ?2");
        Ok(all(self, &sql, params![self.tenant_text(), account.as_str()], contact)?.pop())
    }

    fn contacts_after(&self, account: Option<&AccountId>, most: u32) -> Stored<Vec<ContactRecord>> {
        let sql = select(CONTACT, "WHERE tenant = ?1 AND account > ?2 ORDER BY account LIMIT ?3");
        let after = account.map_or("", AccountId::as_str);
        all(self, &sql, params![self.tenant_text(), after, most], contact)
    }

    fn message(&self, id: &str) -> Stored<Option<MessageRecord>> {
        let sql = select(MESSAGE, "WHERE tenant = ?1 AND message = ?2");
        Ok(all(self, &sql, params![self.tenant_text(), id], message)?.pop())
    }

    fn messages_due(&self, now: WallMs, most: u32) -> Stored<Vec<MessageRecord>> {
        let sql = select(MESSAGE, "WHERE tenant = ?1 AND next_ms <= ?2 ORDER BY next_ms, message LIMIT ?3");
        all(self, &sql, params![self.tenant_text(), instant(now)?, most], message)
    }

    fn messages(&self, most: u32) -> Stored<Vec<MessageRecord>> {
        let sql = select(MESSAGE, "WHERE tenant = ?1 ORDER BY made_ms DESC, message DESC LIMIT ?2");
        all(self, &sql, params![self.tenant_text(), most], message)
    }

    fn message_counts(&self) -> Stored<Vec<(MessageState, u64)>> {
        let sql = "SELECT state, count(*) FROM message WHERE tenant = ?1 GROUP BY state";
        let what = "a count of messages";
        all(self, sql, params![self.tenant_text()], |row| Ok((state(what, row, 0)?, unsigned(what, row, 1)?)))
    }

    fn messages_left_out(&self) -> Stored<Vec<(Kind, u64)>> {
        let sql = "SELECT kind, count FROM message_left_out WHERE tenant = ?1 ORDER BY kind";
        let what = "a count of messages";
        all(self, sql, params![self.tenant_text()], |row| Ok((text(what, row, 0)?, unsigned(what, row, 1)?)))
    }
}

impl MessagesWrite for Writer<'_> {
    fn put_contact(&mut self, contact: &ContactRecord) -> Stored<()> {
        let sql = "INSERT INTO contact (tenant, account, phone, language) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (tenant, account) DO UPDATE SET phone = excluded.phone, language = excluded.language";
        let (account, phone) = (contact.account.as_str(), contact.phone.expose());
        self.run(sql, params![self.tenant_text(), account, phone, contact.language.tag()]).map(drop)
    }

    fn forget_contact(&mut self, account: &AccountId) -> Stored<bool> {
        let sql = "DELETE FROM contact WHERE tenant = ?1 AND account = ?2";
        Ok(self.run(sql, params![self.tenant_text(), account.as_str()])? == 1)
    }

    fn add_message(&mut self, record: &MessageRecord) -> Stored<()> {
        let sql =
            "INSERT INTO message (tenant, message, kind, account, language, text, made_ms, expires_ms, state, tries,
                                        doubts, next_ms, gateway, code)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
        let progress = &record.progress;
        let values = params![
            self.tenant_text(),
            record.id,
            record.kind.code(),
            record.account.as_str(),
            record.language.tag(),
            record.text,
            instant(record.made)?,
            instant(record.expires)?,
            progress.state.code(),
            progress.tries,
            progress.doubts,
            progress.next.map(instant).transpose()?,
            progress.gateway,
            progress.code,
        ];
        self.run(sql, values).map(drop)
    }

    fn put_progress(&mut self, id: &str, progress: &Progress) -> Stored<()> {
        let sql = "UPDATE message SET state = ?3, tries = ?4, doubts = ?5, next_ms = ?6, gateway = ?7, code = ?8
                   WHERE tenant = ?1 AND message = ?2";
        let values = params![
            self.tenant_text(),
            id,
            progress.state.code(),
            progress.tries,
            progress.doubts,
            progress.next.map(instant).transpose()?,
            progress.gateway,
            progress.code,
        ];
        self.run_one("a message", sql, values)
    }

    fn count_left_out(&mut self, kind: Kind) -> Stored<()> {
        let sql = "INSERT INTO message_left_out (tenant, kind, count) VALUES (?1, ?2, 1)
                   ON CONFLICT (tenant, kind) DO UPDATE SET count = count + 1";
        self.run(sql, params![self.tenant_text(), kind.code()]).map(drop)
    }
}

fn select(from: &str, rest: &str) -> String {
    format!("{from} {rest}")
}

fn contact(row: &Row<'_>) -> Stored<ContactRecord> {
    let what = "a contact";
    let phone = row.get_ref(1)?.as_str().ok().and_then(Phone::stored).ok_or(StoreError::Damaged { what })?;
    Ok(ContactRecord { account: text(what, row, 0)?, phone, language: language(what, row, 2)? })
}

fn message(row: &Row<'_>) -> Stored<MessageRecord> {
    let what = "a message";
    let small = |column| -> Stored<u32> {
        u32::try_from(unsigned(what, row, column)?).map_err(|_| StoreError::Damaged { what })
    };
    let next = match row.get::<_, Option<i64>>(10)? {
        Some(_) => Some(at(what, row, 10)?),
        None => None,
    };
    Ok(MessageRecord {
        id: row.get(0)?,
        kind: text(what, row, 1)?,
        account: text(what, row, 2)?,
        language: language(what, row, 3)?,
        text: row.get(4)?,
        made: at(what, row, 5)?,
        expires: at(what, row, 6)?,
        progress: Progress {
            state: state(what, row, 7)?,
            tries: small(8)?,
            doubts: small(9)?,
            next,
            gateway: row.get(11)?,
            code: row.get(12)?,
        },
    })
}

fn language(what: &'static str, row: &Row<'_>, column: usize) -> Stored<Language> {
    Language::try_from(row.get::<_, String>(column)?).map_err(|_| StoreError::Damaged { what })
}

fn state(what: &'static str, row: &Row<'_>, column: usize) -> Stored<MessageState> {
    let code = row.get_ref(column)?.as_str().map_err(|_| StoreError::Damaged { what })?;
    MessageState::ALL.into_iter().find(|state| state.code() == code).ok_or(StoreError::Damaged { what })
}
