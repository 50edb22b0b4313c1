"""Contact, delivery, payment: one short step each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.checkout import actions
from marketplace.checkout.forms import BILL_NEEDED, WRONG_MAIL, ContactForm, PaymentForm
from marketplace.checkout.models import Basket
from marketplace.checkout.queries import BasketView
from marketplace.checkout.queries.lasting import contact_words, ordered_before
from marketplace.checkout.rules.contacts import FIRST_CONTACTS
from marketplace.checkout.views import pages
from marketplace.checkout.views.ages import age_of
from marketplace.checkout.views.delivering import Delivery, closed_words, deliveries
from marketplace.checkout.views.paying import methods
from marketplace.checkout.views.places import bill_countries, delivery_countries, is_open
from marketplace.checkout.views.way import (
    STEPS,
    buyer_keys,
    current,
    help_url,
    step_rows,
    sums,
)
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.orders.queries.zones import served_anywhere
from marketplace.people.actions import tell_wish
from marketplace.people.queries import addresses_of, email_of, wish_words
from marketplace.web.access import guest_orders, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import country_name, money
from marketplace.web.forms import sent

CONSENT_VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class StepPage:
    """One step of the way to an order."""

    steps: Sequence[tuple[str, str, str]]
    step: str
    url: str
    back_url: str
    typed: Mapping[str, Any]
    faults: Mapping[str, str]
    labels: Mapping[str, str]
    signed_in: bool
    sign_in_url: str
    countries: Sequence[tuple[str, str]]
    bill_countries: Sequence[tuple[str, str]]
    bill_open: bool
    limit_words: str
    first_contacts: Sequence[tuple[str, str]]
    consent_words: str
    consent_version: str
    deliveries: Sequence[Delivery]
    methods: Sequence[tuple[str, str, str]]
    alone_url: str
    alone: Sequence[tuple[str, str]]
    only_words: str
    simple_url: str
    rows: Sequence[tuple[str, str]]
    total: str
    help_url: str


def step_page(
    step: str, view: BasketView, typed: Mapping[str, Any], faults: Mapping[str, str],
    status: int = 200, **more: Any,
) -> Response:
    """Draw one step."""
    at = STEPS.index(step)
    back_url = url_for("checkout.basket") if at == 0 else url_for(f"checkout.{STEPS[at - 1]}")
    only = view.parts[0].seller["name"] if more.get("only") else ""
    page = StepPage(
        step_rows(step), step, url_for(f"checkout.{step}_post"), back_url, typed, faults,
        contact_labels() if step == "contact" else {},
        current_user.is_authenticated, url_for("people.sign_in", next="/checkout"),
        delivery_countries(), bill_countries(),
        any(typed.get(f"bill_{name}") for name in BILL_NEEDED),
        limit_words(view) if step == "contact" else "", more.get("first_contacts", []),
        consent_words(), CONSENT_VERSION, more.get("deliveries", []), more.get("methods", []),
        url_for("checkout.only"), more.get("alone", []),
        _("Only the goods of %(name)s are ordered now; the others stay in your basket.",
          name=only) if only else "",
        url_for("storefront.page", slug="simple/order"), sums(view), money(view.total_minor),
        help_url())
    return answer("checkout/step.html", page, status)


def contact_labels() -> dict[str, str]:
    """What the fields of the first step are called, for the list of faults."""
    names = {"name": _("First and last name"), "street": _("Street and number"),
             "extra": _("Addition"), "postcode": _("Postcode"), "city": _("Town"),
             "country": _("Country")}
    bill = _("Bill to")
    return {"email": _("E-mail"), **names,
            **{f"bill_{name}": f"{bill}: {label}" for name, label in names.items()}}


def limit_words(view: BasketView) -> str:
    """Where goods are sent to, and how they can be paid: before anybody types an address."""
    names = ", ".join(country_name(code) for code in served_anywhere() if is_open(code))
    ways = ", ".join(name for _key, name, _hint in methods(view))
    return _("Delivery to: %(countries)s. To be paid by: %(ways)s.", countries=names,
             ways=ways or "–")


def consent_words() -> str:
    """The consent that is asked for at the order, never ticked in advance."""
    return _("After delivery, ask me once by mail whether I would buy it again.")


def contact_choices() -> list[tuple[str, str]]:
    """Where somebody may have heard of the market; saying nothing comes first."""
    words = contact_words()
    return [("", _("no answer")), *((one, words[one]) for one in FIRST_CONTACTS)]


def _asked_first(person_id: int | None) -> list[tuple[str, str]]:
    """The question of the first order; nobody is asked twice."""
    known = guest_orders() or (person_id is not None and ordered_before(buyer_keys("")))
    return [] if known else contact_choices()


def known_contact(basket: Basket) -> dict[str, Any]:
    """What a member told before, and the country that was chosen in the basket."""
    me, known = viewer_id(), {"country": basket.country, "postcode": basket.postcode or ""}
    if me is None:
        return dict(known)
    mail, book = email_of(me), addresses_of(me)
    if book:
        known |= {"name": book[0].name, "street": book[0].lines, "postcode": book[0].postcode,
                  "city": book[0].city, "country": book[0].country}
    return {"email": mail[0] if mail else "", **known}


@pages.get("/checkout", endpoint="contact")
def contact() -> Response:
    """Who orders and where to."""
    found = current()
    if found is None:
        return see_other(url_for("checkout.basket"))
    row, view, answers = found
    return step_page("contact", view, {**known_contact(row), **answers}, {},
                     only=answers.get("only"), first_contacts=_asked_first(row.person_id))


@pages.post("/checkout/contact", endpoint="contact_post")
def contact_post() -> Response:
    """Keep who and where to."""
    found = current()
    if found is None:
        return see_other(url_for("checkout.basket"))
    row, view, answers = found
    form = ContactForm.asked(delivery_countries(), bill_countries(), sent())
    typed = {name: bound.data for name, bound in form._fields.items()}
    try:
        form.demand()
        _check_mail(str(form.email.data))
        if typed["first_contact"] and ordered_before(
                buyer_keys(str(form.email.data))):
            typed["first_contact"] = ""
        with committing():
            actions.keep_draft(row, {**typed, "review_consent": bool(form.review_invite.data)},
                               "delivery")
            actions.choose_place(row, str(form.country.data), str(form.postcode.data))
            actions.note_prices_seen(row)
    except Invalid as fault:
        return step_page("contact", view, typed, fault.faults, 422, only=answers.get("only"),
                         first_contacts=_asked_first(row.person_id))
    return see_other(url_for("checkout.delivery"))


def _check_mail(text: str) -> None:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError as fault:
        raise Invalid({"email": str(WRONG_MAIL)}) from fault


@pages.get("/checkout/delivery")
def delivery() -> Response:
    """How each producer's goods come."""
    found = current()
    if found is None or not found[2].get("email"):
        return see_other(url_for("checkout.basket" if found is None else "checkout.contact"))
    _row, view, answers = found
    return step_page("delivery", view, _notes(view, answers), {}, only=answers.get("only"),
                     deliveries=deliveries(view, answers))


