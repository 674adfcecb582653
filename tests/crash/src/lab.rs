//! One case: a run, cut after one of its calls, damaged, opened again. A case has a name, and its name is all it needs.

use crate::bench::Bench;
use crate::check::{self, Finding, Noticed};
use crate::damage::{self, Damage, Files};
use crate::dice::Dice;
use crate::image::Image;
use crate::ops::{Known, Op};
use crate::past::Past;
use crate::tape::{Device, Sabotage, Tape};
use crate::use_cases::{self, Hit, UseCase};
use std::collections::BTreeSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

/// A folder in memory, if the system has one: power is cut in the model, never for real.
pub struct Room {
    _folder: tempfile::TempDir,
    root: PathBuf,
}

impl Room {
    /// A room of one's own.
    pub fn new() -> Room {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = tempfile::Builder::new().prefix("raseed-crash").tempdir_in(parent).expect("a temporary folder");
        let root = folder.path().canonicalize().expect("it was just made").join("room");
        Room { _folder: folder, root }
    }

    /// Where till and office lie.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

impl Default for Room {
    fn default() -> Room {
        Room::new()
    }
}

/// A run that was recorded.
pub struct Run {
    /// What was there at first.
    pub base: Image,
    /// What happened.
    pub ops: Vec<Op>,
    /// What was told, and when.
    pub marks: Vec<(usize, Known)>,
    /// What was asked and answered.
    pub past: Past,
    /// All calls, reads included.
    pub calls: u64,
    /// The indexes in shared memory as they last were: they may lie about, and must not be believed.
    pub indexes: Image,
}

impl Run {
    /// Records a use case. It must succeed: it is the world without a crash.
    pub fn record(case: &UseCase, seed: u64, device: Device, sabotage: Sabotage, room: &Room) -> Run {
        let (base, past) = use_cases::base(case.begins, seed, room.root());
        Run::of(&base, past, seed.wrapping_add(500), (device, sabotage), room, |bench| {
            let done = (case.script)(bench, &mut Dice::new(seed));
            done.unwrap_or_else(|error| panic!("{} with seed {seed} does not even run: {error:?}", case.name));
        })
    }

    /// Records anything that is done on a bench.
    pub fn of(
        base: &Image,
        past: Past,
        seed: u64,
        (device, sabotage): (Device, Sabotage),
        room: &Room,
        script: impl FnOnce(&mut Bench),
    ) -> Run {
        base.write(room.root()).expect("the laboratory's folder can be written");
        let tape = Tape::new(room.root(), base, device, sabotage);
        let mut bench = Bench::new(room.root(), base, past, seed, Some(tape.clone()));
        bench.past.wishes.iter_mut().for_each(|wished| wished.begun = 0);
        bench.mark();
        script(&mut bench);
        let indexes = indexes(room.root());
        bench.close();
        let past = bench.past.clone();
        drop(bench);
        let calls = tape.all_calls();
        let (ops, marks) = tape.take();
        Run { base: base.clone(), ops, marks, past, calls, indexes }
    }

    /// What was known after so many calls.
    pub fn known_at(&self, cut: usize) -> &Known {
        let after = self.marks.partition_point(|(at, _)| *at <= cut);
        &self.marks[after.saturating_sub(1)].1
    }

    /// What is found after a power cut behind so many calls.
    pub fn image(&self, cut: usize, damage: Damage, hit: Hit, dice: &mut Dice) -> Image {
        let ops = &self.ops[..cut];
        let files = Files::of(self.base.numbered(), ops);
        let fates = damage::fates(ops, damage, |machine| hit.is(machine), &files, dice);
        self.base.after(ops, &fates)
    }
}

/// A case by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The use case's name.
    pub use_case: String,
    /// The seed of the run.
    pub run: u64,
    /// What the storage says it is.
    pub device: Device,
    /// After how many calls power is cut.
    pub cut: usize,
    /// What that does.
    pub damage: Damage,
    /// To whom.
    pub hit: Hit,
    /// The seed of the damage.
    pub roll: u64,
    /// How many further cuts there are while it recovers.
    pub again: u32,
}

/// How a case ended, if it ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All that must be true is true.
    Holds,
    /// The same image with the same past was looked at before.
    Seen,
    /// A lying device; what came of it.
    Lied(Noticed),
}

/// Images that were looked at.
pub type Seen = BTreeSet<u64>;

