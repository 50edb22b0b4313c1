"""Addresses of producers, made from their names. Pure."""

from __future__ import annotations

from marketplace.foundation.codes import slug_of

RESERVED = frozenset(("new", "open", "imprint"))


def address_of(name: str, length: int = 60) -> str:
    """The address of a name, never that of a page of the market; "" without letters."""
    found = slug_of(name, length)
    return f"{found}-1" if found in RESERVED else found
