//! The four languages, as the app names them.

use raseed_protocol::language::Language as Core;

/// A language of screens or of receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Language {
    /// English.
    English,
    /// हिन्दी
    Hindi,
    /// ਪੰਜਾਬੀ
    Punjabi,
    /// বাংলা
    Bengali,
}

impl Language {
    /// As the core names it.
    pub(crate) fn core(self) -> Core {
        match self {
            Language::English => Core::English,
            Language::Hindi => Core::Hindi,
            Language::Punjabi => Core::Punjabi,
            Language::Bengali => Core::Bengali,
        }
    }
}
