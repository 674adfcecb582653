#!/usr/bin/env python3
"""Makes the sample book of an invented rural water utility in Punjab.

Nobody in it exists: villages are invented, names are drawn from lists of common ones, phone numbers lie in a range that
no operator gives out. The same arguments make the same bytes: all chance comes from one seed, all money is whole paise.

    python3 tests/data/make_sample_book.py                                   # tests/data/sample-book, 5,000 households
    python3 tests/data/make_sample_book.py --households 200000 --out DIR     # a large book, for benchmarks

The format is described in schemas/book-import.md.
"""

import argparse
import json
import pathlib
import random

LAST_YEAR, LAST_MONTH = 2026, 11  # the newest bills

# (code, Gurmukhi, Latin, share of the households): all invented
VILLAGES = [
    ("BHG", "ਭਗਤਪੁਰ ਖੇੜਾ", "Bhagatpur Khera", 14),
    ("NWK", "ਨਵਾਂ ਕੋਟਲਾ", "Nawan Kotla", 12),
    ("SRM", "ਸਰਮਾਲਾ ਖੁਰਦ", "Sarmala Khurd", 7),
    ("SRK", "ਸਰਮਾਲਾ ਕਲਾਂ", "Sarmala Kalan", 11),
    ("DHR", "ਧਰਮੇਵਾਲ", "Dharmewal", 9),
    ("RTN", "ਰਤਨਗੜ੍ਹ ਮਾਜਰਾ", "Ratangarh Majra", 8),
    ("CHK", "ਚੱਕ ਬੇਰੀ", "Chak Beri", 5),
    ("TBK", "ਟਿੱਬਾ ਕਿੱਕਰਾਂ", "Tibba Kikkran", 4),
    ("MNK", "ਮਾਣਕੇ ਵਾਲਾ", "Manke Wala", 8),
    ("JND", "ਜੰਡੋਲੀਆਂ", "Jandolian", 6),
    ("PPL", "ਪਿੱਪਲਸਰ", "Pippalsar", 9),
    ("KHU", "ਖੂਹੀ ਸਾਹਿਬ ਵਾਲੀ", "Khuhi Sahib Wali", 7),
]

