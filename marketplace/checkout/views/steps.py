"""Contact, delivery, payment: one short step each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.adapters.doors import doors
from marketplace.checkout import actions
from marketplace.checkout.actions.placing import draft_age
from marketplace.checkout.forms import BILL_NEEDED, WRONG_MAIL, ContactForm, PaymentForm
from marketplace.checkout.models import Basket
from marketplace.checkout.queries import BasketView, basket_row, basket_view, draft_of
from marketplace.checkout.rules.age import age_class_of, age_on
from marketplace.checkout.views import pages
from marketplace.checkout.views.basket import country_names
from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.payments.queries import bank_accounts, ready_at_provider
from marketplace.people.queries import addresses_of, email_of
from marketplace.web.access import basket_key, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import money
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang

CONSENT_VERSION = "2026-11"
STEPS = ("contact", "delivery", "payment", "review")


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one producer's goods come."""

    seller: str
    name: str
    choices: Sequence[tuple[str, str, str]]
    value: str
    note_name: str
    age_words: str
    age_name: str


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
    bill_open: bool
    first_contacts: Sequence[tuple[str, str]]
    consent_words: str
    consent_version: str
    deliveries: Sequence[Delivery]
    methods: Sequence[tuple[str, str, str]]
    alone: Sequence[tuple[str, str]]
    rows: Sequence[tuple[str, str]]
    total: str
    help_url: str


def step_rows(now: str) -> list[tuple[str, str, str]]:
    """Where one is; steps done are links back."""
    names = {"contact": _("Who and where to"), "delivery": _("Delivery"),
             "payment": _("Payment"), "review": _("Look over")}
    at = STEPS.index(now)
    return [(names[step], url_for(f"checkout.{step}") if i < at else "",
             "done" if i < at else "now" if i == at else "next") for i, step in enumerate(STEPS)]


def current() -> tuple[Basket, BasketView, dict[str, Any]] | None:
    """Basket, its view under the answers so far, and the answers; None with an empty basket."""
    row = basket_row(viewer_id(), basket_key())
    if row is None:
        return None
    draft = draft_of(row.id)
    answers = dict(draft.answers) if draft else {}
    view = basket_view(row, current_lang(), answers.get("country"), answers.get("delivery"))
    return (row, view, answers) if view.parts else None


def sums(view: BasketView) -> list[tuple[str, str]]:
    """Goods and shipping as rows of words."""
    rows = [(_("Goods"), money(view.goods_minor)), (_("Shipping"), money(view.shipping_minor))]
    deposit = sum(part.sums.deposit_minor for part in view.parts)
    return [*rows, (_("Deposit"), money(deposit))] if deposit else rows


def step_page(
    step: str, view: BasketView, typed: Mapping[str, Any], faults: Mapping[str, str],
    status: int = 200, **more: Any,
) -> Response:
    """Draw one step."""
    at = STEPS.index(step)
    back_url = url_for("checkout.basket") if at == 0 else url_for(f"checkout.{STEPS[at - 1]}")
    page = StepPage(
        step_rows(step), step, url_for(f"checkout.{step}_post"), back_url, typed, faults, {},
        current_user.is_authenticated, url_for("people.sign_in", next="/checkout"),
        country_names(), any(typed.get(f"bill_{name}") for name in BILL_NEEDED), [],
        consent_words(), CONSENT_VERSION,
        more.get("deliveries", []), more.get("methods", []), more.get("alone", []), sums(view),
        money(view.total_minor), url_for("dialogue.new", about="/checkout"))
    return answer("checkout/step.html", page, status)


def consent_words() -> str:
    """The consent that is asked for at the order, never ticked in advance."""
    return _("After delivery, ask me once by mail whether I would buy it again.")


def _known() -> dict[str, Any]:
    """What a member told before."""
    me = viewer_id()
    if me is None:
        return {"country": "DE"}
    mail, book = email_of(me), addresses_of(me)
    known: dict[str, Any] = {"email": mail[0] if mail else "", "country": "DE"}
    if book:
        known.update(name=book[0].name, street=book[0].lines, postcode=book[0].postcode,
                     city=book[0].city, country=book[0].country)
    return known


@pages.get("/checkout", endpoint="contact")
def contact() -> Response:
    """Who orders and where to."""
    found = current()
    if found is None:
        return see_other(url_for("checkout.basket"))
    _row, view, answers = found
    return step_page("contact", view, {**_known(), **answers}, {})


@pages.post("/checkout/contact", endpoint="contact_post")
def contact_post() -> Response:
    """Keep who and where to."""
    found = current()
    if found is None:
        return see_other(url_for("checkout.basket"))
    row, view, _answers = found
    form = ContactForm(sent())
    typed = {name: bound.data for name, bound in form._fields.items()}
    try:
        form.demand()
        _check_mail(str(form.email.data))
        with committing():
            actions.keep_draft(row, {**typed, "review_consent": bool(form.review_invite.data)})
            actions.choose_country(row, str(form.country.data))
    except Invalid as fault:
        return step_page("contact", view, typed, fault.faults, 422)
    return see_other(url_for("checkout.delivery"))


def _check_mail(text: str) -> None:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError as fault:
        raise Invalid({"email": str(WRONG_MAIL)}) from fault


