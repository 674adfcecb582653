//! Reading a code: all of it, strictly, or an error that says where it stopped making sense.
//!
//! A length that is off by one changes who is paid, so nothing is guessed and nothing is skipped. A checksum that fits says
//! only that the code is undamaged.

use super::RUPAY;
use super::crc::crc;
use super::error::EmvError;
use super::tlv::{Id, Object, Path, objects, objects_until};
use crate::money::Paise;
use crate::qr::{Amount, AmountFault, Vpa};

/// The longest text that is looked at, in bytes: more than any QR symbol holds.
const MAX_BYTES: usize = 4096;
/// `000201` and `6304....`: less is no code.
const LEAST: usize = 14;
const CRC: Id = Id::new(63);
/// The templates that say whom to pay (§4.7.11).
const ACCOUNTS: std::ops::RangeInclusive<u8> = 26..=51;

/// A code that was read, its objects in the order in which they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code<'a> {
    fields: Vec<Field<'a>>,
    characters: usize,
}

/// One object of the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// Its id.
    pub id: Id,
    /// Its value as text, also of a template.
    pub value: &'a str,
    /// What is in a template; `None` for every other object, and the reason for a template that is no run of objects.
    pub inside: Option<Result<Vec<Object<'a>>, EmvError>>,
}

/// Reads a code.
///
/// # Errors
/// [`EmvError`]: the first thing that is wrong with its form.
pub fn read(text: &str) -> Result<Code<'_>, EmvError> {
    let (code, error) = Code::decode(text);
    error.map_or(Ok(code), Err)
}

impl<'a> Code<'a> {
    /// What can be read of a text, and what is wrong with it. White space and a byte order mark around it are not part of it.
    pub fn decode(text: &'a str) -> (Code<'a>, Option<EmvError>) {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.len() > MAX_BYTES {
            return (Code { fields: Vec::new(), characters: MAX_BYTES }, Some(EmvError::TotalOver512));
        }
        let (objects, broken) = objects_until(text, None);
        let fields: Vec<Field<'a>> = objects.into_iter().map(Field::of).collect();
        let error = fault(text, &fields, broken);
        (Code { fields, characters: text.chars().count() }, error)
    }

    /// The objects of the root.
    pub fn fields(&self) -> &[Field<'a>] {
        &self.fields
    }

    /// How long the code is, in characters.
    pub fn characters(&self) -> usize {
        self.characters
    }

    /// The value of an object of the root.
    pub fn get(&self, id: u8) -> Option<&'a str> {
        self.field(id).map(|field| field.value)
    }

    /// The value of an object inside a template.
    pub fn within(&self, template: u8, id: u8) -> Option<&'a str> {
        self.field(template)?.get(id)
    }

    /// Whom UPI pays: the first of the account templates that UPI's network has signed and that holds an address.
    pub fn payee(&self) -> Option<Vpa> {
        let mut templates: Vec<&Field<'a>> = self.fields.iter().filter(|field| field.is_upi()).collect();
        templates.sort_by_key(|field| field.id);
        templates.iter().find_map(|field| field.get(1)?.parse().ok())
    }

    /// The amount in rupees (54): exactly what stands there. `None` without one, or if the currency (53) is not the rupee.
    ///
    /// # Errors
    /// The text is no amount, or has parts of a paisa; nothing is rounded.
    pub fn amount(&self) -> Result<Option<Paise>, AmountFault> {
        let text = self.get(54).filter(|_| self.get(53) == Some("356"));
        text.map(|text| Amount::read_emv(text).map(Amount::paise)).transpose()
    }

    /// The reference of the UPI transaction (27.01); `None` also for `***`, by which a code says that it has none.
    pub fn reference(&self) -> Option<&'a str> {
        self.field(27).filter(|field| field.is_upi())?.get(1).filter(|reference| *reference != "***")
    }

    /// Whether it was made for one payment (01: its second digit is 2); `None` if it does not say.
    pub fn is_dynamic(&self) -> Option<bool> {
        match self.get(1)?.as_bytes() {
            [b'1'..=b'3', b'1'] => Some(false),
            [b'1'..=b'3', b'2'] => Some(true),
            _ => None,
        }
    }

    pub(super) fn field(&self, id: u8) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.id.number() == id)
    }
}

