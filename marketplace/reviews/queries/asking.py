"""What decides whether somebody may answer about a line, and what they said before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, literal, or_, select, union_all

from marketplace.catalog.models import Product
from marketplace.foundation.database import db, read
from marketplace.orders.models import Order, OrderLine, ParcelLine, SellerOrder
from marketplace.orders.queries import Received, delivered_lines
from marketplace.people.models import Account
from marketplace.producers.models import Producer, Staff
from marketplace.reviews.models import Invitation, Rating, Relation
from marketplace.reviews.rules.counting import Counted

LOT = func.coalesce(
    select(ParcelLine.lot_id).where(ParcelLine.line_id == OrderLine.id,
                                    ParcelLine.lot_id.is_not(None))
    .order_by(ParcelLine.parcel_id.desc()).limit(1).scalar_subquery(), OrderLine.lot_id)
"""The lot that was in the parcel, else the one that was ordered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A line with everything that decides whether and how it may be judged."""

    line_id: int
    order_id: int
    order_number: str
    guest_secret_hash: str | None
    buyer_id: int | None
    buyer_key: str
    producer_id: int
    product_id: int
    category_id: int
    lot_id: int | None
    title: str
    qty: int
    cancelled: int
    dispatched: int
    paid_at: datetime | None
    dispatched_at: datetime | None
    delivered_at: datetime | None
    invitation_id: int | None
    asked_at: datetime | None
    buyer_counted: bool


@cache
def _asked() -> Any:
    earlier = _asked_before()
    return (
        select(OrderLine.id, Order.id, Order.number, Order.guest_secret_hash, Order.buyer_id,
               Order.buyer_key, SellerOrder.producer_id, OrderLine.product_id,
               Product.category_id, LOT, OrderLine.title, OrderLine.qty, OrderLine.cancelled,
               OrderLine.dispatched, SellerOrder.paid_at, SellerOrder.dispatched_at,
               SellerOrder.delivered_at, Invitation.id, Invitation.asked_at, earlier)
        .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id)
        .join(Product, Product.id == OrderLine.product_id)
        .outerjoin(Invitation, Invitation.order_line_id == OrderLine.id)
        .where(OrderLine.id == bindparam("line")))


def _asked_before() -> Any:
    """Whether the buyer of the line at hand was asked about this product, on any line."""
    asked = db.aliased(Invitation)
    line, part, order = db.aliased(OrderLine), db.aliased(SellerOrder), db.aliased(Order)
    return (
        select(asked.id).join(line, line.id == asked.order_line_id)
        .join(part, part.id == line.seller_order_id).join(order, order.id == part.order_id)
        .where(asked.product_id == OrderLine.product_id, order.buyer_key == Order.buyer_key,
               or_(asked.asked_at.is_not(None), asked.answered_at.is_not(None),
                   asked.declined_at.is_not(None)))
        .correlate(Order, OrderLine).exists())


def asked_line(line_id: int) -> Asked | None:
    """One line. Loads: 1 statement."""
    rows = read(_asked(), line=line_id)
    return Asked(*rows[0]) if rows else None


def ties_to_producer(person_id: int | None, producer_id: int, order_id: int) -> frozenset[str]:
    """How a buyer stands to a producer: "staff", "competitor", "paid_by_producer", and the
    kinds of open relations. Loads: 1 statement.
    """
    return frozenset(row[0] for row in read(
        _ties(), person=person_id or 0, producer=producer_id, order=order_id))


@cache
def _ties() -> Any:
    person: Any = bindparam("person")
    producer: Any = bindparam("producer")
    staff = select(literal("staff")).where(
        Staff.person_id == person, Staff.producer_id == producer, Staff.until.is_(None))
    own, other = db.aliased(Producer), db.aliased(Producer)
    rival = (select(literal("competitor")).select_from(Staff)
             .join(own, own.id == Staff.producer_id)
             .join(other, other.subject_id == own.subject_id)
             .where(Staff.person_id == person, Staff.until.is_(None), other.id == producer,
                    own.id != producer))
    payer = (select(literal("paid_by_producer")).select_from(Order)
             .join(Account, Account.email_folded == func.lower(Order.email))
             .join(Staff, Staff.person_id == Account.person_id)
             .where(Order.id == bindparam("order"), Staff.producer_id == producer,
                    Staff.until.is_(None)))
    known = select(Relation.kind).where(
        Relation.person_id == person, Relation.producer_id == producer,
        Relation.until.is_(None))
    return union_all(staff, rival, payer, known)


def answers_of(product_id: int, person_id: int | None, guest_key: str | None, lock: bool = False
               ) -> list[Rating]:
    """All answers of one person to one product, by id. Loads: 1 statement."""
    if person_id is None and guest_key is None:
        return []
    return list(db.session.scalars(
        _answers(person_id is not None, lock),
        {"who": guest_key if person_id is None else person_id, "product": product_id}))


@cache
def _answers(member: bool, lock: bool) -> Any:
    own = Rating.person_id if member else Rating.guest_key
    wanted = (select(Rating).where(own == bindparam("who"),
                                   Rating.product_id == bindparam("product"))
              .order_by(Rating.id).execution_options(populate_existing=True))
    return wanted.with_for_update() if lock else wanted


def counted(row: Rating) -> Counted:
    """The part of an answer that is counted."""
    return Counted(row.id, row.lot_id, row.given_at, row.standing == "counts", row.again,
                   row.stars, row.value, row.delight, row.origin == "invited")


def answers_by_product(person_id: int) -> dict[int, list[Counted]]:
    """All answers of a person, as counted, by product. Loads: 1 statement."""
    found: dict[int, list[Counted]] = {}
    for row in db.session.scalars(select(Rating).where(Rating.person_id == person_id)):
        found.setdefault(row.product_id, []).append(counted(row))
    return found


def own_rating(line: Asked, person_id: int | None, guest_key: str | None) -> Rating | None:
    """The answer somebody gave about this line's product and lot. Loads: 1 statement."""
    return of_lot(answers_of(line.product_id, person_id, guest_key), line.lot_id)


