#!/usr/bin/env python3
"""An independent reader and writer of sealed files, written from schemas/sealed-file.md alone.

HPKE by pyhpke, the records by cryptography's ChaCha20-Poly1305, the keys carried over by arithmetic in this file; it shares no
code with Raseed. Without arguments it runs every case in tests/vectors/sealed, prints what failed and `N passed, N failed`,
and ends with 1 if anything did. `sealed.py --make` writes tests/vectors/sealed/foreign.json: files of its own making, for
Raseed to read (new ones every time: HPKE draws a new key).
"""

import base64
import hashlib
import json
import os
import sys
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKey, PyHPKEError

from signed_messages import Wrong, binary, decode, encode, field, items, need, whole

VECTORS = Path(__file__).resolve().parent.parent / "vectors" / "sealed"
MAGIC = b"raseed:sealed-file:1"
MAX_RECORD = 4 * 1024 * 1024 + 64
SUITE = CipherSuite.new(KEMId.DHKEM_X25519_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.CHACHA20_POLY1305)


class Refused(Exception):
    """The file as a whole, in one word."""


# ---- keys: RFC 8032 section 5.1.5 for the private half, RFC 7748 section 4.1 for the public one


def private_key(seed):
    scalar = bytearray(hashlib.sha512(seed).digest()[:32])
    scalar[0] &= 248
    scalar[31] = scalar[31] & 127 | 64
    return X25519PrivateKey.from_private_bytes(bytes(scalar))


def public_key(ed25519):
    prime = 2**255 - 19
    y = int.from_bytes(ed25519, "little") & (2**255 - 1)
    u = (1 + y) * pow(1 - y, prime - 2, prime) % prime
    return u.to_bytes(32, "little")


def ed25519_of(seed):
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(ed25519):
    return hashlib.sha256(ed25519).digest()[:8]


# ---- reading


def beginning(data, seed):
    """The file's key and all bytes before the first record."""
    if not data.startswith(MAGIC):
        raise Refused("newer" if data.startswith(MAGIC[:-1]) else "not-sealed")
    try:
        length = int.from_bytes(binary(data[20:22], 2), "big")
        fields = decode(binary(data[22 : 22 + length], length), 1024)
        whole(field(fields, 1), 1, 3)
        wraps = [items(wrap, 3) for wrap in field(fields, 2)]
        need(1 <= len(wraps) <= 4, "one to four recipients")
        for to, enc, wrapped in wraps:
            binary(to, 8), binary(enc, 32), binary(wrapped, 48)
    except Wrong:
        raise Refused("header") from None
    mine = [wrap for wrap in wraps if wrap[0] == key_id(ed25519_of(seed))]
    if not mine:
        raise Refused("not-for-us")
    for _, enc, wrapped in mine:
        try:
            context = SUITE.create_recipient_context(enc, KEMKey.from_pyca_cryptography_key(private_key(seed)), info=MAGIC)
            return binary(context.open(wrapped, aad=b""), 32), data[: 22 + length]
        except (PyHPKEError, Wrong):
            continue
    raise Refused("wrap")


def nonce(place, last):
    return place.to_bytes(11, "big") + bytes([last])


def records(data, key, head):
    """The good records from the first on, and how the reading ended."""
    cipher, found, rest = ChaCha20Poly1305(key), [], data[len(head) :]
    while True:
        if len(rest) < 4:
            return found, "cut"
        length = int.from_bytes(rest[:4], "big")
        if not 16 <= length <= MAX_RECORD + 16:
            return found, "damaged"
        sealed, after = rest[4 : 4 + length], rest[4 + length :]
        if len(sealed) < length:
            return found, "cut"
        for last in (0, 1):
            try:
                found.append(cipher.decrypt(nonce(len(found), last), sealed, head))
                break
            except InvalidTag:
                continue
        else:
            return found, "damaged"
        if last:
            return found, "damaged" if after else "whole"
        rest = after


# ---- writing


def seal(purpose, recipients, plain, is_whole):
    key = os.urandom(32)
    wraps = []
    for to in recipients:
        enc, context = SUITE.create_sender_context(
            KEMKey.from_pyca_cryptography_key(x25519_public(to)), info=MAGIC
        )
        wraps.append([key_id(to), enc, context.seal(key, aad=b"")])
    header = encode({1: purpose, 2: wraps})
    head = MAGIC + len(header).to_bytes(2, "big") + header
    cipher, data = ChaCha20Poly1305(key), head
    for place, record in enumerate(plain):
        last = is_whole and place == len(plain) - 1
        sealed = cipher.encrypt(nonce(place, last), record, head)
        data += len(sealed).to_bytes(4, "big") + sealed
    return data


def x25519_public(ed25519):
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return X25519PublicKey.from_public_bytes(public_key(ed25519))


def make():
    seeds = [bytes([number]) * 32 for number in (2, 3)]
    plain = [b"", b"\x82\x07\xa0", bytes(range(256)) * 2]
    cases = []
    for name, to, whole_file in [("for one", seeds[:1], True), ("for two", seeds, True), ("without an end", seeds, False)]:
        data = seal(2, [ed25519_of(seed) for seed in to], plain, whole_file)
        for seed in to:
            cases.append(
                {
                    "name": name,
                    "seed": seed.hex(),
                    "file": base64.b64encode(data).decode(),
                    "records": [base64.b64encode(record).decode() for record in plain],
                    "ending": "whole" if whole_file else "cut",
                }
            )
    about = "Sealed files that tests/oracles/sealed.py wrote (Base64)."
    VECTORS.mkdir(exist_ok=True)
    (VECTORS / "foreign.json").write_text(json.dumps({"about": about, "cases": cases}, indent=2) + "\n")


# ---- the vectors


def found_in(case):
    data, seed = base64.b64decode(case["file"], validate=True), bytes.fromhex(case["seed"])
    # The two ways to the public key must meet.
    need(private_key(seed).public_key().public_bytes_raw() == public_key(ed25519_of(seed)), "the keys do not fit")
    try:
        key, head = beginning(data, seed)
    except Refused as refused:
        return {"records": [], "error": str(refused)}
    found, ending = records(data, key, head)
    return {"records": [base64.b64encode(record).decode() for record in found], "ending": ending}


def main(arguments):
    if arguments == ["--make"]:
        make()
        return 0
    passed = failed = 0
    for path in sorted(VECTORS.glob("*.json")):
        for case in json.loads(path.read_text())["cases"]:
            found = found_in(case)
            expected = {name: case[name] for name in ("records", "ending", "error") if name in case}
            passed, failed = passed + (found == expected), failed + (found != expected)
            if found != expected:
                print(f"{path.name}: {case['name']}: {found}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
