"""What is read from a wish: chips that can be changed or removed, by parts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "category",
    "attribute",
    "occasion",
    "region",
    "producer",
    "price",
    "people",
    "amount",
    "size",
    "date",
    "language",
    "gift",
    "word",
]


@dataclass(frozen=True)
class Chip:
    """One understood thing: what was typed, what it means, and whether it is unwanted.

    value: a key of the vocabulary; people a number; amount "6 flasche"; size "500 g" or "m"; date
    ISO; language de or en; word the typed word, or what goods say that are fit for a diet. low and
    high: minor units, of a price only.
    """

    kind: Kind
    value: str
    typed: str
    negated: bool = False
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Vocabulary:
    """What the marketplace knows, as plain data: words people use -> key, in any language.

    attributes: a word may name the same of several kinds of goods, the material of a bowl and the
    materials of a table.
    fits: for a particular (what stands before "=" in its key) the categories whose goods have it;
    one that is not named may go with any. above: for a category those it lies under. english: the
    words for categories in English, where the last of two nouns says what a thing is.
    """

    categories: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    occasions: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    producers: Mapping[str, str] = field(default_factory=dict)
    fits: Mapping[str, Collection[str]] = field(default_factory=dict)
    above: Mapping[str, Collection[str]] = field(default_factory=dict)
    english: Collection[str] = ()


@dataclass(frozen=True)
class Part:
    """One slot of a wish, with the chips that belong to it alone and its words left as text."""

    chips: tuple[Chip, ...]
    text: str = ""


@dataclass(frozen=True)
class Wish:
    """A read wish: chips that hold for all, and its parts - more than one asks for a bundle."""

    typed: str
    chips: tuple[Chip, ...]
    parts: tuple[Part, ...]

    @property
    def is_bundle(self) -> bool:
        """Tell whether several things were asked for at once."""
        return len(self.parts) > 1

    def all_chips(self) -> tuple[Chip, ...]:
        """Give the chips for all and those of every part, in this order."""
        return self.chips + tuple(chip for part in self.parts for chip in part.chips)
