"""How many of a thing are wanted: bare numbers, and words that only say how it is packed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from marketplace.search.rules.analysis import is_function_word
from marketplace.search.rules.wishes.chips import Chip
from marketplace.search.rules.wishes.known import Known
from marketplace.search.rules.wishes.reading import Reading
from marketplace.search.rules.wishes.steering import BREAKS, CONTAINERS, GIFTS, JOINERS

MOST_BETWEEN = 5
"""A number may stand so many words before the end of what it counts."""


def counts_it(reading: Reading, words: Sequence[str], at: int) -> bool:
    """Whether a word only says how much there is of a thing: "two bags of coffee"."""
    counted = words[at] in CONTAINERS and at > 0 and words[at - 1] == "|"
    return counted and (reading.category() is not None or words[at + 1 : at + 2] == ["of"])


def count(reading: Reading, words: Sequence[str], at: int, known: Known) -> None:
    """Read a bare number as amount where a category follows, else leave it as text."""
    if at + 1 < len(words) and words[at + 1] in GIFTS:
        reading.shared.append(Chip("amount", words[at], words[at]))
        return
    ahead = list(takewhile(_goes_on, words[at + 1 : at + 1 + MOST_BETWEEN]))
    for begin in range(len(ahead)):
        if known.compound(ahead[begin]) or known.nearly(ahead[begin]) or any(
                "category" in known.meanings(ahead[begin:end])
                for end in range(begin + 1, len(ahead) + 1)):
            reading.shared.append(Chip("amount", words[at], words[at]))
            return
    reading.texts[-1].append(words[at])


def _goes_on(word: str) -> bool:
    """Whether what is counted may still follow: "two large bowls"."""
    return not (word in BREAKS or word in JOINERS or is_function_word(word) or word[0].isdigit())
