"""The whole way of money with a second payment service in place of the first."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from marketplace.adapters.payment import site_of
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import cancel_part
from marketplace.orders.models import Order, Refund, SellerOrder
from marketplace.payments.actions import begin_account, keep_standing
from marketplace.payments.jobs import compare_day
from marketplace.payments.queries.invariants import broken_books
from tests.adapters.memory_door import FEE_MINOR, MemoryDoor
from tests.cast import Cast
from tests.orders.hands import number_of, part, placed
from tests.payments.hands import HAT, RED, books, everybody


def test_another_service_needs_no_change_outside_its_folder(cast: Cast) -> None:
    """payments-31: the same pages, jobs and books: paid in one for two houses, each has theirs
    less 8 %, one part goes back whole, the night's comparison finds nothing.

    By hand: 14.50 + 6.90 = 21.40, 8 % of 14.50 are 1.16; 39.00 + 6.90 = 45.90, 3.12 go back.
    """
    app = cast.app
    door = app.extensions["doors"].payment["stripe"] = MemoryDoor(site_of(app.config["ZURUF_URL"]))
    try:
        for producer_id in everybody(cast, RED, HAT):
            made = door.open_account("Haus", "haus@example.org", "DE", "http://127.0.0.1/studio")
            door.complete(made.reference)
            with committing():
                begin_account(producer_id, "test", made.reference)
                keep_standing(made.reference, door.look_account(made.reference))
        wine, hat = placed(cast, (RED, 1), (HAT, 1), method="stripe")
        with committing():
            db.session.execute(db.update(Order).values(mode="test"))
            db.session.execute(db.update(SellerOrder).values(commission_bp=800))
        cleo = cast.browser("cleo")
        page = cleo.get(f"/orders/{number_of(wine)}/pay")
        assert "https://memory.example" in page.headers["Content-Security-Policy"]
        sent = cast.post(cleo, f"/orders/{number_of(wine)}/pay/card")
        reference = sent.location.rsplit("/", 1)[1]
        door.pay(reference)
        for _twice in range(2):
            body, signature = door.told(reference)
            told = app.test_client().post("/hooks/stripe", data=body,
                                          headers={door.signed_in: signature})
            assert told.status_code == 204
        run_due()
        assert [part(one).state for one in (wine, hat)] == ["paid", "paid"]
        with committing():
            cancel_part(hat, "seller", "Ute", "Frost")
        run_due()
        assert db.session.scalars(db.select(Refund.state)).one() == "done"
        assert books() == {
            f"buyer:{part(wine).order_id}": -2140, f"producer:{part(wine).producer_id}": 2024,
            "operator:commission": 116 - FEE_MINOR, "provider:fees": FEE_MINOR}
        assert list(broken_books()) == []
        with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
            compare_day(clock.now().date() - timedelta(days=1))
            assert db.session.scalar(db.text("SELECT count(*) FROM differences")) == 0
    finally:
        del app.extensions["doors"].payment["stripe"]
