"""Putting things into a basket and taking them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, func, select, update

from marketplace.catalog.queries import Buyable, buyable
from marketplace.checkout.actions.touching import move_way, way_to
from marketplace.checkout.events import BasketLineAdded, BasketLineRemoved
from marketplace.checkout.models import Basket, BasketLine, LineSource
from marketplace.checkout.queries import basket_row, chains
from marketplace.checkout.rules import (
    KINDS,
    MOST_LINES,
    MOST_PRODUCERS,
    MOST_QTY,
    Step,
    joined,
    merged_qty,
)
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.foundation.events import announce


@dataclass(frozen=True, slots=True)
class Wanted:
    """A variant and how many."""

    variant_id: int
    qty: int


def own_basket(person_id: int | None, key: str | None) -> Basket:
    """The basket of a person or guest, made if there is none. Changes baskets."""
    row = basket_row(person_id, key)
    if row is None:
        row = Basket(person_id=person_id, key=secret_code(128), touched_at=clock.now())
        db.session.add(row)
        db.session.flush()
    return row


def _touch(basket: Basket) -> None:
    db.session.execute(update(Basket).where(Basket.id == basket.id)
                       .values(version=Basket.version + 1, touched_at=clock.now()))


def add(basket: Basket, variant_id: int, qty: int, source: Step, lang: str) -> str:
    """Put pieces into the basket; more than there is becomes what there is, and says so.

    The sentence for the person. Raises Invalid, NotFound, Conflict. Changes basket_lines,
    line_sources, baskets; announces BasketLineAdded.
    """
    if not 1 <= qty <= MOST_QTY:
        raise Invalid({"qty": _("From 1 to 999 pieces.")})
    goods = buyable([variant_id], lang).get(variant_id)
    if goods is None or not goods.on_sale:
        raise NotFound(_("This cannot be ordered just now."))
    line, got = _put(basket, goods, qty, source)
    _touch(basket)
    announce(BasketLineAdded(variant_id, goods.product_id, basket.person_id, *source))
    if got < qty:
        return ngettext("Only %(num)s piece is there; it is in your basket.",
                        "Only %(num)s pieces are there; they are in your basket.", line.qty)
    return _("%(title)s is in your basket.", title=goods.title)


def _put(
    basket: Basket, goods: Buyable, qty: int, source: Step, set_key: str = "",
    set_ref: str | None = None,
) -> tuple[BasketLine, int]:
    """The line with the pieces added, and how many of them there were."""
    line = db.session.scalar(select(BasketLine).where(
        BasketLine.basket_id == basket.id, BasketLine.variant_id == goods.variant_id,
        BasketLine.set_key == set_key).execution_options(populate_existing=True))
    before = line.qty if line else 0
    most = MOST_QTY if goods.made_to_order else min(MOST_QTY, max(goods.available, 0))
    if most <= 0:
        raise Conflict(_("%(title)s is sold out just now.", title=goods.title))
    after = min(before + qty, most)
    if line is None:
        _room_for_one(basket, goods.producer_id)
        line = BasketLine(
            basket_id=basket.id, variant_id=goods.variant_id, qty=after, set_key=set_key,
            set_ref=set_ref, seen_minor=goods.price_minor, position=_next_position(basket.id),
            added_at=clock.now())
        db.session.add(line)
    line.qty = after
    db.session.flush()
    _note_source(basket, line.id, goods.product_id, source)
    return line, after - before


def _room_for_one(basket: Basket, producer_id: int) -> None:
    from marketplace.catalog.models import Variant

    rows = db.session.execute(
        select(Variant.producer_id).join(BasketLine, BasketLine.variant_id == Variant.id)
        .where(BasketLine.basket_id == basket.id)).scalars().all()
    if len(rows) >= MOST_LINES:
        raise Conflict(_("A basket holds up to 100 lines."))
    if producer_id not in rows and len(set(rows)) >= MOST_PRODUCERS:
        raise Conflict(_("A basket holds goods of up to 20 producers."))


def _next_position(basket_id: int) -> int:
    last = db.session.scalar(select(func.max(BasketLine.position))
                             .where(BasketLine.basket_id == basket_id))
    return (last or 0) + 1


def _note_source(basket: Basket, line_id: int, product_id: int, source: Step) -> None:
    """The way to a line: what it had, or the touches before it, and what led to it now."""
    last: Step = source if source[0] in KINDS else ("direct", None)
    known = chains([line_id]).get(line_id)
    _write_sources(line_id, joined(known, last) if known else way_to(basket, product_id, last))


def _write_sources(line_id: int, steps: Sequence[Step]) -> None:
    now = clock.now()
    db.session.execute(delete(LineSource).where(LineSource.line_id == line_id))
    db.session.add_all(LineSource(line_id=line_id, position=n, kind=kind, ref=ref, at=now)
                       for n, (kind, ref) in enumerate(steps))
    db.session.flush()


def add_many(
    basket: Basket, wanted: Sequence[Wanted], source: Step, set_key: str, set_ref: str, lang: str
) -> list[str]:
    """Put a whole set in, all or none; the titles of what stands in the way, else nothing.

    The same set again raises each line to the larger quantity.
    """
    goods = buyable([want.variant_id for want in wanted], lang)
    blocked = [_obstacle(goods.get(want.variant_id), want.qty) for want in wanted]
    if any(blocked):
        return [title for title in blocked if title]
    for want in wanted:
        present = db.session.scalar(select(BasketLine.qty).where(
            BasketLine.basket_id == basket.id, BasketLine.variant_id == want.variant_id,
            BasketLine.set_key == set_key)) or 0
        if present < want.qty:
            _put(basket, goods[want.variant_id], want.qty - present, source, set_key, set_ref)
        announce(BasketLineAdded(want.variant_id, goods[want.variant_id].product_id,
                                 basket.person_id, *source))
    _touch(basket)
    return []


def _obstacle(goods: Buyable | None, qty: int) -> str:
    if goods is None:
        return "?"
    enough = goods.made_to_order or goods.available >= qty
    return "" if goods.on_sale and enough else goods.title


def _own_line(basket: Basket, line_id: int) -> BasketLine:
    line = db.session.scalar(select(BasketLine).where(
        BasketLine.id == line_id, BasketLine.basket_id == basket.id))
    if line is None:
        raise NotFound(_("This line is not in your basket any more."))
    return line


def set_qty(basket: Basket, line_id: int, qty: int) -> None:
    """Another quantity; nought takes it out. Raises Invalid, NotFound. Changes basket_lines."""
    if not 0 <= qty <= MOST_QTY:
        raise Invalid({"qty": _("From 1 to 999 pieces.")})
    line = _own_line(basket, line_id)
    if qty == 0:
        remove(basket, line_id)
        return
    line.qty = qty
    db.session.flush()
    _touch(basket)


def remove(basket: Basket, line_id: int) -> tuple[int, int]:
    """Take a line out; its variant and quantity, so that it can be put back."""
    line = _own_line(basket, line_id)
    gone = (line.variant_id, line.qty)
    db.session.execute(delete(LineSource).where(LineSource.line_id == line.id))
    db.session.execute(delete(BasketLine).where(BasketLine.id == line.id))
    _touch(basket)
    announce(BasketLineRemoved(gone[0], basket.person_id))
    return gone


def choose_country(basket: Basket, country: str) -> None:
    """Where to send to. Raises Invalid. Changes baskets."""
    if country not in ("DE", "AT", "CH"):
        raise Invalid({"country": _("We deliver to Germany, Austria and Switzerland.")})
    db.session.execute(update(Basket).where(Basket.id == basket.id).values(country=country))


def note_prices_seen(basket: Basket) -> None:
    """Today's prices were shown; the next difference starts from them. Changes basket_lines."""
    from marketplace.catalog.models import Variant

    price = select(Variant.price_minor).where(
        Variant.id == BasketLine.variant_id).scalar_subquery()
    db.session.execute(update(BasketLine).where(BasketLine.basket_id == basket.id)
                       .values(seen_minor=price).execution_options(synchronize_session=False))


