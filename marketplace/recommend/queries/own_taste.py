"""A person's own evidence of taste, and those who agree with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.recommend.models import Feedback, LessOf, Signal
from marketplace.recommend.queries.arrays import Kept, kept, or_else, patience_of_a_page
from marketplace.recommend.queries.willing import blocked_with
from marketplace.recommend.rules.agreement import agreements

LEAST_COMMON = 2
"""Products two people must share before they count as agreeing."""
MOST_PEERS = 400


@dataclass(frozen=True, slots=True)
class OwnSignal:
    """One piece of evidence: what was said of a product, and by which act."""

    product_id: int
    value: float
    again: bool
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Agreeing:
    """Somebody of like taste, with the count that shows it."""

    person_id: int
    same: int
    common: int


@dataclass(frozen=True, slots=True)
class Circle:
    """People of like taste who may be named, and how many more are compared unnamed."""

    named: Sequence[Agreeing]
    unnamed: int


def signals_of(person_id: int, limit: int = 10_000, offset: int = 0) -> Sequence[OwnSignal]:
    """A person's own signals, newest first. Loads: 1 statement."""
    rows = db.session.execute(
        select(Signal.product_id, Signal.value, Signal.again, Signal.source, Signal.at)
        .where(Signal.person_id == person_id)
        .order_by(Signal.at.desc(), Signal.product_id).limit(limit).offset(offset))
    return [OwnSignal(*row) for row in rows]


def signal_count(person_id: int) -> int:
    """How many products a person has a signal of. Loads: 1 statement."""
    return db.session.scalar(select(func.count()).where(Signal.person_id == person_id)) or 0


def feedback_of(person_id: int) -> Sequence[Any]:
    """What a person said to suggestions, newest first. Loads: 1 statement."""
    return db.session.execute(
        select(Feedback.product_id, Feedback.kind, Feedback.at)
        .where(Feedback.person_id == person_id)
        .order_by(Feedback.at.desc(), Feedback.product_id).limit(1000)).all()


def circle_of(person_id: int, most: int = 24) -> Circle:
    """Who agrees with a person, most agreement first; nobody without consent.

    Loads: 2 statements once the arrays are in memory.
    """
    return or_else(lambda: _circle(kept(patience_of_a_page()), person_id, most),
                   lambda: Circle((), 0))


def _circle(found: Kept, person_id: int, most: int) -> Circle:
    look = found.model.look()
    people = look.signals.people
    if person_id not in found.willing.compared or person_id not in people.places:
        return Circle((), 0)
    hidden = blocked_with(person_id)
    peers = look.viewer(person_id).peers()[:MOST_PEERS]
    agreeing, unnamed = list[Agreeing](), 0
    counts = agreements(look.signals, person_id, peers)
    for at, (same, common) in zip(peers.tolist(), counts, strict=True):
        peer = people.ids[at]
        if common < LEAST_COMMON or not same:
            continue
        may = peer in found.willing.named and person_id in found.willing.named
        if may and peer not in hidden:
            agreeing.append(Agreeing(int(str(peer)), same, common))
        else:
            unnamed += 1
    agreeing.sort(key=lambda one: (-one.same, one.common, one.person_id))
    return Circle(agreeing[:most], unnamed + len(agreeing[most:]))


def less_of(person_id: int) -> frozenset[str]:
    """Kinds of reasons a person wants fewer of. Loads: 1 statement."""
    return frozenset(db.session.scalars(select(LessOf.reason).where(
        LessOf.person_id == person_id)))
