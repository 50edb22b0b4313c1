"""What is left of a producer's goods, and from where on they are warned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.actions.watching import set_low
from marketplace.catalog.queries.watching import StockRow, stock_rows
from marketplace.catalog.rules.waiting import low_from
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from marketplace.orders.queries import sold_lately
from marketplace.orders.views import pages
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.producers.rules import may
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, pager

A_PAGE = 30


@dataclass(frozen=True, slots=True)
class StockLine:
    """A variant: what is left, what was sold, who waits, from where on a warning comes."""

    row: StockRow
    sold: int
    from_: int
    typed: str
    fault: str


@dataclass(frozen=True, slots=True)
class StockPage:
    """A producer's stock, least first."""

    producer: str
    rows: Sequence[StockLine]
    url: str
    pager: PagerView
    goods_url: str
    help_url: str


def _house(right: str) -> Role:
    role = role_at(person_id(), request.args.get("producer", ""))
    demand(role, right)
    return role


def _page(typed: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    role, number = _house("read_orders"), asked_page(500)
    rows, total = stock_rows(role.producer_id, current_lang(), (number - 1) * A_PAGE, A_PAGE)
    sold = sold_lately([row.id for row in rows])
    lines = [StockLine(
        row, sold.get(row.id, 0), low_from(row.low_at, sold.get(row.id, 0)),
        typed.get(f"low{row.id}", "" if row.low_at is None else str(row.low_at)),
        faults.get(f"low{row.id}", "")) for row in rows]
    keep = url_for("orders.stock_post", producer=role.slug, page=number if number > 1 else None)
    page = StockPage(role.name, lines, keep if may(role.role, "orders") else "",
                     pager(Pages(lines, number, A_PAGE, total)), url_for("catalog.goods"),
                     url_for("dialogue.new", about="/studio/stock"))
    return answer("orders/stock.html", page, status)


@pages.get("/studio/stock")
@signed_in
def stock() -> Response:
    """What is left, least first, with who waits for it."""
    return _page({}, {}, 200)


@pages.post("/studio/stock")
@signed_in
def stock_post() -> Response:
    """Keep from which stock on a warning comes; empty follows the sales."""
    role, body = _house("orders"), sent()
    rows, _total = stock_rows(role.producer_id, current_lang(), 0, 100_000)
    known = {f"low{row.id}": row for row in rows}
    typed = {name: str(body[name]).strip()[:9] for name in body if name in known}
    faults = {name: _("A whole number from 0 to 100,000.") for name, text in typed.items()
              if text and not (text.isascii() and text.isdecimal() and int(text) <= 100_000)}
    if faults:
        return _page(typed, faults, 422)
    db.session.rollback()
    try:
        with committing():
            for name, text in sorted(typed.items()):
                low_at = int(text) if text else None
                if low_at != known[name].low_at:
                    set_low(known[name].id, low_at)
    except Invalid as fault:
        return _page(typed, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(url_for("orders.stock", producer=role.slug, page=request.args.get("page")))
