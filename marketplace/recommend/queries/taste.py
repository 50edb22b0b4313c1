"""A person's list out of raw signals, follows and verdicts, with every summand named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from marketplace.recommend.queries.arrays import Kept, kept
from marketplace.recommend.queries.offer import Left, left_out, on_sale, still_on_sale

if TYPE_CHECKING:
    from marketplace.recommend.rules.community import Suggestion as Scored

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


def reckon(person_id: int, people_only: bool = False, everything: bool = False,
           left: Left | None = None) -> Sequence[Reckoned]:
    """A person's list, best first, at most 60; everything: also what is left out otherwise.

    `left`: what is left out, where that is known already.

    Nothing for somebody who objected. Loads: 2 statements once the arrays are in memory, and one
    every ten seconds.
    """
    left = left or left_out(person_id)
    found = kept(left.clock)
    if found.objects(person_id):
        return []
    offers, hidden = on_sale(), left.blocked
    compared = found.matches(person_id) or person_id not in found.model.signals.people.places
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