# (script, Latin, what follows: S Singh, K Kaur, B either)
PUNJABI = [
    ("ਗੁਰਪ੍ਰੀਤ", "Gurpreet", "B"), ("ਹਰਪ੍ਰੀਤ", "Harpreet", "B"), ("ਮਨਪ੍ਰੀਤ", "Manpreet", "B"),
    ("ਜਸਪ੍ਰੀਤ", "Jaspreet", "B"), ("ਸੁਖਪ੍ਰੀਤ", "Sukhpreet", "B"), ("ਕੁਲਦੀਪ", "Kuldeep", "B"),
    ("ਸੰਦੀਪ", "Sandeep", "B"), ("ਮਨਦੀਪ", "Mandeep", "B"), ("ਹਰਦੀਪ", "Hardeep", "B"), ("ਅਮਨਦੀਪ", "Amandeep", "B"),
    ("ਬਲਜੀਤ", "Baljit", "B"), ("ਸੁਰਜੀਤ", "Surjit", "B"), ("ਕਰਮਜੀਤ", "Karamjit", "B"), ("ਪਰਮਜੀਤ", "Paramjit", "B"),
    ("ਰਣਜੀਤ", "Ranjit", "B"), ("ਇੰਦਰਜੀਤ", "Inderjit", "B"), ("ਮਨਜੀਤ", "Manjit", "B"), ("ਦਲਜੀਤ", "Daljit", "B"),
    ("ਕੁਲਵੰਤ", "Kulwant", "B"), ("ਜਸਵੰਤ", "Jaswant", "B"), ("ਬਲਵੰਤ", "Balwant", "B"), ("ਗੁਰਮੀਤ", "Gurmeet", "B"),
    ("ਹਰਮੀਤ", "Harmeet", "B"), ("ਜਗਮੀਤ", "Jagmeet", "S"), ("ਬਲਵਿੰਦਰ", "Balwinder", "B"), ("ਸੁਖਵਿੰਦਰ", "Sukhwinder", "B"),
    ("ਕੁਲਵਿੰਦਰ", "Kulwinder", "B"), ("ਹਰਵਿੰਦਰ", "Harvinder", "B"), ("ਗੁਰਵਿੰਦਰ", "Gurwinder", "B"),
    ("ਲਖਵਿੰਦਰ", "Lakhwinder", "B"), ("ਭੁਪਿੰਦਰ", "Bhupinder", "B"), ("ਰਾਜਿੰਦਰ", "Rajinder", "B"),
    ("ਸਤਨਾਮ", "Satnam", "S"), ("ਗੁਰਨਾਮ", "Gurnam", "S"), ("ਕਰਨੈਲ", "Karnail", "S"), ("ਜਰਨੈਲ", "Jarnail", "S"),
    ("ਅਜਮੇਰ", "Ajmer", "S"), ("ਨਾਹਰ", "Nahar", "S"), ("ਬੰਤਾ", "Banta", "S"), ("ਦਰਸ਼ਨ", "Darshan", "S"),
    ("ਅਵਤਾਰ", "Avtar", "S"), ("ਨਿਰਮਲ", "Nirmal", "B"), ("ਸਿਮਰਨ", "Simran", "K"), ("ਨਵਨੀਤ", "Navneet", "K"),
    ("ਜਸਲੀਨ", "Jasleen", "K"), ("ਹਰਲੀਨ", "Harleen", "K"), ("ਕਿਰਨਦੀਪ", "Kirandeep", "K"), ("ਰੁਪਿੰਦਰ", "Rupinder", "K"),
    ("ਵੀਰਪਾਲ", "Veerpal", "K"), ("ਅੰਮ੍ਰਿਤ", "Amrit", "B"), ("ਗੁਰਬਖ਼ਸ਼", "Gurbakhsh", "S"), ("ਤਰਸੇਮ", "Tarsem", "S"),
]
SINGH, KAUR = ("ਸਿੰਘ", "Singh"), ("ਕੌਰ", "Kaur")
SURNAMES = [
    ("ਸਿੱਧੂ", "Sidhu"), ("ਗਿੱਲ", "Gill"), ("ਸੰਧੂ", "Sandhu"), ("ਧਾਲੀਵਾਲ", "Dhaliwal"), ("ਬਰਾੜ", "Brar"),
    ("ਗਰੇਵਾਲ", "Grewal"), ("ਸੋਹੀ", "Sohi"), ("ਬੈਂਸ", "Bains"), ("ਮਾਨ", "Mann"), ("ਢਿੱਲੋਂ", "Dhillon"),
]
# Some families write their names in Devanagari.
HINDI = [
    ("राम कुमार", "Ram Kumar"), ("श्याम लाल", "Shyam Lal"), ("सुनीता देवी", "Sunita Devi"), ("कमला देवी", "Kamla Devi"),
    ("राजेश कुमार", "Rajesh Kumar"), ("मुकेश कुमार", "Mukesh Kumar"), ("अनिल शर्मा", "Anil Sharma"),
    ("पूजा शर्मा", "Pooja Sharma"), ("विजय वर्मा", "Vijay Verma"), ("संतोष यादव", "Santosh Yadav"),
    ("मीना रानी", "Meena Rani"), ("प्रेम चन्द", "Prem Chand"), ("ओम प्रकाश", "Om Prakash"), ("रेखा गुप्ता", "Rekha Gupta"),
]
SHOPS = [
    ("ਗੁਰੂ ਕਿਰਪਾ ਕਰਿਆਨਾ ਸਟੋਰ", "Guru Kirpa Karyana Store"), ("ਨਿਊ ਪੰਜਾਬ ਡੇਅਰੀ", "New Punjab Dairy"),
    ("ਕਿਸਾਨ ਖਾਦ ਸਟੋਰ", "Kisan Khad Store"), ("ਸ਼ਰਮਾ ਸਵੀਟਸ", "Sharma Sweets"), ("ਮਾਡਰਨ ਟੇਲਰਜ਼", "Modern Tailors"),
    ("ਵਰਮਾ ਮੈਡੀਕਲ ਹਾਲ", "Verma Medical Hall"), ("ਢਾਬਾ ਜੀ.ਟੀ. ਰੋਡ", "Dhaba, G.T. Road"),
]
INSTITUTIONS = [
    ("ਸਰਕਾਰੀ ਪ੍ਰਾਇਮਰੀ ਸਕੂਲ", "Government Primary School"), ("ਆਂਗਣਵਾੜੀ ਕੇਂਦਰ", "Anganwadi Centre"),
    ("ਗੁਰਦੁਆਰਾ ਸਾਹਿਬ", "Gurdwara Sahib"), ("ਪਸ਼ੂ ਹਸਪਤਾਲ", "Veterinary Hospital"),
]

