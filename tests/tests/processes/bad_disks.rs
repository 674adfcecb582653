//! Storage that is full, closed, too small or damaged: nothing shown is lost, nothing is deleted, and it is said plainly.

use crate::books;
use crate::dice::Dice;
use crate::place::{Place, Server, Till, Wish, batch};
use crate::program::{Refusal, Said, path, raseed};
use raseed_protocol::receipt_link;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const NOBODY: u32 = 65_534;

fn place_and_till() -> (Place, Server, Till) {
    let place = Place::new(300);
    let server = place.serve();
    let till = place.till("SAS07", &server.address);
    (place, server, till)
}

fn wishes(place: &Place, dice: &mut Dice, count: usize) -> Vec<Wish> {
    let account = |n: usize| place.accounts[n % place.accounts.len()].clone();
    let wish = |n| Wish { request: dice.request(), account: account(n), amount: "3".to_owned() };
    (0..count).map(wish).collect()
}

/// A batch that may end in the middle: its receipts, and the codes of its refusals.
fn heard(said: &Said) -> (Vec<Value>, BTreeSet<String>) {
    let lines = said.out.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
    let (given, refused): (Vec<Value>, Vec<Value>) = lines.partition(|value| value["receipt"].is_string());
    (given, refused.iter().filter_map(|value| value["error"].as_str().map(str::to_owned)).collect())
}

// ---- a full disk --------------------------------------------------------------------------------------------------

/// A small file system of its own, seen only by processes that are called through it.
struct TinyDisk {
    holder: Child,
    as_root: bool,
}

impl TinyDisk {
    /// Mounts `megabytes` over this folder, or says why that cannot be done here.
    fn over(folder: &Path, megabytes: u32) -> Option<TinyDisk> {
        [true, false].into_iter().find_map(|as_root| {
            let mut unshare = Command::new("unshare");
            if !as_root {
                unshare.args(["--user", "--map-root-user"]);
            }
            let script = format!("mount -t tmpfs -o size={megabytes}m tmpfs \"$0\" && echo mounted && cat");
            unshare.args(["--mount", "--", "sh", "-c", &script]).arg(folder);
            let mut holder = unshare.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
            let mut line = String::new();
            BufReader::new(holder.stdout.take()?).read_line(&mut line).ok()?;
            let disk = TinyDisk { holder, as_root };
            (line.trim() == "mounted").then_some(disk)
        })
    }

    /// The command, called inside.
    fn inside(&self, command: &Command) -> Command {
        let mut nsenter = Command::new("nsenter");
        nsenter.args(["--target", &self.holder.id().to_string(), "--mount"]);
        if !self.as_root {
            nsenter.args(["--user", "--preserve-credentials"]);
        }
        nsenter.arg("--").arg(command.get_program()).args(command.get_args()).stdin(Stdio::null());
        nsenter
    }

    fn run(&self, command: &Command) -> Said {
        Said::by(&mut self.inside(command))
    }

    fn shell(&self, script: &str) -> Said {
        let said = self.run(Command::new("sh").args(["-c", script]));
        assert_eq!(said.code(), 0, "{script}: {}", said.err);
        said
    }
}

