"""What people recommended, and to whom it shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import String, and_, bindparam, cast, false, literal, or_, select, true

from marketplace.foundation.database import db, read
from marketplace.groups.models import Group, Membership
from marketplace.groups.queries import named_goods, role_in
from marketplace.people.models import Block, Follow, Trust
from marketplace.people.queries import is_blocked
from marketplace.recommend.models import (
    Outcome,
    Recommendation,
    RecommendationVersion,
    TellsBought,
    Thanks,
)
from marketplace.recommend.rules.outcomes import is_open_circle
from marketplace.web.links import Source


@dataclass(frozen=True, slots=True)
class Recommender:
    """Somebody who recommends a thing, as this viewer may know."""

    code: str
    thing_id: int
    author_id: int
    audience: str
    group_id: int | None
    occasion_id: int | None
    reason: str
    lang: str
    bought: bool
    made_at: datetime
    followed: bool
    trusted: bool
    in_my_group: bool
    relation: str | None = None
    benefit: str | None = None


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """A recommendation in a person's own lists."""

    code: str
    author_id: int
    thing: str
    thing_id: int
    audience: str
    group_id: int | None
    person_id: int | None
    reason: str
    occasion_id: int | None
    lang: str
    bought: bool
    state: str
    made_at: datetime
    opened: int = 0
    basket: int = 0
    orders: int = 0
    units: int = 0
    reorders: int = 0
    told: int = 0
    exact: bool = False
    """Whether counts may be shown at all; else only what was told."""


def visible_to(viewer_id: Any) -> Any:
    """Which recommendations a viewer, or None, may see: public ones, and those meant for them."""
    if viewer_id is None:
        return Recommendation.audience == "all"
    mine = select(Membership.group_id).where(Membership.person_id == viewer_id,
                                             Membership.left_at.is_(None))
    blocked = select(Block.other_id).where(Block.owner_id == viewer_id).union(
        select(Block.owner_id).where(Block.other_id == viewer_id))
    return and_(or_(
        Recommendation.audience.in_(("all", "members")),
        Recommendation.person_id == viewer_id, Recommendation.group_id.in_(mine)),
        Recommendation.author_id.not_in(blocked))


def recommenders(
    thing: str, thing_ids: Collection[int], viewer_id: int | None, subject_id: int | None = None
) -> Mapping[int, list[Recommender]]:
    """Who recommends these things: trusted first, followed, own groups, then the newest.

    Trust counts in `subject_id` only, or in any where none is given. Loads: 1 statement.
    """
    if not thing_ids:
        return {}
    asked: dict[str, Any] = {"thing": thing, "ids": list(thing_ids)}
    if viewer_id is not None:
        asked["me"] = viewer_id
        if subject_id is not None:
            asked["subject"] = subject_id
    found: dict[int, list[Recommender]] = {}
    for row in read(_said(viewer_id is not None, "subject" in asked), **asked):
        found.setdefault(row.thing_id, []).append(Recommender(
            row.code, row.thing_id, row.author_id, row.audience, row.group_id, row.occasion_id,
            row.reason, row.lang, row.bought, row.made_at, bool(row.followed), bool(row.trusted),
            row.audience == "group", row.relation, row.benefit))
    return found


@cache
def _said(member: bool, in_subject: bool) -> Any:
    """Recommendations of some things, for visitors or for members."""
    me: Any = bindparam("me") if member else None
    follow, trust = _ties(me, in_subject)
    order = (trust.desc(), follow.desc()) if member else ()
    return (select(Recommendation, follow, trust)
            .where(Recommendation.thing == bindparam("thing"),
                   Recommendation.thing_id.in_(bindparam("ids", expanding=True)),
                   Recommendation.state == "visible", visible_to(me))
            .order_by(*order, Recommendation.made_at.desc(), Recommendation.id.desc()).limit(600))


def _ties(me: Any, in_subject: bool) -> tuple[Any, Any]:
    """Whether the viewer follows or trusts the author, as columns; never for visitors."""
    if me is None:
        return false().label("followed"), false().label("trusted")
    follow = (select(Follow.followed_id).where(
        Follow.follower_id == me, Follow.followed_id == Recommendation.author_id).exists())
    trusts = select(Trust.trusted_id).where(
        Trust.truster_id == me, Trust.trusted_id == Recommendation.author_id)
    if in_subject:
        trusts = trusts.where(Trust.subject_id == bindparam("subject"))
    return follow.label("followed"), trusts.exists().label("trusted")


def goods_of_my_people(me: Any) -> list[Any]:
    """Selects of (who, product): goods that people I follow recommend to all or to members
    ("followed"), and that whoever I follow or trust, my groups or somebody to me recommended
    ("said"), products as text; and what my groups picked or listed, as `named_goods` ("groups").
    `me`: a parameter.
    """
    followed = select(Follow.followed_id).where(Follow.follower_id == me)
    trusted = select(Trust.trusted_id).where(Trust.truster_id == me)
    of_goods = (Recommendation.thing == "product", Recommendation.state == "visible")
    thing = cast(Recommendation.thing_id, String)
    return [
        select(literal("followed"), thing).where(
            *of_goods, Recommendation.author_id.in_(followed),
            Recommendation.audience.in_(("all", "members"))),
        select(literal("said"), thing).where(*of_goods, visible_to(me), or_(
            Recommendation.author_id.in_(followed), Recommendation.author_id.in_(trusted),
            Recommendation.audience.in_(("group", "person")))),
        *named_goods(me)]


