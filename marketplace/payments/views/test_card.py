"""The test card of demo mode: a page on which no money moves, and every sign of it says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _

from marketplace.adapters.payment import site_of
from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound
from marketplace.orders.queries import OrderView, order_for
from marketplace.payments import actions
from marketplace.payments.actions import trying
from marketplace.payments.models import Payment
from marketplace.payments.queries import last_payment
from marketplace.payments.rules import TELLING, TEST_CARDS
from marketplace.payments.views import pages
from marketplace.web.access import guest_orders, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import money


@dataclass(frozen=True, slots=True)
class TestCardPage:
    """The labelled page on which no money moves."""

    number: str
    amount: str
    url: str
    fault: str
    back_url: str
    cards: Sequence[tuple[str, str]]
    trials: Sequence[tuple[str, str]]
    sure_card: str


def _test_order(number: str) -> OrderView:
    """An order that is paid by test card, in demo mode only. Raises NotFound."""
    found = order_for(number, viewer_id(), guest_orders())
    if not current_app.config["ZURUF_DEMO"] or found.method != "test_card":
        raise NotFound(_("There is nothing at this address."))
    return found


def _test_page(found: OrderView, fault: str = "", status: int = 200, sure_card: str = ""
               ) -> Response:
    names = {"paid": _("is paid"), "not_paid": _("is declined"),
             "asks": _("asks first whether it is you"),
             "disputed": _("is paid, then the bank disputes it")}
    trials = [("late", _("Confirmed later")), ("twice", _("Told twice")),
              ("reversed", _("Told in the wrong order")), ("never", _("Never told"))]
    page = TestCardPage(
        found.number, money(found.total_minor),
        url_for("payments.test_card_post", number=found.number), fault,
        url_for("orders.order", number=found.number),
        [(" ".join(card[i:i + 4] for i in range(0, 16, 4)), names[what])
         for card, what in TEST_CARDS.items()], trials, sure_card)
    return answer("payments/test_card.html", page, status)


@pages.get("/orders/<number>/test-card")
def test_card(number: str) -> Response:
    """The test card: no money moves, and every sign of it says so."""
    return _test_page(_test_order(number))


@pages.post("/orders/<number>/test-card", endpoint="test_card_post")
def test_card_post(number: str) -> Response:
    """Pay or be declined by one of the test numbers; any other is refused unread."""
    found = _test_order(number)
    typed = "".join(c for c in request.form.get("card", "")[:40] if c.isdigit())
    how, what = request.form.get("how", ""), TEST_CARDS.get(typed)
    if what is None or how not in TELLING:
        return _test_page(found, _("Only the test numbers below work here. Never type a real "
                                   "card number."), 422)
    if what == "asks" and request.form.get("sure") not in ("yes", "no"):
        return _test_page(found, sure_card=typed)
    declined = what == "not_paid" or (what == "asks" and request.form["sure"] == "no")
    payment = last_payment(found.id)
    if payment is None or payment.state not in ("new", "open", "processing"):
        with committing():
            payment = actions.begin_again(found.id)
    state = _tried(payment, ("not_paid",) if declined else TELLING[how], how, what)
    if declined:
        return _test_page(found, _("The card was declined. Nothing was paid; try another."), 422)
    if state != "paid":
        flash(_("Tried out: the confirmation comes later, or only when it is asked for."), "good")
        return see_other(url_for("payments.pay", number=found.number, back=1))
    flash(_("Paid (test card, no money moved)."), "good")
    return see_other(url_for("orders.order", number=found.number, placed=1))


def _tried(payment: Payment, kinds: tuple[str, ...], how: str, what: str) -> str:
    """Tell what the card and the button stand for; the state of the attempt then."""
    site = site_of(current_app.config["ZURUF_URL"])
    with committing():
        state = trying.tell(payment, kinds, site)
        if how == "late" and kinds == TELLING["late"]:
            trying.tell_later(payment)
        if not kinds:
            trying.keep_silent(payment)
        if what == "disputed" and state == "paid":
            trying.dispute(payment, site)
    return state
