"""What was read of a wish so far: the chips and words of each part, and what goes on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from marketplace.search.rules.wishes.chips import Chip
from marketplace.search.rules.wishes.steering import EITHER, JOINERS


@dataclass
class Reading:
    """Chips and left words by parts, what is shared, and what steers the next word."""

    parts: list[list[Chip]] = field(default_factory=lambda: [[]])
    texts: list[list[str]] = field(default_factory=lambda: [[]])
    shared: list[Chip] = field(default_factory=list)
    negated: bool = False
    negation: str = ""
    topic: bool = False
    before: str = ""
    since: tuple[int, int] = (0, 0)
    above: Mapping[str, Collection[str]] = field(default_factory=dict)

    def category(self) -> Chip | None:
        """Give the wanted category of the part being read."""
        wanted = (c for c in self.parts[-1] if c.kind == "category" and not c.negated)
        return next(wanted, None)

    def has_shelf_since(self) -> bool:
        """Tell whether a category was read since the last "and" or comma."""
        return any(c.kind == "category" and not c.negated
                   for c in self.parts[-1][self.since[0]:])

    def mark(self) -> None:
        """Remember where an "and" or a comma stood: what follows may belong to the next part."""
        self.since = (len(self.parts[-1]), len(self.texts[-1]))

    def next_part(self) -> None:
        """Open a part with what was read since the last "and" or comma."""
        chips, words = self.since
        self.parts.append(self.parts[-1][chips:])
        self.texts.append(self.texts[-1][words:])
        del self.parts[-2][chips:], self.texts[-2][words:]
        self.since = (0, 0)

    def takes_shelf(self, chip: Chip, before: str) -> bool:
        """Make room for a wanted category after a word: beside the former after "or", after "and"
        in a part of its own, else narrow the former, open a part, or False if it adds none.
        """
        former = self.category()
        if former is None or before in EITHER:
            return True
        if chip.value == former.value or (
                before not in JOINERS and chip.value in self.above.get(former.value, ())):
            return False
        if before not in JOINERS and former.value in self.above.get(chip.value, ()):
            self.parts[-1].remove(former)
            self.since = (max(self.since[0] - 1, 0), self.since[1])
        else:
            self.next_part()
        return True

    def follows_thing(self) -> bool:
        """Tell whether the word before is what is wanted: "coffee beans", "espresso beans"."""
        shelf, text = self.category(), self.texts[-1]
        return self.before == (shelf.typed if shelf else text[-1] if text else None)

    def has_named_unwanted(self) -> bool:
        """Tell whether the unwanted thing was just named and no "or" carries on."""
        chips = self.parts[-1]
        return bool(chips) and chips[-1].negated and self.before == chips[-1].typed
