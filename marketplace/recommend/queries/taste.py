"""A person's list out of raw signals, follows and verdicts, with every summand named.

The arrays are kept in the process and grown by what changed since; each look asks one row for the
number of the newest change, so an answer counts in the next request of every process.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from flask import current_app
from sqlalchemy import select

from marketplace.catalog.models import Category, Product
from marketplace.foundation.database import db
from marketplace.orders.queries.received import buyers
from marketplace.people.models import Follow, Trust
from marketplace.recommend.models import Signal, SignalClock
from marketplace.recommend.queries.offer import Left, left_out, on_sale, still_on_sale
from marketplace.recommend.queries.willing import Willing, willing

if TYPE_CHECKING:
    from marketplace.recommend.rules.community import Suggestion as Scored
    from marketplace.recommend.rules.community import TasteModel

MOST_SUGGESTED, MOST_COMPARED = 60, 3


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody who speaks for a product: summand of the score, agreement with the viewer.

    `person_id` None means that they may not be named.
    """

    person_id: int | None
    weight: float
    same: int
    common: int


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


@dataclass(frozen=True, slots=True)
class Agreement:
    """On how many of their common products two people gave the same answer."""

    same: int
    common: int


@dataclass(slots=True)
class Kept:
    """The arrays of one process and what they know of."""

    model: TasteModel
    stamp: int
    ties: int
    willing: Willing
    matched: frozenset[Any]

    def objects(self, person_id: int) -> bool:
        """Whether nothing may be computed of a person."""
        return person_id in self.willing.silent


_lock = threading.Lock()


def kept() -> Kept:
    """The arrays, brought up to date. Loads: 1 statement, more only after changes."""
    clock = db.session.execute(select(SignalClock.stamp, SignalClock.ties)).first()
    stamp, ties = (clock.stamp, clock.ties) if clock else (0, 0)
    found: Kept | None = current_app.extensions.get("taste")
    if found is not None and found.ties == ties and found.stamp >= stamp:
        return found
    with _lock:
        found = current_app.extensions.get("taste")
        if found is None or found.ties != ties:
            found = _loaded(stamp, ties)
            current_app.extensions["taste"] = found
        elif found.stamp < stamp:
            _grow(found, stamp)
    return found


def _key(person_id: int | None, outside: str | None) -> Any:
    return person_id if person_id is not None else f"outside {outside}"


def _loaded(stamp: int, ties: int) -> Kept:
    """Everything from the tables. Loads: 9 statements."""
    from marketplace.recommend.rules.arrays import Signals
    from marketplace.recommend.rules.community import TasteModel

    rows = db.session.execute(
        select(Signal.person_id, Signal.outside_person, Signal.product_id, Signal.value,
               Signal.source).order_by(Signal.id)).all()
    people = [_key(r.person_id, r.outside_person) for r in rows]
    signals = Signals(people, [r.product_id for r in rows], [r.value for r in rows])
    may = willing()
    imported = {_key(r.person_id, r.outside_person) for r in rows if r.source == "imported"}
    matched = (may.compared | imported) - may.silent
    for person in set(people) - matched:
        signals.let_match(person, False)
    for person in set(people) - imported - buyers():
        signals.let_count(person, False)
    model = TasteModel(signals, _follows(), subjects=_subjects())
    return Kept(model, stamp, ties, may, frozenset(matched))


def _follows() -> Any:
    """Who follows and trusts whom. Loads: 2 statements."""
    from marketplace.recommend.rules.follows import Follows

    follows = Follows()
    for one, other in db.session.execute(select(Follow.follower_id, Follow.followed_id)):
        follows.follow(one, other)
    for one, other, subject in db.session.execute(
        select(Trust.truster_id, Trust.trusted_id, Trust.subject_id)
    ):
        follows.trust(one, other, subject)
    return follows


def _subjects() -> dict[Any, Any]:
    return dict(db.session.execute(
        select(Product.id, Category.subject_id)
        .join(Category, Category.id == Product.category_id)).all())


def _grow(found: Kept, stamp: int) -> None:
    """Take in the signals that changed since, all at once. Loads: 2 statements."""
    paid, signals = buyers(), found.model.signals
    rows = db.session.execute(
        select(Signal.person_id, Signal.outside_person, Signal.product_id, Signal.value)
        .where(Signal.stamp > found.stamp)).all()
    with signals.changing():
        for row in rows:
            person = _key(row.person_id, row.outside_person)
            fresh = person not in signals.people.places
            signals.put(person, row.product_id, row.value)
            if isinstance(person, int):
                signals.let_count(person, person in paid)
            if fresh and isinstance(person, int) and person not in found.matched:
                signals.let_match(person, False)
    found.stamp = stamp


