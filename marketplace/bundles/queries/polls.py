"""Polls with their answers, for who belongs to their audience."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from marketplace.bundles.models import Bundle, Poll, PollOption, PollVote
from marketplace.bundles.rules import result_shown
from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import read
from marketplace.foundation.errors import NotFound
from marketplace.groups.models import Group, Membership
from marketplace.people.models import Follow

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An answer; `count` is None while the viewer may not see the result."""

    id: int
    words: str
    product_id: int | None
    url: str
    count: int | None


@dataclass(frozen=True, slots=True)
class PollRow:
    """A poll as one viewer sees it; `mine` is the answer they chose."""

    id: int
    code: str
    author_id: int
    question: str
    lang: str
    audience: str
    group_name: str
    about_url: str
    ends_at: datetime
    ended: bool
    voices: int
    mine: int | None
    options: tuple[OptionRow, ...]

    @property
    def url(self) -> str:
        """Its own page."""
        return f"/polls/{self.code}"


def asks(viewer_id: Any) -> Any:
    """Which polls a viewer may see; None are visitors."""
    if viewer_id is None:
        return and_(Poll.standing == "visible", Poll.audience == "public")
    there, back = aliased(Follow), aliased(Follow)
    friends = and_(
        exists().where(there.follower_id == Poll.author_id, there.followed_id == viewer_id),
        exists().where(back.follower_id == viewer_id, back.followed_id == Poll.author_id))
    member = exists().where(Membership.group_id == Poll.group_id,
                            Membership.person_id == viewer_id, Membership.left_at.is_(None))
    return and_(Poll.standing == "visible", or_(
        Poll.audience == "public", Poll.author_id == viewer_id,
        and_(Poll.audience == "friends", friends), and_(Poll.audience == "group", member)))


def poll_for(code: str, viewer_id: int | None) -> PollRow:
    """A poll for who may see it. Loads: 1 statement. Raises NotFound."""
    found = _rows("code", code, viewer_id, 1)
    if not found:
        raise NotFound(_("There is no such question here."))
    return found[0]


def polls_about(viewer_id: int | None, bundle_id: int | None = None,
                product_id: int | None = None, limit: int = 2) -> Sequence[PollRow]:
    """Open polls about a bundle or a product, then those that ended. Loads: 1 statement."""
    if bundle_id is not None:
        return _rows("bundle", bundle_id, viewer_id, limit)
    return _rows("product", product_id, viewer_id, limit)


def polls_shown(viewer_id: int | None, own: bool = False) -> Sequence[PollRow]:
    """What others ask a viewer and is open, or all of their own. Loads: 1 statement."""
    return _rows("own" if own else "others", viewer_id or 0, viewer_id, MOST_SHOWN)


def _rows(which: str, value: object, viewer_id: int | None, limit: int) -> list[PollRow]:
    """Polls with their answers; what is open and new first."""
    now = clock.now()
    asked: dict[str, Any] = {"value": value, "me": viewer_id or 0, "now": now, "limit": limit}
    found: dict[int, list[Any]] = {}
    for row in read(_asked(which, viewer_id is not None), **asked):
        found.setdefault(row.id, []).append(row)
    return [_poll(some, now) for some in found.values()]


@cache
def _asked(which: str, member: bool) -> Any:
    """A row for each answer. Made once: pages of bundles and goods ask it, mostly in vain."""
    value: Any = bindparam("value")
    me: Any = bindparam("me")
    now: Any = bindparam("now")
    where = {"code": Poll.code == value, "bundle": Poll.bundle_id == value,
             "product": Poll.product_id == value, "own": Poll.author_id == value,
             "others": and_(Poll.author_id != value, Poll.ends_at > now)}[which]
    order = ((Poll.ends_at <= now).asc(), Poll.made_at.desc(), Poll.id.desc())
    ids = (select(Poll.id).where(where, asks(me if member else None)).order_by(*order)
           .limit(bindparam("limit")).subquery())
    given = (select(func.count()).where(PollVote.option_id == PollOption.id)
             .correlate(PollOption).scalar_subquery().label("given"))
    mine = (select(PollVote.option_id).where(PollVote.poll_id == Poll.id,
                                             PollVote.person_id == me)
            .correlate(Poll).scalar_subquery().label("mine"))
    about, thing = aliased(Product), aliased(Product)
    return (
        select(Poll, PollOption.id.label("option_id"), PollOption.words,
               thing.id.label("thing_id"), thing.slug.label("thing"), given, mine,
               Bundle.slug.label("bundle"), about.slug.label("product"), Group.name)
        .join(PollOption, PollOption.poll_id == Poll.id)
        .outerjoin(thing, thing.id == PollOption.product_id)
        .outerjoin(Bundle, Bundle.id == Poll.bundle_id)
        .outerjoin(about, about.id == Poll.product_id)
        .outerjoin(Group, Group.id == Poll.group_id)
        .where(Poll.id.in_(select(ids.c.id))).order_by(*order, PollOption.pos))


def _poll(rows: Sequence[Any], now: datetime) -> PollRow:
    poll, mine = rows[0], rows[0].mine
    ended = poll.ends_at <= now
    shown = result_shown(ended, mine is not None)
    about = f"/bundles/{rows[0].bundle}" if rows[0].bundle else \
        f"/products/{rows[0].product}" if rows[0].product else ""
    return PollRow(
        poll.id, poll.code, poll.author_id, poll.question, poll.lang, poll.audience,
        rows[0].name or "", about, poll.ends_at, ended, sum(row.given for row in rows), mine,
        tuple(OptionRow(row.option_id, row.words, row.thing_id,
                        f"/products/{row.thing}" if row.thing else "",
                        row.given if shown else None) for row in rows))
