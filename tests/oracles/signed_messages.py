"""Signed messages as schemas/receipt-link.md describes them: CBOR in the one form, COSE_Sign1, certificates.

Part of the independent verifier (verify_receipt.py); it shares no code with Raseed.
"""

import hashlib
import io
import re

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MOST = 10**13  # paise
LAST_MS = 7_258_118_400_000
U64 = 2**64 - 1
AAD = {
    name: (f"raseed:{name}:1".encode(), longest)
    for name, longest in [("entry", 4096), ("certificate", 1024), ("acknowledgement", 1024), ("book-page", 4 << 20)]
}


class Wrong(Exception):
    """Bytes that are not what they should be; whoever reads them says what that means."""


def need(truth, why):
    if not truth:
        raise Wrong(why)


# ---- CBOR in the one form


def in_profile(value, depth=1):
    if value is True or isinstance(value, (bytes, str)):
        return True
    if isinstance(value, int) and not isinstance(value, bool):
        return -U64 - 1 <= value <= U64
    if isinstance(value, list):
        return depth <= 12 and all(in_profile(item, depth + 1) for item in value)
    if isinstance(value, dict):
        keys = list(value)
        unsigned = all(isinstance(key, int) and not isinstance(key, bool) and 0 <= key <= U64 for key in keys)
        return depth <= 12 and unsigned and all(in_profile(item, depth + 1) for item in value.values())
    return False


def encode(value):
    return cbor2.dumps(value, canonical=True)


def decode_first(data, longest):
    """The first item and what follows it. Equal bytes after encoding again: so it was in the one form."""
    window = data[:longest]
    try:
        value = cbor2.CBORDecoder(io.BytesIO(window)).decode()
    except Exception as error:  # cbor2 raises many kinds
        raise Wrong(f"not CBOR: {error}") from None
    need(in_profile(value), "outside the profile")
    own = encode(value)
    need(window.startswith(own), "not deterministic")
    return value, data[len(own) :]


def decode(data, longest):
    value, rest = decode_first(data, longest)
    need(not rest, "bytes after the end")
    return value


# ---- reading fields


def whole(value, least, most, why="a number"):
    need(isinstance(value, int) and not isinstance(value, bool) and least <= value <= most, why)
    return value


def binary(value, length):
    need(isinstance(value, bytes) and len(value) == length, f"{length} bytes")
    return value


def text(value, pattern):
    need(isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII | re.DOTALL), f"text like {pattern}")
    return value


def items(value, length):
    need(isinstance(value, list) and len(value) == length, f"{length} items")
    return value


def name(value, extra, longest):
    return text(value, rf"[A-Za-z0-9][A-Za-z0-9{extra}]{{0,{longest - 1}}}")


def field(fields, key):
    need(isinstance(fields, dict), "a map")
    need(key in fields, f"field {key} is missing")
    return fields[key]


def flag(fields, key):
    need(fields.get(key, True) is True, f"field {key} is true or absent")
    return key in fields


def wall(value):
    return whole(value, 0, LAST_MS - 1, "a time before 2200")


def till_name(value):
    return name(value, "_", 12)


def account_name(value):
    return name(value, r"/._\-", 20)


# ---- signed messages


def open_signed(namespace, data, key):
    """The payload of a COSE_Sign1 in the one form, verified."""
    aad, longest = AAD[namespace]
    need(len(data) <= longest, "too long")
    protected, unprotected, payload, signature = items(decode(data, longest), 4)
    kid = hashlib.sha256(key).digest()[:8]
    need(protected == encode({1: -19, 4: kid}), "the header is not that of this key")
    need(unprotected == {} and isinstance(unprotected, dict), "something in the unprotected header")
    need(isinstance(payload, bytes), "no payload")
    to_be_signed = encode(["Signature1", protected, aad, payload])
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(binary(signature, 64), to_be_signed)
    except InvalidSignature:
        raise Wrong("the signature does not fit") from None
    return decode(payload, longest)


def certificate(data, issuer):
    fields = open_signed("certificate", data, issuer)
    till = None
    if isinstance(fields, dict) and (2 in fields or 3 in fields):
        till = (till_name(field(fields, 2)), whole(field(fields, 3), 1, 65535))
    return {
        "tenant": name(field(fields, 1), r"\-", 12),
        "till": till,
        "key": binary(field(fields, 4), 32),
        "from": whole(field(fields, 5), 0, U64),
        "to": whole(field(fields, 6), 0, U64),
        "hash": hashlib.sha256(data).digest(),
    }


def certificate_chain(chain, root):
    issuer, last = root, None
    for data in chain:
        this = certificate(data, issuer)
        if last is not None:
            need(last["till"] is not None, "only a till certifies a further key")
            need((this["tenant"], this["till"]) == (last["tenant"], last["till"]), "for another till")
            need(last["from"] <= this["from"] and this["to"] <= last["to"], "for a longer time")
        issuer, last = this["key"], this
    need(last is not None, "no certificate")
    return last
