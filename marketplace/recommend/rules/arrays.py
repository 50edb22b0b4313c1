"""All signals in memory: laid out once, grown by single changes, read without a lock."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from marketplace.recommend.rules.standing import Standing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]
    Values = NDArray[np.float32]

RELAID_AFTER = 50_000
ROOM = 1.5


class Rows(NamedTuple):
    """Rows of signals one after another: row r holds entries starts[r] to starts[r + 1]."""

    starts: NDArray[np.int64]
    numbers: Numbers
    values: Values


class Names:
    """Ids of people or products and their place in the arrays, from 0 in order of coming."""

    def __init__(self, ids: Iterable[Hashable] = ()) -> None:
        self.ids: list[Hashable] = list(dict.fromkeys(ids))
        self.places: dict[Hashable, int] = {one: place for place, one in enumerate(self.ids)}

    def __len__(self) -> int:
        return len(self.ids)

    def place(self, one: Hashable) -> int:
        """Give the place of an id, a new one at the end if it is unknown."""
        found = self.places.get(one)
        if found is None:
            found = self.places[one] = len(self.ids)
            self.ids.append(one)
        return found


class Signals:
    """Who values what, by person and by product; 16 bytes per signal for both directions.

    A change is one row replaced by its new version, so readers see the old or the new one. After
    50,000 changes the rows are laid out anew.
    """

    def __init__(
        self,
        people: Sequence[Hashable] = (),
        products: Sequence[Hashable] = (),
        values: Sequence[float] = (),
    ) -> None:
        import numpy as np

        self.people, self.products = Names(people), Names(products)
        self.standing = Standing()
        self.standing.grow(len(self.people))
        self._lock = threading.RLock()
        rows = np.fromiter((self.people.places[p] for p in people), np.int32, len(people))
        columns = np.fromiter((self.products.places[p] for p in products), np.int32, len(products))
        self._lay_out(rows, columns, np.asarray(values, np.float32))

    def _lay_out(self, rows: Numbers, columns: Numbers, values: Values) -> None:
        import numpy as np

        self.by_person = _rows(rows, columns, values, len(self.people))
        self.by_product = _rows(columns, rows, values, len(self.products))
        self._rows_now: dict[int, tuple[Numbers, Values]] = {}
        self._columns_now: dict[int, tuple[Numbers, Values]] = {}
        self._changes = 0
        self._count(np.repeat(np.arange(len(self.people)), np.diff(self.by_person.starts)))

    def _count(self, rows: NDArray[np.int64]) -> None:
        """Count by product the signals of people who count, and by person all signals."""
        import numpy as np

        size, heard = len(self.products), self.standing.counts[rows]
        numbers, values = self.by_person.numbers[heard], self.by_person.values[heard]
        self.popularity = _room(np.bincount(numbers, values, size))
        self.raters = _room(np.bincount(numbers, minlength=size))
        self.activity = _room(np.bincount(rows, minlength=len(self.people)))

    def count(self) -> int:
        """Give the number of signals."""
        return int(self.activity.sum())

    def row(self, person: int) -> tuple[Numbers, Values]:
        """Give the products of a person in ascending order, with the signals."""
        return _row(self.by_person, self._rows_now, person)

    def column(self, product: int) -> tuple[Numbers, Values]:
        """Give the people of a product in ascending order, with the signals."""
        return _row(self.by_product, self._columns_now, product)

    def rows(self, people: Numbers) -> Rows:
        """Give several people's rows one after another."""
        return _gather(self.by_person, self._rows_now, people)

    def columns(self, products: Numbers) -> Rows:
        """Give several products' people one after another."""
        return _gather(self.by_product, self._columns_now, products)

    def put(self, person: Hashable, product: Hashable, value: float) -> None:
        """Take in a new or changed signal 0..1; it counts in the next reading."""
        with self._lock:
            self._change(self.people.place(person), self.products.place(product), value)

    def drop(self, person: Hashable, product: Hashable) -> None:
        """Forget one signal; unknown ones are no fault."""
        with self._lock:
            if person in self.people.places and product in self.products.places:
                self._change(self.people.places[person], self.products.places[product], None)

    def forget(self, person: Hashable) -> None:
        """Forget all signals of a person."""
        with self._lock:
            if person in self.people.places:
                place = self.people.places[person]
                for product in self.row(place)[0].tolist():
                    self._change(place, product, None)

    def let_count(self, person: Hashable, counts: bool) -> None:
        """Count a person's signals for others, or no longer."""
        with self._lock:
            place = self._known(person)
            if bool(self.standing.counts[place]) == counts:
                return
            products, values = self.row(place)
            sign = 1 if counts else -1
            self.popularity[products] += sign * values
            self.raters[products] += sign
            self.standing.counts[place] = counts

    def let_match(self, person: Hashable, matched: bool) -> None:
        """Let a person enter other people's peers, or no longer; counts in the next reading."""
        with self._lock:
            self.standing.matched[self._known(person)] = matched

    def join(self, people: Sequence[Hashable]) -> None:
        """Let accounts that a flag joined count once together: the first speaks for all."""
        for person in people[1:]:
            self.let_count(person, False)

    def _known(self, person: Hashable) -> int:
        place = self.people.place(person)
        self._make_room()
        return place

    def _change(self, person: int, product: int, value: float | None) -> None:
        self._make_room()
        products, values = self.row(person)
        former = float(values[products == product].sum()) if product in products else None
        self._rows_now[person] = _changed((products, values), product, value)
        self._columns_now[product] = _changed(self.column(product), person, value)
        more = (value is not None) - (former is not None)
        heard = bool(self.standing.counts[person])
        self.popularity[product] += heard * ((value or 0.0) - (former or 0.0))
        self.raters[product] += heard * more
        self.activity[person] += more
        self._changes += 1
        if self._changes >= RELAID_AFTER:
            self.lay_out_anew()

    def _make_room(self) -> None:
        if len(self.products) > len(self.popularity):
            self.popularity = _room(self.popularity, len(self.products))
            self.raters = _room(self.raters, len(self.products))
        if len(self.people) > len(self.activity):
            self.activity = _room(self.activity, len(self.people))
        self.standing.grow(len(self.people))

    def lay_out_anew(self) -> None:
        """Write all rows one after another again, with the changes in their places."""
        import numpy as np

        with self._lock:
            everybody = np.arange(len(self.people), dtype=np.int32)
            whole = self.rows(everybody)
            self._lay_out(np.repeat(everybody, np.diff(whole.starts)), whole.numbers, whole.values)


