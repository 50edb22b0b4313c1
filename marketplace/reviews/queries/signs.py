"""What the checks look at: a day's answers, copies, addresses, networks, circles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select

from marketplace.foundation.database import db
from marketplace.orders.models import Order, OrderLine, SellerOrder, Withdrawal
from marketplace.people.models import Account, Address
from marketplace.producers.models import Staff, Trader
from marketplace.reviews.models import Rating, RatingFlag, RatingVersion, TextPrint
from marketplace.reviews.rules.flags import BURST_WINDOW_DAYS, NETWORK_HOURS, REFUND_DAYS

Own = Any


@dataclass(frozen=True, slots=True)
class Bought:
    """Where and when the goods of an answer were ordered, sent and given back."""

    ship_to: Mapping[str, Any]
    placed_at: datetime
    dispatched_at: datetime | None
    confirmed_at: datetime | None
    withdrawn_at: datetime | None


def other_author(row: Rating) -> Own:
    """Answers of anybody but this author."""
    if row.person_id is not None:
        return or_(Rating.person_id != row.person_id, Rating.person_id.is_(None))
    return or_(Rating.guest_key != row.guest_key, Rating.guest_key.is_(None))


def bought(rating_id: int) -> Bought | None:
    """The order behind an answer. Loads: 1 statement."""
    back = (select(func.min(Withdrawal.declared_at))
            .where(Withdrawal.seller_order_id == SellerOrder.id).scalar_subquery())
    row = db.session.execute(
        select(Order.ship_to, Order.placed_at, SellerOrder.dispatched_at, Account.confirmed_at,
               back)
        .select_from(Rating).join(OrderLine, OrderLine.id == Rating.order_line_id)
        .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id)
        .outerjoin(Account, Account.person_id == Rating.person_id)
        .where(Rating.id == rating_id)).first()
    return Bought(*row) if row else None


def answers_of_day(row: Rating, begin: datetime) -> tuple[list[int], int]:
    """The answers of a product since the begin of a day, and how many came in the window before.

    Loads: 2 statements.
    """
    of_day = db.session.scalars(select(Rating.id).where(
        Rating.product_id == row.product_id, Rating.given_at >= begin,
        Rating.given_at < begin + timedelta(days=1)).order_by(Rating.id)).all()
    before = db.session.scalar(select(func.count(Rating.id)).where(
        Rating.product_id == row.product_id, Rating.given_at < begin,
        Rating.given_at >= begin - timedelta(days=BURST_WINDOW_DAYS))) or 0
    return list(of_day), before


def alike_words(row: Rating, prints: Sequence[int], limit: int = 20) -> Sequence[tuple[int, str]]:
    """(id, words) of answers of others that share a print with these words. Loads: 1 statement."""
    found = (select(RatingVersion.rating_id)
             .join(TextPrint, TextPrint.rating_version_id == RatingVersion.id)
             .where(TextPrint.hash64.in_(list(prints)), RatingVersion.rating_id != row.id)
             .group_by(RatingVersion.rating_id)
             .order_by(func.count().desc(), RatingVersion.rating_id).limit(limit).subquery())
    return [(one[0], one[1]) for one in db.session.execute(
        select(Rating.id, Rating.words).where(Rating.id.in_(select(found.c.rating_id)),
                                              other_author(row)))]


def addresses_of_producer(producer_id: int) -> list[tuple[str, str]]:
    """(street, postcode) of a producer and of its people. Loads: 2 statements."""
    rows = [(row[0], row[1]) for row in db.session.execute(
        select(Trader.street, Trader.postcode).where(Trader.producer_id == producer_id))]
    return rows + [(row[0], row[1]) for row in db.session.execute(
        select(Address.lines, Address.postcode)
        .join(Staff, Staff.person_id == Address.person_id)
        .where(Staff.producer_id == producer_id, Staff.until.is_(None)))]


def same_network(row: Rating) -> list[int]:
    """Answers of others to the same producer from one network within a day. Loads: 1."""
    span = timedelta(hours=NETWORK_HOURS)
    return list(db.session.scalars(select(Rating.id).where(
        Rating.network == row.network, Rating.producer_id == row.producer_id,
        Rating.id != row.id, other_author(row),
        Rating.given_at.between(row.given_at - span, row.given_at + span)).limit(20)))


def own_history(row: Rating) -> tuple[int, int]:
    """How many earlier answers of the same author were alike, and how many there are. Loads: 1."""
    if row.person_id is None:
        return 0, 0
    found = dict(db.session.execute(
        select(Rating.again, func.count()).where(
            Rating.person_id == row.person_id, Rating.id != row.id,
            Rating.given_at <= row.given_at).group_by(Rating.again)).all())
    return found.get(row.again, 0), sum(found.values())


def flags_of(rating_ids: Sequence[int]) -> Mapping[int, list[RatingFlag]]:
    """Flags by answer, oldest first. Loads: 1 statement, none without answers."""
    found: dict[int, list[RatingFlag]] = {}
    if rating_ids:
        for flag in db.session.scalars(
            select(RatingFlag).where(RatingFlag.rating_id.in_(list(rating_ids)))
            .order_by(RatingFlag.id).execution_options(populate_existing=True)
        ):
            found.setdefault(flag.rating_id, []).append(flag)
    return found


def without_flag(rating_ids: Sequence[int], kind: str) -> list[int]:
    """Which of these answers do not have a sign of this kind yet. Loads: 1 statement."""
    known = set(db.session.scalars(select(RatingFlag.rating_id).where(
        RatingFlag.kind == kind, RatingFlag.rating_id.in_(list(rating_ids)))))
    return [one for one in rating_ids if one not in known]


def sent_later(since: datetime) -> list[int]:
    """Answers given before their goods were sent, as it turned out. Loads: 1 statement."""
    return list(db.session.scalars(
        select(Rating.id).join(OrderLine, OrderLine.id == Rating.order_line_id)
        .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
        .where(Rating.given_at >= since, SellerOrder.dispatched_at > Rating.given_at)))


def given_back(since: datetime) -> list[int]:
    """Yes answers whose goods were given back within 14 days after. Loads: 1 statement."""
    rows = db.session.execute(
        select(Rating.id, Rating.given_at, Withdrawal.declared_at)
        .join(OrderLine, OrderLine.id == Rating.order_line_id)
        .join(Withdrawal, Withdrawal.seller_order_id == OrderLine.seller_order_id)
        .where(Rating.given_at >= since, Rating.again, Withdrawal.declared_at > Rating.given_at))
    return [row[0] for row in rows if row[2] - row[1] <= timedelta(days=REFUND_DAYS)]


def recent_answers(since: datetime) -> list[tuple[int, int, int, datetime]]:
    """(id, person, product, given at) of members' answers. Loads: 1 statement."""
    return [(row[0], row[1] or 0, row[2], row[3]) for row in db.session.execute(
        select(Rating.id, Rating.person_id, Rating.product_id, Rating.given_at)
        .where(Rating.given_at >= since, Rating.person_id.is_not(None)).order_by(Rating.id))]


def praise_of_staff() -> list[tuple[int, int, int]]:
    """(answer, producer whose staff said yes, producer whose goods). Loads: 1 statement."""
    return [(row[0], row[1], row[2]) for row in db.session.execute(
        select(Rating.id, Staff.producer_id, Rating.producer_id)
        .join(Staff, Staff.person_id == Rating.person_id)
        .where(Rating.again, Staff.until.is_(None),
               Staff.producer_id != Rating.producer_id).order_by(Rating.id))]
