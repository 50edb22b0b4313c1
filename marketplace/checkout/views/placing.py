"""The order: placed whole, or not at all with the reason and everything kept."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from hmac import new as keyed
from typing import Any

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.actions import SoldOut
from marketplace.checkout import actions
from marketplace.checkout.actions.checking import Moved
from marketplace.checkout.actions.coupons import CouponGone
from marketplace.checkout.actions.placing import Placing, placed_before
from marketplace.checkout.models import Basket
from marketplace.checkout.queries import loaded_basket
from marketplace.checkout.rules.age import AGE_METHODS
from marketplace.checkout.views import pages
from marketplace.checkout.views.review import instruction_version, review_page
from marketplace.checkout.views.steps import CONSENT_VERSION
from marketplace.checkout.views.way import current
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Conflict, MarketError, TooMany
from marketplace.orders.actions import buyer_key_of
from marketplace.orders.models import Order
from marketplace.people import actions as people
from marketplace.people.queries import stated_age
from marketplace.web.access import basket_key, keep_guest_order, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import money
from marketplace.web.forms import whole
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter, network


@pages.post("/checkout", endpoint="place")
@limiter.limit("60 per hour")
def place() -> Response:
    """Order with obligation to pay: the whole order, or nothing and the reason."""
    key = request.form.get("attempt_key", "")[:40]
    loaded = loaded_basket(viewer_id(), basket_key())
    draft = loaded.draft if loaded is not None else None
    if loaded is None or draft is None or draft.attempt_key != key:
        before = placed_before(key)
        return _after(before, None) if before is not None else see_other(url_for(
            "checkout.basket" if loaded is None or not loaded.lines else "checkout.review"))
    row, answers = loaded.basket, loaded.answers
    secret = None if row.person_id else secret_code(128)
    how = _how(row, answers, key, secret)
    try:
        with committing():
            order = actions.place(loaded, how)
            keep_for_next_time(row.person_id, answers)
    except (SoldOut, Conflict, TooMany) as fault:
        return _refused(fault, key)
    return _after(order, secret)


def _refused(fault: MarketError, key: str) -> Response:
    """Nothing was ordered: why, what can be done, and everything as it was."""
    reasons = {SoldOut: "sold_out", actions.PriceMoved: "price_moved", CouponGone: "coupon",
               actions.BasketMoved: "basket_moved", actions.NotSent: "not_sent",
               TooMany: "too_many"}
    with committing():
        actions.note_failure("review", reasons.get(type(fault), "other"), viewer_id())
    found = current()
    if isinstance(fault, SoldOut) or found is None:
        flash(fault.sentence, "warn")
        return see_other(url_for("checkout.basket"))
    moved = fault.moved if isinstance(fault, actions.PriceMoved) else []
    changes = [_moved_words(one) for one in moved]
    if isinstance(fault, actions.PriceMoved):
        changes.append(_("In all: was %(old)s, now %(new)s", old=money(fault.old_minor),
                         new=money(fault.new_minor)))
    page = review_page(found[1], found[2], key, found[0].version, fault.sentence, changes)
    return answer("checkout/review.html", page, fault.status)


def _moved_words(one: Moved) -> str:
    if one.old_minor is None:
        return _("%(title)s: %(new)s", title=one.title, new=money(one.new_minor or 0))
    return _("%(title)s: was %(old)s, now %(new)s", title=one.title, old=money(one.old_minor),
             new=money(one.new_minor or 0))


def _shown() -> dict[str, int]:
    """What each line and sending cost on the page that was sent; only to tell differences."""
    found = {}
    for pair in request.form.get("shown", "")[:4000].split(";"):
        name, _sign, minor = pair.partition("=")
        if minor.isdecimal() and len(minor) < 12 and len(name) < 20:
            found[name] = int(minor)
    return found


def _how(row: Basket, answers: Mapping[str, Any], key: str, secret: str | None) -> Placing:
    settings = current_app.config["ZURUF"]
    return Placing(
        key, whole(request.form, "basket_version", 0, 10**9, row.version),
        whole(request.form, "shown_minor", 0, 10**9, -1),
        buyer_key_of(viewer_id(), str(answers.get("email")), settings.secret_key),
        current_lang(), mode_of(answers),
        sha256(secret.encode()).hexdigest() if secret else None, network_key(),
        instruction_version(), _shown())


def mode_of(answers: Mapping[str, Any]) -> str:
    """Whether real money moves: live, test or demo."""
    settings = current_app.config["ZURUF"]
    if answers.get("method") == "stripe":
        return str(settings.stripe_mode)
    return "demo" if settings.demo else "live"


def network_key() -> str | None:
    """A keyed hash of the network that orders; nothing where nothing is limited."""
    if not current_app.config["RATE_LIMITS"]:
        return None
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return keyed(secret, f"transfers:{network()}".encode(), sha256).hexdigest()[:32]


def keep_for_next_time(person_id: int | None, answers: Mapping[str, Any]) -> None:
    """A member's address, age class and consent, so that the next order asks less."""
    if person_id is None:
        return
    people.keep_address(person_id, {
        "name": str(answers["name"]), "lines": str(answers["street"]),
        "postcode": str(answers["postcode"]), "city": str(answers["city"]),
        "country": str(answers["country"])})
    age = answers.get("age") or {}
    if age.get("method") in AGE_METHODS and age["method"] != "stated" \
            and stated_age(person_id) is None:
        people.state_age(person_id, str(age["class"]))
    if answers.get("review_consent"):
        people.give_consent(person_id, "review_invite", CONSENT_VERSION, "checkout")


def _after(order: Order, secret: str | None) -> Response:
    """On to paying; a guest's browser may see this order from now on."""
    if order.buyer_id is None and secret:
        keep_guest_order(order.number, secret)
    if order.method == "stripe":
        return see_other(url_for("payments.pay", number=order.number))
    if order.method == "test_card":
        return see_other(url_for("payments.test_card", number=order.number))
    return see_other(url_for("orders.order", number=order.number, placed=1))
