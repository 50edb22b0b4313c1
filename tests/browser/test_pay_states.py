"""Every state of paying and of money that goes back, as people see it."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import owe
from marketplace.orders.models import Refund
from marketplace.payments.models import Advance
from marketplace.people.models import Person
from tests.adapters.stripe_fake.server import LATE
from tests.browser.looking import Watched
from tests.browser.test_pages import enter_as
from tests.orders.hands import number_of, part, placed
from tests.payments.conftest import shop
from tests.payments.hands import HAT, RED, Shop

__all__ = ["shop"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]


def states_of_paying(market: Shop) -> dict[str, tuple[str, str]]:
    """Whose address shows which state: ready to pay, waiting, declined with another way, the test
    card, a refund that waits, an advance, a dispute with messages.
    """
    cast = market.cast
    ready, waiting, declined = (market.order((HAT, 1))[0] for _ in range(3))
    market.page(ready)
    for one, paid_ in ((waiting, None), (declined, False)):
        reference = market.page(one)
        market.fake.pay(reference, LATE)
        if paid_ is False:
            market.fake.settle(reference, paid=False)
    market.told()
    trial = placed(cast, (HAT, 1), method="test_card")[0]
    (back,) = market.paid(market.order((RED, 2)))
    for account in market.fake.world.all("v2.core.account"):
        market.fake.world.pay_out(account)
    with committing():
        owe(back, "complaint", 500, goods_minor=500, name="Ute", words="Korken")
    run_due()
    db.session.rollback()
    with committing():
        refund = db.session.scalars(db.select(Refund.id)).one()
        db.session.add(Advance(refund_id=refund, producer_id=part(back).producer_id, mode="test",
                               minor=460, back_minor=0, made_at=clock.now()))
    return {"to pay": ("cleo", f"/orders/{number_of(ready)}/pay"),
            "waiting": ("cleo", f"/orders/{number_of(waiting)}/pay"),
            "declined": ("cleo", f"/orders/{number_of(declined)}/pay"),
            "test card": ("cleo", f"/orders/{number_of(trial)}/test-card"),
            "refund": ("cleo", f"/orders/{number_of(back)}"),
            "advances": ("olga", "/operator/payments"),
            "advance": ("olga", f"/operator/payments/advances/{refund}"),
            "house": ("ana", "/studio/payments")}


def test_states_of_paying_are_for_everybody(
    shop: Shop, app: Flask, site: str, chromium: Browser
) -> None:
    """payments-34: each state in German on a phone and in English on a desk: nothing grave for
    axe, nothing too wide, a human sentence and a next step; and the same words without script.
    """
    states = states_of_paying(shop)
    wrong: list[str] = []
    for lang, size, scheme in (("de", (360, 640), "light"), ("en", (1280, 800), "dark")):
        with committing():
            db.session.execute(db.update(Person).values(lang=lang))
        window = Watched(chromium, site, lang, *size, scheme=scheme)
        for name, (who, address) in states.items():
            enter_as(window, shop.cast.browser(who), site, app.config["SESSION_COOKIE_NAME"])
            window.page.goto(address)
            window.look(f"{name} {lang}")
            if not window.page.locator("main a, main button").count():
                wrong.append(f"{name} {lang}: no next step")
        wrong += window.faults
        window.close()
    plain = shop.cast.browser("cleo")
    for name, words in (("waiting", "Look again"), ("declined", "Pay by transfer instead"),
                        ("to pay", "Pay by card")):
        if words not in plain.get(states[name][1]).get_data(as_text=True):
            wrong.append(f"{name}: without script {words} is missing")
    assert not wrong, "\n" + "\n".join(wrong)
