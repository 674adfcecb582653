//! Object 62: what else the merchant says. All of it together has 99 characters, so it is the sum that matters.

use crate::qr::emv::{ValueLength, Writer};
use crate::qr::field::{ans, text_field};

text_field!(
    /// One text of the additional data; `***` lets the payer's app ask for it.
    AdditionalText, "text of the additional data", "1 to 25 printable ASCII characters", |text| ans(text, 1..=25)
);

/// The additional data of a code, each part 62.01 to 62.09.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Additional {
    /// Bill or invoice number, 01.
    pub bill: Option<AdditionalText>,
    /// Mobile number, 02: only ever `***` or the merchant's own.
    pub mobile: Option<AdditionalText>,
    /// Store, 03.
    pub store: Option<AdditionalText>,
    /// Loyalty number, 04.
    pub loyalty: Option<AdditionalText>,
    /// The merchant's or acquirer's reference, 05.
    pub reference: Option<AdditionalText>,
    /// The consumer's number at the merchant, 06.
    pub consumer: Option<AdditionalText>,
    /// Terminal, 07; RuPay wants it.
    pub terminal: Option<AdditionalText>,
    /// What for, 08: UPI shows it as the note.
    pub purpose: Option<AdditionalText>,
    /// What the payer's app should ask for, 09.
    pub ask: ConsumerAsk,
}

/// What the payer's app should send along (62.09).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConsumerAsk {
    /// The payer's address.
    pub address: bool,
    /// The payer's mobile number.
    pub mobile: bool,
    /// The payer's e-mail address.
    pub email: bool,
}

impl Additional {
    /// The inside of object 62.
    pub(super) fn write(&self) -> Result<Writer, ValueLength> {
        let mut inside = Writer::template();
        let texts = [
            &self.bill,
            &self.mobile,
            &self.store,
            &self.loyalty,
            &self.reference,
            &self.consumer,
            &self.terminal,
            &self.purpose,
        ];
        for (id, text) in (1_u8..).zip(texts) {
            inside.maybe(id, text.as_ref().map(AdditionalText::as_str))?;
        }
        let asked = [(self.ask.address, 'A'), (self.ask.mobile, 'M'), (self.ask.email, 'E')];
        let letters: String = asked.into_iter().filter(|(asked, _)| *asked).map(|(_, letter)| letter).collect();
        inside.maybe(9, Some(letters.as_str()).filter(|letters| !letters.is_empty()))?;
        Ok(inside)
    }
}
