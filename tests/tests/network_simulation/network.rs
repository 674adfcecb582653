//! The network: it loses, doubles, delays past later ones, cuts and damages what is sent over it, and the head office behind it is
//! killed now and then. Time passes only here.

use crate::dice::Dice;
use crate::impostor;
use crate::message::{Answer, Message};
use crate::office_end::OfficeEnd;
use raseed_protocol::time::WallMs;
use raseed_tests::world::HandClock;
use raseed_till::sync::SyncError;
use std::collections::BTreeMap;

/// How long a till waits for an answer, in milliseconds.
const PATIENCE_MS: u64 = 30_000;
const MINUTE_MS: u64 = 60_000;
const DAY_MS: u64 = 86_400_000;

/// How often each thing happens to a message, per thousand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weather {
    pub lost: u64,
    pub doubled: u64,
    pub late: u64,
    pub request_cut: u64,
    pub answer_lost: u64,
    pub answer_cut: u64,
    pub answer_damaged: u64,
    /// An answer of before comes once more, in place of the new one.
    pub answer_old: u64,
    /// Somebody else answers an upload, which never arrives.
    pub impostor: u64,
    /// The head office is killed before it has stored anything.
    pub killed_before: u64,
    /// The head office is killed between storing and answering.
    pub killed_after: u64,
}

impl Weather {
    /// Some weather: most of it fair in one respect and foul in another.
    pub fn some(dice: &mut Dice) -> Weather {
        let mut rate = |most: u64| if dice.one_in(3) { 0 } else { dice.below(most + 1) };
        Weather {
            lost: rate(300),
            doubled: rate(300),
            late: rate(200),
            request_cut: rate(100),
            answer_lost: rate(300),
            answer_cut: rate(100),
            answer_damaged: rate(60),
            answer_old: rate(100),
            impostor: rate(60),
            killed_before: rate(60),
            killed_after: rate(100),
        }
    }
}

/// How often each thing happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Met {
    pub messages: u64,
    pub lost: u64,
    pub doubled: u64,
    pub late: u64,
    pub request_cut: u64,
    pub answer_lost: u64,
    pub answer_cut: u64,
    pub answer_damaged: u64,
    pub answer_old: u64,
    pub impostor: u64,
    pub killed: u64,
}

/// The network, and what is under way in it.
pub struct Network {
    pub office: OfficeEnd,
    pub weather: Weather,
    pub dice: Dice,
    pub met: Met,
    /// What happened, line by line.
    pub trace: Vec<String>,
    /// The clocks of the devices, which go as fast as time does.
    pub clocks: Vec<HandClock>,
    wall: WallMs,
    /// Requests that arrive later, by when, and by their number.
    flying: BTreeMap<(u64, u64), Message>,
    launched: u64,
    old_answers: BTreeMap<String, Answer>,
}

impl Network {
    pub fn new(office: OfficeEnd, weather: Weather, wall: WallMs) -> Network {
        let (met, trace, clocks) = (Met::default(), Vec::new(), Vec::new());
        let (flying, old_answers) = (BTreeMap::new(), BTreeMap::new());
        Network { office, weather, dice: Dice::new(0), met, trace, clocks, wall, flying, launched: 0, old_answers }
    }

    /// The right time, which the head office has.
    pub fn wall(&self) -> WallMs {
        self.wall
    }

    pub fn note(&mut self, line: impl Into<String>) {
        self.trace.push(line.into());
    }

    /// Time passes, and what was under way arrives.
    pub fn pass(&mut self, milliseconds: u64) {
        let until = self.wall.0 + milliseconds;
        while let Some(entry) = self.flying.first_entry().filter(|entry| entry.key().0 <= until) {
            let ((due, _), message) = entry.remove_entry();
            self.clocks_go_on(due.saturating_sub(self.wall.0));
            let answer = self.office.answer(&message, self.wall);
            self.note(format!("    a {} of before arrives: {}", message.what(), answer.status));
        }
        self.clocks_go_on(until.saturating_sub(self.wall.0));
    }

    fn clocks_go_on(&mut self, milliseconds: u64) {
        self.wall.0 += milliseconds;
        self.clocks.iter().for_each(|clock| clock.pass(milliseconds));
    }

