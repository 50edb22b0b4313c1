"""What buyers have in hands, and what later rooms need to know of purchases."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, literal, select

from marketplace.foundation import clock
from marketplace.foundation.database import db, read
from marketplace.orders.models import Order, OrderLine, SellerOrder, ShippingRate, ShippingZone
from marketplace.orders.queries.zones import zone_area
from marketplace.orders.rules.shipping import Rate
from marketplace.orders.rules.zones import ZoneArea, zones_for

BOUGHT = ("paid", "preparing", "dispatched", "delivered")


@dataclass(frozen=True, slots=True)
class Received:
    """A line with everything that decides whether it may be judged."""

    line_id: int
    order_id: int
    order_number: str
    seller_order_id: int
    position: int
    buyer_id: int | None
    buyer_key: str
    producer_id: int
    product_id: int
    lot_id: int | None
    title: str
    state: str
    qty: int
    cancelled: int
    delivered: int
    paid_at: datetime | None
    dispatched_at: datetime | None
    delivered_at: datetime | None


def _selected() -> Any:
    return (
        select(OrderLine.id, Order.id, Order.number, SellerOrder.id, OrderLine.position,
               Order.buyer_id, Order.buyer_key, SellerOrder.producer_id, OrderLine.product_id,
               OrderLine.lot_id, OrderLine.title, SellerOrder.state, OrderLine.qty,
               OrderLine.cancelled, OrderLine.delivered, SellerOrder.paid_at,
               SellerOrder.dispatched_at, SellerOrder.delivered_at)
        .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id))


def received(line_id: int) -> Received | None:
    """One line. Loads: 1 statement."""
    row = db.session.execute(_selected().where(OrderLine.id == line_id)).first()
    return Received(*row) if row else None


def delivered_lines() -> Any:
    """The statement of a person's delivered lines, newest first; asks for `me` and `limit`.

    The columns are those of `Received`; later rooms narrow it by what they know.
    """
    return (_selected().where(Order.buyer_id == bindparam("me"), OrderLine.delivered > 0)
            .order_by(SellerOrder.delivered_at.desc(), OrderLine.id.desc())
            .limit(bindparam("limit")))


def ever_bought(person_ids: Collection[int], product_id: int) -> frozenset[int]:
    """Who of these has ever paid for this product. Loads: 1 statement."""
    rows = db.session.scalars(
        select(Order.buyer_id).join(SellerOrder, SellerOrder.order_id == Order.id)
        .join(OrderLine, OrderLine.seller_order_id == SellerOrder.id)
        .where(OrderLine.product_id == product_id, SellerOrder.state.in_(BOUGHT),
               Order.buyer_id.in_(list(person_ids))).distinct())
    return frozenset(i for i in rows if i is not None)


def buyer_counts(product_ids: Collection[int], since: datetime | None = None) -> Mapping[int, int]:
    """Different buyers by product. Loads: 1 statement."""
    wanted = (
        select(OrderLine.product_id, func.count(func.distinct(Order.buyer_key)))
        .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id)
        .where(SellerOrder.state.in_(BOUGHT), OrderLine.product_id.in_(list(product_ids)))
        .group_by(OrderLine.product_id))
    if since is not None:
        wanted = wanted.where(Order.placed_at >= since)
    return dict(db.session.execute(wanted).all())


def buyers(among: Collection[int] | None = None) -> frozenset[int]:
    """Everybody, or who of some people, ever paid for an order and received it.

    Loads: 1 statement.
    """
    wanted = (select(Order.buyer_id).join(SellerOrder, SellerOrder.order_id == Order.id)
              .where(SellerOrder.state == "delivered", Order.buyer_id.is_not(None)).distinct())
    if among is not None:
        wanted = wanted.where(Order.buyer_id.in_(list(among)))
    return frozenset(i for i in db.session.scalars(wanted) if i is not None)


def received_before(person_id: int, order_id: int) -> bool:
    """Whether a person received another order than this one. Loads: 1 statement."""
    return db.session.scalar(
        select(SellerOrder.id).join(Order, Order.id == SellerOrder.order_id)
        .where(Order.buyer_id == person_id, Order.id != order_id,
               SellerOrder.state == "delivered").limit(1)) is not None


def bought_again(seller_order_id: int) -> Sequence[tuple[int, int]]:
    """Buyer and product of the lines whose product the buyer paid for before. Loads: 1."""
    rows = db.session.execute(_bought_again(), {"part": seller_order_id})
    return [(row[0] or 0, row[1]) for row in rows]


@cache
def _bought_again() -> Select[int | None, int]:
    line, part, order = (db.aliased(one) for one in (OrderLine, SellerOrder, Order))
    before = (select(line.id).join(part, part.id == line.seller_order_id)
              .join(order, order.id == part.order_id)
              .where(order.buyer_id == Order.buyer_id, order.id != Order.id,
                     line.product_id == OrderLine.product_id, part.state.in_(BOUGHT)))
    return (select(Order.buyer_id, OrderLine.product_id)
            .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
            .join(Order, Order.id == SellerOrder.order_id)
            .where(SellerOrder.id == bindparam("part"), Order.buyer_id.is_not(None),
                   before.exists()).distinct())


def open_transfers(buyer_key: str, network_key: str | None = None) -> tuple[int, int]:
    """How many unpaid transfer orders somebody has, and a network within a day.

    Loads: 1 statement.
    """
    asked = {"network": network_key, "since": clock.now() - timedelta(days=1)} if network_key \
        else {}
    row = read(_open_transfers(bool(network_key)), buyer=buyer_key, **asked)[0]
    return row[0], row[1]


@cache
def _open_transfers(networks: bool) -> Any:
    waits = (select(func.count(func.distinct(Order.id)))
             .join(SellerOrder, SellerOrder.order_id == Order.id)
             .where(Order.method == "bank_transfer", SellerOrder.state == "awaiting_payment"))
    own = waits.where(Order.buyer_key == bindparam("buyer")).scalar_subquery()
    near = waits.where(Order.network_key == bindparam("network"),
                       Order.placed_at > bindparam("since")).scalar_subquery()
    return select(own, near if networks else literal(0))


def shipping_rates(producer_ids: Collection[int], country: str, postcode: str = ""
                   ) -> Mapping[int, Sequence[Rate]]:
    """Rows of the shipping tables for a country and the narrowest zone around a postcode, by
    producer. Loads: 1 statement.
    """
    zones: dict[int, dict[int, ZoneArea]] = {}
    rates: dict[int, list[Rate]] = {}
    for zone, row in db.session.execute(_rates(), {"ids": list(producer_ids)}):
        zones.setdefault(zone.producer_id, {})[zone.id] = zone_area(zone)
        rates.setdefault(zone.id, []).append(Rate(
            row.method, row.basis, row.from_x, row.to_x, row.minor, row.free_from_minor,
            row.handover_age, row.days_min, row.days_max))
    found = {maker: zones_for(areas.values(), country, postcode)
             for maker, areas in zones.items()}
    return {maker: [rate for zone in ids for rate in rates[zone]]
            for maker, ids in found.items() if ids}


def destinations(producer_ids: Collection[int]) -> dict[int, list[str]]:
    """Countries to which each producer sends anything. Loads: 1 statement."""
    found: dict[int, set[str]] = {}
    for row in db.session.execute(select(ShippingZone.producer_id, ShippingZone.countries).where(
            ShippingZone.producer_id.in_(list(producer_ids)))):
        found.setdefault(row.producer_id, set()).update(row.countries)
    return {maker: sorted(countries) for maker, countries in found.items()}


@cache
def _rates() -> Any:
    return (select(ShippingZone, ShippingRate)
            .join(ShippingRate, ShippingRate.zone_id == ShippingZone.id)
            .where(ShippingZone.producer_id.in_(bindparam("ids", expanding=True)))
            .order_by(ShippingRate.id))


def has_order(person_id: int) -> bool:
    """Whether a person ever ordered. Loads: 1 statement."""
    return bool(db.session.scalar(select(exists().where(Order.buyer_id == person_id))))


def has_open_parts(producer_id: int) -> bool:
    """Whether a producer still has orders to finish. Loads: 1 statement."""
    return bool(db.session.scalar(select(exists().where(
        SellerOrder.producer_id == producer_id,
        SellerOrder.state.in_(("awaiting_payment", "paid", "preparing", "dispatched"))))))
