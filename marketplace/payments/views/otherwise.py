"""Another way to pay once the card did not work: its page is closed first."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, current_app, flash, url_for
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Conflict, OutsideDown
from marketplace.orders.queries import OrderView, order_for
from marketplace.payments import actions
from marketplace.payments.models import Payment
from marketplace.payments.queries import last_payment
from marketplace.payments.rules.attempts import SPLITTING
from marketplace.payments.views import pages
from marketplace.payments.views.disturbed import note_failure
from marketplace.web.access import guest_orders, viewer_id
from marketplace.web.answers import see_other

UNDER_WAY = ("new", "open", "processing")


def other_ways(found: OrderView) -> Sequence[tuple[str, str]]:
    """What else an unpaid card order can be paid by: words and address to post to."""
    waiting = [part for part in found.parts if part.state == "awaiting_payment"]
    if found.method not in SPLITTING or "bank_transfer" not in doors().payment \
            or not waiting or not all(part.bank and not part.paid_minor for part in waiting):
        return ()
    return [(_("Pay by transfer instead"),
             url_for("payments.transfer_instead", number=found.number))]


@pages.post("/orders/<number>/pay/transfer")
def transfer_instead(number: str) -> Response:
    """Close the card's page; unless it was paid meanwhile, the order is paid by transfer."""
    found = order_for(number, viewer_id(), guest_orders())
    if not other_ways(found):
        raise Conflict(_("There is nothing left to pay here."))
    here = url_for("payments.pay", number=found.number)
    attempt = last_payment(found.id)
    if attempt is not None and attempt.state in UNDER_WAY:
        try:
            state = _closed(attempt)
        except OutsideDown:
            note_failure(found.method)
            flash(_("The payment service does not answer just now, so nobody knows yet whether "
                    "you paid by card. Please try again in a moment."), "warn")
            return see_other(here)
        if state not in ("closed", "failed"):
            flash(_("Your payment by card is there or on its way."), "good")
            return see_other(here)
    with committing():
        actions.by_transfer_instead(found.id, "demo" if current_app.config["ZURUF_DEMO"]
                                    else "live")
    flash(_("From now on this order is paid by transfer."), "good")
    return see_other(here)


def _closed(attempt: Payment) -> str:
    """Nobody can pay on the page any more; how the attempt stands then. Raises OutsideDown."""
    number, method, reference = attempt.id, attempt.method, attempt.reference or ""
    if attempt.page_url is None:
        with committing():
            return actions.stands(number, "page_closed")
    standing = doors().payment[method].close_page(reference)
    with committing():
        return actions.keep_look(number, standing)
