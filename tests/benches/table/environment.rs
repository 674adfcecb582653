//! What the numbers were measured on.

use crate::measure::{Samples, timed};
use crate::world;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// Prints it.
pub fn print() {
    println!("processor    {} x {}", cores(), processor());
    println!("file system  {}", file_system(&world::scratch()));
    println!("flush        {} (median of 200: 4 KiB appended and synced)", flush());
    println!("SQLite       {}", rusqlite::version());
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("not known");
    model.trim_start_matches([' ', '\t', ':']).to_owned()
}

/// The type of the mount that holds the path.
fn file_system(path: &Path) -> String {
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let fields = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        Some((fields.next()?, fields.next()?))
    });
    let holds = fields.filter(|(at, _)| path.starts_with(at)).max_by_key(|(at, _)| at.len());
    holds.map_or("not known", |(_, kind)| kind).to_owned()
}

fn flush() -> crate::measure::Nanos {
    let folder = world::new_folder();
    let mut file = File::create(folder.path().join("flush")).expect("a new file");
    let mut samples = Samples::default();
    for _ in 0..200 {
        let (time, _) = timed(|| file.write_all(&[7; 4096]).and_then(|()| file.sync_data()));
        samples.push(time);
    }
    samples.median()
}

/// Memory of this process that is in use, in bytes (Linux; 0 elsewhere).
pub fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) * 1024
}
