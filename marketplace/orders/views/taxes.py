"""How a producer taxes, which rates hold for its goods, and who writes its invoices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.orders.actions.taxing import keep_billing
from marketplace.orders.queries.documents import billing_of
from marketplace.orders.queries.sheets import rate_words
from marketplace.orders.queries.tax import (
    declares_abroad,
    own_categories,
    rate_for,
)
from marketplace.orders.queries.zones import zones_of
from marketplace.orders.views import pages
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.producers.queries.legal import TaxFacts, tax_facts
from marketplace.producers.rules import may
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import country_name, day
from marketplace.web.forms import clean


@dataclass(frozen=True, slots=True)
class RateRow:
    """A kind of goods sent to a country: its rate and the law, or why nothing is sold."""

    goods: str
    country: str
    rate: str
    whose: str
    source: str
    since: str


@dataclass(frozen=True, slots=True)
class TaxesPage:
    """Status, rates, and what stands in the way."""

    producer: str
    studio_url: str
    status: Sequence[tuple[str, str]]
    change_url: str
    rows: Sequence[RateRow]
    blocked: Sequence[str]
    goods_url: str
    form: PlainForm | None
    bills: Sequence[tuple[str, str]]
    help_url: str


@pages.get("/studio/taxes")
@signed_in
def taxes() -> Response:
    """What is charged where, with its source."""
    return _page(_house("see"), {}, {}, 200)


@pages.post("/studio/taxes", endpoint="taxes_post")
@signed_in
def taxes_post() -> Response:
    """Who writes invoices from now on; documents that were issued stay as they are."""
    role = _house("trader")
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            keep_billing(role.producer_id, words.get("invoices", ""), words.get("prefix", ""))
    except Invalid as fault:
        return _page(role, words, fault.faults, 422)
    flash(_("Kept. It holds for documents from now on."), "good")
    return see_other(url_for("orders.taxes", producer=role.slug))


def _house(right: str) -> Role:
    role = role_at(person_id(), request.args.get("producer", ""), request.form.get("house", ""))
    demand(role, right)
    return role


def category_words(category: str) -> str:
    """A kind of goods, as the tax sees it."""
    return {"standard": _("standard rate"), "reduced": _("reduced rate"),
            "zero": _("without VAT"), "*": _("all goods")}.get(category, category)


def status_words(status: str) -> str:
    """How a seller taxes."""
    return {"regular": _("regular taxation"), "small": _("small business, no VAT shown"),
            "flat_rate": _("flat rate of farming")}[status]


def _page(role: Role, typed: Mapping[str, str], faults: Mapping[str, str], status: int
          ) -> Response:
    facts = tax_facts([role.producer_id])[role.producer_id]
    bills, rows = billing_of(role.producer_id), _rates(role, facts)
    change = may(role.role, "trader")
    said = [(_("How you tax"), status_words(facts.vat_status)),
            (_("You send from"), country_name(facts.ships_from)),
            (_("VAT number"), facts.vat_id or _("none")),
            (_("Abroad in the EU"), _("the rate where the buyer lives (one-stop shop)")
             if declares_abroad(facts.numbers) else _("the rate at home"))]
    if not facts.vat_id:
        said.insert(3, (_("Tax number"), facts.tax_no or _("none")))
    now = {"invoices": bills.invoices, "prefix": bills.prefix, **typed}
    return answer("orders/taxes.html", TaxesPage(
        role.name, url_for("dialogue.studio", producer=role.slug), said,
        url_for("producers.legal", producer=role.slug) if change else "",
        [row for row in rows if row.rate],
        _blocked(facts, rows), url_for("catalog.goods"),
        _form(role, now, faults) if change else None,
        [(_("Invoices"), dict(_ways())[bills.invoices]), (_("Numbers begin with"), bills.prefix)],
        url_for("dialogue.new", about="/studio/taxes")), status)


def _rates(role: Role, facts: TaxFacts) -> list[RateRow]:
    """Each kind of own goods to home and to each country that is served."""
    abroad = {land for zone in zones_of(role.producer_id) for land in zone.countries}
    found = []
    for category in own_categories(role.producer_id):
        for land in [facts.ships_from, *sorted(abroad - {facts.ships_from})]:
            row = rate_for(facts, land, category)
            found.append(RateRow(category_words(category), country_name(land), "", "", "", "")
                         if row is None else RateRow(
                category_words(category), country_name(land), rate_words(row.bp),
                country_name(row.country), row.source, day(row.valid_from)))
    return found


def _blocked(facts: TaxFacts, rows: Sequence[RateRow]) -> list[str]:
    """What keeps goods from being sold, or a document from being complete."""
    found = [_("%(goods)s to %(country)s: the marketplace does not know the rate, so nobody can "
               "order. Please ask its operator.", goods=row.goods, country=row.country)
             for row in rows if not row.rate]
    if not facts.vat_id and not facts.tax_no:
        found.append(_("Your documents need your VAT number or your tax number."))
    return found


def _ways() -> list[tuple[str, str]]:
    return [("platform", _("the marketplace writes them in your name")),
            ("own", _("you write them yourself and hand them in"))]


def _form(role: Role, now: Mapping[str, str], faults: Mapping[str, str]) -> PlainForm:
    return PlainForm(url_for("orders.taxes_post", producer=role.slug), [Section(
        _("Your invoices"), _("One for each order, issued when the goods leave; refunds get a "
                              "correction. One series of numbers a year, without a gap."), [
            Field("invoices", _("Who writes them"), now["invoices"], kind="select",
                  choices=_ways(), optional=False),
            Field("prefix", _("Numbers begin with"), now["prefix"],
                  _("Up to ten letters and digits, such as WK."), length=10)])],
        faults, _("Keep"), [("house", role.slug)])
