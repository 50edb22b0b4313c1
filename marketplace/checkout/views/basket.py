"""The basket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Response, flash, request, session, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries.cards import PriceView, SellerLine
from marketplace.checkout import actions
from marketplace.checkout.models import Basket
from marketplace.checkout.queries import (
    BasketItem,
    BasketPart,
    BasketView,
    basket_row,
    basket_view,
)
from marketplace.checkout.views import pages
from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.orders.rules.dates import promised_on
from marketplace.web.access import basket_key, keep_basket_key, viewer_id
from marketplace.web.answers import answer, back, see_other
from marketplace.web.formats import money, short_day
from marketplace.web.languages import current_lang
from marketplace.web.links import arrived_by


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the basket."""

    id: int
    title: str
    url: str
    variant: str
    picture: Any
    qty: int
    max: int
    unit: PriceView
    total_minor: int
    currency: str
    why: tuple[str, str] | None
    set: tuple[str, str] | None
    note: str
    fault: str
    choices: Sequence[tuple[str, str]]
    url_change: str
    age_class: int


@dataclass(frozen=True, slots=True)
class Block:
    """One producer's part of the basket."""

    seller: SellerLine
    lines: Sequence[LineView]
    goods: str
    shipping: str
    deposit: str
    discount: str
    total: str
    dispatch_words: str
    free_words: str
    fault: str
    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where to send to, to know what it costs."""

    url: str
    country: str
    countries: Sequence[tuple[str, str]]
    postcode: str


@dataclass(frozen=True, slots=True)
class BasketPage:
    """The basket."""

    blocks: Sequence[Block]
    rows: Sequence[tuple[str, str]]
    total: str
    total_words: str
    checkout_url: str
    methods: Sequence[str]
    methods_fault: str
    place: Place | None
    messages: Sequence[tuple[str, str, str]]
    search_url: str
    help_url: str
    coupon: Any = None
    allergy_words: str = ""
    last: Sequence[Any] = ()


def country_names() -> list[tuple[str, str]]:
    """Where producers here deliver to."""
    return [("DE", _("Germany")), ("AT", _("Austria")), ("CH", _("Switzerland"))]


@pages.get("/basket")
def basket() -> Response:
    """What is in, from whom, what it costs with shipping, and what stands in the way."""
    row = basket_row(viewer_id(), basket_key())
    return answer("checkout/basket.html", basket_page(basket_view(row, current_lang()), row))


def basket_page(view: BasketView, row: Basket | None, fault: str = "") -> BasketPage:
    """The page of a basket."""
    rows = [(str(part.seller["name"]), money(part.sums.total_minor)) for part in view.parts]
    place = Place(url_for("checkout.choose_place"), row.country, country_names(),
                  row.postcode or "") if row else None
    moved = any(i.seen_minor != i.goods.price_minor for i in view.items)
    messages = [(_("Some prices changed since you looked. Seen?"),
                 url_for("checkout.prices_seen"), _("Seen"))] if moved else []
    if fault:
        messages.insert(0, (fault, url_for("checkout.basket"), ""))
    return BasketPage(
        [block(part) for part in view.parts], rows, money(view.total_minor),
        _("incl. VAT and shipping"),
        url_for("checkout.contact") if view.can_be_ordered else "",
        payment_words(), "", place, messages, url_for("storefront.products"),
        url_for("dialogue.new", about="/basket"))


def payment_words() -> list[str]:
    """Ways to pay that every producer takes."""
    from marketplace.adapters.doors import doors

    names = {"bank_transfer": _("Bank transfer to each producer"),
             "test_card": _("Test card (demo: no money moves)")}
    return [names[name] for name in doors().payment]


def block(part: BasketPart) -> Block:
    """One producer's part."""
    seller, sums = part.seller, part.sums
    line = SellerLine(str(seller["name"]), url_for("storefront.producer", slug=str(seller["slug"])),
                      str(seller.get("city") or ""), bool(seller.get("trader")),
                      url_for("storefront.imprint", slug=str(seller["slug"])))
    day = promised_on(clock.now(), part.dispatch_days)
    shipping = _("not to this country") if sums.shipping_minor is None else \
        _("pick-up") if sums.method == "pickup" else money(sums.shipping_minor)
    free = _("%(amount)s more and shipping is free", amount=money(sums.to_free_minor)) \
        if sums.to_free_minor else ""
    fault = part.lack_sentence if sums.shipping_minor is not None else \
        _("%(name)s does not send these goods there.", name=seller["name"])
    return Block(
        line, [line_view(item) for item in part.items], money(sums.goods_minor), shipping,
        money(sums.deposit_minor) if sums.deposit_minor else "", "", money(sums.total_minor),
        _("If paid today: dispatched by %(day)s", day=short_day(day)), free, fault, [])


