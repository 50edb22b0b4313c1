"""Packing lists: what is to leave, by order, by product, by route; all slips in one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from marketplace.adapters.paper import packing_slips
from marketplace.catalog.queries.cards import codes_of
from marketplace.foundation.errors import NotFound
from marketplace.orders.queries import StudioOrder
from marketplace.orders.queries.studio import to_pack
from marketplace.orders.views import pages
from marketplace.orders.views.papers import pdf_answer
from marketplace.orders.views.part import address_of
from marketplace.orders.views.slips import slip_of_part
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at, seller_block
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, machine
from marketplace.web.formats import short_day
from marketplace.web.shapes import Tab

WAYS = ("order", "product", "route")


@dataclass(frozen=True, slots=True)
class PackRow:
    """One line of a packing list: what, how many, small words, where it is opened."""

    head: str
    lines: Sequence[str]
    small: str
    url: str


@dataclass(frozen=True, slots=True)
class PackPage:
    """What is to leave, sorted for the hands that pack it."""

    producer: str
    tabs: Sequence[Tab]
    rows: Sequence[PackRow]
    slips_url: str
    orders_url: str
    help_url: str


def _house() -> Role:
    role = role_at(person_id(), request.args.get("producer", ""))
    demand(role, "read_orders")
    return role


@pages.get("/studio/orders/pack")
@signed_in
def pack() -> Response:
    """The list for today: most urgent first, or by goods, or by the way the parcels take."""
    role, asked = _house(), request.args.get("by", "")
    way = asked if asked in WAYS else "order"
    found = to_pack(role.producer_id)
    words = {"order": _("By order"), "product": _("By product"), "route": _("By route")}
    draw = {"order": _by_order, "product": _by_product, "route": _by_route}[way]
    return answer("orders/pack.html", PackPage(
        role.name, [(words[one], url_for("orders.pack", by=one, producer=role.slug), one == way,
                     None) for one in WAYS], draw(found),
        url_for("orders.slips", producer=role.slug) if found else "",
        url_for("orders.studio", producer=role.slug),
        url_for("dialogue.new", about="/studio/orders/pack")))


def _open(part: StudioOrder) -> list[tuple[int, str]]:
    return [(line.qty - line.cancelled - line.dispatched, line.title) for line in part.lines
            if line.qty > line.cancelled + line.dispatched]


def _by_order(found: Sequence[StudioOrder]) -> list[PackRow]:
    return [PackRow(
        part.number, [f"{qty} × {title}" for qty, title in _open(part)],
        " · ".join(filter(None, (
            short_day(part.promised_on) if part.promised_on else "",
            ", ".join(address_of(part.ship_to)),
            _("only after a look at the age: %(age)s", age=part.age_class)
            if part.age_class else ""))), url_for("orders.part", number=part.number))
        for part in found]


def _by_product(found: Sequence[StudioOrder]) -> list[PackRow]:
    sums: dict[str, list[tuple[int, str]]] = {}
    for part in found:
        for qty, title in _open(part):
            sums.setdefault(title, []).append((qty, part.number))
    return [PackRow(f"{sum(qty for qty, _n in rows)} × {title}", [],
                    ", ".join(f"{number}: {qty}" for qty, number in rows), "")
            for title, rows in sorted(sums.items())]


def _by_route(found: Sequence[StudioOrder]) -> list[PackRow]:
    there = sorted(found, key=lambda part: (str(part.ship_to.get("country")),
                                            str(part.ship_to.get("postcode")), part.number))
    return [PackRow(f"{part.ship_to.get('country')}-{part.ship_to.get('postcode')} "
                    f"{part.ship_to.get('city')}", [f"{qty} × {title}" for qty, title
                                                    in _open(part)],
                    part.number, url_for("orders.part", number=part.number)) for part in there]


@pages.get("/studio/orders/slips.pdf")
@machine
@signed_in
def slips() -> Response:
    """The slips of everything that is to leave, each in its buyer's language."""
    role = _house()
    found = to_pack(role.producer_id)
    if not found:
        raise NotFound(_("Nothing to pack."))
    codes = codes_of({line.product_id for part in found for line in part.lines})
    seller, made = seller_block([role.producer_id])[role.producer_id], []
    for part in found:
        with force_locale(part.language):
            made.append(slip_of_part(part, codes, seller))
    return pdf_answer(packing_slips(made), role.slug)
