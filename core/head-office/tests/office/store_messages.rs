//! What every store must do with contacts and messages; run by the contract suite.

use crate::store_contract::tenant;
use raseed_head_office::sms::Kind;
use raseed_head_office::store::*;
use raseed_protocol::language::Language;
use raseed_protocol::time::WallMs;

fn contact(account: &str, phone: &str) -> ContactRecord {
    ContactRecord { account: account.parse().unwrap(), phone: phone.parse().unwrap(), language: Language::Bengali }
}

fn message(id: &str, due: u64) -> MessageRecord {
    MessageRecord {
        id: id.into(),
        kind: Kind::ReceiptSubject,
        account: "A-1".parse().unwrap(),
        language: Language::Hindi,
        text: "रसीद\nA-1".into(),
        made: WallMs(5),
        expires: WallMs(90),
        progress: Progress {
            state: MessageState::Waiting,
            tries: 0,
            doubts: 0,
            next: Some(WallMs(due)),
            gateway: None,
            code: None,
        },
    }
}

fn ids(messages: &[MessageRecord]) -> Vec<&str> {
    messages.iter().map(|message| message.id.as_str()).collect()
}

pub fn contacts_are_replaced_and_forgotten(store: &dyn Store) {
    let mut tx = store.write(&tenant("SAS")).unwrap();
    for contact in [contact("A-2", "9000000002"), contact("A-1", "9000000001"), contact("A-1", "9000000003")] {
        tx.put_contact(&contact).unwrap();
    }
    tx.commit().unwrap();
    let read = store.read(&tenant("SAS")).unwrap();
    assert_eq!(read.contact(&"A-1".parse().unwrap()).unwrap(), Some(contact("A-1", "9000000003")));
    assert_eq!(read.contacts_after(None, 1).unwrap(), [contact("A-1", "9000000003")]);
    assert_eq!(read.contacts_after(Some(&"A-1".parse().unwrap()), 9).unwrap(), [contact("A-2", "9000000002")]);
    assert!(store.read(&tenant("BOK")).unwrap().contacts_after(None, 9).unwrap().is_empty());
    drop(read);
    let mut tx = store.write(&tenant("SAS")).unwrap();
    assert!(tx.forget_contact(&"A-2".parse().unwrap()).unwrap());
    assert!(!tx.forget_contact(&"A-2".parse().unwrap()).unwrap());
    tx.commit().unwrap();
}

pub fn messages_are_due_until_their_end_and_never_change(store: &dyn Store) {
    let mut tx = store.write(&tenant("SAS")).unwrap();
    for (id, due) in [("receipt:b", 10), ("receipt:a", 10), ("receipt:c", 7), ("receipt:d", 30)] {
        tx.add_message(&message(id, due)).unwrap();
    }
    tx.count_left_out(Kind::Bill).unwrap();
    tx.count_left_out(Kind::Bill).unwrap();
    tx.commit().unwrap();
    assert!(store.write(&tenant("SAS")).unwrap().add_message(&message("receipt:a", 1)).is_err());
    let read = store.read(&tenant("SAS")).unwrap();
    assert_eq!(read.message("receipt:a").unwrap(), Some(message("receipt:a", 10)));
    assert_eq!(ids(&read.messages_due(WallMs(10), 2).unwrap()), ["receipt:c", "receipt:a"]);
    assert_eq!(ids(&read.messages(2).unwrap()), ["receipt:d", "receipt:c"]);
    assert_eq!(read.messages_left_out().unwrap(), [(Kind::Bill, 2)]);
    drop(read);
    let sent = Progress {
        state: MessageState::Sent,
        tries: 1,
        doubts: 1,
        next: None,
        gateway: Some("sm1".into()),
        code: None,
    };
    let mut tx = store.write(&tenant("SAS")).unwrap();
    tx.put_progress("receipt:c", &sent).unwrap();
    assert!(tx.put_progress("receipt:x", &sent).is_err());
    tx.commit().unwrap();
    let read = store.read(&tenant("SAS")).unwrap();
    assert_eq!(read.message("receipt:c").unwrap().unwrap().progress, sent);
    assert_eq!(ids(&read.messages_due(WallMs(10), 9).unwrap()), ["receipt:a", "receipt:b"]);
    assert_eq!(read.message_counts().unwrap(), [(MessageState::Sent, 1), (MessageState::Waiting, 3)]);
    drop(read);
    // What was sent stays sent.
    let again = store.write(&tenant("SAS")).unwrap().put_progress("receipt:c", &message("", 1).progress);
    assert!(again.is_err());
}
