#!/usr/bin/env python3
"""Holds schemas/*.cddl and the vectors together: every genuine message validates, and what the CDDL can say about a
receipt that may not exist, it says. Prints `N passed, N failed` and ends with 1 if anything failed.
"""

import base64
import json
import re
import sys
from pathlib import Path

import cbor2
import pycddl

ROOT = Path(__file__).resolve().parent.parent.parent
VECTORS = ROOT / "tests" / "vectors"

# What a schema cannot say: sums, orders, and the one form of the bytes. receipt-link.md says it in words.
BEYOND_CDDL = {
    "heads that do not add up",
    "half a head",
    "a head twice",
    "a head of nothing",
    "a sum on the way beyond the bound",
    "a grand total smaller than the receipt",
    "periods in the wrong order",
    # With these two it is the tool that cannot: see FOR_THE_TOOL.
    "a head beyond 255",
    "a negative head",
}


# Plain CDDL that the tool cannot check, and the nearest that it can.
FOR_THE_TOOL = {
    "split = [1*16 (head: head-id, part: amount)]": "split = [2*32 int]",
    "[up-to: meter / no-end, rate: amount]": "slab",
    "[1*4 bstr .cbor certificate]": "[1*4 bstr]",
    "no-end = []": "slab = [meter, amount] / [[*0 any], amount]",
    "amount = -10000000000000..10000000000000": "amount = int .le 10000000000000",
}


def schema(start):
    """The rules of both files, beginning with this one.

    The tool searches for a pattern where RFC 8610 section 3.8.3 matches the whole text, so patterns are anchored for it.
    """
    text = "".join((ROOT / "schemas" / name).read_text() for name in ["book.cddl", "journal.cddl"])
    for ours, theirs in FOR_THE_TOOL.items():
        assert text.count(ours) == 1, ours
        text = text.replace(ours, theirs)
    anchored = re.sub(r'\.regexp "([^"]*)"', r'.regexp "^(?:\1)$"', text)
    return pycddl.Schema(f"checked = {start}\n{anchored}")


# An entry by its kind, one alternative after the other: of a choice the tool follows the first that looks like it.
ENTRIES = {
    1: "till-opened-entry",
    2: "shift-opened-entry",
    4: "payment-requested-entry",
    5: "payment-ended-entry",
    6: "receipt-entry",
    10: "complaint-opened-entry",
    12: "clock-changed-entry",
    13: "spot-bill-entry",
}
OTHER_ENTRY = "other-entry"
CERTIFICATES = ["till-certificate", "office-certificate"]
PAYLOADS = ["acknowledgement-payload", "book-page-payload"]
NAMES = ["run-header", "protected-header", *CERTIFICATES, *ENTRIES.values(), OTHER_ENTRY, *PAYLOADS]
SCHEMAS = {name: schema(name) for name in NAMES}


def fits(name, data):
    try:
        SCHEMAS[name].validate_cbor(data)
        return True
    except pycddl.ValidationError:
        return False


def signed_fits(payload_name, data):
    """Takes a signed message apart: the tool cannot look into byte strings that stand in an array."""
    protected, unprotected, payload, signature = cbor2.loads(data)
    envelope = unprotected == {} and isinstance(signature, bytes) and len(signature) == 64
    return envelope and fits("protected-header", protected) and fits(payload_name, payload)


def entry_fits(data):
    kind = cbor2.loads(cbor2.loads(data)[2])[7]
    return signed_fits(ENTRIES.get(kind, OTHER_ENTRY), data)


def bundle_fits(data):
    certificates, entry = cbor2.loads(data)
    signed = [("till-certificate", one) for one in certificates] + [("receipt-entry", entry)]
    return 1 <= len(certificates) <= 3 and all(signed_fits(name, cbor2.dumps(one, canonical=True)) for name, one in signed)


def cases(pattern):
    for path in sorted(VECTORS.glob(pattern)):
        for case in json.loads(path.read_text())["cases"]:
            yield case


def packed(case):
    letters = case["text"].strip().split("/V#", 1)[1]
    return base64.b32decode(letters + "=" * (-len(letters) % 8))


def run_items(data):
    """The items of a run: the header, then entries. A cut run gives what is whole."""
    while data:
        try:
            length = len(cbor2.dumps(cbor2.loads(data), canonical=True))
        except ValueError:
            return
        yield data[:length]
        data = data[length:]


def is_map(item):
    """A header is one (RFC 8949 section 3.1: major type 5), an entry is not."""
    return item[0] >> 5 == 5


def checks():
    """What is checked: name, whether it fits, whether it should."""
    for case in cases("receipts/valid.json"):
        yield case["name"], bundle_fits(packed(case)), True
    for case in cases("receipts/content.json"):
        yield case["name"], bundle_fits(packed(case)), case["name"] in BEYOND_CDDL
    for case in cases("journals/chains.json"):
        if case["valid"]:
            items = list(run_items(base64.b64decode(case["run"])))
            headers, entries = [one for one in items if is_map(one)], [one for one in items if not is_map(one)]
            yield case["name"], is_map(items[0]), True
            for one in headers:
                yield f"{case['name']}, a header", fits("run-header", one), True
            yield case["name"], len(entries), case["entries"]
            for at, one in enumerate(entries, 1):
                yield f"{case['name']}, entry {at}", entry_fits(one), True
    yield from office_checks("journals/acknowledgements.json", "acknowledgement", "acknowledgement-payload")
    yield from office_checks("books/pages.json", "page", "book-page-payload")


def office_checks(pattern, field, payload_name):
    for case in cases(pattern):
        yield case["name"], signed_fits(payload_name, base64.b64decode(case[field])), True
        certificate = base64.b64decode(case["office_certificate"])
        yield f"{case['name']}: certificate", signed_fits("office-certificate", certificate), True


def main():
    passed = failed = 0
    for name, found, expected in checks():
        passed, failed = passed + (found == expected), failed + (found != expected)
        if found != expected:
            print(f"{name}: {'fits' if found else 'does not fit'} the CDDL")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
