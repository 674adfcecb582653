//! A day's sync over a line that a village has: 64 kbit/s, and cut every three seconds. Time is counted, not waited for.

use crate::measure::hundredths;
use crate::office::founded;
use crate::report::Line;
use crate::world::{self, Impatient};
use flate2::Compression;
use flate2::write::GzEncoder;
use raseed_head_office::{Office, OfficeError};
use raseed_protocol::ids::TillId;
use raseed_protocol::wire::{DayKeysReply, DayKeysRequest, EnrolReply, EnrolRequest, PaymentWords, UploadReply};
use raseed_till::enrol;
use raseed_till::sync::{Call, SyncError, Transport};
use std::io::Write;

const ENTRIES: u64 = 2_000;
/// 64 kbit/s, either way.
const BYTES_A_SECOND: u64 = 8_000;
const LIFE_MS: u64 = 3_000;
/// Connecting, with its handshakes.
const SET_UP_MS: u64 = 300;
/// Headers with a signature, either way.
const HEADERS: u64 = 1_000;

/// Two thousand entries up, and what they changed in the book down.
pub fn lines() -> Vec<Line> {
    let folder = world::new_folder();
    let (office, _) = founded(folder.path(), 5_000);
    let mut link = Link::whole(&office);
    let till = folder.path().join("till");
    enrol_at(&office, &till, &mut link);
    world::synced_with(&till, &mut link, 1);
    let size = world::collect_many(&till, ENTRIES);
    let mut link = Link::cut(&office);
    let mut opened = world::open(&till);
    // Patient: every cut costs one of its tries, a success gives them all back.
    let report = opened.sync(&mut link, &mut Impatient, 12);
    let acknowledged = opened.standing().unsent == 0;
    let ratio = hundredths(link.up, size);
    let end = match &report {
        Ok(report) => format!("finished, {} pages of the book", report.pages),
        Err(error) => format!("NOT FINISHED: {error}"),
    };
    vec![
        Line::note("a day's sync, bytes sent", format!("{} kB", link.up / 1_000))
            .against(format!("journal {} kB", size / 1_000), Some(ratio))
            .within("<= 1.20, finishes", ratio <= 120 && acknowledged && report.is_ok()),
        Line::note(
            "a day's sync: how it went",
            format!(
                "{end}; {} s on the line, {} cuts, {} kB down",
                link.spent_ms / 1_000,
                link.cuts,
                link.down / 1_000
            ),
        ),
    ]
}

pub fn enrol_at(office: &Office, folder: &std::path::Path, link: &mut Link) {
    let till: TillId = "SAS07".parse().expect("a till");
    office.add_till(&till, "Van").unwrap_or_else(|error| panic!("{error}"));
    let mut entropy = |bytes: &mut [u8]| bytes.fill(7);
    let code = office.new_enrolment(&till, "https://pay.saswater.example", world::morning(), &mut entropy);
    let code = code.unwrap_or_else(|error| panic!("{error}"));
    enrol(folder, &world::ports(folder), &code, link).unwrap_or_else(|error| panic!("{error}"));
}

/// The real office behind a slow line.
pub struct Link<'a> {
    office: &'a Office,
    /// Until the next cut.
    left_ms: u64,
    /// On the line.
    pub spent_ms: u64,
    /// Bytes sent.
    pub up: u64,
    down: u64,
    /// How often it broke.
    pub cuts: u32,
}

impl<'a> Link<'a> {
    /// A line that never breaks.
    pub fn whole(office: &'a Office) -> Link<'a> {
        Link { office, left_ms: u64::MAX, spent_ms: 0, up: 0, down: 0, cuts: 0 }
    }

    /// A line that is cut every few seconds.
    pub fn cut(office: &'a Office) -> Link<'a> {
        Link { left_ms: LIFE_MS, ..Link::whole(office) }
    }

    /// Moves a request up; an error if the line is cut before its end.
    fn send(&mut self, body: u64) -> Result<(), SyncError> {
        self.pass(SET_UP_MS)?;
        let (moved, cut) = self.carry(HEADERS + body);
        self.up += moved;
        cut
    }

    /// Moves an answer down.
    fn receive(&mut self, body: u64) -> Result<(), SyncError> {
        let (moved, cut) = self.carry(HEADERS / 2 + body);
        self.down += moved;
        cut
    }

    /// How many of the bytes got through, and whether all of them did.
    fn carry(&mut self, bytes: u64) -> (u64, Result<(), SyncError>) {
        let fits = self.left_ms.saturating_mul(BYTES_A_SECOND) / 1_000;
        (bytes.min(fits), self.pass(bytes * 1_000 / BYTES_A_SECOND))
    }

    fn pass(&mut self, ms: u64) -> Result<(), SyncError> {
        self.spent_ms += ms.min(self.left_ms);
        if ms > self.left_ms {
            self.cuts += 1;
            self.left_ms = LIFE_MS;
            return Err(SyncError::Interrupted("the line was cut".to_owned()));
        }
        self.left_ms -= ms;
        Ok(())
    }
}

fn gzipped(bytes: &[u8]) -> u64 {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    u64::try_from(encoder.finish().expect("memory").len()).expect("a small number")
}

fn refused(error: OfficeError) -> SyncError {
    SyncError::Nonsense(error.to_string())
}

impl Transport for Link<'_> {
    fn enrol(&mut self, _: &str, request: &EnrolRequest) -> Result<EnrolReply, SyncError> {
        self.office.enrol(request, world::morning()).map_err(refused)
    }

    fn upload(&mut self, call: &Call, run: &[u8]) -> Result<UploadReply, SyncError> {
        self.send(gzipped(run))?;
        // From here on the office has it, whether the answer comes through or not.
        let reply = self.office.receive(call.till, run, world::morning()).map_err(refused)?;
        self.receive(u64::try_from(serde_json::to_vec(&reply).expect("JSON").len()).expect("a small number"))?;
        Ok(reply)
    }

    fn day_keys(&mut self, call: &Call, request: &DayKeysRequest) -> Result<DayKeysReply, SyncError> {
        self.send(u64::try_from(serde_json::to_vec(request).expect("JSON").len()).expect("a small number"))?;
        let reply = self
            .office
            .certify_day_keys(call.till, &call.key.public_key(), request, world::morning())
            .map_err(refused)?;
        self.receive(u64::try_from(serde_json::to_vec(&reply).expect("JSON").len()).expect("a small number"))?;
        Ok(reply)
    }

    fn payment_words(&mut self, _: &Call, _: u64) -> Result<PaymentWords, SyncError> {
        Ok(PaymentWords::default())
    }

    fn book_page(&mut self, call: &Call, since: u64, most_bytes: usize) -> Result<Vec<u8>, SyncError> {
        self.send(0)?;
        let page = self.office.book_page_within(call.till, since, most_bytes, world::morning()).map_err(refused)?;
        self.receive(gzipped(&page))?;
        Ok(page)
    }
}
