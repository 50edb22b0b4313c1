"""Addresses of producers, made from their names. Pure."""

from __future__ import annotations

import re
import unicodedata

SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o",
                         "œ": "oe", "ł": "l", "đ": "d"})
RESERVED = frozenset(("new", "open", "imprint"))


def slug_of(name: str, length: int = 60) -> str:
    """The address of a name: "Weingut Süß & Söhne" gives weingut-suess-soehne; "" without letters.
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(SPELLED))
    words = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    found = words[:length].rstrip("-")
    return f"{found}-1" if found in RESERVED else found
