"""Money in the studio."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, flash, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound
from marketplace.orders.actions import refund_moved
from marketplace.payments.queries import balance
from marketplace.payments.queries.advances import advanced_to
from marketplace.payments.queries.books import (
    entries,
    open_sums,
    owed_back,
    refund_of,
)
from marketplace.payments.queries.disputes import disputes_of
from marketplace.payments.queries.months import commission_invoices, statement_months
from marketplace.payments.views import pages
from marketplace.payments.views.disputes import dispute_words
from marketplace.payments.views.houses import house_of
from marketplace.producers.queries import Role
from marketplace.web.access import signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day, money, month, short_day

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BackRow:
    """One refund, and the button that says it was sent."""

    number: str
    sum: str
    why: str
    until: str
    state: str
    sent_url: str


@dataclass(frozen=True, slots=True)
class StudioMoneyPage:
    """A producer's money: what comes, what goes back, and the book."""

    producer: str
    house: str
    studio_url: str
    statements_url: str
    balance: str
    advanced: str
    open: Sequence[Row]
    back: Sequence[BackRow]
    disputes: Sequence[tuple[str, str, str, str]]
    book: Sequence[Row]
    months: Sequence[tuple[str, str]]
    years: Sequence[tuple[str, str]]
    bills: Sequence[tuple[str, str]]
    help_url: str


def cause_words(cause: str) -> str:
    """Why money goes back."""
    return {"cancel": _("cancelled"), "withdrawal": _("withdrawn"),
            "complaint": _("complaint"), "overpaid": _("paid too much"),
            "late_payment": _("paid after the end"), "dispute": _("dispute")}[cause]


def reason_words(reason: str) -> str:
    """What a move was for."""
    return {
        "paid": _("paid by the buyer"), "transfer": _("handed over"),
        "commission": _("commission"), "fee": _("fee of the payment service"),
        "take_back": _("given back for a refund"), "commission_back": _("commission given back"),
        "refund": _("refund"), "dispute_out": _("disputed"),
        "dispute_in": _("dispute won"), "dispute_recover": _("given back for a dispute"),
        "dispute_return": _("returned after a dispute"), "dispute_fee": _("fee of a dispute"),
        "advance": _("advance"), "advance_back": _("advance given back"),
        "correction": _("correction")}[reason]


@pages.get("/studio/payments")
@signed_in
def studio() -> Response:
    """What buyers owe, what goes back to them, and the account's book."""
    role = house_of("see")
    account = f"producer:{role.producer_id}"
    may_send = role.role in ("owner", "service", "shipping")
    page = StudioMoneyPage(
        role.name, role.slug, url_for("dialogue.studio", producer=role.slug),
        url_for("payments.statements", producer=role.slug) if may_send else "",
        money(balance(account)), _advanced(role),
        [(row.number, money(row.open_minor), short_day(row.due_on) if row.due_on else "")
         for row in open_sums(role.producer_id)],
        [BackRow(row.number, money(row.minor),
                 row.words or cause_words(row.cause), short_day(row.due_on),
                 _("you send it") if row.by_transfer else (row.trouble and
                 _("waits: the account at the payment service is empty")) or _("by itself"),
                 url_for("payments.sent_back", code=row.code, producer=role.slug)
                 if row.by_transfer and may_send else "")
         for row in owed_back(role.producer_id)],
        _disputed(role),
        [(day(entry.at), reason_words(entry.reason), entry.number, money(entry.minor))
         for entry in entries(account)], *_months(role), _bills(role),
        url_for("dialogue.new", about="/studio/payments"))
    return answer("payments/studio.html", page)


def _advanced(role: Role) -> str:
    """What the market gave buyers for this house, and how it comes back. Loads: 1 statement."""
    minor = advanced_to(role.producer_id)
    return _("The market advanced %(sum)s for refunds that your account did not cover. They are "
             "kept of your next transfers.", sum=money(minor)) if minor else ""


def _disputed(role: Role) -> list[tuple[str, str, str, str]]:
    """Number, share, state and address of disputes. Loads: 1 statement."""
    return [(row.order_number, money(row.minor), dispute_words(row.state),
             url_for("payments.own_dispute", dispute_id=row.id, producer=role.slug))
            for row in disputes_of(role.producer_id)]


def _months(role: Role) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Statements of months and reports of years, newest first. Loads: 1 statement."""
    found = statement_months(role.producer_id)
    return [(month(date(year, number, 1)),
             url_for("payments.month", year=year, month=number, producer=role.slug))
            for year, number in found], [
        (str(year), url_for("payments.year", year=year, producer=role.slug))
        for year in dict.fromkeys(year for year, _number in found)]


def _bills(role: Role) -> list[tuple[str, str]]:
    """Invoices of the marketplace, newest first. Loads: 1 statement."""
    return [(f"{number}, {day(on)}, {money(minor)}", url_for("orders.own", document_id=number_id))
            for number_id, number, on, minor in commission_invoices(role.producer_id)]


@pages.post("/studio/payments/<code>/sent")
@signed_in
def sent_back(code: str) -> Response:
    """The producer sent a refund from their own bank."""
    role = house_of("orders")
    row = refund_of(code, role.producer_id)
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    with committing():
        refund_moved(row.id, "done")
    flash(_("Kept. The buyer is told."), "good")
    return see_other(url_for("payments.studio", producer=role.slug))