impl Case {
    /// Looks at it.
    pub fn check(&self, run: &Run, room: &Room, seen: &mut Seen) -> Result<Verdict, Finding> {
        let mut dice = Dice::new(self.roll);
        let mut image = run.image(self.cut, self.damage, self.hit, &mut dice);
        if dice.one_in(4) {
            image.files.extend(run.indexes.files.clone());
        }
        let past = run.past.until(self.cut, run.known_at(self.cut));
        if !seen.insert(fingerprint(&image, &run.base, &past, (self.again, self.damage == Damage::SyncLost, self.roll)))
        {
            return Ok(Verdict::Seen);
        }
        let seed = self.roll.wrapping_add(1_000_003);
        if self.damage == Damage::SyncLost {
            image.write(room.root()).expect("the laboratory's folder can be written");
            let mut bench = Bench::new(room.root(), &image, past, seed, None);
            let noticed = match self.hit {
                Hit::Office => check::after_the_office_lied(&mut bench),
                Hit::Till | Hit::Both => check::after_a_lie(&mut bench, dice.one_in(2)),
            };
            return noticed.map(Verdict::Lied);
        }
        recover(&image, past, seed, (self.device, self.again), room, &mut dice)?;
        Ok(Verdict::Holds)
    }
}

/// Goes on from an image; with `again`, power is cut in the middle of that, and in the middle of the next.
fn recover(
    image: &Image,
    past: Past,
    seed: u64,
    (device, again): (Device, u32),
    room: &Room,
    dice: &mut Dice,
) -> Result<(), Finding> {
    if again == 0 {
        image.write(room.root()).expect("the laboratory's folder can be written");
        let mut bench = Bench::new(room.root(), image, past, seed, None);
        return check::go_on(&mut bench);
    }
    let mut outcome = Ok(());
    let run = Run::of(image, past, seed, (device, Sabotage::None), room, |bench| outcome = check::go_on(bench));
    outcome?;
    let cut = dice.place(run.ops.len() + 1);
    let damage = *dice.pick(&Damage::ALL[..Damage::ALL.len() - 1]);
    let hit = *dice.pick(&[Hit::Till, Hit::Office, Hit::Both]);
    let image = run.image(cut, damage, hit, dice);
    let past = run.past.until(cut, run.known_at(cut));
    recover(&image, past, seed.wrapping_add(1), (device, again - 1), room, dice)
        .map_err(|Finding(what)| Finding(format!("after another cut behind {cut} calls ({}): {what}", damage.name())))
}

/// What lies in shared memory while the programs run.
fn indexes(root: &Path) -> Image {
    let mut image = Image::read(root).expect("the laboratory's folder can be read");
    image.files.retain(|path, _| path.ends_with("-shm"));
    image
}

/// Two cases with the same one need to be looked at once. Files that nothing was written to are the same in all cases of a run.
fn fingerprint(image: &Image, base: &Image, past: &Past, (again, lied, roll): (u32, bool, u64)) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (path, bytes) in &image.files {
        let untouched = base.files.get(path).is_some_and(|was| Arc::ptr_eq(was, bytes));
        (path, if untouched { 0 } else { digest(bytes) }).hash(&mut hasher);
    }
    image.vault.hash(&mut hasher);
    let known = &past.known;
    (known.incarnation, known.entries, known.acknowledged, known.book, known.payments).hash(&mut hasher);
    (&known.copies, &known.held, &known.earlier, (known.bills, known.wrong_pins), past.wishes.len(), again, lied)
        .hash(&mut hasher);
    if again > 0 || lied {
        roll.hash(&mut hasher);
    }
    hasher.finish()
}

/// Quick, and good enough to tell damaged files apart; nobody attacks it.
fn digest(bytes: &[u8]) -> u64 {
    let words = bytes.chunks(8).map(|chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        u64::from_le_bytes(word)
    });
    let start = u64::try_from(bytes.len()).expect("a small file") | 1 << 40;
    words.fold(start, |sum, word| (sum ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29))
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Case { use_case, run, device, cut, damage, hit, roll, again } = self;
        let (device, damage, hit) = (device.name(), damage.name(), hit.name());
        write!(f, "{use_case}:{run}:{device}:{cut}:{damage}:{hit}:{roll}:{again}")
    }
}

impl FromStr for Case {
    type Err = String;

    fn from_str(text: &str) -> Result<Case, String> {
        let bad = || format!("not the name of a case: {text}");
        let parts: Vec<&str> = text.split(':').collect();
        let [use_case, run, device, cut, damage, hit, roll, again] = parts[..] else { return Err(bad()) };
        let hits = [Hit::Till, Hit::Office, Hit::Both];
        Ok(Case {
            use_case: use_case.to_owned(),
            run: run.parse().map_err(|_| bad())?,
            device: Device::ALL.into_iter().find(|known| known.name() == device).ok_or_else(bad)?,
            cut: cut.parse().map_err(|_| bad())?,
            damage: Damage::ALL.into_iter().find(|known| known.name() == damage).ok_or_else(bad)?,
            hit: hits.into_iter().find(|known| known.name() == hit).ok_or_else(bad)?,
            roll: roll.parse().map_err(|_| bad())?,
            again: again.parse().map_err(|_| bad())?,
        })
    }
}
