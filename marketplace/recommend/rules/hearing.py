"""What people's signals add to each product: every summand with the person it comes from."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from marketplace.recommend.rules.rows import Rows, starts_of
from marketplace.recommend.rules.signals import LIKED_FROM
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
        """Take apart what the chosen people say, and what all others say.

        The others' rows still hold the chosen people, with summands of nothing.
        """
        import numpy as np

        if not chosen.any():
            return nobody(len(self.total)), self
        lengths = np.diff(self.rows.starts)
        kept = np.repeat(chosen, lengths)
        rows = Rows(starts_of(lengths[chosen]), self.rows.numbers[kept], self.rows.values[kept])
        near = of(self.people[chosen], rows, self.summands[kept], len(self.total))
        left = self.total - near.total
        return near, Heard(self.people, self.rows, np.where(kept, 0.0, self.summands), left)

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
        at = place.take(self.rows.numbers)
        where = np.flatnonzero((at >= 0) & (self.summands != 0))
        at = at[where]
        where = where[np.argsort(at, kind="stable")]
        who = np.repeat(self.people, np.diff(self.rows.starts))[where]
        said = self.summands[where] * factors[self.rows.numbers[where]]
        liked = self.rows.values[where] >= LIKED_FROM
        ends = starts_of(np.bincount(at, minlength=len(products))).tolist()
        return [Summands(ids, who[a:b], said[a:b], liked[a:b]) for a, b in pairwise(ends)]


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
