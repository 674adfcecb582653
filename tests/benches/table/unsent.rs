//! Ninety days without a network: 100,000 entries that only this device has, and their second copy. Opening, taking money and the
//! day's numbers are to cost what they always cost, and all of it is to get through in the end.

use crate::day_sync::{Link, enrol_at};
use crate::journal::opening;
use crate::measure::{Samples, hundredths};
use crate::office::founded;
use crate::payment::{owed, pay, pay_and_commit};
use crate::report::Line;
use crate::world::{self, Impatient, Pace};
use raseed_protocol::ids::AccountId;
use raseed_till::ports::FolderCopy;
use raseed_till::{CopyStanding, Ports, Till};
use std::path::Path;

const ENTRIES: u64 = 100_000;
const DAYS: u64 = 90;

/// All of it at one till.
pub fn lines() -> Vec<Line> {
    let folder = world::new_folder();
    let (office, accounts) = founded(folder.path(), 20_000);
    let at = folder.path().join("till");
    enrol_at(&office, &at, &mut Link::whole(&office));
    world::synced_with(&at, &mut Link::whole(&office), 1);
    let pace = Pace { a_day: ENTRIES.div_ceil(DAYS), synced: false };
    let size = world::filled(&at, accounts.clone(), ENTRIES + 1, pace);
    let mut till = open(&at);
    assert_eq!(till.standing().unsent, ENTRIES);
    let mut lines = vec![catching_up(&mut till, &accounts)];
    drop(till);
    lines.extend(opening("100,000 unsent, with a copy", || open(&at)));
    lines.extend(pay_and_commit(open(&at), &at, accounts, "cash payment, 100,000 unsent, with a copy"));
    let mut till = open(&at);
    let before = till.standing().unsent;
    let mut link = Link::cut(&office);
    let report = till.sync(&mut link, &mut Impatient, 12).unwrap_or_else(|error| panic!("{error}"));
    let ratio = hundredths(link.up, size);
    let all = report.sent == before && till.standing().unsent == 0;
    assert_eq!(till.standing().second_copy, CopyStanding::Fine);
    lines.push(
        Line::note("100,000 unsent: their sync, bytes sent", format!("{} kB", link.up / 1_000))
            .against(format!("journal {} kB", size / 1_000), Some(ratio))
            .within("<= 1.20, finishes", ratio <= 120 && all),
    );
    let (minutes, cuts) = (link.spent_ms / 60_000, link.cuts);
    lines.push(Line::note("100,000 unsent: how it went", format!("{minutes} min on the line, {cuts} cuts")));
    lines
}

/// Payments until a copy that is new has everything: each takes some of what it lacks along.
fn catching_up(till: &mut Till, accounts: &[AccountId]) -> Line {
    let mut samples = Samples::default();
    for (account, amount) in owed(till, accounts.to_vec(), 1_000) {
        if till.standing().second_copy != CopyStanding::CatchingUp {
            break;
        }
        samples.push(pay(till, &account, amount).0);
    }
    assert_eq!(till.standing().second_copy, CopyStanding::Fine);
    Line::note("cash payment while a new copy gets 100,000: median", samples.median().to_string())
}

fn open(folder: &Path) -> Till {
    let copy = FolderCopy::new(folder.join("card"));
    let ports = Ports { copy: Some(Box::new(copy)), ..world::ports(folder) };
    Till::open(folder, ports).unwrap_or_else(|error| panic!("{error}"))
}
