"""Every night: what the payment service says of the day before, beside our book."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import cancel_part
from marketplace.payments.actions import post
from marketplace.payments.jobs import reconcile
from marketplace.payments.models import ComparedDay, Difference, ProviderLine
from marketplace.payments.rules.ledger import Move
from marketplace.payments.rules.reconciling import Differs, Line, differences, facts_of
from tests.payments.hands import HAT, RED, Shop


def test_what_differs() -> None:
    """payments-27: missing on one side, another amount, and what agrees; fees apart."""
    theirs = facts_of([Line("paid", "ch_1", 10830, 187), Line("transfer", "tr_1", 5658),
                       Line("refund", "re_9", 100), Line("dispute_out", "dp_1", 500, 2000)])
    assert theirs["fee", "ch_1"] == 187 and theirs["dispute_fee", "dp_1"] == 2000
    ours = {("paid", "ch_1"): 10830, ("fee", "ch_1"): 188, ("transfer", "tr_1"): 5658,
            ("transfer", "tr_2"): 1746, ("dispute_out", "dp_1"): 500,
            ("dispute_fee", "dp_1"): 2000}
    assert differences(ours, theirs) == [
        Differs("fee", "ch_1", 188, 187), Differs("refund", "re_9", 0, 100),
        Differs("transfer", "tr_2", 1746, 0)]
    assert differences(theirs, theirs) == []


def night(shop: Shop, days: int = 1) -> list[tuple[str, str, int, int]]:
    """The comparison of the night so many days on; what is open afterwards."""
    morning = (clock.now() + timedelta(days=days)).replace(hour=3, minute=0)
    with time_machine.travel(morning, tick=False):
        reconcile()
    db.session.rollback()
    return [(row.kind, row.reference, row.ours_minor, row.theirs_minor)
            for row in db.session.scalars(db.select(Difference).where(
                Difference.state == "open").order_by(Difference.kind))]


NOON = clock.now().replace(hour=12, minute=0)
"""Nothing of these tests happens around midnight."""


def test_a_day_on_which_everything_agrees(shop: Shop) -> None:
    """payments-27: charges, fees, transfers, taking back, refunds and disputes of a day."""
    with time_machine.travel(NOON, tick=True):
        parts = shop.paid(shop.three())
        with committing():
            cancel_part(parts[2], "seller", "Ute", "Frost")
        run_due()
        other = shop.paid(shop.order((RED, 1)))
        shop.fake.world.dispute(shop.charge(other[0]), 500)
        shop.told()
        assert night(shop) == []
    day = db.session.scalars(db.select(ComparedDay)).one()
    kinds = dict(db.session.execute(db.text(
        "SELECT kind, count(*) FROM provider_lines GROUP BY kind")).all())
    assert kinds == {"paid": 2, "transfer": 4, "take_back": 1, "refund": 1, "dispute_out": 1}
    assert (day.lines, day.moves, day.differences) == (9, 12, 0)


def test_three_planted_faults_are_three_differences(shop: Shop) -> None:
    """payments-27: a missing transfer, an extra refund and a wrong fee, exactly these; the next
    night they are not listed twice, and what agrees by then is gone; a person settles the rest.
    """
    with time_machine.travel(NOON, tick=True):
        parts = shop.paid(shop.order((RED, 1), (HAT, 1)))
        shop.paid(shop.three())
        world, charge = shop.fake.world, shop.charge(parts[0])
        lost = world.all("transfer")[0]
        for entry in world.all("balance_transaction", source=lost["id"]):
            del world.things[entry["id"]]
        extra = world.new("re", "refund", amount=250, charge=charge["id"], currency="eur",
                          payment_intent=charge["payment_intent"], status="succeeded",
                          metadata={})
        world.entry("refund", extra, -250)
        fee = world.get(charge["balance_transaction"])
        right, fee["fee"] = fee["fee"], fee["fee"] + 7
        planted = [("fee", charge["id"], right, right + 7),
                   ("refund", extra["id"], 0, 250),
                   ("transfer", lost["id"], lost["amount"], 0)]
        assert night(shop) == planted
        assert night(shop, 2) == planted
        with committing():
            post("late", [Move("held:1", "buyer:1", 250, "refund")], extra["id"])
        assert night(shop, 3) == [planted[0], planted[2]]
    olga = shop.cast.browser("olga")
    ids = list(db.session.scalars(db.select(Difference.id).where(Difference.state == "open")))
    page = olga.get("/operator/payments").get_data(as_text=True)
    assert lost["id"] in page and charge["id"] in page
    way = f"/operator/payments/differences/{ids[0]}"
    assert olga.get(way).status_code == 200
    assert shop.cast.post(olga, way, why="kurz").status_code == 422
    assert shop.cast.post(olga, way, why="Der Zahlungsdienst hat es erklärt.").status_code == 303
    assert shop.cast.post(olga, way, why="Der Zahlungsdienst hat es erklärt.").status_code == 409
    db.session.rollback()
    row = db.session.get_one(Difference, ids[0], populate_existing=True)
    assert (row.state, row.by_name) == ("settled", "Olga")
    assert db.session.scalars(db.text("SELECT action FROM audit_log")).all() == [
        "difference.settle"]


def test_another_sites_lines_are_not_ours(shop: Shop) -> None:
    """payments-11: a second market at the same account is no difference here."""
    with time_machine.travel(NOON, tick=True):
        world = shop.fake.world
        theirs = world.new("tr", "transfer", amount=5, currency="eur",
                           metadata={"site": "other.example"})
        world.entry("transfer", theirs, -5)
        world.entry("payout", world.new("po", "payout", amount=9, currency="eur"), -9)
        assert night(shop) == [] and not db.session.scalar(db.select(ProviderLine))
