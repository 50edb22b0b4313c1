"""What people's signals add to each product: every summand with the person it comes from."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from marketplace.recommend.rules.rows import Rows, starts_of
from marketplace.recommend.rules.suggestion import Summands

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class Heard:
    """People's rows with what each entry adds to a product, and the totals per product."""

    people: Numbers
    rows: Rows
    summands: Floats
    total: Floats

    def parts(self, chosen: NDArray[np.bool_]) -> tuple[Heard, Heard]:
        """Take apart what the chosen people say, and what all others say."""
        return self._part(chosen), self._part(~chosen)

    def _part(self, chosen: NDArray[np.bool_]) -> Heard:
        import numpy as np

        if chosen.all():
            return self
        if not chosen.any():
            return nobody(len(self.total))
        lengths = np.diff(self.rows.starts)
        kept = np.repeat(chosen, lengths)
        rows = Rows(starts_of(lengths[chosen]), self.rows.numbers[kept], self.rows.values[kept])
        return of(self.people[chosen], rows, self.summands[kept], len(self.total))

    def beside(self, other: Heard) -> Heard:
        """Hear two together."""
        import numpy as np

        if not len(self.people) or not len(other.people):
            return self if len(self.people) else other
        starts = np.concatenate([self.rows.starts, self.rows.starts[-1] + other.rows.starts[1:]])
        numbers = np.concatenate([self.rows.numbers, other.rows.numbers])
        values = np.concatenate([self.rows.values, other.rows.values])
        summands = np.concatenate([self.summands, other.summands])
        people = np.concatenate([self.people, other.people])
        return Heard(people, Rows(starts, numbers, values), summands, self.total + other.total)

    def named(
        self, products: NDArray[np.int64], factors: Floats, ids: Sequence[Hashable]
    ) -> list[Summands]:
        """Name the summands of each of some products, times the product's factor."""
        import numpy as np

        if not len(self.people):
            return [Summands(ids, self.people, self.summands)] * len(products)
        place = np.full(len(self.total), -1, np.int16)
        place[products] = np.arange(len(products))
        at = place[self.rows.numbers]
        where = np.flatnonzero(at >= 0)
        where = where[np.argsort(at[where], kind="stable")]
        who = self.people[np.searchsorted(self.rows.starts, where, side="right") - 1]
        said = self.summands[where] * factors[self.rows.numbers[where]]
        ends = np.searchsorted(at[where], np.arange(len(products) + 1))
        parts = [slice(*pair) for pair in pairwise(ends.tolist())]
        return [Summands(ids, who[part], said[part]) for part in parts]


def of(people: Numbers, rows: Rows, summands: Floats, products: int) -> Heard:
    """Hear people out: add up what their signals say of each product."""
    import numpy as np

    total = np.bincount(rows.numbers, summands, products).astype(np.float64)
    return Heard(people, rows, summands, total)


def nobody(products: int) -> Heard:
    """Hear nobody."""
    import numpy as np

    none = np.zeros(0, np.int32)
    empty = Rows(np.zeros(1, np.int64), none, np.zeros(0, np.float32))
    return Heard(none, empty, np.zeros(0), np.zeros(products))
