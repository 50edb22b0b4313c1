"""What a suggestion is made of: the parameters in force, the summands, and their sum."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, overload

from marketplace.recommend.rules.arrays import Rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Settings:
    """The parameters in force, as `/ranking` prints them.

    overlap, spread: exponents by which common products count less when comparing people, and
    when adding up what peers like; damping: of the ridge; trust_ratings, verdict_ratings: how
    many own ratings halve the say of trusted people, and of all buyers; follows_half: how many
    followed people give trust half of its say.
    """

    peers: int = 1000
    shared: int = 2
    overlap: float = 0.25
    spread: float = 0.2
    damping: float = 30.0
    steps: int = 12
    trust_ratings: float = 4.0
    verdict_ratings: float = 1.0
    follows_half: float = 1.0
    vote: float = 0.5
    norm: float = 0.5


STANDARD = Settings()


class Summand(NamedTuple):
    """What one person's signal adds to a score."""

    person: Hashable
    value: float


class Summands(Sequence[Summand]):
    """Summands with the largest first; a person's name is looked up when it is asked for."""

    def __init__(self, ids: Sequence[Hashable], people: NDArray[np.int32], values: Floats) -> None:
        import numpy as np

        order = np.lexsort((people, -values))
        self._ids, self._people, self._values = ids, people[order], values[order]

    def __len__(self) -> int:
        return len(self._people)

    @overload
    def __getitem__(self, at: int) -> Summand: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Summand, ...]: ...
    def __getitem__(self, at: int | slice) -> Summand | tuple[Summand, ...]:
        if isinstance(at, slice):
            return tuple(self[i] for i in range(*at.indices(len(self))))
        return Summand(self._ids[self._people[at]], float(self._values[at]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


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


@dataclass(frozen=True)
class Heard:
    """People's rows with what each entry adds to a product, and the totals per product."""

    people: NDArray[np.int32]
    rows: Rows
    summands: Floats
    total: Floats
