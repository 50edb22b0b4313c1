"""Finds and masks personal data in text that is about to become public. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from marketplace.foundation.codes import is_checked

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{1,4}){3,8}\b")
CARD = re.compile(r"\b\d(?:[ -]?\d){12,18}\b")
PHONE = re.compile(r"(?<![\w,.])(?:\+\d{1,3}|0\d{2,4})[ /-]?\(?\d{1,5}\)?(?:[ /-]?\d{2,}){1,4}\b")
STREET = re.compile(
    r"\b[A-ZÄÖÜ][\wäöüß-]*(?:[ -]?(?:[Ss]tr(?:aße|asse|\.)|[Ww]eg|[Gg]asse|[Pp]latz|[Aa]llee|"
    r"[Rr]ing|[Dd]amm|[Uu]fer|Street|Road|Lane))\s+\d{1,4}\s?[a-z]?,?\s+\d{4,5}\s+[A-ZÄÖÜ]\w+")
ORDER = re.compile(r"\b[2-9A-HJ-NP-Z]{8}\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A place in the text: start, end, and what it is."""

    start: int
    end: int
    kind: str


def _iban_ok(text: str) -> bool:
    plain = text.replace(" ", "")
    if not 15 <= len(plain) <= 34:
        return False
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _luhn_ok(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()]
    total = sum(d if i % 2 == 0 else d * 2 - 9 * (d > 4) for i, d in enumerate(reversed(digits)))
    return len(digits) >= 13 and total % 10 == 0


def _phone_ok(text: str) -> bool:
    return 7 <= sum(c.isdigit() for c in text) <= 15


RULES: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("e-mail", MAIL, lambda text: True),
    ("IBAN", IBAN, _iban_ok),
    ("card number", CARD, _luhn_ok),
    ("order number", ORDER, is_checked),
    ("address", STREET, lambda text: True),
    ("phone", PHONE, _phone_ok),
)
HIDDEN = {
    "de": {"e-mail": "[E-Mail verborgen]", "IBAN": "[IBAN verborgen]",
           "card number": "[Kartennummer verborgen]", "phone": "[Telefonnummer verborgen]",
           "order number": "[Bestellnummer verborgen]", "address": "[Adresse verborgen]"},
    "en": {"e-mail": "[e-mail hidden]", "IBAN": "[IBAN hidden]",
           "card number": "[card number hidden]", "phone": "[phone number hidden]",
           "order number": "[order number hidden]", "address": "[address hidden]"},
}


def find(text: str) -> list[Found]:
    """All personal data found, in text order, without overlaps; earlier rules win."""
    taken: list[Found] = []
    for kind, pattern, right in RULES:
        for spot in _matches(text, kind, pattern, right):
            if all(spot.end <= other.start or spot.start >= other.end for other in taken):
                taken.append(spot)
    return sorted(taken, key=lambda spot: spot.start)


def _matches(
    text: str, kind: str, pattern: re.Pattern[str], right: Callable[[str], bool]
) -> Iterator[Found]:
    for match in pattern.finditer(text):
        start, end = match.span()
        if kind == "IBAN":
            end = _iban_end(text, start, end)
        if end and right(text[start:end]):
            yield Found(start, end, kind)


def _iban_end(text: str, start: int, end: int) -> int:
    """Where a right IBAN that begins at `start` ends; 0 if there is none."""
    for stop in range(end, start + 14, -1):
        if text[stop - 1] != " " and _iban_ok(text[start:stop]):
            return stop
    return 0


def masked(text: str, lang: str = "de", only: frozenset[str] | None = None) -> str:
    """The text with personal data replaced; `only` limits the kinds."""
    parts, at = [], 0
    for spot in find(text):
        if only is None or spot.kind in only:
            parts += [text[at:spot.start], HIDDEN[lang][spot.kind]]
            at = spot.end
    return "".join([*parts, text[at:]])
