//! TLS for an office with no proxy before it: a certificate and its key from two PEM files, read again when they are renewed.
//!
//! Tills trust the office's signatures, not its certificate; TLS keeps what passes from being read (names in the book, one-time
//! codes). So nothing here may ever weaken into plain text: a connection that does not end its handshake is closed.

use crate::keys::is_exposed;
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use thiserror::Error;
use tokio_rustls::TlsAcceptor;
use zeroize::Zeroizing;

/// The most bytes of either file.
const MAX_FILE: u64 = 256 * 1024;

/// Why a certificate cannot be served.
#[derive(Debug, Error)]
pub enum BadTls {
    /// The machine says no.
    #[error("{} cannot be read: {source}; check its path and rights", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the machine says.
        source: io::Error,
    },
    /// Others can read the key.
    #[error("the key {} can be read by other users; make it readable by its owner alone (chmod 600)", .0.display())]
    Exposed(PathBuf),
    /// No PEM, or not of this kind.
    #[error("{} holds no {wanted} in PEM form; give the file that your certificate authority calls {usual}", path.display())]
    Form {
        /// Which file.
        path: PathBuf,
        /// What was looked for.
        wanted: &'static str,
        /// How authorities usually name it.
        usual: &'static str,
    },
    /// The two do not belong together, or are of a kind that is not spoken.
    #[error("this certificate and key cannot be used together: {0}")]
    Pair(String),
}

/// A certificate that can be served.
pub struct Tls {
    chain: PathBuf,
    key: PathBuf,
    current: Mutex<Current>,
}

struct Current {
    config: Arc<ServerConfig>,
    /// When the files were written that it was read from.
    written: [Option<SystemTime>; 2],
}

impl Tls {
    /// Reads both files. The chain begins with the office's own certificate; the key is readable by its owner alone.
    ///
    /// # Errors
    /// If one cannot be read, holds something else, or they do not belong together.
    pub fn open(chain: &Path, key: &Path) -> Result<Tls, BadTls> {
        let current = Current::read(chain, key)?;
        Ok(Tls { chain: chain.to_owned(), key: key.to_owned(), current: Mutex::new(current) })
    }

    /// What to greet the next connection with. Files that were renewed since are read first; while they cannot be used (one of
    /// two is written, say), what was good goes on.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if written(&self.chain, &self.key) != current.written
            && let Ok(renewed) = Current::read(&self.chain, &self.key)
        {
            *current = renewed;
        }
        TlsAcceptor::from(Arc::clone(&current.config))
    }
}

impl Current {
    fn read(chain: &Path, key: &Path) -> Result<Current, BadTls> {
        // Before the files: what is written while they are read is seen the next time.
        let written = written(chain, key);
        let (chain, key) = (read_chain(chain)?, read_key(key)?);
        let pair = |error: rustls::Error| BadTls::Pair(error.to_string());
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(pair)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(pair)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Current { config: Arc::new(config), written })
    }
}

fn written(chain: &Path, key: &Path) -> [Option<SystemTime>; 2] {
    [chain, key].map(|path| fs::metadata(path).and_then(|file| file.modified()).ok())
}

fn read_chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, BadTls> {
    let (bytes, _) = read(path)?;
    let chain: Vec<_> = CertificateDer::pem_slice_iter(&bytes).filter_map(Result::ok).collect();
    match chain.is_empty() {
        true => Err(BadTls::Form { path: path.to_owned(), wanted: "certificate", usual: "fullchain.pem" }),
        false => Ok(chain),
    }
}

fn read_key(path: &Path) -> Result<PrivateKeyDer<'static>, BadTls> {
    let (bytes, metadata) = read(path)?;
    if is_exposed(&metadata) {
        return Err(BadTls::Exposed(path.to_owned()));
    }
    let form = |_| BadTls::Form { path: path.to_owned(), wanted: "private key", usual: "privkey.pem" };
    PrivateKeyDer::from_pem_slice(&bytes).map_err(form)
}

fn read(path: &Path) -> Result<(Zeroizing<Vec<u8>>, Metadata), BadTls> {
    let failed = |source| BadTls::Io { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(MAX_FILE).read_to_end(&mut bytes).map_err(failed)?;
    Ok((bytes, metadata))
}
