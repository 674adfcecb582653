//! What the app gives the core: clocks and a vault. Written in Kotlin, because only Android knows them.

use raseed_protocol::time::{BootId, ElapsedMs, WallMs};
use raseed_till::Ports;
use raseed_till::ports::{Clock, Entropy, FolderCopy, MachineDisk, Now, SecondCopy, Vault, VaultError};
use ring::rand::{SecureRandom, SystemRandom};
use std::sync::Arc;
use std::time::Instant;
use zeroize::Zeroizing;

/// All clocks at one moment.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Moment {
    /// `System.currentTimeMillis()`: wall time in milliseconds since 1970. It may be wrong.
    pub wall_ms: i64,
    /// `SystemClock.elapsedRealtime()`: milliseconds since boot, sleep included.
    pub elapsed_ms: i64,
    /// A number that differs from boot to boot: `Settings.Global.BOOT_COUNT`.
    pub boot: i32,
}

/// The device's clocks.
#[uniffi::export(with_foreign)]
pub trait DeviceClock: Send + Sync {
    /// Reads them all at once.
    fn now(&self) -> Moment;
}

/// Where secrets sleep, sealed by the Android Keystore. A secret is 32 bytes under a name.
#[uniffi::export(with_foreign)]
pub trait SecretVault: Send + Sync {
    /// The secret under this name, if there is one.
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, VaultTrouble>;
    /// Keeps it durably, replacing what was there.
    fn save(&self, name: String, secret: Vec<u8>) -> Result<(), VaultTrouble>;
    /// Forgets it; no error if there is nothing under the name.
    fn forget(&self, name: String) -> Result<(), VaultTrouble>;
}

/// The vault did not give or take a secret.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum VaultTrouble {
    /// It cannot be reached now; unlocking the device may help.
    #[error("{what}")]
    Unreachable {
        /// What the Keystore said.
        what: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for VaultTrouble {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> VaultTrouble {
        VaultTrouble::Unreachable { what: error.reason }
    }
}

/// The ports of one device.
#[derive(Clone, uniffi::Record)]
pub struct DevicePorts {
    /// Its clocks.
    pub clock: Arc<dyn DeviceClock>,
    /// Its vault.
    pub vault: Arc<dyn SecretVault>,
    /// A folder for the second copy of what is not sent yet: on the SD card if there is one, else one that is kept apart from the
    /// database. Without it there is no second copy.
    #[uniffi(default = None)]
    pub copy_folder: Option<String>,
}

impl DevicePorts {
    /// As the core wants them; random bytes and the storage come from the system itself.
    pub(crate) fn to_core(&self) -> Ports {
        let began = Instant::now();
        Ports {
            disk: Arc::new(MachineDisk::new(move || began.elapsed())),
            clock: Box::new(AppClock(Arc::clone(&self.clock))),
            entropy: Box::new(SystemEntropy),
            vault: Box::new(AppVault(Arc::clone(&self.vault))),
            copy: self.copy_folder.as_ref().map(|folder| Box::new(FolderCopy::new(folder)) as Box<dyn SecondCopy>),
        }
    }
}

struct AppClock(Arc<dyn DeviceClock>);

impl Clock for AppClock {
    fn now(&self) -> Now {
        let moment = self.0.now();
        // A clock before 1970 is refused by the till as one that is behind.
        let ms = |ms: i64| u64::try_from(ms).unwrap_or(0);
        Now {
            wall: WallMs(ms(moment.wall_ms)),
            boot: BootId(moment.boot.to_be_bytes()),
            elapsed: ElapsedMs(ms(moment.elapsed_ms)),
        }
    }
}

struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        // Without random bytes there are no keys: going on would be worse than stopping.
        SystemRandom::new().fill(bytes).expect("the system gives random bytes");
    }
}

struct AppVault(Arc<dyn SecretVault>);

impl Vault for AppVault {
    fn load(&self, name: &str) -> Result<Option<Zeroizing<[u8; 32]>>, VaultError> {
        let Some(secret) = self.0.load(name.to_owned()).map_err(refused)?.map(Zeroizing::new) else {
            return Ok(None);
        };
        let seed: [u8; 32] = secret.as_slice().try_into().map_err(|_| VaultError("a secret of a wrong size".into()))?;
        Ok(Some(Zeroizing::new(seed)))
    }

    fn save(&self, name: &str, seed: &[u8; 32]) -> Result<(), VaultError> {
        self.0.save(name.to_owned(), seed.to_vec()).map_err(refused)
    }

    fn forget(&self, name: &str) -> Result<(), VaultError> {
        self.0.forget(name.to_owned()).map_err(refused)
    }
}

fn refused(trouble: VaultTrouble) -> VaultError {
    VaultError(trouble.to_string())
}
