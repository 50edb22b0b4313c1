"""Changes of the basket: in, more, less, out, back, something else instead; where it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, session, url_for
from flask_babel import gettext as _

from marketplace.catalog.actions.watching import watch
from marketplace.catalog.queries import cards
from marketplace.catalog.queries.buying import alternatives
from marketplace.catalog.queries.wishlists import first_variants
from marketplace.checkout import actions
from marketplace.checkout.models import Basket
from marketplace.checkout.queries import BasketItem, BasketView, basket_view, loaded_basket
from marketplace.checkout.views import pages
from marketplace.checkout.views.basket import draw
from marketplace.checkout.views.places import is_delivered_to
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.web.access import basket_key, keep_basket_key, viewer_id
from marketplace.web.answers import answer, back, see_other
from marketplace.web.languages import current_lang
from marketplace.web.links import arrived_by
from marketplace.web.shapes import sign_in_url


@dataclass(frozen=True, slots=True)
class InsteadPage:
    """Goods that could be taken instead of a line; nothing changes without a press."""

    title: str
    rows: Sequence[Any]
    url: str
    search_url: str
    back_url: str
    help_url: str


def writable_basket() -> Basket:
    """This browser's basket, made at the first thing put in; a guest's key goes to the session."""
    row = actions.own_basket(viewer_id(), basket_key())
    if row.person_id is None:
        keep_basket_key(row.key)
    return row


def _quantity(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise Invalid({"qty": _("A whole number from 1 to 999.")})
    return int(text)


def found_basket() -> BasketView:
    """This browser's basket with what is in it. Raises NotFound without one."""
    view = basket_view(loaded_basket(viewer_id(), basket_key()), current_lang())
    if view.basket is None:
        raise NotFound(_("This line is not in your basket any more."))
    return view


def _line(view: BasketView, line_id: int) -> BasketItem:
    item = next((one for one in view.items if one.id == line_id), None)
    if item is None:
        raise NotFound(_("This line is not in your basket any more."))
    return item


@pages.post("/basket/lines", endpoint="add")
def add() -> Response:
    """Put a variant into the basket, with what led to it."""
    variant, qty = request.values.get("variant", ""), request.values.get("qty", "1")
    if not variant.isdecimal() or len(variant) > 18:
        raise NotFound(_("This cannot be ordered just now."))
    session.pop("undo_line", None)
    source = arrived_by()
    step = (source.kind, source.ref) if source else ("direct", None)
    with committing():
        words = actions.add(writable_basket(), int(variant), _quantity(qty), step, current_lang())
    flash(words, "good")
    return back(url_for("checkout.basket")) if request.values.get("stay") else \
        see_other(url_for("checkout.basket"))


@pages.post("/basket/lines/<int:line_id>")
def change(line_id: int) -> Response:
    """More, less, another quantity, or out; out can be taken back."""
    view = found_basket()
    item, step = _line(view, line_id), request.values.get("step", "set")
    if step == "replace":
        return see_other(url_for("checkout.instead", line_id=line_id))
    if step == "tell":
        return _tell([item])
    try:
        with committing():
            row = actions.own_basket(viewer_id(), basket_key())
            _change(row, item, step, request.values.get("qty", ""))
    except Invalid as fault:
        return draw(fault.sentence, status=422)
    return see_other(url_for("checkout.basket"))


def _change(row: Basket, item: BasketItem, step: str, qty: str) -> None:
    session.pop("undo_line", None)
    if step == "remove":
        actions.remove(row, item.id)
        session["undo_line"] = {
            "title": item.goods.title, "variant": item.goods.variant_id, "qty": item.qty,
            "chain": [list(one) for one in item.chain], "set": [item.set_key, item.set_ref]}
        return
    if step in ("less", "more") and request.values.get("was", qty) != qty:
        step = "set"  # Enter in the field presses the first button: what was typed counts
    wanted = {"less": item.qty - 1, "more": item.qty + 1, "fit": item.goods.available,
              "keep": item.qty, "sum": sum(item.both or (item.qty,))}
    count = wanted[step] if step in wanted else _quantity(qty)
    if count > item.goods.available and not item.goods.made_to_order:
        count = max(item.goods.available, 1)
        flash(_("Only %(n)s are there.", n=item.goods.available), "warn")
    actions.set_qty(row, item.id, count)


