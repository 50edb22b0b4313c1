"""The way from basket to order: its four steps, and where somebody stands on it."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from marketplace.checkout.models import Basket
from marketplace.checkout.queries import BasketView, Loaded, basket_view, loaded_basket
from marketplace.orders.actions import buyer_key_of
from marketplace.web.access import basket_key, viewer_id
from marketplace.web.formats import money
from marketplace.web.languages import current_lang

STEPS = ("contact", "delivery", "payment", "review")
HELP = "/checkout"


def step_rows(now: str) -> list[tuple[str, str, str]]:
    """Where one is; steps done are links back."""
    names = {"contact": _("Who and where to"), "delivery": _("Delivery"),
             "payment": _("Payment"), "review": _("Look over")}
    at = STEPS.index(now)
    return [(names[step], url_for(f"checkout.{step}") if i < at else "",
             "done" if i < at else "now" if i == at else "next") for i, step in enumerate(STEPS)]


def seen_under(loaded: Loaded, answers: dict[str, Any]) -> BasketView:
    """A basket as these answers make it: country, ways of delivery, one producer alone."""
    only = answers.get("only")
    return basket_view(loaded, current_lang(), answers.get("country"), answers.get("delivery"),
                       int(only) if only else None)


def current() -> tuple[Basket, BasketView, dict[str, Any]] | None:
    """Basket, its view under the answers so far, and the answers; None with an empty basket."""
    loaded = loaded_basket(viewer_id(), basket_key())
    if loaded is None:
        return None
    view = seen_under(loaded, loaded.answers)
    return (loaded.basket, view, loaded.answers) if view.parts else None


def sums(view: BasketView) -> list[tuple[str, str]]:
    """Goods, coupons, shipping and deposit as rows of words."""
    off = sum(item.off.coupon_minor for item in view.items)
    rows = [(_("Goods"), money(view.goods_minor + off))]
    if off:
        rows.append((_("Coupons"), money(-off)))
    rows.append((_("Shipping"), money(view.shipping_minor)))
    deposit = sum(part.sums.deposit_minor for part in view.parts)
    return [*rows, (_("Deposit"), money(deposit))] if deposit else rows


def buyer_keys(email: str) -> list[str]:
    """By what orders of this person and of this address are known."""
    secret, me = current_app.config["ZURUF"].secret_key, viewer_id()
    mine = [buyer_key_of(me, "", secret)] if me is not None else []
    return [*mine, buyer_key_of(None, email, secret)] if email else mine


def help_url() -> str:
    """Ask about the checkout."""
    return url_for("dialogue.new", about=HELP)
