"""What a person told once and every list keeps to: what they avoid, their size, where they live."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from marketplace.adapters.fulltext.contract import OneOf
from marketplace.catalog.rules.allergens import GROUPS, groups
from marketplace.search.rules.analysis import fold

ALLERGENS = tuple(names[0] for names in GROUPS)
"""The fourteen groups of a label by their first word."""
_FOLDED = {fold(name): names[0] for names in GROUPS for name in names}
_PEANUT = re.compile("erdnusse|peanuts")
"""They are a group of their own, though they end as nuts do."""
_ONE = {"nuss": "nüsse", "nut": "nüsse", "ei": "eier"}
"""Words too short to be looked for inside of others."""
AGAIN_LEVELS = (60, 70, 80, 90)
"""Careful estimates, in per cent, from which one can filter."""
UNSIZED = "sized=no"


@dataclass(frozen=True, slots=True)
class Needs:
    """Groups of allergens to leave out, folded sizes to keep, a country to be sent to."""

    without: frozenset[str] = frozenset()
    sizes: frozenset[str] = frozenset()
    country: str = ""

    def must(self) -> list[OneOf]:
        """What has to hold: a thing without sizes fits everybody."""
        found = [OneOf("delivers", frozenset((self.country,)))] if self.country else []
        if self.sizes:
            found.append(OneOf("attribute", frozenset(
                {f"size={one}" for one in self.sizes} | {UNSIZED})))
        return found

    def must_not(self) -> list[OneOf]:
        """What must not hold: a label that names it."""
        return [OneOf("attribute", frozenset(f"contains={one}" for one in self.without))] \
            if self.without else []


NO_NEEDS = Needs()


def contained(label: Iterable[str]) -> list[str]:
    """Groups of allergens that a label names, in German or English."""
    return [ALLERGENS[number] for number in sorted(groups(", ".join(label)))]


def avoided(told: Collection[str]) -> frozenset[str]:
    """Groups of allergens in what people say they avoid, folded or as typed, one or several; other
    words are no filter.

    Vectors: "Nüsse", "nusse", "Nuss", "nut" are nuts; "Muskatnuss" and "nutmeg" are none.
    """
    words = " ".join(fold(one) for one in told).split()
    found = {_FOLDED[name] for word in words for name in _FOLDED
             if name in _PEANUT.sub("erdnuss", word)}
    found |= {_ONE[word] for word in words if word in _ONE}
    return frozenset(found) | frozenset(contained(told))


def again_levels(careful: float) -> list[str]:
    """Levels that a careful estimate in 0..1 reaches: 0.74 reaches 60 and 70."""
    return [str(level) for level in AGAIN_LEVELS if careful * 100 >= level]