impl Drop for TinyDisk {
    fn drop(&mut self) {
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}

#[test]
#[ignore = "needs the released program"]
fn a_full_disk_takes_no_receipt_back() {
    let mut dice = Dice::new("full disk");
    let place = Place::new(300);
    let server = place.serve();
    let small = place.path("small");
    fs::create_dir(&small).expect("a new folder");
    let Some(disk) = TinyDisk::over(&small, 8) else {
        println!("SKIPPED: no small file system can be mounted here (needs root or user namespaces)");
        assert!(std::env::var_os("RASEED_REQUIRE_TMPFS").is_none(), "RASEED_REQUIRE_TMPFS is set");
        return;
    };
    let till = Till { folder: small.join("SAS07") };
    disk.run(&till.command(&["enrol", &place.link("SAS07", &server.address)])).good();
    disk.run(&till.command(&["sync"])).good();
    disk.run(&till.command(&["shift"])).good();
    let ballast = small.join("ballast");
    let mut shown = Vec::new();
    for round in 0..6 {
        // Every time another handful of blocks is left.
        let left = dice.below(500) * 1000;
        disk.shell(&format!(
            "head -c {left} /dev/zero >{0}.hole; cat /dev/zero >{0} 2>&-; rm {0}.hole",
            ballast.display()
        ));
        let wished = wishes(&place, &mut dice, 60);
        let said = batch(disk.inside(&till.command(&["collect", "--batch"])), &wished);
        let (given, codes) = heard(&said);
        let refused = if given.len() == wished.len() { None } else { Some(codes) };
        println!("full disk: {left} bytes left, {} receipts, then {refused:?}, exit {}", given.len(), said.code());
        if let Some(codes) = refused {
            let first = if codes.is_empty() { said.failure().code } else { "disk-full".to_owned() };
            assert_eq!(first, "disk-full", "{}{}", said.out, said.err);
            assert!(codes.iter().all(|code| ["disk-full", "stopped"].contains(&code.as_str())), "{codes:?}");
        }
        shown.extend(given);
        if round % 2 == 1 {
            let looked = disk.run(&till.command(&["today"]));
            if looked.code() != 0 {
                assert_eq!(looked.refused().code, "disk-full", "{}", looked.err);
            }
        }
        disk.shell(&format!("rm {}", ballast.display()));
        // The same wishes once more: what stands is repeated, the rest is taken now.
        let again = batch(disk.inside(&till.command(&["collect", "--batch"])), &wished);
        assert_eq!(again.code(), 0, "{}", again.err);
        shown.extend(books::answers(&again.out));
    }
    // Out of the small disk, to be looked at like any other till.
    let home = Till { folder: place.path("copied") };
    fs::create_dir(&home.folder).expect("a new folder");
    let pack = disk.inside(Command::new("tar").args(["-C"]).arg(&till.folder).args(["-c", "."])).output().expect("tar");
    let mut unpack =
        Command::new("tar").arg("-C").arg(&home.folder).arg("-x").stdin(Stdio::piped()).spawn().expect("tar");
    unpack.stdin.take().expect("asked for a pipe").write_all(&pack.stdout).expect("tar reads");
    assert!(unpack.wait().expect("tar ends").success());
    let stands = books::settled(&place, &home, "SAS07");
    books::all_shown_stand(&shown, &stands);
    assert_eq!(stands.len(), 360);
}

// ---- files that cannot be written ---------------------------------------------------------------------------------

#[test]
#[ignore = "needs the released program"]
fn files_that_may_grow_no_further_stop_the_till_in_order() {
    let mut dice = Dice::new("small files");
    let (place, server, till) = place_and_till();
    let mut shown = Vec::new();
    for round in 0..6 {
        // Sync first: then the write-ahead log begins again, and the limit falls at another place.
        till.run(&["sync"]).good();
        let wished = wishes(&place, &mut dice, 80);
        let size = fs::metadata(till.file()).expect("the till's file").len();
        let blocks = size / 1024 + u64::try_from(dice.below(300)).expect("small");
        let mut limited = Command::new("bash");
        let call = till.command(&["collect", "--batch"]);
        limited.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""), "limited"]);
        limited.arg(call.get_program()).args(call.get_args());
        let said = batch(limited, &wished);
        let (given, codes) = heard(&said);
        println!("small files: round {round}: {} receipts, then {codes:?}, exit {}", given.len(), said.code());
        let known = ["storage", "commit-unknown", "stopped", "disk-full"];
        assert!(codes.iter().all(|code| known.contains(&code.as_str())), "{codes:?}");
        if said.code() != 0 {
            let failure = said.refused();
            assert!(known.contains(&failure.code.as_str()), "{failure:?}");
        }
        shown.extend(given);
        shown.extend(books::answers(&till.batch(&wished).out));
    }
    let stands = books::settled(&place, &till, "SAS07");
    books::all_shown_stand(&shown, &stands);
    assert_eq!(stands.len(), 480);
    drop(server);
}

#[test]
#[ignore = "needs the released program"]
fn a_folder_that_may_not_be_written_is_a_refusal_and_not_a_loss() {
    let (place, _server, till) = place_and_till();
    // Root may write everywhere, so the till runs as somebody else, from a program that anybody may read.
    let program = place.path("raseed");
    fs::copy(path(), &program).expect("a copy");
    let everything = [place.path(""), program.clone(), till.folder.clone()];
    everything.iter().for_each(|path| mode(path, 0o755));
    let files: Vec<PathBuf> = files_of(&till.folder).into_iter().map(|(path, _)| path).collect();
    files.iter().for_each(|path| mode(path, 0o444));
    mode(&till.folder, 0o555);
    let before = files_of(&till.folder);
    for args in [&["today"][..], &["collect", &place.accounts[0], "5"], &["queue"]] {
        let call = till.command(args);
        let mut stranger = Command::new(&program);
        stranger.args(call.get_args()).stdin(Stdio::null());
        if fs::metadata("/proc/self").map(|me| std::os::unix::fs::MetadataExt::uid(&me)).expect("Linux") == 0 {
            stranger.uid(NOBODY).gid(NOBODY);
        }
        let refusal = Said::by(&mut stranger).refused();
        assert_eq!(refusal.code, "storage", "{refusal:?}");
        assert!(refusal.message.contains("nothing was recorded"), "{refusal:?}");
    }
    assert_eq!(files_of(&till.folder), before);
    mode(&till.folder, 0o755);
    files.iter().for_each(|path| mode(path, 0o644));
    till.run(&["collect", &place.accounts[0], "5"]).good();
    assert_eq!(books::settled(&place, &till, "SAS07").len(), 1);
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("our own file");
}

