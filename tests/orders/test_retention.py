"""What is kept for how long, by the clock."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import kinds
from marketplace.orders.actions import cancel_part, hand_over, mark_paid, owe
from marketplace.orders.models import Document, Order, OrderHistory, Parcel, TaxRate
from marketplace.orders.rules.documents import kept_until, may_forget
from tests.cast import Cast
from tests.orders.hands import number_of, part, placed

HAT = "muetze-deichwind"


@pytest.mark.parametrize(("country", "last"), [
    ("DE", date(2034, 12, 31)), ("AT", date(2033, 12, 31)), ("CH", date(2036, 12, 31))])
def test_years_of_a_document(country: str, last: date) -> None:
    """orders 3.12: 2026 -> 2034-12-31, 2033-12-31, 2036-12-31."""
    assert kept_until(date(2026, 5, 4), country) == last
    assert not may_forget(date(2026, 5, 4), country, True, last)


@pytest.mark.parametrize(("today", "may"), [(date(2026, 8, 2), False), (date(2026, 8, 3), True)])
def test_unpaid_order_is_kept_for_90_days(today: date, may: bool) -> None:
    """orders 3.12: ordered on 4 May, day 90 is 2 August."""
    assert may_forget(date(2026, 5, 4), "DE", False, today) is may


def at(moment: str) -> time_machine.travel:
    """The clock stands there."""
    return time_machine.travel(datetime.fromisoformat(moment).replace(
        tzinfo=ZoneInfo("Europe/Berlin")), tick=False)


def sweep() -> None:
    """What the nightly job does."""
    db.session.rollback()
    kinds()["orders.retention"].run()
    db.session.rollback()


def personal(app: Flask, part_id: int) -> str:
    """Everything the tables of orders say of this order, as one text."""
    order_id = part(part_id).order_id
    rows = [db.session.execute(db.text(f"SELECT * FROM {table} WHERE {name} = :n"),
                               {"n": number}).all() for table, name, number in (
        ("orders", "id", order_id), ("order_history", "order_id", order_id),
        ("parcels", "seller_order_id", part_id), ("documents", "seller_order_id", part_id))]
    return str(rows)


def test_expired_order_forgets_its_buyer(app: Flask, cast: Cast) -> None:
    """orders-37: unpaid, without a document: personal data are gone after 90 days, the rest stays;
    while money is owed nothing is forgotten.
    """
    with at("2026-05-04T10:00"):
        one, other = placed(cast, (HAT, 1))[0], placed(cast, (HAT, 1))[0]
        with committing():
            cancel_part(one, "buyer")
        with committing():
            mark_paid(other, "staff", "Ute")
        with committing():
            owe(other, "complaint", 100, name="Ute", words="Masche")
    with at("2026-08-02T10:00"):
        sweep()
        assert "Feldweg" in personal(app, one)
    with at("2026-08-03T10:00"):
        sweep()
        said = personal(app, one)
        assert "Feldweg" not in said
        assert "cleo" not in said
        assert part(one).total_minor > 0
        assert "Feldweg" in personal(app, other)
        order = db.session.get_one(Order, part(one).order_id)
        assert order.erased_at is not None
        assert number_of(one) == order.number


def test_documents_go_after_their_years(app: Flask, cast: Cast) -> None:
    """orders-37, -21: an invoice of 2017 was kept to the end of 2025; then it goes, with its file
    and what was left of the buyer; one of this year stays whole.
    """
    with committing():
        db.session.execute(db.update(TaxRate).values(valid_from=date(2007, 1, 1)))
    with at("2017-05-04T10:00"):
        old = placed(cast, (HAT, 1))[0]
        with committing():
            mark_paid(old, "staff", "Ute")
        with committing():
            hand_over(old, "Ute", note="Für Cleo")
    assert db.session.scalars(db.select(Document.keep_until)).all() == [date(2025, 12, 31)]
    db.session.rollback()
    kinds()["orders.paper"].run(db.session.scalar(db.select(Document.id)))
    file = db.session.scalar(db.select(Document.pdf_file))
    storage = app.extensions["doors"].storage
    assert storage.open(str(file)).startswith(b"%PDF")
    new = placed(cast, (HAT, 1))[0]
    with committing():
        mark_paid(new, "staff", "Ute")
    with committing():
        hand_over(new, "Ute")
    sweep()
    assert db.session.scalars(db.select(Document.seller_order_id)).all() == [new]
    with pytest.raises(OSError, match=str(file)):
        storage.open(str(file))
    sweep()
    said = personal(app, old)
    assert "Feldweg" not in said
    assert "Cleo" not in said
    assert db.session.scalars(db.select(Parcel.note).where(
        Parcel.seller_order_id == old)).all() == [""]
    assert set(db.session.scalars(db.select(db.cast(OrderHistory.args, db.String)).where(
        OrderHistory.order_id == part(old).order_id))) == {"{}"}
    assert "Feldweg" in personal(app, new)
