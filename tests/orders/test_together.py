"""Many at once: counters change once, stock is never negative, nothing is told twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from marketplace.catalog.models import Variant
from marketplace.dialogue.models import Case
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import MarketError
from marketplace.journal.models import JournalEntry
from marketplace.journal.rules import TYPES
from marketplace.orders.actions import (
    cancel_part,
    declare_withdrawal,
    deliver,
    expire_part,
    hand_over,
    mark_paid,
)
from marketplace.orders.actions.signalling import signal
from marketplace.orders.models import OrderLine, Refund, Reservation, SellerOrder, Withdrawal
from tests.cast import Cast
from tests.orders.hands import number_of, paid, part, placed

WINE, HAT = "riesling-vom-schiefer", "muetze-deichwind"
MANY = 20


def at_once(app: Flask, act: Callable[[], object]) -> list[str]:
    """The same act from twenty threads; what each got."""
    db.session.remove()
    start = Barrier(MANY)

    def go(_n: int) -> str:
        start.wait(60)
        with app.app_context(), app.test_request_context(method="POST"):
            try:
                with committing():
                    return str(act())
            except MarketError as fault:
                return type(fault).__name__

    with ThreadPoolExecutor(MANY) as pool:
        return sorted(pool.map(go, range(MANY)))


def counted(variant_id: int) -> tuple[int, int]:
    """Reserved by the counter, and by the held rows."""
    db.session.rollback()
    held = sa.select(sa.func.coalesce(sa.func.sum(Reservation.qty), 0)).where(
        Reservation.variant_id == variant_id, Reservation.state == "held")
    return db.session.scalars(sa.select(Variant.reserved).where(
        Variant.id == variant_id)).one(), int(db.session.scalar(held) or 0)


@pytest.mark.parametrize(("way", "act"), [
    ("cancel", lambda one: cancel_part(one, "buyer")), ("expire", expire_part),
    ("deliver", lambda one: deliver(one, "buyer"))])
def test_twenty_at_once_count_once(
    app: Flask, cast: Cast, way: str, act: Callable[[int], object]
) -> None:
    """orders-15: 20 parallel cancels, expiries, deliveries: one changes something, nineteen find it
    done; reserved is what is held, never negative.
    """
    goods = cast.goods(WINE)
    (one,) = placed(cast, (WINE, 3))
    if way == "deliver":
        with committing():
            mark_paid(one, "system")
            hand_over(one, "Ana")
    assert at_once(app, lambda: act(one)) == ["False"] * 19 + ["True"]
    line = db.session.scalars(sa.select(OrderLine).where(OrderLine.seller_order_id == one)).one()
    assert (line.cancelled, line.delivered) == ((0, 3) if way == "deliver" else (3, 0))
    assert counted(goods.variant_id) == (0, 0)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Refund)) == 0


def test_twenty_equal_declarations_are_one(app: Flask, cast: Cast) -> None:
    """orders-14: sent twenty times at once: one record, one code, pieces counted once."""
    (one,) = paid(cast, (WINE, 3))
    with committing():
        hand_over(one, "Ana")
    number = number_of(one)
    found = at_once(app, lambda: declare_withdrawal(
        "Cleo", "cleo@example.org", number, "")[0].code)
    assert len(set(found)) == 1
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Withdrawal)) == 1
    assert db.session.scalar(sa.select(OrderLine.withdrawn)) == 3


def test_events_reach_journal_and_cases_at_once(cast: Cast) -> None:
    """orders-38, orders-9: in the same transaction, so within 60 s: entries of payment, dispatch,
    arrival, withdrawal and signal, and one case.
    """
    (one,) = paid(cast, (WINE, 1))
    with committing():
        hand_over(one, "Ana")
        deliver(one, "buyer")
        signal(one)
        declare_withdrawal("Cleo", "cleo@example.org", number_of(one), "")
    db.session.rollback()
    names = {kind.number: kind.name for kind in TYPES.values()}
    noted = {names[number] for number in db.session.scalars(sa.select(JournalEntry.type))}
    assert {"order.paid", "order.dispatched", "order.delivered", "withdrawal.filed",
            "signal.sent"} <= noted
    assert db.session.scalars(sa.select(Case.source)).all() == ["signal"]


def test_no_field_gives_a_seller_better_terms(cast: Cast) -> None:
    """orders-43: what differs between contracts of two houses is agreed goods, dates and their own
    data; the commission is one figure for all, and it stands on the page of fees.
    """
    wine, hat = placed(cast, (WINE, 1), (HAT, 1))
    rows = [part(one) for one in (wine, hat)]
    terms = ("commission_bp", "hold", "delivery_method")
    for name in terms:
        assert getattr(rows[0], name) == getattr(rows[1], name), name
    named = {column.name for column in SellerOrder.__table__.columns if "commission" in column.name
             or "fee" in column.name or "boost" in column.name}
    assert named == {"commission_bp"}
    shown = cast.app.test_client().get("/fees").get_data(as_text=True)
    assert re.search(r"(?<![\d.,])0[ \xa0]?%", shown)
