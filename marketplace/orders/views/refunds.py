"""Money that goes back, as its buyer reads it: how much, why, how, until when."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.orders.models import Refund
from marketplace.orders.queries import OrderView, SellerPart
from marketplace.orders.queries.documents import DocumentRow
from marketplace.orders.queries.sheets import document_words
from marketplace.orders.rules.dates import booked_by
from marketplace.orders.views.shapes import RefundRow
from marketplace.web.formats import day, money

STATE_KIND = {"due": "open", "sending": "now", "sent": "now", "done": "done", "failed": "bad"}


def refund_rows(found: OrderView, part: SellerPart, papers: Sequence[DocumentRow]
                ) -> list[RefundRow]:
    """A part's refunds, oldest first, each with the correction that belongs to it."""
    return [RefundRow(
        money(row.minor), why_words(row.cause), way_words(row), state_words(row),
        STATE_KIND[row.state], by_words(row),
        [paper_link(found, one) for one in papers if one.refund_id == row.id])
        for row in part.refunds]


def paper_link(found: OrderView, one: DocumentRow) -> tuple[str, str]:
    """A document in words, and its page."""
    return document_words(one), url_for("orders.document", number=found.number,
                                        document_id=one.id)


def why_words(cause: str) -> str:
    """Why money goes back."""
    return {"cancel": _("for what was cancelled"), "withdrawal": _("for your withdrawal"),
            "complaint": _("for your complaint"), "overpaid": _("because too much was paid"),
            "late_payment": _("because the payment came after the end"),
            "dispute": _("because you disputed the payment at your bank")}[cause]


def way_words(row: Refund) -> str:
    """Which way it comes back."""
    if row.cause == "dispute":
        return _("by your bank")
    return {"bank_transfer": _("by transfer from the producer"),
            "test_card": _("to the test card (demo: no money moves)")}.get(
                row.method, _("to the card you paid with"))


def state_words(row: Refund) -> str:
    """How it stands, and since when."""
    sent = clock.in_zone(row.done_at).date() if row.done_at else None
    return {"due": _("owed to you"), "sending": _("being sent"), "sent": _("on its way"),
            "done": _("sent back on %(day)s", day=day(sent)) if sent
            else _("sent back"),
            "failed": _("did not work yet, is tried again")}[row.state]


def by_words(row: Refund) -> str:
    """The last day on which it is there; nothing where the bank has given it already."""
    if row.cause == "dispute":
        return ""
    if row.state == "done":
        sent = clock.in_zone(row.done_at or row.made_at).date()
        return _("on your account by %(day)s at the latest", day=day(booked_by(row.method, sent)))
    if row.due_on < clock.today():
        return _("was due by %(day)s; the marketplace looks after it", day=day(row.due_on))
    return _("sent by %(day)s at the latest", day=day(row.due_on))
