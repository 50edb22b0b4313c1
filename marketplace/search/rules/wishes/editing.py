"""What a reader changes of a read wish: chips taken away, chips that mean something else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from marketplace.search.rules.wishes.chips import Chip, Part, Wish

HARD = frozenset(("category", "attribute", "occasion", "region", "producer", "price"))
"""Kinds that decide which goods fit; the others are for whoever reads the wish."""
MOST_MINOR = 10_000_000


def name_of(chip: Chip) -> str:
    """How an address names a chip: its kind and what it means."""
    return f"{'not-' if chip.negated else ''}{chip.kind}:{chip.value}"[:80]


def edited(wish: Wish, without: Collection[str], instead: Mapping[str, str]) -> Wish:
    """The wish without some chips, and with other values for some; both by `name_of`.

    A price is given anew as "low-high" in minor units, one of them may be missing; a value that is
    none is left as it was read.
    """
    def kept(chips: Iterable[Chip]) -> tuple[Chip, ...]:
        return tuple(_changed(chip, instead.get(name_of(chip), "")) for chip in chips
                     if name_of(chip) not in without)

    parts = tuple(Part(kept(part.chips), part.text) for part in wish.parts)
    full = tuple(part for part in parts if part.chips or part.text)
    return Wish(wish.typed, kept(wish.chips), full or parts[:1])


def _changed(chip: Chip, value: str) -> Chip:
    if not value or value == chip.value:
        return chip
    if chip.kind != "price":
        return replace(chip, value=value[:80], typed="")
    low, _dash, high = value.partition("-")
    if not all(one == "" or (one.isdecimal() and len(one) < 9) for one in (low, high)):
        return chip
    bounds = int(low) if low else None, int(high) if high else None
    if bounds == (None, None):
        return chip
    return replace(chip, value=value, typed="", low=bounds[0], high=bounds[1])
