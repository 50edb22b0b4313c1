"""Stock that cannot be sold twice, and prices with their history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from flask_babel import gettext as _
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    and_,
    bindparam,
    case,
    func,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import Update

from marketplace.catalog.events import PriceChanged, StockChanged
from marketplace.catalog.models import Lot, Price, Product, Reduction, StockMark, Variant
from marketplace.catalog.rules.prices import unit_price
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce

MOST_MINOR = 10_000_000


class SoldOut(Conflict):
    """Less is there than was wanted; `left` maps variant ids to what is available."""

    def __init__(self, sentence: str, left: Mapping[int, int]) -> None:
        super().__init__(sentence)
        self.left = dict(left)


@dataclass(frozen=True, slots=True)
class Held:
    """Pieces of a variant."""

    variant_id: int
    qty: int


def _by_variant(lines: Sequence[Held]) -> dict[int, int]:
    """Sums per variant, in id order, so that parallel buyers lock in one order."""
    sums: dict[int, int] = {}
    for line in lines:
        sums[line.variant_id] = sums.get(line.variant_id, 0) + line.qty
    return dict(sorted(sums.items()))


def not_stopped() -> ColumnElement[bool]:
    """Of variants: neither their lot nor their product was stopped."""
    lots = select(Lot.id).where(Lot.id == Variant.lot_id, Lot.stopped_at.is_not(None))
    goods = select(Product.id).where(Product.id == Variant.product_id, Product.state == "stopped")
    return and_(not_(lots.exists()), not_(goods.exists()))


@cache
def _taking(count: int) -> Update:
    """The conditional UPDATE of `reserve` for so many variants, put together once.

    Of the table, not of the class, as nobody holds these rows: that spares a fifth of an order.
    PostgreSQL locks the rows in the order of their ids before it changes them, so that parallel
    buyers wait for each other and never in a ring.
    """
    table = Variant.__table__
    places = range(count)
    ids = [bindparam(f"variant_{n}", type_=BigInteger) for n in places]
    qty = case(*((table.c.id == ids[n], bindparam(f"qty_{n}", type_=Integer)) for n in places),
               else_=0)
    left = table.c.on_hand - table.c.reserved
    rows = table.alias("wanted")
    locked = (select(rows.c.id).where(rows.c.id.in_(ids)).order_by(rows.c.id)
              .with_for_update(key_share=True))
    return (update(table)  # type: ignore[arg-type]
            .where(table.c.id.in_(locked if count > 1 else ids), not_stopped(),
                   or_(table.c.made_to_order, left >= qty))
            .values(reserved=table.c.reserved + qty)
            .returning(table.c.id, table.c.product_id, left, table.c.made_to_order))


def reserve(lines: Sequence[Held]) -> None:
    """Keep pieces for somebody, all or none. Raises SoldOut; the caller's change rolls back.

    Changes variants by one conditional UPDATE; announces StockChanged at zero.
    """
    wanted = _by_variant(lines)
    if not wanted:
        return
    values = {f"variant_{n}": key for n, key in enumerate(wanted)}
    values |= {f"qty_{n}": qty for n, qty in enumerate(wanted.values())}
    taken = db.session.execute(_taking(len(wanted)), values).all()
    if len(taken) < len(wanted):
        kept = {row[0] for row in taken}
        raise SoldOut(_("Somebody was faster: there is not enough left."), _left(
            {key: count for key, count in wanted.items() if key not in kept}))
    for key, product_id, left, made in sorted(taken):
        _crossed(key, product_id, left, made, wanted[key])


def _left(wanted: Mapping[int, int]) -> dict[int, int]:
    """What is left of the variants that cannot be had as wanted."""
    rows = db.session.execute(
        select(Variant.id, Variant.on_hand - Variant.reserved, Variant.made_to_order,
               not_stopped()).where(Variant.id.in_(list(wanted))))
    return {row[0]: max(0, row[1]) if row[3] else 0 for row in rows
            if not row[3] or (not row[2] and row[1] < wanted[row[0]])}


def free(lines: Sequence[Held]) -> None:
    """Give kept pieces back. Changes variants; announces StockChanged above zero."""
    for variant_id, qty in _by_variant(lines).items():
        db.session.execute(update(Variant).where(Variant.id == variant_id)
                           .values(reserved=Variant.reserved - qty)
                           .execution_options(synchronize_session=False))
        _mark(variant_id, before_more=-qty)


def use(lines: Sequence[Held]) -> None:
    """Kept pieces left the house. Changes variants: on hand and reserved both go down."""
    for variant_id, qty in _by_variant(lines).items():
        db.session.execute(
            update(Variant).where(Variant.id == variant_id)
            .values(reserved=Variant.reserved - qty, on_hand=Variant.on_hand - qty)
            .execution_options(synchronize_session=False))


def put_back(lines: Sequence[Held]) -> None:
    """Pieces that had left are on the shelf again, still kept for their buyer. Changes variants."""
    use([Held(line.variant_id, -line.qty) for line in lines])


def correct(variant_id: int, on_hand: int) -> None:
    """Set what is on the shelf. Raises Invalid below what is reserved. Changes variants."""
    before = db.session.scalar(select(Variant.on_hand).where(Variant.id == variant_id)) or 0
    if not 0 <= on_hand <= 1_000_000:
        raise Invalid({"stock": _("A whole number from 0 to 1,000,000.")})
    changed = db.session.execute(
        update(Variant).where(Variant.id == variant_id, Variant.reserved <= on_hand)
        .values(on_hand=on_hand).execution_options(synchronize_session=False))
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise Invalid({"stock": _("More than that is promised to buyers already.")})
    _mark(variant_id, before_more=before - on_hand)


def _mark(variant_id: int, before_more: int) -> None:
    """Look whether availability crossed zero; `before_more` = available before minus now."""
    product_id, now_left, made = db.session.execute(
        select(Variant.product_id, Variant.on_hand - Variant.reserved, Variant.made_to_order)
        .where(Variant.id == variant_id)).one()
    _crossed(variant_id, product_id, now_left, made, before_more)


def _crossed(variant_id: int, product_id: int, now_left: int, made: bool, before_more: int
             ) -> None:
    """Tell everybody where a variant came to nought, or above it."""
    crossed = (now_left > 0) != (now_left + before_more > 0)
    if crossed and not made:
        db.session.add(StockMark(variant_id=variant_id, at=clock.now(), available=now_left > 0))
        refresh_stock(product_id)
        db.session.flush()
        announce(StockChanged(variant_id, product_id, now_left > 0))


def refresh_stock(product_id: int) -> None:
    """Copy to the product whether a piece of it can be had; stopped lots do not count."""
    lots = select(Lot.id).where(Lot.id == Variant.lot_id, Lot.stopped_at.is_not(None))
    some = (select(func.count()).where(
        Variant.product_id == product_id, Variant.active, not_(lots.exists()),
        or_(Variant.made_to_order, Variant.on_hand > Variant.reserved)).scalar_subquery())
    db.session.execute(update(Product).where(Product.id == product_id)
                       .values(in_stock=some > 0).execution_options(synchronize_session=False))


def set_price(variant_id: int, price_minor: int, person_id: int | None) -> None:
    """A new plain price from now on; the old one stays in the history, a reduction ends.

    Raises Invalid. Changes variants, prices, reductions, products; announces PriceChanged.
    """
    if not 1 <= price_minor <= MOST_MINOR:
        raise Invalid({"price": _("A price from 0.01 to 100,000.")})
    variant = db.session.get(Variant, variant_id, populate_existing=True)
    assert variant is not None
    if variant.price_minor == price_minor:
        return
    now = clock.now()
    db.session.execute(update(Reduction).where(
        Reduction.variant_id == variant_id, Reduction.to_at.is_(None)).values(to_at=now))
    change_price(variant, price_minor, person_id, now)


def change_price(variant: Variant, price_minor: int, person_id: int | None, now: datetime
                 ) -> None:
    """Close the open row of the history and open the next. Changes variants, prices, products."""
    old, variant.price_minor = variant.price_minor, price_minor
    db.session.execute(update(Price).where(Price.variant_id == variant.id, Price.to_at.is_(None))
                       .values(to_at=now))
    db.session.add(Price(variant_id=variant.id, price_minor=price_minor, from_at=now,
                         person_id=person_id))
    db.session.flush()
    refresh_price_copies(variant.product_id)
    announce(PriceChanged(variant.id, variant.product_id, old, price_minor))


def refresh_price_copies(product_id: int) -> None:
    """Copy price span, unit price of the cheapest and stock word to the product."""
    variants = db.session.scalars(
        select(Variant).where(Variant.product_id == product_id, Variant.active)
        .order_by(Variant.price_minor, Variant.position)).all()
    values: dict[str, object] = dict.fromkeys((
        "price_from_minor", "price_to_minor", "unit_price_minor", "unit_price_of", "low30_minor",
        "reduction_kind"))
    values["deposit_minor"] = 0
    if variants:
        low = variants[0]
        per = unit_price(low.price_minor, low.amount, low.unit, low.drained)
        values = {
            "deposit_minor": low.deposit_minor,
            "price_from_minor": low.price_minor, "price_to_minor": variants[-1].price_minor,
            "unit_price_minor": per[0] if per else None, "unit_price_of": per[1] if per else None,
            **_reduced(low.id),
        }
    db.session.execute(update(Product).where(Product.id == product_id).values(**values)
                       .execution_options(synchronize_session=False))
    refresh_stock(product_id)


def _reduced(variant_id: int) -> dict[str, object]:
    """What the card says of the reduction of its variant, if one runs."""
    row = db.session.execute(select(Reduction.low30_minor, Reduction.kind).where(
        Reduction.variant_id == variant_id, Reduction.to_at.is_(None))
        .order_by(Reduction.id.desc()).limit(1)).first()
    return {"low30_minor": row.low30_minor if row else None,
            "reduction_kind": row.kind if row else None}
