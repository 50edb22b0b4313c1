"""Appeals, who may make them, and who may decide them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select, union_all

from marketplace.foundation.database import db
from marketplace.moderation.models import (
    Appeal,
    Decision,
    ExclusionAppeal,
    Matter,
    Report,
)
from marketplace.moderation.queries.objects import Reported
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.people.models import Follow, Person, Trust
from marketplace.producers.queries import is_concerned, staff_ids
from marketplace.reviews.models import Rating


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody concerned by a decision: the side, and which one of it (0 for the author)."""

    side: str
    id: int
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Appealed:
    """An appeal with the decision it is about and its matter."""

    appeal: Appeal
    decision: Decision
    matter: Matter


def party_of(matter: Matter, thing: Reported, person_id: int) -> Party | None:
    """As whom a person is concerned by a matter; None for strangers. Loads: 2 statements."""
    if thing.author_id == person_id:
        return Party("author", 0, person_id)
    if thing.producer_id is not None and person_id in staff_ids(thing.producer_id):
        return Party("affected", thing.producer_id, person_id)
    report_id = db.session.scalar(
        select(Report.id).where(Report.matter_id == matter.id, Report.person_id == person_id)
        .order_by(Report.id).limit(1))
    return Party("reporter", report_id, person_id) if report_id else None


def appeal_by(matter_id: int, party: Party) -> Appeal | None:
    """The appeal of one party in a matter: each has one. Loads: 1 statement."""
    return db.session.scalar(
        select(Appeal).join(Decision, Decision.id == Appeal.decision_id)
        .where(Decision.matter_id == matter_id, Appeal.side == party.side,
               Appeal.party_id == party.id))


def open_appeals(limit: int = 100) -> Sequence[Appealed]:
    """Appeals that wait, overdue ones first, then what is due next. Loads: 1 statement."""
    rows = db.session.execute(
        select(Appeal, Decision, Matter).join(Decision, Decision.id == Appeal.decision_id)
        .join(Matter, Matter.id == Decision.matter_id).where(Appeal.result.is_(None))
        .order_by(Appeal.due_at, Appeal.id).limit(limit))
    return [Appealed(*row) for row in rows]


def appeals_waiting() -> int:
    """How many appeals wait, those against exclusions too. Loads: 1 statement."""
    waits = [select(func.count(table.id)).where(table.result.is_(None)).scalar_subquery()
             for table in (Appeal, ExclusionAppeal)]
    return int(db.session.scalar(select(waits[0] + waits[1])) or 0)


def appeal_by_number(number: str) -> Appealed | None:
    """An appeal by its number. Loads: 1 statement."""
    row = db.session.execute(
        select(Appeal, Decision, Matter).join(Decision, Decision.id == Appeal.decision_id)
        .join(Matter, Matter.id == Decision.matter_id).where(Appeal.number == number)
        .execution_options(populate_existing=True)).first()
    return Appealed(*row) if row else None


def appeals_of(decision_id: int) -> Sequence[Appeal]:
    """All appeals against a decision, oldest first. Loads: 1 statement."""
    return db.session.scalars(select(Appeal).where(Appeal.decision_id == decision_id)
                              .order_by(Appeal.id)).all()


def guest_order(matter: Matter) -> Order | None:
    """The order by which a guest wrote what a matter is about. Loads: 1 statement."""
    if matter.object_kind != "rating":
        return None
    return db.session.scalar(
        select(Order).join(SellerOrder, SellerOrder.order_id == Order.id)
        .join(OrderLine, OrderLine.seller_order_id == SellerOrder.id)
        .join(Rating, Rating.order_line_id == OrderLine.id)
        .where(Rating.id == matter.object_id, Rating.guest_key.is_not(None)))


def reporter_of(report: Report, matter: Matter, thing: Reported | None) -> Party:
    """As whom somebody with the secret link of a report is concerned. Loads: 2 statements."""
    known = thing and report.person_id and party_of(matter, thing, report.person_id)
    return known or Party("reporter", report.id, report.person_id)


def cannot_decide(person_id: int, matter: Matter, thing: Reported) -> bool:
    """Whether somebody cannot decide a matter first: its author, of the house concerned, who
    reported it, or tied to one of them. Loads: up to 4 statements.
    """
    reporters = db.session.scalars(select(Report.person_id).where(
        Report.matter_id == matter.id, Report.person_id.is_not(None)))
    return _concerned(person_id, thing, frozenset(one for one in reporters if one))


def refusal(person_id: int, case: Appealed, thing: Reported) -> str | None:
    """Why somebody cannot decide an appeal: "first" (decided before), "tied" (a party, or tied to
    one), "others" (staff, while a moderator can); None if they can.
    """
    first = set(db.session.scalars(select(Decision.decided_by).where(
        Decision.matter_id == case.matter.id)))
    return why_not(person_id, first, thing, _sides(case))


def why_not(person_id: int, first: Collection[int], thing: Reported, sides: Collection[int]
            ) -> str | None:
    """Why somebody cannot decide again what the `first` decided; `sides`: who is concerned beside
    author and house. In the words of `refusal`.
    """
    if person_id in first:
        return "first"
    if _concerned(person_id, thing, sides):
        return "tied"
    moderators = set(db.session.scalars(select(Person.id).where(
        Person.is_moderator, Person.state == "active")))
    if person_id in moderators:
        return None
    able = (one for one in sorted(moderators - set(first)) if not _concerned(one, thing, sides))
    return "others" if next(able, None) else None


def _sides(case: Appealed) -> frozenset[int]:
    """Members who reported or appealed."""
    reporters = select(Report.person_id).where(Report.matter_id == case.matter.id)
    appellants = select(Appeal.person_id).where(Appeal.decision_id == case.decision.id)
    return frozenset(one for one in db.session.scalars(reporters.union(appellants)) if one)


def _concerned(person_id: int, thing: Reported, sides: Collection[int]) -> bool:
    if person_id in sides or is_concerned(
            person_id, thing.author_id, thing.producer_id):
        return True
    ties = union_all(
        select(Follow.follower_id, Follow.followed_id).where(or_(
            (Follow.follower_id == person_id) & Follow.followed_id.in_(sides),
            (Follow.followed_id == person_id) & Follow.follower_id.in_(sides))),
        select(Trust.truster_id, Trust.trusted_id).where(or_(
            (Trust.truster_id == person_id) & Trust.trusted_id.in_(sides),
            (Trust.trusted_id == person_id) & Trust.truster_id.in_(sides)))).limit(1)
    return db.session.execute(ties).first() is not None
