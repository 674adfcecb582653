//! The parts of a machine, under a test's control.

use raseed_protocol::keys::Hash;
use raseed_protocol::time::{BootId, ElapsedMs, WallMs};
use raseed_till::ports::{Clock, Entropy, Now, Vault, VaultError};
use raseed_till::sync::Wait;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

/// A clock that is set by hand; time since boot never goes back.
#[derive(Clone)]
pub struct HandClock {
    wall: Arc<AtomicU64>,
    elapsed: Arc<AtomicU64>,
}

impl HandClock {
    /// A clock that shows this.
    pub fn new(wall: WallMs) -> HandClock {
        HandClock { wall: Arc::new(AtomicU64::new(wall.0)), elapsed: Arc::new(AtomicU64::new(1_000)) }
    }

    /// What it shows.
    pub fn wall(&self) -> WallMs {
        WallMs(self.wall.load(Ordering::SeqCst))
    }

    /// Lets time pass.
    pub fn pass(&self, milliseconds: u64) {
        self.wall.fetch_add(milliseconds, Ordering::SeqCst);
        self.elapsed.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// Sets it, forward or back.
    pub fn set(&self, wall: WallMs) {
        self.wall.store(wall.0, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Now {
        let elapsed = ElapsedMs(self.elapsed.fetch_add(1, Ordering::SeqCst));
        Now { wall: self.wall(), boot: BootId([1, 2, 3, 4]), elapsed }
    }
}

/// Random bytes from a seed (SplitMix64): never for anything real.
#[derive(Clone, Debug)]
pub struct Seeded(Arc<Mutex<u64>>);

impl Seeded {
    /// The bytes of this seed.
    pub fn new(seed: u64) -> Seeded {
        // Hashed: the streams of neighbouring seeds must have nothing in common, or two devices draw one key.
        let start = Hash::of(&seed.to_le_bytes()).0;
        Seeded(Arc::new(Mutex::new(u64::from_le_bytes(*start.first_chunk().expect("32 bytes")))))
    }

    /// The next bytes.
    pub fn next(&mut self, bytes: &mut [u8]) {
        self.fill(bytes);
    }
}

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().expect("no test panics in here");
        for chunk in bytes.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
}

/// A vault that lives as long as the test.
#[derive(Clone, Default)]
pub struct MemoryVault(Arc<Mutex<HashMap<String, [u8; 32]>>>);

impl MemoryVault {
    /// Another vault with the same in it: the device was copied, all of it.
    #[must_use]
    pub fn copied(&self) -> MemoryVault {
        MemoryVault(Arc::new(Mutex::new(self.0.lock().expect("no test panics in here").clone())))
    }
}

impl Vault for MemoryVault {
    fn load(&self, name: &str) -> Result<Option<Zeroizing<[u8; 32]>>, VaultError> {
        let seeds = self.0.lock().map_err(|_| VaultError("poisoned".to_owned()))?;
        Ok(seeds.get(name).copied().map(Zeroizing::new))
    }

    fn save(&self, name: &str, seed: &[u8; 32]) -> Result<(), VaultError> {
        self.0.lock().map_err(|_| VaultError("poisoned".to_owned()))?.insert(name.to_owned(), *seed);
        Ok(())
    }

    fn forget(&self, name: &str) -> Result<(), VaultError> {
        self.0.lock().map_err(|_| VaultError("poisoned".to_owned()))?.remove(name);
        Ok(())
    }
}

/// Waiting costs nothing here.
pub struct Patient;

impl Wait for Patient {
    fn wait(&mut self, _milliseconds: u64) -> bool {
        true
    }
}