def of_lot(answers: Sequence[Rating], lot_id: int | None) -> Rating | None:
    """The one of a person's answers to a product that speaks of this lot."""
    return next((one for one in answers if one.lot_id == lot_id), None)


def answered_lines(line_ids: Sequence[int]) -> frozenset[int]:
    """Which of these order lines have an answer or a "no thanks". Loads: 1 statement."""
    if not line_ids:
        return frozenset()
    ids = list(line_ids)
    return frozenset(db.session.scalars(
        select(Rating.order_line_id).where(Rating.order_line_id.in_(ids))
        .union(select(Invitation.order_line_id).where(
            Invitation.order_line_id.in_(ids), or_(Invitation.declined_at.is_not(None),
                                                   Invitation.answered_at.is_not(None))))))


def rating_by_code(code: str) -> Rating | None:
    """An answer by its code. Loads: 1 statement."""
    return db.session.scalar(select(Rating).where(Rating.code == code)
                             .execution_options(populate_existing=True))


def occasions_of(rating_ids: Collection[int]) -> dict[int, list[int]]:
    """Occasion ids by answer. Loads: 1 statement, none without answers."""
    from marketplace.reviews.models import RatingOccasion

    found: dict[int, list[int]] = {}
    if rating_ids:
        for rating_id, occasion_id in db.session.execute(
            select(RatingOccasion.rating_id, RatingOccasion.occasion_id)
            .where(RatingOccasion.rating_id.in_(list(rating_ids)))
        ):
            found.setdefault(rating_id, []).append(occasion_id)
    return found


def unanswered(person_id: int, limit: int) -> Sequence[Received]:
    """Delivered lines of goods that the person has not judged, newest first. Loads: 1 statement."""
    return [Received(*row) for row in read(_unanswered(), me=person_id, limit=limit)]


@cache
def _unanswered() -> Any:
    judged = select(Rating.id).where(Rating.person_id == bindparam("me"),
                                     Rating.product_id == OrderLine.product_id)
    return delivered_lines().where(~judged.exists())
