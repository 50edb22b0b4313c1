"""Where a producer's money goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound, OutsideDown
from marketplace.payments import actions
from marketplace.payments.models import AccountChange
from marketplace.payments.queries import bank_accounts, provider_account, waiting_change
from marketplace.payments.rules.attempts import CARD
from marketplace.payments.views import pages
from marketplace.people.actions import (
    ask_code,
    can_passkeys,
    code_by_passkey,
    demand_password,
    use_code,
)
from marketplace.people.queries import factors_of
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at, seller_block
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import day
from marketplace.web.forms import clean
from marketplace.web.headers import leading_to

PURPOSE = "bank"


@dataclass(frozen=True, slots=True)
class CardAccount:
    """The account at the payment service: its state, what it means, what can be done."""

    state: str
    words: str
    button: str
    url: str
    house: str


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Where a producer's money goes."""

    producer: str
    studio_url: str
    now: tuple[str, str, str] | None
    form: PlainForm
    help_url: str
    card: CardAccount | None = None
    waiting: str = ""
    drop_url: str = ""
    code_url: str = ""
    house: str = ""
    passkey_url: str = ""


@pages.get("/studio/account")
@signed_in
def account() -> Response:
    """The account in force, its middle digits hidden, and a form for another."""
    return _account({}, {}, 200)


@pages.post("/studio/account", endpoint="account_post")
@signed_in
def account_post() -> Response:
    """The first account is in force at once; another one needs the password and a code by mail, a
    check and three days. Orders keep what they copied.
    """
    role = house_of("bank")
    words = {name: clean(value) or "" for name, value in request.form.items()}
    holder, iban = words.get("holder", ""), words.get("iban", "")
    try:
        now = bank_accounts([role.producer_id]).get(role.producer_id)
        if now and (now.holder, now.iban) == (holder, actions.checked_account(holder, iban)):
            flash(_("This account is in force already."), "info")
        elif now:
            _change(role, holder, iban, request.form.get("password", ""), words.get("code", ""))
            flash(_("Asked for. Everybody of the house is told; it is in force after a check and "
                    "three days."), "good")
        else:
            with committing():
                actions.keep_account(role.producer_id, holder, iban)
            flash(_("Kept. New orders name this account."), "good")
    except Invalid as fault:
        return _account(words, fault.faults, 422)
    return see_other(url_for("payments.account", producer=role.slug))


def _change(role: Role, holder: str, iban: str, password: str, code: str) -> None:
    """Password, code, and then only the change. Raises Invalid; a wrong code is counted."""
    actions.checked_account(holder, iban)
    demand_password(person_id(), password)
    with committing():
        right = use_code(person_id(), PURPOSE, code)
        if right:
            actions.ask_change(role.producer_id, holder, iban, person_id(), role.shown_name)
    if not right:
        raise Invalid({"code": _("This code does not fit or is too old. Ask for a new one.")})


@pages.post("/studio/account/code", endpoint="account_code")
@signed_in
def account_code() -> Response:
    """A code goes to the person's own confirmed address."""
    role = house_of("bank")
    with committing():
        ask_code(person_id(), PURPOSE)
    flash(_("Sent. The code is in your mail and works for ten minutes."), "good")
    return see_other(url_for("payments.account", producer=role.slug))


@pages.post("/studio/account/passkey", endpoint="account_passkey")
@signed_in
def account_passkey() -> Response:
    """A passkey of the person's device in the place of the mailed code, which it fills in."""
    role = house_of("bank")
    try:
        with committing():
            code = code_by_passkey(person_id(), PURPOSE, request.form.get("answer", ""))
    except Invalid as fault:
        flash(fault.sentence, "bad")
        return see_other(url_for("payments.account", producer=role.slug))
    flash(_("It is you. The code is filled in; now the account and your password."), "good")
    return _account({"code": code}, {}, 200)


@pages.post("/studio/account/drop", endpoint="account_drop")
@signed_in
def account_drop() -> Response:
    """The account stays as it is."""
    role = house_of("bank")
    with committing():
        actions.drop_change(role.producer_id)
    flash(_("Dropped. The account stays as it is."), "good")
    return see_other(url_for("payments.account", producer=role.slug))


