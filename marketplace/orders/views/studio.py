"""A producer's own parts of orders, in the studio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.orders import actions
from marketplace.orders.queries import StudioOrder, studio_page
from marketplace.orders.queries.documents import DocumentRow, documents_of
from marketplace.orders.queries.orders import lines_of
from marketplace.orders.queries.sheets import document_words
from marketplace.orders.views import pages
from marketplace.orders.views.handing import handed
from marketplace.orders.views.part import part_page
from marketplace.orders.views.shapes import PART_KIND
from marketplace.orders.views.sold import own_part_words, own_sold
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import country_name, day, money, short_day
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, pager

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class StudioRow:
    """One own part with what can be done."""

    number: str
    url: str
    when: str
    state_words: str
    state: str
    promise: str
    to: Sequence[str]
    lines: Sequence[str]
    total: str
    age_words: str
    acts: Sequence[tuple[str, str]]
    ship_url: str
    slip_url: str
    documents: Sequence[tuple[str, str]]
    hand_in_url: str
    hold_words: str


@dataclass(frozen=True, slots=True)
class StudioOrdersPage:
    """Orders in the studio."""

    producer: str
    tabs: Sequence[tuple[str, str, bool, int | None]]
    rows: Sequence[StudioRow]
    pager: PagerView
    empty_words: str


@pages.get("/studio/orders")
@signed_in
def studio() -> Response:
    """What is to do first, then what waits, then what is on its way."""
    role = role_at(person_id(), request.args.get("producer", ""))
    demand(role, "read_orders")
    chosen = request.args.get("state", "")
    states = ("paid", "preparing", "awaiting_payment", "dispatched", "delivered")
    state, number = chosen if chosen in states else None, asked_page(10_000)
    rows, total = studio_page(role.producer_id, state, A_PAGE, (number - 1) * A_PAGE)
    papers = documents_of([row.id for row in rows])
    pages_of = Pages(rows, number, A_PAGE, total)
    here: dict[str, Any] = {"producer": role.slug}
    tabs: list[Any] = [(_("All"), url_for("orders.studio", **here), not chosen, None)]
    tabs += [(own_part_words(s), url_for("orders.studio", state=s, **here), s == chosen, None)
             for s in states]
    page = StudioOrdersPage(role.name, tabs,
                            [_row(row, papers) for row in rows], pager(pages_of),
                            _("No orders here just now."))
    return answer("orders/studio.html", page)


def _row(row: StudioOrder, papers: Mapping[int, Sequence[DocumentRow]]) -> StudioRow:
    by_hand = row.method == "bank_transfer"
    acts = {"awaiting_payment": [(_("The money is here"), "paid")] if by_hand else [],
            "paid": [(_("Start packing"), "packing")], "preparing": [],
            "dispatched": [(_("It was delivered"), "delivered")]}.get(row.state, [])
    ship = row.ship_to
    return StudioRow(
        row.number, url_for("orders.part", number=row.number), day(row.placed_at),
        own_part_words(row.state), PART_KIND[row.state],
        _("promised by %(day)s", day=short_day(row.promised_on)) if row.promised_on else "",
        [str(ship.get("name")), str(ship.get("street")),
         *([str(ship["extra"])] if ship.get("extra") else []),
         f"{ship.get('postcode')} {ship.get('city')}",
         country_name(str(ship.get("country") or ""))],
        [f"{line.qty} × {line.title}" for line in row.lines], money(row.total_minor),
        _("Hand over from %(age)s on only", age=row.age_class) if row.age_class else "",
        [(words, url_for("orders.step", number=row.number, step=step)) for words, step in acts],
        url_for("orders.step", number=row.number, step="handed_over")
        if row.state in ("paid", "preparing") and not row.age_class and not row.hold else "",
        url_for("orders.slip", number=row.number)
        if row.state in ("paid", "preparing", "dispatched") else "",
        [(document_words(one), url_for("orders.own", document_id=one.id))
         for one in papers.get(row.id, ())],
        url_for("orders.hand_in", number=row.number)
        if row.own_bills and row.state in ("paid", "preparing", "dispatched", "delivered") else "",
        _("On hold: the buyer's bank disputes the payment. Please do not send anything until the "
          "bank has decided.") if row.hold else "")


@pages.post("/studio/orders/<number>/<step>")
@signed_in
def step(number: str, step: str) -> Response:
    """Paid, packing, handed over, delivered or cancelled by the producer."""
    part, role = own_sold(number)
    try:
        how = _handed(part.id) if step == "handed_over" else None
        with committing():
            _take(part.id, step, role, how)
    except Invalid as fault:
        return part_page(number, fault.faults, 422)
    flash(_("Kept. The buyer is told."), "good")
    return see_other(url_for("orders.studio"))


def _handed(part_id: int) -> actions.Handing:
    lines = [line.id for line in lines_of([part_id]).get(part_id, ())]
    return handed(lines, request.form.get("age_check", ""))


def _take(part_id: int, step: str, role: Role, how: actions.Handing | None) -> None:
    name = role.shown_name
    if step == "paid":
        actions.money_seen(part_id, name)
    elif step == "packing":
        actions.start_packing(part_id, name)
    elif step == "handed_over":
        assert how is not None
        later = request.form.get("leaves") == "later"
        actions.pack(part_id, name, how) if later else actions.hand_over(part_id, name, how=how)
    elif step == "delivered":
        actions.deliver(part_id, "producer", name)
    elif step == "cancel":
        actions.cancel_part(part_id, "seller", name)
    else:
        raise NotFound(_("There is no such step."))
