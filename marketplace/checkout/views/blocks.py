"""The basket as words: each producer's block, each line, what stands in the way of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from marketplace.catalog.queries.cards import PriceView, SellerLine
from marketplace.checkout.actions.coupons import fault_words
from marketplace.checkout.queries import BasketItem, BasketPart
from marketplace.checkout.rules.basket import CHOICES
from marketplace.checkout.views.places import is_open
from marketplace.foundation import clock
from marketplace.orders.queries.zones import served
from marketplace.orders.rules.dates import promised_on
from marketplace.producers.queries.hours import closed_soon
from marketplace.web.formats import country_name, money, short_day

NO_HINTS: Mapping[int, str] = {}


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
    allergy: str


@dataclass(frozen=True, slots=True)
class Block:
    """One producer's part of the basket; `acts` are buttons (words, address, field, value)."""

    seller: SellerLine
    lines: Sequence[LineView]
    goods: str
    shipping: str
    deposit: str
    discount: str
    discount_words: str
    total: str
    dispatch_words: str
    free_words: str
    limit_words: str
    coupon_words: str
    fault: str
    choices: Sequence[tuple[str, str]]
    acts: Sequence[tuple[str, str, str, str]]


def block(part: BasketPart, alone: bool = False, hints: Mapping[int, str] = NO_HINTS) -> Block:
    """One producer's part; `alone`: it has to be ordered alone, as no way of paying is common;
    `hints` by line.
    """
    seller, sums = part.seller, part.sums
    line = SellerLine(str(seller["name"]), url_for("storefront.producer", slug=str(seller["slug"])),
                      str(seller.get("city") or ""), bool(seller.get("trader")),
                      url_for("storefront.imprint", slug=str(seller["slug"])))
    shipping = _("not to this country") if part.not_sent else \
        _("pick-up") if sums.method == "pickup" else money(sums.shipping_minor or 0)
    free = _("%(amount)s more and shipping is free", amount=money(sums.to_free_minor)) \
        if sums.to_free_minor and not part.not_sent else ""
    off = sum(item.off.coupon_minor for item in part.items)
    return Block(
        line, [line_view(item, hints.get(item.id, "")) for item in part.items],
        money(sums.goods_minor + off), shipping,
        money(sums.deposit_minor) if sums.deposit_minor else "", money(-off) if off else "",
        _("Coupon %(code)s", code=part.coupon.code) if part.coupon else "",
        money(sums.total_minor), dispatch_words(part), free, _limits(part), _coupon_words(part),
        part.fault_sentence, _ways_out(part), _acts(part, alone))


def dispatch_words(part: BasketPart) -> str:
    """By when a producer's goods leave if they are paid today, by its own calendar."""
    return _("If paid today: dispatched by %(day)s",
             day=short_day(promised_on(clock.now(), part.dispatch_days,
                                       closed=closed_soon(part.producer_id))))


def _limits(part: BasketPart) -> str:
    """Where a producer sends to."""
    names = [country_name(code) for code in served(part.producer_id) if is_open(code)]
    return _("Sends to: %(countries)s", countries=", ".join(names)) if names else ""


def _coupon_words(part: BasketPart) -> str:
    """What is to be said of a named coupon that takes nothing off."""
    coupon = part.coupon
    if coupon is None:
        return ""
    if coupon.fault:
        return fault_words(coupon)
    goods = part.sums.goods_minor + sum(item.off.coupon_minor for item in part.items)
    if goods < coupon.min_goods_minor:
        return _("“%(code)s” counts from %(least)s of goods on; %(rest)s are missing.",
                 code=coupon.code, least=money(coupon.min_goods_minor),
                 rest=money(coupon.min_goods_minor - goods))
    return ""


def _ways_out(part: BasketPart) -> list[tuple[str, str]]:
    """Links beside a fault of a whole block."""
    return [(_("Send it somewhere else"), "#place")] if part.not_sent else []


def _acts(part: BasketPart, alone: bool) -> list[tuple[str, str, str, str]]:
    """Buttons of a block."""
    maker = str(part.producer_id)
    if part.not_sent:
        return [(_("Tell me when it can be sent there"), url_for("checkout.tell"), "producer",
                 maker),
                (_("Leave these out"), url_for("checkout.leave_out"), "producer", maker)]
    if alone and not any(item.obstacle for item in part.items):
        return [(_("Order from this producer alone"), url_for("checkout.only"), "producer", maker)]
    return []


def line_view(item: BasketItem, hint: str = "") -> LineView:
    """One line; `hint`: of something in it that this person avoids."""
    goods = item.goods
    notes = []
    if item.seen_minor != goods.price_minor:
        notes.append(_("was %(old)s, now %(new)s", old=money(item.seen_minor),
                       new=money(goods.price_minor)))
    if item.off.offer_minor:
        notes.append(_("at the price of the set"))
    if goods.deposit_minor:
        notes.append(_("plus %(deposit)s deposit each", deposit=money(goods.deposit_minor)))
    if item.substitute_for:
        notes.append(_("chosen instead of another"))
    most = 999 if goods.made_to_order else max(1, goods.available)
    return LineView(
        item.id, goods.title, f"/products/{goods.slug}", goods.label, goods.picture, item.qty,
        most, PriceView(goods.price_minor, "EUR", goods.unit_minor, goods.unit, False),
        item.total_minor, "EUR", why_line(item), _set_of(item), " · ".join(notes),
        obstacle_words(item), _choices(item), url_for("checkout.change", line_id=item.id),
        goods.age_class, hint)


def obstacle_words(item: BasketItem) -> str:
    """What stands in the way of a line."""
    return {
        "off_sale": _("not on sale any more"), "unread": _(
            "not sent there: its safety particulars do not speak that country's language"),
        "sold_out": _("sold out just now"), "less": _("only %(n)s left", n=item.goods.available),
        "excise": _("alcohol is not sent there: the producer has not confirmed the excise "
                    "procedure"), "": ""}[item.obstacle]


def _choices(item: BasketItem) -> list[tuple[str, str]]:
    """What can be done about it; nothing is done by itself."""
    if not item.obstacle:
        return []
    said = {"less": ("fit", _("Take %(n)s", n=item.goods.available)),
            "replace": ("replace", _("Choose something else")),
            "out": ("remove", _("Leave out")), "tell": ("tell", _("Tell me"))}
    return [said[one] for one in CHOICES[item.obstacle]]


def _set_of(item: BasketItem) -> tuple[str, str] | None:
    """The set a line belongs to, and where it is shown."""
    if not item.set_ref:
        return None
    slug = next((ref for kind, ref in reversed(item.chain) if kind == "bundle" and ref), None)
    return item.set_ref, f"/bundles/{slug}" if slug else "/bundles"


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
        "reorder": (_("ordered before"), "/orders"),
    }
    return None if kind == "bundle" and item.set_ref else words.get(kind)
