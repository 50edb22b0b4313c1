"""Goods in somebody's hands, and answers about them, made quickly and without pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import committing, db
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.reviews.actions import Answer, rate
from marketplace.reviews.models import Rating, Score
from tests.cast import Cast

WINE, RED, HAT = "riesling-vom-schiefer", "spaetburgunder-dorfkern", "muetze-deichwind"
SECRET = "a guest's secret of their link"
_numbers = count(1)


@dataclass(frozen=True)
class Line:
    """A bought line: its order's number, its id, the key of a guest."""

    number: str
    id: int
    part_id: int
    product_id: int
    guest_key: str | None = None

    @property
    def url(self) -> str:
        """Where the buyer answers."""
        return f"/orders/{self.number}/lines/{self.id}/rating"


def ago(days: float) -> datetime:
    """So many days before now."""
    return clock.now() - timedelta(days=days)


def bought(
    cast: Cast, who: str | None, slug: str = WINE, *, paid: float | None = 10,
    sent: float | None = 9, arrived: float | None = 5, cancelled: int = 0,
    lot_id: int | None = None, email: str = "", street: str = "Feldweg 3",
    placed: float | None = None,
) -> Line:
    """An order of one line; days ago for each date, None for never. A guest has no handle."""
    goods = cast.goods(slug)
    buyer = cast.id(who) if who else None
    email = email or f"{who or f'guest{next(_numbers)}'}@example.org"
    key = f"m{buyer}" if buyer else sha256(email.encode()).hexdigest()
    moments = [None if d is None else ago(d) for d in (paid, sent, arrived)]
    number = new_code(7)
    db.session.rollback()
    with committing():
        order = Order(
            number=number, attempt_key=f"a{next(_numbers)}-{number}", buyer_id=buyer,
            buyer_key=key, email=email, language="de", method="bank_transfer", mode="live",
            guest_secret_hash=None if buyer else sha256(SECRET.encode()).hexdigest(),
            ship_to={"name": "B", "street": street, "postcode": "10115", "city": "Berlin",
                     "country": "DE"}, placed_at=ago(placed if placed is not None else 11))
        db.session.add(order)
        db.session.flush()
        part = SellerOrder(
            order_id=order.id, producer_id=goods.producer_id, position=1, number=f"{number}-1",
            reference=f"RF{number}", state="delivered" if arrived is not None else "paid",
            goods_minor=1140, shipping_minor=690, total_minor=1830,
            seller={"name": "K", "slug": "weingut-kaltbach"},
            paid_at=moments[0], dispatched_at=moments[1], delivered_at=moments[2])
        db.session.add(part)
        db.session.flush()
        done = arrived is not None
        line = OrderLine(
            seller_order_id=part.id, position=1, variant_id=goods.variant_id,
            product_id=goods.product_id, lot_id=lot_id, title=slug, qty=1, unit_minor=1140,
            total_minor=1140, cancelled=cancelled, dispatched=int(sent is not None and done),
            delivered=int(done))
        db.session.add(line)
        db.session.flush()
        return Line(number, line.id, part.id, goods.product_id, None if buyer else key)


def say(cast: Cast, who: str | None, line: Line, again: bool = True, **said: Any) -> Rating:
    """Answer about a line as its buyer."""
    person = cast.id(who) if who else None
    db.session.rollback()
    with committing():
        row = rate(line.id, Answer(again, **said), person, None if who else line.guest_key)
    return db.session.get_one(Rating, row.id, populate_existing=True)


def answered(cast: Cast, who: str | None, again: bool = True, slug: str = WINE, **said: Any
             ) -> Rating:
    """Buy, receive and answer in one step."""
    lot = said.pop("lot_id", None)
    return say(cast, who, bought(cast, who, slug, lot_id=lot), again, **said)


def many(cast: Cast, yes: int, no: int, slug: str = WINE, **said: Any) -> list[Rating]:
    """So many guests say yes, so many no."""
    return [answered(cast, None, i < yes, slug, **said) for i in range(yes + no)]


def given(row: Rating, days: float) -> None:
    """Let an answer be so many days old."""
    with committing():
        db.session.execute(db.update(Rating).where(Rating.id == row.id)
                           .values(given_at=ago(days)))
    db.session.expire_all()


def score(product_id: int, lot_id: int | None = None) -> Score:
    """The kept counts of a product or lot."""
    found = db.session.scalar(
        db.select(Score).where(Score.product_id == product_id,
                               Score.lot_id.is_not_distinct_from(lot_id))
        .execution_options(populate_existing=True))
    assert found is not None
    return found


def counts(product_id: int, lot_id: int | None = None) -> tuple[int, int]:
    """(yes, answers) as kept."""
    row = score(product_id, lot_id)
    return row.k, row.n


def lot(cast: Cast, label: str, sequence: int, slug: str = WINE) -> int:
    """A vintage of a product."""
    from marketplace.catalog.models import Lot

    db.session.rollback()
    with committing():
        row = Lot(product_id=cast.goods(slug).product_id, label=label, kind="vintage",
                  sequence=sequence)
        db.session.add(row)
        db.session.flush()
        return row.id
