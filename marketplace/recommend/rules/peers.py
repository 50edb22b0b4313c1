"""Who is asked for a person's list, and what she and they are compared by."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.recommend.rules.follows import Follows
from marketplace.recommend.rules.ridge import Compared
from marketplace.recommend.rules.rows import Reading, Rows
from marketplace.recommend.rules.suggestion import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody a list is made for; place: of her signals, beyond all others if they rest."""

    person: Hashable
    place: int
    signals: Reading
    follows: Follows
    settings: Settings

    def own(self) -> tuple[Numbers, NDArray[np.float32]]:
        """Give the products she has signals of, with the signals."""
        return self.signals.row(self.place)

    def followed(self) -> NDArray[np.int64]:
        """Give the places of those she follows, where their signals count."""
        import numpy as np

        find = self.signals.people.find
        places = [p for one in self.follows.followed(self.person) if (p := find(one)) is not None]
        followed = np.array(places, np.int64)
        return followed[self.signals.standing.speaks(followed)]

    def peers(self) -> Numbers:
        """Choose those with the largest overlap, divided by how much they rated.

        Whom she follows is among them in any case.
        """
        import numpy as np

        signals, size = self.signals, len(self.signals.people)
        overlap = self._overlap()
        if self.place < size:
            overlap[self.place] = 0.0
        found = np.flatnonzero((overlap > 0) & signals.standing.speaking[:size])
        rank = overlap[found] / signals.activity[found] ** self.settings.norm
        asked = np.zeros(size, np.bool_)
        asked[found[foremost(rank, self.settings.peers)]] = True
        asked[self.followed()] = True
        return np.flatnonzero(asked).astype(np.int32)

    def _overlap(self) -> Floats:
        """Say of each person how much her signals and one's own have in common."""
        import numpy as np

        products, values = self.own()
        worth = values * scale(self.signals, self.settings.overlap)[products] ** 2
        columns = [self.signals.column(product) for product in products.tolist()]
        summed = np.empty(sum(len(people) for people, _ in columns))
        after = 0
        for (people, theirs), worth_it in zip(columns, worth, strict=True):
            np.multiply(worth_it, theirs, out=summed[after : after + len(people)], dtype=np.float32)
            after += len(people)
        people = np.concatenate([np.zeros(0, np.int32), *(people for people, _ in columns)])
        return np.bincount(people, summed, len(self.signals.people)).astype(np.float64)

    def by_products(self, rows: Rows) -> Compared:
        """Compare with the peers of these rows by what all have signals of."""
        import numpy as np

        own = np.zeros(len(self.signals.products), np.float32)
        products, values = self.own()
        own[products] = values
        return Compared(rows, scale(self.signals, self.settings.overlap), own)

    def by_follows(self, people: Numbers) -> list[Compared]:
        """Compare with peers by whom all follow, where anybody follows somebody."""
        say = self.settings.ties
        if not say:
            return []
        ties = self.follows.ties()
        if len(ties.followers) < 2:
            return []
        rows = ties.rows(self.follows.numbers(self.signals.people)[people])
        if not len(rows.numbers):
            return []
        own = ties.row(self.person)
        return [shared(rows, own, ties.followers, say, self.settings.overlap)]


def shared(
    rows: Rows, own: Numbers, followers: Floats, say: float, exponent: float
) -> Compared:
    """Compare by followed people, of whom only those that occur are columns."""
    import numpy as np

    there = np.zeros(len(followers), np.bool_)
    there[rows.numbers], there[own] = True, True
    known = np.flatnonzero(there)
    column = np.empty(len(followers), np.int32)
    column[known] = np.arange(len(known), dtype=np.int32)
    mine = np.zeros(len(known), np.float32)
    mine[column[own]] = 1.0
    many = np.maximum(followers[known], 1.0).astype(np.float32)
    worth = np.float32(say**0.5) * many ** np.float32(-exponent)
    return Compared(Rows(rows.starts, column[rows.numbers], rows.values), worth, mine)


def scale(signals: Reading, exponent: float, rare: float = 0.0) -> NDArray[np.float32]:
    """Say how much each product counts: (raters + rare) to the minus exponent."""
    import numpy as np

    made: NDArray[np.float32] = np.exp(np.float32(-exponent) * signals.logs(rare))
    return made


def best(scores: Floats, k: int) -> NDArray[np.int64]:
    """Give the places of the k largest scores, of equal ones the earlier; never minus infinity."""
    import numpy as np

    found = foremost(scores, k)
    return found[np.argsort(-scores[found], kind="stable")]


def foremost(scores: Floats, k: int) -> NDArray[np.int64]:
    """Give the same places in ascending order."""
    import numpy as np

    if len(scores) <= k:
        return np.flatnonzero(scores > -np.inf)
    border = _border(scores, k)
    found = np.flatnonzero(scores > border)
    if len(found) < k and border > -np.inf:
        level = np.flatnonzero(scores == border)[: k - len(found)]
        found = np.sort(np.concatenate([found, level]))
    return found


def _border(scores: Floats, k: int) -> float:
    """Give the k-th largest score; of very many, among those above a guess from every 32nd."""
    import numpy as np

    few = scores[::32]
    likely = 2 * k // 32 + 8
    if likely < len(few) // 4:
        pool = scores[scores >= np.partition(few, len(few) - likely)[len(few) - likely]]
        scores = pool if len(pool) >= k else scores
    return float(np.partition(scores, len(scores) - k)[len(scores) - k])
