//! Keys for the days to come: asked for by the till, certified by the head office.

use crate::keys::PublicKey;
use serde::{Deserialize, Serialize};

/// The most keys of one request: so many that the answer comes through before a slow line breaks.
pub const MAX_DAY_KEYS: usize = 32;

/// `POST /v1/tills/{till}/keys`: one key for each day, in the order of the days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayKeysRequest {
    /// The public keys. Those that the head office has certified before are answered as they were then; the others get the
    /// days after the newest that was certified, but none before today.
    #[serde(with = "public_keys")]
    pub keys: Vec<PublicKey>,
    /// The till has lost the keys of today and the days after it: the new ones begin with today.
    #[serde(default)]
    pub anew: bool,
}

/// The answer to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayKeysReply {
    /// A certificate for each of the keys, signed by the root key, in the same order.
    #[serde(with = "certificates")]
    pub certificates: Vec<Vec<u8>>,
}

/// Serde form of at most [`MAX_DAY_KEYS`] public keys: their texts.
pub(super) mod public_keys {
    use super::{MAX_DAY_KEYS, PublicKey};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(keys: &[PublicKey], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(keys.iter().map(PublicKey::to_string))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PublicKey>, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        if texts.len() > MAX_DAY_KEYS {
            return Err(D::Error::custom("more keys than one request has"));
        }
        texts.into_iter().map(|text| text.parse().map_err(D::Error::custom)).collect()
    }
}

/// Serde form of at most [`MAX_DAY_KEYS`] certificates: Base64 (RFC 4648 §4, padded).
pub(super) mod certificates {
    use super::MAX_DAY_KEYS;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(certificates: &[Vec<u8>], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(certificates.iter().map(|bytes| data_encoding::BASE64.encode(bytes)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<u8>>, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        if texts.len() > MAX_DAY_KEYS {
            return Err(D::Error::custom("more certificates than one answer has"));
        }
        let bytes = |text: String| data_encoding::BASE64.decode(text.as_bytes());
        texts.into_iter().map(bytes).collect::<Result<_, _>>().map_err(|_| D::Error::custom("not Base64"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Signer, SigningKey};

    #[test]
    fn both_are_read_back_and_bounded() {
        let key = SigningKey::from_seed(&[1; 32]).public_key();
        let request = |count| DayKeysRequest { keys: vec![key; count], anew: true };
        let json = serde_json::to_string(&request(MAX_DAY_KEYS)).unwrap();
        assert_eq!(serde_json::from_str::<DayKeysRequest>(&json).unwrap(), request(MAX_DAY_KEYS));
        assert!(
            serde_json::from_str::<DayKeysRequest>(&serde_json::to_string(&request(MAX_DAY_KEYS + 1)).unwrap())
                .is_err()
        );
        assert!(serde_json::from_str::<DayKeysRequest>(r#"{"keys":["ABC"]}"#).is_err());
        let reply = |count| DayKeysReply { certificates: vec![vec![0x84, 0x4d]; count] };
        let json = serde_json::to_string(&reply(2)).unwrap();
        assert_eq!(json, r#"{"certificates":["hE0=","hE0="]}"#);
        assert_eq!(serde_json::from_str::<DayKeysReply>(&json).unwrap(), reply(2));
        assert!(serde_json::from_str::<DayKeysReply>(&serde_json::to_string(&reply(33)).unwrap()).is_err());
    }
}