HEADS = [
    {"id": 10, "code": "WATER", "name": "Water charge",
     "names": {"hi": "पानी का शुल्क", "pa": "ਪਾਣੀ ਦਾ ਖ਼ਰਚਾ", "bn": "জলের মাশুল"}},
    {"id": 11, "code": "SEWER", "name": "Sewerage charge",
     "names": {"hi": "सीवर का शुल्क", "pa": "ਸੀਵਰੇਜ ਦਾ ਖ਼ਰਚਾ", "bn": "নিকাশির মাশুল"}},
    {"id": 12, "code": "MAINT", "name": "Maintenance charge",
     "names": {"hi": "रखरखाव शुल्क", "pa": "ਸਾਂਭ-ਸੰਭਾਲ ਦਾ ਖ਼ਰਚਾ", "bn": "রক্ষণাবেক্ষণের মাশুল"}},
]

RULES = {
    "tenant": "SASWATER",
    "name": "Sarmala Rural Water Supply Society",
    "names": {"hi": "सरमाला ग्रामीण जल आपूर्ति समिति", "pa": "ਸਰਮਾਲਾ ਪੇਂਡੂ ਜਲ ਸਪਲਾਈ ਸਭਾ", "bn": "সরমালা গ্রামীণ জল সরবরাহ সমিতি"},
    "heads": HEADS,
    "late_fee": {"amount": {"flat": 10_00}, "grace_days": 5, "cap": 100_00, "once": False},
    "rebate": {"amount": {"basis-points": 200}, "within_days": 10},
    "rounding": "nearest-rupee",
    "part_payment": "allowed",
    "max_advance": 10_000_00,
    "max_cash_receipt": 50_000_00,
    "due_day": 20,
    "receipt_host": "pay.saswater.example",
    "payments": {
        "upi": {"vpa": "saswater@examplebank", "name": "SAS Nagar Rural Water", "mcc": "4900"},
        "card": {"acquirer": "simulator"},
        "sales": "COUNTER",
    },
}

TARIFFS = [
    {"code": "DOM-FLAT", "name": "Household, flat rate", "fixed": [{"head": 10, "amount": 150_00}, {"head": 12, "amount": 20_00}], "metered": None},
    {"code": "DOM-FLAT-S", "name": "Household with sewer, flat rate", "fixed": [{"head": 10, "amount": 150_00}, {"head": 11, "amount": 70_00}, {"head": 12, "amount": 20_00}], "metered": None},
    {"code": "BPL-FLAT", "name": "Household below the poverty line", "fixed": [{"head": 10, "amount": 50_00}], "metered": None},
    {"code": "DOM-METER", "name": "Household, metered", "fixed": [{"head": 12, "amount": 20_00}],
     "metered": {"head": 10, "slabs": [{"up_to": 10, "rate": 5_50}, {"up_to": 20, "rate": 8_25}, {"up_to": None, "rate": 12_00}], "minimum": 60_00}},
    {"code": "COMM-METER", "name": "Shop or workshop, metered", "fixed": [{"head": 11, "amount": 150_00}, {"head": 12, "amount": 50_00}],
     "metered": {"head": 10, "slabs": [{"up_to": 15, "rate": 14_00}, {"up_to": None, "rate": 22_50}], "minimum": 210_00}},
    {"code": "INST-FLAT", "name": "School or other institution", "fixed": [{"head": 10, "amount": 600_00}, {"head": 11, "amount": 200_00}], "metered": None},
]
BY_CODE = {tariff["code"]: tariff for tariff in TARIFFS}
HEAD_CODES = {head["id"]: head["code"] for head in RULES["heads"]}

