"""What recommendations led to, counted anew from journal and order lines; and what is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Text, cast, delete, func, insert, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound, NotYours
from marketplace.foundation.events import announce
from marketplace.journal.models import JournalCount, JournalEntry
from marketplace.journal.queries import marks_of
from marketplace.journal.rules import TYPES
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.orders.queries import ever_bought
from marketplace.orders.queries.received import BOUGHT
from marketplace.recommend.events import PurchaseTold
from marketplace.recommend.models import Outcome, Recommendation, TellsBought
from marketplace.recommend.rules.outcomes import Bought, Led, led_to

AT_ONCE = 500


def recount_outcomes() -> int:
    """Count openings, baskets, orders, units, re-orders and what was told, all anew.

    A person's own purchases and baskets never count. Changes outcomes; how many recommendations
    led to anything.
    """
    known = {row.code: row for row in db.session.execute(
        select(Recommendation.id, Recommendation.code, Recommendation.author_id))}
    led = led_to(_lines(), {code: f"p{row.author_id}" for code, row in known.items()})
    opened, told = _opened(), _told()
    baskets = _baskets({code: row.author_id for code, row in known.items()})
    rows = []
    for code, row in known.items():
        found = (opened.get(row.id, 0), baskets.get(code, 0), told.get(row.id, 0))
        what = led.get(code, Led())
        if any(found) or what.orders:
            rows.append({"recommendation_id": row.id, "opened": found[0], "basket": found[1],
                         "told": found[2], "orders": what.orders, "units": what.units,
                         "reorders": what.reorders})
    db.session.execute(delete(Outcome))
    if rows:
        db.session.execute(insert(Outcome), rows)
    db.session.flush()
    return len(rows)


def _selected() -> Any:
    return (select(Order.buyer_id, Order.buyer_key, OrderLine.product_id, Order.id, Order.placed_at,
                   OrderLine.qty, OrderLine.source_chain)
            .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
            .join(Order, Order.id == SellerOrder.order_id)
            .where(SellerOrder.state.in_(BOUGHT)))


def _lines() -> Iterator[Bought]:
    """Lines that name a recommendation, and all others of the same buyers and products."""
    naming = db.session.execute(_selected().where(
        cast(OrderLine.source_chain, Text).like('%"recommendation"%'))).all()
    keys = sorted({row.buyer_key for row in naming})
    pairs = {(row.buyer_key, row.product_id) for row in naming}
    for start in range(0, len(keys), AT_ONCE):
        for row in db.session.execute(_selected().where(
                Order.buyer_key.in_(keys[start:start + AT_ONCE]))):
            if (row.buyer_key, row.product_id) in pairs:
                yield _bought(row)


def _bought(row: Any) -> Bought:
    buyer = f"p{row.buyer_id}" if row.buyer_id is not None else f"k{row.buyer_key}"
    named = frozenset(str(ref) for kind, ref in row.source_chain if kind == "recommendation")
    return Bought(buyer, row.product_id, row.id, row.placed_at, row.qty, named)


def _opened() -> Mapping[int, int]:
    rows = db.session.execute(
        select(JournalCount.object_id, func.sum(JournalCount.n))
        .where(JournalCount.type == TYPES["view.recommendation"].number,
               JournalCount.object_kind == "recommendation").group_by(JournalCount.object_id))
    return {row[0]: int(row[1]) for row in rows}


def _told() -> Mapping[int, int]:
    return dict(db.session.execute(
        select(TellsBought.recommendation_id, func.count())
        .group_by(TellsBought.recommendation_id)).all())


def _baskets(authors: Mapping[str, int]) -> Mapping[str, int]:
    """How often goods went into a basket by each recommendation, its author's own left out."""
    rows = db.session.execute(
        select(JournalEntry.via_id, JournalEntry.actor, func.count())
        .where(JournalEntry.type == TYPES["basket.added"].number,
               JournalEntry.via_kind == "recommendation")
        .group_by(JournalEntry.via_id, JournalEntry.actor)).all()
    own = _marks({authors[code] for code, _actor, _n in rows if code and code in authors})
    found: Counter[str] = Counter()
    for code, actor, n in rows:
        if code and code in authors and (actor is None or actor not in own[authors[code]]):
            found[code] += n
    return found


def _marks(people: Collection[int]) -> Mapping[int, frozenset[bytes]]:
    return {one: marks_of(one) for one in people}


def tell_bought(code: str, person_id: int) -> None:
    """Tell the author that one bought what was recommended; twice is once.

    Raises NotFound, NotYours (without a purchase). Changes tells_bought; announces PurchaseTold.
    """
    row = db.session.scalar(select(Recommendation).where(
        Recommendation.code == code, Recommendation.state == "visible"))
    if row is None or row.author_id == person_id:
        raise NotFound(_("There is nothing at this address."))
    if row.thing != "product" or person_id not in ever_bought([person_id], row.thing_id):
        raise NotYours(_("You can tell it once you have bought it."))
    if db.session.get(TellsBought, (row.id, person_id)) is None:
        db.session.add(TellsBought(recommendation_id=row.id, person_id=person_id, at=clock.now()))
        db.session.flush()
        announce(PurchaseTold(row.id, row.author_id, person_id))
