"""Orders that are stuck: what the people of the market look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.orders.actions.returning import assign
from marketplace.orders.models import SellerOrder
from marketplace.orders.queries.complaints import kind_words
from marketplace.orders.queries.returning import (
    WithdrawalView,
    stuck_withdrawals,
    withdrawals_by_code,
)
from marketplace.orders.queries.stuck import (
    candidates,
    disputed_complaints,
    late_refunds,
    vanished_parts,
)
from marketplace.orders.views import pages
from marketplace.orders.views.matters import STATE_KIND, objection_words, withdrawal_state
from marketplace.web.access import operators_only, person
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day, moment, money
from marketplace.web.forms import clean

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StuckWithdrawal:
    """A declaration that does not go on by itself."""

    code: str
    about: str
    by: str
    when: str
    words: str
    state_words: str
    state: str
    why: str
    assign_url: str
    candidates: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class OperatorOrdersPage:
    """What of orders waits for a person."""

    withdrawals: Sequence[StuckWithdrawal]
    refunds: Sequence[Row]
    disputes: Sequence[Row]
    vanished: Sequence[Row]
    faults: Mapping[str, str]
    faulty: str
    typed: str


@pages.get("/operator/orders")
@operators_only
def operator() -> Response:
    """Declarations without an order, objections, money that is late."""
    return _page({}, "", "", 200)


def _page(faults: Mapping[str, str], faulty: str, typed: str, status: int) -> Response:
    found = stuck_withdrawals()
    known = candidates({one.row.email for one in found if one.row.state == "unassigned"})
    return answer("orders/operator.html", OperatorOrdersPage(
        [_stuck(one, known) for one in found],
        [(row.number, row.seller, money(row.minor), day(row.due_on)) for row in late_refunds()],
        [(row.number, row.seller, kind_words(row.kind)[0], day(row.since))
         for row in disputed_complaints()],
        [(number, seller, day(promised)) for number, seller, promised in vanished_parts()],
        faults, faulty, typed), status)


def _stuck(one: WithdrawalView, known: Mapping[str, Sequence[tuple[str, str]]]) -> StuckWithdrawal:
    row, lost = one.row, one.row.state == "unassigned"
    why = objection_words(row.objection) + f": {row.objection_words}" if row.objection else ""
    return StuckWithdrawal(
        row.code, one.part_number or row.order_words,
        f"{row.name}, {row.email}" if lost else str(one.seller.get("name", "")),
        moment(row.declared_at), row.text, withdrawal_state(row.state), STATE_KIND[row.state], why,
        url_for("orders.assign", code=row.code) if lost else "",
        known.get(row.email.lower(), ()) if lost else ())


@pages.post("/operator/withdrawals/<code>", endpoint="assign")
@operators_only
def assign_post(code: str) -> Response:
    """Give a declaration its order."""
    found, typed = withdrawals_by_code([code.upper()]), clean(request.form.get("number")) or ""
    if not found:
        raise NotFound(_("There is nothing at this address."))
    part = db.session.scalar(
        db.select(SellerOrder).where(SellerOrder.number == typed.upper().replace(" ", "")))
    if part is None:
        fault = Invalid({"number": _("There is no such part of an order. Its number ends with "
                                     "-1, -2 ...")})
        return _page(fault.faults, code.upper(), typed, 422)
    name = person().name
    with committing():
        assign(found[0].row.id, part, name)
    flash(_("Passed on to the seller."), "good")
    return see_other(url_for("orders.operator"))
