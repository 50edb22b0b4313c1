"""Whom a person follows or trusts, and how much their votes count for her."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from marketplace.recommend.rules.rows import Known
from marketplace.recommend.rules.ties import TieRows, Ties

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Value = TypeVar("Value", bound=Mapping[Hashable, object])

FOLLOW = 1.0
TRUST = 2.0
SECOND_HAND = 0.5
MOST_VOTERS = 500
EVERYTHING = ""


@dataclass(frozen=True)
class Voter:
    """Somebody whose votes count: weight for all products, or for those of some subjects more."""

    person: Hashable
    weight: float
    subjects: frozenset[Hashable] = frozenset()


class Follows:
    """Who follows whom, and who trusts whom in which subject; changes count at once.

    While others read, only `replace` may change it: it puts new rows in the place of old ones.
    """

    def __init__(self) -> None:
        self._follows: dict[Hashable, dict[Hashable, None]] = defaultdict(dict)
        self._trusts: dict[Hashable, dict[Hashable, set[Hashable]]] = defaultdict(dict)
        self._rows = TieRows(self._follows)

    def follow(self, person: Hashable, other: Hashable) -> None:
        """Count the other's votes once; oneself never."""
        if person != other:
            self._follows[person][other] = None
            self._rows.touch(person)

    def unfollow(self, person: Hashable, other: Hashable) -> None:
        """Count the other's votes no more as of a followed one."""
        self._follows[person].pop(other, None)
        self._rows.touch(person)

    def trust(self, person: Hashable, other: Hashable, subject: Hashable) -> None:
        """Count the other's votes twice in a subject."""
        if person != other:
            self._trusts[person].setdefault(other, set()).add(subject)

    def distrust(self, person: Hashable, other: Hashable, subject: Hashable) -> None:
        """Take trust in a subject back."""
        subjects = self._trusts[person].get(other, set())
        subjects.discard(subject)
        if not subjects:
            self._trusts[person].pop(other, None)

    def replace(
        self,
        person: Hashable,
        followed: Iterable[Hashable],
        trusts: Iterable[tuple[Hashable, Hashable]],
    ) -> None:
        """Let a person follow these and trust those, each (other, subject), and nobody else."""
        now: dict[Hashable, set[Hashable]] = {}
        for other, subject in trusts:
            now.setdefault(other, set()).add(subject)
        with self._rows.lock:
            _put(self._follows, person, dict.fromkeys(followed))
            _put(self._trusts, person, now)
            self._rows.touch(person)

    def forget(self, person: Hashable) -> None:
        """Forget a person in both directions."""
        self._follows.pop(person, None)
        self._trusts.pop(person, None)
        self._rows.touch(person)
        for follower, others in self._follows.items():
            if person in others:
                del others[person]
                self._rows.touch(follower)
        for trusted in self._trusts.values():
            trusted.pop(person, None)

    def count(self, person: Hashable) -> int:
        """Say how many people a person follows or trusts."""
        follows = self._follows.get(person, {})
        return len(set(follows) | set(self._trusts.get(person, {})))

    def followed(self, person: Hashable) -> frozenset[Hashable]:
        """Name those a person follows."""
        return frozenset(self._follows.get(person, ()))

    def ties(self) -> Ties:
        """Give whom each person follows as rows of numbers, of this moment."""
        return self._rows.look()

    def numbers(self, known: Known) -> NDArray[np.int32]:
        """Give the row of each known person among the ties, 0 of those who have none."""
        return self._rows.numbers(known)

    def trusted(self, person: Hashable) -> Mapping[Hashable, Collection[Hashable]]:
        """Name those a person trusts, with the subjects."""
        return self._trusts.get(person, {})

    def votes(self, person: Hashable) -> Mapping[Hashable, float]:
        """Say how much the votes of others count for a person, of at most 500, in any subject.

        Followed 1; those they follow together a half, shared by how many one follows oneself;
        trusted ones are among them, their subjects count `TRUST` more.
        """
        follows, trusts = self._follows.get(person, {}), self.trusted(person)
        near = set(follows) | set(trusts)
        weights = {one: FOLLOW if one in follows else 0.0 for one in near}
        more = SECOND_HAND / max(len(near), 1)
        for one in near:
            for other in self._follows.get(one, ()):
                weights[other] = weights.get(other, 0.0) + more
        weights.pop(person, None)
        if len(weights) <= MOST_VOTERS:
            return weights
        first = sorted(weights, key=lambda one: (-weights[one] - (one in trusts), str(one)))
        return {one: weights[one] for one in first[:MOST_VOTERS]}

    def voters(self, person: Hashable) -> list[Voter]:
        """Give those whose votes count for a person, the strongest first."""
        trusts = self.trusted(person)
        found = [Voter(p, w, frozenset(trusts.get(p, ()))) for p, w in self.votes(person).items()]
        return sorted(found, key=lambda v: (-v.weight - bool(v.subjects), str(v.person)))


def _put(rows: dict[Hashable, Value], person: Hashable, row: Value) -> None:
    if row:
        rows[person] = row
    else:
        rows.pop(person, None)
