"""Follows as rows of numbers: people who follow the same ones are compared by that too."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from marketplace.recommend.rules.rows import Laid, Rows, starts_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]

RELAID_AFTER = 1000


class Ties(NamedTuple):
    """Whom each person follows, and herself; numbers are those of this module only.

    followers: how many rows hold the one of a number.
    """

    numbers: Mapping[Hashable, int]
    laid: Laid
    followers: NDArray[np.float64]

    def row(self, person: Hashable) -> Numbers:
        """Give the numbers of those a person follows, and her own; empty for strangers."""
        return self.laid.row(self.numbers.get(person, len(self.followers)))[0]

    def rows(self, people: Sequence[Hashable]) -> Rows:
        """Give several people's rows one after another."""
        import numpy as np

        find, absent = self.numbers.get, len(self.followers)
        return self.laid.rows(np.array([find(one, absent) for one in people], np.int32))


class TieRows:
    """The rows of all follows; a change is one row replaced by its new version."""

    def __init__(self, follows: Mapping[Hashable, Collection[Hashable]]) -> None:
        self._follows = follows
        self._numbers: dict[Hashable, int] = {}
        self._changed: set[Hashable] = set()
        self._kept: Ties | None = None

    def touch(self, person: Hashable) -> None:
        """Say that a person follows others than before."""
        self._changed.add(person)

    def look(self) -> Ties:
        """Give the rows of this moment."""
        kept = self._kept
        if kept is None or len(self._changed) > RELAID_AFTER:
            kept = self._kept = self._laid_out()
        elif self._changed:
            kept = self._kept = self._grown(kept)
        return kept

    def _laid_out(self) -> Ties:
        import numpy as np

        self._changed.clear()
        followed = (one for others in self._follows.values() for one in others)
        everybody = list(dict.fromkeys((*self._follows, *followed)))
        self._numbers = {one: number for number, one in enumerate(everybody)}
        rows = [self._row(one) for one in everybody]
        starts = starts_of(np.array([len(row) for row in rows], np.int64))
        numbers = np.concatenate([*rows, np.zeros(0, np.int32)])
        followers = np.bincount(numbers, minlength=len(self._numbers)).astype(np.float64)
        base = Rows(starts, numbers, np.ones(len(numbers), np.float32))
        return Ties(self._numbers, Laid(base, {}), followers)

    def _row(self, person: Hashable) -> Numbers:
        import numpy as np

        numbers = self._numbers
        found = {numbers.setdefault(one, len(numbers)) for one in self._follows.get(person, ())}
        found.add(numbers.setdefault(person, len(numbers)))
        return np.array(sorted(found), np.int32)

    def _grown(self, kept: Ties) -> Ties:
        import numpy as np

        now = dict(kept.laid.now)
        fresh: dict[Hashable, Numbers] = {}
        while self._changed:
            person = self._changed.pop()
            strangers = set(self._follows.get(person, ())) - self._numbers.keys()
            fresh.update((one, self._row(one)) for one in (person, *strangers))
        followers = np.zeros(len(self._numbers))
        followers[: len(kept.followers)] = kept.followers
        for person, row in fresh.items():
            followers[kept.row(person)] -= 1
            followers[row] += 1
            now[self._numbers[person]] = (row, np.ones(len(row), np.float32))
        return Ties(self._numbers, Laid(kept.laid.base, now), followers)
