//! The head office: receipts verified, stored and posted, from ten thousand to a million (ten million by `--long`).

use crate::measure::{Nanos, hundredths, per_second, timed};
use crate::report::Line;
use crate::world::{self, JournalWriter};
use raseed_head_office::Office;
use raseed_protocol::certificate::SignedCertificate;
use raseed_protocol::ids::{AccountId, TillId};
use raseed_protocol::journal::RunWriter;
use raseed_protocol::keys::SigningKey;
use raseed_protocol::wire::EnrolRequest;
use std::path::Path;

const TILLS: u8 = 4;
const PER_RUN: u64 = 500;
const RUNS_AT_ONCE: u64 = 5;
const STEP: u64 = TILLS as u64 * PER_RUN * RUNS_AT_ONCE;

/// An office with this book in the folder.
pub fn founded(folder: &Path, households: u32) -> (Office, Vec<AccountId>) {
    let book = world::book(households);
    let dice = world::Dice::new(3);
    let mut entropy = |bytes: &mut [u8]| raseed_till::ports::Entropy::fill(&dice, bytes);
    let office = Office::create(&folder.join("office"), &book.rules.tenant, world::morning(), &mut entropy);
    let office = office.unwrap_or_else(|error| panic!("{error}"));
    let accounts = world::paying(&book.accounts);
    let imported = office.import_book(&book.rules, &book.tariffs, book.accounts, world::morning());
    imported.unwrap_or_else(|error| panic!("{error}"));
    (office, accounts)
}

/// One receipt's cost as the books grow.
pub fn lines() -> Vec<Line> {
    let folder = world::new_folder();
    let (office, accounts) = founded(folder.path(), 20_000);
    let decades = if crate::is_long() { 4 } else { 3 };
    let total = 10_000 * 10_u64.pow(decades - 1);
    let mut tills: Vec<Uploader> =
        (0..TILLS).map(|n| Uploader::new(&office, n, &accounts, total / u64::from(TILLS) + 10)).collect();
    let (mut lines, mut first, mut done) = (Vec::new(), None, 0);
    for decade in 0..decades {
        let until = 10_000 * 10_u64.pow(decade);
        let (mut spent, count) = (Nanos(0), until - done);
        while done < until {
            tills.iter_mut().for_each(Uploader::sign);
            spent.0 += timed(|| take_all(&office, &tills)).0.0;
            done += STEP;
        }
        let each = Nanos(spent.0 / count);
        let rate = per_second(count, spent);
        let first = *first.get_or_insert(each);
        let growth = hundredths(each.0, first.0);
        eprintln!("head office, to {until} receipts: {rate}/s");
        lines.push(
            Line::note(format!("head office, to {until} receipts"), format!("{rate}/s, {each} each"))
                .against(format!("the first 10,000: {first} each"), Some(growth))
                .within(">= 10,000/s, flat (<= 1.25)", rate >= 10_000 && growth <= 125),
        );
    }
    lines
}

/// Two threads, each with half of the tills, as a server would.
fn take_all(office: &Office, tills: &[Uploader]) {
    std::thread::scope(|scope| {
        for half in tills.chunks(tills.len() / 2) {
            scope.spawn(move || {
                for till in half {
                    for run in &till.runs {
                        let reply = office.receive(&till.till, run, world::morning());
                        assert_eq!(reply.unwrap_or_else(|error| panic!("{error}")).refused, None);
                    }
                }
            });
        }
    });
}

/// A till that is only its key and its journal.
struct Uploader {
    till: TillId,
    certificate: SignedCertificate,
    writer: JournalWriter,
    runs: Vec<Vec<u8>>,
}

impl Uploader {
    fn new(office: &Office, number: u8, accounts: &[AccountId], entries: u64) -> Uploader {
        let till: TillId = format!("SAS{number:02}").parse().expect("a till");
        let fail = |error: raseed_head_office::OfficeError| -> ! { panic!("{error}") };
        office.add_till(&till, "Van").unwrap_or_else(|error| fail(error));
        let mut entropy = |bytes: &mut [u8]| bytes.fill(number);
        let link = office.new_enrolment(&till, "https://pay.saswater.example", world::morning(), &mut entropy);
        let key = SigningKey::from_seed(&[number + 10; 32]);
        let request = EnrolRequest::new(link.unwrap_or_else(|error| fail(error)).code, &key, Vec::new())
            .expect("a key in memory signs");
        let reply = office.enrol(&request, world::morning()).unwrap_or_else(|error| fail(error));
        let certificate = SignedCertificate::verify(&reply.certificate, &office.root_key()).expect("just signed");
        let writer = JournalWriter::new(&certificate, key, accounts.to_vec(), entries, u64::from(number));
        Uploader { till, certificate, writer, runs: Vec::new() }
    }

    fn sign(&mut self) {
        let run = |writer: &mut JournalWriter| {
            let mut run = RunWriter::new(&[self.certificate.bytes()]);
            (0..PER_RUN).for_each(|_| run.push(writer.next_entry().bytes()));
            run.finish()
        };
        self.runs = (0..RUNS_AT_ONCE).map(|_| run(&mut self.writer)).collect();
    }
}
