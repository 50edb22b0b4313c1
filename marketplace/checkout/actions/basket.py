"""Putting things into a basket and taking them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, select, update

from marketplace.catalog.queries import Buyable, buyable
from marketplace.checkout.actions.lines import (
    next_position,
    room_for,
    touch,
    write_sources,
    write_ways,
)
from marketplace.checkout.actions.many import Wanted, obstacles_to
from marketplace.checkout.events import BasketLineAdded, BasketLineRemoved, DemandSignal
from marketplace.checkout.models import Basket, BasketLine, LineSource
from marketplace.checkout.queries import chains
from marketplace.checkout.rules.basket import MOST_QTY, Step
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.foundation.events import announce


@dataclass(frozen=True, slots=True)
class Gone:
    """A line that was taken out, as it stood."""

    variant_id: int
    qty: int
    chain: Sequence[Step]
    set_key: str = ""
    set_ref: str | None = None


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
    if any(one.reason == "young" for one in obstacles_to(
            basket, [Wanted(variant_id, qty)], {variant_id: goods})):
        raise Conflict(_too_young(goods))
    line, got = _put(basket, goods, qty, source)
    touch(basket)
    announce(BasketLineAdded(variant_id, goods.product_id, basket.person_id, *source))
    if got < qty:
        return _only(line.qty)
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
        room_for(basket, [goods.producer_id])
        line = BasketLine(
            basket_id=basket.id, variant_id=goods.variant_id, qty=after, set_key=set_key,
            set_ref=set_ref, seen_minor=goods.price_minor, position=next_position(basket.id),
            added_at=clock.now())
        db.session.add(line)
    line.qty = after
    db.session.flush()
    write_ways(basket, {line.id: goods.product_id}, source)
    return line, after - before


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
    line.qty, line.both_guest, line.both_own = qty, None, None
    db.session.flush()
    touch(basket)


def swap(basket: Basket, line_id: int, variant_id: int, lang: str) -> str:
    """Take another thing instead of a line, as many or as there are; it remembers the old one.

    A sentence where fewer are there. Raises NotFound, Conflict. Changes basket_lines,
    line_sources, baskets; announces BasketLineRemoved and BasketLineAdded.
    """
    line = _own_line(basket, line_id)
    old, qty, set_key, set_ref = line.variant_id, line.qty, line.set_key, line.set_ref
    way = chains([line_id]).get(line_id) or (("direct", None),)
    goods = buyable([variant_id], lang).get(variant_id)
    if goods is None or not goods.on_sale:
        raise NotFound(_("This cannot be ordered just now."))
    if any(one.reason == "young" for one in obstacles_to(
            basket, [Wanted(variant_id, qty)], {variant_id: goods})):
        raise Conflict(_too_young(goods))
    remove(basket, line_id)
    fresh, got = _put(basket, goods, qty, way[-1], set_key, set_ref)
    fresh.substitute_for = old
    write_sources({fresh.id: way})
    announce(BasketLineAdded(variant_id, goods.product_id, basket.person_id, *way[-1]))
    return "" if got >= qty else _only(got)


def _only(count: int) -> str:
    return ngettext("Only %(num)s piece is there; it is in your basket.",
                    "Only %(num)s pieces are there; they are in your basket.", count)


def _too_young(goods: Buyable) -> str:
    return _("%(title)s is handed over from %(age)s on, and your account says that you are "
             "younger.", title=goods.title, age=goods.age_class)


def remove(basket: Basket, line_id: int) -> tuple[int, int]:
    """Take a line out; its variant and quantity, so that it can be put back."""
    line = _own_line(basket, line_id)
    gone = (line.variant_id, line.qty)
    db.session.execute(delete(LineSource).where(LineSource.line_id == line.id))
    db.session.execute(delete(BasketLine).where(BasketLine.id == line.id))
    touch(basket)
    announce(BasketLineRemoved(gone[0], basket.person_id))
    return gone


def put_back(basket: Basket, gone: Gone, lang: str) -> str:
    """What was taken out stands there again, with its set and with what had led to it.

    The sentence for the person. Raises NotFound, Conflict. Changes basket_lines, line_sources,
    baskets; announces BasketLineAdded.
    """
    goods = buyable([gone.variant_id], lang).get(gone.variant_id)
    if goods is None or not goods.on_sale:
        raise NotFound(_("This cannot be ordered just now."))
    line, got = _put(basket, goods, gone.qty, gone.chain[-1], gone.set_key, gone.set_ref)
    write_sources({line.id: gone.chain})
    touch(basket)
    announce(BasketLineAdded(goods.variant_id, goods.product_id, basket.person_id,
                             *gone.chain[-1]))
    if got < gone.qty:
        return _only(line.qty)
    return _("%(title)s is in your basket.", title=goods.title)


def choose_place(basket: Basket, country: str, postcode: str = "") -> None:
    """Where to send to, as far as it is known yet. Changes baskets."""
    db.session.execute(update(Basket).where(Basket.id == basket.id).values(
        country=country, postcode=postcode.strip()[:12] or None))


def want(variant_id: int, product_id: int, person_id: int | None, country: str) -> None:
    """Somebody wants what cannot be had or cannot be sent there; announces DemandSignal."""
    announce(DemandSignal(variant_id, product_id, person_id, country))


def note_prices_seen(basket: Basket) -> None:
    """Today's prices were shown; the next difference starts from them. Changes basket_lines."""
    from marketplace.catalog.models import Variant

    price = select(Variant.price_minor).where(
        Variant.id == BasketLine.variant_id).scalar_subquery()
    db.session.execute(update(BasketLine).where(BasketLine.basket_id == basket.id)
                       .values(seen_minor=price).execution_options(synchronize_session=False))
