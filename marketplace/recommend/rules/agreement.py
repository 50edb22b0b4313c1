"""On how many common products people gave the same answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from marketplace.recommend.rules.signals import LIKED_FROM

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from marketplace.recommend.rules.rows import Reading


def agreeing(signals: Reading, one: Hashable) -> Callable[[Hashable], tuple[int, int]]:
    """Give what counts, of others, on how many common products they agree with a person."""
    import numpy as np

    places, absent = signals.people.places, len(signals.people)
    mine = _answers(signals, one)

    def count(other: Hashable) -> tuple[int, int]:
        theirs, said = signals.row(places.get(other, absent))
        known = mine[theirs]
        same = known == (said >= LIKED_FROM)
        return int(np.count_nonzero(same)), int(np.count_nonzero(known >= 0))

    return count


def agreements(signals: Reading, one: Hashable, places: NDArray[np.int32]) -> list[tuple[int, int]]:
    """Count for everybody at these places at once: the agreed and the common products of each."""
    import numpy as np

    rows = signals.rows(places)
    whose = np.repeat(np.arange(len(places)), np.diff(rows.starts))
    known = _answers(signals, one)[rows.numbers]
    same = known == (rows.values >= LIKED_FROM)
    counts = (np.bincount(whose[of], minlength=len(places)).tolist() for of in (same, known >= 0))
    return list(zip(*counts, strict=True))


def _answers(signals: Reading, one: Hashable) -> NDArray[np.int8]:
    """What a person said of every product: 1 liked, 0 not, -1 nothing."""
    import numpy as np

    products, values = signals.row(signals.people.places.get(one, len(signals.people)))
    mine = np.full(len(signals.products), -1, np.int8)
    mine[products] = values >= LIKED_FROM
    return mine
