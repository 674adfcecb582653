#!/usr/bin/env python3
"""Do our words for numbers and months agree with sources that are not ours?

    python3 -m pip install -r tests/oracles/requirements.txt
    python3 tests/oracles/words.py

It reads tests/vectors/words.json and months.json. A number below a hundred must be spelled as one of the sources spells
it, or stand in CHOSEN with the reason; and it may never be what a source calls another number. Larger amounts must be put
together as a source does it. Months must be those of CLDR. Exit status 0 if all is as it should be.

Sources: num2words (English of India, Bengali), indic-numtowords and indic-num2words (Hindi, Punjabi, Bengali), and Unicode
CLDR as Babel brings it (months).
"""

import json
import pathlib
import sys
import unicodedata

from babel import Locale
from indic_numtowords import num2words as indic_numtowords
from num2words import num2words
from num_to_words import num_to_word as indic_num2words

VECTORS = pathlib.Path(__file__).resolve().parents[1] / "vectors"

DIRECTORATE = "the standard of the Central Hindi Directorate, which schools teach"
CLDR = DIRECTORATE + "; the numbers of CLDR 42 have it too"
N2WORDS = "the sources differ; a third, the JavaScript library n2words 4.0, has this one"

# Spellings that no source here has, each with the reason.
CHOSEN = {
    "hi": {
        6: ("छह", CLDR), 18: ("अठारह", CLDR), 44: ("चवालीस", N2WORDS), 53: ("तिरपन", N2WORDS),
        63: ("तिरसठ", N2WORDS), 67: ("सड़सठ", CLDR), 79: ("उनासी", CLDR),
    },
    "pa": {
        45: ("ਪੰਤਾਲੀ", N2WORDS),
        54: ("ਚੁਰਵੰਜਾ", N2WORDS),
        59: ("ਉਨਾਹਠ", N2WORDS),
        63: ("ਤਰੇਹਠ", "the sources differ in nasal and ending; this one goes with 61, ਇਕਾਹਠ, and 62, ਬਾਹਠ"),
        75: ("ਪੰਝੱਤਰ", "one source has ਜ for ਝ, in the other the end is cut off"),
        84: ("ਚੁਰਾਸੀ", "as the year 1984 is written everywhere in Punjab"),
        92: ("ਬਾਨਵੇਂ", N2WORDS),
        94: ("ਚੁਰਾਨਵੇਂ", N2WORDS),
    },
    "bn": {},
    "en": {},
}

# Months that are not CLDR's, each with the reason.
CHOSEN_MONTHS = {
    "bn": {1: ("জানুয়ারি", "the Bangla Akademi writes borrowed words with the short i"),
           2: ("ফেব্রুয়ারি", "the Bangla Akademi writes borrowed words with the short i")},
}

# What stands around the number: [before it, after it], one rupee and several.
MONEY = {
    "en": [("Rupee ", " only"), ("Rupees ", " only")],
    "hi": [("", " रुपया मात्र"), ("", " रुपये मात्र")],
    "pa": [("", " ਰੁਪਇਆ ਸਿਰਫ਼"), ("", " ਰੁਪਏ ਸਿਰਫ਼")],
    "bn": [("", " টাকা মাত্র"), ("", " টাকা মাত্র")],
}
PAISE = {"en": ("paisa", "paise"), "hi": ("पैसा", "पैसे"), "pa": ("ਪੈਸਾ", "ਪੈਸੇ"), "bn": ("পয়সা", "পয়সা")}
CRORE = {"en": "crore", "hi": "करोड़", "pa": "ਕਰੋੜ", "bn": "কোটি"}


def form_c(text):
    return unicodedata.normalize("NFC", text)


def spellings(number, language):
    """What the sources call a number below a hundred."""
    if language == "en":
        return {num2words(number, lang="en_IN")}
    found = set(indic_numtowords(number, lang=language, variations=True)) | {indic_num2words(number, lang=language)}
    if language == "bn":
        found.add(num2words(number, lang="bn"))
    return {form_c(word) for word in found}


