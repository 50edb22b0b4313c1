"""Addresses and numbers of goods. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from marketplace.foundation.codes import is_checked, slug_of

__all__ = ["gtin_ok", "short_code", "slug_of", "typed_gtin"]


def gtin_ok(text: str) -> bool:
    """Whether a GTIN-8, -12, -13 or -14 has the right check digit."""
    if not (text.isascii() and text.isdecimal()) or len(text) not in (8, 12, 13, 14):
        return False
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(text[:-1])))
    return (10 - total % 10) % 10 == int(text[-1])


def shop_address(text: str) -> str:
    """An address of a shop as it may be linked: https, a host with a dot, no sign-in in it.

    Raises ValueError.
    """
    parts = urlsplit(text.strip())
    host = parts.hostname or ""
    if parts.scheme != "https" or "." not in host or parts.username or parts.password or \
            len(text.strip()) > 300 or re.search(r"[\s<>\"'\\]", text.strip()) or \
            re.fullmatch(r"[\d.]+", host):
        raise ValueError(text)
    return text.strip()


def short_code(typed: str) -> tuple[str, bool]:
    """A short code as somebody typed it, in capitals and without blanks; "" if it is none.

    The second value says that a sign is in it that no code has: O, 0, I or 1.
    """
    bare = re.sub(r"[\s-]", "", typed).upper()
    confusing = any(sign in "O0I1" for sign in bare)
    return (bare, False) if len(bare) == 6 and is_checked(bare) else ("", confusing)


def typed_gtin(words: str) -> str:
    """A GTIN as typed or scanned, without blanks; "" if it is none."""
    bare = re.sub(r"[\s-]", "", words)
    return bare if gtin_ok(bare) else ""
