#!/usr/bin/env python3
"""Do readers that are not ours read from our payment codes what was asked for?

    cargo run -p raseed-tests --example payment_codes -- 2000 >codes.jsonl
    python3 -m pip install -r tests/oracles/requirements.txt
    python3 tests/oracles/qr.py codes.jsonl

EMV codes are read by cemacqr (a reader of EMVCo's merchant-presented codes) and their checksum is calculated by Python's
binascii.crc_hqx. UPI links have no maintained reader; they are read by Python's urllib.parse, as an address with a query, and
amounts by decimal. The vectors of tests/vectors/qr are looked at too: every code that is called good there must be good to
both, and every other one that is refused for its form or its checksum must be refused here. Exit status 0 if all agree.
"""

import binascii
import decimal
import json
import pathlib
import sys
import urllib.parse

import cemacqr
from cemacqr.errors import QrSyntaxError

VECTORS = pathlib.Path(__file__).resolve().parents[1] / "vectors" / "qr"
RUPAY = "A000000524"
# What the vectors refuse for reasons that a plain reader of objects does not have.
STRICTER = {"DuplicateId", "LengthZero", "NotStarting000201", "CrcNotLast", "TotalOver512"}


def paise(text):
    """Exactly, or an exception: never a floating point number."""
    if text is None:
        return None
    amount = decimal.Decimal(text) * 100
    if amount != amount.to_integral_value() or not text.replace(".", "", 1).isascii() or amount <= 0:
        raise ValueError(f"{text} is no amount")
    return int(amount)


def read_emv(text):
    """Objects by id, those of templates as maps; ValueError if it is no code."""
    try:
        objects = {each.tag: each for each in cemacqr.parse_tlv(text)}
    except QrSyntaxError as error:
        raise ValueError(str(error)) from error
    if "63" not in objects or text[-8:-4] != "6304":
        raise ValueError("no checksum at the end")
    if int(objects["63"].value, 16) != binascii.crc_hqx(text[:-4].encode(), 0xFFFF):
        raise ValueError("wrong checksum")
    return objects


def said_by_emv(text):
    objects = read_emv(text)
    plain = {tag: each.value for tag, each in objects.items()}

    def inside(tag):
        return {child.tag: child.value for child in objects[tag].children()} if tag in objects else {}

    payee, reference = inside("26"), inside("27")
    assert payee.get("00", RUPAY) == RUPAY and reference.get("00", RUPAY) == RUPAY
    assert plain["53"] == "356" and plain["58"] == "IN" and "28" not in plain and text.startswith("000201")
    assert len(text) <= 512 and len(plain["59"]) <= 23 and len(plain["60"]) <= 15
    return {
        "payee": payee.get("01"), "minimum_paise": paise(payee.get("02")), "reference": reference.get("01"),
        "name": plain["59"], "city": plain["60"], "pin_code": plain["61"], "mcc": plain["52"],
        "rupay": plain.get("06"), "account": plain.get("08"), "amount_paise": paise(plain.get("54")),
        "terminal": inside("62").get("07"), "local_name": inside("64").get("01"),
    }


def said_by_upi(text):
    address = urllib.parse.urlsplit(text)
    assert (address.scheme, address.netloc, address.path, address.fragment) == ("upi", "pay", "", "")
    values = {}
    for piece in address.query.split("&"):
        key, raw = piece.split("=", 1)
        assert key not in values and raw, piece
        # Not parse_qs: that is the reader of forms, which makes a blank of every plus.
        values[key] = urllib.parse.unquote(raw, errors="strict")
    assert values["cu"] == "INR" and "@" in text.split("pa=", 1)[1].split("&")[0]
    for shown in (values["pn"], values.get("tn", "")):
        assert not set(shown) & set("&#%+="), shown
        # Where a plus cannot stand, a reader of forms sees the same.
        assert urllib.parse.unquote_plus(urllib.parse.quote(shown)) == shown
    return {
        "payee": values["pa"], "name": values["pn"], "reference": values.get("tr"), "mcc": values.get("mc"),
        "note": values.get("tn"), "amount_paise": paise(values.get("am")), "minimum_paise": paise(values.get("mam")),
        "made_at": values.get("QRts"), "expires_at": values.get("QRexpire"),
    }


def check_requests(path):
    counts = {"upi": 0, "emv": 0}
    for line in path.read_text(encoding="utf-8").splitlines():
        asked = json.loads(line)
        kind, text = asked.pop("kind"), asked.pop("text")
        said = said_by_upi(text) if kind == "upi" else said_by_emv(text)
        if said != asked:
            sys.exit(f"asked {asked}\nsaid  {said}\n{text}")
        counts[kind] += 1
    return counts


def check_vectors():
    cases = json.loads((VECTORS / "emv.json").read_text(encoding="utf-8"))["cases"]
    for case in cases:
        text = case["text"].strip(" \t\r\n\ufeff")
        try:
            objects = read_emv(text)
        except ValueError as error:
            if case["valid"]:
                sys.exit(f"{case['name']}: called good, but {error}")
            continue
        # cemacqr takes digits of every script for digits.
        if not case["valid"] and case["error"] not in STRICTER and text.isascii():
            sys.exit(f"{case['name']}: called {case['error']}, but another reader finds nothing wrong")
        if case["valid"] and "amount_paise" in case and paise(objects["54"].value.rstrip(".")) != case["amount_paise"]:
            sys.exit(f"{case['name']}: another amount")
    return len(cases)


def main():
    vectors = check_vectors()
    counts = check_requests(pathlib.Path(sys.argv[1]))
    if min(counts.values()) < 1000:
        sys.exit(f"too few requests: {counts}")
    print(f"{counts['upi']} links and {counts['emv']} codes say what was asked; {vectors} vectors agree")


if __name__ == "__main__":
    main()
