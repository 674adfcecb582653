//! The beginning of a sealed file: what it is for, and its key, wrapped for each of those who may read it.

use super::key::{OpeningKey, recipient};
use super::{Entropy, NotARecipient, SealedError};
use crate::cbor::{self, Fields, FormatError, Map};
use crate::keys::{KeyId, PublicKey};
use coset::cbor::value::Value;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal_with_rng};
use std::convert::Infallible;
use zeroize::Zeroizing;

/// How every sealed file of this form begins.
pub const MAGIC: &[u8; 20] = b"raseed:sealed-file:1";
/// What all forms have in common.
const FAMILY: &[u8] = b"raseed:sealed-file:";

const MAX_HEADER: usize = 1024;
/// The most recipients of one file.
pub(super) const MAX_RECIPIENTS: usize = 4;

/// What a file is for. It says what may be expected in it, and never what counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Entries of a till for its head office, and what the till lacks.
    ToOffice,
    /// The head office's answer, or its book, for one till.
    ToTill,
    /// A till's second copy of what is not sent yet.
    SecondCopy,
}

impl Purpose {
    const ALL: [Purpose; 3] = [Purpose::ToOffice, Purpose::ToTill, Purpose::SecondCopy];

    fn number(self) -> u64 {
        match self {
            Purpose::ToOffice => 1,
            Purpose::ToTill => 2,
            Purpose::SecondCopy => 3,
        }
    }
}

/// The key of one file.
pub(super) type FileKey = Zeroizing<[u8; 32]>;

/// Draws a key for a new file; gives it with the bytes that the file begins with.
pub(super) fn begin(
    purpose: Purpose,
    recipients: &[PublicKey],
    fill: Entropy<'_>,
) -> Result<(FileKey, Vec<u8>), NotARecipient> {
    assert!((1..=MAX_RECIPIENTS).contains(&recipients.len()), "a file is for somebody, and for few");
    let mut key = Zeroizing::new([0; 32]);
    fill(key.as_mut_slice());
    let wraps = recipients.iter().map(|to| wrap(&key, to, fill)).collect::<Result<Vec<_>, _>>()?;
    let header = cbor::encode(&Map::new().put(1, purpose.number()).put(2, Value::Array(wraps)).into());
    let length = u16::try_from(header.len()).expect("four recipients are a few hundred bytes");
    Ok((key, [MAGIC.as_slice(), &length.to_be_bytes(), &header].concat()))
}

fn wrap(key: &FileKey, to: &PublicKey, fill: Entropy<'_>) -> Result<Value, NotARecipient> {
    let (enc, wrapped) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &recipient(to)?,
        MAGIC,
        key.as_slice(),
        b"",
        &mut Drawn(fill),
    )
    .map_err(|_| NotARecipient(to.id()))?;
    Ok(cbor::array([to.id().0.as_slice().into(), enc.to_bytes().as_slice().into(), wrapped.into()]))
}

/// A header that was read.
pub(super) struct Opened<'a> {
    pub purpose: Purpose,
    pub key: FileKey,
    /// All bytes before the first record: each record is bound to them.
    pub head: &'a [u8],
}

/// Reads the beginning of a file and opens its key.
pub(super) fn open<'a>(bytes: &'a [u8], ours: &OpeningKey) -> Result<Opened<'a>, SealedError> {
    let rest = bytes.strip_prefix(MAGIC.as_slice()).ok_or_else(|| match bytes.starts_with(FAMILY) {
        true => SealedError::Newer,
        false => SealedError::NotSealed,
    })?;
    let cut = SealedError::Header(FormatError::NotCbor);
    let Some((length, rest)) = rest.split_first_chunk::<2>() else { return Err(cut) };
    let length = usize::from(u16::from_be_bytes(*length));
    let header = rest.get(..length).ok_or(cut)?;
    let value = cbor::decode("sealed file", header, MAX_HEADER).map_err(SealedError::Header)?;
    let (purpose, wraps) = read(&value).map_err(SealedError::Header)?;
    let head = &bytes[..MAGIC.len() + 2 + length];
    let mine: Vec<&Wrap> = wraps.iter().filter(|wrap| wrap.to == ours.id()).collect();
    if mine.is_empty() {
        let for_keys = wraps.iter().map(|wrap| wrap.to.to_string()).collect::<Vec<_>>().join(", ");
        return Err(SealedError::NotForUs { for_keys, ours: ours.id() });
    }
    // A key id is a hint of eight bytes: another recipient's may be the same.
    let key = mine.into_iter().find_map(|wrap| wrap.open(ours)).ok_or(SealedError::Wrap)?;
    Ok(Opened { purpose, key, head })
}

/// The file's key for one recipient.
struct Wrap {
    to: KeyId,
    enc: [u8; 32],
    wrapped: [u8; 48],
}

impl Wrap {
    fn open(&self, ours: &OpeningKey) -> Option<FileKey> {
        let enc = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(&self.enc).ok()?;
        let opened = single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            ours.private(),
            &enc,
            MAGIC,
            &self.wrapped,
            b"",
        );
        let opened = Zeroizing::new(opened.ok()?);
        let mut key = Zeroizing::new([0; 32]);
        (opened.len() == key.len()).then(|| key.copy_from_slice(&opened))?;
        Some(key)
    }
}

fn read(value: &Value) -> Result<(Purpose, Vec<Wrap>), FormatError> {
    let fields = Fields::of_map("sealed file", value)?;
    let number = fields.u64(1)?;
    let purpose = Purpose::ALL.into_iter().find(|purpose| purpose.number() == number).ok_or_else(|| fields.bad(1))?;
    let list = fields.array(2, MAX_RECIPIENTS)?;
    let wrap = |item| {
        let parts = Fields::of_array("recipient", item, 3)?;
        Ok(Wrap { to: KeyId(parts.bytes(0)?), enc: parts.bytes(1)?, wrapped: parts.bytes(2)? })
    };
    Ok((purpose, list.iter().map(wrap).collect::<Result<_, FormatError>>()?))
}

/// Random bytes that were handed in, in the form in which `hpke` asks for them.
struct Drawn<'a>(Entropy<'a>);

impl TryRng for Drawn<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        (self.0)(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        (self.0)(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        (self.0)(bytes);
        Ok(())
    }
}

/// The port promises bytes fit for keys.
impl TryCryptoRng for Drawn<'_> {}
