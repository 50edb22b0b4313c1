"""What people and groups one follows did, strictly by time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import (
    BigInteger,
    and_,
    bindparam,
    case,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)

from marketplace.dialogue.models import Thread
from marketplace.foundation.database import UtcDateTime, read
from marketplace.groups.models import Group, Membership
from marketplace.people.models import Follow
from marketplace.people.queries import PersonLine, lines
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


def feed_entries(
    person_id: int, lang: str, limit: int, before: datetime | None = None, kind: str = "all"
) -> tuple[Sequence[FeedEntry], datetime | None]:
    """Entries newest first, and where to go on. Loads: 3 statements."""
    raw, more = feed_rows(person_id, limit, before, kind)
    people = lines({entry.person_id for entry in raw if entry.person_id}, person_id)
    goods, said = rated_cards({entry.product_id for entry in raw if entry.product_id}, lang)
    return entries_of(raw, people, goods, said), more


def feed_rows(
    person_id: int, limit: int, before: datetime | None = None, kind: str = "all"
) -> tuple[Sequence[Any], datetime | None]:
    """The same as bare rows with `person_id` and `product_id`. Loads: 1 statement."""
    asked: dict[str, Any] = {"me": person_id, "most": limit + 1}
    if before is not None:
        asked["before"] = before
    raw = read(_newest(kind, before is not None), **asked)
    return raw[:limit], raw[limit - 1].at if len(raw) > limit else None


def entries_of(
    rows: Sequence[Any], people: Mapping[int, Any], goods: Mapping[int, Any],
    said: Mapping[int, Any],
) -> list[FeedEntry]:
    """Rows with the persons and goods that they name."""
    return [_entry(row, people, goods, said) for row in rows]


@cache
def _newest(kind: str, later: bool) -> Any:
    """Entries of one kind or of all, newest first, a few more than asked for."""
    made = {"recommendations": _recommendations, "answers": _answers, "talk": _talk}
    chosen = [one(later) for name, one in made.items() if kind in ("all", name)]
    every = union_all(*(select(one.subquery()) for one in chosen)).subquery()
    return (select(every).order_by(every.c.at.desc(), every.c.kind, every.c.ref.desc())
            .limit(bindparam("most")))


def _part(kind: str, at: Any, later: bool, *columns: Any) -> Any:
    """One kind of entry in the form all have in common."""
    names = ("ref", "person_id", "product_id", "title", "code", "words", "lang", "said", "place")
    found = select(literal(kind).label("kind"), at.label("at"),
                   *(column.label(name) for column, name in zip(columns, names, strict=True)))
    return found.where(at < bindparam("before", type_=UtcDateTime())) if later else found


def _last(found: Any, at: Any, ref: Any) -> Any:
    return found.order_by(at.desc(), ref.desc()).limit(bindparam("most"))


def _followed() -> Any:
    return select(Follow.followed_id).where(Follow.follower_id == bindparam("me"))


def _recommendations(later: bool) -> Any:
    """What people I follow recommend to all or to members, and what is recommended to me."""
    r, nothing = Recommendation, literal("")
    to_me = r.person_id == bindparam("me")
    found = _part("recommendation", r.made_at, later, r.id, r.author_id, r.thing_id, nothing,
                  nothing, r.reason, r.lang, case((to_me, 1), else_=0), nothing)
    return _last(found.where(
        r.thing == "product", r.state == "visible", or_(to_me, and_(
            r.author_id.in_(_followed()), r.audience.in_(("all", "members"))))), r.made_at, r.id)


def _answers(later: bool) -> Any:
    """What people I follow say about what they bought."""
    r, nothing = Rating, literal("")
    found = _part("answer", r.given_at, later, r.id, r.person_id, r.product_id, nothing, nothing,
                  r.words, r.lang, case((r.again, 1), else_=0), nothing)
    return _last(found.where(r.person_id.in_(_followed()), r.words != "",
                             r.words_standing == "visible"), r.given_at, r.id)


def _talk(later: bool) -> Any:
    """What is begun in my groups."""
    t, nothing = Thread, literal("")
    mine = select(Membership.group_id).where(Membership.person_id == bindparam("me"),
                                             Membership.left_at.is_(None))
    found = _part("talk", t.made_at, later, t.id, t.author_id, cast(null(), BigInteger), t.title,
                  t.code, nothing, t.lang, literal(0), Group.name)
    return _last(found.join(Group, Group.id == t.group_id).where(
        t.group_id.in_(mine), t.kind == "topic", t.standing == "visible"), t.made_at, t.id)


def _words(raw: Any) -> str:
    """What somebody did."""
    if raw.kind == "recommendation":
        return _("recommends to you") if raw.said else _("recommends")
    if raw.kind == "answer":
        return _("would buy it again") if raw.said else _("would not buy it again")
    return _("asks in %(group)s", group=raw.place)


def _entry(raw: Any, people: Any, goods: Any, said: Any) -> FeedEntry:
    card = goods.get(raw.product_id) if raw.product_id else None
    by: PersonLine | Any = people.get(raw.person_id, nobody())
    url = f"/threads/{raw.code}" if raw.code else card.url if card else ""
    return FeedEntry(by, _words(raw), moment(raw.at), card.title if card else raw.title, url,
                     plain_words(raw.words, 280), raw.lang,
                     card.picture if card else None, False,
                     said.get(raw.product_id) if raw.product_id else None)
