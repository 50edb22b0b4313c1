"""Goods for a wish that was read: each part by its chips, its other words as text."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from marketplace.adapters.fulltext.contract import IndexMissing
from marketplace.foundation import clock
from marketplace.search.queries.goods import Answer, Asked, by_chips, find
from marketplace.search.queries.vocabulary import vocabulary
from marketplace.search.rules.wishes import Chip, Wish, edited, name_of, parse
from marketplace.search.rules.wishes.editing import HARD

NARROWING = ("region", "producer")


@dataclass(frozen=True, slots=True)
class PartFound:
    """One part of a wish: the chips that hold for it, its words left as text, what fits.

    `loosened`: where nothing fits, each chip without which something does, by name, and how many.
    """

    chips: Sequence[Chip]
    text: str
    found: Answer
    loosened: Sequence[tuple[Chip, int]] = ()


def read_wish(typed: str, without: Collection[str] = (), instead: Mapping[str, str] | None = None
              ) -> Wish:
    """A wish in plain words as chips, with what its reader changed. Loads: as `vocabulary`."""
    return edited(parse(typed, vocabulary(), clock.today()), without, instead or {})


def goods_for(wish: Wish, limit: int) -> list[PartFound]:
    """What fits each part, best first; of a wish with one part that part alone. Loads: none."""
    rows = []
    for part in wish.parts:
        chips = [*wish.chips, *part.chips]
        found = _found(chips, part.text, limit)
        rows.append(PartFound(chips, part.text, found,
                              () if found.total else _loosened(chips, part.text)))
    return rows


def _found(chips: Sequence[Chip], text: str, limit: int) -> Answer:
    """Goods with all chips; words that no chip stands for only order them."""
    shelf = any(one.kind == "category" and not one.negated for one in chips)
    chosen: dict[str, list[str]] = {}
    for chip in chips:
        if chip.kind in NARROWING and not chip.negated:
            chosen.setdefault(chip.kind, []).append(chip.value)
    said = [chip.typed for chip in chips
            if chip.kind in HARD and chip.kind != "price" and not chip.negated]
    soft = [one for one in chips if one.kind != "attribute" or one.negated or shelf
            or not one.typed]
    asked = Asked(" ".join(filter(None, (*said, text))), chosen, available_only=True, plain=True)
    try:
        return by_chips(asked, soft, limit)
    except IndexMissing:
        return find(asked, limit)


def _loosened(chips: Sequence[Chip], text: str) -> list[tuple[Chip, int]]:
    """Each chip without which something fits, with how many goods do."""
    rows = []
    for chip in chips:
        if chip.kind in HARD or chip.kind == "word" or chip.negated:
            rest = [one for one in chips if name_of(one) != name_of(chip)]
            count = _found(rest, text, 0).total if rest or text else 0
            rows += [(chip, count)] if count else []
    return sorted(rows, key=lambda row: -row[1])
