//! Taking a file in: opened, its entries put into runs again, each run received like one that came by network.

use super::pieces::Pieces;
use crate::error::OfficeError;
use crate::office::Office;
use crate::store::IncarnationRecord;
use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::ids::{EntryId, Incarnation, Sequence, TillId};
use raseed_protocol::journal::RunReader;
use raseed_protocol::keys::Signer;
use raseed_protocol::sealed::{Ending, Item, Opener, Purpose, Question};
use raseed_protocol::time::WallMs;
use raseed_protocol::wire::{Posting, Refusal, UploadReply};

/// What was taken from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedIn {
    /// Whose journal.
    pub till: TillId,
    /// Which life of it.
    pub incarnation: Incarnation,
    /// The entries that were new, first to last; `None` if all were here before.
    pub taken: Option<(Sequence, Sequence)>,
    /// How many entries were here before.
    pub known: u64,
    /// Through which entry its journal is here now; 0 for none of it.
    pub through: Sequence,
    /// What there is to say about these entries.
    pub exceptions: Vec<Posting>,
    /// Why entries were not taken, if some were not.
    pub refused: Option<Refusal>,
    /// False if the file broke off, or is damaged from some place on: what comes after it was not taken.
    pub whole: bool,
    /// What was answered to the runs in it; those that say nothing but an older place are left out.
    pub(super) replies: Vec<UploadReply>,
    /// What the till says that it lacks, if it says so.
    pub(super) question: Option<Question>,
}

impl CarriedIn {
    /// The newest entry that is here, as its id.
    pub fn newest(&self) -> EntryId {
        EntryId { till: self.till.clone(), incarnation: self.incarnation, sequence: self.through }
    }
}

impl Office {
    /// Takes in a file that a person brought: what `raseed till carry` wrote, the second copy of a till that broke, or a run
    /// as it was exported or salvaged. Also of a till that was revoked since. The same file again changes nothing.
    ///
    /// # Errors
    /// Refusals of the file as a whole: sealed for somebody else, nothing in it, of no till of these books. An entry that is
    /// not taken is no error; [`CarriedIn::refused`] says why.
    pub fn take_by_hand(&self, file: &[u8], now: WallMs) -> Result<CarriedIn, OfficeError> {
        let Contents { pieces, question, whole } = match Pieces::of_run(file, self.root_key()) {
            Some((pieces, whole)) => Contents { pieces, question: None, whole },
            None => self.open_file(file)?,
        };
        let first = pieces.first().ok_or(OfficeError::NothingInIt)?;
        let (till, incarnation) = self.whose(first)?;
        let head = self.life(&till, incarnation)?.head.last;
        let mut came = CarriedIn {
            till,
            incarnation,
            taken: None,
            known: 0,
            through: head,
            exceptions: Vec::new(),
            refused: None,
            whole,
            replies: Vec::new(),
            question,
        };
        for piece in &pieces {
            self.take_piece(&mut came, piece, now)?;
            if came.refused.is_some() {
                break;
            }
        }
        Ok(came)
    }

    fn take_piece(&self, came: &mut CarriedIn, piece: &[u8], now: WallMs) -> Result<(), OfficeError> {
        if self.whose(piece)? != (came.till.clone(), came.incarnation) {
            return Err(OfficeError::SeveralTills);
        }
        let reply = self.receive_by_hand(piece, now)?;
        let before = came.through;
        came.through = self.life(&came.till, came.incarnation)?.head.last;
        if came.through > before {
            let first = came.taken.map_or(before.next(), |(first, _)| first);
            came.taken = Some((first, came.through));
        }
        if reply.refused.is_none() {
            let count = u64::try_from(RunReader::new(piece)?.count()).unwrap_or(u64::MAX);
            came.known += count.saturating_sub(came.through.0.saturating_sub(before.0));
        }
        came.exceptions.extend(reply.exceptions.iter().cloned());
        came.refused = reply.refused.clone();
        // An answer need not say the same once for each piece.
        came.replies.retain(|earlier| !earlier.exceptions.is_empty());
        came.replies.push(reply);
        Ok(())
    }

    fn open_file(&self, file: &[u8]) -> Result<Contents, OfficeError> {
        let mut opener = Opener::new(file, &self.keys.opening)?;
        if opener.purpose() == Purpose::ToTill {
            return Err(OfficeError::ForATill);
        }
        let (mut question, mut pieces) = (None, Pieces::new(self.root_key()));
        let mut readable = true;
        for record in opener.by_ref() {
            match Item::decode(&record) {
                Ok(Item::Question(asked)) => question = Some(asked),
                Ok(Item::Run(run)) => pieces.run(&run),
                Ok(Item::Entry(entry)) => pieces.entry(&entry),
                Ok(_) => {}
                Err(_) => {
                    readable = false;
                    break;
                }
            }
        }
        // A second copy has no last record: it is written to until its device stops.
        let whole = match opener.ending() {
            Some(Ending::Whole) => true,
            Some(Ending::Cut) => opener.purpose() == Purpose::SecondCopy,
            _ => false,
        };
        Ok(Contents { pieces: pieces.finish(), question, whole: whole && readable })
    }

    /// Whose run it is, by the certificate in it.
    fn whose(&self, run: &[u8]) -> Result<(TillId, Incarnation), OfficeError> {
        let reader = RunReader::new(run)?;
        let first = reader.certificates().first().expect("a run that was read has a certificate");
        let certificate = SignedCertificate::verify(first, &self.keys.root.public_key())?;
        let (till, incarnation) = certificate.till()?;
        Ok((till.clone(), incarnation))
    }

    pub(super) fn life(&self, till: &TillId, incarnation: Incarnation) -> Result<IncarnationRecord, OfficeError> {
        let life = self.store.read(&self.tenant)?.incarnation(till, incarnation)?;
        life.ok_or_else(|| OfficeError::OtherTill(till.clone()))
    }
}

/// What is in a file: runs, what the till asks, and whether it is there to its end.
struct Contents {
    pieces: Vec<Vec<u8>>,
    question: Option<Question>,
    whole: bool,
}
