"""The community score: what peers, trusted people and all buyers say, each summand by name."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.recommend.rules.arrays import Signals
from marketplace.recommend.rules.follows import EVERYTHING, TRUST, Follows, Voter
from marketplace.recommend.rules.ridge import peer_weights
from marketplace.recommend.rules.rows import Reading, Rows
from marketplace.recommend.rules.signals import LIKED_FROM
from marketplace.recommend.rules.suggestion import (
    STANDARD,
    Heard,
    Settings,
    Suggestion,
    Summand,
    Summands,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["STANDARD", "Settings", "Suggestion", "Summand", "TasteModel"]

VERDICT_BOUNDS = (0.7, 1.2)


class TasteModel:
    """Suggestions for one person from the raw signals and follows; nothing is trained.

    The arrays are shared by the process; `signals.put` and `follows.follow` count at once. Each
    answer is made from one reading of them. subjects: product -> subject, for trust in a subject.
    """

    def __init__(
        self,
        signals: Signals,
        follows: Follows | None = None,
        *,
        subjects: Mapping[Hashable, Hashable] | None = None,
        settings: Settings = STANDARD,
    ) -> None:
        self.signals = signals
        self.follows = follows or Follows()
        self.subjects = subjects or {}
        self.settings = settings

    def look(self) -> Look:
        """Take all signals of this moment to answer from."""
        return Look(self.signals.reading(), self.follows, self.subjects, self.settings)

    def suggest(
        self,
        person: Hashable,
        k: int = 20,
        *,
        verdicts: Mapping[Hashable, float] | None = None,
        without: Collection[Hashable] = (),
        explain: bool = True,
    ) -> list[Suggestion]:
        """Give the best k products for a person, as `Look.suggest` does."""
        return self.look().suggest(person, k, verdicts=verdicts, without=without, explain=explain)

    def agreement(self, one: Hashable, other: Hashable) -> tuple[int, int]:
        """Count on how many common products two people agree: (agreed, common)."""
        return self.look().agreement(one, other)

    def goes_with(self, product: Hashable, k: int = 10) -> list[tuple[Hashable, float]]:
        """Name the products liked by the same people, by cosine 0..1; for "goes with X"."""
        return self.look().goes_with(product, k)

    def peers(self, place: int) -> NDArray[np.int32]:
        """Choose the peers of the person at a place, as `Look.peers` does."""
        return self.look().peers(place)


@dataclass(frozen=True, slots=True)
class Look:
    """Answers out of one moment of the signals."""

    signals: Reading
    follows: Follows
    subjects: Mapping[Hashable, Hashable]
    settings: Settings

    def suggest(
        self,
        person: Hashable,
        k: int = 20,
        *,
        verdicts: Mapping[Hashable, float] | None = None,
        without: Collection[Hashable] = (),
        explain: bool = True,
    ) -> list[Suggestion]:
        """Give the best k products for a person, never one she has a signal of.

        verdicts: product -> 10 % quantile divided by its category's mean, kept in 0.7..1.2;
        without: products not to be offered. Equal scores stand in the order of the arrays.
        """
        import numpy as np

        place = self.signals.people.places.get(person, len(self.signals.people))
        own = self.signals.row(place)[0]
        taste = self.taste(place)
        trust, everybody = self._trust_and_everybody(person, len(own))
        factors = self._factors(verdicts)
        scores = (taste.total + trust.total + everybody) * factors
        scores[own] = -np.inf
        scores[self._places(without)] = -np.inf
        heard = (taste, trust) if explain else ()
        return [
            self._suggestion(int(i), taste, trust, everybody, float(factors[i]), heard)
            for i in _best(scores, k)
        ]

    def peers(self, place: int) -> NDArray[np.int32]:
        """Choose those with the largest overlap, divided by how much they rated."""
        import numpy as np

        products, values = self.signals.row(place)
        size = len(self.signals.people)
        columns = self.signals.columns(products)
        worth = np.repeat(values * self._scale(self.settings.overlap)[products] ** 2,
                          np.diff(columns.starts))  # fmt: skip
        overlap = np.bincount(columns.numbers, worth * columns.values, size)
        common = np.bincount(columns.numbers, minlength=size)
        found = np.flatnonzero(common >= min(self.settings.shared, len(products)))
        found = found[(found != place) & (common[found] > 0)]
        found = found[self.signals.standing.speaks(found)]
        rank = overlap[found] / self.signals.activity[found] ** self.settings.norm
        return np.sort(found[_best(rank, self.settings.peers)]).astype(np.int32)

    def taste(self, place: int) -> Heard:
        """Say what the peers of a person like, weighed by ridge; the largest total is 1."""
        import numpy as np

        own = np.zeros(len(self.signals.products))
        products, values = self.signals.row(place)
        scale = self._scale(self.settings.overlap)
        own[products] = values * scale[products]
        people = self.peers(place)
        rows = self.signals.rows(people)
        weights = peer_weights(rows, scale, own, self.settings.damping, self.settings.steps)
        return self._heard(people, rows, np.repeat(weights, np.diff(rows.starts)), 1.0)

    def _heard(self, people: NDArray[np.int32], rows: Rows, weights: Floats, say: float) -> Heard:
        import numpy as np

        spread = self._scale(self.settings.spread)
        summands = weights * rows.values * spread[rows.numbers]
        total = np.bincount(rows.numbers, summands, len(spread)).astype(np.float64)
        top = float(np.abs(total).max(initial=0.0))
        part = say / top if top > 0 else 0.0
        return Heard(people, rows, summands * part, total * part)

    def _trust_and_everybody(self, person: Hashable, own: int) -> tuple[Heard, Floats]:
        import numpy as np

        settings, follows = self.settings, self.follows.count(person)
        rho = follows / (follows + settings.follows_half)
        trust_say = rho * settings.trust_ratings / (settings.trust_ratings + own)
        say = (1 - rho) * (settings.verdict_ratings / (settings.verdict_ratings + own)) ** 2
        votes = np.maximum(self.signals.popularity, 0.0)
        top = float(votes.max(initial=0.0))
        return self.trust(person, trust_say), votes * (say / top if top > 0 else 0.0)

    def trust(self, person: Hashable, say: float) -> Heard:
        """Say what those like whom a person follows or trusts; the largest total is `say`."""
        import numpy as np

        places = self.signals.people.places
        voters = [v for v in self.follows.voters(person) if v.person in places]
        people = np.array([places[v.person] for v in voters], np.int32)
        rows = self.signals.rows(people)
        lengths = np.diff(rows.starts)
        weights = np.repeat([v.weight for v in voters], lengths).astype(np.float64)
        for at, voter in enumerate(voters):
            if voter.subjects:
                part = slice(int(rows.starts[at]), int(rows.starts[at + 1]))
                weights[part] += TRUST * self._in_subjects(rows.numbers[part], voter)
        weights /= np.repeat(np.maximum(lengths, 1), lengths) ** self.settings.vote
        return self._heard(people, rows, weights, say)

    def _in_subjects(self, products: NDArray[np.int32], voter: Voter) -> NDArray[np.bool_]:
        import numpy as np

        if EVERYTHING in voter.subjects:
            return np.ones(len(products), np.bool_)
        ids = self.signals.products.ids
        return np.array([self.subjects.get(ids[p]) in voter.subjects for p in products], np.bool_)

    def _scale(self, exponent: float) -> Floats:
        import numpy as np

        raters = np.maximum(self.signals.raters, 1.0)
        scale: Floats = raters**-exponent
        return scale

    def _places(self, products: Collection[Hashable]) -> list[int]:
        find = self.signals.products.find
        return [place for p in products if (place := find(p)) is not None]

    def _factors(self, verdicts: Mapping[Hashable, float] | None) -> Floats:
        import numpy as np

        made = np.ones(len(self.signals.products))
        low, high = VERDICT_BOUNDS
        for product, factor in (verdicts or {}).items():
            place = self.signals.products.find(product)
            if place is not None:
                made[place] = min(max(factor, low), high)
        return made

    def _suggestion(
        self,
        i: int,
        taste: Heard,
        trust: Heard,
        everybody: Floats,
        factor: float,
        heard: Sequence[Heard],
    ) -> Suggestion:
        product = self.signals.products.ids[i]
        said, trusted, all_ = (float(x[i]) * factor for x in (taste.total, trust.total, everybody))
        named: list[Sequence[Summand]] = [self._named(one, i, factor) for one in heard]
        return Suggestion(product, said + trusted + all_, said, trusted, all_, *(named or [(), ()]))

    def _named(self, heard: Heard, i: int, factor: float) -> Summands:
        import numpy as np

        where = np.flatnonzero(heard.rows.numbers == i)
        who = np.searchsorted(heard.rows.starts, where, side="right") - 1
        return Summands(self.signals.people.ids, heard.people[who], heard.summands[where] * factor)

    def agreement(self, one: Hashable, other: Hashable) -> tuple[int, int]:
        """Count on how many common products two people agree: (agreed, common)."""
        import numpy as np

        places, absent = self.signals.people.places, len(self.signals.people)
        first, liked = self.signals.row(places.get(one, absent))
        second, liked_too = self.signals.row(places.get(other, absent))
        common, a, b = np.intersect1d(first, second, assume_unique=True, return_indices=True)
        same = is_liked_all(liked[a]) == is_liked_all(liked_too[b])
        return int(same.sum()), len(common)

    def goes_with(self, product: Hashable, k: int = 10) -> list[tuple[Hashable, float]]:
        """Name the products liked by the same people, by cosine 0..1; for "goes with X"."""
        import numpy as np

        place = self.signals.products.find(product)
        if place is None:
            return []
        people, values = self.signals.column(place)
        speaks = self.signals.standing.speaks(people)
        people, values = people[speaks], values[speaks]
        rows = self.signals.rows(people)
        worth = np.repeat(values, np.diff(rows.starts)) * rows.values
        likeness = np.bincount(rows.numbers, worth, len(self.signals.products)).astype(np.float64)
        raters = np.maximum(self.signals.raters, 1.0)
        likeness /= raters**0.5 * max(float(raters[place]), 1.0) ** 0.5
        likeness[place] = 0.0
        ids = self.signals.products.ids
        return [(ids[i], float(likeness[i])) for i in _best(likeness, k) if likeness[i] > 0]


def is_liked_all(values: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Tell of each signal whether it says that a thing was liked."""
    return values >= LIKED_FROM


def _best(scores: Floats, k: int) -> NDArray[np.int64]:
    """Give the places of the k largest scores, of equal ones the earlier; never minus infinity."""
    import numpy as np

    open_ = np.flatnonzero(scores > -np.inf)
    if len(open_) > 4 * k:
        border = np.partition(scores[open_], len(open_) - k)[len(open_) - k]
        open_ = open_[scores[open_] >= border]
    return open_[np.lexsort((open_, -scores[open_]))][:k]