def _deliveries(view: BasketView, answers: Mapping[str, Any]) -> list[Delivery]:
    names = {"parcel": _("Parcel"), "pickup": _("Pick-up"), "own": _("The producer brings it")}
    chosen, need = answers.get("delivery", {}), draft_age(view)
    rows = []
    for i, part in enumerate(view.parts):
        choices = [(m, names[m], money(part.sums.shipping_minor or 0)
                    if m == part.sums.method else "") for m in part.methods]
        ask = i == 0 and need > int(answers.get("age_class", 0))
        words = _("Some goods are handed over from %(age)s on. We compare the date and do not "
                  "keep it.", age=need) if ask else ""
        rows.append(Delivery(
            str(part.seller["name"]), f"way-{part.producer_id}", choices,
            str(chosen.get(str(part.producer_id), part.sums.method)),
            f"note-{part.producer_id}", words, "born"))
    return rows


@pages.get("/checkout/delivery")
def delivery() -> Response:
    """How each producer's goods come."""
    found = current()
    if found is None or not found[2].get("email"):
        return see_other(url_for("checkout.basket" if found is None else "checkout.contact"))
    _row, view, answers = found
    return step_page("delivery", view, {}, {}, deliveries=_deliveries(view, answers))


@pages.post("/checkout/delivery", endpoint="delivery_post")
def delivery_post() -> Response:
    """Keep ways of delivery; compare a date of birth and throw it away."""
    found = current()
    if found is None:
        return see_other(url_for("checkout.basket"))
    row, view, answers = found
    chosen = {str(p.producer_id): request.form.get(f"way-{p.producer_id}", p.sums.method)
              for p in view.parts}
    notes = {str(p.producer_id): request.form.get(f"note-{p.producer_id}", "")[:140]
             for p in view.parts}
    try:
        age = _age(view, answers)
        with committing():
            actions.keep_draft(row, {"delivery": chosen, "notes": notes, "age_class": age})
    except Invalid as fault:
        return step_page("delivery", view, {}, fault.faults, 422,
                         deliveries=_deliveries(view, {**answers, "delivery": chosen}))
    return see_other(url_for("checkout.payment"))


def _age(view: BasketView, answers: Mapping[str, Any]) -> int:
    """The age class that was shown; the date itself is not kept. Raises Invalid."""
    need, known = draft_age(view), int(answers.get("age_class", 0))
    if need <= known:
        return known
    try:
        born = date.fromisoformat(request.form.get("born", ""))
    except ValueError as fault:
        raise Invalid({"born": _("Please state your date of birth.")}) from fault
    if not date(1900, 1, 1) <= born <= clock.today():
        raise Invalid({"born": _("Please look at the year again.")})
    reached = age_class_of(age_on(born, clock.today()))
    if reached < need:
        raise Invalid({"born": _("Some goods in your basket may not be handed over to you yet. "
                                 "Please take them out.")})
    return reached


def _methods(view: BasketView) -> list[tuple[str, str, str]]:
    """Ways to pay that every producer in the basket takes."""
    banks = bank_accounts([part.producer_id for part in view.parts])
    rows = []
    for name in doors().payment:
        if name == "bank_transfer" and len(banks) == len(view.parts):
            rows.append((name, _("Bank transfer"), _(
                "One transfer to each producer, with a code for your banking app; the goods are "
                "kept for seven days.")))
        if name == "stripe" and _by_card(view):
            rows.append((name, _("Card"), _(
                "One payment for all; the payment service gives each producer their part. On your "
                "statement stand this marketplace and the order's number; your contracts are with "
                "the producers.")))
        if name == "test_card":
            rows.append((name, _("Test card"), _("Demo: no money moves.")))
    return rows


def _by_card(view: BasketView) -> bool:
    """Whether every producer's account is ready and the sum is enough for a card."""
    door, mode = doors().payment["stripe"], current_app.config["ZURUF"].stripe_mode
    ready = ready_at_provider([part.producer_id for part in view.parts], mode)
    return len(ready) == len(view.parts) and view.total_minor >= door.abilities().min_minor


@pages.get("/checkout/payment")
def payment() -> Response:
    """How to pay."""
    found = current()
    if found is None or not found[2].get("email"):
        return see_other(url_for("checkout.basket" if found is None else "checkout.contact"))
    _row, view, answers = found
    methods = _methods(view)
    typed = {"method": answers.get("method", methods[0][0] if len(methods) == 1 else "")}
    return step_page("payment", view, typed, {}, methods=methods)


@pages.post("/checkout/payment", endpoint="payment_post")
def payment_post() -> Response:
    """Keep how to pay."""
    found = current()
    if found is None:
        return see_other(url_for("checkout.basket"))
    row, view, _answers = found
    form, methods = PaymentForm(sent()), _methods(view)
    try:
        form.demand()
        if form.method.data not in [m[0] for m in methods]:
            raise Invalid({"method": _("Please choose one of these.")})
        with committing():
            actions.keep_draft(row, {"method": form.method.data})
    except Invalid as fault:
        flash(fault.sentence, "warn")
        return step_page("payment", view, {"method": ""}, fault.faults, 422, methods=methods)
    return see_other(url_for("checkout.review"))
