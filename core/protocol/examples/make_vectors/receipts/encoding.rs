//! The right words in another form than the one form (RFC 8949 §4.2.1 and our profile). A verifier that accepts any of
//! these lets one statement have two hashes.

use super::super::forge::{self, Parts, splice};
use super::super::people::Who;
use super::text::pack;
use super::{Case, DAMAGED, FORGED, STRANGER, refused, usual_certificate, usual_entry};
use raseed_protocol::cbor;
use raseed_protocol::signed::Namespace;

/// The cases of `receipts/encoding.json`.
pub fn cases() -> Vec<Case> {
    let mut cases = bundles();
    cases.extend(envelopes());
    cases.extend(headers());
    cases.extend(payloads());
    cases
}

/// The outermost array.
fn bundles() -> Vec<Case> {
    let (certificate, entry) = (usual_certificate(), usual_entry());
    let case = |name: &str, parts: &[&[u8]]| refused(name, DAMAGED, pack(&parts.concat()));
    let wrapped = |bytes: &[u8]| cbor::encode(&forge::bytes(bytes));
    vec![
        case("an indefinite array around it", &[&[0x9f, 0x81], &certificate, &entry, &[0xff]]),
        case("a long array head around it", &[&[0x98, 0x02, 0x81], &certificate, &entry]),
        case("an indefinite array of certificates", &[&[0x82, 0x9f], &certificate, &[0xff], &entry]),
        case("a tag around it", &[&[0xd9, 0xd9, 0xf7, 0x82, 0x81], &certificate, &entry]),
        case("one item too many", &[&[0x83, 0x81], &certificate, &entry, &[0x00]]),
        case("no entry", &[&[0x81, 0x81], &certificate]),
        case("a byte after the end", &[&[0x82, 0x81], &certificate, &entry, &[0x00]]),
        case("a map in place of an array", &[&[0xa1, 0x81], &certificate, &entry]),
        case("a number in place of the certificates", &[&[0x82, 0x00], &entry]),
        refused(
            "a certificate in a byte string",
            STRANGER,
            pack(&[&[0x82, 0x81], &wrapped(&certificate)[..], &entry].concat()),
        ),
        refused(
            "an entry in a byte string",
            FORGED,
            pack(&[&[0x82, 0x81], &certificate[..], &wrapped(&entry)].concat()),
        ),
    ]
}

/// The four parts of a signed message.
fn envelopes() -> Vec<Case> {
    let (certificate, entry) = (usual_certificate(), usual_entry());
    let with_entry = |name: &str, error, entry: Vec<u8>| {
        refused(name, error, pack(&[&[0x82, 0x81], &certificate[..], &entry].concat()))
    };
    let unprotected = |message: &[u8], map: &[u8]| Parts { unprotected: map.to_vec(), ..Parts::of(message) }.join();
    let parts = Parts::of(&entry);
    let raw = |bytes: &[u8]| cbor::encode(&forge::bytes(bytes));
    let chunked = [&[0x5f][..], &raw(&parts.signature[..32]), &raw(&parts.signature[32..]), &[0xff]].concat();
    let long_head = [&[0x59, 0x00, 0x40][..], &parts.signature].concat();
    let signature = |with: &[u8]| splice(&entry, &raw(&parts.signature), with);
    let certificate_with = |map: &[u8]| pack(&[&[0x82, 0x81], &unprotected(&certificate, map)[..], &entry].concat());
    vec![
        with_entry("tag 18 on the entry", DAMAGED, [&[0xd2][..], &entry].concat()),
        with_entry("an indefinite array as entry", DAMAGED, [&[0x9f][..], &entry[1..], &[0xff]].concat()),
        with_entry("a long array head on the entry", DAMAGED, [&[0x98, 0x04][..], &entry[1..]].concat()),
        with_entry("a signature in two chunks", DAMAGED, signature(&chunked)),
        with_entry("a signature with a long head", DAMAGED, signature(&long_head)),
        with_entry("a payload that is null", DAMAGED, splice(&entry, &raw(&parts.payload), &[0xf6])),
        with_entry(
            "something in the unprotected header of the entry",
            FORGED,
            unprotected(&entry, &[0xa1, 0x05, 0x00]),
        ),
        with_entry("a key id in the unprotected header", FORGED, unprotected(&entry, &[0xa1, 0x04, 0x41, 0x00])),
        with_entry("a negative key in the unprotected header", DAMAGED, unprotected(&entry, &[0xa1, 0x20, 0x00])),
        with_entry("an indefinite unprotected header", DAMAGED, unprotected(&entry, &[0xbf, 0xff])),
        with_entry("an array as unprotected header", FORGED, unprotected(&entry, &[0x80])),
        with_entry("text as signature", FORGED, signature(&[&[0x78, 0x40][..], &[b'a'; 64]].concat())),
        refused(
            "something in the unprotected header of the certificate",
            STRANGER,
            certificate_with(&[0xa1, 0x05, 0x00]),
        ),
    ]
}

