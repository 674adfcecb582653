//! The forger's tools: signed messages built from any bytes, so that what our own writer refuses to write can be tested.

use super::people::Who;
use coset::cbor::value::Value;
use raseed_protocol::cbor;
use raseed_protocol::keys::{Signer, SigningKey};
use raseed_protocol::signed::Namespace;

/// The four parts of a signed message, each as raw CBOR.
pub struct Parts {
    pub protected: Vec<u8>,
    pub unprotected: Vec<u8>,
    pub payload: Vec<u8>,
    pub signature: Vec<u8>,
}

impl Parts {
    /// Takes a signed message apart.
    pub fn of(message: &[u8]) -> Parts {
        let value = cbor::decode("message", message, 8192).expect("a message that we signed");
        let item = |at: usize| value.as_array().and_then(|items| items[at].as_bytes()).cloned().expect("bytes");
        Parts { protected: item(0), unprotected: vec![0xa0], payload: item(2), signature: item(3) }
    }

    /// Signs these parts again.
    pub fn sign(mut self, aad: &[u8], key: &SigningKey) -> Parts {
        let text = cbor::array(["Signature1".into(), bytes(&self.protected), bytes(aad), bytes(&self.payload)]);
        self.signature = key.sign(&cbor::encode(&text)).expect("a key in memory signs").to_vec();
        self
    }

    /// The message.
    pub fn join(&self) -> Vec<u8> {
        let raw = |part: &[u8]| cbor::encode(&bytes(part));
        [&[0x84][..], &raw(&self.protected), &self.unprotected, &raw(&self.payload), &raw(&self.signature)].concat()
    }
}

/// The message with its payload's raw bytes changed and not signed again.
pub fn unsigned_change(message: &[u8], change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut parts = Parts::of(message);
    parts.payload = change(parts.payload);
    parts.join()
}

/// The message with its payload's raw bytes changed and signed again.
pub fn resigned(namespace: Namespace, message: &[u8], who: Who, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut parts = Parts::of(message);
    parts.payload = change(parts.payload);
    parts.sign(namespace.aad(), &who.key()).join()
}

/// The message with its protected header replaced and signed again.
pub fn with_header(namespace: Namespace, message: &[u8], who: Who, header: Vec<u8>) -> Vec<u8> {
    let parts = Parts { protected: header, ..Parts::of(message) };
    parts.sign(namespace.aad(), &who.key()).join()
}

/// Changes fields of a payload: `Some` puts a value at its place, `None` takes the key away.
pub fn fields(payload: Vec<u8>, changes: &[(u64, Option<Value>)]) -> Vec<u8> {
    let value = cbor::decode("payload", &payload, 8192).expect("a payload that we wrote");
    cbor::encode(&changed(value, changes))
}

/// Changes fields of the body (field 8) of an entry's payload.
pub fn body_fields(payload: Vec<u8>, changes: &[(u64, Option<Value>)]) -> Vec<u8> {
    let value = cbor::decode("payload", &payload, 8192).expect("a payload that we wrote");
    let body = value.as_map().and_then(|map| map.iter().find(|(key, _)| *key == 8.into())).expect("a body").1.clone();
    cbor::encode(&changed(value, &[(8, Some(changed(body, changes)))]))
}

fn changed(map: Value, changes: &[(u64, Option<Value>)]) -> Value {
    let mut pairs = map.into_map().expect("a map");
    for (key, value) in changes {
        pairs.retain(|(k, _)| *k != Value::from(*key));
        pairs.extend(value.clone().map(|value| (Value::from(*key), value)));
    }
    pairs.sort_by_key(|(key, _)| key.as_integer());
    Value::Map(pairs)
}

/// Replaces the one place where `old` stands.
pub fn splice(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let places: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at..].starts_with(old)).collect();
    assert_eq!(places.len(), 1, "{old:02x?} stands once");
    [&bytes[..places[0]], new, &bytes[places[0] + old.len()..]].concat()
}

/// Bytes as a value.
pub fn bytes(bytes: &[u8]) -> Value {
    Value::Bytes(bytes.to_vec())
}

/// `depth` arrays, one in the other.
pub fn nested(depth: usize) -> Value {
    (1..depth).fold(Value::Array(Vec::new()), |inner, _| Value::Array(vec![inner]))
}
