"""Whom an ask was put to, for those who asked, those who answer for a house, and all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.groups.models import Membership
from marketplace.producers.models import Staff
from marketplace.producers.rules.roles import roles_for
from marketplace.recommend.models import Ask, AskRoute
from marketplace.recommend.queries.asks import AskRow, ask_columns, shown_asks


@dataclass(frozen=True, slots=True)
class RouteRow:
    """One to whom an ask was put; `matched`: places of the chips that are the reason."""

    id: int
    person_id: int | None
    group_id: int | None
    producer_id: int | None
    matched: Sequence[int] | None
    wrong: bool


_OWN = (AskRoute.id, AskRoute.person_id, AskRoute.group_id, AskRoute.producer_id,
        AskRoute.matched, (AskRoute.state == "wrong").label("wrong"))


def routes_of(ask_id: int) -> Sequence[RouteRow]:
    """Everybody an ask was put to. Loads: 1 statement."""
    return [RouteRow(*row) for row in db.session.execute(
        select(*_OWN).where(AskRoute.ask_id == ask_id).order_by(AskRoute.id))]


def routes_i_speak_for(ask_id: int, viewer_id: int) -> Sequence[RouteRow]:
    """Where a viewer answers for a producer or looks after a group that was asked. Loads: 1."""
    houses = select(Staff.producer_id).where(
        Staff.person_id == viewer_id, Staff.until.is_(None), Staff.role.in_(roles_for("answer")))
    groups = select(Membership.group_id).where(
        Membership.person_id == viewer_id, Membership.left_at.is_(None),
        Membership.role.in_(("founder", "moderator")))
    return [RouteRow(*row) for row in db.session.execute(
        select(*_OWN).where(AskRoute.ask_id == ask_id, or_(
            AskRoute.producer_id.in_(houses), AskRoute.group_id.in_(groups)))
        .order_by(AskRoute.id))]


def put_to_me(ask_id: int, viewer_id: int) -> int | None:
    """How many things of the subject a viewer had rated when they were asked; None if not.

    Loads: 1 statement.
    """
    return db.session.scalar(select(AskRoute.rated).where(
        AskRoute.ask_id == ask_id, AskRoute.person_id == viewer_id))


def _of_house(producer_id: int) -> Any:
    return and_(AskRoute.producer_id == producer_id, AskRoute.state == "asked",
                Ask.state == "open", Ask.until >= clock.today())


def asks_of_house(producer_id: int, viewer_id: int, offset: int, limit: int
                  ) -> tuple[Sequence[tuple[AskRow, RouteRow]], int]:
    """Open asks put to a producer, those without an answer first, and how many. Loads: 2."""
    where = (_of_house(producer_id), shown_asks(viewer_id))
    total = db.session.scalar(select(func.count(AskRoute.id))
                              .join(Ask, Ask.id == AskRoute.ask_id).where(*where)) or 0
    columns = ask_columns()
    rows: Sequence[Any] = db.session.execute(
        select(*columns, *_OWN).join(AskRoute, AskRoute.ask_id == Ask.id).where(*where)
        .order_by(columns[-1] > 0, AskRoute.at.desc(), AskRoute.id.desc())
        .offset(offset).limit(limit)).all()
    cut = len(columns)
    return [(AskRow(*row[:cut]), RouteRow(*row[cut:])) for row in rows], total


def waiting_asks(producer_id: int) -> int:
    """How many open asks were put to a producer. Loads: 1 statement."""
    return db.session.scalar(select(func.count(AskRoute.id)).join(Ask, Ask.id == AskRoute.ask_id)
                             .where(_of_house(producer_id))) or 0
