//! The root object: one for the whole app.

use crate::about::About;
use crate::bills::Bills;
use crate::book::Book;
use crate::collect::Collect;
use crate::device::Device;
use crate::error::RaseedError;
use crate::home::{self, HomeView};
use crate::language::Language;
use crate::payments::Payments;
use crate::ports::DevicePorts;
use crate::receipts::Receipts;
use crate::shared::Shared;
use crate::sync::Sync;
use std::sync::{Arc, PoisonError};

/// The core, for one folder of this device. Making it does nothing; the till in the folder is opened by the first call.
#[derive(uniffi::Object)]
pub struct Raseed {
    shared: Arc<Shared>,
}

#[uniffi::export]
impl Raseed {
    /// The core over this folder. `language` is that of the screens. `rehearsal` is false on every device that takes money: it
    /// lets the payment app be asked that takes none.
    #[uniffi::constructor]
    pub fn new(folder: String, ports: DevicePorts, language: Language, rehearsal: bool) -> Arc<Raseed> {
        Arc::new(Raseed { shared: Arc::new(Shared::new(folder.into(), ports, language, rehearsal)) })
    }

    /// The collector chose another language for the screens.
    pub fn set_language(&self, language: Language) {
        *self.shared.language.lock().unwrap_or_else(PoisonError::into_inner) = language;
    }

    /// Everything for the first screen.
    pub fn home(&self) -> Result<HomeView, RaseedError> {
        home::home(&self.shared)
    }

    /// Enrolment, shift, clock.
    pub fn device(&self) -> Arc<Device> {
        Arc::new(Device { shared: Arc::clone(&self.shared) })
    }

    /// Finding and showing households.
    pub fn book(&self) -> Arc<Book> {
        Arc::new(Book { shared: Arc::clone(&self.shared) })
    }

    /// Taking money.
    pub fn collect(&self) -> Arc<Collect> {
        Arc::new(Collect { shared: Arc::clone(&self.shared) })
    }

    /// Payments by UPI and card.
    pub fn payments(&self) -> Arc<Payments> {
        Arc::new(Payments { shared: Arc::clone(&self.shared) })
    }

    /// Bills made at the door.
    pub fn bills(&self) -> Arc<Bills> {
        Arc::new(Bills { shared: Arc::clone(&self.shared) })
    }

    /// Receipts: again, on paper, as text; proving one.
    pub fn receipts(&self) -> Arc<Receipts> {
        Arc::new(Receipts { shared: Arc::clone(&self.shared) })
    }

    /// What is unsent, and sending it.
    pub fn sync(&self) -> Arc<Sync> {
        Arc::new(Sync { shared: Arc::clone(&self.shared) })
    }

    /// What this device is.
    pub fn about(&self) -> Result<About, RaseedError> {
        About::of(&self.shared)
    }

    /// Lets the till's file go; the next call opens it again, and it checks itself.
    pub fn reopen(&self) {
        self.shared.close();
    }
}
