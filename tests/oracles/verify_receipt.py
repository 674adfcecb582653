#!/usr/bin/env python3
"""An independent verifier of receipts, journals, acknowledgements and book pages, written from schemas/ alone.

It shares no code with Raseed. Without arguments it runs every case in tests/vectors/{receipts,journals,books}, prints
what failed and `N passed, N failed`, and ends with 1 if anything did. With a link and a root key it verifies that one:
`verify_receipt.py 'HTTPS://…/V#…' ROOTKEY`.
"""

import base64
import hashlib
import json
import re
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from signed_messages import (
    MOST,
    U64,
    Wrong,
    account_name,
    binary,
    certificate,
    certificate_chain,
    decode,
    decode_first,
    encode,
    field,
    flag,
    items,
    name,
    need,
    open_signed,
    text,
    till_name,
    wall,
    whole,
)

VECTORS = Path(__file__).resolve().parent.parent / "vectors"
INDIA = timezone(timedelta(hours=5, minutes=30))
MODES = {1: "Cash", 2: "UPI", 3: "Card", 4: "Cheque"}
KINDS = {
    1: "till opened",
    2: "shift opened",
    4: "payment requested",
    5: "payment ended",
    6: "receipt",
    10: "complaint opened",
    12: "clock changed",
    13: "spot bill",
}


class Refused(Exception):
    """A refusal: its class as in schemas/receipt-link.md, and why."""

    def __init__(self, error, why=""):
        super().__init__(f"{error}: {why}")
        self.error = error


# ---- entries


def entry(data, key):
    fields = open_signed("entry", data, key)
    boot, elapsed = items(field(fields, 4), 2)
    binary(boot, 4)
    whole(elapsed, 0, U64)
    if 5 in fields:
        through, office = items(fields[5], 2)
        whole(through, 0, U64)
        wall(office)
    kind = whole(field(fields, 7), 0, U64)
    return {
        "sequence": whole(field(fields, 1), 1, U64 - 1),
        "previous": binary(field(fields, 2), 32),
        "wall": wall(field(fields, 3)),
        "staff": name(field(fields, 6), r"._\-", 12),
        "kind": kind,
        "body": BODIES.get(kind, lambda body: body)(field(fields, 8)),
        "hash": hashlib.sha256(data).digest(),
    }


def split(value):
    need(isinstance(value, list) and len(value) in range(2, 33, 2), "1 to 16 heads")
    parts = [(whole(head, 0, 255), whole(part, -MOST, MOST)) for head, part in zip(value[::2], value[1::2])]
    need(len({head for head, _ in parts}) == len(parts), "a head twice")
    need(all(part != 0 for _, part in parts), "a head of nothing")
    return parts


def receipt(body):
    parts, amount = split(field(body, 4)), whole(field(body, 3), 1, MOST)
    total = 0
    for _, part in parts:
        total = whole(total + part, -MOST, MOST, "a sum beyond the bound")
    need(total == amount, "the heads do not add up to the amount")
    periods = None
    if 8 in body:
        periods = [whole(period, 0, 2399) for period in items(body[8], 2)]
        need(periods[0] <= periods[1], "periods in the wrong order")
    return {
        "account": account_name(field(body, 1)),
        "bill": account_name(body[2]) if 2 in body else None,
        "amount": amount,
        "split": parts,
        "mode": whole(field(body, 5), 1, 4),
        "reference": text(body[6], "[!-~]{1,24}") if 6 in body else None,
        "subject": flag(body, 7),
        "periods": periods,
        "receipts": whole(field(body, 9), 1, U64),
        "total": whole(field(body, 10), amount, MOST, "a grand total"),
        "request": binary(field(body, 11), 8),
        "requested": place(body[12]) if 12 in body else None,
    }


def place(value):
    return whole(value, 1, U64 - 1)


def payment_requested(body):
    if 1 in body:
        account_name(body[1])
    if 2 in body:
        account_name(body[2])
    whole(field(body, 3), 1, MOST), whole(field(body, 4), 2, 3), binary(field(body, 5), 8)
    if 6 in body:
        wall(body[6])
    if 7 in body:
        text(body[7], ".{1,40}")


def payment_ended(body):
    outcome = whole(field(body, 2), 2, 6)
    place(field(body, 1))
    if 3 in body:
        text(body[3], "[!-~]{1,24}")
    if 4 in body:
        text(body[4], ".{1,80}")
    if 5 in body:
        name(body[5], r"._\-", 12)
    need((outcome == 5) == (5 in body), "a supervisor lets a payment go, and nobody else")


def complaint_opened(body):
    place(field(body, 1)), whole(field(body, 2), 1, 4)
    if 3 in body:
        text(body[3], "[!-~]{1,24}")
    whole(field(body, 4), 0, 84_005), whole(field(body, 5), 0, 84_005)


def till_opened(body):
    text(field(body, 1), ".{0,40}")
    if 2 in body:
        incarnation, sequence, head = items(body[2], 3)
        whole(incarnation, 1, 65535), whole(sequence, 0, U64), binary(head, 32)
    return {"receipts": whole(field(body, 3), 0, U64), "total": whole(field(body, 4), 0, MOST)}


