"""Which variant somebody means, and whether and when it can be had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from marketplace.catalog.models import Lot, Product, Variant
from marketplace.catalog.queries.buying import unreadable_in
from marketplace.catalog.rules.choosing import Choice, closest, dispatch_day
from marketplace.foundation.database import db, read
from marketplace.producers.models import Producer
from marketplace.producers.queries import promise_of
from marketplace.producers.queries.hours import calendar_of
from marketplace.producers.queries.legal import shipping_papers
from marketplace.producers.rules.holidays import holidays_between
from marketplace.producers.rules.traders import may_ship

SEARCHED_DAYS = 120
"""How far free days are looked up beyond the day something is ready."""


@dataclass(frozen=True, slots=True)
class BuyableOn:
    """What data say to "can I have it, and when": pieces, lead time, the day it leaves.

    `dispatch_on` is None where it cannot be had. `why` is "" | "sold_out" | "stopped" |
    "not_on_sale" | "papers" (the producer may not send there) | "unread" (nobody there reads what
    has to be read).
    """

    variant_id: int
    producer_id: int
    available: int
    made_to_order: bool
    lead_days: int
    dispatch_on: date | None
    home: bool
    why: str


def buyable_on(variant_id: int, country: str, on: date, swiss: bool = False) -> BuyableOn | None:
    """Stock, lead time and dispatch day of a variant ordered on a day; None if it is unknown.

    Public holidays, closed days and pauses of the producer do not count. `home`: whether `country`
    is the producer's own; `swiss`: whether anything is sent to Switzerland. Where parcels go and
    what they cost is known to `orders`. Loads: at most 7 statements.
    """
    row = db.session.execute(
        select(Variant.on_hand, Variant.reserved, Variant.made_to_order, Variant.lead_days,
               Variant.active, Product.state, Product.id.label("product_id"), Lot.stopped_at,
               Product.age_class, Producer.state.label("house"), Producer.country,
               Producer.holiday_region, Producer.id.label("producer_id"))
        .join(Product, Product.id == Variant.product_id)
        .outerjoin(Lot, Lot.id == Variant.lot_id)
        .join(Producer, Producer.id == Product.producer_id).where(Variant.id == variant_id)).first()
    if row is None:
        return None
    land, available = country.upper(), max(0, row.on_hand - row.reserved)
    lead = row.lead_days or 14 if row.made_to_order else 0
    why = _why_not(row, available) or _why_not_there(row, land, swiss)
    leaves = None if why else _leaves(row, on, on + timedelta(days=lead))
    return BuyableOn(variant_id, row.producer_id, available, row.made_to_order, lead, leaves,
                     row.country == land, why)


def _why_not(row: Any, available: int) -> str:
    """Why nobody can have it; "" if somebody can."""
    if row.stopped_at is not None or row.state == "stopped":
        return "stopped"
    if not (row.active and row.state == "published" and row.house == "selling"):
        return "not_on_sale"
    return "" if available or row.made_to_order else "sold_out"


def _why_not_there(row: Any, country: str, swiss: bool) -> str:
    """Why it does not go to a country; "" if it may. Loads: at most 3 statements."""
    papers, overdue = shipping_papers([row.producer_id], swiss)[row.producer_id]
    if overdue or may_ship(papers, country, row.age_class > 0):
        return "papers"
    return "unread" if unreadable_in([row.product_id], country) else ""


def _leaves(row: Any, on: date, ready: date) -> date:
    """The day it leaves, as it is promised with an order: counted from the first day of work.

    Loads: 3 statements.
    """
    end = ready + timedelta(days=SEARCHED_DAYS)
    closed = calendar_of(row.producer_id, on, end).closed | holidays_between(
        row.holiday_region or row.country, on, end)
    begin = dispatch_day(ready, 0, closed=closed)
    return dispatch_day(begin, promise_of(row.producer_id, "dispatch_days", 2), closed=closed)


def resolve(product_id: int, options: Mapping[str, str]) -> tuple[int | None, Sequence[Choice]]:
    """The variant that has these options, or None and the closest ones that can be had.

    Options are words by name (size, colour, lot ...); a variant's label counts too.
    Loads: 1 statement.
    """
    rows = [Choice(row.id, {**{str(k): str(v) for k, v in (row.options or {}).items()},
                            "label": f"{row.label_de} {row.label_en}".strip()},
                   row.made_to_order or row.on_hand > row.reserved, row.price_minor)
            for row in read(
                select(Variant.id, Variant.options, Variant.label_de, Variant.label_en,
                       Variant.on_hand, Variant.reserved, Variant.made_to_order,
                       Variant.price_minor)
                .where(Variant.product_id == product_id, Variant.active)
                .order_by(Variant.position, Variant.id))]
    return closest(rows, options)
