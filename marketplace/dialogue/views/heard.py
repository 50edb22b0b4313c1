"""Complaints about orders and signals of buyers, in the studio's list of what waits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.dialogue.models import Case
from marketplace.foundation import clock
from marketplace.orders.queries.complaints import (
    Heard,
    heard_complaints,
    heard_signals,
    kind_words,
)
from marketplace.web.formats import moment
from marketplace.web.shapes import Waiting, plain_words


@dataclass(frozen=True, slots=True)
class HeardRow:
    """One entry: since when, by when, and how it is drawn."""

    id: int
    at: datetime
    overdue: bool
    row: Waiting


def heard_of(cases: Collection[Case]) -> Sequence[HeardRow]:
    """What waits of orders; signals of one buyer together. Loads: 2 statements at most."""
    due = {(case.source, case.source_id): case.due_at for case in cases}
    by = {source: [ref for kind, ref in due if kind == source]
          for source in ("complaint", "signal")}
    found = [*heard_complaints(by["complaint"]), *heard_signals(by["signal"])]
    return [_row(one, min(due["complaint" if one.code else "signal", ref] for ref in one.ids))
            for one in found]


def _row(one: Heard, due: datetime) -> HeardRow:
    late = due < clock.now()
    words = (_("Complaint: %(kind)s", kind=kind_words(one.kind)[0]) if one.code else ngettext(
        "A buyer says: something is wrong", "A buyer says %(num)s times: something is wrong",
        len(one.ids)))
    about = " · ".join(filter(None, (one.number, plain_words(one.words, 90))))
    anchor = f"c-{one.code}" if one.code else "signals"
    return HeardRow(one.ids[0], one.at, late, Waiting(
        words, about, url_for("orders.part", number=one.number, _anchor=anchor), _("Answer"),
        due_words(due), "overdue" if late else "now", "warn" if one.code else "bell"))


def due_words(due: datetime | None) -> str:
    """By when an answer was promised, in words."""
    if due is None:
        return ""
    if due < clock.now():
        return _("overdue since %(when)s", when=moment(due))
    return _("by %(when)s", when=moment(due))
