"""Follows as rows of numbers: people who follow the same ones are compared by that too."""

from __future__ import annotations

import threading
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
        self._changed: dict[Hashable, None] = {}
        self._kept: Ties | None = None
        self.lock = threading.RLock()

    def touch(self, person: Hashable) -> None:
        """Say that a person follows others than before."""
        self._changed[person] = None

    def look(self) -> Ties:
        """Give the rows of this moment."""
        kept = self._kept
        if kept is not None and not self._changed:
            return kept
        with self.lock:
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
        followers = (one for one, others in self._follows.items() if others)
        everybody = list(dict.fromkeys((*followers, *followed)))
        self._numbers = {one: number for number, one in enumerate(everybody)}
        rows = [self._row(one) for one in everybody]
        starts = starts_of(np.array([len(row) for row in rows], np.int64))
        numbers = np.concatenate([*rows, np.zeros(0, np.int32)])
        counts = np.bincount(numbers, minlength=len(self._numbers)).astype(np.float64)
        base = Rows(starts, numbers, np.ones(len(numbers), np.float32))
        return Ties(self._numbers, Laid(base, {}), counts)

    def _row(self, person: Hashable) -> Numbers:
        import numpy as np

        numbers = self._numbers
        found = {numbers.setdefault(one, len(numbers)) for one in self._follows.get(person, ())}
        found.add(numbers.setdefault(person, len(numbers)))
        return np.array(sorted(found), np.int32)

    def _grown(self, kept: Ties) -> Ties:
        import numpy as np

        fresh: dict[Hashable, Numbers] = {}
        while self._changed:
            person, _ = self._changed.popitem()
            followed = self._follows.get(person, ())
            alone = (one for one in followed if not len(kept.row(one)))
            for one in (*alone, person):
                fresh[one] = self._row(one)
        rows = {self._numbers[one]: (kept.row(one), row) for one, row in fresh.items()}
        counts = np.zeros(len(self._numbers))
        counts[: len(kept.followers)] = kept.followers
        for before, row in rows.values():
            counts[before] -= 1
            counts[row] += 1
        now = kept.laid.now | {number: _ones(row) for number, (_, row) in rows.items()}
        laid = Laid(kept.laid.base, now)
        for number in {n for pair in rows.values() for row in pair for n in row.tolist()}:
            if counts[number] == 1 and len(laid.row(number)[0]) == 1:
                counts[number], now[number] = 0, _ones(np.zeros(0, np.int32))
        return Ties(self._numbers, laid, counts)


def _ones(row: Numbers) -> tuple[Numbers, NDArray[np.float32]]:
    import numpy as np

    return row, np.ones(len(row), np.float32)