def shift_opened(body):
    whole(field(body, 1), 0, 2**32 - 1), whole(field(body, 2), 0, MOST)


def clock_changed(body):
    wall(field(body, 1)), text(field(body, 2), ".{0,80}")


def spot_bill(body):
    account_name(field(body, 1)), account_name(field(body, 2)), whole(field(body, 3), 0, 2399)
    whole(field(body, 4), 0, 84_005), whole(field(body, 5), 0, 84_005)
    if 6 in body:
        [whole(number, 0, 2**32 - 1) for number in items(body[6], 3)]
    name(field(body, 7), r"_\-", 12), split(field(body, 8)), binary(field(body, 10), 8)
    if 9 in body:
        need(isinstance(body[9], list) and 1 <= len(body[9]) <= 8, "questions")
        [need(isinstance(one, str) and len(one.encode()) <= 32, "a question") for one in body[9]]


BODIES = {
    1: till_opened,
    2: shift_opened,
    4: payment_requested,
    5: payment_ended,
    6: receipt,
    10: complaint_opened,
    12: clock_changed,
    13: spot_bill,
}


# ---- a receipt's link


def public_key(letters):
    need(len(letters) == 52, "52 characters")
    return base32(letters)


def base32(letters):
    """RFC 4648 section 6, upper case, no padding, unused bits zero."""
    need(re.fullmatch("[A-Z2-7]*", letters) and len(letters) % 8 not in (1, 3, 6), "not Base32")
    data = base64.b32decode(letters + "=" * (-len(letters) % 8))
    need(base64.b32encode(data).decode().rstrip("=") == letters, "unused bits that are not zero")
    return data


def verify_link(link, root):
    link = link.strip()
    if link[:8].lower() != "https://" or "/V#" not in link:
        raise Refused("not-a-link")
    try:
        data = base32(link.split("/V#", 1)[1])
        need(len(data) <= 2048, "too long")
        certificates, signed = items(decode(data, 2048), 2)
        need(isinstance(certificates, list) and len(certificates) <= 3, "certificates")
    except Wrong as wrong:
        raise Refused("damaged", wrong) from None
    try:
        till = certificate_chain([encode(one) for one in certificates], root)
    except Wrong as wrong:
        raise Refused("stranger", wrong) from None
    try:
        made = entry(encode(signed), till["key"])
    except Wrong as wrong:
        raise Refused("forged", wrong) from None
    if not till["from"] <= made["wall"] // 1000 <= till["to"]:
        raise Refused("stranger", "the certificate was not valid then")
    if till["till"] is None:
        raise Refused("stranger", "not a till")
    if made["kind"] != 6:
        raise Refused("not-a-receipt", KINDS.get(made["kind"], "unknown kind"))
    return till, made