ACCOUNT_COLUMNS = ("account,name,name_latin,house,place,phone,tariff,status,"
                   "meter_reading,meter_read_on,meter_digits,usual_units,advance,last_payment,last_payment_on")
DEMAND_COLUMNS = "account,bill,period,issued_on,due_on,head,amount"


def rupees(paise):
    """As people write it: 150, 82.50, 1,250.50 (all here are below a lakh, so one comma at most)."""
    whole, rest = divmod(abs(paise), 100)
    return ("-" if paise < 0 else "") + (f"{whole:,}.{rest:02}" if rest else f"{whole:,}")


def cell(value):
    text = str(value)
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"') else text


def month_back(months):
    """Year and month, this many months before the newest bills."""
    number = LAST_YEAR * 12 + LAST_MONTH - 1 - months
    return number // 12, number % 12 + 1


def person(chance):
    if chance.random() < 0.12:
        return chance.choice(HINDI)
    given, latin, follows = chance.choice(PUNJABI)
    second = {"S": SINGH, "K": KAUR, "B": SINGH if chance.random() < 0.62 else KAUR}[follows]
    family = chance.choice(SURNAMES) if chance.random() < 0.35 else None
    parts = [(given, latin), second] + ([family] if family else [])
    return " ".join(p[0] for p in parts), " ".join(p[1] for p in parts)


def pick_tariff(chance):
    return chance.choices(list(BY_CODE), weights=[48, 16, 11, 19, 5, 1])[0]


def holder(chance, tariff):
    if tariff == "COMM-METER":
        return chance.choice(SHOPS)
    if tariff == "INST-FLAT":
        return chance.choice(INSTITUTIONS)
    return person(chance)


def house(chance, number):
    plain = str(number)
    kind = chance.random()
    if kind < 0.70:
        return plain
    if kind < 0.85:
        return f"{plain}-{chance.choice('ABC')}"
    if kind < 0.95:
        return f"Ward {chance.randint(1, 9)}, {plain}"
    return ""


def months_owed(chance):
    """Most owe nothing to two months, some a good part of a year, a few more."""
    kind = chance.random()
    if kind < 0.30:
        return 0
    if kind < 0.72:
        return 1
    if kind < 0.88:
        return 2
    if kind < 0.96:
        return chance.randint(3, 5)
    return chance.randint(6, 18)


def metered_amount(metered, units):
    total, below = 0, 0
    for slab in metered["slabs"]:
        upper = slab["up_to"] if slab["up_to"] is not None else units
        total += max(0, min(units, upper) - below) * slab["rate"]
        below = upper
    return max(total, metered["minimum"])


def bill_lines(tariff, units):
    """(head, paise) of one month, in the order of the rules, a rounding to the rupee last."""
    amounts = {line["head"]: line["amount"] for line in tariff["fixed"]}
    if tariff["metered"]:
        head = tariff["metered"]["head"]
        amounts[head] = amounts.get(head, 0) + metered_amount(tariff["metered"], units)
    lines = [(HEAD_CODES[head], amounts[head]) for head in sorted(amounts)]
    total = sum(amount for _, amount in lines)
    rounding = (total + 50) // 100 * 100 - total
    return lines + ([("ROUNDING", rounding)] if rounding else [])


