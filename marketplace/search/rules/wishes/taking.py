"""What is kept of a phrase that was understood: which kind it is here, and in which part."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.search.rules.wishes.chips import Chip, Kind
from marketplace.search.rules.wishes.reading import Reading
from marketplace.search.rules.wishes.steering import (
    ANIMALS,
    BREAKS,
    EITHER,
    GENERAL,
    GOES_WITH,
    JOINERS,
    TOGETHER_WITH,
    WITHOUT,
)


def take(reading: Reading, meanings: Mapping[Kind, str], typed: str) -> None:
    """Keep what a phrase means here: the kind that the words before it ask for."""
    kind = _choice(reading, meanings)
    joined = reading.before in JOINERS
    if kind == "category" and joined:
        reading.negated = False
    chip = Chip(kind, meanings[kind], typed, reading.negated)
    if _is_inside(reading, chip):
        chip = Chip("word", typed, typed, negated=True)
    either, reading.aim = reading.before in EITHER, False
    if kind == "occasion" and not chip.negated and _says_less(reading, chip):
        reading.before = typed
        return
    reading.behind, reading.before = reading.before, typed
    if kind == "category" and not chip.negated and not reading.takes_shelf(chip, either, joined):
        return
    if kind == "attribute" and not chip.negated:
        reading.takes_name(chip)
    reading.parts[-1].append(chip)


def _says_less(reading: Reading, chip: Chip) -> bool:
    """Whether of two dishes side by side this one says less ("lamb roast"); takes away the other
    where that one does ("roast lamb").
    """
    last = reading.parts[-1][-1] if reading.parts[-1] else None
    if last is None or last.kind != "occasion" or last.typed != reading.before:
        return False
    if last.value in GENERAL and chip.value in ANIMALS:
        reading.parts[-1].pop()
    return last.value in ANIMALS and chip.value in GENERAL


def _is_inside(reading: Reading, chip: Chip) -> bool:
    """Whether a shelf says what is not to be in a thing: chocolate without nuts."""
    wanted = reading.category()
    inside = reading.negation in WITHOUT or reading.before in TOGETHER_WITH
    return chip.kind == "category" and chip.negated and inside \
        and (wanted is None or not reading.under(chip.value, wanted.value))


def _choice(reading: Reading, meanings: Mapping[Kind, str]) -> Kind:
    """Take an occasion after "zu", "with" or another occasion, a shelf in a row of shelves ("cheese
    and honey"), else the first kind that fits.
    """
    last = reading.parts[-1][-1].kind if reading.parts[-1] else None
    listed = reading.before in JOINERS and last == "occasion" and reading.category() is not None
    if (reading.before in GOES_WITH or listed) and "occasion" in meanings:
        return "occasion"
    in_a_row = reading.before in (*JOINERS, *BREAKS) and last == "category"
    if "category" in meanings and "attribute" in meanings and reading.category() and not in_a_row:
        return "attribute"
    return next(iter(meanings))


def give(reading: Reading, word: str) -> None:
    """Keep that it is a present."""
    if not any(c.kind == "gift" for c in reading.shared):
        reading.shared.append(Chip("gift", "gift", word))
