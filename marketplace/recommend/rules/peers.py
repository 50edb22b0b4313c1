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

        products, values = self.own()
        columns = self.signals.columns(products)
        worth = values * scale(self.signals, self.settings.overlap)[products] ** 2
        summed = np.repeat(worth, np.diff(columns.starts)) * columns.values
        size = len(self.signals.people)
        overlap = np.bincount(columns.numbers, summed, size)[:size]
        found = np.flatnonzero(overlap)
        found = found[(found != self.place) & self.signals.standing.speaks(found)]
        rank = overlap[found] / self.signals.activity[found] ** self.settings.norm
        asked = np.zeros(size, np.bool_)
        asked[found[best(rank, self.settings.peers)]] = True
        asked[self.followed()] = True
        return np.flatnonzero(asked).astype(np.int32)

    def by_products(self, rows: Rows) -> Compared:
        """Compare with the peers of these rows by what all have signals of."""
        import numpy as np

        own = np.zeros(len(self.signals.products), np.float32)
        products, values = self.own()
        own[products] = values
        return Compared(rows, scale(self.signals, self.settings.overlap), own)

    def by_follows(self, people: Numbers) -> list[Compared]:
        """Compare with peers by whom all follow, where anybody follows somebody."""
        import numpy as np

        ties, say = self.follows.ties(), self.settings.ties
        if not len(ties.followers) or not say:
            return []
        ids = self.signals.people.ids
        own = np.zeros(len(ties.followers), np.float32)
        own[ties.row(self.person)] = 1.0
        shared = np.maximum(ties.followers, 1.0).astype(np.float32)
        worth = np.float32(say**0.5) * shared ** np.float32(-self.settings.overlap)
        return [Compared(ties.rows([ids[p] for p in people.tolist()]), worth, own)]


def scale(signals: Reading, exponent: float, rare: float = 0.0) -> NDArray[np.float32]:
    """Say how much each product counts: (raters + rare) to the minus exponent."""
    import numpy as np

    raters = np.maximum(signals.raters + rare, 1.0).astype(np.float32)
    made: NDArray[np.float32] = raters ** np.float32(-exponent)
    return made


def best(scores: Floats, k: int) -> NDArray[np.int64]:
    """Give the places of the k largest scores, of equal ones the earlier; never minus infinity."""
    import numpy as np

    open_ = np.flatnonzero(scores > -np.inf)
    if len(open_) > 4 * k:
        border = np.partition(scores[open_], len(open_) - k)[len(open_) - k]
        open_ = open_[scores[open_] >= border]
    return open_[np.lexsort((open_, -scores[open_]))][:k]
