//! What stands in the records of a sealed file: signed things, and what the till lacks.
//!
//! A record is CBOR `[kind, content]`. A kind that a reader does not know is left alone. Everything here is as it came: who
//! reads it verifies it.

use super::MAX_RECORD;
use crate::cbor::{self, Fields, FormatError, Map};

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// How far the till's copies reach. Unsigned: all that hangs on it is how much is sent again.
    Question(Question),
    /// A run of entries (`journal::RunReader`).
    Run(Vec<u8>),
    /// The head office's answer to runs (`wire::UploadReply`, signed).
    Reply(Vec<u8>),
    /// A page of the book, signed.
    Page(Vec<u8>),
    /// A word about a payment, signed.
    Word(Vec<u8>),
    /// One more entry for the run that came before it in this file.
    Entry(Vec<u8>),
    /// Nothing more comes. Where it is the file's last record, that is proven.
    End,
    /// Something newer than this program.
    Unknown(u64),
}

/// What a till asks for in a file that it sends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The cursor of its book; 0 for none of it.
    pub cursor: u64,
    /// The number of the newest word about a payment that it has; 0 for none.
    pub word: u64,
}

const QUESTION: u64 = 1;
const RUN: u64 = 2;
const REPLY: u64 = 3;
const PAGE: u64 = 4;
const WORD: u64 = 5;
const ENTRY: u64 = 6;
const END: u64 = 7;

impl Item {
    /// The bytes of the record, before it is sealed.
    ///
    /// # Panics
    /// If it is [`Item::Unknown`], which nobody writes.
    pub fn encode(&self) -> Vec<u8> {
        let (kind, content) = match self {
            Item::Question(question) => {
                let map = Map::new().put(1, question.cursor).put(2, question.word);
                return cbor::encode(&cbor::array([QUESTION.into(), map.into()]));
            }
            Item::Run(bytes) => (RUN, bytes),
            Item::Reply(bytes) => (REPLY, bytes),
            Item::Page(bytes) => (PAGE, bytes),
            Item::Word(bytes) => (WORD, bytes),
            Item::Entry(bytes) => (ENTRY, bytes),
            Item::End => return cbor::encode(&cbor::array([END.into(), Map::new().into()])),
            Item::Unknown(kind) => panic!("nobody writes a record of kind {kind}"),
        };
        cbor::encode(&cbor::array([kind.into(), content.as_slice().into()]))
    }

    /// Reads a record.
    pub fn decode(bytes: &[u8]) -> Result<Item, FormatError> {
        let value = cbor::decode("record", bytes, MAX_RECORD)?;
        let fields = Fields::of_array("record", &value, 2)?;
        let kind = fields.u64(0)?;
        let content = || fields.need(1)?.as_bytes().cloned().ok_or_else(|| fields.bad(1));
        Ok(match kind {
            QUESTION => {
                let asked = Fields::of_map("question", fields.need(1)?)?;
                Item::Question(Question { cursor: asked.u64(1)?, word: asked.u64(2)? })
            }
            RUN => Item::Run(content()?),
            REPLY => Item::Reply(content()?),
            PAGE => Item::Page(content()?),
            WORD => Item::Word(content()?),
            ENTRY => Item::Entry(content()?),
            END => Item::End,
            kind => Item::Unknown(kind),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back() {
        let bytes = || b"as it was signed".to_vec();
        let items = [
            Item::Question(Question { cursor: 7, word: 0 }),
            Item::Run(bytes()),
            Item::Reply(bytes()),
            Item::Page(bytes()),
            Item::Word(bytes()),
            Item::Entry(bytes()),
            Item::End,
        ];
        for item in items {
            assert_eq!(Item::decode(&item.encode()), Ok(item));
        }
    }

    #[test]
    fn a_newer_kind_is_left_alone_and_rubbish_refused() {
        let newer = cbor::encode(&cbor::array([77.into(), "whatever".into()]));
        assert_eq!(Item::decode(&newer), Ok(Item::Unknown(77)));
        for bad in [vec![], vec![0x82, 0x02], cbor::encode(&cbor::array([RUN.into(), "text".into()]))] {
            assert!(Item::decode(&bad).is_err());
        }
    }
}
