"""The money page of whoever runs the market: what needs a person first, then all accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, flash, stream_with_context, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import NotFound
from marketplace.orders.queries.exporting import csv_lines
from marketplace.payments import actions
from marketplace.payments.models import AccountChange, Difference
from marketplace.payments.queries import balances, unchecked_changes
from marketplace.payments.queries.advances import Advanced, open_advances
from marketplace.payments.queries.exporting import COLUMNS, rows_of
from marketplace.payments.queries.matters import (
    HeldRow,
    Trouble,
    corrections_waiting,
    held_long,
    troubles,
)
from marketplace.payments.queries.reconciling import last_compared, open_differences
from marketplace.payments.rules import ledger
from marketplace.payments.views import pages
from marketplace.payments.views.advances import open_words
from marketplace.payments.views.disputes import dispute_words
from marketplace.payments.views.trouble_words import kind_words, trouble_words, what_words
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, machine, see_other
from marketplace.web.formats import day, moment, money
from marketplace.web.languages import current_lang

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatterRow:
    """Something that waits: what, of which order, how much, why, since or until when.

    Either a page at `url`, or one button at `post_url`.
    """

    what: str
    order: str
    sum: str
    words: str
    when: str
    url: str
    post_url: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction that waits for a second person."""

    words: str
    why: str
    by: str
    make_url: str
    drop_url: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Another account of a house that waits for the check."""

    house: str
    words: str
    asked: str
    fits_url: str
    refuse_url: str


@dataclass(frozen=True, slots=True)
class OperatorMoneyPage:
    """What waits for a person, and what every account of the market holds."""

    troubles: Sequence[MatterRow]
    differences: Sequence[MatterRow]
    compared: str
    held: Sequence[MatterRow]
    advances: Sequence[MatterRow]
    corrections: Sequence[CorrectionRow]
    correction_url: str
    changes: Sequence[ChangeRow]
    accounts: Sequence[Row]
    sum: str
    files: Sequence[tuple[str, str]]


@pages.get("/operator/payments")
@operators_only
def operator() -> Response:
    """Things that need a person first, then all accounts; they sum to nothing."""
    known, last = balances(), last_compared()
    own = [(words, name) for words, name in (
        (_("Commission"), ledger.COMMISSION), (_("Fees of the payment service"), ledger.FEES),
        (_("Disputes"), ledger.DISPUTES), (_("Advances"), ledger.ADVANCES))]
    others = [(_("All buyers"), "buyer:"), (_("All producers"), "producer:"),
              (_("Held by the payment service"), "held:")]
    rows = [(words, money(known.get(name, 0))) for words, name in own]
    rows += [(words, money(sum(minor for name, minor in known.items() if name.startswith(start))))
             for words, start in others]
    page = OperatorMoneyPage(
        [_trouble(row) for row in troubles()], [_difference(row) for row in open_differences()],
        _("Compared with the payment service up to %(day)s.", day=day(last)) if last else
        _("Nothing was compared with the payment service yet."),
        [_held(row) for row in held_long()],
        [_advanced(row) for row in open_advances()], _corrections(), url_for("payments.correction"),
        _changes(), rows, money(sum(known.values())),
        [(words, url_for("payments.money_csv", what=what)) for words, what in (
            (_("The book"), "ledger"), (_("Messages"), "notices"),
            (_("Decisions"), "decisions"))])
    return answer("payments/operator.html", page)


def _trouble(row: Trouble) -> MatterRow:
    pages_of = {
        "review": lambda key: url_for("payments.attempt", payment_id=key[0]),
        "wrong_mode": lambda key: url_for("payments.told", source=key[0], event_id=key[1]),
        "foreign_refund": lambda key: url_for("payments.foreign_refund", foreign_id=key[0]),
        "dispute": lambda key: url_for("payments.dispute", dispute_id=key[0])}
    way = pages_of.get(row.kind)
    words = dispute_words(row.words) if row.kind == "dispute" else trouble_words(row.words)
    when = _("until %(time)s", time=moment(row.until)) if row.until else \
        _("since %(day)s", day=day(row.since))
    return MatterRow(
        kind_words(row.kind), row.order_number, money(row.minor), words, when,
        way(row.key) if way else "",
        "" if way else url_for("payments.again", kind=row.kind, payment_id=row.key[0],
                               number=row.key[1]),
        row.kind in ("dispute", "review") and row.words != "answered")


def _difference(row: Difference) -> MatterRow:
    if not row.theirs_minor:
        words = _("in our book, unknown to the payment service")
    elif not row.ours_minor:
        words = _("known to the payment service, not in our book")
    else:
        words = _("%(theirs)s there, %(ours)s in our book", theirs=money(row.theirs_minor),
                  ours=money(row.ours_minor))
    return MatterRow(what_words(row.kind), row.reference,
                     money(row.ours_minor or row.theirs_minor), words,
                     _("since %(day)s", day=day(row.found_at)),
                     url_for("payments.difference", difference_id=row.id), "", False)


def _held(row: HeldRow) -> MatterRow:
    words = {"refused": _("cannot be handed over"), "refund": _("waits to go back to the buyer")
             }.get(row.reason, _("for no reason that we know"))
    return MatterRow(_("held"), row.number, money(row.minor), words,
                     _("since %(day)s", day=day(row.since)), "", "", row.long)


def _advanced(row: Advanced) -> MatterRow:
    return MatterRow(row.house, row.number, money(row.open_minor), open_words(row),
                     _("since %(day)s", day=day(row.made_at)),
                     url_for("payments.advance", refund_id=row.refund_id), "", False)


def _changes() -> list[ChangeRow]:
    """Holder and trader beside each other. Loads: 1 statement."""
    return [ChangeRow(
        house, _("Holder %(holder)s, … %(ending)s; trader %(trader)s", holder=row.holder,
                 ending=row.iban[-4:], trader=trader or house),
        _("asked by %(who)s on %(day)s", who=row.asked_name, day=day(row.asked_at)),
        url_for("payments.check_account", change_id=row.id, how="fits"),
        url_for("payments.check_account", change_id=row.id, how="refuse"))
        for row, house, trader in unchecked_changes()]


@pages.post("/operator/payments/accounts/<int:change_id>/<how>")
@operators_only
def check_account(change_id: int, how: str) -> Response:
    """Holder and trader were compared."""
    if how not in ("fits", "refuse") or db.session.get(AccountChange, change_id) is None:
        raise NotFound(_("There is nothing at this address."))
    db.session.rollback()
    with committing():
        actions.check_change(change_id, how == "fits", person_id())
    flash(_("Kept, with your name."), "good")
    return see_other(url_for("payments.operator"))


@pages.get("/operator/payments/<any(ledger, notices, decisions):what>.csv")
@machine
@operators_only
def money_csv(what: str) -> Response:
    """Everything of the book, the messages or the decisions as a file."""
    given = Response(stream_with_context(csv_lines(COLUMNS[what], rows_of(what), current_lang())),
                     mimetype="text/csv")
    given.headers["Content-Disposition"] = f'attachment; filename="{what}.csv"'
    given.headers["Cache-Control"] = "private, no-store"
    return given


def _corrections() -> list[CorrectionRow]:
    me = person_id()
    return [CorrectionRow(
        _("%(sum)s from %(source)s to %(target)s", sum=money(one.row.minor),
          source=one.row.from_account, target=one.row.to_account), one.row.why, one.by,
        url_for("payments.decide_correction", correction_id=one.row.id, how="make")
        if one.row.proposed_by != me else "",
        url_for("payments.decide_correction", correction_id=one.row.id, how="drop"))
        for one in corrections_waiting()]