def _rows(where: Any, limit: int) -> list[RecommendationRow]:
    rows = db.session.execute(
        select(Recommendation, Outcome, Group.member_count)
        .outerjoin(Outcome, Outcome.recommendation_id == Recommendation.id)
        .outerjoin(Group, Group.id == Recommendation.group_id)
        .where(where).order_by(Recommendation.made_at.desc(), Recommendation.id.desc())
        .limit(limit))
    return [_row(r, outcome or Outcome(), members or 0) for r, outcome, members in rows]


def _row(r: Recommendation, led: Outcome, members: int) -> RecommendationRow:
    """A recommendation with what it led to; in a small circle only what was told."""
    exact = is_open_circle(r.audience, members)
    seen = led if exact else Outcome()
    return RecommendationRow(
        r.code, r.author_id, r.thing, r.thing_id, r.audience, r.group_id, r.person_id, r.reason,
        r.occasion_id, r.lang, r.bought, r.state, r.made_at,
        seen.opened or 0, seen.basket or 0, seen.orders or 0, seen.units or 0, seen.reorders or 0,
        led.told or 0, exact)


def by_author(author_id: int, viewer_id: int | None,
              limit: int = 50) -> Sequence[RecommendationRow]:
    """What somebody recommended, as the viewer may see it. Loads: 1 statement."""
    visible = true() if viewer_id == author_id else visible_to(viewer_id)
    return _rows(and_(Recommendation.author_id == author_id, Recommendation.state == "visible",
                      visible), limit)


def to_person(person_id: int, limit: int = 50) -> Sequence[RecommendationRow]:
    """What was recommended to somebody personally. Loads: 1 statement."""
    return _rows(and_(Recommendation.person_id == person_id, Recommendation.state == "visible"),
                 limit)


def recommendation_by_code(code: str) -> Recommendation | None:
    """A recommendation by its public code. Loads: 1 statement."""
    return db.session.scalar(select(Recommendation).where(Recommendation.code == code))


def shows_to(row: Recommendation, viewer_id: int | None) -> bool:
    """Whether a viewer may read a recommendation: its author, and whom it was meant for.

    Loads: at most 2 statements.
    """
    if viewer_id is not None and row.author_id == viewer_id:
        return True
    if row.state != "visible":
        return False
    if viewer_id is None:
        return row.audience == "all"
    meant = {"all": True, "members": True, "person": row.person_id == viewer_id,
             "group": row.audience == "group" and role_in(row.group_id or 0, viewer_id) is not None}
    return meant[row.audience] and not is_blocked(row.author_id, viewer_id)


def thanks_of(codes: Collection[str], viewer_id: int) -> Mapping[str, tuple[int, bool]]:
    """How many said thanks, and whether the viewer did, by recommendation. Loads: 1 statement."""
    rows = db.session.execute(
        select(Recommendation.code, Thanks.person_id)
        .join(Thanks, Thanks.recommendation_id == Recommendation.id)
        .where(Recommendation.code.in_(list(codes))).limit(5000))
    found: dict[str, tuple[int, bool]] = {}
    for code, person_id in rows:
        count, own = found.get(code, (0, False))
        found[code] = (count + 1, own or person_id == viewer_id)
    return found


def outcomes_of(author_id: int) -> tuple[int, int]:
    """Orders and re-orders all of somebody's recommendations led to. Loads: 1 statement."""
    rows = _rows(Recommendation.author_id == author_id, 500)
    return sum(row.orders for row in rows), sum(row.reorders for row in rows)


def most_led(limit: int = 100) -> Sequence[RecommendationRow]:
    """Recommendations that led to most, for the operator; small circles as told. Loads: 1."""
    ids = select(Outcome.recommendation_id).order_by(
        Outcome.orders.desc(), Outcome.basket.desc(), Outcome.opened.desc(),
        Outcome.recommendation_id).limit(limit)
    rows = _rows(Recommendation.id.in_(ids), limit)
    return sorted(rows, key=lambda r: (-r.orders, -r.basket, -r.opened, r.code))


def told_by(code: str, person_id: int) -> bool:
    """Whether somebody told the author of a recommendation that they bought it. Loads: 1."""
    return db.session.scalar(
        select(TellsBought.person_id)
        .join(Recommendation, Recommendation.id == TellsBought.recommendation_id)
        .where(Recommendation.code == code, TellsBought.person_id == person_id)) is not None


def versions_of(recommendation_id: int) -> Sequence[RecommendationVersion]:
    """What a recommendation said before, newest first. Loads: 1 statement."""
    return db.session.scalars(
        select(RecommendationVersion)
        .where(RecommendationVersion.recommendation_id == recommendation_id)
        .order_by(RecommendationVersion.version.desc()).limit(50)).all()


def opened_by(source: Source | None, viewer_id: int | None) -> int | None:
    """The recommendation whose link led here, if somebody else than its author followed it.

    Loads: 1 statement where the link is one.
    """
    if source is None or source.kind != "recommendation":
        return None
    row = db.session.execute(select(Recommendation.id, Recommendation.author_id).where(
        Recommendation.code == source.ref)).first()
    return row.id if row is not None and row.author_id != viewer_id else None