/// The protected header, signed again each time: the signature fits.
fn headers() -> Vec<Case> {
    let usual = Parts::of(&usual_entry()).protected;
    let kid = usual[usual.len() - 8..].to_vec();
    let case = |name: &str, header: Vec<u8>| {
        let entry = forge::with_header(Namespace::Entry, &usual_entry(), Who::Till, header);
        refused(name, FORGED, pack(&[&[0x82, 0x81], &usual_certificate()[..], &entry].concat()))
    };
    let of = |parts: &[&[u8]]| parts.concat();
    vec![
        case("no protected header", Vec::new()),
        case("an empty map as protected header", vec![0xa0]),
        case("the algorithm EdDSA (-8)", of(&[&[0xa2, 0x01, 0x27, 0x04, 0x48], &kid])),
        case("the algorithm written long", of(&[&[0xa2, 0x01, 0x39, 0x00, 0x12, 0x04, 0x48], &kid])),
        case("no algorithm", of(&[&[0xa1, 0x04, 0x48], &kid])),
        case("no key id", vec![0xa1, 0x01, 0x32]),
        case("a key id of 7 bytes", of(&[&[0xa2, 0x01, 0x32, 0x04, 0x47], &kid[..7]])),
        case("header keys out of order", of(&[&[0xa2, 0x04, 0x48], &kid, &[0x01, 0x32]])),
        case("a header key twice", of(&[&[0xa3, 0x01, 0x32, 0x01, 0x32, 0x04, 0x48], &kid])),
        case("one header more", of(&[&[0xa3, 0x01, 0x32, 0x03, 0x00, 0x04, 0x48], &kid])),
        case("an indefinite header", of(&[&[0xbf, 0x01, 0x32, 0x04, 0x48], &kid, &[0xff]])),
        case("a byte after the header", of(&[&usual, &[0x00]])),
    ]
}

/// The payload, signed again each time: the signature fits.
fn payloads() -> Vec<Case> {
    let case = |name: &str, change: &dyn Fn(Vec<u8>) -> Vec<u8>| {
        let entry = forge::resigned(Namespace::Entry, &usual_entry(), Who::Till, change);
        refused(name, FORGED, pack(&[&[0x82, 0x81], &usual_certificate()[..], &entry].concat()))
    };
    // 01 19 0192: the place, 402. a8: the eight fields of an entry. 05 01: by cash.
    let place: &[u8] = &[0x01, 0x19, 0x01, 0x92];
    let more = |extra: &[u8]| [&[0xa9][..], extra].concat();
    let extra = |value: &'static [u8]| move |p: Vec<u8>| [more(&p[1..]), vec![0x09], value.to_vec()].concat();
    let deep = |p: Vec<u8>| forge::fields(p, &[(9, Some(forge::nested(12)))]);
    vec![
        case("a number longer than needed", &|p| splice(&p, place, &[0x01, 0x1a, 0, 0, 0x01, 0x92])),
        case("a small number in two bytes", &|p| splice(&p, &[0x05, 0x01, 0x08], &[0x05, 0x18, 0x01, 0x08])),
        case("a number as a bignum", &|p| splice(&p, place, &[0x01, 0xc2, 0x42, 0x01, 0x92])),
        case("a number as a float", &|p| splice(&p, place, &[0x01, 0xf9, 0x5e, 0x48])),
        case("an indefinite map", &|p| [&[0xbf][..], &p[1..], &[0xff]].concat()),
        case("a map with a long head", &|p| [&[0xb8, 0x08][..], &p[1..]].concat()),
        case("fields out of order", &|p| [&[0xa8][..], &p[5..], place].concat()),
        case("a field twice, alike", &|p| [&[0xa9][..], place, &p[1..]].concat()),
        case("a field twice, different", &|p| [&[0xa9][..], &[0x01, 0x19, 0x01, 0x93], &p[1..]].concat()),
        case("text in chunks", &|p| splice(&p, b"\x68jaspreet", b"\x7f\x64jasp\x64reet\xff")),
        case("text that is not UTF-8", &|p| splice(&p, b"\x68jaspreet", b"\x68jaspree\xff")),
        case("text with a byte order mark", &|p| splice(&p, b"\x68jaspreet", b"\x68\xef\xbb\xbfpreet")),
        case("a byte after the payload", &|p| [&p[..], &[0x00]].concat()),
        case("a payload cut short", &|p| p[..p.len() - 1].to_vec()),
        case("an empty payload", &|_| Vec::new()),
        case("an array as payload", &|_| vec![0x80]),
        case("false in an unknown field", &extra(&[0xf4])),
        case("null in an unknown field", &extra(&[0xf6])),
        case("undefined in an unknown field", &extra(&[0xf7])),
        case("a tag in an unknown field", &extra(&[0xc1, 0x00])),
        case("a float in an unknown field", &extra(&[0xfb, 0, 0, 0, 0, 0, 0, 0, 0])),
        case("a number beyond 64 bits in an unknown field", &extra(&[0xc2, 0x49, 1, 0, 0, 0, 0, 0, 0, 0, 0])),
        case("a map with a text key in an unknown field", &extra(&[0xa1, 0x61, b'a', 0x00])),
        case("a map with a negative key in an unknown field", &extra(&[0xa1, 0x20, 0x00])),
        case("a simple value in an unknown field", &extra(&[0xe0])),
        case("a simple value of two bytes in an unknown field", &extra(&[0xf8, 0x20])),
        case("true in two bytes in an unknown field", &extra(&[0xf8, 0x15])),
        case("an unknown field too deep", &deep),
        case("text that is not UTF-8 in an unknown field", &extra(&[0x62, 0xc3, 0x28])),
        case("a surrogate in an unknown field", &extra(&[0x63, 0xed, 0xa0, 0x80])),
    ]
}