def _notes(view: BasketView, answers: Mapping[str, Any]) -> dict[str, str]:
    """Wishes for the delivery as they were typed; before that what a member told once."""
    said, me = answers.get("notes"), viewer_id()
    usual = wish_words(me, "delivery") if said is None and me is not None else ""
    return {f"note-{p.producer_id}": (said or {}).get(str(p.producer_id), usual)
            for p in view.parts}


@pages.post("/checkout/delivery", endpoint="delivery_post")
def delivery_post() -> Response:
    """Keep ways of delivery; compare a date of birth and throw it away."""
    found = current()
    if found is None:
        return see_other(url_for("checkout.basket"))
    row, view, answers = found
    chosen = {str(p.producer_id): _way(p.sums.ways, p.producer_id, p.sums.method)
              for p in view.parts}
    notes = {str(p.producer_id): request.form.get(f"note-{p.producer_id}", "").strip()[:140]
             for p in view.parts}
    kept = {"delivery": chosen, "notes": notes}
    try:
        if any(part.not_sent for part in view.parts):
            raise Invalid({}, next(closed_words(p) for p in view.parts if p.not_sent))
        age = age_of(view, answers, request.form)
        with committing():
            actions.keep_draft(row, {**kept, "age": age} if age else kept, "payment")
            _keep_wish(notes)
    except Invalid as fault:
        if not fault.faults:
            flash(fault.sentence, "warn")
        now = {**answers, **kept}
        return step_page("delivery", view, _notes(view, now), fault.faults, 422,
                         only=answers.get("only"), deliveries=deliveries(view, now))
    return see_other(url_for("checkout.payment"))


def _keep_wish(notes: Mapping[str, str]) -> None:
    """Remember a member's wish for next time, where that was ticked."""
    words, me = next(filter(None, notes.values()), ""), viewer_id()
    if me is not None and words and request.form.get("keep_wish"):
        tell_wish(me, "delivery", {"words": words})


def _way(ways: Sequence[tuple[str, int]], maker: int, now: str) -> str:
    """The way that was chosen, if it is possible."""
    asked = request.form.get(f"way-{maker}", "")
    return asked if asked in dict(ways) else now


@pages.get("/checkout/payment")
def payment() -> Response:
    """How to pay."""
    found = current()
    if found is None or not found[2].get("email"):
        return see_other(url_for("checkout.basket" if found is None else "checkout.contact"))
    _row, view, answers = found
    ways = methods(view)
    typed = {"method": answers.get("method", ways[0][0] if len(ways) == 1 else "")}
    return step_page("payment", view, typed, {}, methods=ways, alone=_alone(view),
                     only=answers.get("only"))


def _alone(view: BasketView) -> list[tuple[str, str]]:
    """Producers to order from one after the other: name and id."""
    return [(str(part.seller["name"]), str(part.producer_id)) for part in view.parts]


@pages.post("/checkout/payment", endpoint="payment_post")
def payment_post() -> Response:
    """Keep how to pay."""
    found = current()
    if found is None:
        return see_other(url_for("checkout.basket"))
    row, view, answers = found
    form, ways = PaymentForm(sent()), methods(view)
    try:
        form.demand()
        if form.method.data not in [m[0] for m in ways]:
            raise Invalid({"method": _("Please choose one of these.")})
        with committing():
            actions.keep_draft(row, {"method": form.method.data}, "review")
    except Invalid as fault:
        return step_page("payment", view, {"method": ""}, fault.faults, 422, methods=ways,
                         alone=_alone(view), only=answers.get("only"))
    return see_other(url_for("checkout.review"))
