"""Follows as rows of numbers: people who follow the same ones are compared by that too."""

from __future__ import annotations

import threading
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from marketplace.recommend.rules.rows import Known, Laid, Rows, starts_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]

RELAID_AFTER, MOST_NEWER = 1000, 20_000
NOBODY = 0
"""The number of those who follow nobody and whom nobody follows; its row is empty."""


class Ties(NamedTuple):
    """Whom each person follows, and herself; numbers are those of this module only.

    followers: how many rows hold the one of a number.
    """

    places: Mapping[Hashable, int]
    laid: Laid
    followers: NDArray[np.float64]

    def row(self, person: Hashable) -> Numbers:
        """Give the numbers of those a person follows, and her own; empty for strangers."""
        return self.laid.row(self.places.get(person, NOBODY))[0]

    def rows(self, numbers: Numbers) -> Rows:
        """Give several rows one after another."""
        return self.laid.rows(numbers)


class TieRows:
    """The rows of all follows; a change is one row replaced by its new version."""

    def __init__(self, follows: Mapping[Hashable, Collection[Hashable]]) -> None:
        import numpy as np

        self._follows = follows
        self._places: dict[Hashable, int] = {}
        self._order: list[Hashable] = []
        self._changed: dict[Hashable, None] = {}
        self._kept: Ties | None = None
        self._known: Sequence[Hashable] = ()
        self._numbers, self._seen = np.zeros(0, np.int32), 0
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
            if kept is None or len(self._changed) > RELAID_AFTER or len(kept.laid.now) > MOST_NEWER:
                kept = self._kept = self._laid_out()
            elif self._changed:
                kept = self._kept = self._grown(kept)
            return kept

    def numbers(self, known: Known) -> Numbers:
        """Give the number of each known person, `NOBODY` for who has none."""
        import numpy as np

        with self.lock:
            if self._known is not known.ids:
                self._known, self._numbers, self._seen = known.ids, np.zeros(0, np.int32), 0
            have, find = len(self._numbers), self._places.get
            if have < known.size:
                new = [find(one, NOBODY) for one in known.ids[have : known.size]]
                self._numbers = np.concatenate([self._numbers, np.array(new, np.int32)])
            for one in self._order[self._seen :]:
                place = known.places.get(one)
                if place is not None and place < len(self._numbers):
                    self._numbers[place] = self._places[one]
            self._seen = len(self._order)
            return self._numbers

    def _number(self, person: Hashable) -> int:
        found = self._places.get(person)
        if found is None:
            self._order.append(person)
            found = self._places[person] = len(self._order)
        return found

    def _laid_out(self) -> Ties:
        import numpy as np

        self._changed.clear()
        followed = (one for others in self._follows.values() for one in others)
        followers = (one for one, others in self._follows.items() if others)
        self._order = list(dict.fromkeys((*followers, *followed)))
        self._places = {one: number for number, one in enumerate(self._order, 1)}
        self._known = ()
        rows = [self._row(one) for one in self._order]
        starts = starts_of(np.array([0, *(len(row) for row in rows)], np.int64))
        numbers = np.concatenate([*rows, np.zeros(0, np.int32)])
        counts = np.bincount(numbers, minlength=len(self._order) + 1).astype(np.float64)
        base = Rows(starts, numbers, np.ones(len(numbers), np.float32))
        return Ties(self._places, Laid(base), counts)

    def _row(self, person: Hashable) -> Numbers:
        import numpy as np

        found = {self._number(one) for one in self._follows.get(person, ())}
        found.add(self._number(person))
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
        rows = {self._places[one]: (kept.row(one), row) for one, row in fresh.items()}
        counts = np.zeros(len(self._order) + 1)
        counts[: len(kept.followers)] = kept.followers
        for before, row in rows.values():
            counts[before] -= 1
            counts[row] += 1
        laid = kept.laid.still()
        laid.now.update((number, _ones(row)) for number, (_, row) in rows.items())
        for number in {n for pair in rows.values() for row in pair for n in row.tolist()}:
            if counts[number] == 1 and len(laid.row(number)[0]) == 1:
                counts[number], laid.now[number] = 0, _ones(np.zeros(0, np.int32))
        return Ties(self._places, laid, counts)


def _ones(row: Numbers) -> tuple[Numbers, NDArray[np.float32]]:
    import numpy as np

    return row, np.ones(len(row), np.float32)
