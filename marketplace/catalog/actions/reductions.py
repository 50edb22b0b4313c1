"""Reductions: the only way to a struck price (PAngV § 11; ECJ C-330/23)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from flask_babel import format_currency, format_date
from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.catalog.actions.stock import change_price, refresh_price_copies
from marketplace.catalog.events import ReductionStarted
from marketplace.catalog.models import Price, Product, Reduction, Variant
from marketplace.catalog.rules.prices import InForce, first_step, highest_reduced, lowest
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce


def start_reduction(variant_id: int, new_minor: int, kind: str, person_id: int | None
                    ) -> Reduction:
    """A lower price that says so, from now on; a step of the one that runs, if one does.

    Raises Invalid naming the lowest price of 30 days, its day and the highest price that would be
    a reduction. Changes reductions, prices, variants, products; announces ReductionStarted.
    """
    variant = db.session.get(Variant, variant_id, populate_existing=True)
    assert variant is not None
    now = clock.now()
    low = low30_at(variant, now)
    _demand_lower(variant, low, new_minor, kind)
    running = open_reduction(variant_id)
    before = running.before_minor if running else variant.price_minor
    if running is not None:
        running.to_at = now
        db.session.flush()
    row = Reduction(variant_id=variant_id, before_minor=before, low30_minor=low.minor,
                    new_minor=new_minor, kind=kind, from_at=now)
    db.session.add(row)
    db.session.flush()
    change_price(variant, new_minor, person_id, now)
    announce(ReductionStarted(variant_id, variant.product_id, low.minor, new_minor))
    return row


def money(minor: int) -> str:
    """An amount in minor units as the reader writes it."""
    return str(format_currency(Decimal(minor) / 100, "EUR"))


def _demand_lower(variant: Variant, low: InForce, new_minor: int, kind: str) -> None:
    """Raises Invalid for a price that may not be called reduced."""
    if kind not in ("plain", "perishable"):
        raise Invalid({"kind": _("Please choose one of the two.")})
    if not 1 <= new_minor < variant.price_minor:
        raise Invalid({"reduced": _("A reduced price is below %(price)s, what it costs now.",
                                    price=money(variant.price_minor))})
    if kind == "plain" and new_minor >= low.minor:
        raise Invalid({"reduced": _(
            "That is no reduction: the lowest price of the last 30 days was %(low)s, from "
            "%(day)s on. At most %(most)s would be one. As a plain price it can be set above.",
            low=money(low.minor), day=format_date(low.from_at), most=money(
                highest_reduced(low.minor)))})


def low30_at(variant: Variant, now: datetime) -> InForce:
    """The lowest price of the 30 days before the reduction of which one now would be a step.

    Raises Invalid before the first moment on sale. Loads: 3 statements.
    """
    history = [InForce(*row) for row in db.session.execute(
        select(Price.price_minor, Price.from_at, Price.to_at)
        .where(Price.variant_id == variant.id).order_by(Price.from_at, Price.id))]
    steps = [(row.from_at, row.to_at) for row in db.session.execute(
        select(Reduction.from_at, Reduction.to_at)
        .where(Reduction.variant_id == variant.id, Reduction.kind == "plain"))]
    since = db.session.scalar(
        select(Product.published_at).where(Product.id == variant.product_id))
    try:
        if since is None:
            raise ValueError("never on sale")
        return lowest(history, first_step(steps, now), since)
    except ValueError as fault:
        raise Invalid({"reduced": _("It has not been on sale yet, so there is nothing to reduce.")}
                      ) from fault


def end_reduction(variant_id: int, person_id: int | None) -> None:
    """The price from before is back, nothing is struck. Changes reductions, prices, variants."""
    running = open_reduction(variant_id)
    if running is None:
        return
    variant = db.session.get(Variant, variant_id, populate_existing=True)
    assert variant is not None
    now = clock.now()
    running.to_at = now
    db.session.flush()
    change_price(variant, running.before_minor, person_id, now)
    refresh_price_copies(variant.product_id)


def open_reduction(variant_id: int) -> Reduction | None:
    """The reduction that runs, if one does. Loads: 1 statement."""
    return db.session.scalar(select(Reduction).where(
        Reduction.variant_id == variant_id, Reduction.to_at.is_(None))
        .order_by(Reduction.id.desc()).limit(1))
