//! Objects of a code: two digits of id, two of length, a value. Lengths count characters, not bytes (§4.4.1.1).

use super::error::EmvError;
use std::fmt;

/// The id of an object, 00 to 99.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(u8);

/// Where an object is: at the root, or inside a template of the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    template: Option<Id>,
    id: Id,
}

/// One object, as it stands in the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Object<'a> {
    /// Its id.
    pub id: Id,
    /// Its value.
    pub value: &'a str,
}

impl Id {
    /// An id.
    ///
    /// # Panics
    /// Above 99: ids are written in two digits, and in source text they are constants.
    pub const fn new(number: u8) -> Id {
        assert!(number < 100, "an id has two digits");
        Id(number)
    }

    /// Its number.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Whether the value at the root is a template: 26–51, 62, 64, 80–99. 02–25 never are (§4.7.10).
    pub const fn is_template(self) -> bool {
        matches!(self.0, 26..=51 | 62 | 64 | 80..=99)
    }
}

impl Path {
    /// An object of the root.
    pub const fn root(id: Id) -> Path {
        Path { template: None, id }
    }

    /// An object inside a template.
    pub const fn inside(template: Id, id: Id) -> Path {
        Path { template: Some(template), id }
    }
}

/// Takes a text apart to its end: the root of a code, or what stands in the template with the given id.
///
/// # Errors
/// Where the text is no run of objects, or an id is there twice.
pub fn objects(text: &str, template: Option<Id>) -> Result<Vec<Object<'_>>, EmvError> {
    let (objects, error) = objects_until(text, template);
    error.map_or(Ok(objects), Err)
}

/// The objects up to the first thing that is wrong, and what that is.
pub(super) fn objects_until(text: &str, template: Option<Id>) -> (Vec<Object<'_>>, Option<EmvError>) {
    let mut objects: Vec<Object<'_>> = Vec::with_capacity(16);
    let mut rest = text;
    while !rest.is_empty() {
        let (object, after) = match next(rest, template) {
            Ok(next) => next,
            Err(error) => return (objects, Some(error)),
        };
        if objects.iter().any(|earlier| earlier.id == object.id) {
            return (objects, Some(EmvError::DuplicateId(Path { template, id: object.id })));
        }
        objects.push(object);
        rest = after;
    }
    (objects, None)
}

fn next(text: &str, template: Option<Id>) -> Result<(Object<'_>, &str), EmvError> {
    let (id, rest) =
        two_digits(text).ok_or_else(|| if at_end(text) { EmvError::TooShort } else { EmvError::IdNotNumeric })?;
    let path = Path { template, id: Id(id) };
    let (length, rest) = two_digits(rest)
        .ok_or_else(|| if at_end(rest) { EmvError::TooShort } else { EmvError::LengthNotNumeric(path) })?;
    if length == 0 {
        return Err(EmvError::LengthZero(path));
    }
    let end = rest.char_indices().map(|(at, _)| at).chain([rest.len()]).nth(usize::from(length));
    let (value, rest) = rest.split_at(end.ok_or(EmvError::LengthPastEnd(path))?);
    Ok((Object { id: Id(id), value }, rest))
}

fn two_digits(text: &str) -> Option<(u8, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    let &[tens, ones] = digits.as_bytes() else { return None };
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| ((tens - b'0') * 10 + ones - b'0', rest))
}

/// Nothing but digits, and too few of them.
fn at_end(text: &str) -> bool {
    text.len() < 2 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Two digits: `06`.
impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}

/// `62.07`.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.template {
            Some(template) => write!(f, "{template}.{}", self.id),
            None => self.id.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(u8, &str)>, EmvError> {
        Ok(objects(text, Some(Id(62)))?.into_iter().map(|object| (object.id.number(), object.value)).collect())
    }

    #[test]
    fn lengths_count_characters() {
        assert_eq!(read("0002ZH0104最佳运输0202北京"), Ok(vec![(0, "ZH"), (1, "最佳运输"), (2, "北京")]));
        assert_eq!(read(""), Ok(vec![]));
    }

    #[test]
    fn it_says_where_it_stopped() {
        let path = |id| Path::inside(Id(62), Id(id));
        for (text, error) in [
            ("0", EmvError::TooShort),
            ("07", EmvError::TooShort),
            ("070", EmvError::TooShort),
            ("0703abc0", EmvError::TooShort),
            ("x", EmvError::IdNotNumeric),
            ("x7", EmvError::IdNotNumeric),
            ("北京", EmvError::IdNotNumeric),
            ("٠٧03abc", EmvError::IdNotNumeric),
            ("07x3abc", EmvError::LengthNotNumeric(path(7))),
            ("0700", EmvError::LengthZero(path(7))),
            ("0704abc", EmvError::LengthPastEnd(path(7))),
            ("0703abc0703abc", EmvError::DuplicateId(path(7))),
        ] {
            assert_eq!(read(text), Err(error), "{text}");
        }
        assert_eq!(path(7).to_string(), "62.07");
        assert_eq!(objects("0704abc", None), Err(EmvError::LengthPastEnd(Path::root(Id(7)))));
    }
}
