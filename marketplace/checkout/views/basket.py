"""The basket: what is in, from whom, what it costs, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, session, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import ProductCard, cards
from marketplace.checkout.models import Basket
from marketplace.checkout.queries import BasketView, Loaded, basket_view, loaded_basket
from marketplace.checkout.queries.looked_at import looked_at
from marketplace.checkout.views import pages
from marketplace.checkout.views.avoiding import allergy_hints
from marketplace.checkout.views.blocks import Block, block
from marketplace.checkout.views.paying import accepted
from marketplace.checkout.views.places import delivery_countries
from marketplace.web.access import basket_key, viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import money
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class Place:
    """Where to send to, to know what it costs."""

    url: str
    country: str
    countries: Sequence[tuple[str, str]]
    postcode: str


@dataclass(frozen=True, slots=True)
class CouponBox:
    """Where a coupon is typed, and those in use with the button that takes them out."""

    url: str
    typed: str
    fault: str
    named: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Message:
    """Something that has to be said, with buttons (value of `step`, word) that answer it."""

    words: str
    url: str
    acts: Sequence[tuple[str, str]]


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
    messages: Sequence[Message]
    search_url: str
    help_url: str
    duties_url: str
    ranking_url: str
    coupon: CouponBox | None = None
    last: Sequence[Any] = ()


@pages.get("/basket")
def basket() -> Response:
    """What is in, from whom, what it costs with shipping, and what stands in the way."""
    return draw()


def draw(fault: str = "", typed: str = "", coupon_fault: str = "", status: int = 200) -> Response:
    """The page of this browser's basket."""
    loaded = loaded_basket(viewer_id(), basket_key())
    return answer("checkout/basket.html", _page(loaded, fault, typed, coupon_fault), status)


def _page(loaded: Loaded | None, fault: str, typed: str, coupon_fault: str) -> BasketPage:
    """The page of a basket; a price that moved is said until it was seen."""
    view = basket_view(loaded, current_lang())
    row = view.basket
    place = Place(url_for("checkout.choose_place"), row.country, delivery_countries(),
                  row.postcode or "") if row else None
    ways = accepted(view) if view.parts else []
    hints = allergy_hints(viewer_id(), view.items)
    last = [] if view.parts else _looked_at(row)
    return BasketPage(
        [block(part, not ways, hints) for part in view.parts],
        [(str(part.seller["name"]), money(part.sums.total_minor)) for part in view.parts],
        money(view.total_minor), _("incl. VAT and shipping"),
        url_for("checkout.begin") if view.can_be_ordered else "", ways, _no_way(view, ways), place,
        _messages(view, fault), url_for("storefront.products"),
        url_for("dialogue.new", about="/basket"), url_for("storefront.page", slug="terms"),
        url_for("storefront.ranking"), _coupon_box(view, typed, coupon_fault), last)


def _messages(view: BasketView, fault: str) -> list[Message]:
    """What has to be said above all."""
    said = [Message(fault, "", [])] if fault else []
    out = session.get("undo_line")
    if out:
        said.append(Message(_("%(title)s is out of your basket.", title=out["title"]),
                            url_for("checkout.undo"), [("undo", _("Back into the basket"))]))
    if any(item.seen_minor != item.goods.price_minor for item in view.items):
        said.append(Message(_("Some prices changed since you looked. Seen?"),
                            url_for("checkout.prices_seen"), [("seen", _("Seen"))]))
    for item in view.items:
        if item.both:
            own, guest = item.both
            said.append(Message(
                _("%(title)s was in both baskets (%(guest)s and %(own)s): we kept %(kept)s.",
                  title=item.goods.title, guest=guest, own=own, kept=item.qty),
                url_for("checkout.change", line_id=item.id),
                [("sum", _("Take both: %(sum)s", sum=guest + own)), ("keep", _("All right"))]))
    return said


def _no_way(view: BasketView, ways: Sequence[str]) -> str:
    """That these producers have no way of paying in common."""
    if ways or not view.parts:
        return ""
    return _("These producers have no way of paying in common: order from each of them alone.")


def _coupon_box(view: BasketView, typed: str, fault: str) -> CouponBox | None:
    if not view.parts:
        return None
    return CouponBox(url_for("checkout.coupon"), typed, fault, [
        (part.coupon.code, str(part.producer_id)) for part in view.parts if part.coupon])


def _looked_at(row: Basket | None) -> list[ProductCard]:
    ids = looked_at(viewer_id(), row)
    known = cards(ids, current_lang())
    return [known[i] for i in ids if i in known]
