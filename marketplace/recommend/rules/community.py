"""The community score: what peers, trusted people and all buyers say, each summand by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.recommend.rules.agreement import agreeing
from marketplace.recommend.rules.arrays import Signals
from marketplace.recommend.rules.follows import EVERYTHING, TRUST, Follows
from marketplace.recommend.rules.hearing import Heard, nobody, of
from marketplace.recommend.rules.patience import Patience
from marketplace.recommend.rules.peers import Viewer, best, scale
from marketplace.recommend.rules.ridge import peer_weights
from marketplace.recommend.rules.rows import Reading, Rows
from marketplace.recommend.rules.shelf import Offer
from marketplace.recommend.rules.shelf import factors as made_factors
from marketplace.recommend.rules.signals import likings
from marketplace.recommend.rules.suggestion import (
    STANDARD,
    Settings,
    Suggestion,
    Summand,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Worth = NDArray[np.float32]

__all__ = ["STANDARD", "Settings", "Suggestion", "Summand", "TasteModel"]

def _go_on() -> None:
    """Nobody waits."""


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
        compared: bool = True,
        patience: Patience | None = None,
    ) -> list[Suggestion]:
        """Give the best k products for a person, as `Look.suggest` does."""
        return self.look().suggest(person, k, verdicts=verdicts, without=without, explain=explain,
                                   compared=compared, patience=patience)

    def agreement(self, one: Hashable, other: Hashable) -> tuple[int, int]:
        """Count on how many common products two people agree: (agreed, common)."""
        return self.look().agreement(one, other)

    def goes_with(self, product: Hashable, k: int = 10) -> list[tuple[Hashable, float]]:
        """Name the products liked by the same people, by cosine 0..1; for "goes with X"."""
        return self.look().goes_with(product, k)

    def peers(self, person: Hashable) -> NDArray[np.int32]:
        """Choose the peers of a person, as `Viewer.peers` does."""
        return self.look().viewer(person).peers()


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
        compared: bool = True,
        patience: Patience | None = None,
        offer: Offer | None = None,
    ) -> list[Suggestion]:
        """Give the best k products for a person, never one she has a signal of.

        verdicts: product -> 10 % quantile divided by its category's mean, kept in 0.7..1.2;
        without: products not to be offered; offer: both laid out before; compared: her own signals
        may choose peers; patience: looked at between the steps. Equal scores stand in the order of
        the arrays. Raises TooSlow.
        """
        import numpy as np

        check = patience.check if patience is not None else _go_on
        viewer = self.viewer(person, compared)
        own = viewer.own()[0]
        taste, near = self.taste(viewer, check)
        votes, everybody = self._votes_and_everybody(person, len(own))
        check()
        trust = near.beside(votes)
        factors = offer.factors if offer else made_factors(self.signals.products, verdicts or {})
        scores = (taste.total + trust.total + everybody) * factors
        scores[own] = -np.inf
        scores[self._places(without)] = -np.inf
        if offer:
            scores[offer.out] = -np.inf
        return self._suggestions(best(scores, k), taste, trust, everybody, factors, explain)

    def viewer(self, person: Hashable, compared: bool = True) -> Viewer:
        """Take the signals and follows of a person; not compared: as if without signals."""
        absent = len(self.signals.people)
        place = self.signals.people.places.get(person, absent) if compared else absent
        return Viewer(person, place, self.signals, self.follows, self.settings)

    def taste(
        self, viewer: Viewer, check: Callable[[], None] = _go_on
    ) -> tuple[Heard, Heard]:
        """Say what the peers of a person like, weighed by ridge: others, and whom she follows.

        The largest total of both together is 1. check: asked between the steps.
        """
        import numpy as np

        check()
        people = viewer.peers()
        check()
        rows = self.signals.rows(people)
        by = [viewer.by_products(rows), *viewer.by_follows(people)]
        check()
        weights = peer_weights(by, self.settings.damping, self.settings.steps)
        check()
        weights = np.repeat(weights, np.diff(rows.starts))
        heard = self._heard(people, rows, weights, 1.0, self._worth(len(viewer.own()[0])))
        close = np.zeros(len(self.signals.people), np.bool_)
        close[viewer.followed()] = True
        near, others = heard.parts(close[people])
        return others, near

    def _worth(self, own: int) -> Worth:
        """Say what a product counts in what people like, for somebody with that many ratings."""
        settings = self.settings
        spread = settings.spread * own / (own + settings.spread_ratings)
        return scale(self.signals, spread, settings.rare)

    def _heard(
        self, people: NDArray[np.int32], rows: Rows, weights: Floats, say: float, worth: Worth
    ) -> Heard:
        """Add up what people like, each times a weight; the largest total is `say`."""
        import numpy as np

        summands = weights * (likings(rows.values) * worth.take(rows.numbers))
        heard = of(people, rows, summands, len(worth))
        top = float(np.abs(heard.total).max(initial=0.0))
        part = say / top if top > 0 else 0.0
        return Heard(people, rows, heard.summands * part, heard.total * part)

    def _votes_and_everybody(self, person: Hashable, own: int) -> tuple[Heard, Floats]:
        import numpy as np

        settings, follows = self.settings, self.follows.count(person)
        rho = follows / (follows + settings.follows_half)
        trust_say = rho * settings.trust_ratings / (settings.trust_ratings + own)
        say = (1 - rho) * (settings.verdict_ratings / (settings.verdict_ratings + own)) ** 2
        votes = np.maximum(self.signals.popularity, 0.0)
        top = float(votes.max(initial=0.0))
        trust = self.trust(person, trust_say, self._worth(own))
        return trust, votes * (say / top if top > 0 else 0.0)

    def trust(self, person: Hashable, say: float, worth: Worth) -> Heard:
        """Say what those like whom a person follows or trusts; the largest total is `say`."""
        import numpy as np

        find, given = self.signals.people.find, self.follows.votes(person)
        voters = [(place, one) for one in given if (place := find(one)) is not None]
        if not voters:
            return nobody(len(worth))
        people = np.array([place for place, _ in voters], np.int32)
        rows = self.signals.rows(people)
        lengths = np.diff(rows.starts)
        weights = np.repeat([given[one] for _, one in voters], lengths)
        trusted = self.follows.trusted(person)
        for at, (_, one) in enumerate(voters):
            if one in trusted:
                part = slice(int(rows.starts[at]), int(rows.starts[at + 1]))
                weights[part] += TRUST * self._in_subjects(rows.numbers[part], trusted[one])
        weights /= np.repeat(np.maximum(lengths, 1) ** self.settings.vote, lengths)
        return self._heard(people, rows, weights, say, worth)

    def _in_subjects(
        self, products: NDArray[np.int32], subjects: Collection[Hashable]
    ) -> NDArray[np.bool_]:
        import numpy as np

        if EVERYTHING in subjects:
            return np.ones(len(products), np.bool_)
        ids = self.signals.products.ids
        return np.array([self.subjects.get(ids[p]) in subjects for p in products], np.bool_)

    def _places(self, products: Collection[Hashable]) -> list[int]:
        find = self.signals.products.find
        return [place for p in products if (place := find(p)) is not None]

    def _suggestions(
        self,
        chosen: NDArray[np.int64],
        taste: Heard,
        trust: Heard,
        everybody: Floats,
        factors: Floats,
        explain: bool,
    ) -> list[Suggestion]:
        ids, products = self.signals.people.ids, self.signals.products.ids
        silent: list[Sequence[Summand]] = [()] * len(chosen)
        peers, trusted = (
            heard.named(chosen, factors, ids) if explain else silent for heard in (taste, trust))
        made = []
        for at, i in enumerate(chosen.tolist()):
            liked, close, wanted = (
                float(x[i] * factors[i]) for x in (taste.total, trust.total, everybody))
            made.append(Suggestion(products[i], liked + close + wanted, liked, close, wanted,
                                   peers[at], trusted[at]))
        return made

    def agreement(self, one: Hashable, other: Hashable) -> tuple[int, int]:
        """Count on how many common products two people agree: (agreed, common)."""
        return agreeing(self.signals, one)(other)

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
        return [(ids[i], float(likeness[i])) for i in best(likeness, k) if likeness[i] > 0]
