"""Corrections of mistyped words from the index's own words, by symmetric deletion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from marketplace.search.rules.analysis import is_function_word, stem, tokens

LONG_WORD = 8
SHORTEST = 4
SHORTEST_HALF = 3


@dataclass(frozen=True)
class Correction:
    """A word that was meant instead of the typed one; two words where a space was missing."""

    typed: str
    meant: tuple[str, ...]
    distance: int


def deletions(word: str, count: int) -> set[str]:
    """Give the word and all that is left of it after taking out up to `count` letters."""
    found, edge = {word}, {word}
    for _ in range(count):
        edge = {w[:i] + w[i + 1 :] for w in edge for i in range(len(w))}
        found |= edge
    return found


def reach(word: str) -> int:
    """Say how many slips are forgiven in a word: none below 4 letters, one, two from 8 on."""
    if len(word) < SHORTEST:
        return 0
    return 2 if len(word) >= LONG_WORD else 1


def distance(one: str, other: str, limit: int) -> int:
    """Count the slips between two words, swapped neighbours as one; limit + 1 if more.

    Source: Damerau 1964 (optimal string alignment).
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return min(last[-1], limit + 1)


def _ways(word: str) -> Iterator[str]:
    """A folded word, then with an "e" that folding took for an umlaut ("prinuer" for "printer"),
    then its stem, for the ending may stand nowhere.
    """
    yield word
    for at, letter in enumerate(word, 1):
        if letter in "aou" and word[at:at + 1] != "e":
            yield f"{word[:at]}e{word[at:]}"
    short = stem(word)
    if short != word:
        yield short


class Dictionary:
    """The words an index knows, looked up by what is left after taking letters out.

    Source: symmetric delete, W. Garbe 2012. Words of digits are left as typed.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = {w: n for w, n in counts.items() if w.isalpha()}
        self._stems = {stem(w) for w in self._counts}
        self._left: dict[str, list[str]] = defaultdict(list)
        for word in self._counts:
            for rest in deletions(word[:12], reach(word)):
                self._left[rest].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._counts or stem(word) in self._stems

    def correct(self, word: str) -> Correction | None:
        """Give what was meant; None for known words, numbers, short words and riddles.

        The fewest slips win, then the same first letter, then the more frequent word.
        """
        if not word.isalpha() or word in self:
            return None
        for n, typed in enumerate(_ways(word)):
            found = min(self._near(typed, 1 if n else reach(word)), default=None)
            if found:
                slips, _, _, meant = found
                return Correction(word, (meant,), slips)
        return self._split(word)

    def _near(self, word: str, limit: int) -> Iterator[tuple[int, bool, int, str]]:
        limit = min(limit, reach(word))
        tried: set[str] = set()
        for rest in deletions(word[:12], limit) if limit else ():
            for meant in self._left.get(rest, ()):
                if meant in tried:
                    continue
                tried.add(meant)
                slips = distance(word, meant, limit)
                if slips <= min(limit, reach(meant)):
                    yield slips, meant[0] != word[0], -self._counts[meant], meant

    def _split(self, word: str) -> Correction | None:
        halves = [
            (min(self._counts[word[:i]], self._counts[word[i:]]), i)
            for i in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
            if word[:i] in self._counts and word[i:] in self._counts
        ]
        if not halves:
            return None
        _, cut = max(halves)
        return Correction(word, (word[:cut], word[cut:]), 1)


def corrections(typed: str, words: Dictionary) -> list[Correction]:
    """Name the mistyped words of a query with what was meant, in order; little words are right."""
    known = (w for w in dict.fromkeys(tokens(typed)) if not is_function_word(w))
    found = (words.correct(word) for word in known)
    return [correction for correction in found if correction]


def rewritten(typed: str, found: list[Correction]) -> str:
    """Give the query as it was meant, for the line that offers both ways."""
    meant = {c.typed: " ".join(c.meant) for c in found}
    return " ".join(meant.get(word, word) for word in tokens(typed))