@pages.post("/basket/undo")
def undo() -> Response:
    """Put back what was just taken out."""
    kept = session.pop("undo_line", None)
    if kept:
        try:
            chain = [(str(kind), ref) for kind, ref in kept["chain"]] or [("direct", None)]
            with committing():
                words = actions.put_back(writable_basket(), actions.Gone(
                    kept["variant"], kept["qty"], chain, *kept["set"]), current_lang())
            flash(words, "good")
        except (Conflict, NotFound) as fault:
            flash(fault.sentence, "warn")
    return see_other(url_for("checkout.basket"))


@pages.get("/basket/lines/<int:line_id>/instead")
def instead(line_id: int) -> Response:
    """Other goods of the same shelf that can be had, nearest in price first."""
    item = _line(found_basket(), line_id)
    ids = alternatives(item.goods.product_id)
    had, known = first_variants(ids), cards(ids, current_lang())
    page = InsteadPage(
        item.goods.title, [(known[i], had[i]) for i in ids if i in known and i in had],
        url_for("checkout.instead_post", line_id=line_id), url_for("storefront.products"),
        url_for("checkout.basket"), url_for("dialogue.new", about="/basket"))
    return answer("checkout/instead.html", page)


@pages.post("/basket/lines/<int:line_id>/instead", endpoint="instead_post")
def instead_post(line_id: int) -> Response:
    """Take another thing instead; the line remembers what it replaces."""
    view = found_basket()
    item, variant = _line(view, line_id), request.form.get("variant", "")
    if not variant.isdecimal() or len(variant) > 18:
        raise NotFound(_("This cannot be ordered just now."))
    with committing():
        words = actions.swap(actions.own_basket(viewer_id(), basket_key()), line_id, int(variant),
                             current_lang())
    flash(words or _("It is in your basket instead of %(title)s.", title=item.goods.title),
          "warn" if words else "good")
    return see_other(url_for("checkout.basket"))


def _of_producer(use: Callable[[Sequence[BasketItem]], Response]) -> Response:
    maker = request.form.get("producer", "")
    view = basket_view(loaded_basket(viewer_id(), basket_key()), current_lang())
    items = [one for one in view.items if str(one.goods.producer_id) == maker]
    return use(items) if items else see_other(url_for("checkout.basket"))


@pages.post("/basket/tell")
def tell() -> Response:
    """Be told once when a producer's goods can be sent where they should go."""
    return _of_producer(_tell)


@pages.post("/basket/leave-out")
def leave_out() -> Response:
    """Take a producer's goods out of the basket."""
    def out(items: Sequence[BasketItem]) -> Response:
        with committing():
            row = actions.own_basket(viewer_id(), basket_key())
            for item in items:
                actions.remove(row, item.id)
        flash(_("They are out of your basket."), "info")
        return see_other(url_for("checkout.basket"))

    return _of_producer(out)


def _tell(items: Sequence[BasketItem]) -> Response:
    """Somebody wants what cannot be had: kept as a wish, and told to members once it can."""
    me, country = viewer_id(), request.form.get("country", "")
    with committing():
        for item in items:
            actions.want(item.goods.variant_id, item.goods.product_id, me, country or "DE")
            if me is not None:
                watch(me, item.goods.product_id, "back")
    if me is None:
        flash(_("Noted that somebody wants it. Sign in, and we tell you once it can be had."),
              "info")
        return see_other(sign_in_url())
    flash(_("We tell you once it can be had."), "good")
    return see_other(url_for("checkout.basket"))


@pages.post("/basket/place")
def choose_place() -> Response:
    """Another country or postcode: shipping is reckoned anew."""
    country = request.values.get("country", "")
    if not is_delivered_to(country):
        return draw(_("No producer here sends to this country."), status=422)
    with committing():
        row = actions.own_basket(viewer_id(), basket_key())
        actions.choose_place(row, country, request.values.get("postcode", ""))
    return see_other(url_for("checkout.basket"))


@pages.post("/basket/prices-seen")
def prices_seen() -> Response:
    """The new prices were seen."""
    loaded = loaded_basket(viewer_id(), basket_key())
    if loaded is not None:
        with committing():
            actions.note_prices_seen(loaded.basket)
    return see_other(url_for("checkout.basket"))