impl<'a> Field<'a> {
    fn of(object: Object<'a>) -> Field<'a> {
        let inside = object.id.is_template().then(|| objects(object.value, Some(object.id)));
        Field { id: object.id, value: object.value, inside }
    }

    /// What is in a template that could be read.
    pub fn objects(&self) -> Option<&[Object<'a>]> {
        self.inside.as_ref()?.as_deref().ok()
    }

    /// The value of an object in it.
    pub fn get(&self, id: u8) -> Option<&'a str> {
        self.objects()?.iter().find(|object| object.id.number() == id).map(|object| object.value)
    }

    /// Whether RuPay's registered id says that the template is UPI's. Codes in small letters are in use.
    pub(super) fn is_upi(&self) -> bool {
        ACCOUNTS.contains(&self.id.number()) && self.get(0).is_some_and(|rid| rid.eq_ignore_ascii_case(RUPAY))
    }

    /// The place of an object in it.
    pub(super) fn path(&self, id: u8) -> Path {
        Path::inside(self.id, Id::new(id))
    }
}

/// The first thing that is wrong with the form of a code.
fn fault(text: &str, fields: &[Field<'_>], broken: Option<EmvError>) -> Option<EmvError> {
    if text.len() < LEAST {
        return Some(EmvError::TooShort);
    }
    if !text.starts_with("000201") {
        return Some(EmvError::NotStarting000201);
    }
    let sum = fields.iter().position(|field| field.id == CRC);
    if sum.is_some_and(|at| at + 1 < fields.len() || broken.is_some()) {
        return Some(EmvError::CrcNotLast);
    }
    if broken.is_some() {
        return broken;
    }
    let twice = fields.iter().find_map(|field| match field.inside {
        Some(Err(error @ EmvError::DuplicateId(_))) => Some(error),
        _ => None,
    });
    twice.or_else(|| match sum {
        None => Some(EmvError::CrcMissing),
        Some(at) => wrong_sum(text, fields[at].value),
    })
}

/// `value` is the checksum at the end of the text. Small letters are as good as capitals: the number is the same.
fn wrong_sum(text: &str, value: &str) -> Option<EmvError> {
    if value.chars().count() != 4 {
        return Some(EmvError::CrcLengthNot04);
    }
    if !value.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(EmvError::CrcNotHex);
    }
    let found = u16::from_str_radix(value, 16).ok()?;
    let computed = crc(&text.as_bytes()[..text.len() - 4]);
    (found != computed).then_some(EmvError::CrcMismatch { found, computed })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr::emv::Writer;

    fn code(objects: &[(u8, &str)]) -> String {
        let mut code = Writer::code();
        objects.iter().for_each(|(id, value)| code.add(*id, value).unwrap());
        code.finish()
    }

    #[test]
    fn who_how_much_and_what_for() {
        let text = code(&[
            (1, "12"),
            (27, "0010A0000005240104R123"),
            (26, "0010a0000005240106ab@ybl"),
            (53, "356"),
            (54, "98.7"),
        ]);
        let code = read(&text).unwrap();
        assert_eq!(code.payee().unwrap().as_str(), "ab@ybl");
        assert_eq!(code.amount().unwrap(), Some(Paise::new(9_870).unwrap()));
        assert_eq!((code.reference(), code.is_dynamic()), (Some("R123"), Some(true)));
        assert_eq!(code.within(26, 1), Some("ab@ybl"));
    }

    #[test]
    fn an_amount_is_never_rounded_and_never_of_other_money() {
        let amount = |currency, amount| read(&code(&[(53, currency), (54, amount)])).unwrap().amount();
        assert_eq!(amount("356", "98."), Ok(Some(Paise::new(9_800).unwrap())));
        assert_eq!(amount("356", "98.735"), Err(AmountFault::TooManyDecimals));
        assert_eq!(amount("356", "98,73"), Err(AmountFault::NotANumber));
        assert_eq!(amount("156", "98.73"), Ok(None));
    }

    #[test]
    fn a_primitive_object_is_never_taken_apart() {
        // 04 looks like an object of its own with an id twice in it.
        let text = code(&[(4, "0101a0101b"), (26, "garbage!")]);
        let code = read(&text).unwrap();
        assert_eq!(code.field(4).unwrap().inside, None);
        assert_eq!(code.field(26).unwrap().inside, Some(Err(EmvError::IdNotNumeric)));
        assert_eq!((code.payee(), code.is_dynamic()), (None, None));
    }

    #[test]
    fn sizes_are_bounded() {
        assert_eq!(read(&"0".repeat(4_097)), Err(EmvError::TotalOver512));
    }
}
