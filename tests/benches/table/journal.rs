//! A till with a million entries: opening it, its first screen, and the verification of the whole journal behind it.

use crate::measure::{Nanos, Samples, hundredths, per_second, timed, worked};
use crate::report::Line;
use crate::world::{self, Desk};
use raseed_protocol::keys::{Signer, SigningKey};
use raseed_till::Till;

const ENTRIES: u64 = 1_000_000;
const OPENINGS: usize = 15;
/// A few seconds of verification say as much as a minute; all of it, by `--long`.
const VERIFIED: u64 = 150_000;

/// Opening and verifying.
pub fn lines() -> Vec<Line> {
    let folder = world::new_folder();
    let mut desk = Desk::new(world::book(5_000));
    let (made, _) = timed(|| world::enrolled(folder.path(), &mut desk, ENTRIES));
    eprintln!("a journal of {ENTRIES} entries was made in {made}");
    drop(world::synced(folder.path(), &mut desk));
    let mut lines = opening("1,000,000 entries", || world::open(folder.path()));
    lines.extend(verification(&world::open(folder.path())));
    lines
}

/// From nothing to the day's numbers.
pub fn opening(of: &str, open: impl Fn() -> Till) -> Vec<Line> {
    let (mut opened, mut screen) = (Samples::default(), Samples::default());
    for _ in 0..OPENINGS {
        let (open, till) = timed(&open);
        let (today, _) = timed(|| (till.standing(), till.today().unwrap_or_else(|error| panic!("{error}"))));
        opened.push(Nanos(open.0 + today.0));
        screen.push(today);
    }
    let held = opened.slowest() <= Nanos(50_000_000);
    vec![
        Line::note(format!("open, {of}: slowest of {OPENINGS}"), opened.slowest().to_string()).within("<= 50 ms", held),
        Line::note(format!("open, {of}: median"), opened.median().to_string()),
        Line::note(format!("open, {of}: of it the day's numbers"), screen.median().to_string()),
    ]
}

fn verification(till: &Till) -> Vec<Line> {
    let most = if crate::is_long() { ENTRIES } else { VERIFIED };
    let mut check = till.begin_journal_check().unwrap_or_else(|error| panic!("{error}"));
    let (mut time, mut bare, mut done) = (Nanos(0), Nanos(0), 0);
    // In parts, as the screens let it, and between them the same number of bare signatures.
    while done < most {
        let part = 10_000.min(most - done);
        let (verified, _) = worked(|| till.continue_journal_check(&mut check, part).unwrap_or_else(|e| panic!("{e}")));
        time.0 += verified.0;
        bare.0 += bare_signatures(part).0;
        done += part;
    }
    assert_eq!(check.verified().0, done);
    let (ours, theirs) = (per_second(done, time), per_second(done, bare));
    vec![
        Line::note("verify the journal, one core", format!("{ours}/s"))
            .against(format!("bare signatures {theirs}/s"), Some(hundredths(time.0, bare.0)))
            .within(">= 20,000/s", ours >= 20_000),
    ]
}

/// Verifying signatures over as many bytes as an entry has, and nothing else.
fn bare_signatures(count: u64) -> Nanos {
    let key = SigningKey::from_seed(&[5; 32]);
    let message = [3; 320];
    let signature = key.sign(&message).expect("a key in memory signs");
    let public = key.public_key();
    worked(|| (0..count).all(|_| public.verify(&message, &signature).is_ok())).0
}
