//! Months as they stand in a date. In English they are cut to three letters; the other languages write them out, as
//! people do there: the names are short and their cut forms little known.

use super::{Language, Phrase};
use crate::time::Period;

/// January to December.
pub const MONTHS: [Phrase; 12] = [
    Phrase::new("Jan", "जनवरी", "ਜਨਵਰੀ", "জানুয়ারি"),
    Phrase::new("Feb", "फ़रवरी", "ਫ਼ਰਵਰੀ", "ফেব্রুয়ারি"),
    Phrase::new("Mar", "मार्च", "ਮਾਰਚ", "মার্চ"),
    Phrase::new("Apr", "अप्रैल", "ਅਪ੍ਰੈਲ", "এপ্রিল"),
    Phrase::new("May", "मई", "ਮਈ", "মে"),
    Phrase::new("Jun", "जून", "ਜੂਨ", "জুন"),
    Phrase::new("Jul", "जुलाई", "ਜੁਲਾਈ", "জুলাই"),
    Phrase::new("Aug", "अगस्त", "ਅਗਸਤ", "আগস্ট"),
    Phrase::new("Sep", "सितंबर", "ਸਤੰਬਰ", "সেপ্টেম্বর"),
    Phrase::new("Oct", "अक्टूबर", "ਅਕਤੂਬਰ", "অক্টোবর"),
    Phrase::new("Nov", "नवंबर", "ਨਵੰਬਰ", "নভেম্বর"),
    Phrase::new("Dec", "दिसंबर", "ਦਸੰਬਰ", "ডিসেম্বর"),
];

/// The name of a month, from 1.
pub(crate) fn month(number: u8, language: Language) -> &'static str {
    MONTHS[usize::from(number) - 1].in_language(language)
}

impl Language {
    /// A span of billing months: `Aug 2026 - Oct 2026`; one month by itself.
    pub fn periods(self, from: Period, to: Period) -> String {
        let (first, last) = (from.to_people_in(self), to.to_people_in(self));
        if from == to { first } else { format!("{first} - {last}") }
    }
}
