//! What the device is to start, and what it hands back. Both are words only: the device reads no meaning into them.

use super::doubt::Doubt;

/// What to start. Names are Android's and the vendor's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// An activity, for its result. With neither `action` nor `uri`, what `package` shows in the launcher is started.
    Intent {
        /// `Intent.setAction`.
        action: Option<String>,
        /// `Intent.setPackage`.
        package: Option<String>,
        /// `Intent.setData`.
        uri: Option<String>,
        /// `Intent.putExtra`, as text.
        extras: Vec<(String, String)>,
    },
    /// One `Message` to a bound service's `Messenger`; the answer is a message to `replyTo`.
    Service {
        /// `Intent.setAction` of the service to bind.
        action: String,
        /// `Intent.setPackage` of it.
        package: String,
        /// `Message.what`.
        what: i32,
        /// Where `text` stands in the message's bundle.
        bundle_in: String,
        /// Where the answer stands in the reply's bundle.
        bundle_out: String,
        /// The request.
        text: String,
    },
}

/// What came back, untouched: the result's extras, or the text of the reply's bundle under its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// `RESULT_OK` or not; nothing where the answer carries no result code, or where none came.
    pub result_ok: Option<bool>,
    /// By name.
    pub extras: Vec<(String, String)>,
}

impl Answered {
    /// The most extras that are looked at.
    pub const MAX_EXTRAS: usize = 64;
    /// The longest text that is read, in bytes. A whole answer with its charge slip is a tenth of it.
    pub const MAX_TEXT: usize = 64 * 1024;

    /// That nothing came: time is up, or the device died meanwhile.
    pub fn nothing() -> Answered {
        Answered::default()
    }

    /// The one text of this name.
    pub(super) fn text(&self, name: &str) -> Result<&str, Doubt> {
        if self.extras.len() > Answered::MAX_EXTRAS {
            return Err(Doubt::TooLarge);
        }
        let mut found = self.extras.iter().filter(|(extra, _)| extra == name).map(|(_, text)| text.as_str());
        let text = found.next().ok_or(Doubt::NothingCame)?;
        match found.next() {
            Some(_) => Err(Doubt::NotUnderstood),
            None if text.len() > Answered::MAX_TEXT => Err(Doubt::TooLarge),
            None => Ok(text),
        }
    }
}
