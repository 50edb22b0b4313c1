"""Numbers in wishes: price limits, people, amounts, sizes and dates, read by patterns."""

from __future__ import annotations

import re
from datetime import date

from marketplace.search.rules.analysis import fold
from marketplace.search.rules.wishes import numbers
from marketplace.search.rules.wishes.chips import Chip
from marketplace.search.rules.wishes.days import MONTHS, Reader
from marketplace.search.rules.wishes.days import PATTERNS as DAYS_READ

AROUND = 20
TOGETHER = {"zweit": 2, "dritt": 3, "viert": 4, "funft": 5, "sechst": 6, "acht": 8}
UNITS = {
    "gramm": "g", "gram": "g", "grams": "g", "gr": "g", "g": "g", "kilo": "kg", "kilos": "kg",
    "kg": "kg", "kilogramm": "kg", "liter": "l", "litre": "l", "litres": "l", "liters": "l",
    "l": "l", "ml": "ml", "cl": "cl", "cm": "cm", "zentimeter": "cm", "mm": "mm", "meter": "m",
}  # fmt: skip
PIECES = (
    "flaschen?|bottles?|glaser|glas|jars?|stuck|pieces?|pcs|packungen|packung|packs?|packchen|"
    "laibe?|loaf|loaves|dosen?|tins?|cans?|tafeln?|bars?|kisten?|kartons?|cases?|boxes|box|paar|pairs?|tassen|cups?|"
    "teller|plates?|sets?|beutel|bags?|mal"
)

N = r"(\d+(?:\.\d+)?)"
EURO = r"(?:euros?|eur|€)"
NOT_MONEY = (
    rf"(?! ?(?:%|\.\d|(?:\d|{'|'.join(UNITS)}|{PIECES}|ppl|pers|personen|person|leuten?|gasten?|"
    "people|guests?|persons|kopfe|uhr|tage?n?|days?|prozent|percent|monate?n?|months?|wochen?|"
    rf"weeks?|jahren?|years?|grad|degrees?|{'|'.join(MONTHS)})\b))"
)
UNDER = (
    "(?:auf keinen fall|keinesfalls|nicht|nichts|nix|bloss nicht|ja nicht|bitte nicht|not|nothing|"
    "no|never) (?:mehr als|mehr wie|teurer als|teurer wie|uber|more than|over|above|higher than|"
    "dearer than)|"
    "hochstens|maximal|max|weniger als|gunstiger als|billiger als|unterhalb von|bis zu|bis|unter|"
    "under|below|up to|upto|at most|less than|fewer than|cheaper than|within|max of|maximum of|"
    "maximum"
)
NOT_UNDER = (
    "(?:nicht|nichts|not|nothing|no) (?:unter|weniger als|billiger als|less than|under|below|"
    "cheaper than)"
)
OVER = (
    "starting from|starting at|from|mindestens|mehr als|teurer als|so ab|ab|uber|over|above|"
    "at least|more than"
)
NEAR = (
    "um die|so|rund|circa|ca|etwa|ungefahr|so um die|so um|um|so ungefahr|so circa|so etwa|"
    "in richtung|richtung|around|about|roughly|approx|approximately|something like"
)
EACH = (
    "(?: (?:each|apiece|je|(?:a|per|pro|die|the|das) "
    "(?:bottle|flasche|stuck|piece|jar|glas|packung|pack|pair|paar)))?"
)
ARTICLE = "(?:(?:die|den|nem|nen|n|ein|einen|einem|a|the) )?"
AT_MOST = "(?:budget|tops|max|maximal|maximum|hochstens|or (?:less|under|below|cheaper))"
BUDGET = (
    "(?:budget|preislimit|limit)(?: (?:ist|liegt bei|so|is|of|von|bis|max|maximal|hochstens|"
    "around|about))?"
)
PEOPLE = (
    r"(?:ppl|pers|personen|person|leuten?|gasten?|people|guests?|persons|kopfe|erwachsene|adults)"
)


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


