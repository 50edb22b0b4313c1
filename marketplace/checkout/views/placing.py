"""The last look, and the order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.actions import SoldOut
from marketplace.checkout import actions
from marketplace.checkout.actions.placing import Placing, address, placed_before
from marketplace.checkout.queries import BasketPart, BasketView, basket_row, draft_of
from marketplace.checkout.views import pages
from marketplace.checkout.views.basket import dispatch_day
from marketplace.checkout.views.steps import CONSENT_VERSION, current, step_rows, sums
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Conflict
from marketplace.orders.actions import buyer_key_of
from marketplace.orders.models import Order
from marketplace.people import actions as people
from marketplace.web.access import basket_key, keep_guest_order, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import country_name, money
from marketplace.web.forms import whole
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A line with its essential features."""

    title: str
    essentials: str
    picture: Any
    qty: int
    unit: str
    total: str
    particulars_url: str
    note: str


@dataclass(frozen=True, slots=True)
class ReviewBlock:
    """The contract with one producer, before it is made."""

    seller_name: str
    seller_address: str
    trader_words: str
    lines: Sequence[ReviewLine]
    delivery_words: str
    promise_words: str
    goods: str
    shipping: str
    deposit: str
    discount: str
    total: str
    withdrawal_words: str
    withdrawal_url: str
    terms_url: str
    age_words: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything once more; the button stands directly below the total."""

    steps: Sequence[tuple[str, str, str]]
    url: str
    attempt_key: str
    basket_version: int
    shown_minor: int
    email: str
    ship: Sequence[str]
    bill: Sequence[str]
    method_words: str
    contact_url: str
    delivery_url: str
    payment_url: str
    blocks: Sequence[ReviewBlock]
    rows: Sequence[tuple[str, str]]
    total: str
    tax_rows: Sequence[tuple[str, str]]
    guarantee_url: str
    guarantee_alt: str
    fault: str
    changes: Sequence[str]
    help_url: str


@pages.get("/checkout/review")
def review() -> Response:
    """The last look."""
    found = current()
    if found is None:
        return see_other(url_for("checkout.basket"))
    row, view, answers = found
    if not answers.get("method") or not answers.get("email"):
        return see_other(url_for("checkout.contact"))
    draft = draft_of(row.id)
    assert draft is not None
    return answer("checkout/review.html",
                  _page(view, answers, draft.attempt_key, row.version, ""))


def _page(view: BasketView, answers: Mapping[str, Any], key: str, version: int, fault: str,
          changes: Sequence[str] = ()) -> ReviewPage:
    names = {"bank_transfer": _("Bank transfer to each producer"),
             "test_card": _("Test card (demo: no money moves)")}
    return ReviewPage(
        step_rows("review"), url_for("checkout.place"), key, version, view.total_minor,
        str(answers.get("email")), _lines(address(answers, "")), _lines(address(answers, "bill_")),
        names.get(str(answers.get("method")), ""), url_for("checkout.contact"),
        url_for("checkout.delivery"), url_for("checkout.payment"),
        [_block(part) for part in view.parts], sums(view), money(view.total_minor), [], "", "",
        fault, changes, url_for("dialogue.new", about="/checkout"))


def _lines(said: Mapping[str, Any] | None) -> list[str]:
    """An address as lines; nothing for none."""
    if said is None:
        return []
    rows = (said["name"], said["street"], said["extra"], f"{said['postcode']} {said['city']}",
            country_name(said["country"]))
    return [str(row) for row in rows if row]


def _block(part: BasketPart) -> ReviewBlock:
    seller, sums_ = part.seller, part.sums
    place = f"{seller.get('postcode') or ''} {seller.get('city') or ''}".strip()
    address = ", ".join(words for words in (str(seller.get("street") or ""), place) if words)
    lines = [ReviewLine(
        f"{i.goods.title}, {i.goods.label}" if i.goods.label else i.goods.title,
        i.goods.essentials, i.goods.picture, i.qty, money(i.goods.price_minor),
        money(i.total_minor), f"/products/{i.goods.slug}#particulars", "") for i in part.items]
    no_return = [i.goods.title for i in part.items if i.goods.withdrawal != "yes"]
    words = _("You can withdraw within 14 days of receipt.")
    if len(no_return) == len(part.items):
        words = _("There is no right of withdrawal for these goods.")
    elif no_return:
        words += " " + _("Not for: %(titles)s.", titles=", ".join(no_return))
    return ReviewBlock(
        str(seller["name"]), address,
        _("sells as a trader") if seller.get("trader") else _("sells privately"), lines,
        {"parcel": _("Parcel"), "pickup": _("Pick-up"),
         "own": _("The producer brings it")}.get(sums_.method, ""),
        _("If paid today: dispatched by %(day)s", day=dispatch_day(part.dispatch_days)),
        money(sums_.goods_minor), money(sums_.shipping_minor or 0),
        money(sums_.deposit_minor) if sums_.deposit_minor else "", "", money(sums_.total_minor),
        words, url_for("storefront.page", slug="withdrawal"),
        url_for("storefront.page", slug="terms"),
        _("Handed over from %(age)s on.", age=sums_.age_class) if sums_.age_class else "")


@pages.post("/checkout", endpoint="place")
@limiter.limit("60 per hour")
def place() -> Response:
    """Order with obligation to pay: the whole order, or nothing and the reason."""
    key = request.form.get("attempt_key", "")[:40]
    before = placed_before(key)
    if before is not None:
        return _after(before, None)
    found = current()
    if found is None:
        return see_other(url_for("checkout.basket"))
    row, _view, answers = found
    draft = draft_of(row.id)
    if draft is None or draft.attempt_key != key:
        return see_other(url_for("checkout.review"))
    secret = None if row.person_id else secret_code(128)
    how = _how(answers, key, secret)
    try:
        with committing():
            order = actions.place(row, draft, how)
            _keep_for_next_time(row.person_id, answers)
    except SoldOut as fault:
        flash(fault.sentence, "warn")
        return see_other(url_for("checkout.basket"))
    except Conflict as fault:
        fresh = current() or found
        page = _page(fresh[1], answers, key, fresh[0].version, fault.sentence)
        return answer("checkout/review.html", page, 409)
    return _after(order, secret)


def _how(answers: Mapping[str, Any], key: str, secret: str | None) -> Placing:
    settings = current_app.config["ZURUF"]
    row = basket_row(viewer_id(), basket_key())
    return Placing(
        key, whole(request.form, "basket_version", 0, 10**9, row.version if row else -1),
        whole(request.form, "shown_minor", 0, 10**9, -1),
        buyer_key_of(viewer_id(), str(answers.get("email")), settings.secret_key),
        current_lang(), settings.stripe_mode if answers.get("method") == "stripe"
        else "demo" if settings.demo else "live",
        sha256(secret.encode()).hexdigest() if secret else None)


def _keep_for_next_time(person_id: int | None, answers: Mapping[str, Any]) -> None:
    """A member's address and consent, so that the next order asks less."""
    if person_id is None:
        return
    people.keep_address(person_id, {
        "name": str(answers["name"]), "lines": str(answers["street"]),
        "postcode": str(answers["postcode"]), "city": str(answers["city"]),
        "country": str(answers["country"])})
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
