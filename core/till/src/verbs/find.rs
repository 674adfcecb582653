//! Finding a household as one types.

use crate::error::TillError;
use crate::search::{Found, Loading};
use crate::till::Till;

impl Till {
    /// The households that fit what has been typed so far, best first, at most `most`.
    ///
    /// Any part of a name in any script, house number, place, consumer number, or last digits of the phone; several
    /// words must all fit.
    pub fn find(&mut self, typed: &str, most: usize) -> Result<Vec<Found>, TillError> {
        self.warm_finder()?;
        let finder = self.finder.as_ref().expect("just warmed");
        let mut found = Vec::new();
        for number in finder.find(typed, most) {
            let stored = self.store.account_by_number(number)?;
            let stored = stored.ok_or_else(|| self.store.damaged("the finder knows an account that is not there"))?;
            found.push(Found::from(stored.account));
        }
        Ok(found)
    }

    /// Loads the finder, so that the first search is as quick as the others. May be called in the background of a start.
    pub fn warm_finder(&mut self) -> Result<(), TillError> {
        if self.finder.is_none() {
            let mut loading = Loading::default();
            self.store.visit_texts(|number, text| loading.add(number, text))?;
            self.finder = Some(loading.finish());
        }
        Ok(())
    }
}
