//! Somebody on the line who answers uploads in the head office's place: everything as it should be, but the key.

use crate::message::{Answer, Message};
use flate2::read::GzDecoder;
use raseed_protocol::acknowledgement::Acknowledgement;
use raseed_protocol::journal::TillKeys;
use raseed_protocol::keys::{PublicKey, SigningKey};
use raseed_protocol::time::WallMs;
use raseed_protocol::wire::UploadReply;
use std::io::Read;

/// Says that everything in the run was stored; `None` if there is nothing in it.
pub fn answer(message: &Message, root: &PublicKey, now: WallMs) -> Option<Answer> {
    let mut run = Vec::new();
    GzDecoder::new(&message.body[..]).read_to_end(&mut run).ok()?;
    let (keys, entries) = TillKeys::read_run(&run, root).ok()?;
    let signed = keys.verify(entries.last()?).ok()?;
    let acknowledgement = Acknowledgement {
        till: keys.till().clone(),
        incarnation: keys.incarnation(),
        through: signed.entry().sequence,
        head: signed.hash(),
        office: now,
    };
    let acknowledgement = acknowledgement.seal(&SigningKey::from_seed(&[66; 32])).ok()?;
    let reply = UploadReply { acknowledgement, exceptions: Vec::new(), refused: None };
    Some(Answer { status: 200, gzipped: false, body: serde_json::to_vec(&reply).ok()? })
}
