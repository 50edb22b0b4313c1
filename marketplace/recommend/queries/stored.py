"""The stored list of a person: what serves when the model fails or takes too long."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, overload

from sqlalchemy import BigInteger, and_, bindparam, cast, literal, null, or_, select, union_all

from marketplace.foundation.database import read
from marketplace.recommend.models import SignalClock, SuggestionRow, TasteChange
from marketplace.recommend.queries.offer import Left, still_on_sale

SHAPE = 1
"""Of what is written; another one makes older rows useless."""
TOLD = 3
"""Speakers of each thing that are stored one by one; of the others their number and sum."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody who speaks for a product: summand of the score, agreement with the viewer.

    `person_id` None means that they may not be named.
    """

    person_id: int | None
    weight: float
    same: int
    common: int


class Speakers(Sequence[Peer]):
    """Who speaks for a product; found out when somebody looks."""

    def __init__(self, find: Callable[[], Sequence[Peer]]) -> None:
        self._find = find
        self._found: Sequence[Peer] | None = None

    def _all(self) -> Sequence[Peer]:
        if self._found is None:
            self._found = self._find()
        return self._found

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, at: int) -> Peer: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Peer]: ...
    def __getitem__(self, at: int | slice) -> Peer | Sequence[Peer]:
        return self._all()[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A product with its score and the parts it is made of; shares 0..1."""

    product_id: int
    score: float
    taste_share: float
    trust_share: float
    pop_share: float
    from_ties: bool
    k: int
    n: int
    peers: Sequence[Peer]
    again: bool = False


def signature() -> str:
    """What a stored list depends on beside the signals: the parameters and the shape of the row."""
    from marketplace.recommend.rules.community import STANDARD

    return sha256(json.dumps([SHAPE, asdict(STANDARD)]).encode()).hexdigest()[:16]


def packed(things: Sequence[Reckoned]) -> str:
    """Things with the parts of their score and who speaks for them, as text."""
    return json.dumps([_packed(one) for one in things], separators=(",", ":"))


def _packed(one: Reckoned) -> list[Any]:
    parts = (one.score, one.taste_share, one.trust_share, one.pop_share)
    told, rest = one.peers[:TOLD], one.peers[TOLD:]
    return [one.product_id, *(round(part, 6) for part in parts), int(one.from_ties),
            [[p.person_id, round(p.weight, 6), p.same, p.common] for p in told],
            len(rest), round(sum(p.weight for p in rest), 6)]


def unpacked(text: str, rows: Mapping[int, Any], left: Left | None) -> list[Reckoned]:
    """The things of a text that are on sale (`rows`), with today's counts."""
    made = []
    for product_id, score, taste, trust, pop, ties, told, others, weight in json.loads(text):
        if product_id in rows:
            peers = [Peer(*one) for one in told]
            peers += [Peer(None, weight / max(others, 1), 0, 0)] * others
            made.append(Reckoned(product_id, score, taste, trust, pop, bool(ties),
                                 rows[product_id].k, rows[product_id].n, peers,
                                 left is not None and product_id in left.again))
    return made


def stored(person_id: int, left: Left | None) -> Sequence[Reckoned]:
    """A person's stored list without what is left out; nothing where it may not be used.

    It may not after a change of one's own standing, follows, trusts or blocks, nor after one of
    whose evidence is in it withdrew it, objected or left. Loads: 2 statements.
    """
    text = _usable(read(_asked, me=person_id, signature=signature()))
    if text is None:
        return []
    rows = still_on_sale([thing[0] for thing in json.loads(text)])
    shown = {i: row for i, row in rows.items() if left is None or left.shows(i, row.age_class)}
    return arranged(unpacked(text, shown, left), shown)


def _usable(rows: Sequence[Any]) -> str | None:
    """The text of the row among these, unless one of the changes after it speaks against it."""
    row = next((one for one in rows if one.what == "row"), None)
    if row is None:
        return None
    gone = {one.person_id for one in rows if one.what != "row"}
    return None if None in gone or gone & {row.person_id, *json.loads(row.peers)} else row.things


def _statement() -> Any:
    """The row, unless the log does not reach back to it, and what changed after it."""
    mine = and_(SuggestionRow.person_id == bindparam("me"),
                SuggestionRow.signature == bindparam("signature"))
    row = (select(literal("row").label("what"), SuggestionRow.person_id.label("person_id"),
                  SuggestionRow.things.label("things"), SuggestionRow.peers.label("peers"))
           .join(SignalClock, SignalClock.logged_after <= SuggestionRow.stamp).where(mine))
    hers = TasteChange.person_id == SuggestionRow.person_id
    later = (select(TasteChange.what, cast(TasteChange.person_id, BigInteger), null(), null())
             .join(SuggestionRow, TasteChange.stamp > SuggestionRow.stamp)
             .where(mine, or_(hers, TasteChange.what != "follows")))
    return union_all(row, later)


_asked = _statement()


def arranged(made: Sequence[Reckoned], scores: Mapping[int, Any]) -> Sequence[Reckoned]:
    """At most three of one producer among twelve."""
    from marketplace.recommend.rules.arrangement import few_of_each

    order = few_of_each([r.product_id for r in made],
                        {i: row.producer_id for i, row in scores.items()})
    by_id = {r.product_id: r for r in made}
    return [by_id[i] for i in order]
