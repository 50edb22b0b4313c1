"""Where a producer's parcels go, and for how much; with a test of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.rules.mapping import price_minor
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.orders import actions
from marketplace.orders.queries import shipping_rates
from marketplace.orders.queries.zones import Zone, zones_of
from marketplace.orders.rules.shipping import Parcel, cheapest
from marketplace.orders.rules.zones import RateRow
from marketplace.orders.views import pages
from marketplace.orders.views.coming_back import back_form
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import country_name, money
from marketplace.web.forms import clean, whole

METHODS, BASES, AGES = ("parcel", "own", "pickup"), ("flat", "units", "weight_g", "goods_minor"), (
    "0", "16", "18")
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class ZoneBlock:
    """One zone: where it is, and its rows as (id, way, for what, price, further words)."""

    title: str
    postcodes: str
    rows: Sequence[tuple[int, str, str, str, str]]


@dataclass(frozen=True, slots=True)
class RatesPage:
    """Zones with their rows, a form for another, and a test."""

    producer: str
    house: str
    studio_url: str
    zones: Sequence[ZoneBlock]
    url: str
    form: PlainForm
    test: PlainForm
    tested: Sequence[tuple[str, str]]
    tested_words: str
    help_url: str
    file_url: str
    table_url: str
    file_faults: Sequence[str]
    back: PlainForm


def method_words() -> dict[str, str]:
    """Ways of sending."""
    return {"parcel": _("Parcel"), "own": _("We bring it"), "pickup": _("Pick-up")}


def basis_words() -> dict[str, str]:
    """What a price depends on."""
    return {"flat": _("nothing, one price"), "units": _("pieces"),
            "weight_g": _("weight in grams"), "goods_minor": _("value of the goods in euros")}


@pages.get("/studio/shipping")
@signed_in
def rates() -> Response:
    """All zones in force; with a parcel in the address also what it would cost."""
    return rates_page({}, {}, 200)


@pages.post("/studio/shipping", endpoint="rates_post")
@signed_in
def rates_post() -> Response:
    """Add a row, or take one out; orders keep the price they were placed with."""
    role = house()
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            _change(role, words)
    except Invalid as fault:
        return rates_page(words, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(url_for("orders.rates", producer=role.slug))


@pages.post("/studio/shipping/return", endpoint="return_post")
@signed_in
def return_post() -> Response:
    """Another address for goods that come back, or none of its own."""
    role = house()
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            actions.keep_return_address(role.producer_id, {
                name[2:]: value for name, value in words.items() if name.startswith("r_")})
    except Invalid as fault:
        return rates_page(words, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(url_for("orders.rates", producer=role.slug) + "#back")


def _change(role: Role, words: Mapping[str, str]) -> None:
    if words.get("out", "").isdecimal():
        actions.take_rate_out(role.producer_id, int(words["out"]))
    elif words.get("zone", "").isdecimal():
        actions.add_rate(role.producer_id, int(words["zone"]), row_of(words))
    else:
        actions.add_zone(role.producer_id, words.get("countries", "").split(","),
                         words.get("postcodes", ""), row_of(words))


def house() -> Role:
    """The house that is meant, for who may change its goods. Raises NotFound, NotYours."""
    role = role_at(person_id(), request.args.get("producer", ""), request.form.get("house", ""))
    demand(role, "products")
    return role


def row_of(words: Mapping[str, str]) -> RateRow:
    """A row as typed. Raises Invalid."""
    method, basis = words.get("method") or "parcel", words.get("basis") or "flat"
    age = words.get("handover_age") or "0"
    faults = {name: _("Please choose one of these.") for name, fits in (
        ("method", method in METHODS), ("basis", basis in BASES), ("handover_age", age in AGES))
        if not fits}
    if faults:
        raise Invalid(faults)
    first, last = (_size(words, name, basis) for name in ("from_x", "to_x"))
    return RateRow(
        method, basis, first or 0, None if basis == "flat" else last, _minor(words, "price"),
        _minor(words, "free_from") if words.get("free_from") else None, int(age),
        _days(words, "days_min", 1), _days(words, "days_max", 4))


def _size(words: Mapping[str, str], name: str, basis: str) -> int | None:
    text = words.get(name, "")
    if not text or basis == "flat":
        return None
    if basis == "goods_minor":
        return _minor(words, name)
    if not text.isdecimal() or int(text) > MOST:
        raise Invalid({name: _("A whole number, please.")})
    return int(text)


def _days(words: Mapping[str, str], name: str, default: int) -> int:
    text = words.get(name) or str(default)
    if not text.isdecimal() or int(text) > 90:
        raise Invalid({name: _("Days from 0 to 90, please.")})
    return int(text)


def _minor(words: Mapping[str, str], name: str) -> int:
    minor = 0 if words.get(name) == "0" else price_minor(words.get(name, ""))
    if minor is None or not 0 <= minor <= MOST:
        raise Invalid({name: _("Please give a price such as 12.90.")})
    return minor


def rates_page(words: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    """Draw the table with its forms."""
    role = house()
    zones = zones_of(role.producer_id)
    tested, said = _tested(role)
    return answer("orders/rates.html", RatesPage(
        role.name, role.slug, url_for("dialogue.studio", producer=role.slug),
        [_block(zone) for zone in zones], url_for("orders.rates_post", producer=role.slug),
        _form(role, zones, words, faults), _test_form(role), tested, said,
        url_for("dialogue.new", about="/studio/shipping"),
        url_for("orders.rate_file", producer=role.slug),
        url_for("orders.rate_table", producer=role.slug),
        [words for name, words in faults.items() if name == "file" or name.startswith("row ")],
        back_form(role, words, faults)), status)


def _where(zone: Zone) -> tuple[str, str]:
    """Countries and postcodes in words."""
    return (", ".join(country_name(code) for code in zone.countries),
            ", ".join(a if a == b else f"{a}–{b}" for a, b in zone.ranges))


def _block(zone: Zone) -> ZoneBlock:
    title, postcodes = _where(zone)
    return ZoneBlock(title, postcodes, [
        (number, method_words()[row.method], _for_what(row), money(row.minor), _further(row))
        for number, row in zone.rates])


def _for_what(row: RateRow) -> str:
    """What a row holds for."""
    def size(n: int) -> str:
        return {"units": str(n), "weight_g": f"{n} g", "goods_minor": money(n)}[row.basis]

    if row.basis == "flat":
        return _("whatever is in it")
    if row.to_x is None:
        return _("from %(first)s on", first=size(row.from_x))
    words = {"units": _("%(first)s to %(last)s pieces", first=size(row.from_x),
                        last=size(row.to_x))}
    return words.get(row.basis) or _("%(first)s to %(last)s", first=size(row.from_x),
                                     last=size(row.to_x))


def _further(row: RateRow) -> str:
    """Free from, age at the door, days."""
    said = [_("free from %(price)s", price=money(row.free_from_minor))] \
        if row.free_from_minor is not None else []
    if row.handover_age:
        said.append(_("age %(age)s checked at the door", age=row.handover_age))
    said.append(_("%(first)s to %(last)s days on the way", first=row.days_min,
                  last=row.days_max))
    return " · ".join(said)


def _form(role: Role, zones: Sequence[Zone], words: Mapping[str, str], faults: Mapping[str, str]
          ) -> PlainForm:
    def one(name: str, label: str, hint: str = "", default: str = "", **more: object) -> Field:
        return Field(name, label, words.get(name, default), hint,
                     **{"optional": False, **more})  # type: ignore[arg-type]

    known = [(str(zone.id), " · ".join(filter(None, _where(zone)))) for zone in zones]
    return PlainForm(url_for("orders.rates_post", producer=role.slug), [
        Section(_("Where to"), _("Islands and mountains can be a zone of their own: where two "
                                 "zones fit, the narrower one holds."), [
            one("zone", _("Zone"), kind="select", choices=[("", _("A new zone")), *known],
                optional=True),
            one("countries", _("Countries of a new zone"),
                _("By their two letters, such as: DE, AT"), optional=True),
            one("postcodes", _("Only these postcodes"), _("such as: 27498, 25980-25999"),
                optional=True, length=600)]),
        Section(_("What it costs"), "", [
            one("method", _("How"), kind="select", choices=list(method_words().items()),
                default="parcel"),
            one("basis", _("The price depends on"), kind="select",
                choices=list(basis_words().items()), default="flat"),
            one("from_x", _("From"), _("Leave empty for one price."), optional=True),
            one("to_x", _("Up to"), _("Empty: no end."), optional=True),
            one("price", _("Price"), after="€"),
            one("free_from", _("Free from"), optional=True, after="€"),
            one("handover_age", _("Age checked at the door"),
                _("Wine and spirits go only where the carrier checks it."), kind="select",
                choices=[("0", _("not checked")), ("16", "16"), ("18", "18")], default="0"),
            one("days_min", _("Days on the way, at least"), type="number", default="1"),
            one("days_max", _("at most"), type="number", default="4")])],
        faults, _("Add"), [("house", role.slug)])


def _test_form(role: Role) -> PlainForm:
    def one(name: str, label: str, default: str, **more: object) -> Field:
        return Field(f"t_{name}", label, (clean(request.args.get(f"t_{name}")) or default)[:12],
                     **{"optional": False, **more})  # type: ignore[arg-type]

    return PlainForm(url_for("orders.rates"), [Section(
        _("Try the table"), _("What a parcel would cost today."), [
            one("country", _("Country"), "DE"), one("postcode", _("Postcode"), ""),
            one("units", _("Pieces"), "6", type="number"),
            one("weight", _("Weight in grams"), "6000", type="number"),
            one("goods", _("Value of the goods"), "50", after="€"),
            one("age", _("Handed over from the age of"), "0", type="number")])],
        {}, _("Try"), [("producer", role.slug)])


def _tested(role: Role) -> tuple[list[tuple[str, str]], str]:
    """What was tried, by way of sending; and a sentence where nothing can be sent."""
    if "t_units" not in request.args:
        return [], ""
    country = (clean(request.args.get("t_country")) or "").upper()
    rates_here = shipping_rates([role.producer_id], country,
                                clean(request.args.get("t_postcode")) or "")
    parcel = Parcel(whole(request.args, "t_units", 0, MOST, 0),
                    whole(request.args, "t_weight", 0, 10 * MOST, 0),
                    price_minor(request.args.get("t_goods", "")) or 0,
                    whole(request.args, "t_age", 0, 99, 0))
    rows = rates_here.get(role.producer_id, ())
    found = [(words, money(best[1])) for way, words in method_words().items()
             if (best := cheapest([row for row in rows if row.method == way], parcel))]
    return found, "" if found else _("Not deliverable: no row holds for that.")