def reckon(person_id: int, people_only: bool = False, everything: bool = False,
           left: Left | None = None) -> Sequence[Reckoned]:
    """A person's list, best first, at most 60; everything: also what is left out otherwise.

    `left`: what is left out, where that is known already.

    Nothing for somebody who objected. Loads: 4 statements once the arrays are in memory, and one
    every ten seconds.
    """
    found = kept()
    if found.objects(person_id):
        return []
    left = left or left_out(person_id)
    offers, hidden = on_sale(), left.blocked
    compared = person_id in found.matched or person_id not in found.model.signals.people.places
    own = set() if compared else set(_own_products(found, person_id))
    without = own if everything else own | left.hides(offers)
    unsold = found.model.signals.products.places.keys() - offers.producers.keys()
    listed = found.model.suggest(person_id, MOST_SUGGESTED, verdicts=offers.verdicts,
                                 without=without | unsold, compared=compared)
    about = About(found, person_id, hidden, left.again)
    now = still_on_sale([cast(int, s.product) for s in listed if s.score > 0])
    made = [about.reckoned(s, now[cast(int, s.product)]) for s in listed
            if s.score > 0 and s.product in now]
    return _arranged([r for r in made if r.trust_share > 0] if people_only else made, now)


def _arranged(made: Sequence[Reckoned], scores: Mapping[int, Any]) -> Sequence[Reckoned]:
    """At most three of one producer among twelve."""
    from marketplace.recommend.rules.arrangement import few_of_each

    order = few_of_each([r.product_id for r in made],
                        {i: row.producer_id for i, row in scores.items()})
    by_id = {r.product_id: r for r in made}
    return [by_id[i] for i in order]


def _own_products(found: Kept, person_id: int) -> list[Any]:
    signals = found.model.signals.reading()
    place = signals.people.places[person_id]
    return [signals.products.ids[i] for i in signals.row(place)[0].tolist()]


@dataclass(frozen=True, slots=True)
class About:
    """For whom a list is made, and whom it may not name: people blocked either way."""

    found: Kept
    me: int
    hidden: frozenset[int]
    again: frozenset[int]

    def reckoned(self, said: Scored, row: Any) -> Reckoned:
        """A scored product with its parts and those who speak for it."""
        whole = said.taste + said.trust + said.everybody

        def share(part: float) -> float:
            return part / whole if whole > 0 else 0.0

        ties = share(said.trust) > share(said.taste)
        summands = [one for one in (said.trusted if ties else said.peers)
                    if one.value > 0 and _likes(self.found, one.person, said.product)]
        peers = [self._peer(one.person, one.value, ties, place < MOST_COMPARED)
                 for place, one in enumerate(summands[:40])]
        return Reckoned(int(row.product_id), said.score, share(said.taste), share(said.trust),
                        share(said.everybody), ties, row.k, row.n, peers,
                        row.product_id in self.again)

    def _peer(self, person: Any, weight: float, ties: bool, compare: bool) -> Peer:
        """A speaker; compared with the viewer only where it will be said."""
        same, common = self.found.model.agreement(self.me, person) if compare else (0, 0)
        return Peer(person if self._may_name(person, ties) else None, weight, same, common)

    def _may_name(self, person: Any, ties: bool) -> bool:
        """Both agreed to be named; or it is one whom I follow, whose answers members may list."""
        named, discreet = self.found.willing.named, self.found.willing.discreet
        if not isinstance(person, int) or person in self.hidden:
            return False
        return (person in named and self.me in named) or (ties and person not in discreet)


def _likes(found: Kept, person: Any, product: Any) -> bool:
    """Whether somebody's own signal says that they liked the product."""
    from marketplace.recommend.rules.signals import is_liked

    signals = found.model.signals.reading()
    products, values = signals.row(signals.people.places[person])
    here = values[products == signals.products.places[product]]
    return bool(len(here)) and is_liked(float(here[0]))


def agreement(one: int, other: int) -> Agreement | None:
    """How two people agree, if both consented to be compared."""
    found = kept()
    if one not in found.willing.named or other not in found.willing.named:
        return None
    same, common = found.model.agreement(one, other)
    return Agreement(same, common)


def parameters() -> dict[str, float]:
    """The parameters of the community score in force, for `/ranking`."""
    from marketplace.recommend.rules.community import STANDARD

    return asdict(STANDARD)
