#!/usr/bin/env python3
"""An independent reading of schemas/billing.md that checks every case in tests/vectors/billing.

It shares nothing with the Rust code but the prose: exact fractions, calendar dates, plain dictionaries. Run it as
`python3 tests/oracles/billing.py`; it prints what failed and `N passed, N failed`, and ends with 1 if anything did.
With `--fill` it writes the answer of each case that has none yet, marked "by": "oracle"; it never changes an answer.
"""

import calendar
import copy
import json
import sys
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

VECTORS = Path(__file__).resolve().parent.parent / "vectors" / "billing"
ADVANCE, LATE_FEE, REBATE, ROUNDING, FIRST_OWN = 0, 1, 2, 3, 10
MOST = 10**13
MOST_ASKED = MOST // 2
MOST_LATE_FEE = 10**10
LAST_DAY = date(2199, 12, 31)


class Refused(Exception):
    """A refusal by name, and the amounts or questions that it carries where a case compares them."""

    def __init__(self, name, **carries):
        super().__init__(name)
        self.name = name
        self.carries = carries


# ---- numbers and days


def nearest(value, step=1):
    """To the nearest multiple of step, a half away from zero."""
    quotient = Fraction(value) / step
    whole = int(abs(quotient) + Fraction(1, 2))
    return (whole if quotient >= 0 else -whole) * step


def in_rupees(rules):
    return rules.get("rounding", "nearest-rupee") == "nearest-rupee"


def later(day, days):
    return min(day + timedelta(days=days), LAST_DAY)


