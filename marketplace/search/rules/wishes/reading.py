"""What was read of a wish so far: the chips and words of each part, and what goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from marketplace.search.rules.wishes.chips import Chip
from marketplace.search.rules.wishes.steering import NAMING


@dataclass
class Reading:
    """Chips and left words by parts, what is shared, and what steers the next word.

    under: whether a category lies under another. english: whether one is called so
    in English. goes: whether goods of a category have a particular. german: whether the wish is
    in German.
    """

    under: Callable[[str, str], bool]
    english: Callable[[str], bool]
    goes: Callable[[str, str | None], bool]
    german: bool = True
    parts: list[list[Chip]] = field(default_factory=lambda: [[]])
    texts: list[list[str]] = field(default_factory=lambda: [[]])
    shared: list[Chip] = field(default_factory=list)
    negated: bool = False
    negation: str = ""
    topic: bool = False
    before: str = ""
    behind: str = ""
    aim: bool = False
    since: tuple[int, int] = (0, 0)

    def category(self) -> Chip | None:
        """Give the wanted category of the part being read."""
        wanted = (c for c in self.parts[-1] if c.kind == "category" and not c.negated)
        return next(wanted, None)

    def follows_thing(self) -> bool:
        """Tell whether the word before is what is wanted: "coffee beans", "espresso beans"."""
        shelf, text = self.category(), self.texts[-1]
        return self.before == (shelf.typed if shelf else text[-1] if text else None)

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

    def takes_shelf(self, chip: Chip, either: bool, joined: bool) -> bool:
        """Make room for a wanted category: beside the former if either will do, in a part of its
        own after "and", else narrow the former, open a part, or False if it adds none.
        """
        former = self.category()
        if former is None and not either and self._names_other(chip):
            self.next_part()
        if former is None or either:
            return True
        if former.value == chip.value or (
                not joined and self.under(former.value, chip.value)):
            return False
        if not joined and self.under(chip.value, former.value):
            self.parts[-1].remove(former)
            self.since = (max(self.since[0] - 1, 0), self.since[1])
        elif self._is_modifier(former, chip):
            self.leave(former)
        else:
            if former in self.parts[-1][self.since[0]:]:
                self.mark()
            self.next_part()
        return True

    def takes_name(self, chip: Chip) -> None:
        """Open a part for what a particular names by itself after another thing: "cheese and a
        Merlot".
        """
        former = self.category()
        if former is not None and not self.has_shelf_since() and _names(chip) and (
                not self.goes(chip.value, former.value)):
            self.next_part()

    def _names_other(self, chip: Chip) -> bool:
        """Tell whether something else was named by its particular before the last "and"."""
        return any(_names(c) and not c.negated and not self.goes(c.value, chip.value)
                   for c in self.parts[-1][: self.since[0]])

    def _is_modifier(self, former: Chip, chip: Chip) -> bool:
        """Tell whether of two nouns side by side the first only says what for: "coffee mug"."""
        return self.behind == former.typed and all(map(self.english, (former.typed, chip.typed)))

    def leave(self, chip: Chip) -> None:
        """Leave as text what was read of a part."""
        self.parts[-1].remove(chip)
        self.texts[-1].append(chip.typed)

    def has_named_unwanted(self) -> bool:
        """Tell whether the unwanted thing was just named and no "or" carries on."""
        chips = self.parts[-1]
        return bool(chips) and chips[-1].negated and self.before == chips[-1].typed


def _names(chip: Chip) -> bool:
    """Whether a particular says by itself what is wanted."""
    return chip.kind == "attribute" and chip.value.partition("=")[0] in NAMING
