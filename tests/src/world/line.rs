//! The line to the head office: the real office behind it, and what lines do.

use super::machine::HandClock;
use raseed_head_office::{Office, OfficeError};
use raseed_protocol::journal::RunReader;
use raseed_protocol::wire::{DayKeysReply, DayKeysRequest, EnrolReply, EnrolRequest, PaymentWords, UploadReply};
use raseed_till::sync::{Call, SyncError, Transport};
use std::collections::VecDeque;
use std::sync::Arc;

/// What happens to one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It goes through.
    None,
    /// No connection: the request never arrives.
    Down,
    /// The request arrives and is carried out; the answer is lost.
    AnswerLost,
    /// Only the first part of the run arrives.
    RequestCut,
    /// The answer is damaged on the way.
    AnswerDamaged,
    /// The answer comes twice as late and another exchange was made meanwhile: the old answer of the call before.
    AnswerOld,
}

/// A line with planned faults; when they are used up, it works.
pub struct Line {
    office: Arc<Office>,
    clock: HandClock,
    faults: VecDeque<Fault>,
    last_reply: Option<UploadReply>,
    last_page: Option<Vec<u8>>,
    last_words: Option<PaymentWords>,
}

impl Line {
    /// A line that works.
    pub fn new(office: Arc<Office>, clock: HandClock) -> Line {
        Line { office, clock, faults: VecDeque::new(), last_reply: None, last_page: None, last_words: None }
    }

    /// The head office was started again.
    pub fn leads_to(&mut self, office: Arc<Office>) {
        self.office = office;
    }

    /// What will happen to the next exchanges.
    pub fn plan(&mut self, faults: impl IntoIterator<Item = Fault>) {
        self.faults.extend(faults);
    }

    /// Forgets what was planned.
    pub fn heal(&mut self) {
        self.faults.clear();
    }

    fn next(&mut self) -> Result<Fault, SyncError> {
        match self.faults.pop_front().unwrap_or(Fault::None) {
            Fault::Down => Err(SyncError::Unreachable("no line".to_owned())),
            fault => Ok(fault),
        }
    }
}

impl Transport for Line {
    fn enrol(&mut self, _office_url: &str, request: &EnrolRequest) -> Result<EnrolReply, SyncError> {
        let fault = self.next()?;
        let reply = self.office.enrol(request, self.clock.wall()).map_err(refused)?;
        if fault == Fault::None { Ok(reply) } else { Err(lost()) }
    }

    fn upload(&mut self, call: &Call, run: &[u8]) -> Result<UploadReply, SyncError> {
        let fault = self.next()?;
        let arrives = if fault == Fault::RequestCut { &run[..run.len() * 2 / 3] } else { run };
        // Cut before its first entry there is nothing that a head office could look at, and nobody who answers.
        if RunReader::new(arrives).is_err() {
            return Err(lost());
        }
        let reply = self.office.receive(call.till, arrives, self.clock.wall()).map_err(refused)?;
        self.office.note_storage(call.till, call.storage, self.clock.wall()).map_err(refused)?;
        let old = self.last_reply.replace(reply.clone());
        match fault {
            Fault::AnswerLost => Err(lost()),
            Fault::AnswerDamaged => {
                let mut reply = reply;
                let middle = reply.acknowledgement.len() / 2;
                reply.acknowledgement[middle] ^= 0x40;
                Ok(reply)
            }
            Fault::AnswerOld => old.ok_or_else(lost),
            _ => Ok(reply),
        }
    }

    fn day_keys(&mut self, call: &Call, request: &DayKeysRequest) -> Result<DayKeysReply, SyncError> {
        let fault = self.next()?;
        let mut reply = self
            .office
            .certify_day_keys(call.till, &call.key.public_key(), request, self.clock.wall())
            .map_err(refused)?;
        match fault {
            Fault::AnswerLost | Fault::RequestCut | Fault::AnswerOld => return Err(lost()),
            Fault::AnswerDamaged => reply.certificates.iter_mut().for_each(|certificate| certificate[40] ^= 0x40),
            _ => {}
        }
        Ok(reply)
    }

    fn payment_words(&mut self, call: &Call, since: u64) -> Result<PaymentWords, SyncError> {
        let fault = self.next()?;
        let words = self.office.payment_words(call.till, since, self.clock.wall()).map_err(refused)?;
        match fault {
            Fault::AnswerLost | Fault::RequestCut => Err(lost()),
            Fault::AnswerDamaged => {
                let mut words = words;
                words.words.iter_mut().for_each(|word| {
                    let middle = word.len() / 2;
                    word[middle] ^= 0x40;
                });
                Ok(words)
            }
            Fault::AnswerOld => Ok(self.last_words.replace(words).unwrap_or_default()),
            _ => Ok(words),
        }
    }

    fn book_page(&mut self, call: &Call, since: u64, most_bytes: usize) -> Result<Vec<u8>, SyncError> {
        let fault = self.next()?;
        let page = self.office.book_page_within(call.till, since, most_bytes, self.clock.wall()).map_err(refused)?;
        let old = self.last_page.replace(page.clone());
        match fault {
            Fault::AnswerLost | Fault::RequestCut => Err(lost()),
            Fault::AnswerDamaged => {
                let mut page = page;
                let middle = page.len() / 2;
                page[middle] ^= 0x40;
                Ok(page)
            }
            Fault::AnswerOld => old.ok_or_else(lost),
            _ => Ok(page),
        }
    }
}

fn refused(error: OfficeError) -> SyncError {
    SyncError::Refused(error.problem())
}

fn lost() -> SyncError {
    SyncError::Interrupted("the answer was lost".to_owned())
}
