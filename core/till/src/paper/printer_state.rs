//! What a printer answers, as states with a name.
//!
//! Source: Epson's ESC/POS command reference, `DLE EOT n` (real-time status) and `GS r n` (status in its turn). A byte that
//! does not carry the fixed bits of its kind is `Unknown` and must never be read as ready.

/// How a printer is. In order of what to tell the person first: of two that hold at once, the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PrinterState {
    /// Prints.
    Ready,
    /// Prints, but the roll is near its end.
    PaperLow,
    /// For a moment: paper is being fed by its button, or the service is starting.
    Busy,
    /// Does not print, and has not said why.
    Offline,
    /// Cutter or circuit: a person has to repair it.
    Broken,
    /// Prints again by itself when the head has cooled.
    Overheated,
    /// No paper.
    PaperOut,
    /// The cover is open.
    CoverOpen,
    /// Not an answer to what was asked.
    Unknown,
}

/// A real-time question; obeyed at once, even when the printer does not print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Query {
    /// `DLE EOT 1`: online?
    Printer,
    /// `DLE EOT 2`: why offline?
    Offline,
    /// `DLE EOT 3`: which error?
    Error,
    /// `DLE EOT 4`: how is the paper?
    Paper,
}

/// Something to ask a printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// How are you now?
    Now(Query),
    /// Answered only after everything before it was printed: `GS r 1` stands in the queue as the dots do.
    WhenDone,
}

impl Query {
    /// All four.
    pub const ALL: [Query; 4] = [Query::Printer, Query::Offline, Query::Error, Query::Paper];

    fn number(self) -> u8 {
        match self {
            Query::Printer => 1,
            Query::Offline => 2,
            Query::Error => 3,
            Query::Paper => 4,
        }
    }
}

impl Question {
    /// What to send.
    pub fn bytes(self) -> [u8; 3] {
        match self {
            Question::Now(query) => [0x10, 0x04, query.number()],
            Question::WhenDone => [0x1d, b'r', 1],
        }
    }

    /// What one byte of answer says. Flow control (XON, XOFF) and unasked status (ASB) are `Unknown`.
    pub fn decode(self, answer: u8) -> PrinterState {
        match self {
            Question::Now(query) if answer & 0b1001_0011 == 0b0001_0010 => now(query, answer),
            Question::WhenDone if answer & 0b1001_0000 == 0 => paper(answer, 0x0c, 0x03),
            _ => PrinterState::Unknown,
        }
    }
}

impl PrinterState {
    /// From the number that Sunmi's `updatePrinterState()` gives (its AIDL, "P & V1s" and "T & S" editions).
    pub fn of_sunmi(code: i32) -> PrinterState {
        match code {
            1 | 8 => PrinterState::Ready,
            2 => PrinterState::Busy,
            3 | 505 => PrinterState::Offline,
            4 => PrinterState::PaperOut,
            5 => PrinterState::Overheated,
            6 => PrinterState::CoverOpen,
            7 => PrinterState::Broken,
            _ => PrinterState::Unknown,
        }
    }

    /// Whether what is sent now comes out on paper.
    pub fn prints(self) -> bool {
        matches!(self, PrinterState::Ready | PrinterState::PaperLow)
    }

    /// Whether waiting alone helps.
    pub fn passes(self) -> bool {
        matches!(self, PrinterState::Busy | PrinterState::Overheated)
    }
}

fn now(query: Query, answer: u8) -> PrinterState {
    let any = |bits: u8| answer & bits != 0;
    match query {
        Query::Printer if any(0x28) => PrinterState::Offline,
        Query::Printer if any(0x40) => PrinterState::Busy,
        Query::Offline if any(0x04) => PrinterState::CoverOpen,
        Query::Offline if any(0x20) => PrinterState::PaperOut,
        Query::Offline if any(0x40) => PrinterState::Offline,
        Query::Offline if any(0x08) => PrinterState::Busy,
        // 0x40 recovers by itself: the head is too hot (or the cover is open, which outranks it).
        Query::Error if any(0x2c) => PrinterState::Broken,
        Query::Error if any(0x40) => PrinterState::Overheated,
        Query::Paper => paper(answer, 0x60, 0x0c),
        Query::Printer | Query::Offline | Query::Error => PrinterState::Ready,
    }
}

fn paper(answer: u8, end: u8, near_end: u8) -> PrinterState {
    match (answer & end != 0, answer & near_end != 0) {
        (true, _) => PrinterState::PaperOut,
        (false, true) => PrinterState::PaperLow,
        (false, false) => PrinterState::Ready,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PrinterState::*;

    #[test]
    fn the_bits_of_the_reference_have_their_names() {
        for (query, answer, state) in [
            (Query::Printer, 0x12, Ready),
            (Query::Printer, 0x16, Ready), // the drawer's pin says nothing of the printer
            (Query::Printer, 0x1a, Offline),
            (Query::Printer, 0x32, Offline),
            (Query::Printer, 0x52, Busy),
            (Query::Offline, 0x12, Ready),
            (Query::Offline, 0x16, CoverOpen),
            (Query::Offline, 0x36, CoverOpen),
            (Query::Offline, 0x32, PaperOut),
            (Query::Offline, 0x52, Offline),
            (Query::Offline, 0x1a, Busy),
            (Query::Error, 0x12, Ready),
            (Query::Error, 0x1a, Broken),
            (Query::Error, 0x32, Broken),
            (Query::Error, 0x52, Overheated),
            (Query::Paper, 0x12, Ready),
            (Query::Paper, 0x1e, PaperLow),
            (Query::Paper, 0x7e, PaperOut),
            (Query::Paper, 0x72, PaperOut),
        ] {
            assert_eq!(Question::Now(query).decode(answer), state, "{query:?} {answer:#04x}");
        }
        assert_eq!(Question::WhenDone.decode(0x00), Ready);
        assert_eq!(Question::WhenDone.decode(0x03), PaperLow);
        assert_eq!(Question::WhenDone.decode(0x0c), PaperOut);
    }

    #[test]
    fn what_is_not_an_answer_to_this_question_is_unknown() {
        for byte in 0..=255u8 {
            let fixed = byte & 0x93 == 0x12;
            for query in Query::ALL {
                assert_eq!(Question::Now(query).decode(byte) == Unknown, !fixed, "{byte:#04x}");
            }
            assert!(!fixed || Question::WhenDone.decode(byte) == Unknown, "no byte answers both kinds of question");
        }
        for noise in [0x11, 0x13] {
            assert_eq!(Question::WhenDone.decode(noise), Unknown);
        }
    }

    #[test]
    fn only_the_two_good_numbers_of_the_vendor_are_ready() {
        let ready: Vec<i32> = (-2..600).filter(|code| PrinterState::of_sunmi(*code).prints()).collect();
        assert_eq!(ready, [1, 8]);
        assert_eq!([4, 5, 6].map(PrinterState::of_sunmi), [PaperOut, Overheated, CoverOpen]);
    }

    #[test]
    fn the_questions_are_the_bytes_of_the_reference() {
        assert_eq!(Query::ALL.map(|query| Question::Now(query).bytes()[2]), [1, 2, 3, 4]);
        assert_eq!(Question::WhenDone.bytes(), [0x1d, 0x72, 1]);
    }
}
