"""Wine that is called by its colour alone: "a bottle of red"."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.search.rules.analysis import is_function_word
from marketplace.search.rules.wishes.known import Known
from marketplace.search.rules.wishes.reading import Reading
from marketplace.search.rules.wishes.steering import (
    BOTTLES,
    BREAKS,
    GOES_WITH,
    JOINERS,
    ONE,
    WINE_COLOURS,
    WINES,
)
from marketplace.search.rules.wishes.taking import take


def wine_by_colour(reading: Reading, words: Sequence[str], at: int, known: Known) -> bool:
    """Read "a bottle of red" as red wine, where nothing else is named, or "no red" beside wine;
    whether it was.

    Nothing that could be of a colour may follow.
    """
    colour = WINE_COLOURS.get(words[at])
    ahead = words[at + 1] if at + 1 < len(words) else ","
    if colour is None or reading.topic or not (
            ahead in BREAKS or ahead in GOES_WITH or ahead in JOINERS or is_function_word(ahead)):
        return False
    shelf = known.meanings(colour).get("category")
    if shelf is None or not _means_wine(reading, words, at, known, shelf):
        return False
    take(reading, {"category": shelf}, words[at])
    return True


def _means_wine(reading: Reading, words: Sequence[str], at: int, known: Known, shelf: str) -> bool:
    """Whether a colour can be that of a wine here."""
    wanted = reading.category()
    if reading.negated:
        return wanted is not None and known.under(shelf, wanted.value)
    if reading.has_shelf_since():
        return False
    last = reading.parts[-1][-1] if reading.parts[-1] else None
    of_wine = last is not None and last.kind == "attribute" and last.typed == reading.before \
        and shelf in known.fits.get(last.value.partition("=")[0], ())
    bottled = any(c.kind == "amount" and c.value.split()[-1] in BOTTLES for c in reading.shared)
    first = at == 0 and words[1:2] and words[1] in GOES_WITH
    return bool(of_wine or bottled or first or reading.before in ONE or _both_colours(words, at))


def _both_colours(words: Sequence[str], at: int) -> bool:
    """Whether it goes on as in "red or white wine"."""
    ahead = words[at + 1 : at + 4]
    return len(ahead) == 3 and ahead[0] in JOINERS and ahead[1] in WINE_COLOURS \
        and ahead[2] in WINES