def merge_at_sign_in(person_id: int, guest_key: str) -> list[tuple[str, int, int]]:
    """Move a guest's lines into the member's basket; what stood in both as (ids, guest, own).

    Twice changes nothing. Changes baskets, basket_lines, line_sources.
    """
    guest = basket_row(None, guest_key)
    if guest is None:
        return []
    own = own_basket(person_id, None)
    both = []
    for line in db.session.scalars(
        select(BasketLine).where(BasketLine.basket_id == guest.id).order_by(BasketLine.position)
    ).all():
        twin = db.session.scalar(select(BasketLine).where(
            BasketLine.basket_id == own.id, BasketLine.variant_id == line.variant_id,
            BasketLine.set_key == line.set_key))
        if twin is None:
            line.basket_id, line.position = own.id, _next_position(own.id)
            db.session.flush()
            continue
        both.append((str(line.variant_id), line.qty, twin.qty))
        twin.qty = merged_qty(line.qty, twin.qty)
        known = chains([line.id, twin.id])
        steps: list[Step] = list(known.get(twin.id, ()))
        for step in known.get(line.id, ()):
            steps = joined(steps, step)
        _write_sources(twin.id, steps or [("direct", None)])
        db.session.execute(delete(LineSource).where(LineSource.line_id == line.id))
        db.session.execute(delete(BasketLine).where(BasketLine.id == line.id))
    db.session.flush()
    move_way(guest.id, own)
    db.session.execute(delete(Basket).where(Basket.id == guest.id))
    _touch(own)
    return both


def empty_guest_baskets() -> int:
    """Delete guest baskets untouched for 30 days; how many. Changes baskets and their rows."""
    old = select(Basket.id).where(Basket.person_id.is_(None),
                                  Basket.touched_at < clock.now() - timedelta(days=30))
    lines = select(BasketLine.id).where(BasketLine.basket_id.in_(old))
    db.session.execute(delete(LineSource).where(LineSource.line_id.in_(lines)))
    db.session.execute(delete(BasketLine).where(BasketLine.basket_id.in_(old)))
    gone = db.session.execute(delete(Basket).where(Basket.id.in_(old)))
    return int(gone.rowcount)  # type: ignore[attr-defined]