def line_view(item: BasketItem) -> LineView:
    """One line."""
    goods = item.goods
    note = ""
    if item.seen_minor != goods.price_minor:
        note = _("was %(old)s, now %(new)s", old=money(item.seen_minor),
                 new=money(goods.price_minor))
    faults = {"off_sale": _("not on sale any more"), "unread": _(
        "not sent there: its safety particulars do not speak that country's language"),
              "sold_out": _("sold out just now"),
              "less": _("only %(n)s left", n=goods.available), "": ""}
    choices = [("remove", _("Leave out"))] if item.obstacle else []
    if item.obstacle == "less":
        choices.insert(0, ("fit", _("Take %(n)s", n=goods.available)))
    most = 999 if goods.made_to_order else max(1, goods.available)
    return LineView(
        item.id, goods.title, f"/products/{goods.slug}", goods.label, goods.picture, item.qty,
        most, PriceView(goods.price_minor, "EUR", goods.unit_minor, goods.unit, False),
        item.total_minor, "EUR", why_line(item), None if not item.set_ref else
        (item.set_ref, "/bundles"), note, faults[item.obstacle], choices,
        url_for("checkout.change", line_id=item.id), goods.age_class)


def why_line(item: BasketItem) -> tuple[str, str] | None:
    """What led to a line, in words."""
    if not item.chain:
        return None
    kind, ref = item.chain[-1]
    words = {
        "recommendation": (_("by a recommendation"), f"/suggestions/r-{ref}"),
        "suggestion": (_("by a suggestion"), "/for-you"),
        "group": (_("from a group"), f"/groups/{ref}"),
        "bundle": (_("from a bundle"), f"/bundles/{ref}"),
        "member": (_("from a member's page"), f"/members/{ref}"),
    }
    return words.get(kind)


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


@pages.post("/basket/lines", endpoint="add")
def add() -> Response:
    """Put a variant into the basket, with what led to it."""
    variant, qty = request.values.get("variant", ""), request.values.get("qty", "1")
    if not variant.isdecimal() or len(variant) > 18:
        raise NotFound(_("This cannot be ordered just now."))
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
    row = basket_row(viewer_id(), basket_key())
    if row is None:
        raise NotFound(_("This line is not in your basket any more."))
    step, qty = request.values.get("step", "set"), request.values.get("qty", "")
    try:
        with committing():
            _change(row, line_id, step, qty)
    except Invalid as fault:
        view = basket_view(basket_row(viewer_id(), basket_key()), current_lang())
        return answer("checkout/basket.html", basket_page(view, row, fault.sentence), 422)
    return see_other(url_for("checkout.basket"))


def _change(row: Basket, line_id: int, step: str, qty: str) -> None:
    item = next((i for i in basket_view(row, current_lang()).items if i.id == line_id), None)
    if item is None:
        raise NotFound(_("This line is not in your basket any more."))
    if step == "remove":
        variant, count = actions.remove(row, line_id)
        session["undo_line"] = [variant, count]
        flash(_("%(title)s is out of your basket.", title=item.goods.title), "info")
        return
    wanted = {"less": item.qty - 1, "more": item.qty + 1, "fit": item.goods.available}
    count = wanted[step] if step in wanted else _quantity(qty)
    if count > item.goods.available and not item.goods.made_to_order:
        count = max(item.goods.available, 1)
        flash(_("Only %(n)s are there.", n=item.goods.available), "warn")
    actions.set_qty(row, line_id, count)


@pages.post("/basket/undo")
def undo() -> Response:
    """Put back what was just taken out."""
    kept = session.pop("undo_line", None)
    if kept:
        try:
            with committing():
                actions.add(writable_basket(), int(kept[0]), int(kept[1]), ("direct", None),
                            current_lang())
        except Conflict as fault:
            flash(fault.sentence, "warn")
    return see_other(url_for("checkout.basket"))


@pages.post("/basket/place")
def choose_place() -> Response:
    """Another country or postcode: shipping is reckoned anew."""
    row = basket_row(viewer_id(), basket_key())
    if row is not None:
        with committing():
            actions.choose_country(row, request.values.get("country", ""))
    return see_other(url_for("checkout.basket"))


@pages.post("/basket/prices-seen")
def prices_seen() -> Response:
    """The new prices were seen."""
    row = basket_row(viewer_id(), basket_key())
    if row is not None:
        with committing():
            actions.note_prices_seen(row)
    return see_other(url_for("checkout.basket"))


def dispatch_day(days: int) -> str:
    """By when something leaves if paid today."""
    return short_day(promised_on(clock.now() + timedelta(0), days))
