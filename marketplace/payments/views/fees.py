"""What the marketplace takes: the page for all, and the announcement of another commission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.orders.queries.sheets import rate_words
from marketplace.payments import actions
from marketplace.payments.queries.fees import fee_rules
from marketplace.payments.rules.attempts import CARD
from marketplace.payments.rules.commission import NOTICE
from marketplace.payments.views import pages
from marketplace.payments.views.matters import MatterPage
from marketplace.producers.queries.dealing import deviations
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import day
from marketplace.web.forms import clean

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FeesPage:
    """What the marketplace takes, how money flows, and what is different for somebody."""

    ways: Sequence[tuple[str, str]]
    commission: str
    announced: Sequence[tuple[str, str, str]]
    exceptions: Sequence[tuple[str, str, str, str, str]]


@pages.get("/fees")
def fees() -> Response:
    """What the marketplace takes, now and from when on something else, and how money flows."""
    today, rules = clock.today(), fee_rules()
    now = next((rule.commission_bp for rule in rules if rule.valid_from <= today), 0)
    return answer("payments/fees.html", FeesPage(
        _ways(), rate_words(now),
        [(rate_words(rule.commission_bp), day(rule.valid_from), day(rule.announced_on))
         for rule in reversed(rules) if rule.valid_from > today], [
            (one.producer, f"/producers/{one.slug}", one.what, one.why,
             _("%(begin)s to %(end)s", begin=day(one.from_on), end=day(one.to_on)) if one.to_on
             else _("since %(day)s", day=day(one.from_on))) for one in deviations()]))


def _ways() -> list[tuple[str, str]]:
    ways = [(_("Bank transfer"), _("Straight from the buyer to each producer. The marketplace "
                                   "never holds it."))]
    if CARD in doors().payment:
        ways.append((_("Card"), _(
            "One payment at a licensed payment service, which hands each producer their part at "
            "once, less the commission. Its fees are paid by the marketplace.")))
    if current_app.config["ZURUF_DEMO"]:
        ways.append((_("Test card"), _("Demo only; no money moves.")))
    return ways


@pages.get("/operator/fees", endpoint="fee_rules")
@operators_only
def announcement() -> Response:
    """The rules so far, and the form for another."""
    return _page({}, {}, 200)


def _page(words: Words, faults: Words, status: int) -> Response:
    earliest, today = clock.today() + NOTICE, clock.today()
    rules = fee_rules()
    form = PlainForm(url_for("payments.fee_rules_post"), [Section(
        _("Another commission"), _(
            "It is the same for every house, binds on %(day)s at the earliest, and never holds for "
            "what was ordered before. Every house is told by mail.", day=day(earliest)), [
            Field("percent", _("Percent of the goods"), words.get("percent", ""), after="%",
                  optional=False),
            Field("valid_from", _("From"), words.get("valid_from", earliest.isoformat()),
                  type="date", optional=False),
            Field("why", _("Why"), words.get("why", ""), _("It stands in the log with your name."),
                  kind="area", length=300, optional=False)])], faults, _("Announce it"))
    return answer("payments/matter.html", MatterPage(
        _("Commission"), "", _("What the marketplace takes of the goods of every order."),
        [(_("announced, from %(day)s", day=day(rule.valid_from)) if rule.valid_from > today else
          _("since %(day)s", day=day(rule.valid_from)), rate_words(rule.commission_bp))
         for rule in rules] or [(_("since the beginning"), rate_words(0))],
        (), form, url_for("payments.operator"), url_for("dialogue.new", about="/operator/fees")),
        status)


@pages.post("/operator/fees", endpoint="fee_rules_post")
@operators_only
def announcement_post() -> Response:
    """Announce it to every house."""
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            actions.announce_fee(_bp(words.get("percent", "")), _day(words.get("valid_from", "")),
                                 person_id(), words.get("why", ""))
    except Invalid as fault:
        return _page(words, fault.faults, 422)
    flash(_("Announced. Every house is told."), "good")
    return see_other(url_for("payments.fee_rules"))


def _bp(text: str) -> int | None:
    try:
        found = Decimal(text.replace(",", ".").removesuffix("%").strip()) * 100
    except InvalidOperation:
        return None
    return int(found) if found.is_finite() and found == found.to_integral_value() else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
