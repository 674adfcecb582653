//! The entries of a file, cut into runs that are received one at a time: so a large file is many small transactions.

use raseed_protocol::journal::{RunReader, RunWriter, TillKeys};
use raseed_protocol::keys::PublicKey;

/// About how many bytes one run has.
const PIECE_BYTES: usize = 32 * 1024;

/// Runs, as they come together.
pub(super) struct Pieces {
    root: PublicKey,
    done: Vec<Vec<u8>>,
    certificates: Vec<Vec<u8>>,
    /// The keys of the life, as far as certificates of them came. What is not certified is received, and refused, as it is.
    keys: Option<TillKeys>,
    open: Option<RunWriter>,
}

impl Pieces {
    /// None yet. Certificates of this root key are passed on with the entries that need them.
    pub fn new(root: PublicKey) -> Pieces {
        Pieces { root, done: Vec::new(), certificates: Vec::new(), keys: None, open: None }
    }

    /// The pieces of a run, and whether it could be read to its end; `None` if it is no run.
    pub fn of_run(bytes: &[u8], root: PublicKey) -> Option<(Vec<Vec<u8>>, bool)> {
        let whole = RunReader::new(bytes).ok()?.all(|entry| entry.is_ok());
        let mut pieces = Pieces::new(root);
        pieces.run(bytes);
        Some((pieces.finish(), whole))
    }

    /// A run that begins here; what is no run is left out. Entries that follow in the file belong to it.
    pub fn run(&mut self, bytes: &[u8]) {
        let Ok(mut reader) = RunReader::new(bytes) else { return };
        let certificates = reader.certificates().to_vec();
        let goes_on = self.keys.as_mut().is_some_and(|keys| keys.add_chain(&certificates, &self.root).is_ok());
        if !goes_on {
            self.close();
            self.keys = TillKeys::of_run(&certificates, &self.root).ok();
            self.certificates = certificates;
            self.begin();
        }
        while let Some(Ok(entry)) = reader.next() {
            let further = reader.take_further();
            if let Some(keys) = &mut self.keys {
                further.iter().for_each(|header| drop(keys.add_chain(header, &self.root)));
            }
            self.entry(entry);
        }
    }

    /// One more entry.
    pub fn entry(&mut self, bytes: &[u8]) {
        if self.certificates.is_empty() {
            return;
        }
        if self.open.as_ref().is_some_and(|open| open.len() >= PIECE_BYTES) {
            self.close();
        }
        if self.open.is_none() {
            self.begin();
        }
        if let Some(open) = &mut self.open {
            match &self.keys {
                Some(keys) => open.push_certified(bytes, keys),
                None => open.push(bytes),
            }
        }
    }

    /// All of them.
    pub fn finish(mut self) -> Vec<Vec<u8>> {
        self.close();
        self.done
    }

    fn begin(&mut self) {
        self.open = Some(match self.keys.as_ref().and_then(|keys| keys.certificates().next()) {
            Some(first) => RunWriter::of(first),
            None => RunWriter::new(&self.certificates.iter().map(Vec::as_slice).collect::<Vec<_>>()),
        });
    }

    fn close(&mut self) {
        self.done.extend(self.open.take().map(RunWriter::finish));
    }
}
