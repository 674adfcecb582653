//! The till's process dies two hundred times, at any moment: nothing that it showed is missing, nothing is taken twice.

use crate::books;
use crate::dice::Dice;
use crate::place::{Place, Till, Wish};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Stdio};

const KILLS: usize = 200;
/// How many wishes wait at a time.
const WAITING: usize = 8;
const SIGKILL: i32 = 9;

/// When the process dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    AtOnce,
    WhileOpening,
    WhileWishesAreWritten,
    AfterSomeAnswers,
    WhileSyncing,
}

const MOMENTS: [Moment; 8] = [
    Moment::AtOnce,
    Moment::WhileOpening,
    Moment::WhileWishesAreWritten,
    Moment::WhileWishesAreWritten,
    Moment::AfterSomeAnswers,
    Moment::AfterSomeAnswers,
    Moment::AfterSomeAnswers,
    Moment::WhileSyncing,
];

#[test]
#[ignore = "needs the released program"]
fn two_hundred_kills_lose_nothing_and_double_nothing() {
    let mut dice = Dice::new("kills");
    let place = Place::new(300);
    let server = place.serve();
    let till = place.till("SAS07", &server.address);
    let mut work = Work { all: Vec::new(), done: 0, shown: Vec::new(), kills: BTreeMap::new() };
    while work.kills.values().sum::<usize>() < KILLS {
        work.want_more(&place, &mut dice);
        let moment = MOMENTS[dice.below(MOMENTS.len())];
        if moment == Moment::WhileSyncing {
            work.killed_sync(&till, &mut dice);
        } else {
            work.killed_batch(&till, moment, &mut dice);
        }
    }
    // All wishes ever made, once more and to the end: each gets its one receipt.
    let said = till.batch(&work.all);
    assert_eq!(said.code(), 0, "{}", said.err);
    let last = books::answers(&said.out);
    assert_eq!(last.len(), work.all.len());
    let shown_before = work.shown.len();
    work.shown.extend(last);

    let stands = books::settled(&place, &till, "SAS07");
    books::all_shown_stand(&work.shown, &stands);
    assert_eq!(stands.len(), work.all.len(), "one receipt for each wish, and no other");
    for wish in &work.all {
        assert_eq!(stands[&wish.request].paise, 100 * wish.amount.parse::<i64>().expect("rupees"));
    }
    println!("kills: {:?}; {} receipts, {shown_before} shown before the end", work.kills, stands.len());
}

/// What is wanted, what was shown, what died.
struct Work {
    all: Vec<Wish>,
    /// So many of them are known to be answered.
    done: usize,
    shown: Vec<Value>,
    kills: BTreeMap<Moment, usize>,
}

impl Work {
    fn want_more(&mut self, place: &Place, dice: &mut Dice) {
        while self.all.len() < self.done + WAITING {
            let account = place.accounts[dice.below(place.accounts.len())].clone();
            let amount = (dice.below(40) + 1).to_string();
            self.all.push(Wish { request: dice.request(), account, amount });
        }
    }

    /// Some wishes that were answered before, and all that were not.
    fn batch(&self, dice: &mut Dice) -> Vec<Wish> {
        let from = self.done.saturating_sub(dice.below(4));
        self.all[from..].to_vec()
    }

    fn killed_batch(&mut self, till: &Till, moment: Moment, dice: &mut Dice) {
        let wishes = self.batch(dice);
        let mut call = till.command(&["collect", "--batch"]);
        let mut child = call.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut input = child.stdin.take().expect("asked for a pipe");
        let mut output = BufReader::new(child.stdout.take().expect("asked for a pipe"));
        let mut heard = String::new();
        let whole: String = wishes.iter().map(Wish::line).collect();
        match moment {
            Moment::AtOnce => dice.dawdle(2),
            Moment::WhileWishesAreWritten => {
                let part = dice.below(whole.len());
                input.write_all(&whole.as_bytes()[..part]).expect("the till reads");
                dice.dawdle(60_000);
            }
            Moment::WhileOpening | Moment::WhileSyncing => {
                input.write_all(whole.as_bytes()).expect("the till reads");
                dice.dawdle(40_000);
            }
            Moment::AfterSomeAnswers => {
                input.write_all(whole.as_bytes()).expect("the till reads");
                for _ in 0..=dice.below(wishes.len()) {
                    output.read_line(&mut heard).expect("UTF-8");
                }
                dice.dawdle(10_000);
            }
        }
        // Its input is still open, so it cannot have ended by itself.
        assert!(kill(&mut child), "the till ended before it was killed");
        output.read_to_string(&mut heard).expect("UTF-8");
        *self.kills.entry(moment).or_default() += 1;
        self.hear(&heard);
    }

    fn killed_sync(&mut self, till: &Till, dice: &mut Dice) {
        let mut call = till.command(&["sync", "--patience", "1"]);
        let mut child = call.stdout(Stdio::null()).spawn().expect("the program starts");
        dice.dawdle(200_000);
        if kill(&mut child) {
            *self.kills.entry(Moment::WhileSyncing).or_default() += 1;
        }
    }

    /// What was shown counts, and is never said in another way.
    fn hear(&mut self, heard: &str) {
        for value in books::answers(heard) {
            let at = self.all.iter().position(|wish| value["request"] == *wish.request).expect("it was wished for");
            if at < self.done {
                assert_eq!(value["repeated"], true);
            }
            // A batch is answered in order, so everything before it is answered too.
            self.done = self.done.max(at + 1);
            self.shown.push(value);
        }
    }
}

/// SIGKILL; true if it did not end by itself before.
fn kill(child: &mut Child) -> bool {
    child.kill().expect("our own child");
    child.wait().expect("our own child").signal() == Some(SIGKILL)
}

#[test]
#[ignore = "needs the released program"]
fn enrolling_can_be_killed_and_begun_again() {
    let mut dice = Dice::new("killed enrolment");
    let place = Place::new(10);
    let server = place.serve();
    let till = Till { folder: place.path("SAS07") };
    let link = place.link("SAS07", &server.address);
    for _ in 0..20 {
        let mut child = till.command(&["enrol", &link]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("");
        dice.dawdle(80_000);
        kill(&mut child);
    }
    let said = till.run(&["enrol", &link]);
    // Either now or by one of the killed ones; never as a second life, because the code is for one key.
    if said.code() != 0 {
        assert_eq!(said.refused().code, "already-enrolled");
    }
    till.run(&["sync"]).good();
    let newest = till.run(&["export", &place.text("journal")]).good()["newest"].clone();
    assert_eq!(newest, "SAS07-1-1");
    books::settled(&place, &till, "SAS07");
}