PATTERNS: tuple[tuple[str, Reader], ...] = (
    *DAYS_READ,
    (r"(?:grosse|size|gr) ((?:x{0,3}[sl]|m|\d\d\d?(?:\.5)?))", _clothes),
    (r"(?:in )?(x{1,3}[sl])", _clothes),
    (r"in ([sml])", _clothes),
    (rf"in (3[2-9]|4\d|5[0-6]){NOT_MONEY}", _clothes),
    (rf"{N} ?x ?{N}(?: ?cm)?", _extent),
    (rf"(?:zwischen|between) {EURO}? ?{N} ?{EURO}? (?:und|and) {EURO}? ?{N} ?{EURO}?", _between),
    (rf"{EURO} ?{N} ?(?:bis|to|-) ?{EURO}? ?{N}", _between),
    (rf"(?:von|from) {N} ?{EURO}? (?:bis|to) {N} ?{EURO}", _between),
    (rf"(?:von|from) {N} (?:bis|to) {N}{NOT_MONEY}", _between),
    (rf"{N} ?{EURO}? ?(?:bis|to|-) ?{N} ?{EURO}", _between),
    (rf"{NOT_UNDER} {ARTICLE}{EURO}? ?{N}(?: ?{EURO}|{NOT_MONEY})", _over),
    (rf"(?:{UNDER}) {ARTICLE}{EURO}? ?{N} ?{EURO}(?: {AT_MOST})?", _under),
    (rf"(?:{UNDER}) {ARTICLE}{EURO} ?{N}", _under),
    (rf"(?:{UNDER}) {ARTICLE}{N}{NOT_MONEY}", _under),
    (rf"(?:{OVER}) {ARTICLE}{EURO}? ?{N} ?{EURO}", _over),
    (rf"(?:{OVER}) {EURO} ?{N}", _over),
    (rf"(?:{OVER}) {ARTICLE}{N}{NOT_MONEY}", _over),
    (rf"(?:{NEAR}) {ARTICLE}{EURO}? ?{N} ?{EURO}(?: (?:he)?rum)?", _near),
    (rf"(?:{NEAR}) {EURO} ?{N}", _near),
    (rf"(?:{NEAR}) {ARTICLE}{N}{NOT_MONEY}", _near),
    (rf"{N} ?-?ish", _near),
    (rf"(?:(?:fur|for|{BUDGET}) {ARTICLE})?{N} ?{EURO}{EACH}(?: {AT_MOST})?",
     _under),
    (rf"(?:(?:fur|for|{BUDGET}) )?{EURO} ?{N}", _under),
    (rf"{BUDGET} {ARTICLE}{N}{NOT_MONEY}", _under),
    (rf"{N} {AT_MOST}", _under),
    (rf"zu ({'|'.join(TOGETHER)})", _together),
    (rf"(?:(?:fur|for)(?: (?:a group of|etwa|ca|about|rund|uns))? )?{N} {PEOPLE}", _people),
    (rf"(?:there(?:'s|s| are| is) )?{N} of us(?: all)?", _people),
    (rf"(?:(?:group|table) of|wir sind(?: zu)?|wir werden|we(?: are| will be)?|es kommen) {N}",
     _people),
    (rf"(?<=party )of {N}", _people),
    (rf"(?:for a |a )?family of {N}", _people),
    (rf"{N} ?({'|'.join(sorted(UNITS, key=len, reverse=True))})", _measure),
    (rf"{N} ?({PIECES}|x)", _amount),
    (rf"{N} (?:of (?:them|those|these)|davon)", _set_of),
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
    text = numbers.in_digits(_kept(text))
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
    text = re.sub(r"\b(\w+)kopfigen? (?=familie|runde|gruppe)", r"\1 personen ", text)
    text = re.sub(r"\bzu acht\b", "zu 8 personen", text)
    text = re.sub(r"\b(?:for one|fur eine) person\b", "for 1 person", text)
    text = re.sub(r"\b(?:halbe[nrsm]?|half(?: an?)?) (?=liter|litre|kilo|kg\b)", "0.5 ", text)
    text = re.sub(r"\b(?:0\.5 |halbes )pfund\b", "250 g", text)
    text = re.sub(r"\b(?:(?:ein|1) )?pfund\b", "500 g", text)
    text = re.sub(r"\b(?:eine?n?|a|one) (?=kilo|kg|liter|litre|kilogramm)", "1 ", text)
    return re.sub(r"\s+", " ", text)
