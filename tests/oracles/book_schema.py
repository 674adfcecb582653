#!/usr/bin/env python3
"""Does a bill book in one JSON file satisfy schemas/book.schema.json? Judged by the jsonschema package, not by us.

    cargo run -q -p raseed-head-office --example book_to_json tests/data/sample-book > target/book.json
    python3 -m venv .venv && .venv/bin/pip install jsonschema
    .venv/bin/python tests/oracles/book_schema.py target/book.json

It first proves that the schema can say no: the base book of tests/data/bad-books must be accepted, and each of a few
small changes to it refused. Exit status 0 if all is as it should be.
"""

import copy
import json
import pathlib
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]

# (where, what is put there): none of these may be accepted
CHANGES = [
    (("rules", "due_day"), 29),
    (("rules", "heads", 0, "id"), 9),
    (("rules", "heads", 0, "code"), "ROUNDING"),
    (("rules", "names"), {"ta": "Water"}),
    (("rules", "heads", 0, "names"), {"hi": ""}),
    (("rules", "max_advance"), 100.5),
    (("rules", "late_fee"), {"amount": {"flat": 0}}),
    (("rules", "rebate"), {"amount": {"basis-points": 10001}, "within_days": 5}),
    (("tariffs",), []),
    (("tariffs", 0, "code"), "FLAT RATE"),
    (("tariffs", 1, "metered", "slabs"), []),
    (("accounts", 0, "id"), "A 1"),
    (("accounts", 0, "name"), ""),
    (("accounts", 0, "name"), "x" * 81),
    (("accounts", 0, "house"), "1\t2"),
    (("accounts", 0, "phone_last4"), "0000001234"),
    (("accounts", 0, "aadhaar"), "0"),
    (("accounts", 0, "advance"), "50"),
    (("accounts", 1, "meter", "digits"), 10),
    (("accounts", 0, "demands", 0, "period"), "2026-13"),
    (("accounts", 0, "demands", 0, "lines"), []),
    (("accounts", 0, "demands", 0, "lines", 0, "amount"), 0),
    (("accounts", 0, "demands", 0, "lines", 0, "head"), 1),
    (("accounts", 0, "demands", 0, "lines", 0, "head"), 3),
]


def changed(book, where, value):
    book = copy.deepcopy(book)
    place = book
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = value
    return book


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    schema = json.loads((ROOT / "schemas/book.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    good = json.loads((ROOT / "tests/data/bad-books/good.json").read_text(encoding="utf-8"))["book.json"]
    faults = [f"the base book: {error.json_path}: {error.message}" for error in judge.iter_errors(good)]
    faults += [f"accepted {value!r} at {where}" for where, value in CHANGES if judge.is_valid(changed(good, where, value))]
    book = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    faults += [f"{sys.argv[1]}: {error.json_path}: {error.message}" for error in judge.iter_errors(book)]
    if faults:
        sys.exit("\n".join(faults[:50]))
    print(f"{sys.argv[1]}: {len(book['accounts'])} accounts satisfy the schema; {len(CHANGES)} bad changes were refused")


if __name__ == "__main__":
    main()
