"""All signals in memory: laid out once, grown by single changes, read as of one moment."""

from __future__ import annotations

import threading
from collections.abc import Collection, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from marketplace.recommend.rules.laying import Names, Numbered, laid_out, parts_of
from marketplace.recommend.rules.rows import Known, Laid, Reading, Rows
from marketplace.recommend.rules.standing import Standing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]
    Values = NDArray[np.float32]

__all__ = ["Names", "Numbered", "Rows", "Signals"]

FEW, MANY = 200, 50_000
ROOM = 1.5


class Signals:
    """Who values what, by person and by product; 16 bytes per signal for both directions.

    A change is one row replaced by its new version; those who make lists take a `reading`, which
    no change reaches. `is_crowded` tells when laying out anew pays.
    """

    def __init__(
        self,
        people: Sequence[Hashable] | NDArray[np.integer] | Numbered = (),
        products: Sequence[Hashable] | NDArray[np.integer] | Numbered = (),
        values: Sequence[float] | Values = (),
    ) -> None:
        import numpy as np

        self.people, rows = Numbered.of(people)
        self.products, columns = Numbered.of(products)
        self.standing = Standing()
        self.standing.grow(len(self.people))
        self._lock = threading.RLock()
        self._read: Reading | None = None
        by_person, by_product = laid_out(rows, columns, np.asarray(values, np.float32),
                                         len(self.people), len(self.products))  # fmt: skip
        self._by_person, self._by_product = Laid(by_person), Laid(by_product)
        self._count()

    def _count(self) -> None:
        """Count by product the signals of people who count, and by person all signals."""
        import numpy as np

        size, people = len(self.products), len(self.people)
        laid = self._by_person
        whole = laid.still().rows(np.arange(people, dtype=np.int32)) if laid.now else laid.base
        lengths = np.diff(whole.starts)
        heard, everybody = self.standing.counts[:people], self.standing.counts[:people].all()
        popularity, raters = np.zeros(size), np.zeros(size, np.int64)
        for first, last in parts_of(whole.starts):
            part = slice(whole.starts[first], whole.starts[last])
            numbers, values = whole.numbers[part], whole.values[part]
            if not everybody:
                kept = np.repeat(heard[first:last], lengths[first:last])
                numbers, values = numbers[kept], values[kept]
            popularity += np.bincount(numbers, values, size)
            raters += np.bincount(numbers, minlength=size)
        self.popularity, self.raters = _room(popularity), _room(raters)
        self.activity = _room(lengths)

    def count(self) -> int:
        """Give the number of signals."""
        return int(self.activity.sum())

    def reading(self) -> Reading:
        """Give all signals of this moment; made once after any number of changes."""
        found = self._read
        if found is not None:
            return found
        with self._lock:
            if self._read is None:
                self._read = self._still()
            return self._read

    def _still(self) -> Reading:
        people, products = len(self.people), len(self.products)
        return Reading(
            Known(self.people.ids, self.people.places, people),
            Known(self.products.ids, self.products.places, products),
            self._by_person.still(), self._by_product.still(), self.popularity[:products].copy(),
            self.raters[:products].copy(), self.activity[:people].copy(), self.standing.still(),
        )  # fmt: skip

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Let several changes count together: no reading is made in between."""
        with self._lock:
            self._read = None
            try:
                yield
            finally:
                self._read = None

    def put(self, person: Hashable, product: Hashable, value: float) -> None:
        """Take in a new or changed signal 0..1; it counts in the next reading."""
        with self.changing():
            self._change(self.people.place(person), self.products.place(product), value)

    def drop(self, person: Hashable, product: Hashable) -> None:
        """Forget one signal; unknown ones are no fault."""
        with self.changing():
            if person in self.people.places and product in self.products.places:
                self._change(self.people.places[person], self.products.places[product], None)

    def forget(self, person: Hashable) -> None:
        """Forget all signals of a person."""
        with self.changing():
            if person in self.people.places:
                place = self.people.places[person]
                for product in self._by_person.row(place)[0].tolist():
                    self._change(place, product, None)

    def let_count(self, person: Hashable, counts: bool) -> None:
        """Count a person's signals for others, or no longer."""
        with self.changing():
            place = self._known(person)
            if bool(self.standing.counts[place]) == counts:
                return
            products, values = self._by_person.row(place)
            sign = 1 if counts else -1
            self.popularity[products] += sign * values
            self.raters[products] += sign
            self.standing.counts[place] = counts

    def let_match(self, person: Hashable, matched: bool) -> None:
        """Let a person enter other people's peers, or no longer; counts in the next reading."""
        with self.changing():
            self.standing.matched[self._known(person)] = matched

    def settle(self, counts: Collection[Hashable], matched: Collection[Hashable]) -> None:
        """Let just these people count for others, and just those enter other people's peers."""
        import numpy as np

        with self.changing():
            self._make_room()
            ids, standing = self.people.ids, self.standing
            for who, speaks in ((counts, standing.counts), (matched, standing.matched)):
                speaks[: len(ids)] = np.fromiter((one in who for one in ids), np.bool_, len(ids))
            self._count()

    def join(self, people: Sequence[Hashable]) -> None:
        """Let accounts that a flag joined count once together: the first speaks for all."""
        for person in people[1:]:
            self.let_count(person, False)

    def _known(self, person: Hashable) -> int:
        place = self.people.place(person)
        self._make_room()
        return place

    def _change(self, person: int, product: int, value: float | None) -> None:
        import numpy as np

        self._make_room()
        value = None if value is None else float(np.float32(value))
        products, values = self._by_person.row(person)
        former = float(values[products == product].sum()) if product in products else None
        self._by_person.now[person] = _changed((products, values), product, value)
        self._by_product.now[product] = _changed(
            self._by_product.row(product), person, value)  # fmt: skip
        more = (value is not None) - (former is not None)
        heard = bool(self.standing.counts[person])
        self.popularity[product] += heard * ((value or 0.0) - (former or 0.0))
        self.raters[product] += heard * more
        self.activity[person] += more

    def _make_room(self) -> None:
        if len(self.products) > len(self.popularity):
            self.popularity = _room(self.popularity, len(self.products))
            self.raters = _room(self.raters, len(self.products))
        if len(self.people) > len(self.activity):
            self.activity = _room(self.activity, len(self.people))
        self.standing.grow(len(self.people))

    def is_crowded(self) -> bool:
        """Tell whether so many rows are newer ones that laying out anew pays."""
        newer = len(self._by_person.now)
        return newer > min(max(len(self._by_person.base.numbers) // 200, FEW), MANY)

    def lay_out_anew(self) -> None:
        """Write all rows one after another again, with the changes in their places.

        Others may read and change meanwhile; what changes stays a newer row.
        """
        import numpy as np

        with self._lock:
            people, products = self._by_person.still(), self._by_product.still()
            size, width = len(self.people), len(self.products)
        whole = people.rows(np.arange(size, dtype=np.int32))
        places = np.repeat(np.arange(size, dtype=np.int32), np.diff(whole.starts))
        by_person, by_product = laid_out(places, whole.numbers, whole.values, size, width)
        laid = Laid(by_person), Laid(by_product)
        with self.changing():
            self._by_person = laid[0].changed_as(self._by_person, people)
            self._by_product = laid[1].changed_as(self._by_product, products)


def _room(counts: NDArray[np.generic], size: int | None = None) -> NDArray[np.float64]:
    """Copy counts into an array with room for newcomers."""
    import numpy as np

    made = np.zeros(int(max(len(counts), size or 0) * ROOM) + 16)
    made[: len(counts)] = counts
    return made


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
