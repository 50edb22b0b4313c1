"""Right after placing: a guest corrects the address once, a member may tell others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from email_validator import EmailNotValidError, validate_email
from flask import Response, current_app, flash, request, session, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Conflict
from marketplace.orders.actions.create import buyer_key_of
from marketplace.orders.actions.mending import correct_email
from marketplace.orders.queries import OrderView, order_for
from marketplace.orders.views import pages
from marketplace.web.access import guest_orders, viewer_id
from marketplace.web.answers import see_other
from marketplace.web.forms import clean
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class ShareOffer:
    """Words that may be told to others, with the goods they can be about; nothing is sent yet.

    Without `url` there is no account to speak with: the words are to be copied or mailed.
    """

    url: str
    text: str
    goods: Sequence[tuple[str, str]]
    mail_url: str = ""


def email_fix(found: OrderView, placed: bool) -> tuple[str, str] | None:
    """Where a guest corrects the address of an order that was just placed, and the address."""
    if not placed or found.buyer_id is not None or found.number in session.get("mended", []):
        return None
    return url_for("orders.mend_email", number=found.number), found.email


def share_offer(found: OrderView, placed: bool, goods: Mapping[int, str]) -> ShareOffer | None:
    """What a buyer could tell others: no price, no address, no number; nothing is ticked.

    `goods`: addresses of products, for the words of a guest.
    """
    if not placed:
        return None
    titles = {line.product_id: line.title for part in found.parts for line in part.lines}
    first = found.parts[0]
    said = _("I have just ordered %(title)s from %(name)s and am looking forward to it.",
             title=first.lines[0].title, name=first.seller["name"])
    if found.buyer_id is None:
        path = goods.get(first.lines[0].product_id, "/products")
        told = f"{said} {current_app.config['ZURUF_URL']}{path}"
        return ShareOffer("", told, [], f"mailto:?body={quote(told)}")
    return ShareOffer(url_for("recommend.share_order", number=found.number), said,
                      [(str(key), title) for key, title in titles.items()])


@pages.post("/orders/<number>/email", endpoint="mend_email")
@limiter.limit("20 per hour")
def mend_email(number: str) -> Response:
    """A guest corrects a mistyped address, once, in the browser that ordered."""
    found = order_for(number, viewer_id(), guest_orders())
    if found.buyer_id is not None or found.number in session.get("mended", []):
        raise Conflict(_("The address of this order has been corrected already."))
    typed = clean(request.form.get("email", "")) or ""
    try:
        email = validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError:
        flash(_("This does not look like an e-mail address."), "warn")
        return see_other(url_for("orders.order", number=found.number, placed=1))
    with committing():
        correct_email(found.number, email, buyer_key_of(
            None, email, current_app.config["ZURUF"].secret_key))
    session["mended"] = [*session.get("mended", []), found.number]
    flash(_("The confirmation goes to %(email)s now.", email=email), "good")
    return see_other(url_for("orders.order", number=found.number))
