//! This machine: its clocks, its random bytes, its patience.

use crate::output::Failure;
use raseed_protocol::time::{BootId, ElapsedMs, WallMs};
use raseed_till::Ports;
use raseed_till::ports::{Clock, Entropy, FileVault, FolderCopy, MachineDisk, Now, SecondCopy};
use raseed_till::sync::{HttpTransport, Wait};
use ring::rand::{SecureRandom, SystemRandom};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The ports of a till in this folder, and of its second copy in another one.
pub fn ports(folder: &Path, copy: Option<&Path>) -> Ports {
    Ports {
        clock: Box::new(MachineClock),
        entropy: Box::new(MachineEntropy),
        vault: Box::new(FileVault::new(folder)),
        disk: Arc::new(disk()),
        copy: copy.map(|folder| Box::new(FolderCopy::new(folder)) as Box<dyn SecondCopy>),
    }
}

/// The storage of this machine.
fn disk() -> MachineDisk {
    let began = Instant::now();
    MachineDisk::new(move || began.elapsed())
}

/// Wall time now.
pub fn wall() -> WallMs {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    WallMs(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// Fills with random bytes fit for keys.
pub fn random(bytes: &mut [u8]) {
    // Without random bytes there are no keys: going on would be worse than stopping.
    SystemRandom::new().fill(bytes).expect("this machine gives random bytes");
}

/// The clocks of Linux; elsewhere time since boot counts from the epoch and the boot is unknown.
pub struct MachineClock;

impl Clock for MachineClock {
    fn now(&self) -> Now {
        let wall = wall();
        Now { wall, boot: boot_id(), elapsed: ElapsedMs(uptime_ms().unwrap_or(wall.0)) }
    }
}

fn uptime_ms() -> Option<u64> {
    let text = fs::read_to_string("/proc/uptime").ok()?;
    let (seconds, hundredths) = text.split_whitespace().next()?.split_once('.')?;
    Some(seconds.parse::<u64>().ok()? * 1000 + hundredths.parse::<u64>().ok()? * 10)
}

fn boot_id() -> BootId {
    let text = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let mut id = [0; 4];
    for (byte, digits) in id.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = std::str::from_utf8(digits).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
    }
    BootId(id)
}

/// The system's random number generator.
pub struct MachineEntropy;

impl Entropy for MachineEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        random(bytes);
    }
}

/// A line to the head office; whose TLS certificate is trusted by the public authorities, or by those of this file alone.
pub fn line(roots: Option<&Path>, connect: Duration, overall: Duration) -> Result<HttpTransport, Failure> {
    let Some(path) = roots else { return Ok(HttpTransport::new(connect, overall)) };
    let pem = fs::read(path).map_err(Failure::io(path.display()))?;
    HttpTransport::with_roots(&pem, connect, overall).map_err(|error| Failure::new("bad-tls", error))
}

/// Waits by sleeping.
pub struct Sleep;

impl Wait for Sleep {
    fn wait(&mut self, milliseconds: u64) -> bool {
        std::thread::sleep(Duration::from_millis(milliseconds));
        true
    }
}

/// Columns of a 58 mm printer's text.
pub const COLUMNS: usize = 32;
