"""Basket and placing for programs: the same forms, rules and actions as the pages, in JSON.

docs/api.md says how they are called. The order goes to the address of the account; no other address
for mail can be sent along.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from flask import Response, current_app, jsonify, make_response, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from marketplace.checkout import actions
from marketplace.checkout.actions.drafting import keep_draft
from marketplace.checkout.actions.placing import Placing
from marketplace.checkout.forms import ContactForm
from marketplace.checkout.queries import BasketView, Loaded, basket_view, loaded_basket
from marketplace.checkout.queries.told import numbers_of, sent_before, told_basket, told_order
from marketplace.checkout.views import pages
from marketplace.checkout.views.ages import age_of
from marketplace.checkout.views.beginning import age_told
from marketplace.checkout.views.paying import methods
from marketplace.checkout.views.places import bill_countries, delivery_countries
from marketplace.checkout.views.placing import keep_for_next_time, mode_of, network_key
from marketplace.checkout.views.review import instruction_version
from marketplace.checkout.views.way import seen_under
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.orders.actions import buyer_key_of
from marketplace.people.queries import email_of
from marketplace.web.access import by_token, person_id
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter

KEY = "Idempotency-Key"
KEY_SIGNS = re.compile(r"[!-~]{8,80}")
BILLED = tuple(f"bill_{name}" for name in ("name", "street", "extra", "postcode", "city",
                                           "country"))
WORDS = ("name", "street", "extra", "postcode", "city", "country", *BILLED)
ORDER_FIELDS = frozenset((*WORDS, "method", "born", "delivery", "notes", "basket_version",
                          "shown_minor"))
A_PAGE, MOST_WHOLE = 50, 10**9


def _body(known: Collection[str]) -> dict[str, Any]:
    """The JSON object that was sent. Raises Invalid where it is none, or has unknown fields."""
    said = request.get_json(silent=True)
    if not isinstance(said, dict):
        raise Invalid({"": _("Send one JSON object, and Content-Type: application/json.")})
    unknown = sorted(str(name)[:60] for name in said if name not in known)
    if unknown:
        raise Invalid({name: _("This field is not known here.") for name in unknown[:20]})
    return said


def _whole(said: Mapping[str, Any], name: str, low: int, high: int) -> int:
    value = said.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Invalid({name: _("A whole number from %(low)s to %(high)s.", low=low, high=high)})
    return value


def _texts(said: Mapping[str, Any], names: Collection[str]) -> dict[str, str]:
    """These fields as texts. Raises Invalid for other kinds of values."""
    wrong = [name for name in names if not isinstance(said.get(name, ""), str)]
    if wrong:
        raise Invalid({name: _("This has to be a text.") for name in wrong})
    return {name: said.get(name, "") for name in names}


def _by_producer(said: Mapping[str, Any], name: str) -> dict[str, str]:
    """An object of producer -> text. Raises Invalid for anything else."""
    value = said.get(name) or {}
    if not isinstance(value, dict) or len(value) > 100 or not all(
            isinstance(one, str) and len(one) <= 140 for one in value.values()):
        raise Invalid({name: _("An object of producer and text.")})
    return {str(key): one.strip() for key, one in value.items()}


def _told(status: int = 200, country: str | None = None) -> Response:
    view = basket_view(loaded_basket(person_id(), None), current_lang(), country)
    return make_response(jsonify(told_basket(view)), status)


@pages.get("/api/v1/basket", endpoint="api_basket")
@by_token("orders:read")
def basket() -> Response:
    """The member's basket, to `?country=` if it is named."""
    country = request.args.get("country")
    if country is not None and country not in dict(delivery_countries()):
        raise Invalid({"country": _("Nothing is sent there.")})
    return _told(country=country)


@pages.post("/api/v1/basket/lines", endpoint="api_add")
@limiter.limit("240 per minute")
@by_token("orders:write")
def add() -> Response:
    """Put pieces of a variant into the basket; fewer than asked for where fewer are there."""
    said = _body({"variant", "qty"})
    with committing():
        actions.add(actions.own_basket(person_id(), None), _whole(said, "variant", 1, 2**62),
                    _whole({"qty": 1, **said}, "qty", 1, 999), ("direct", None), current_lang())
    return _told(201)


@pages.route("/api/v1/basket/lines/<int:line_id>", methods=["PATCH", "DELETE"],
             endpoint="api_line")
@limiter.limit("240 per minute")
@by_token("orders:write")
def line(line_id: int) -> Response:
    """Another quantity of a line, or the line out."""
    loaded = loaded_basket(person_id(), None)
    view = basket_view(loaded, current_lang())
    item = next((one for one in view.items if one.id == line_id), None)
    if item is None or loaded is None:
        raise NotFound(_("This line is not in your basket any more."))
    qty = 0 if request.method == "DELETE" else _whole(_body({"qty"}), "qty", 0, 999)
    if qty > item.goods.available and not item.goods.made_to_order:
        raise Conflict(_("Only %(n)s are there.", n=item.goods.available))
    with committing():
        actions.set_qty(loaded.basket, line_id, qty)
    return _told()


