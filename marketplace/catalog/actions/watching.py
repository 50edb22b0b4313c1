"""Waiting for something, being told once, ending it; low stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from marketplace.catalog.events import StockLow, WatchDue
from marketplace.catalog.models import Product, Variant, Watch
from marketplace.catalog.queries.cards import PUBLIC
from marketplace.catalog.rules.waiting import (
    MOST_WATCHES,
    REST_AFTER,
    fits_size,
    low_from,
    may_hear,
)
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue

KINDS = ("back", "next_lot", "price")


def watch(person_id: int, product_id: int, kind: str, size: str = "") -> None:
    """Be told once of one of three things; asking twice is one watch.

    Raises Invalid, Conflict, NotFound. Changes watches.
    """
    if kind not in KINDS:
        raise Invalid({"kind": _("Please choose one of the three.")})
    if len(size) > 40:
        raise Invalid({"size": _("A size of at most 40 signs.")})
    price = db.session.execute(select(Product.price_from_minor).where(
        Product.id == product_id, Product.state.in_(PUBLIC))).first()
    if price is None:
        raise NotFound(_("There is no such product here."))
    count = db.session.scalar(select(func.count()).where(
        Watch.person_id == person_id, Watch.told_at.is_(None))) or 0
    if count >= MOST_WATCHES:
        raise Conflict(_("You wait for 200 things already; end one of them first."))
    row = db.session.scalar(select(Watch).where(
        Watch.person_id == person_id, Watch.product_id == product_id, Watch.kind == kind,
        Watch.size == size))
    if row is None:
        db.session.add(Watch(person_id=person_id, product_id=product_id, kind=kind, size=size,
                             price_minor=price[0], at=clock.now()))
    elif row.told_at is not None:
        row.told_at, row.at, row.price_minor = None, clock.now(), price[0]
    db.session.flush()


def end_watch(person_id: int, watch_id: int) -> None:
    """Wait no longer. Raises NotFound for somebody else's. Changes watches."""
    gone = db.session.execute(delete(Watch).where(Watch.id == watch_id,
                                                  Watch.person_id == person_id))
    if not gone.rowcount:  # type: ignore[attr-defined]
        raise NotFound(_("There is nothing at this address."))


def plan_watches(product_id: int, kind: str) -> None:
    """Ask for those who wait to be told, if anybody waits. Changes jobs."""
    waits = db.session.scalar(select(Watch.id).where(
        Watch.product_id == product_id, Watch.kind == kind, Watch.told_at.is_(None)).limit(1))
    if waits is not None:
        enqueue("catalog.watches", f"{kind} {product_id}", product_id=product_id, what=kind)


def tell_watchers(product_id: int, kind: str) -> int:
    """Tell those who have waited longest, each exactly once; how many.

    For what is back, at most three people a piece; the rest are looked at again a day later.
    Changes watches, jobs; announces WatchDue.
    """
    waiting = db.session.scalars(
        select(Watch).where(Watch.product_id == product_id, Watch.kind == kind,
                            Watch.told_at.is_(None)).order_by(Watch.at, Watch.id)).all()
    told = [one for one in _whose_turn(product_id, kind, waiting)
            if _mark_told(one)]
    for one in told:
        announce(WatchDue(one.person_id, product_id, kind))
    if kind == "back" and told and len(told) < len(waiting):
        enqueue("catalog.watches", f"rest {product_id}", due_at=clock.now() + REST_AFTER,
                product_id=product_id, what=kind)
    return len(told)


def _whose_turn(product_id: int, kind: str, waiting: Sequence[Watch]) -> list[Watch]:
    """Of those who wait, oldest first, whom there is something to tell now."""
    state, price = db.session.execute(select(Product.state, Product.price_from_minor).where(
        Product.id == product_id)).one()
    if state != "published":
        return []
    if kind == "price":
        return [one for one in waiting if price is not None and price < (one.price_minor or 0)]
    if kind == "next_lot":
        return list(waiting)
    variants = db.session.execute(
        select(Variant.label_de, Variant.label_en, Variant.made_to_order,
               (Variant.on_hand - Variant.reserved).label("available"))
        .where(Variant.product_id == product_id, Variant.active)).all()
    had = [row for row in variants if row.made_to_order or row.available > 0]
    most = may_hear(sum(row.available for row in had),
                    any(row.made_to_order for row in had))
    turn = [one for one in waiting
            if any(fits_size(one.size, f"{row.label_de} {row.label_en}") for row in had)]
    return turn if most is None else turn[:most]


def _mark_told(one: Watch) -> bool:
    """Whether this very call is the one that tells."""
    done = db.session.execute(
        update(Watch).where(Watch.id == one.id, Watch.told_at.is_(None))
        .values(told_at=clock.now()).execution_options(synchronize_session=False))
    return bool(done.rowcount)  # type: ignore[attr-defined]


def set_low(variant_id: int, low_at: int | None) -> None:
    """From which stock on the producer is warned; None follows the sales. Changes variants."""
    if low_at is not None and not 0 <= low_at <= 100_000:
        raise Invalid({"low": _("A whole number from 0 to 100,000.")})
    db.session.execute(update(Variant).where(Variant.id == variant_id).values(low_at=low_at))


def warn_low(sold: Mapping[int, int]) -> int:
    """Warn once of each variant whose stock fell to its limit; how many. `sold` counts pieces of
    the last four weeks by variant. Changes variants; announces StockLow.
    """
    now, warned = clock.now(), 0
    rows = db.session.execute(
        select(Variant.id, Variant.product_id, Variant.producer_id, Variant.low_at,
               Variant.low_told_at, (Variant.on_hand - Variant.reserved).label("available"))
        .join(Product, Product.id == Variant.product_id)
        .where(Variant.active, Variant.made_to_order.is_(False), Product.state == "published")
        .order_by(Variant.id)).all()
    for row in rows:
        low = 0 < row.available <= low_from(row.low_at, sold.get(row.id, 0))
        if low == (row.low_told_at is not None) or row.available <= 0:
            continue
        db.session.execute(update(Variant).where(Variant.id == row.id)
                           .values(low_told_at=now if low else None))
        if low:
            warned += 1
            announce(StockLow(row.id, row.product_id, row.producer_id, row.available))
    return warned
