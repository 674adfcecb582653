#!/usr/bin/env python3
"""What payment providers send, read a second time: settlement files by schemas/settlement-import.md, webhook signatures by HMAC.

It shares nothing with the Rust code but the prose and the vectors: Python's own csv, datetime, decimal and hmac. Run it as
`python3 tests/oracles/settlement.py`; it prints what failed and `N passed, N failed`, and ends with 1 if anything did.
"""

import csv
import hashlib
import hmac
import json
import re
import sys
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

VECTORS = Path(__file__).resolve().parent.parent / "vectors"
INDIA = timezone(timedelta(hours=5, minutes=30))
MOST_PAISE = 10**13
BEGIN, END = datetime(2016, 1, 1, tzinfo=timezone.utc), datetime(2200, 1, 1, tzinfo=timezone.utc)


class Bad(Exception):
    """A line that cannot be used."""


class Refused(Exception):
    """A file that cannot be used."""


# ---- values


def moment(text, forms):
    for form in forms:
        try:
            if form == "rfc3339" and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)", text):
                at = datetime.fromisoformat(text.replace("Z", "+00:00"))
            elif form == "unix" and re.fullmatch(r"\d{1,10}", text):
                at = datetime.fromtimestamp(int(text), timezone.utc)
            elif form.startswith("DD"):
                at = datetime.strptime(text, "%d/%m/%Y %H:%M:%S").replace(tzinfo=INDIA)
            elif form.startswith("YYYY"):
                at = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=INDIA)
            else:
                continue
        except ValueError:
            continue
        if BEGIN <= at < END:
            return (at - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(milliseconds=1)
    raise Bad


def money(text, unit):
    if unit == "paise":
        if not re.fullmatch(r"[0-9]+", text):
            raise Bad
        paise = int(text)
    else:
        plain = re.sub(r"^(₹|INR|Rs\.?)\s*", "", text).removesuffix("/-").replace(",", "")
        if not re.fullmatch(r"-?[0-9]*(\.[0-9]{0,2})?", plain) or not re.search(r"[0-9]", plain):
            raise Bad
        paise = int(Decimal(plain) * 100)
    if not 0 < paise <= MOST_PAISE:
        raise Bad
    return paise


def reference(text):
    return text if re.fullmatch(r"[ -~]{1,35}", text) else None


def rrn(text):
    text = text.removeprefix("'").rstrip("'")
    if not text:
        return None
    if re.fullmatch(r"\d+\.\d+[Ee]\+\d+", text) or not re.fullmatch(r"[!-~]{1,24}", text):
        raise Bad
    return text


# ---- files


def split(line):
    try:
        return [value.strip() for value in next(csv.reader([line], strict=True), [])]
    except csv.Error as error:
        raise Bad from error


def read(lines, mapping):
    """Payments, charges, numbers of bad lines, passed over, repeated."""
    columns = mapping["columns"]
    numbered = list(enumerate((line.removeprefix("\ufeff").rstrip("\r") for line in lines), 1))[mapping.get("skip_lines", 0):]
    while numbered and not any(split(numbered[0][1])):
        numbered.pop(0)
    if not numbered:
        raise Refused
    names = split(numbered.pop(0)[1])
    if any(names.count(name) != 1 for name in columns.values()):
        raise Refused
    payments, charges, bad, passed_over, repeated = {}, [], [], 0, 0
    for number, line in numbered:
        try:
            values = split(line)
            if not any(values):
                continue
            if len(values) != len(names):
                raise Bad
            value = {what: values[names.index(name)] for what, name in columns.items()}
            if "status" in columns and value["status"] not in mapping["settled"]:
                passed_over += 1
                continue
            bank = rrn(value.get("rrn", ""))
            identity = value.get("payment_id") or (bank and f"rrn-{bank}") or ""
            if not re.fullmatch(r"[A-Za-z0-9_.-]{1,40}", identity):
                raise Bad
            payment = {
                "id": identity,
                "reference": reference(value.get("reference", "")),
                "amount": money(value["amount"], mapping["amount_in"]),
                "rrn": bank,
                "paid": moment(value["paid"], mapping["paid_in"]),
            }
            if payments.get(identity) == payment:
                repeated += 1
                continue
            if identity in payments:
                raise Bad
            payments[identity] = payment
            fee, tax = value.get("fee", ""), value.get("tax", "")
            if fee or tax:
                charges.append({"id": identity, "fee": fee, "tax": tax})
        except Bad:
            bad.append(number)
    return list(payments.values()), charges, bad, passed_over, repeated


def check_file(case, mappings):
    try:
        found = read(case["lines"], mappings[case["mapping"]])
    except Refused:
        return "refused" in case
    bad = [line["line"] for line in case.get("bad", [])]
    wanted = (case.get("payments"), case.get("charges", []), bad, case.get("passed_over", 0), case.get("repeated", 0))
    return "refused" not in case and found == wanted


# ---- webhooks


def check_webhook(case, secret):
    made = hmac.new(secret.encode(), case["body"].encode(), hashlib.sha256).hexdigest()
    if case["signature"].lower() != made:
        return case.get("refused") == "signature"
    if case.get("refused") == "unreadable":
        return True
    call = json.loads(case["body"])
    if call["event"] not in ("qr_code.credited", "payment.captured"):
        return case["gives"] == []
    payment = call["payload"]["payment"]["entity"]
    if payment["currency"] != "INR" or payment["status"] not in ("captured", "refunded"):
        return case["gives"] == []
    code = call["payload"].get("qr_code", {}).get("entity", {})
    notes = payment.get("notes") or code.get("notes") or {}
    try:
        bank = rrn((payment.get("acquirer_data") or {}).get("rrn", ""))
    except Bad:
        bank = None
    told = {
        "id": payment["id"],
        "reference": reference(notes.get("reference", "")),
        "amount": payment["amount"],
        "rrn": bank,
        "paid": payment["created_at"] * 1000,
    }
    return case["gives"] == [told]


def main():
    files = json.loads((VECTORS / "settlement" / "files.json").read_text("utf-8"))
    psp = json.loads((VECTORS / "psp" / "razorpay.json").read_text("utf-8"))
    outcomes = [(case["case"], check_file(case, files["mappings"])) for case in files["cases"]]
    outcomes += [(case["case"], check_webhook(case, psp["webhook_secret"])) for case in psp["webhooks"]]
    failed = [name for name, good in outcomes if not good]
    for name in failed:
        print(f"FAILED  {name}")
    print(f"{len(outcomes) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