def put_together(number, language, ours):
    """A larger number as a source puts it together, with our spelling of what is below a hundred."""
    crores, rest = divmod(number, 10 ** 7)
    if crores >= 100:  # beyond what the sources know; crores are counted like anything else
        parts = [put_together(crores, language, ours), form_c(CRORE[language])]
        parts += ["and"] if language == "en" and 0 < rest < 100 else []
        return " ".join(parts + ([put_together(rest, language, ours)] if rest else []))
    if language == "en":
        return num2words(number, lang="en_IN").replace(",", "")  # commas are not written on a cheque
    spelled = {form_c(indic_numtowords(below, lang=language)): ours[below] for below in range(100)}
    words = []
    for word in form_c(indic_numtowords(number, lang=language)).split():
        if word == "ਸੌ" and (not words or words[-1] not in ours[:10]):
            words.append(ours[1])  # this source says "hundred", the other and people "one hundred"
        words.append(spelled.get(word, word))
    return " ".join(words)


def number_in(text, rupees, language):
    """The number alone, out of the words of an amount."""
    before, after = map(form_c, MONEY[language][0 if rupees == 1 else 1])
    if not (text.startswith(before) and text.endswith(after)):
        return None
    return text[len(before):len(text) - len(after)]


def check_language(language, cases, report):
    whole = {case["paise"] // 100: case["words"][language] for case in cases
             if case["paise"] >= 0 and case["paise"] % 100 == 0}
    numbers = {rupees: number_in(text, rupees, language) for rupees, text in whole.items()}
    ours = [numbers[below] for below in range(100)]
    called = [spellings(below, language) for below in range(100)]
    for below, word in enumerate(ours):
        chosen = CHOSEN[language].get(below)
        if chosen and form_c(chosen[0]) in called[below]:
            report(f"{language} {below}: a source has {chosen[0]} now; take it out of CHOSEN")
        elif word not in called[below] | ({form_c(chosen[0])} if chosen else set()):
            report(f"{language} {below}: {word}, but the sources say {' or '.join(sorted(called[below]))}")
        for other in range(100):
            if other != below and word in called[other]:
                report(f"{language} {below}: {word} is what a source calls {other}")
    for rupees, number in numbers.items():
        if rupees >= 100 and number != put_together(rupees, language, ours):
            report(f"{language} {rupees}: {number}, but a source says {put_together(rupees, language, ours)}")
    check_paise(language, cases, ours, report)


def check_paise(language, cases, ours, report):
    """Paise are counted with the same numbers, at the end."""
    for case in cases:
        paise, text = abs(case["paise"]) % 100, case["words"][language]
        if paise:
            unit = form_c(PAISE[language][0 if paise == 1 else 1])
            forms = [f"{ours[paise]} {unit} ", f"{unit.capitalize()} {ours[paise]} "]
            if not any(f" {form}" in f" {text}" for form in forms):
                report(f"{language} {case['paise']}: {text} does not say {ours[paise]} {unit}")


def check_months(cases, report):
    for language in ("en", "hi", "pa", "bn"):
        theirs = Locale(language).months["format"]["abbreviated" if language == "en" else "wide"]
        for month, case in enumerate(cases, start=1):
            expected, _ = CHOSEN_MONTHS.get(language, {}).get(month, (theirs[month], None))
            if case["words"][language] != f"{form_c(expected)} 2026":
                report(f"{language} month {month}: {case['words'][language]}, but CLDR says {theirs[month]}")


def cases_of(name):
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))["cases"]


def main():
    failures = []
    amounts = cases_of("words.json")
    for language in ("en", "hi", "pa", "bn"):
        check_language(language, amounts, failures.append)
    check_months(cases_of("months.json"), failures.append)
    for failure in failures:
        print(failure)
    chosen = sum(map(len, CHOSEN.values())) + sum(map(len, CHOSEN_MONTHS.values()))
    print(f"{len(amounts)} amounts and 12 months in four languages; {chosen} spellings chosen; {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