def _room(counts: NDArray[np.generic], size: int | None = None) -> NDArray[np.float64]:
    """Copy counts into an array with room for newcomers."""
    import numpy as np

    made = np.zeros(int(max(len(counts), size or 0) * ROOM) + 16)
    made[: len(counts)] = counts
    return made


def _rows(rows: Numbers, numbers: Numbers, values: Values, count: int) -> Rows:
    """Sort entries by row, then number; of one entry given twice the last counts."""
    import numpy as np

    order = np.lexsort((numbers, rows))
    rows, numbers, values = rows[order], numbers[order], values[order]
    last = np.ones(len(rows), np.bool_)
    last[:-1] = (rows[1:] != rows[:-1]) | (numbers[1:] != numbers[:-1])
    rows = rows[last]
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=starts[1:])
    return Rows(starts, numbers[last], values[last])


def _row(base: Rows, now: dict[int, tuple[Numbers, Values]], row: int) -> tuple[Numbers, Values]:
    found = now.get(row)
    if found is not None:
        return found
    if row + 1 >= len(base.starts):
        return base.numbers[:0], base.values[:0]
    part = slice(base.starts[row], base.starts[row + 1])
    return base.numbers[part], base.values[part]


def _changed(
    row: tuple[Numbers, Values], number: int, value: float | None
) -> tuple[Numbers, Values]:
    import numpy as np

    kept = row[0] != number
    numbers, values = row[0][kept], row[1][kept]
    if value is None:
        return numbers, values
    at = int(np.searchsorted(numbers, number))
    return np.insert(numbers, at, number), np.insert(values, at, value)


def _gather(base: Rows, now: dict[int, tuple[Numbers, Values]], wanted: Numbers) -> Rows:
    import numpy as np

    laid = wanted + 1 < len(base.starts)
    changed = [(at, now[row]) for at, row in enumerate(wanted.tolist()) if row in now]
    laid[[at for at, _ in changed]] = False
    first, lengths = np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.int64)
    first[laid] = base.starts[wanted[laid]]
    lengths[laid] = base.starts[wanted[laid] + 1] - first[laid]
    lengths[[at for at, _ in changed]] = [len(row[0]) for _, row in changed]
    starts = _starts(lengths)
    where = np.arange(starts[-1]) + np.repeat(first - starts[:-1], lengths)
    numbers = base.numbers.take(where, mode="clip") if len(base.numbers) else _none(where)
    values = base.values.take(where, mode="clip") if len(base.values) else _none(where)
    for at, row in changed:
        part = slice(starts[at], starts[at + 1])
        numbers[part], values[part] = row
    return Rows(starts, numbers.astype(np.int32), values.astype(np.float32))


def _none(where: NDArray[np.int64]) -> NDArray[np.float32]:
    import numpy as np

    return np.zeros(len(where), np.float32)


def _starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    import numpy as np

    made = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=made[1:])
    return made
