//! How the newest sync ended: what a screen says to a person who asks why something is not sent.

use crate::error::TillError;
pub use crate::store::Attempt;
use crate::store::put_attempt;
use crate::till::Till;
use raseed_protocol::time::WallMs;

/// The longest sentence that is kept, in characters.
const MOST: usize = 400;

impl Till {
    /// How the newest sync ended; `None` before the first.
    pub fn last_attempt(&self) -> Result<Option<Attempt>, TillError> {
        self.store.attempt()
    }

    /// Notes how a sync ended.
    pub(super) fn note_attempt(&mut self, failed: Option<&TillError>) -> Result<(), TillError> {
        let failure = failed.map(|error| {
            let what = super::transport::plain(&error.to_string(), MOST);
            (error.code().to_owned(), what)
        });
        // A clock of no possible year must not stop a note.
        let wall = WallMs::bounded(self.ports.clock.now().wall.0).unwrap_or(self.last_wall);
        self.store.write(|transaction| put_attempt(transaction, &Attempt { wall, failure }))
    }
}
