"""Parts of group pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from marketplace.reviews.queries import VerdictView, group_ranking, rated_cards
from marketplace.storefront.queries.cards import NONE
from marketplace.web.formats import month
from marketplace.web.shapes import Share


@dataclass(frozen=True, slots=True)
class Join:
    """How to enter a group."""

    url: str
    state: str
    questions: Sequence[tuple[str, str]]
    sign_in_url: str


@dataclass(frozen=True, slots=True)
class PickCard:
    """The pick of the month."""

    title: str
    url: str
    picture: Any
    votes: int
    active: int
    month: str
    why: str
    why_lang: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A community."""

    name: str
    purpose: str
    lang: str
    kind_words: str
    kind_hint: str
    members: int
    subject: str
    region: str
    labels: Sequence[Any]
    not_reading: bool
    may_read: bool
    join: Join
    leave_url: str
    state_words: str
    tabs: Sequence[Any]
    pick: PickCard | None
    topics: Sequence[Any]
    topics_url: str
    new_topic_url: str
    ranking: Sequence[tuple[str, str, str]]
    ranking_url: str
    how_url: str
    lists: Sequence[tuple[str, str, int]]
    people: Sequence[Any]
    people_url: str
    care_url: str
    care_count: int
    rules: Sequence[str]
    share: Share | None
    report_url: str
    help_url: str
    wake_url: str = ""
    lists_url: str = ""
    bundles_url: str = ""
    picks_url: str = ""
    asks: Sequence[Any] = ()
    ask_url: str = ""
    dates: Sequence[Any] = ()
    dates_url: str = ""
    proposals: Sequence[Any] = ()
    rules_url: str = ""
    feed_url: str = ""
    open_older_url: str = ""
    json_ld: str = ""


def ranking_of(group_id: int, lang: str, limit: int = 3) -> list[tuple[str, str, str]]:
    """What members would buy again, from five answers on: (title, url, words). Loads: 2."""
    ranked = group_ranking(group_id)
    goods, said = rated_cards([row[0] for row in ranked[:limit]], lang)
    return [(goods[product].title, goods[product].url,
             _("%(k)s of %(n)s with you, %(all_k)s of %(all_n)s of all", k=int(k), n=int(n),
               all_k=said.get(product, NONE).k, all_n=said.get(product, NONE).n)
             + _period(said.get(product, NONE)))
            for product, k, n in ranked[:limit] if product in goods]


def _period(said: VerdictView) -> str:
    """From the first of all answers to the last."""
    if not (said.since and said.until):
        return ""
    return " · " + _("%(since)s to %(until)s", since=month(said.since), until=month(said.until))