fn files_of(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = entries.map(|path| (path.clone(), fs::read(path).expect("a file"))).collect();
    files.sort();
    files
}

// ---- damage -------------------------------------------------------------------------------------------------------

/// How a file is hurt.
#[derive(Clone, Copy, Debug)]
enum Hurt {
    Header,
    HalfGone,
    PagesInTheMiddle,
    JournalPages,
}

#[test]
#[ignore = "needs the released program"]
fn a_damaged_file_is_kept_salvaged_and_left_behind() {
    let mut dice = Dice::new("damage");
    // Of 302 entries; how many lie in the lost half differs.
    for (hurt, least) in
        [(Hurt::Header, 302), (Hurt::HalfGone, 1), (Hurt::PagesInTheMiddle, 250), (Hurt::JournalPages, 280)]
    {
        damaged(hurt, least, &mut dice);
    }
}

#[test]
#[ignore = "needs the released program"]
fn an_empty_file_and_a_lost_key_end_in_a_second_life() {
    let (place, server, till) = place_and_till();
    let sent = till.run(&["collect", &place.accounts[0], "5"]).good();
    till.run(&["sync"]).good();
    fs::remove_file(till.folder.join("till.key")).expect("the key's file");
    assert_eq!(till.run(&["today"]).refused().code, "wrong-key");
    // A link that does not work changes nothing.
    let injured = fs::read(till.file()).expect("a file");
    assert_eq!(place.enrol("SAS07", &till, "127.0.0.1:1").refused().code, "unreachable");
    assert_eq!(fs::read(till.file()).expect("a file"), injured);
    let enrolled = place.enrol("SAS07", &till, &server.address).good();
    assert_eq!((&enrolled["incarnation"], enrolled["set_aside"].is_string()), (&2.into(), true), "{enrolled}");

    fs::write(till.file(), b"").expect("the till's file");
    assert_eq!(till.run(&["today"]).refused().code, "not-enrolled");
    assert_eq!(place.enrol("SAS07", &till, &server.address).good()["incarnation"], 3);
    till.run(&["sync"]).good();
    till.run(&["shift"]).good();
    let given = till.run(&["collect", &place.accounts[0], "5"]).good();
    assert_eq!((&given["receipt"], &sent["receipt"]), (&"SAS07-3-3".into(), &"SAS07-1-3".into()));
    books::projections_are_right(&till);
    till.run(&["sync"]).good();
    assert_eq!(books::cash(&books::ledger(&place), "SAS07"), 1_000, "both are booked");
}

fn damaged(hurt: Hurt, least: usize, dice: &mut Dice) {
    let (place, server, till) = place_and_till();
    let shown = books::answers(&till.batch(&wishes(&place, dice, 300)).out);
    till.run(&["check"]).good();
    let file = till.file();
    assert!(!till.folder.join("till.db-wal").exists(), "a clean end leaves one file");
    injure(&file, hurt);
    let injured = fs::read(&file).expect("a file");

    let refusal = refused_somewhere(&till, &place);
    assert_eq!(refusal.code, "damaged", "{hurt:?}: {refusal:?}");
    assert_eq!(fs::read(&file).expect("a file"), injured, "{hurt:?}: it was touched");

    let key = place.root_key();
    let salvage = place.path("salvage");
    let mut check = raseed(["journal", "check", "--root-key", &key, "--salvage"]);
    let audited = Said::by(check.arg(&salvage).arg(&file));
    let saved = salvaged(&salvage);
    println!("damage: {hurt:?}: {} of {} entries saved, exit {}", saved.len(), shown.len() + 2, audited.code());
    let readable = readable(&injured, &shown);
    assert!(saved.len() >= least, "{hurt:?}: only {} saved", saved.len());
    assert!(readable.is_subset(&saved), "{hurt:?}: {} readable, {} saved", readable.len(), saved.len());
    assert_eq!(fs::read(&file).expect("a file"), injured, "{hurt:?}: it was touched");

    let enrolled = place.enrol("SAS07", &till, &server.address).good();
    assert_eq!(enrolled["incarnation"], 2, "{hurt:?}");
    let aside = enrolled["set_aside"].as_str().unwrap_or_else(|| panic!("{hurt:?}: {enrolled}"));
    assert_eq!(fs::read(aside).expect("set aside"), injured, "{hurt:?}: it was changed");
    till.run(&["sync"]).good();
    till.run(&["shift"]).good();
    let again = books::answers(&till.batch(&wishes(&place, dice, 5)).out);
    assert_eq!(again[0]["receipt"], "SAS07-2-3");
    books::projections_are_right(&till);
    till.run(&["sync"]).good();
    let stands = books::receipts(&place, &till);
    books::all_shown_stand(&again, &stands);
    books::ledger(&place);
}

