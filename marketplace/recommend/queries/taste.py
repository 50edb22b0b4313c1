"""A person's list out of raw signals, follows and verdicts, with every summand named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from marketplace.recommend.queries.arrays import Kept, kept, or_else, patience_of_a_page
from marketplace.recommend.queries.offer import EVERYTHING, Left, left_out, on_sale, still_on_sale
from marketplace.recommend.queries.stored import Peer, Reckoned, Speakers, arranged, stored
from marketplace.recommend.queries.willing import blocked_with
from marketplace.recommend.rules.agreement import agreeing
from marketplace.recommend.rules.suggestion import Summand, liking

if TYPE_CHECKING:
    from marketplace.recommend.rules.community import Look
    from marketplace.recommend.rules.community import Suggestion as Scored
    from marketplace.recommend.rules.patience import Patience

MOST_SUGGESTED, MOST_STORED, MOST_SPEAKERS, MOST_COMPARED = 60, 200, 40, 3


@dataclass(frozen=True, slots=True)
class Agreement:
    """On how many of their common products two people gave the same answer."""

    same: int
    common: int


def reckon(person_id: int, people_only: bool = False, everything: bool = False,
           left: Left | None = None, patience: Patience | None = None) -> Sequence[Reckoned]:
    """A person's list, best first, at most 60; everything: also what is left out otherwise.

    `left`: what is left out, where that is known already. A model that fails or takes longer than
    `patience` leaves the list to the stored row; nothing where there is none that may be used.
    Nothing for somebody who objected. Loads: 2 statements once the arrays are in memory, and one
    every ten seconds; 3 with the stored row.
    """
    said = left or left_out(person_id)
    without = None if everything else said

    def computed() -> Sequence[Reckoned]:
        wait = patience or patience_of_a_page()
        return _computed(kept(wait, said.clock), person_id, without, said.blocked, wait)

    made = or_else(computed, lambda: stored(person_id, without))
    return [r for r in made if r.trust_share > 0] if people_only else made


def _computed(
    found: Kept, person_id: int, left: Left | None, hidden: frozenset[int],
    patience: Patience | None, most: int = MOST_SUGGESTED,
) -> Sequence[Reckoned]:
    """A person's list out of the arrays, without what is left out; `hidden` are not named."""
    if found.objects(person_id):
        return []
    offers = on_sale()
    compared, look = _compared(found, person_id), found.model.look()
    without = frozenset() if compared else frozenset(_own_products(look, person_id))
    listed = look.suggest(
        person_id, most, without=without | left.out if left else without, compared=compared,
        patience=patience, offer=found.offer(look, offers, left.from_age if left else EVERYTHING))
    about = About(found, person_id, hidden, left.again if left else frozenset(),
                  agreeing(look.signals, person_id))
    now = still_on_sale([cast(int, s.product) for s in listed if s.score > 0])
    made = [about.reckoned(s, now[cast(int, s.product)]) for s in listed
            if s.score > 0 and s.product in now]
    return arranged(made, now)


def _compared(found: Kept, person_id: int) -> bool:
    """Whether a person's own signals choose peers; who has none is compared by follows."""
    return found.matches(person_id) or person_id not in found.model.signals.people.places


@dataclass(frozen=True, slots=True)
class Made:
    """A list to be stored: up to which change it is true, and whose evidence is in it."""

    stamp: int
    things: Sequence[Reckoned]
    peers: Sequence[int]


def made_for(person_id: int) -> Made | None:
    """A person's list of at most 200 things, to be stored; None for who objected.

    Loads: 5 statements once the arrays are in memory.
    """
    found = kept()
    stamp = found.stamp
    if found.objects(person_id):
        return None
    things = _computed(found, person_id, None, blocked_with(person_id), None, MOST_STORED)
    look = found.model.look()
    places = look.viewer(person_id, _compared(found, person_id)).peers().tolist()
    voters = (voter.person for voter in look.follows.voters(person_id))
    heard = {look.signals.people.ids[at] for at in places}.union(voters)
    return Made(stamp, things, sorted(one for one in heard if isinstance(one, int)))


def _own_products(look: Look, person_id: int) -> list[Any]:
    signals = look.signals
    place = signals.people.places[person_id]
    return [signals.products.ids[i] for i in signals.row(place)[0].tolist()]


@dataclass(frozen=True, slots=True)
class About:
    """For whom a list is made, and whom it may not name: people blocked either way."""

    found: Kept
    me: int
    hidden: frozenset[int]
    again: frozenset[int]
    agreed: Callable[[Any], tuple[int, int]]

    def reckoned(self, said: Scored, row: Any) -> Reckoned:
        """A scored product with its parts and those who speak for it."""
        whole = said.taste + said.trust + said.everybody

        def share(part: float) -> float:
            return part / whole if whole > 0 else 0.0

        ties = share(said.trust) > share(said.taste)
        peers = Speakers(partial(self._speakers, said.trusted if ties else said.peers, ties))
        return Reckoned(int(row.product_id), said.score, share(said.taste), share(said.trust),
                        share(said.everybody), ties, row.k, row.n, peers,
                        row.product_id in self.again)

    def _speakers(self, said: Sequence[Summand], ties: bool) -> Sequence[Peer]:
        return [self._peer(one.person, one.value, ties, place < MOST_COMPARED)
                for place, one in enumerate(liking(said, MOST_SPEAKERS))]

    def _peer(self, person: Any, weight: float, ties: bool, compare: bool) -> Peer:
        """A speaker; compared with the viewer only where it will be said."""
        same, common = self.agreed(person) if compare else (0, 0)
        return Peer(person if self._may_name(person, ties) else None, weight, same, common)

    def _may_name(self, person: Any, ties: bool) -> bool:
        """Both agreed to be named; or it is one whom I follow, whose answers members may list."""
        named, discreet = self.found.willing.named, self.found.willing.discreet
        if not isinstance(person, int) or person in self.hidden:
            return False
        return (person in named and self.me in named) or (ties and person not in discreet)


def agreement(one: int, other: int) -> Agreement | None:
    """How two people agree, if both consented to be compared; None too where it cannot be told."""

    def counted() -> Agreement | None:
        found = kept(patience_of_a_page())
        if one not in found.willing.named or other not in found.willing.named:
            return None
        return Agreement(*found.model.agreement(one, other))

    return or_else(counted, lambda: None)

