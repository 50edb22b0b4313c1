"""Addresses and numbers of goods. Pure."""

from __future__ import annotations

import re
import unicodedata

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def slug_of(words: str, most: int = 70) -> str:
    """Words as part of an address: lower case, ASCII, hyphens; "" if nothing is left."""
    low = unicodedata.normalize("NFKD", words.lower().translate(GERMAN))
    plain = "".join(sign for sign in low if sign.isascii())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:most].rstrip("-")


def gtin_ok(text: str) -> bool:
    """Whether a GTIN-8, -12, -13 or -14 has the right check digit."""
    if not text.isdecimal() or len(text) not in (8, 12, 13, 14):
        return False
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(text[:-1])))
    return (10 - total % 10) % 10 == int(text[-1])
