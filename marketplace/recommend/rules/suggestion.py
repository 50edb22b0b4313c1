"""What a suggestion is made of: the parameters in force, the summands, and their sum."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Settings:
    """The parameters in force, as `/ranking` prints them.

    peers: how many are compared at most, beside those one follows; norm: exponent by which those
    who rated much are chosen less; overlap: exponent by which common products, and people followed
    in common, count less the more have them; ties: what following the same person counts beside a
    common product; damping, steps: of the ridge; spread: exponent by which products that
    (raters + rare) people have count less in what people like, half of it at spread_ratings own
    ratings; trust_ratings, verdict_ratings: how many own ratings halve the say of trusted people,
    and of all buyers; follows_half: how many followed people give trust half of its say; vote:
    exponent by which a voter with many votes counts less in each.
    """

    peers: int = 2000
    norm: float = 0.5
    overlap: float = 0.25
    ties: float = 0.3
    damping: float = 30.0
    steps: int = 5
    spread: float = 0.25
    spread_ratings: float = 3.0
    rare: float = 5.0
    trust_ratings: float = 1.0
    verdict_ratings: float = 2.0
    follows_half: float = 1.0
    vote: float = 0.5


STANDARD = Settings()


class Summand(NamedTuple):
    """What one person's signal adds to a score."""

    person: Hashable
    value: float


class Summands(Sequence[Summand]):
    """Summands with the largest first, of one person given twice the sum; sorted when asked for.

    liked: of each, whether the person likes the product.
    """

    def __init__(
        self,
        ids: Sequence[Hashable],
        people: NDArray[np.int32],
        values: Floats,
        liked: NDArray[np.bool_] | None = None,
    ) -> None:
        self._ids, self._given, self._liked = ids, (people, values), liked
        self._sorted: tuple[NDArray[np.int32], Floats] | None = None

    def _order(self) -> tuple[NDArray[np.int32], Floats]:
        if self._sorted is None:
            people, values, _ = self._summed()
            order = _largest_first(people, values)
            self._sorted = people[order], values[order]
        return self._sorted

    def _summed(self) -> tuple[NDArray[np.int32], Floats, NDArray[np.bool_] | None]:
        """Each person once."""
        import numpy as np

        people, values = self._given
        if np.all(people[1:] > people[:-1]):
            return people, values, self._liked
        found, first, where = np.unique(people, return_index=True, return_inverse=True)
        summed = np.bincount(where, values, len(found)).astype(np.float64)
        return found, summed, self._liked[first] if self._liked is not None else None

    def liking(self, most: int) -> list[Summand]:
        """Name at most so many of those who speak for the product and like it, the largest first.

        Where it is not known who likes it, those who speak for it.
        """
        people, values, liked = self._summed()
        speaks = values > 0 if liked is None else (values > 0) & liked
        people, values = people[speaks], values[speaks]
        order = _largest_first(people, values)[:most]
        return [Summand(self._ids[one], value) for one, value in zip(
            people[order].tolist(), values[order].tolist(), strict=True)]

    def __len__(self) -> int:
        return len(self._order()[0])

    @overload
    def __getitem__(self, at: int) -> Summand: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Summand, ...]: ...
    def __getitem__(self, at: int | slice) -> Summand | tuple[Summand, ...]:
        if isinstance(at, slice):
            return tuple(self[i] for i in range(*at.indices(len(self))))
        people, values = self._order()
        return Summand(self._ids[people[at]], float(values[at]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def _largest_first(people: NDArray[np.int32], values: Floats) -> NDArray[np.int64]:
    import numpy as np

    return np.lexsort((people, -values))


def liking(said: Sequence[Summand], most: int) -> list[Summand]:
    """Name at most so many of those who speak for a product and like it, the largest first."""
    if isinstance(said, Summands):
        return said.liking(most)
    return [one for one in said if one.value > 0][:most]


@dataclass(frozen=True)
class Suggestion:
    """One suggested product: score = (taste + trust + everybody), each part a sum of summands.

    peers and trusted: all summands, the largest first; they add up to taste and trust.
    """

    product: Hashable
    score: float
    taste: float
    trust: float
    everybody: float
    peers: Sequence[Summand] = ()
    trusted: Sequence[Summand] = ()

    @property
    def taste_share(self) -> float:
        """Say how much of the score comes from peers, 0..1."""
        return self.taste / self.score if self.score > 0 else 0.0