@pages.post("/studio/account/card", endpoint="card_account")
@signed_in
def card_account() -> Response:
    """Begin, or go on with, the account at the payment service; look first how it stands."""
    role, door = house_of("bank"), doors().payment.get(CARD)
    if door is None:
        raise NotFound(_("There is nothing at this address."))
    mode, back = current_app.config["ZURUF"].stripe_mode, url_for(
        "payments.account", producer=role.slug, _external=True)
    known, seller = provider_account(role.producer_id, mode), seller_block([role.producer_id])
    try:
        if known is None:
            facts = seller[role.producer_id]
            made = door.open_account(role.name, str(facts.get("e_mail") or ""),
                                     str(facts.get("country") or "DE"), back)
            with committing():
                actions.begin_account(role.producer_id, mode, made.reference)
            return see_other(made.url)
        standing = door.look_account(known.reference)
        with committing():
            actions.keep_standing(known.reference, standing)
        if standing.state != "ready":
            return see_other(door.resume_account(known.reference, back))
    except OutsideDown:
        flash(_("The payment service does not answer just now. Please try again in a moment."),
              "warn")
        return see_other(url_for("payments.account", producer=role.slug))
    flash(_("Ready: from now on buyers can pay you by card."), "good")
    return see_other(url_for("payments.account", producer=role.slug))


def _card(role: Role) -> CardAccount | None:
    """How the account at the payment service stands; None where cards are not offered here."""
    if CARD not in doors().payment:
        return None
    known = provider_account(role.producer_id, current_app.config["ZURUF"].stripe_mode)
    state = known.state if known else "none"
    words = {
        "none": _("Buyers pay all producers of a basket at once; the payment service checks who "
                  "you are and pays you your part."),
        "started": _("Begun. The payment service still checks what you gave."),
        "restricted": _("The payment service still needs something of you."),
        "ready": _("Ready: buyers can pay you by card.")}[state]
    button = {"none": _("Begin at the payment service"), "ready": ""}.get(
        state, _("Go on at the payment service"))
    return CardAccount(state, words, button,
                       url_for("payments.card_account", producer=role.slug), role.slug)


def house_of(right: str) -> Role:
    """The producer in the address, if the person's role has this right.

    Raises NotFound, NotYours, Conflict.
    """
    role = role_at(person_id(), request.args.get("producer", ""), request.form.get("house", ""))
    demand(role, right)
    return role


def _account(words: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    role = house_of("bank")
    row = bank_accounts([role.producer_id]).get(role.producer_id)
    form = PlainForm(url_for("payments.account_post", producer=role.slug), [Section(
        _("Another account") if row else _("Your account"),
        _("Buyers transfer to it directly; the marketplace never holds the money."), [
            Field("holder", _("Holder"), words.get("holder", ""),
                  _("Exactly as the bank knows it."), length=70, optional=False),
            Field("iban", _("IBAN"), words.get("iban", ""), length=42, optional=False),
            *(_factors(words.get("code", "")) if row else ())])],
        faults, _("Ask for the change") if row else _("Keep"), [("house", role.slug)])
    waits = waiting_change(role.producer_id)
    door = doors().payment.get(CARD)
    return leading_to(answer("payments/account.html", AccountPage(
        role.name, url_for("dialogue.studio", producer=role.slug),
        (row.holder, f"{row.iban[:4]} … {row.iban[-4:]}", day(row.valid_from)) if row else None,
        form, url_for("dialogue.new", about="/studio/account"), _card(role),
        _waiting_words(waits) if waits else "",
        url_for("payments.account_drop", producer=role.slug) if waits else "",
        url_for("payments.account_code", producer=role.slug) if row else "", role.slug,
        _passkey_url(role) if row else ""), status),
        door.abilities().leads_to if door is not None else ())


def _passkey_url(role: Role) -> str:
    """Where a passkey answers in the place of the mailed code; "" for who has none."""
    if not (can_passkeys() and factors_of(person_id()).passkeys):
        return ""
    return url_for("payments.account_passkey", producer=role.slug)


def _factors(code: str) -> tuple[Field, ...]:
    """What shows that it is really this person."""
    return (Field("password", _("Your password"), "", type="password", length=300, optional=False),
            Field("code", _("Code from the mail"), code, _("Six digits; ask for it above."),
                  length=12, optional=False))


def _waiting_words(waits: AccountChange) -> str:
    return _("%(who)s asked for %(holder)s, … %(ending)s. In force after a check, on %(day)s at "
             "the earliest; open orders keep the old account.", who=waits.asked_name,
             holder=waits.holder, ending=waits.iban[-4:], day=day(waits.earliest_at))
