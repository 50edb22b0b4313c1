"""Which variant somebody means, and whether and when it can be had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from marketplace.catalog.models import Product, Variant
from marketplace.catalog.rules.choosing import Choice, closest, dispatch_day
from marketplace.foundation.database import db, read
from marketplace.producers.models import Producer
from marketplace.producers.queries import promise_of


@dataclass(frozen=True, slots=True)
class BuyableOn:
    """What data say to "can I have it, and when": pieces, lead time, the day it leaves.

    `dispatch_on` is None where it cannot be had. `why` is "" | "sold_out" | "not_on_sale".
    """

    variant_id: int
    available: int
    made_to_order: bool
    lead_days: int
    dispatch_on: date | None
    home: bool
    why: str


def buyable_on(variant_id: int, country: str, on: date) -> BuyableOn | None:
    """Stock, lead time and dispatch day of a variant ordered on a day; None if it is unknown.

    `home` says whether `country` is the producer's own. Holidays are known where orders are
    promised, not here. Loads: 2 statements.
    """
    row = db.session.execute(
        select(Variant.on_hand, Variant.reserved, Variant.made_to_order, Variant.lead_days,
               Variant.active, Product.state, Producer.state.label("house"), Producer.country,
               Producer.id.label("producer_id"))
        .join(Product, Product.id == Variant.product_id)
        .join(Producer, Producer.id == Product.producer_id).where(Variant.id == variant_id)).first()
    if row is None:
        return None
    available = max(0, row.on_hand - row.reserved)
    lead = row.lead_days or 14 if row.made_to_order else 0
    on_sale = row.active and row.state == "published" and row.house == "selling"
    why = "" if on_sale and (available or row.made_to_order) else \
        "sold_out" if on_sale else "not_on_sale"
    leaves = None if why else dispatch_day(
        on + timedelta(days=lead), promise_of(row.producer_id, "dispatch_days", 2), ())
    return BuyableOn(variant_id, available, row.made_to_order, lead, leaves,
                     row.country == country.upper(), why)


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
