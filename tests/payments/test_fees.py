"""What the marketplace takes: announced, the same for all, never for what was ordered before."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.orders.models import Order, SellerOrder
from marketplace.payments.models import FeeRule
from marketplace.payments.queries.fees import commission_now
from tests.cast import Cast
from tests.stories.test_circle import finish

WINE = "spaetburgunder-dorfkern"


def bought(cast: Cast) -> tuple[int, int]:
    """Somebody orders a bottle now; the commission frozen, and the part's id."""
    guest = cast.app.test_client()
    cast.post(guest, "/basket/lines", variant=cast.goods(WINE).variant_id, qty=1)
    number = finish(cast, guest)
    db.session.rollback()
    row = db.session.execute(db.select(SellerOrder.commission_bp, SellerOrder.id).join(
        Order, Order.id == SellerOrder.order_id).where(Order.number == number)).one()
    return row[0], row[1]


def test_a_commission_is_announced_fifteen_days_before(app: Flask, cast: Cast) -> None:
    """payments-18: fifteen days at the earliest, shown on /fees beside the one in force, told to
    every house by mail, in the log; orders placed before keep theirs; the same for all.
    """
    olga = cast.browser("olga")
    today = clock.today()
    day = today + timedelta(days=15)
    new = {"percent": "7,5", "valid_from": day.isoformat(), "why": "Der Server wird teurer."}
    for wrong in ({"percent": "60"}, {"percent": "viel"}, {"percent": "1,234"}, {"why": "-"},
                  {"valid_from": (day - timedelta(days=1)).isoformat()}, {"valid_from": "bald"}):
        assert cast.post(olga, "/operator/fees", **{**new, **wrong}).status_code == 422, wrong
    assert commission_now() == 0
    assert cast.post(olga, "/operator/fees", **new).status_code == 303
    assert cast.post(olga, "/operator/fees", **new).status_code == 422
    page = app.test_client().get("/fees").get_data(as_text=True)
    assert "Provision: 0" in page and "7,5" in page
    told = db.session.execute(sa.text(
        "SELECT count(*), count(DISTINCT person_id) FROM letters WHERE template = 'fee'")).one()
    assert tuple(told) == (2, 2)
    assert db.session.scalars(sa.text("SELECT action FROM audit_log")).all() == ["fee.announce"]
    before = bought(cast)
    assert before[0] == 0
    with time_machine.travel(clock.now() + timedelta(days=15), tick=True):
        assert commission_now() == 750
        assert bought(cast)[0] == 750
        page = app.test_client().get("/fees").get_data(as_text=True)
        assert "Provision: 7,5" in page and "Angekündigt" not in page
    db.session.rollback()
    assert db.session.scalar(db.select(SellerOrder.commission_bp).where(
        SellerOrder.id == before[1])) == 0


def test_a_rule_is_never_changed(app: Flask, cast: Cast) -> None:
    """payments-18: refused by the database itself."""
    with committing():
        db.session.add(FeeRule(commission_bp=100, valid_from=clock.today(),
                               announced_on=clock.today(), announced_at=clock.now()))
    for change in ("UPDATE fee_rules SET commission_bp = 1", "DELETE FROM fee_rules"):
        with pytest.raises(sa.exc.DBAPIError), committing():
            db.session.execute(sa.text(change))
    db.session.rollback()
    assert commission_now() == 100
