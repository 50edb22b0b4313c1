"""Rows of signals one after another, and a moment of all of them that no change reaches."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from marketplace.recommend.rules.standing import Standing

    Numbers = NDArray[np.int32]
    Values = NDArray[np.float32]


class Rows(NamedTuple):
    """Rows of signals one after another: row r holds entries starts[r] to starts[r + 1]."""

    starts: NDArray[np.int64]
    numbers: Numbers
    values: Values


class Laid(NamedTuple):
    """Rows as they were laid out, and newer versions of single rows."""

    base: Rows
    now: dict[int, tuple[Numbers, Values]]

    def row(self, row: int) -> tuple[Numbers, Values]:
        """Give one row; one that does not exist is empty."""
        return _row(self.base, self.now, row)

    def rows(self, wanted: Numbers) -> Rows:
        """Give several rows one after another."""
        return _gather(self.base, self.now, wanted)

    def still(self) -> Laid:
        """Give the same rows, which later changes do not reach."""
        return Laid(self.base, dict(self.now))


@dataclass(frozen=True, slots=True)
class Known:
    """Ids and places up to a number; those that came later are unknown here."""

    ids: Sequence[Hashable]
    places: Mapping[Hashable, int]
    size: int

    def __len__(self) -> int:
        return self.size

    def find(self, one: Hashable) -> int | None:
        """Give the place of an id, None if it is unknown."""
        place = self.places.get(one)
        return place if place is not None and place < self.size else None


@dataclass(frozen=True, slots=True)
class Reading:
    """All signals of one moment: every array fits every other, whatever is written meanwhile."""

    people: Known
    products: Known
    by_person: Laid
    by_product: Laid
    popularity: NDArray[np.float64]
    raters: NDArray[np.float64]
    activity: NDArray[np.float64]
    standing: Standing

    def row(self, person: int) -> tuple[Numbers, Values]:
        """Give the products of a person in ascending order, with the signals."""
        return self.by_person.row(person)

    def rows(self, people: Numbers) -> Rows:
        """Give several people's rows one after another."""
        return self.by_person.rows(people)

    def column(self, product: int) -> tuple[Numbers, Values]:
        """Give the people of a product in ascending order, with the signals."""
        return self.by_product.row(product)

    def columns(self, products: Numbers) -> Rows:
        """Give several products' people one after another."""
        return self.by_product.rows(products)


def _row(base: Rows, now: dict[int, tuple[Numbers, Values]], row: int) -> tuple[Numbers, Values]:
    found = now.get(row)
    if found is not None:
        return found
    if row + 1 >= len(base.starts):
        return base.numbers[:0], base.values[:0]
    part = slice(base.starts[row], base.starts[row + 1])
    return base.numbers[part], base.values[part]


def _gather(base: Rows, now: dict[int, tuple[Numbers, Values]], wanted: Numbers) -> Rows:
    import numpy as np

    laid = wanted + 1 < len(base.starts)
    changed = [(at, now[int(wanted[at])]) for at in _changed(now, wanted)]
    laid[[at for at, _ in changed]] = False
    first, lengths = np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.int64)
    first[laid] = base.starts[wanted[laid]]
    lengths[laid] = base.starts[wanted[laid] + 1] - first[laid]
    lengths[[at for at, _ in changed]] = [len(row[0]) for _, row in changed]
    starts = starts_of(lengths)
    where = np.arange(starts[-1]) + np.repeat(first - starts[:-1], lengths)
    numbers = base.numbers.take(where, mode="clip") if len(base.numbers) else _none(where)
    values = base.values.take(where, mode="clip") if len(base.values) else _none(where)
    for at, row in changed:
        part = slice(starts[at], starts[at + 1])
        numbers[part], values[part] = row
    return Rows(starts, numbers.astype(np.int32, copy=False), values.astype(np.float32, copy=False))


def _changed(now: dict[int, tuple[Numbers, Values]], wanted: Numbers) -> list[int]:
    import numpy as np

    if len(now) > len(wanted):
        return [at for at, row in enumerate(wanted.tolist()) if row in now]
    return np.flatnonzero(np.isin(wanted, np.fromiter(now, np.int32, len(now)))).tolist()


def _none(where: NDArray[np.int64]) -> NDArray[np.float32]:
    import numpy as np

    return np.zeros(len(where), np.float32)


def starts_of(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give where each row begins, and where the last one ends."""
    import numpy as np

    made = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=made[1:])
    return made
