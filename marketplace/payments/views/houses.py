"""What the marketplace takes, and where a producer's money goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.payments import actions
from marketplace.payments.queries import bank_accounts
from marketplace.payments.rules import COMMISSION_BP
from marketplace.payments.views import pages
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.producers.queries.dealing import deviations
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import day, percent
from marketplace.web.forms import clean


@pages.get("/fees")
def fees() -> Response:
    """What the marketplace takes, and how money flows."""
    ways = [(_("Bank transfer"), _("Straight from the buyer to each producer. The marketplace "
                                   "never holds it."))]
    if current_app.config["ZURUF_DEMO"]:
        ways.append((_("Test card"), _("Demo only; no money moves.")))
    return answer("payments/fees.html", FeesPage(
        ways, percent(COMMISSION_BP / 10_000), [
            (one.producer, f"/producers/{one.slug}", one.what, one.why,
             _("%(begin)s to %(end)s", begin=day(one.from_on), end=day(one.to_on)) if one.to_on
             else _("since %(day)s", day=day(one.from_on))) for one in deviations()]))


@dataclass(frozen=True, slots=True)
class FeesPage:
    """What the marketplace takes, how money flows, and what is different for somebody."""

    ways: Sequence[tuple[str, str]]
    commission: str
    exceptions: Sequence[tuple[str, str, str, str, str]]


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Where a producer's money goes."""

    producer: str
    studio_url: str
    now: tuple[str, str, str] | None
    form: PlainForm
    help_url: str


@pages.get("/studio/account")
@signed_in
def account() -> Response:
    """The account in force, its middle digits hidden, and a form for another."""
    return _account({}, {}, 200)


@pages.post("/studio/account", endpoint="account_post")
@signed_in
def account_post() -> Response:
    """From now on money goes there; orders keep what they copied."""
    role = house_of("bank")
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            actions.keep_account(role.producer_id, words.get("holder", ""), words.get("iban", ""))
    except Invalid as fault:
        return _account(words, fault.faults, 422)
    flash(_("Kept. New orders name this account."), "good")
    return see_other(url_for("payments.account", producer=role.slug))


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
            Field("iban", _("IBAN"), words.get("iban", ""), length=42, optional=False)])],
        faults, _("Keep"), [("house", role.slug)])
    return answer("payments/account.html", AccountPage(
        role.name, url_for("dialogue.studio", producer=role.slug),
        (row.holder, f"{row.iban[:4]} … {row.iban[-4:]}", day(row.valid_from)) if row else None,
        form, url_for("dialogue.new", about="/studio/account")), status)
