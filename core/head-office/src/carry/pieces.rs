//! The entries of a file, cut into runs that are received one at a time: so a large file is many small transactions.

use raseed_protocol::journal::{RunReader, RunWriter};

/// About how many bytes one run has.
const PIECE_BYTES: usize = 32 * 1024;

/// Runs, as they come together.
#[derive(Default)]
pub(super) struct Pieces {
    done: Vec<Vec<u8>>,
    certificates: Vec<Vec<u8>>,
    open: Option<RunWriter>,
}

impl Pieces {
    /// The pieces of a run, and whether it could be read to its end; `None` if it is no run.
    pub fn of_run(bytes: &[u8]) -> Option<(Vec<Vec<u8>>, bool)> {
        let whole = RunReader::new(bytes).ok()?.all(|entry| entry.is_ok());
        let mut pieces = Pieces::default();
        pieces.run(bytes);
        Some((pieces.finish(), whole))
    }

    /// A run that begins here; what is no run is left out. Entries that follow in the file belong to it.
    pub fn run(&mut self, bytes: &[u8]) {
        let Ok(reader) = RunReader::new(bytes) else { return };
        self.close();
        self.certificates = reader.certificates().to_vec();
        self.begin();
        reader.map_while(Result::ok).for_each(|entry| self.entry(entry));
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
            open.push(bytes);
        }
    }

    /// All of them.
    pub fn finish(mut self) -> Vec<Vec<u8>> {
        self.close();
        self.done
    }

    fn begin(&mut self) {
        self.open = Some(self.writer());
    }

    fn close(&mut self) {
        self.done.extend(self.open.take().map(RunWriter::finish));
    }

    fn writer(&self) -> RunWriter {
        RunWriter::new(&self.certificates.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }
}