def people_time(ms):
    at = datetime.fromtimestamp(ms // 1000, INDIA)
    return f"{at.day} {at.strftime('%b %Y, %H:%M')}"


def people_amount(paise):
    rupees, rest = divmod(paise, 100)
    last, front = str(rupees)[-3:], str(rupees)[:-3]
    pairs = re.findall(r"\d{1,2}(?=(?:\d\d)*$)", front) if front else []
    return "₹" + ",".join([*pairs, last]) + (f".{rest:02}" if rest else "")


def month(period):
    return f"{2000 + period // 12}-{period % 12 + 1:02}"


def shown(till, made):
    body = made["body"]
    tenant, (till_id, incarnation) = till["tenant"], till["till"]
    return {
        "tenant": tenant,
        "number": f"{till_id}-{incarnation}-{made['sequence']}",
        "account": body["account"],
        "bill": body["bill"],
        "amount_paise": body["amount"],
        "amount": people_amount(body["amount"]),
        "split": [list(part) for part in body["split"]],
        "mode": MODES[body["mode"]],
        "reference": body["reference"],
        "subject_to_realisation": body["subject"],
        "periods": [month(period) for period in body["periods"]] if body["periods"] else None,
        "receipts": body["receipts"],
        "grand_total_paise": body["total"],
        "request": body["request"].hex(),
        "wall_ms": made["wall"],
        "wall": people_time(made["wall"]),
        "staff": made["staff"],
        "previous": made["previous"].hex(),
    }


# ---- journals


def run_header(data):
    """The certificates of the header that the bytes begin with, and what comes after it."""
    header, rest = decode_first(data, 8192)
    chain = field(header, 1)
    need(isinstance(chain, list) and 1 <= len(chain) <= 4, "1 to 4 certificates")
    need(all(isinstance(one, bytes) for one in chain), "certificates as bytes")
    return chain, rest


def key_id(key):
    return hashlib.sha256(key).digest()[:8]


def entry_by(data, keys):
    """An entry by one of these keys, made while that key counted."""
    for till in keys.values():
        try:
            made = entry(data, till["key"])
        except Wrong:
            continue
        need(till["from"] <= made["wall"] // 1000 <= till["to"], "its key did not count then")
        return made
    raise Wrong("by no key of this life")


def follow_run(run, root):
    """How far a run continues its chain, and what ends it."""
    state = {"entries": 0, "head": None, "receipts": 0, "grand_total_paise": 0, "error": None}

    def ended(error):
        return {**state, "error": error}

    try:
        chain, rest = run_header(run)
    except Wrong:
        return ended("header")
    try:
        life = certificate_chain(chain, root)
        need(life["till"] is not None, "not a till")
    except Wrong:
        return ended("certificate")
    state["head"] = life["hash"].hex()
    keys = {key_id(life["key"]): life}
    while rest:
        if rest[0] >> 5 == 5:
            try:
                chain, rest = run_header(rest)
            except Wrong:
                return ended("form")
            try:
                further = certificate_chain(chain, root)
                need((further["tenant"], further["till"]) == (life["tenant"], life["till"]), "for another life")
            except Wrong:
                return ended("certificate")
            keys.setdefault(key_id(further["key"]), further)
            continue
        try:
            _, after = decode_first(rest, 4096)
        except Wrong:
            return ended("form")
        data, rest = rest[: len(rest) - len(after)], after
        try:
            made = entry_by(data, keys)
        except Wrong:
            return ended("entry")
        if made["sequence"] != state["entries"] + 1:
            return ended("gap")
        if made["previous"].hex() != state["head"]:
            return ended("broken")
        if (made["sequence"] == 1) != (made["kind"] == 1):
            return ended("opening")
        body, receipts, total = made["body"], state["receipts"], state["grand_total_paise"]
        if made["kind"] == 1:
            receipts, total = body["receipts"], body["total"]
        elif made["kind"] == 6:
            receipts, total = receipts + 1, total + body["amount"]
            if (body["receipts"], body["total"]) != (receipts, total):
                return ended("totals")
        state.update(entries=made["sequence"], head=made["hash"].hex(), receipts=receipts, grand_total_paise=total)
    return state


def check_fork(case):
    till = certificate(unpack(case["certificate"]), public_key(case["root_key"]))
    one, other = unpack(case["one"]), unpack(case["other"])
    try:
        made, again = entry(one, till["key"]), entry(other, till["key"])
    except Wrong:
        return "not-signed"
    if one == other:
        return "same"
    return None if made["sequence"] == again["sequence"] else "different-places"


# ---- the head office's word


def office_key(case):
    office = certificate(unpack(case["office_certificate"]), public_key(case["root_key"]))
    need(office["till"] is None, "a head office's certificate")
    return office["key"]


def acknowledgement(data, key):
    fields = open_signed("acknowledgement", data, key)
    till_name(field(fields, 1)), whole(field(fields, 2), 1, 65535), whole(field(fields, 3), 0, U64)
    binary(field(fields, 4), 32), wall(field(fields, 5))


def book_page(data, key):
    """The frame of a page; what stands in it is checked against book.cddl by check_cddl.py."""
    fields = open_signed("book-page", data, key)
    since, until = whole(field(fields, 3), 0, U64), whole(field(fields, 4), 0, U64)
    need(until >= since + (1 if flag(fields, 5) else 0), "the cursor does not move on")
    need(isinstance(field(fields, 9), list) and isinstance(field(fields, 10), list), "tariffs and accounts")


def accepts(read, data, key):
    try:
        read(data, key)
        return True
    except Wrong:
        return False


# ---- running the vectors


def unpack(letters):
    return base64.b64decode(letters, validate=True)


def run_receipt(case):
    try:
        found = shown(*verify_link(case["text"], public_key(case["root_key"])))
        return found == case.get("receipt"), found
    except Refused as refused:
        return refused.error == case.get("error"), refused


def run_chain(case):
    found = follow_run(unpack(case["run"]), public_key(case["root_key"]))
    expected = {key: case.get(key) for key in found}
    return found == expected and case["valid"] == (found["error"] is None), found


def run_fork(case):
    found = check_fork(case)
    return found == case.get("error") and case["fork"] == (found is None), found


def run_signed(field_name, read):
    def run(case):
        found = accepts(read, unpack(case[field_name]), office_key(case))
        return found == case["valid"], found

    return run


FILES = {
    "receipts/*.json": run_receipt,
    "journals/chains.json": run_chain,
    "journals/forks.json": run_fork,
    "journals/acknowledgements.json": run_signed("acknowledgement", acknowledgement),
    "books/pages.json": run_signed("page", book_page),
}


def run_vectors():
    passed = failed = 0
    for pattern, run in FILES.items():
        for path in sorted(VECTORS.glob(pattern)):
            for case in json.loads(path.read_text())["cases"]:
                fits, found = run(case)
                passed, failed = passed + fits, failed + (not fits)
                if not fits:
                    print(f"{path.name}: {case['name']}: {found}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def main(arguments):
    if not arguments:
        return run_vectors()
    link, root = arguments
    try:
        print(json.dumps(shown(*verify_link(link, public_key(root))), ensure_ascii=False, indent=2))
        return 0
    except Refused as refused:
        print(refused)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
