//! What travels: requests and answers as the bytes that HTTP carries. Whoever cuts or changes them leaves the judging to the readers
//! that are released.

/// A request on its way to the head office, signed and packed as the till sends it.
#[derive(Clone)]
pub struct Message {
    pub method: &'static str,
    pub path: String,
    /// Without its question mark; empty if there is none.
    pub query: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// An answer on its way back.
#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    pub gzipped: bool,
    pub body: Vec<u8>,
}

impl Message {
    /// What it asks for, in a word: the end of its path.
    pub fn what(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}
