"""One own part of an order in the studio: everything about it, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.rules.mapping import price_minor
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.orders.actions import complaining, returning, signalling
from marketplace.orders.models import SellerOrder
from marketplace.orders.queries.complaints import (
    complained_pieces,
    complaints_of,
    open_signals,
)
from marketplace.orders.queries.returning import WithdrawalView, withdrawals_of
from marketplace.orders.queries.studio import PartFacts, part_facts
from marketplace.orders.views import pages
from marketplace.orders.views.handing import ParcelRow, forms_of, parcel_rows
from marketplace.orders.views.matters import Matter, sold_withdrawal
from marketplace.orders.views.saying import sold_complaint, sold_signals
from marketplace.orders.views.shapes import PART_KIND
from marketplace.orders.views.sold import own_part_words, own_sold
from marketplace.orders.views.telling import told
from marketplace.orders.views.wishes import OrderWishes, wishes_for_house
from marketplace.producers.queries import Role
from marketplace.producers.rules import may
from marketplace.web.access import signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import PlainForm
from marketplace.web.formats import country_name, day, money, short_day
from marketplace.web.forms import clean


@dataclass(frozen=True, slots=True)
class PartPage:
    """An own part: what was agreed, where it stands, what waits."""

    producer: str
    number: str
    when: str
    state_words: str
    state: str
    promise: str
    to: Sequence[str]
    age_words: str
    lines: Sequence[tuple[str, str, str]]
    total: str
    acts: Sequence[tuple[str, str]]
    parcels: Sequence[ParcelRow]
    forms: Sequence[tuple[str, PlainForm]]
    matters: Sequence[Matter]
    wishes: OrderWishes | None
    timeline: Sequence[tuple[str, str, str, str]]
    faults: Mapping[str, str]
    orders_url: str
    slip_url: str
    help_url: str


@pages.get("/studio/orders/<number>")
@signed_in
def part(number: str) -> Response:
    """One own part with its withdrawals, complaints and parcels."""
    return part_page(number, {}, 200)


def part_page(number: str, faults: dict[str, str], status: int) -> Response:
    """The page of an own part. Raises NotFound, NotYours."""
    row, role = own_sold(number, "read_orders")
    found, acts = part_facts(row), may(role.role, "orders")
    page = PartPage(
        role.name, row.number, day(found.placed_at), own_part_words(row.state),
        PART_KIND[row.state],
        _("promised by %(day)s", day=short_day(row.promised_on)) if row.promised_on else "",
        address_of(found.ship_to),
        _("Hand over from %(age)s on only", age=row.age_class) if row.age_class else "",
        [(f"{line.qty} × {line.title}", line_words(line), money(line.total_minor))
         for line in found.lines], money(row.total_minor), _acts(found) if acts else (),
        parcel_rows(found, acts),
        forms_of(found, faults) if acts else (), _matters(found, role),
        wishes_for_house(row), told(found.history, {row.id: role.name}, True), faults,
        url_for("orders.studio", producer=role.slug), url_for("orders.slip", number=row.number),
        url_for("dialogue.new", about=f"/studio/orders/{row.number}"))
    return answer("orders/part.html", page, status)


def _acts(found: PartFacts) -> list[tuple[str, str]]:
    """The next step of a part, each by one press."""
    row = found.row
    steps = {"paid": [(_("Start packing"), "packing")],
             "dispatched": [(_("It was delivered"), "delivered")]}.get(row.state, [])
    if row.state == "awaiting_payment" and found.method == "bank_transfer":
        steps = [(_("The money is here"), "paid")]
    return [(words, url_for("orders.step", number=row.number, step=step)) for words, step in steps]


def address_of(ship: Mapping[str, object]) -> list[str]:
    """Where a parcel goes, line by line."""
    return [str(line) for line in (
        ship.get("name"), ship.get("street"), ship.get("extra"),
        f"{ship.get('postcode')} {ship.get('city')}",
        country_name(str(ship.get("country") or ""))) if line]


def line_words(line: object) -> str:
    """What became of the pieces of a line so far."""
    said = [(_("%(n)s cancelled"), "cancelled"), (_("%(n)s withdrawn"), "withdrawn"),
            (_("%(n)s sent"), "dispatched"), (_("%(n)s arrived"), "delivered")]
    return " · ".join(words % {"n": getattr(line, name)} for words, name in said
                      if getattr(line, name))


def _matters(found: PartFacts, role: Role) -> list[Matter]:
    acts = may(role.role, "orders")
    row, number = found.row, found.row.number
    back: Sequence[WithdrawalView] = withdrawals_of([row.id]).get(row.id, ())
    said = complaints_of([row.id]).get(row.id, ())
    pieces = complained_pieces([one.row.id for one in said])
    signals = sold_signals(open_signals(row), number, acts)
    return [*([signals] if signals else []),
            *(sold_complaint(one, pieces.get(one.row.id, ()), number, role.name, acts)
              for one in said), *(sold_withdrawal(one, number, acts) for one in back)]


def _complaint(row: SellerOrder, code: str) -> int:
    found = next((one.row.id for one in complaints_of([row.id]).get(row.id, ())
                  if one.row.code == code.upper()), None)
    if found is None:
        raise NotFound(_("There is no such order here."))
    return found


@pages.post("/studio/orders/<number>/complaints/<code>", endpoint="complaint_answer")
@signed_in
def complaint_answer(number: str, code: str) -> Response:
    """Answer a complaint, or offer something for it."""
    row, role = own_sold(number)
    found, words = _complaint(row, code), clean(request.form.get("words")) or ""
    try:
        with committing():
            if request.form.get("act") == "offer":
                complaining.offer(found, request.form.get("offer", ""), price_minor(
                    request.form.get("sum", "")), words, role.shown_name)
            else:
                complaining.say(found, "staff", role.shown_name, words)
    except Invalid as fault:
        return part_page(number, fault.faults, 422)
    flash(_("Kept. The buyer is told."), "good")
    return see_other(url_for("orders.part", number=row.number) + f"#c-{code.upper()}")


@pages.post("/studio/orders/<number>/signals", endpoint="signals")
@signed_in
def signals(number: str) -> Response:
    """One answer for all signals of this buyer that wait."""
    row, role = own_sold(number)
    try:
        with committing():
            signalling.answer_signals(row.id, clean(request.form.get("words")) or "",
                                      role.shown_name)
    except Invalid as fault:
        return part_page(number, fault.faults, 422)
    flash(_("Kept. The buyer is told."), "good")
    return see_other(url_for("orders.part", number=row.number))


@pages.post("/studio/orders/<number>/withdrawals/<code>", endpoint="returned")
@signed_in
def returned(number: str, code: str) -> Response:
    """Goods are back, a withdrawal in question is accepted, or objected to with a reason."""
    row, role = own_sold(number)
    found = next((one.row for one in withdrawals_of([row.id]).get(row.id, ())
                  if one.row.code == code.upper()), None)
    if found is None:
        raise NotFound(_("There is no such order here."))
    act, name = request.form.get("act"), role.shown_name
    try:
        with committing():
            if act == "back":
                returning.goods_back(found.id, name)
            elif act == "accept":
                returning.accept(found.id, name)
            else:
                returning.object_to(found.id, request.form.get("reason", ""),
                                    clean(request.form.get("words")) or "", name)
    except Invalid as fault:
        return part_page(number, fault.faults, 422)
    flash(_("Kept. The buyer is told."), "good")
    return see_other(url_for("orders.part", number=row.number) + f"#w-{found.code}")
