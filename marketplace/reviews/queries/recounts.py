"""Counts taken from the answers themselves, for the nightly comparison."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import case, func, or_, select

from marketplace.catalog.models import Product
from marketplace.foundation.database import db
from marketplace.groups.models import Group, Membership
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.producers.models import Producer
from marketplace.reviews.models import GroupScore, Invitation, Rating
from marketplace.reviews.rules.counting import Counted, Key, Share, shares

SPAN = 20_000


def _author() -> Any:
    """What an answer's author is called in sums; an anonymous answer stands for itself."""
    return (Rating.person_id, Rating.guest_key, case(
        (Rating.person_id.is_(None) & Rating.guest_key.is_(None), Rating.id), else_=0))


def totals_by_product() -> list[tuple[int, int, int]]:
    """(main category, yes, answers) of each product; a person's newest lot alone counts.

    Loads: 1 statement per 20,000 product ids.
    """
    place = func.row_number().over(
        partition_by=(Rating.product_id, *_author()),
        order_by=(Rating.given_at.desc(), Rating.id.desc()))
    last = db.session.scalar(select(func.max(Product.id))) or 0
    found: list[tuple[int, int, int]] = []
    for start in range(0, last + 1, SPAN):
        ranked = (select(Rating.product_id, Rating.again, place.label("place"))
                  .where(Rating.standing == "counts",
                         Rating.product_id.between(start, start + SPAN - 1)).subquery())
        found += [(row[0], int(row[1] or 0), row[2]) for row in db.session.execute(
            select(Product.main_category_id,
                   func.sum(case((ranked.c.again, 1), else_=0)), func.count(ranked.c.product_id))
            .join(ranked, ranked.c.product_id == Product.id).where(ranked.c.place == 1)
            .group_by(Product.id, Product.main_category_id))]
    return found


def _counted_rows(which: Any) -> Iterator[tuple[tuple[Any, ...], Counted]]:
    rows = db.session.execute(
        select(Rating.product_id, *_author(), Rating.id, Rating.lot_id, Rating.given_at,
               Rating.again, Rating.stars, Rating.value, Rating.delight, Rating.origin)
        .where(which, Rating.standing == "counts")
        .order_by(Rating.product_id, *_author(), Rating.id))
    for row in rows:
        yield tuple(row[:4]), Counted(row[4], row[5], row[6], True, row[7], row[8], row[9],
                                      row[10], row[11] == "invited")


def contributions(first: int, last: int, today: date, half_life_days: float
                  ) -> dict[tuple[int, Key], Share]:
    """What all counted answers of a range of products add up to, by product and lot.

    Loads: 1 statement.
    """
    return _added(Rating.product_id.between(first, last), today, half_life_days)


def contributions_of(product_ids: Collection[int], today: date, half_life_days: float
                     ) -> dict[tuple[int, Key], Share]:
    """As `contributions`, for these products. Loads: 1 statement."""
    return _added(Rating.product_id.in_(list(product_ids)), today, half_life_days)


def _added(which: Any, today: date, half_life_days: float) -> dict[tuple[int, Key], Share]:
    found: dict[tuple[int, Key], Share] = {}
    for (product, *_rest), rows in groupby(_counted_rows(which), key=lambda one: one[0]):
        for key, share in shares([one for _who, one in rows], today, half_life_days).items():
            _merge(found.setdefault((product, key), Share.empty()), share)
    return found


def _merge(total: Share, part: Share) -> None:
    for name, by in part.counts.items():
        if by:
            total.counts[name] += by
    total.kw += part.kw
    total.nw += part.nw
    for name, better in (("first_at", min), ("last_at", max)):
        both = [at for at in (getattr(total, name), getattr(part, name)) if at is not None]
        setattr(total, name, better(both, default=None))


def asked_buyers(first: int, last: int) -> Mapping[int, int]:
    """Different buyers who were asked, answered or declined, by product. Loads: 1 statement."""
    return dict(db.session.execute(
        select(Invitation.product_id, func.count(func.distinct(Order.buyer_key)))
        .join(OrderLine, OrderLine.id == Invitation.order_line_id)
        .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id)
        .where(Invitation.product_id.between(first, last),
               or_(Invitation.asked_at.is_not(None), Invitation.answered_at.is_not(None),
                   Invitation.declined_at.is_not(None)))
        .group_by(Invitation.product_id)).all())


def producer_ids() -> list[int]:
    """All producers. Loads: 1 statement."""
    return list(db.session.scalars(select(Producer.id).order_by(Producer.id)))


def group_ids() -> list[int]:
    """All groups. Loads: 1 statement."""
    return list(db.session.scalars(select(Group.id).order_by(Group.id)))


def group_counts(group_id: int) -> dict[int, tuple[int, int]]:
    """(yes, answers) of a group's members by product, counted anew. Loads: 1 statement."""
    place = func.row_number().over(
        partition_by=(Rating.product_id, Rating.person_id),
        order_by=(Rating.given_at.desc(), Rating.id.desc()))
    ranked = (select(Rating.product_id, Rating.again, place.label("place"))
              .join(Membership, Membership.person_id == Rating.person_id)
              .where(Membership.group_id == group_id, Membership.left_at.is_(None),
                     Rating.standing == "counts").subquery())
    return {row[0]: (int(row[1] or 0), row[2]) for row in db.session.execute(
        select(ranked.c.product_id, func.sum(case((ranked.c.again, 1), else_=0)), func.count())
        .where(ranked.c.place == 1).group_by(ranked.c.product_id))}


def kept_group_counts(group_id: int) -> dict[int, tuple[int, int]]:
    """The kept (yes, answers) of a group by product. Loads: 1 statement."""
    return {row[0]: (row[1], row[2]) for row in db.session.execute(
        select(GroupScore.product_id, GroupScore.k, GroupScore.n)
        .where(GroupScore.group_id == group_id, GroupScore.n != 0))}
