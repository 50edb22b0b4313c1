"""Where a producer's parcels go, and for how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.rules.mapping import price_minor
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.orders import actions
from marketplace.orders.queries.zones import zones_of
from marketplace.orders.views import pages
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import country_name, money
from marketplace.web.forms import clean


@dataclass(frozen=True, slots=True)
class RatesPage:
    """Zones with their price, and a form for another."""

    producer: str
    house: str
    studio_url: str
    rows: Sequence[tuple[int, str, str, str]]
    out_url: str
    form: PlainForm
    help_url: str


@pages.get("/studio/shipping")
@signed_in
def rates() -> Response:
    """All zones in force."""
    return _page({}, {}, 200)


@pages.post("/studio/shipping", endpoint="rates_post")
@signed_in
def rates_post() -> Response:
    """Add a zone, or take one out; orders keep the price they were placed with."""
    role = _house()
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            if words.get("out", "").isdecimal():
                actions.take_zone_out(role.producer_id, int(words["out"]))
            else:
                actions.add_zone(role.producer_id, words.get("countries", "").split(","),
                                 _minor(words, "price"),
                                 _minor(words, "free_from") if words.get("free_from") else None)
    except Invalid as fault:
        return _page(words, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(url_for("orders.rates", producer=role.slug))


def _house() -> Role:
    role = role_at(person_id(), request.args.get("producer", ""), request.form.get("house", ""))
    demand(role, "products")
    return role


def _minor(words: Mapping[str, str], name: str) -> int:
    minor = 0 if words.get(name) == "0" else price_minor(words.get(name, ""))
    if minor is None or not 0 <= minor <= 1_000_000:
        raise Invalid({name: _("Please give a price such as 12.90.")})
    return minor


def _page(words: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    role = _house()

    def one(name: str, label: str, hint: str = "", optional: bool = False, after: str = ""
            ) -> Field:
        return Field(name, label, words.get(name, ""), hint, optional=optional, after=after)

    form = PlainForm(url_for("orders.rates_post", producer=role.slug), [Section(
        _("Send to more countries"), _("One price for a parcel, whatever is in it."), [
            one("countries", _("Countries"), _("By their two letters, such as: DE, AT")),
            one("price", _("Price of a parcel"), after="€"),
            one("free_from", _("Free from"), optional=True, after="€")])],
        faults, _("Add"), [("house", role.slug)])
    rows = [(zone.id, ", ".join(country_name(code) for code in zone.countries), money(zone.minor),
             _("free from %(price)s", price=money(zone.free_from_minor))
             if zone.free_from_minor is not None else "") for zone in zones_of(role.producer_id)]
    return answer("orders/rates.html", RatesPage(
        role.name, role.slug, url_for("dialogue.studio", producer=role.slug), rows,
        url_for("orders.rates_post", producer=role.slug), form,
        url_for("dialogue.new", about="/studio/shipping")), status)
