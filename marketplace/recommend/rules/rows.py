"""Rows of signals one after another, and a moment of all of them that no change reaches."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from marketplace.recommend.rules.standing import Standing

    Numbers = NDArray[np.int32]
    Values = NDArray[np.float32]
    Kind = TypeVar("Kind", bound=np.generic)


class Rows(NamedTuple):
    """Rows of signals one after another: row r holds entries starts[r] to starts[r + 1]."""

    starts: NDArray[np.integer]
    numbers: Numbers
    values: Values


class Laid:
    """Rows as they were laid out, and newer versions of single rows."""

    __slots__ = ("_newer", "base", "now")

    def __init__(
        self, base: Rows, now: dict[int, tuple[Numbers, Values]] | None = None
    ) -> None:
        self.base = base
        self.now = {} if now is None else now
        self._newer: NDArray[np.bool_] | None = None

    def row(self, row: int) -> tuple[Numbers, Values]:
        """Give one row; one that does not exist is empty."""
        found = self.now.get(row)
        if found is not None:
            return found
        base = self.base
        if row + 1 >= len(base.starts):
            return base.numbers[:0], base.values[:0]
        part = slice(base.starts[row], base.starts[row + 1])
        return base.numbers[part], base.values[part]

    def rows(self, wanted: Numbers) -> Rows:
        """Give several rows one after another; to be asked of still ones."""
        import numpy as np

        begins, last = self.base.starts, len(self.base.starts) - 2
        newer = self._newer if self._newer is not None else self._mark()
        places = np.flatnonzero(newer[np.minimum(wanted, last + 1)]).tolist()
        rows = [self.row(int(wanted[at])) for at in places]
        laid = np.minimum(wanted, max(last, 0))
        first = begins[laid]
        lengths = begins[np.minimum(laid + 1, last + 1)] - first
        lengths[places] = [len(numbers) for numbers, _ in rows]
        starts = starts_of(lengths)
        where = np.repeat(first - starts[:-1], lengths)
        where += np.arange(len(where))
        made = Rows(starts, _taken(self.base.numbers, where), _taken(self.base.values, where))
        for at, row in zip(places, rows, strict=True):
            part = slice(starts[at], starts[at + 1])
            made.numbers[part], made.values[part] = row
        return made

    def _mark(self) -> NDArray[np.bool_]:
        """Tell of each row of the base, and of all beyond it together, whether a newer is there."""
        import numpy as np

        last = len(self.base.starts) - 2
        newer = np.zeros(last + 2, np.bool_)
        newer[np.minimum(np.fromiter(self.now, np.int64, len(self.now)), last + 1)] = True
        newer[last + 1] = True
        self._newer = newer
        return newer

    def still(self) -> Laid:
        """Give the same rows, which later changes do not reach."""
        return Laid(self.base, dict(self.now))

    def changed_as(self, live: Laid, before: Laid) -> Laid:
        """Give the same with the rows that are newer in `live` than they were in `before`."""
        now = {at: row for at, row in live.now.items() if before.now.get(at) is not row}
        return Laid(self.base, now)


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
    known_logs: dict[float, NDArray[np.float32]] = field(default_factory=dict)

    def logs(self, rare: float) -> NDArray[np.float32]:
        """Give the logarithm of each product's raters and `rare` more, at least of 1."""
        import numpy as np

        found = self.known_logs.get(rare)
        if found is None:
            found = np.log(np.maximum(self.raters + rare, 1.0).astype(np.float32))
            self.known_logs[rare] = found
        return found

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


def _taken(entries: NDArray[Kind], where: NDArray[np.int64]) -> NDArray[Kind]:
    """Take entries; places that will be written over may lie outside."""
    import numpy as np

    if not len(entries):
        return np.zeros(len(where), entries.dtype)
    return entries.take(where, mode="clip")


def starts_of(lengths: NDArray[np.integer]) -> NDArray[np.int64]:
    """Give where each row begins, and where the last one ends."""
    import numpy as np

    made = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=made[1:])
    return made
