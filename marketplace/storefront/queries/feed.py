"""What people and groups one follows did, strictly by time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from marketplace.dialogue.models import Thread
from marketplace.foundation.database import db
from marketplace.groups.queries import group_ids_of, names
from marketplace.people.queries import PersonLine, followed_ids, lines
from marketplace.recommend.models import Recommendation
from marketplace.reviews.models import Rating
from marketplace.reviews.queries import rated_cards
from marketplace.web.formats import moment
from marketplace.web.shapes import nobody, plain_words

KINDS = ("all", "recommendations", "answers", "talk")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One thing that happened."""

    by: Any
    words: str
    when: str
    title: str
    url: str
    text: str
    lang: str
    picture: Any
    commercial: bool
    verdict: Any


@dataclass(frozen=True, slots=True)
class _Raw:
    at: datetime
    person_id: int
    words: str
    product_id: int | None
    title: str
    url: str
    text: str
    lang: str


def feed_entries(
    person_id: int, lang: str, limit: int, before: datetime | None = None, kind: str = "all"
) -> tuple[Sequence[FeedEntry], datetime | None]:
    """Entries newest first, and where to go on. Loads: at most 9 statements."""
    follows = list(followed_ids(person_id))
    raw: list[_Raw] = []
    if kind in ("all", "recommendations"):
        raw += _recommendations(person_id, follows, before, limit)
    if kind in ("all", "answers"):
        raw += _answers(follows, before, limit)
    if kind in ("all", "talk"):
        raw += _talk(person_id, before, limit)
    raw.sort(key=lambda entry: entry.at, reverse=True)
    shown = raw[:limit]
    people = lines({entry.person_id for entry in shown}, person_id)
    ids = [entry.product_id for entry in shown if entry.product_id]
    goods, said = rated_cards(ids, lang)
    more = shown[-1].at if len(raw) > limit else None
    return [_entry(entry, people, goods, said) for entry in shown], more


def _entry(raw: _Raw, people: Any, goods: Any, said: Any) -> FeedEntry:
    card = goods.get(raw.product_id) if raw.product_id else None
    by: PersonLine | Any = people.get(raw.person_id, nobody())
    return FeedEntry(by, raw.words, moment(raw.at), card.title if card else raw.title,
                     raw.url or (card.url if card else ""), plain_words(raw.text, 280), raw.lang,
                     card.picture if card else None, False,
                     said.get(raw.product_id) if raw.product_id else None)


def _recommendations(me: int, follows: list[int], before: datetime | None, limit: int
                     ) -> list[_Raw]:
    rows = db.session.scalars(
        select(Recommendation).where(
            Recommendation.thing == "product", Recommendation.state == "visible",
            or_(Recommendation.author_id.in_(follows) & Recommendation.audience.in_(
                ("all", "members")), Recommendation.person_id == me),
            *( [Recommendation.made_at < before] if before else []))
        .order_by(Recommendation.made_at.desc(), Recommendation.id.desc()).limit(limit + 1))
    return [_Raw(r.made_at, r.author_id, _("recommends to you") if r.person_id == me
                 else _("recommends"), r.thing_id, "", "", r.reason, r.lang) for r in rows]


def _answers(follows: list[int], before: datetime | None, limit: int) -> list[_Raw]:
    rows = db.session.scalars(
        select(Rating).where(
            Rating.person_id.in_(follows), Rating.words != "", Rating.words_standing == "visible",
            *([Rating.given_at < before] if before else []))
        .order_by(Rating.given_at.desc(), Rating.id.desc()).limit(limit + 1))
    return [_Raw(r.given_at, r.person_id or 0, _("would buy it again") if r.again
                 else _("would not buy it again"), r.product_id, "", "", r.words, r.lang)
            for r in rows]


def _talk(me: int, before: datetime | None, limit: int) -> list[_Raw]:
    own = group_ids_of(me)
    rows = db.session.scalars(
        select(Thread).where(
            Thread.group_id.in_(own), Thread.kind == "topic", Thread.standing == "visible",
            *([Thread.made_at < before] if before else []))
        .order_by(Thread.made_at.desc(), Thread.id.desc()).limit(limit + 1)).all()
    known = names({row.group_id for row in rows if row.group_id})
    return [_Raw(r.made_at, r.author_id or 0,
                 _("asks in %(group)s", group=known.get(r.group_id or 0, ("", ""))[1]), None,
                 r.title, f"/threads/{r.code}", "", r.lang) for r in rows]