def same_day_months_later(day, months):
    month_number = day.year * 12 + day.month - 1 + months
    year, month = divmod(month_number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_late(due, on):
    months = 0
    while due < on and same_day_months_later(due, months) < on:
        months += 1
    return months


def months_between(earlier, recent):
    return (recent.year - earlier.year) * 12 + recent.month - earlier.month


def month_of(day):
    return day.strftime("%Y-%m")


def first_of(period):
    return date.fromisoformat(period + "-01")


# ---- 1. what a bill asks


def tariff_flaw(tariff):
    metered = tariff.get("metered")
    fixed = tariff.get("fixed", [])
    slabs = metered["slabs"] if metered else []
    if len(fixed) > 24 or len(slabs) > 24:
        return "TooMany"
    charges = [(line["head"], line["amount"]) for line in fixed]
    if metered:
        charges.append((metered["head"], metered.get("minimum", 0)))
    for head, amount in charges:
        if head < FIRST_OWN:
            return "ReservedHead"
        if amount < 0:
            return "Negative"
    if metered is None:
        return None
    if not slabs:
        return "NoSlabs"
    limits = [slab.get("up_to") for slab in slabs]
    if any(slab["rate"] < 0 for slab in slabs):
        return "Negative"
    if None in limits[:-1] or any(b is not None and b <= a for a, b in zip([0] + limits, limits)):
        return "SlabsOutOfOrder"
    return None if limits[-1] is None else "LastSlabEnds"


def unit_price(slabs, unit_from, unit_to, months):
    """The price of the units after unit_from up to unit_to."""
    price, low = 0, 0
    for slab in slabs:
        high = unit_to if slab.get("up_to") is None else slab["up_to"] * months
        price += max(0, min(high, unit_to) - max(low, unit_from)) * slab["rate"]
        low = high
    return price


def charge(tariff, rules, units, months):
    flaw = tariff_flaw(tariff)
    if flaw:
        raise Refused("BadTariff/" + flaw)
    if not 1 <= months <= 120:
        raise Refused("MonthsOutOfRange")
    by_head = {}
    for line in tariff.get("fixed", []):
        by_head[line["head"]] = by_head.get(line["head"], 0) + line["amount"] * months
    metered = tariff.get("metered")
    if metered and units is None:
        raise Refused("UnitsMissing")
    if not metered and units is not None:
        raise Refused("UnitsNotWanted")
    if metered:
        amount = max(unit_price(metered["slabs"], 0, units, months), metered.get("minimum", 0) * months)
        by_head[metered["head"]] = by_head.get(metered["head"], 0) + amount
    if any(amount > MOST for amount in by_head.values()):
        raise Refused("TooLarge")
    listed = [head["id"] for head in rules["heads"]]
    if not set(by_head) <= set(listed):
        raise Refused("UnknownHead")
    exact = sum(by_head.values())
    if exact > MOST:
        raise Refused("TooLarge")
    asked = [(head, by_head[head]) for head in listed if by_head.get(head)]
    total = nearest(exact, 100) if in_rupees(rules) else exact
    if total != exact:
        asked.append((ROUNDING, total - exact))
    lines = [{"head": head, "amount": amount, "paid": 0} for head, amount in asked]
    return {"lines": lines, "total": total}


# ---- 2. a reading, and the bill at the door


def judge(meter, reading, on):
    last, usual = meter["reading"], meter.get("usual_units", 0)
    last_on = date.fromisoformat(meter["read_on"])
    dial = 10 ** meter["digits"]
    if not 1 <= meter["digits"] <= 9 or last >= dial:
        raise Refused("BadMeter")
    if reading >= dial:
        raise Refused("TooManyDigits")
    if on < last_on:
        raise Refused("BeforeLastReading")
    months = max(1, months_between(last_on, on))
    units = (reading - last) % dial
    high = usual != 0 and units >= 10 * usual * months
    questions = []
    if reading < last:
        around_zero = last * 10 >= dial * 9 and reading * 10 < dial
        ordinary = usual != 0 and not high
        if not (around_zero or ordinary):
            raise Refused("LowerThanLast")
        questions.append("rolled-over")
    if high:
        questions.append("unusually-high")
    if reading == last:
        questions.append("no-use")
    after = {"reading": reading, "read_on": on.isoformat(), "digits": meter["digits"], "usual_units": usual}
    return {"units": units, "months": months, "questions": questions, "meter": after}


def due_date(rules, on):
    day = earliest = later(on, 7)
    while day.day != rules["due_day"]:
        if day == LAST_DAY:
            return earliest
        day += timedelta(days=1)
    return day


def spot_bill(case, tariff, rules):
    account, on, reading = case["account"], date.fromisoformat(case["on"]), case.get("reading")
    demands = account.get("demands", [])
    periods = sorted(demand["period"] for demand in demands)
    if account.get("status", "active") == "closed":
        raise Refused("AccountClosed")
    if account["tariff"] != tariff["code"]:
        raise Refused("WrongTariff")
    if on.year < 2000:
        raise Refused("BadDay")
    if periods and periods[-1] >= month_of(on):
        raise Refused("AlreadyBilled")
    if case["bill_number"] in [demand["bill"] for demand in demands]:
        raise Refused("BillNumberUsed")
    if len(demands) >= 240:
        raise Refused("TooManyDemands")
    judged = None
    if tariff.get("metered"):
        if not account.get("meter"):
            raise Refused("NoMeter")
        if reading is None:
            raise Refused("ReadingMissing")
        try:
            judged = judge(account["meter"], reading, on)
        except Refused as refusal:
            raise Refused("Reading/" + refusal.name) from refusal
        if periods and periods[-1] > account["meter"]["read_on"][:7]:
            raise Refused("BilledWithoutReading")
        open_questions = [question for question in judged["questions"] if question not in case.get("answers", [])]
        if open_questions:
            raise Refused("Unanswered", questions=open_questions)
        months, units = judged["months"], judged["units"]
    else:
        if reading is not None:
            raise Refused("ReadingNotWanted")
        months, units = months_between(first_of(periods[-1]), on) if periods else 1, None
    try:
        charged = charge(tariff, rules, units, months)
        counted = [abs(line["amount"]) for d in demands for line in d["lines"] if line["head"] not in (LATE_FEE, REBATE)]
        if sum(counted) + charged["total"] > MOST_ASKED:
            raise Refused("TooLarge")
    except Refused as refusal:
        raise Refused("Charge/" + refusal.name) from refusal
    demand = {
        "bill": case["bill_number"],
        "period": month_of(on),
        "issued_on": on.isoformat(),
        "due_on": due_date(rules, on).isoformat(),
        "lines": charged["lines"],
    }
    meter = judged["meter"] if judged else None
    return {"demand": demand, "total": charged["total"], "months": months, "units": units, "meter": meter}


# ---- 3. what a demand asks on a day


def open_on(demand, wanted):
    return sum(line["amount"] - line.get("paid", 0) for line in demand["lines"] if wanted(line["head"]))


def asked_on(demand, wanted):
    return sum(line["amount"] for line in demand["lines"] if wanted(line["head"]))


def is_own(head):
    return head >= FIRST_OWN


def late_fee(demand, rules, on):
    rule = rules.get("late_fee")
    due = date.fromisoformat(demand["due_on"])
    own = open_on(demand, is_own)
    if not rule or own <= 0 or on <= later(due, rule.get("grace_days", 0)):
        return 0
    months = 1 if rule.get("once") else months_late(due, on)
    (kind, size), = rule["amount"].items()
    exact = Fraction(size * months) if kind == "flat" else Fraction(own * size * months, 10_000)
    fee = nearest(exact, 100 if in_rupees(rules) else 1)
    if rule.get("cap") is not None:
        fee = min(fee, rule["cap"])
    return max(0, min(fee, MOST_LATE_FEE) - asked_on(demand, lambda head: head == LATE_FEE))


def rebate(demand, rules, on):
    rule = rules.get("rebate")
    last = later(date.fromisoformat(demand["issued_on"]), rule["within_days"]) if rule else on
    if not rule or on > min(last, date.fromisoformat(demand["due_on"])):
        return 0
    (kind, size), = rule["amount"].items()
    offered = size if kind == "flat" else nearest(Fraction(asked_on(demand, is_own) * size, 10_000))
    offered += asked_on(demand, lambda head: head == REBATE)
    open_now = open_on(demand, lambda head: is_own(head) or head == ROUNDING)
    left = max(0, min(offered, open_now))
    return left - left % 100 if in_rupees(rules) else left


def parts_of(demand, rules, on):
    """What is open, signed, in the order of settling; the rebate apart."""
    listed = [head["id"] for head in rules["heads"]]
    unlisted = sorted(line["head"] for line in demand["lines"] if is_own(line["head"]) and line["head"] not in listed)
    parts = [(LATE_FEE, late_fee(demand, rules, on))]
    parts += [(head, open_on(demand, lambda other, head=head: other == head)) for head in listed + unlisted]
    rounding = open_on(demand, lambda head: head == ROUNDING)
    positive = sum(amount for _, amount in parts)
    if rounding > 0:
        parts.append((ROUNDING, rounding))
    else:
        parts.insert(0, (ROUNDING, max(rounding, -positive)))
    return [(head, amount) for head, amount in parts if amount != 0]


def payable(demand, rules, on):
    return max(0, sum(amount for _, amount in parts_of(demand, rules, on)) - rebate(demand, rules, on))


def oldest_first(account):
    return sorted(account.get("demands", []), key=lambda d: (d["period"], d["issued_on"], d["bill"]))


# ---- 4. what a payment settles


def write(demand, head, amount):
    for line in demand["lines"]:
        if line["head"] == head:
            line["paid"] = line.get("paid", 0) + amount
            line["amount"] += amount if head in (LATE_FEE, REBATE) else 0
            return
    demand["lines"].append({"head": head, "amount": amount, "paid": amount})


def spend(account, rules, money, on):
    """Settles as far as the money goes; the lines settled and the money left."""
    settled = []
    for demand in oldest_first(account):
        parts = parts_of(demand, rules, on)
        price = payable(demand, rules, on)
        off = rebate(demand, rules, on)
        cleared = money >= price
        if cleared:
            taken = parts + ([(REBATE, -off)] if off and parts else [])
        elif money == 0:
            break
        else:
            taken, reach = [], money
            for head, amount in parts:
                amount = min(amount, reach)
                reach -= amount
                if amount:
                    taken.append((head, amount))
        for head, amount in taken:
            write(demand, head, amount)
            settled.append({"bill": demand["bill"], "period": demand["period"], "head": head, "amount": amount})
        money = money - price if cleared else 0
        if not cleared:
            break
    return settled, money


def settle(account, rules, amount, on):
    """Changes the account; amount None only lets its advance settle what is open."""
    from_advance, account["advance"] = spend(account, rules, account.get("advance", 0), on)
    if amount is None:
        return {"from_advance": from_advance, "account": account_state(account)}
    lines, rest = spend(account, rules, amount, on)
    account["advance"] = min(MOST, account["advance"] + rest)
    last = account.get("last_payment")
    if last is None or last["on"] <= on.isoformat():
        account["last_payment"] = {"amount": amount, "on": on.isoformat()}
    split = {ADVANCE: rest}
    for line in lines:
        split[line["head"]] = split.get(line["head"], 0) + line["amount"]
    assert sum(split.values()) == amount, "the oracle itself lost money"
    periods = [line["period"] for line in lines]
    return {
        "amount": amount,
        "lines": lines,
        "to_advance": rest,
        "from_advance": from_advance,
        "by_head": [{"head": head, "amount": split[head]} for head in sorted(split) if split[head]],
        "oldest_period": min(periods, default=None),
        "newest_period": max(periods, default=None),
        "account": account_state(account),
    }


def account_state(account):
    demands = [
        {"bill": d["bill"], "lines": [{"head": x["head"], "amount": x["amount"], "paid": x.get("paid", 0)} for x in d["lines"]]}
        for d in account.get("demands", [])
    ]
    return {"demands": demands, "advance": account["advance"], "last_payment": account.get("last_payment")}


def dues(account, rules, on):
    account = copy.deepcopy(account)
    held = account.get("advance", 0)
    _, left = spend(account, rules, held, on)
    rows = []
    for demand in oldest_first(account):
        price = payable(demand, rules, on)
        if price == 0:
            continue
        parts = parts_of(demand, rules, on)
        lines = [part for part in parts if part[0] != ROUNDING] + [part for part in parts if part[0] == ROUNDING]
        off = rebate(demand, rules, on)
        lines += [(REBATE, -off)] if off else []
        row = {key: demand[key] for key in ("bill", "period", "due_on")}
        row["overdue"] = on > date.fromisoformat(demand["due_on"])
        row["payable"] = price
        row["lines"] = [{"head": head, "amount": amount} for head, amount in lines]
        rows.append(row)
    on_head = lambda head: sum(line["amount"] for row in rows for line in row["lines"] if line["head"] == head)
    return {
        "payable": sum(row["payable"] for row in rows),
        "arrears": sum(row["payable"] for row in rows if row["overdue"]),
        "current": sum(row["payable"] for row in rows if not row["overdue"]),
        "late_fee": on_head(LATE_FEE),
        "rebate": -on_head(REBATE),
        "advance_used": held - left,
        "advance_left": left,
        "next_due_on": min((row["due_on"] for row in rows if not row["overdue"]), default=None),
        "demands": rows,
    }


# ---- 5. what may be taken


def policy(account, rules, amount, on, cash):
    if account.get("status", "active") == "closed":
        raise Refused("AccountClosed")
    owed = dues(account, rules, on)
    due, held = owed["payable"], owed["advance_left"]
    if amount == 0:
        raise Refused("Zero", payable=due)
    if amount < 0:
        raise Refused("Negative", amount=amount, payable=due)
    if cash and amount > rules["max_cash_receipt"]:
        raise Refused("AboveCashLimit", amount=amount, limit=rules["max_cash_receipt"])
    part = rules.get("part_payment", "allowed")
    if amount < due and part == "not-allowed":
        raise Refused("PartPaymentNotAllowed", amount=amount, payable=due)
    if amount < due and isinstance(part, dict) and amount < part["minimum"]:
        raise Refused("BelowMinimum", amount=amount, minimum=min(part["minimum"], due), payable=due)
    most = due + max(0, rules["max_advance"] - held)
    if amount >= due and amount > most:
        if most == 0:
            raise Refused("NothingDue", amount=amount, held=held)
        raise Refused("AdvanceTooLarge", amount=amount, most=most, payable=due, max_advance=rules["max_advance"])
    return "taken"


# ---- running the files


def answer(kind, case, shared):
    rules = shared.get("rules", {}).get(case.get("rules"))
    tariff = shared.get("tariffs", {}).get(case.get("tariff"))
    on = date.fromisoformat(case["on"]) if "on" in case else None
    account = copy.deepcopy(case.get("account"))
    try:
        if kind == "charge":
            return {"expected": charge(tariff, rules, case.get("units"), case["months"])}
        if kind == "reading":
            return {"expected": judge(case["meter"], case["reading"], on)}
        if kind == "spot_bill":
            return {"expected": spot_bill(case, tariff, rules)}
        if kind == "dues":
            return {"expected": dues(account, rules, on)}
        if kind == "settle":
            return {"expected": settle(account, rules, case["amount"], on)}
        if kind == "policy":
            return {"expected": policy(account, rules, case["amount"], on, case["cash"])}
    except Refused as refusal:
        return {"error": refusal.name, **({"carries": refusal.carries} if refusal.carries else {})}
    raise SystemExit(f"{kind}.json is not a kind of vector that is known here")


def main():
    fill = "--fill" in sys.argv[1:]
    passed = failed = 0
    files = sorted(VECTORS.glob("*.json"))
    for path in files:
        shared = json.loads(path.read_text(encoding="utf-8"))
        for case in shared["cases"]:
            got = answer(path.stem, case, shared)
            if fill and "expected" not in case and "error" not in case:
                case.update(by="oracle", **got)
            given = {key: case[key] for key in ("expected", "error", "carries") if key in case}
            if given == got:
                passed += 1
            else:
                failed += 1
                print(f"{path.name}: {case['name']}\n  given {json.dumps(given)}\n  got   {json.dumps(got)}")
        if fill:
            path.write_text(layout(shared), encoding="utf-8")
    print(f"{passed} passed, {failed} failed")
    return 0 if files and passed and not failed else 1


def layout(shared):
    """One line for each named thing, one line for each field of a case: short enough to read, stable enough to compare."""
    one = lambda value: json.dumps(value, ensure_ascii=False)
    blocks = [f'  "about": {one(shared["about"])}']
    for key in ("rules", "tariffs"):
        if key in shared:
            rows = ",\n".join(f"    {one(name)}: {one(value)}" for name, value in shared[key].items())
            blocks.append(f'  "{key}": {{\n{rows}\n  }}')
    cases = []
    for case in shared["cases"]:
        rows = ",\n".join(f"      {one(name)}: {one(value)}" for name, value in case.items())
        cases.append(f"    {{\n{rows}\n    }}")
    blocks.append('  "cases": [\n' + ",\n".join(cases) + "\n  ]")
    return "{\n" + ",\n".join(blocks) + "\n}\n"


if __name__ == "__main__":
    sys.exit(main())
