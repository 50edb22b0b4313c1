"""The same once more: what changed since then is listed, then it goes into the basket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.catalog.queries import buyable
from marketplace.checkout import actions
from marketplace.checkout.actions import Obstacle, Wanted
from marketplace.checkout.actions.many import obstacles_to
from marketplace.checkout.events import OrderedAgain
from marketplace.checkout.queries.again import Again, ordered_again
from marketplace.checkout.views import pages
from marketplace.checkout.views.changing import writable_basket
from marketplace.foundation.database import committing
from marketplace.foundation.events import announce
from marketplace.orders.queries import OrderView, order_for
from marketplace.web.access import guest_orders, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import money
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class AgainRow:
    """One line of the old order: what is different, and why it cannot be had."""

    qty: int
    title: str
    url: str
    picture: Any
    price: str
    changes: Sequence[str]
    gone: str
    others_url: str


@dataclass(frozen=True, slots=True)
class AgainPage:
    """What changed since an order, before it goes into the basket once more."""

    number: str
    rows: Sequence[AgainRow]
    can: int
    url: str
    back_url: str
    help_url: str


@pages.post("/orders/<number>/reorder")
def reorder(number: str) -> Response:
    """First press: what is different; second press, or nothing different: into the basket."""
    found = order_for(number, viewer_id(), guest_orders())
    lines = [line for part in found.parts for line in part.lines]
    again = ordered_again(lines, found.language)
    wanted = [Wanted(one.line.variant_id, min(999, one.line.qty)) for one in again]
    with committing():
        basket = writable_basket()
        goods = buyable([want.variant_id for want in wanted], current_lang())
        blocked = {one.variant_id: one for one in obstacles_to(basket, wanted, goods)}
        good = [want for want in wanted if want.variant_id not in blocked]
        rows = [_row(one, blocked.get(one.line.variant_id)) for one in again]
        differs = bool(blocked) or any(row.changes for row in rows)
        ready = bool(good) and (request.form.get("step") == "add" or not differs)
        if ready:
            actions.add_many(basket, good, ("reorder", found.number), "", None, current_lang())
            announce(OrderedAgain(basket.person_id, found.id))
    if not ready:
        return _page(found, rows, len(good))
    flash(ngettext("%(num)s thing is in your basket once more.",
                   "%(num)s things are in your basket once more.", len(good)), "good")
    return see_other(url_for("checkout.basket"))


def _page(found: OrderView, rows: Sequence[AgainRow], can: int) -> Response:
    here = url_for("orders.order", number=found.number)
    return answer("checkout/again.html", AgainPage(
        found.number, rows, can, url_for("checkout.reorder", number=found.number), here,
        url_for("dialogue.new", about=here)), 200 if can else 409)


def _row(one: Again, blocked: Obstacle | None) -> AgainRow:
    line, now = one.line, one.now
    said = []
    if one.price_moved and now is not None:
        said.append(_("%(now)s a piece now, %(then)s then", now=money(now.price_minor),
                      then=money(line.unit_minor)))
    if one.lot_now:
        said.append(_("%(now)s now, %(then)s then", now=one.lot_now, then=one.lot_before))
    if one.words_moved and now is not None:
        said.append(_("Described in other words now: %(words)s", words=now.essentials))
    return AgainRow(
        line.qty, now.title if now else line.title, f"/products/{now.slug}" if now else "",
        now.picture if now else None, money(now.price_minor) if now else "", said,
        _why(blocked) if blocked else "", url_for("storefront.products", q=line.title)
        if blocked else "")


def _why(blocked: Obstacle) -> str:
    words: Mapping[str, str] = {
        "gone": _("not there any more"), "off_sale": _("not on sale any more"),
        "unread": _("not sent there: its safety particulars do not speak that country's "
                    "language"),
        "young": _("not for your age"), "sold_out": _("sold out just now"),
        "less": _("only %(n)s left", n=blocked.left)}
    return words[blocked.reason]