@pages.post("/api/v1/orders", endpoint="api_place")
@limiter.limit("60 per hour")
@by_token("orders:write")
def place() -> Response:
    """Order the basket with obligation to pay; the same key and body again give the same order."""
    said, me = _body(ORDER_FIELDS), person_id()
    beginning, attempt = _attempt(me)
    before = sent_before(me, beginning)
    if before is not None:
        return _placed(before.number, before.attempt_key == attempt)
    loaded = loaded_basket(me, None)
    if loaded is None or not loaded.lines:
        raise Conflict(_("Your basket is empty."))
    answers = _answers(loaded, said)
    version = _whole(said, "basket_version", 0, MOST_WHOLE)
    shown = _whole(said, "shown_minor", 0, MOST_WHOLE)
    settings = current_app.config["ZURUF"]
    how = Placing(attempt, version, shown, buyer_key_of(me, "", settings.secret_key),
                  current_lang(), mode_of(answers), None, network_key(), instruction_version())
    try:
        with committing():
            actions.choose_place(loaded.basket, answers["country"], answers["postcode"])
            keep_draft(loaded.basket, answers)
            again = loaded_basket(me, None)
            assert again is not None
            order = actions.place(again, how)
            keep_for_next_time(me, answers)
    except actions.PriceMoved as fault:
        raise Conflict(_("The sum is %(now)s, not %(shown)s (minor units). Nothing was ordered.",
                         now=fault.new_minor, shown=fault.old_minor)) from fault
    return _placed(order.number, order.attempt_key == attempt, 201)


def _attempt(me: int) -> tuple[str, str]:
    """How an attempt of this key begins, and the whole of it with what was sent. Raises Invalid."""
    key = request.headers.get(KEY, "")
    if not KEY_SIGNS.fullmatch(key):
        raise Invalid({KEY: _("Send a header of 8 to 80 signs that is new for each order, so that "
                              "sending twice orders once.")})
    beginning = "p" + sha256(f"{me}:{key}".encode()).hexdigest()[:24]
    return beginning, beginning + sha256(request.get_data(cache=True)).hexdigest()[:12]


def _placed(number: str, same: bool, status: int = 200) -> Response:
    """The order in full. Raises Invalid where the key was used with something else."""
    if not same:
        raise Invalid({KEY: _("This key was sent before with another order.")})
    found = make_response(jsonify(_order(number)), status)
    found.headers["Location"] = url_for("checkout.api_order", number=number)
    return found


def _answers(loaded: Loaded, said: Mapping[str, Any]) -> dict[str, Any]:
    """What the steps of the checkout would have kept. Raises Invalid."""
    mail = email_of(person_id())
    texts = _texts(said, (*WORDS, "method", "born"))
    form = ContactForm.asked(delivery_countries(), bill_countries(), MultiDict(
        {**{name: texts[name] for name in WORDS}, "email": mail[0] if mail else ""}))
    form.demand()
    answers: dict[str, Any] = {name: bound.data for name, bound in form._fields.items()}
    notes = _by_producer(said, "notes")
    answers |= {"delivery": _by_producer(said, "delivery"), "review_consent": False,
                "only": None}
    view = seen_under(loaded, answers)
    answers["delivery"] = _ways(view, answers["delivery"])
    answers["notes"] = {str(one.producer_id): notes.get(str(one.producer_id), "")
                        for one in view.parts}
    told = age_told(person_id(), {})
    answers["age"] = age_of(view, {"age": told}, {"born": texts["born"]}) or told
    ways = [name for name, *_words in methods(view)]
    if texts["method"] not in ways:
        raise Invalid({"method": _("One of these: %(ways)s.", ways=", ".join(ways) or "–")})
    return {**answers, "method": texts["method"]}


def _ways(view: BasketView, chosen: Mapping[str, str]) -> dict[str, str]:
    """Each producer's way of delivery. Raises Invalid for one that is not possible."""
    for part in view.parts:
        way = chosen.get(str(part.producer_id))
        if way and way not in dict(part.sums.ways):
            raise Invalid({"delivery": _("%(name)s: one of these: %(ways)s.",
                                         name=part.seller["name"],
                                         ways=", ".join(dict(part.sums.ways)))})
    return {str(part.producer_id): chosen.get(str(part.producer_id)) or part.sums.method
            for part in view.parts}


def _order(number: str) -> dict[str, Any]:
    found = told_order(person_id(), number)
    if found is None:
        raise NotFound(_("You have no such order."))
    if found["method"] == "stripe" and any(one["state"] == "placed" for one in found["parts"]):
        found["pay"] = url_for("payments.pay", number=found["number"], _external=True)
    return found


@pages.get("/api/v1/orders/<number>", endpoint="api_order")
@by_token("orders:read")
def order(number: str) -> Response:
    """One of the member's own orders."""
    return make_response(jsonify(_order(number[:20])))


@pages.get("/api/v1/orders", endpoint="api_orders")
@by_token("orders:read")
def orders() -> Response:
    """The member's orders, newest first, fifty a page; `next` is where it goes on."""
    text = request.args.get("before", "")
    if text and (not text.isdecimal() or len(text) > 18):
        raise Invalid({"before": _("This has to be a number from “next”.")})
    rows = numbers_of(person_id(), int(text) if text else None, A_PAGE + 1)
    page, more = rows[:A_PAGE], len(rows) > A_PAGE
    return make_response(jsonify({
        "orders": [{"number": number, "url": url_for("checkout.api_order", number=number)}
                   for _id, number in page],
        "next": url_for("checkout.api_orders", before=page[-1][0]) if more else None}))
