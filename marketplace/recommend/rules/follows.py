"""Whom a person follows or trusts, and how much their votes count for her."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from marketplace.recommend.rules.ties import TieRows, Ties

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

    def voters(self, person: Hashable) -> list[Voter]:
        """Give those whose votes count for a person, the strongest first, at most 500.

        Followed 1; trusted 2 in the subject; those they follow together a half, shared by how
        many one follows oneself.
        """
        follows, trusts = self._follows.get(person, {}), self._trusts.get(person, {})
        near = set(follows) | set(trusts)
        weights = {one: FOLLOW if one in follows else 0.0 for one in near}
        for one in near:
            for other in self._follows.get(one, ()):
                if other != person:
                    more = SECOND_HAND / len(near)
                    weights[other] = weights.get(other, 0.0) + more
        found = [Voter(p, w, frozenset(trusts.get(p, ()))) for p, w in weights.items()]
        return sorted(found, key=lambda v: (-v.weight - bool(v.subjects), str(v.person)))[
            :MOST_VOTERS
        ]


def _put(rows: dict[Hashable, Value], person: Hashable, row: Value) -> None:
    if row:
        rows[person] = row
    else:
        rows.pop(person, None)