    /// Whatever is still under way arrives, however long it takes; true if anything was.
    pub fn let_all_arrive(&mut self) -> bool {
        let any = !self.flying.is_empty();
        while let Some((due, _)) = self.flying.keys().next().copied() {
            self.pass(due.saturating_sub(self.wall.0));
        }
        any
    }

    /// One request, and what comes back to whoever waits for it.
    pub fn exchange(&mut self, mut message: Message) -> Result<Answer, SyncError> {
        self.met.messages += 1;
        let flight = self.dice.below(2_000) + 20;
        self.pass(flight);
        if self.happens(self.weather.lost) {
            self.met.lost += 1;
            return self.nothing_comes("lost", &message);
        }
        if self.happens(self.weather.doubled) {
            self.met.doubled += 1;
            self.arrives_later(message.clone(), 0);
        }
        if self.happens(self.weather.late) {
            self.met.late += 1;
            self.arrives_later(message.clone(), PATIENCE_MS + 1);
            return self.nothing_comes("late", &message);
        }
        if self.happens(self.weather.request_cut) && !message.body.is_empty() {
            self.met.request_cut += 1;
            self.note(format!("    {} is cut on its way", message.what()));
            cut(&mut message.body, &mut self.dice);
        }
        if self.happens(self.weather.impostor)
            && message.what() == "journal"
            && let Some(answer) = impostor::answer(&message, &self.office.office().root_key(), self.wall)
        {
            self.met.impostor += 1;
            self.note("    journal: somebody else answers");
            return Ok(answer);
        }
        if self.happens(self.weather.killed_before) {
            self.kill("before it has heard");
        }
        let answer = self.office.answer(&message, self.wall);
        if self.happens(self.weather.killed_after) {
            self.kill("before it has answered");
            return self.nothing_comes("stored, not answered", &message);
        }
        if self.happens(self.weather.answer_lost) {
            self.met.answer_lost += 1;
            return self.nothing_comes("answered, and the answer lost", &message);
        }
        Ok(self.comes_back(&message, answer))
    }

    /// The answer as it arrives.
    fn comes_back(&mut self, message: &Message, mut answer: Answer) -> Answer {
        let old = self.old_answers.insert(message.path.clone(), answer.clone());
        if self.happens(self.weather.answer_old)
            && let Some(old) = old
        {
            self.met.answer_old += 1;
            self.note(format!("    {}: an old answer comes", message.what()));
            return old;
        }
        if self.happens(self.weather.answer_cut) && !answer.body.is_empty() {
            self.met.answer_cut += 1;
            self.note(format!("    {}: the answer is cut", message.what()));
            cut(&mut answer.body, &mut self.dice);
        } else if self.happens(self.weather.answer_damaged) && !answer.body.is_empty() {
            self.met.answer_damaged += 1;
            self.note(format!("    {}: the answer is damaged", message.what()));
            let (at, bit) = (below(&mut self.dice, answer.body.len()), self.dice.below(8));
            answer.body[at] ^= 1 << bit;
        } else {
            self.note(format!("    {}: {}", message.what(), answer.status));
        }
        answer
    }

    fn nothing_comes(&mut self, why: &str, message: &Message) -> Result<Answer, SyncError> {
        self.note(format!("    {}: {why}", message.what()));
        self.pass(PATIENCE_MS);
        let error = if self.dice.one_in(2) { SyncError::Unreachable } else { SyncError::Interrupted };
        Err(error(why.to_owned()))
    }

    /// At once, in minutes or in days; not before `least` milliseconds.
    fn arrives_later(&mut self, message: Message, least: u64) {
        let most = match self.dice.below(3) {
            0 => 1,
            1 => 20 * MINUTE_MS,
            _ => 30 * DAY_MS,
        };
        let due = self.wall.0 + least + self.dice.below(most);
        self.launched += 1;
        self.flying.insert((due, self.launched), message);
    }

    fn kill(&mut self, when: &str) {
        self.met.killed += 1;
        self.note(format!("    the head office is killed {when}"));
        self.office.crash();
    }

    fn happens(&mut self, per_thousand: u64) -> bool {
        self.dice.below(1_000) < per_thousand
    }
}

/// Leaves the first part, perhaps nothing.
fn cut(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let left = below(dice, bytes.len());
    bytes.truncate(left);
}

/// 0 to `most` - 1.
pub fn below(dice: &mut Dice, most: usize) -> usize {
    usize::try_from(dice.below(u64::try_from(most).expect("in memory"))).expect("below a length in memory")
}
