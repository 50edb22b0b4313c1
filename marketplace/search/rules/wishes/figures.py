"""Numbers in wishes: price limits, people, amounts, sizes and dates, read by patterns."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from marketplace.search.rules.analysis import fold
from marketplace.search.rules.wishes.chips import Chip

AROUND = 20
NUMBER_WORDS: dict[str, int] = {
    "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
    "zehn": 10, "elf": 11, "zwolf": 12, "dutzend": 12, "funfzehn": 15, "zwanzig": 20,
    "dreissig": 30, "vierzig": 40, "funfzig": 50, "sechzig": 60, "hundert": 100, "two": 2,
    "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100,
}  # fmt: skip
TOGETHER = {"zweit": 2, "dritt": 3, "viert": 4, "funft": 5, "sechst": 6, "acht": 8}
DAYS = {
    "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5,
    "sonnabend": 5, "sonntag": 6, "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3,
    "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
SHORT_DAYS = {
    "mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "mon": 0, "tue": 1, "tues": 1,
    "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
DAYS |= {fold(name): day for name, day in DAYS.items()}
SOON = {
    "heute": 0, "morgen": 1, "ubermorgen": 2, "today": 0, "tonight": 0, "tomorrow": 1,
}  # fmt: skip
MONTHS = {
    "januar": 1, "februar": 2, "marz": 3, "april": 4, "mai": 5, "juni": 6, "juli": 7,
    "august": 8, "september": 9, "oktober": 10, "november": 11, "dezember": 12, "january": 1,
    "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "october": 10, "december": 12,
    "jan": 1, "feb": 2, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "okt": 10, "nov": 11, "dec": 12, "dez": 12,
}  # fmt: skip
UNITS = {
    "gramm": "g", "gram": "g", "grams": "g", "gr": "g", "g": "g", "kilo": "kg", "kilos": "kg",
    "kg": "kg", "kilogramm": "kg", "liter": "l", "litre": "l", "litres": "l", "liters": "l",
    "l": "l", "ml": "ml", "cl": "cl", "cm": "cm", "zentimeter": "cm", "mm": "mm", "meter": "m",
}  # fmt: skip
PIECES = (
    "flaschen?|bottles?|glaser|glas|jars?|stuck|pieces?|pcs|packungen|packung|packs?|packchen|"
    "dosen?|tins?|cans?|tafeln?|bars?|kisten?|kartons?|cases?|boxes|box|paar|pairs?|tassen|cups?|"
    "teller|plates?|sets?|beutel|bags?|mal"
)

N = r"(\d+(?:\.\d+)?)"
EURO = r"(?:euros?|eur|€)"
NOT_MONEY = (
    rf"(?! ?(?:%|(?:\d|{'|'.join(UNITS)}|{PIECES}|ppl|pers|personen|person|leuten?|gasten?|people|"
    "guests?|persons|kopfe|uhr|tage?n?|days?|prozent|percent|monate?n?|months?|wochen?|weeks?|jahren?|"
    rf"years?|grad|degrees?|{'|'.join(MONTHS)})\b))"
)
UNDER = (
    "nicht mehr als|nicht teurer als|nicht uber|hochstens|maximal|max|weniger als|gunstiger als|"
    "billiger als|bis zu|bis|unter|under|below|up to|at most|less than|no more than|"
    "not more than|not over|cheaper than|within|max of|maximum of|maximum"
)
OVER = (
    "starting from|starting at|from|mindestens|mehr als|teurer als|ab|uber|over|above|at least|"
    "more than"
)
NEAR = "um die|so|rund|circa|ca|etwa|ungefahr|so um die|so um|um|around|about|roughly|approx"
PEOPLE = (
    r"(?:ppl|pers|personen|person|leuten?|gasten?|people|guests?|persons|kopfe|erwachsene|adults)"
)

Reader = Callable[["re.Match[str]", date], Chip | None]


def _minor(number: str) -> int:
    return round(float(number) * 100)


def _price(low: int | None, high: int | None, typed: str) -> Chip:
    return Chip("price", f"{low or ''}-{high or ''}", typed, low=low, high=high)


def _between(m: re.Match[str], _: date) -> Chip:
    low, high = sorted((_minor(m[1]), _minor(m[2])))
    return _price(low, high, m[0].strip())


def _under(m: re.Match[str], _: date) -> Chip:
    return _price(None, _minor(m[1]), m[0].strip())


def _over(m: re.Match[str], _: date) -> Chip:
    return _price(_minor(m[1]), None, m[0].strip())


def _near(m: re.Match[str], _: date) -> Chip:
    middle = _minor(m[1])
    return _price(middle * (100 - AROUND) // 100, middle * (100 + AROUND) // 100, m[0].strip())


def _people(m: re.Match[str], _: date) -> Chip:
    return Chip("people", str(int(float(m[1]))), m[0].strip())


def _together(m: re.Match[str], _: date) -> Chip:
    return Chip("people", str(TOGETHER[m[1]]), m[0].strip())


def _amount(m: re.Match[str], _: date) -> Chip:
    return Chip("amount", f"{m[1]} {m[2]}", m[0].strip())


def _set_of(m: re.Match[str], _: date) -> Chip:
    return Chip("amount", m[1], m[0].strip())


def _measure(m: re.Match[str], _: date) -> Chip:
    return Chip("size", f"{m[1]} {UNITS[m[2]]}", m[0].strip())


def _extent(m: re.Match[str], _: date) -> Chip:
    return Chip("size", f"{m[1]}x{m[2]}", m[0].strip())


def _clothes(m: re.Match[str], _: date) -> Chip:
    return Chip("size", m[1], m[0].strip())


def _weekday(m: re.Match[str], today: date) -> Chip:
    ahead = ((DAYS | SHORT_DAYS)[m[1]] - today.weekday()) % 7 or 7
    return Chip("date", (today + timedelta(days=ahead)).isoformat(), m[0].strip())


def _soon(m: re.Match[str], today: date) -> Chip:
    return Chip("date", (today + timedelta(days=SOON[m[1]])).isoformat(), m[0].strip())


def _calendar(day: str, month: int, typed: str, today: date) -> Chip | None:
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, int(day))
        except ValueError:
            return None
        if found >= today:
            return Chip("date", found.isoformat(), typed)
    return None


def _day_month(m: re.Match[str], today: date) -> Chip | None:
    return _calendar(m[1], MONTHS[m[2]], m[0].strip(), today)


def _month_day(m: re.Match[str], today: date) -> Chip | None:
    return _calendar(m[2], MONTHS[m[1]], m[0].strip(), today)


def _day_number(m: re.Match[str], today: date) -> Chip | None:
    month = int(m[2])
    return _calendar(m[1], month, m[0].strip(), today) if 1 <= month <= 12 else None


_BY = "(?:bis zum|bis|spatestens|am|by|until|before|vor|on|fur den|fur|for)"
_TILL = (
    r"(?:bis zum|bis|spatestens|am|by|until|before|vor|on|fur den|fur|for)? ?(?:nachsten |next )?"
)
_WHICH = "(?:next |this |nachsten |kommenden |diesen )?"
_HOUR = "(?: ?(?:abend|mittag|morgen|nachmittag|afternoon|evening|morning|night))?"
_TILL_SHORT = "(?:bis zum|bis|spatestens|am|by|until|before|vor|on|next|nachsten)"
PATTERNS: tuple[tuple[str, Reader], ...] = (
    (rf"{_TILL}(\d\d?)\.(\d\d?)(?= ?\.)", _day_number),
    (rf"{_TILL}(\d\d?) ?\.? ({'|'.join(MONTHS)})", _day_month),
    (rf"{_TILL}({'|'.join(MONTHS)}) (\d\d?)(?:th|st|nd|rd)?", _month_day),
    (rf"{_BY} {_WHICH}({'|'.join(DAYS)}){_HOUR}(?! roast)", _weekday),
    (rf"(?<!jeden )(?<!every ){_WHICH}({'|'.join(DAYS)}){_HOUR}(?! roast)", _weekday),
    (rf"{_TILL_SHORT} ({'|'.join(SHORT_DAYS)})", _weekday),
    (rf"(?:bis|fur|by|until|for|spatestens) ({'|'.join(SOON)})", _soon),
    (r"(?:grosse|size|gr) ((?:x{0,3}[sl]|m|\d\d\d?(?:\.5)?))", _clothes),
    (r"(?:in )?(x{1,3}[sl])", _clothes),
    (r"in ([sml])", _clothes),
    (rf"{N} ?x ?{N}(?: ?cm)?", _extent),
    (rf"(?:zwischen|between) {EURO}? ?{N} ?{EURO}? (?:und|and) {EURO}? ?{N} ?{EURO}?", _between),
    (rf"{EURO} ?{N} ?(?:bis|to|-) ?{EURO}? ?{N}", _between),
    (rf"(?:von|from) {N} ?{EURO}? (?:bis|to) {N} ?{EURO}", _between),
    (rf"{N} ?{EURO}? ?(?:bis|to|-) ?{N} ?{EURO}", _between),
    (rf"(?:{UNDER}) {EURO}? ?{N} ?{EURO}", _under),
    (rf"(?:{UNDER}) {EURO} ?{N}", _under),
    (rf"(?:{UNDER}) {N}{NOT_MONEY}", _under),
    (rf"(?:{OVER}) {EURO}? ?{N} ?{EURO}", _over),
    (rf"(?:{OVER}) {EURO} ?{N}", _over),
    (rf"(?:{OVER}) {N}{NOT_MONEY}", _over),
    (rf"(?:{NEAR}) {EURO}? ?{N} ?{EURO}(?: (?:he)?rum)?", _near),
    (rf"(?:{NEAR}) {EURO} ?{N}", _near),
    (rf"(?:{NEAR}) {N}{NOT_MONEY}", _near),
    (rf"{N} ?-?ish", _near),
    (rf"(?:(?:fur|for|budget(?: von| of)?) )?{N} ?{EURO}(?: (?:budget|or less|max))?", _under),
    (rf"(?:(?:fur|for|budget(?: von| of)?) )?{EURO} ?{N}", _under),
    (rf"zu ({'|'.join(TOGETHER)})", _together),
    (rf"(?:(?:fur|for)(?: (?:a group of|etwa|ca|about|rund|uns))? )?{N} {PEOPLE}", _people),
    (rf"(?:(?:party|group|table) of|wir sind|we are|es kommen) {N}", _people),
    (rf"{N} ?({'|'.join(sorted(UNITS, key=len, reverse=True))})", _measure),
    (rf"{N} ?({PIECES}|x)", _amount),
    (rf"(?:an? )?(?:set|pack|box|case) of {N}", _set_of),
    (rf"{N}er[- ]?(?:set|pack)", _set_of),
    (rf"(?:fur|for)(?: (?:a group of|uns|us))? {N}", _people),
    (r"(?<!['’])([sml])(?!['’])", _clothes),
)  # fmt: skip
_COMPILED = tuple((re.compile(rf"(?<![\w.]){fold(p)}(?!\w)"), read) for p, read in PATTERNS)


def read_figures(text: str, today: date) -> tuple[list[Chip], str]:
    """Read all chips with numbers from a folded text; give them and the text without them.

    Number words are read as digits. What was read leaves a "|" in its place.
    """
    text = re.sub(r"[a-z]+", lambda m: str(NUMBER_WORDS.get(m[0], m[0])), _kept(text))
    chips: list[Chip] = []
    for pattern, read in _COMPILED:
        for match in list(pattern.finditer(text)):
            chip = read(match, today)
            if chip and not (chip.kind == "price" and any(c.kind == "price" for c in chips)):
                chips.append(chip)
                times = chip.kind == "amount" and not chip.value.endswith(" x")
                end = match.end(1) if times else match.end()
                text = text[: match.start()] + "|" * (end - match.start()) + text[end:]
    return chips, re.sub(r"\|+", " | ", text)


def _kept(text: str) -> str:
    text = re.sub(r"(?<=[a-z])\.(?=\s|\d)", " ", text)
    text = re.sub(r"\bzu acht\b", "zu 8 personen", text)
    text = re.sub(r"\b(?:for one|fur eine) person\b", "for 1 person", text)
    text = re.sub(r"\b(?:halbe[nrsm]?|half(?: an?)?) (?=liter|litre|kilo|kg\b)", "0.5 ", text)
    return re.sub(r"\s+", " ", text)
