"""The operator reads an order as its buyer sees it: for a case or by consent, visibly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound, NotYours
from marketplace.orders.actions.looking import let_look
from marketplace.orders.actions.looking import look as look_into
from marketplace.orders.queries import OrderView, order_for, order_view
from marketplace.orders.views import pages
from marketplace.orders.views.buyer import buyers_page
from marketplace.orders.views.shapes import OrderPage, part_words
from marketplace.web.access import guest_orders, operators_only, person, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import money
from marketplace.web.forms import clean

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookPage:
    """The way to an order, and once a reason was said, what its buyer sees and its figures."""

    number: str
    url: str
    typed: str
    faults: Mapping[str, str]
    order: OrderPage | None
    figures: Sequence[Row]


@pages.post("/orders/<number>/look", endpoint="look")
def look(number: str) -> Response:
    """The buyer lets the market look, or no longer."""
    found = order_for(number, viewer_id(), guest_orders())
    with committing():
        let_look(found.id, request.form.get("look") == "yes")
    flash(_("Kept."), "good")
    return see_other(url_for("orders.order", number=number))


def _found(number: str) -> OrderView:
    found = order_view(number.partition("-")[0])
    if found is None:
        raise NotFound(_("There is no such order here."))
    return found


def _page(number: str, typed: str, faults: Mapping[str, str], order: OrderPage | None,
          figures: Sequence[Row], status: int) -> Response:
    number = number.partition("-")[0].upper()
    return answer("orders/look.html", LookPage(
        number, url_for("orders.operated_post", number=number), typed, faults, order, figures),
        status)


@pages.get("/operator/orders/<number>")
@operators_only
def operated(number: str) -> Response:
    """Why one looks has to be said first; nothing of the order stands here yet."""
    _found(number)
    return _page(number, "", {}, None, (), 200)


@pages.post("/operator/orders/<number>", endpoint="operated_post")
@operators_only
def operated_post(number: str) -> Response:
    """The order as its buyer sees it; the buyer reads who looked and why."""
    found, typed, name = _found(number), clean(request.form.get("reason")) or "", person().name
    try:
        with committing():
            look_into(found.id, name, typed)
    except Invalid as fault:
        return _page(number, typed, fault.faults, None, (), 422)
    except NotYours as fault:
        return _page(number, typed, {"reason": fault.sentence}, None, (), 403)
    return _page(number, typed, {}, buyers_page(_found(number)), figures_of(found), 200)


def figures_of(found: OrderView) -> list[Row]:
    """Number, seller, state, sum, paid and the rest, for each part."""
    return [(part.number, str(part.seller["name"]), part_words(part.state),
             money(part.total_minor), money(part.paid_minor), money(part.open_minor))
            for part in found.parts]