def demands(chance, account, bill_numbers, tariff, owed, newest, usual):
    rows = []
    for back in range(newest + owed - 1, newest - 1, -1):
        year, month = month_back(back)
        units = max(0, usual + chance.randint(-4, 6)) if tariff["metered"] else 0
        bill = f"SW/{year % 100:02}{month:02}/{next(bill_numbers):06}"
        issued = f"{year}-{month:02}-{chance.choice((3, 4, 5, 6)):02}"
        for code, amount in bill_lines(tariff, units):
            rows.append(f"{account},{bill},{year}-{month:02},{issued},{year}-{month:02}-20,{code},{cell(rupees(amount))}")
    return rows


def account_row(chance, account, village, number, newest, bill_numbers):
    """The row of one account and the rows of its bills."""
    code = pick_tariff(chance)
    tariff = BY_CODE[code]
    name, latin = holder(chance, code)
    closed = chance.random() < 0.02
    # 00000 is no mobile series; the last four digits are what people tell apart.
    phone = f"00000 0{chance.randint(0, 9999):04}" if chance.random() < 0.93 else ""
    meter, usual = ("", "", "", ""), 0
    if tariff["metered"]:
        usual = chance.randint(25, 70) if code == "COMM-METER" else chance.randint(6, 26)
        digits = chance.choice((4, 5, 5, 6))
        read_year, read_month = month_back(newest)
        reading = 10 ** digits - chance.randint(1, 30) if chance.random() < 0.02 else chance.randint(40, 10 ** digits // 2)
        meter = (reading, f"{read_year}-{read_month:02}-{chance.choice((1, 2, 3)):02}", digits, usual)
    owed = (chance.randint(0, 3) if closed else months_owed(chance))
    if code == "INST-FLAT" and not closed and chance.random() < 0.5:
        owed = chance.randint(6, 18)
    advance = chance.choice((50_00, 100_00, 170_00, 500_00, 1_250_50)) if owed == 0 and chance.random() < 0.12 else 0
    paid_year, paid_month = month_back(newest + owed)
    month = bill_lines(tariff, usual)
    paid = (rupees(sum(amount for _, amount in month)), f"{paid_year}-{paid_month:02}-{chance.randint(7, 20):02}")
    if chance.random() < 0.04:
        paid = ("", "")
    values = [account, name, latin, house(chance, number), f"{village[1]} ({village[2]})", phone, code,
              "closed" if closed else "active", *meter, rupees(advance) if advance else "", *paid]
    return ",".join(cell(v) for v in values), demands(chance, account, bill_numbers, tariff, owed, newest, usual)


def make(households):
    chance = random.Random("raseed sample book 1")
    weights = [village[3] for village in VILLAGES]
    shares = [households * weight // sum(weights) for weight in weights]
    shares[0] += households - sum(shares)
    bill_numbers = iter(range(1, 10 ** 7))
    accounts, bills = [ACCOUNT_COLUMNS], [DEMAND_COLUMNS]
    for index, (village, share) in enumerate(zip(VILLAGES, shares)):
        newest = 0 if index % 3 else 1  # bills of a third of the villages for the newest month are not made yet
        digits = max(4, len(str(share)))
        for number in range(1, share + 1):
            row, rows = account_row(chance, f"{village[0]}-{number:0{digits}}", village, number, newest, bill_numbers)
            accounts.append(row)
            bills.extend(rows)
    return accounts, bills


def write(folder, name, text):
    (folder / name).write_bytes(text.encode("utf-8"))


def main():
    here = pathlib.Path(__file__).resolve().parent
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--households", type=int, default=5_000)
    arguments.add_argument("--out", type=pathlib.Path, default=here / "sample-book")
    chosen = arguments.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    accounts, bills = make(chosen.households)
    write(chosen.out, "rules.json", json.dumps(RULES, indent=2, ensure_ascii=False) + "\n")
    write(chosen.out, "tariffs.json", json.dumps(TARIFFS, indent=2, ensure_ascii=False) + "\n")
    write(chosen.out, "accounts.csv", "\n".join(accounts) + "\n")
    write(chosen.out, "demands.csv", "\n".join(bills) + "\n")
    print(f"{len(accounts) - 1} accounts, {len(bills) - 1} lines of bills in {chosen.out}")


if __name__ == "__main__":
    main()
