"""Rows of what a search found beside goods, as each kind is drawn elsewhere too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from marketplace.bundles.queries.bundles import some as some_bundles
from marketplace.dialogue.queries.cards import thread_cards
from marketplace.dialogue.queries.threads import some as some_threads
from marketplace.groups.queries.cards import cards_of
from marketplace.people.queries import lines
from marketplace.people.queries.findable import abouts
from marketplace.producers import queries as producers
from marketplace.reviews import queries as reviews
from marketplace.storefront.queries.cards import NONE, bundle_cards, group_card, producer_card
from marketplace.web.formats import month
from marketplace.web.shapes import plain_words


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A member in a list."""

    url: str
    name: str
    handle: str
    picture_url: str
    since: str
    about: str
    shared: str = ""
    labels: Sequence[tuple[str, str]] = ()


def found_cards(kind: str, ids: Sequence[int], lang: str, viewer_id: int | None) -> list[Any]:
    """Cards of one kind in the given order, those left out that are gone. Loads: 1 to 4."""
    return CARDS[kind](ids, lang, viewer_id) if ids else []


def _producers(ids: Sequence[int], lang: str, viewer_id: int | None) -> list[Any]:
    cards, said = producers.cards(ids, lang), reviews.producer_verdicts(ids)
    return [producer_card(cards[i], said.get(i, NONE)) for i in ids if i in cards]


def _members(ids: Sequence[int], lang: str, viewer_id: int | None) -> list[Any]:
    people, told = lines(ids, viewer_id), abouts(ids, viewer_id is not None)
    return [PersonCard(
        people[i].url, people[i].name, people[i].handle, people[i].picture_url,
        _("here since %(month)s", month=month(told[i][0])), plain_words(told[i][1], 160))
        for i in ids if i in people and i in told]


def _groups(ids: Sequence[int], lang: str, viewer_id: int | None) -> list[Any]:
    cards = cards_of(ids, lang, viewer_id)
    return [group_card(cards[i]) for i in ids if i in cards]


def _bundles(ids: Sequence[int], lang: str, viewer_id: int | None) -> list[Any]:
    rows = some_bundles(ids, viewer_id)
    return bundle_cards([rows[i] for i in ids if i in rows], lang, viewer_id)


def _threads(ids: Sequence[int], lang: str, viewer_id: int | None) -> list[Any]:
    rows = some_threads(ids)
    return thread_cards([rows[i] for i in ids if i in rows], viewer_id)


CARDS: Mapping[str, Callable[[Sequence[int], str, int | None], list[Any]]] = {
    "producer": _producers, "member": _members, "group": _groups, "bundle": _bundles,
    "thread": _threads}
