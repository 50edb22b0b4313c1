"""What every change of a basket stands on: the basket itself, its limits, what led to its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.catalog.models import Variant
from marketplace.checkout.actions.touching import ways_to
from marketplace.checkout.models import Basket, BasketLine, LineSource
from marketplace.checkout.queries import basket_row, chains
from marketplace.checkout.rules.basket import KINDS, Step, is_full, joined
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict


def own_basket(person_id: int | None, key: str | None) -> Basket:
    """The basket of a person or guest, made if there is none. Changes baskets."""
    row = basket_row(person_id, key)
    if row is not None:
        return row
    row = Basket(person_id=person_id, key=secret_code(128), touched_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        row = basket_row(person_id, key)
        assert row is not None
    return row


def touch(basket: Basket) -> None:
    """The basket changed: what was reviewed before is not it any more. Changes baskets."""
    db.session.execute(update(Basket).where(Basket.id == basket.id)
                       .values(version=Basket.version + 1, touched_at=clock.now()))


def room_for(basket: Basket, producers: Sequence[int]) -> None:
    """Refuse lines of these producers past the limits of a basket. Raises Conflict."""
    if not producers:
        return
    present = db.session.scalars(
        select(Variant.producer_id).join(BasketLine, BasketLine.variant_id == Variant.id)
        .where(BasketLine.basket_id == basket.id)).all()
    full = is_full(present, producers)
    if full == "lines":
        raise Conflict(_("A basket holds up to 100 lines."))
    if full:
        raise Conflict(_("A basket holds goods of up to 20 producers."))


def next_position(basket_id: int) -> int:
    """The place after the last line. Loads: 1 statement."""
    last = db.session.scalar(select(func.max(BasketLine.position))
                             .where(BasketLine.basket_id == basket_id))
    return (last or 0) + 1


def write_ways(basket: Basket, products: Mapping[int, int], source: Step) -> None:
    """What led to these lines (line -> product): what each had or the touches before, then now.

    Changes line_sources. Loads: 2 statements.
    """
    last: Step = source if source[0] in KINDS else ("direct", None)
    known = chains(list(products))
    fresh = [product for line, product in products.items() if line not in known]
    ways = ways_to(basket, fresh, last) if fresh else {}
    write_sources({line: joined(known[line], last) if line in known else ways[product]
                   for line, product in products.items()})


def write_sources(steps: Mapping[int, Sequence[Step]]) -> None:
    """What led to lines, oldest first, instead of what stood there. Changes line_sources."""
    now = clock.now()
    db.session.execute(delete(LineSource).where(LineSource.line_id.in_(list(steps))))
    rows = [{"line_id": line, "position": n, "kind": kind, "ref": ref, "at": now}
            for line, chain in steps.items() for n, (kind, ref) in enumerate(chain)]
    if rows:
        db.session.execute(insert(LineSource), rows)