/// Damage in a corner is met when the corner is read; the whole is read by `check`.
fn refused_somewhere(till: &Till, place: &Place) -> Refusal {
    let calls = [&["today"][..], &["show", &place.accounts[0]], &["check"]];
    let said = calls.iter().map(|args| till.run(args)).find(|said| said.code() != 0);
    said.expect("nobody noticed").refused()
}

fn injure(file: &Path, hurt: Hurt) {
    let mut opened = OpenOptions::new().read(true).write(true).open(file).expect("the till's file");
    let length = opened.metadata().expect("a file").len();
    let mut overwrite = |at: u64, count: usize| {
        opened.seek(SeekFrom::Start(at)).expect("a file");
        opened.write_all(&vec![0x5a; count]).expect("a file");
    };
    match hurt {
        Hurt::Header => overwrite(0, 64),
        Hurt::HalfGone => opened.set_len(length / 2 / 4096 * 4096).expect("a file"),
        Hurt::PagesInTheMiddle => overwrite(length / 2 / 4096 * 4096, 3 * 4096),
        Hurt::JournalPages => {
            let mut bytes = Vec::new();
            opened.read_to_end(&mut bytes).expect("a file");
            // A page with entries on it, but not one of the first: a receipt's link begins with its signature's header.
            let pages: Vec<_> = (0u64..).zip(bytes.chunks(4096)).filter(|(_, page)| page[0] == 0x0a).collect();
            let (number, _) = pages[pages.len() / 2];
            let mut opened = OpenOptions::new().write(true).open(file).expect("the till's file");
            opened.seek(SeekFrom::Start(number * 4096)).expect("a file");
            opened.write_all(&[0x5a; 4096]).expect("a file");
        }
    }
}

/// Hashes of the entries in the salvaged runs.
fn salvaged(folder: &Path) -> BTreeSet<String> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeSet::new() };
    let mut hashes = BTreeSet::new();
    for entry in entries {
        let bytes = fs::read(entry.expect("an entry").path()).expect("a file");
        let reader = raseed_protocol::journal::RunReader::new(&bytes).expect("a run");
        hashes.extend(reader.map(|entry| raseed_protocol::keys::Hash::of(entry.expect("whole")).to_string()));
    }
    hashes
}

/// What was shown and still lies in the file, whole: a receipt's link carries its entry's very bytes.
fn readable(injured: &[u8], shown: &[Value]) -> BTreeSet<String> {
    let whole = shown.iter().filter(|value| {
        let (_, entry) = receipt_link::unpack(value["link"].as_str().expect("a link")).expect("genuine");
        injured.windows(entry.len()).any(|window| window == entry)
    });
    whole.map(|value| value["hash"].as_str().expect("a hash").to_owned()).collect()
}

// ---- two at once --------------------------------------------------------------------------------------------------

#[test]
#[ignore = "needs the released program"]
fn the_second_program_on_a_till_is_sent_away() {
    let mut dice = Dice::new("two at once");
    let (place, _server, till) = place_and_till();
    let wished = wishes(&place, &mut dice, 2);
    let mut call = till.command(&["collect", "--batch"]);
    let mut first = call.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut input = first.stdin.take().expect("asked for a pipe");
    let mut output = BufReader::new(first.stdout.take().expect("asked for a pipe"));
    let mut line = String::new();
    input.write_all(wished[0].line().as_bytes()).expect("the till reads");
    output.read_line(&mut line).expect("an answer");
    // The first has the till open now, for sure.
    for args in [
        &["today"][..],
        &["collect", &place.accounts[0], "5"],
        &["sync"],
        &["enrol", &place.link("SAS07", "127.0.0.1:1")],
    ] {
        let refusal = till.run(args).refused();
        assert_eq!(refusal.code, "in-use");
        assert!(refusal.message.contains("close that one first"), "{refusal:?}");
    }
    input.write_all(wished[1].line().as_bytes()).expect("the till reads");
    drop(input);
    output.read_to_string(&mut line).expect("UTF-8");
    assert!(first.wait().expect("it ends").success());
    let stands = books::settled(&place, &till, "SAS07");
    books::all_shown_stand(&books::answers(&line), &stands);
    assert_eq!(stands.len(), 2);
}
