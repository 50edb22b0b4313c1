"""Addresses and numbers of goods. Pure."""

from __future__ import annotations

from marketplace.foundation.codes import slug_of

__all__ = ["gtin_ok", "slug_of"]


def gtin_ok(text: str) -> bool:
    """Whether a GTIN-8, -12, -13 or -14 has the right check digit."""
    if not text.isdecimal() or len(text) not in (8, 12, 13, 14):
        return False
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(text[:-1])))
    return (10 - total % 10) % 10 == int(text[-1])
