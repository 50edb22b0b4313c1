"""The queue, one case, and the public log."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from flask import Response, flash, make_response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.groups.queries.excluding import REASONS
from marketplace.moderation import actions
from marketplace.moderation.models import Matter, ModerationLogEntry
from marketplace.moderation.queries import (
    appeals_waiting,
    author_words_of,
    cannot_decide,
    kind_words,
    log_page,
    matter_by_number,
    measure_words,
    open_matters,
    reason_words,
    reported,
    reports_of,
)
from marketplace.moderation.rules import CARE_MEASURES, ILLEGAL, MEASURES, TERMS, measures_of
from marketplace.moderation.views import pages
from marketplace.web.access import moderators_only, person, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day, moment
from marketplace.web.forms import clean
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import Facets, PagerView, pager, plain_words


@dataclass(frozen=True, slots=True)
class MatterView:
    """One case of the queue."""

    number: str
    url: str
    kind_words: str
    words: str
    lang: str
    by: str
    reports: Sequence[tuple[str, str]]
    flags: Sequence[str]
    due: str
    state: str
    decider: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """What is to be decided."""

    tabs: Sequence[Any]
    matters: Sequence[MatterView]
    pager: PagerView
    filters: Any
    log_url: str
    rules_url: str
    help_url: str


@dataclass(frozen=True, slots=True)
class MatterPage:
    """Deciding one case."""

    matter: MatterView
    url: str
    object_url: str
    reasons: Sequence[tuple[str, str]]
    measures: Sequence[tuple[str, str, str]]
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    locked: str


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the public log."""

    number: int
    on: Any
    object_words: str
    reason_words: str
    measure_words: str
    level_words: str
    by_words: str
    appeal: bool
    of: int | None


@dataclass(frozen=True, slots=True)
class LogPage:
    """The public log."""

    filters: Facets
    entries: Sequence[LogEntry]
    pager: PagerView
    counts: Sequence[tuple[str, int]]
    head: str
    verify_url: str
    csv_url: str
    feed_url: str = ""
    statistics_url: str = ""
    rules_url: str = ""


def _view(matter: Matter, rows: Sequence[Any], thing: Any) -> MatterView:
    return MatterView(
        matter.number, url_for("moderation.matter", number=matter.number),
        kind_words(matter.object_kind), thing.words if thing else "", "", "",
        [(reason_words(r.reason) + (f": {plain_words(r.why, 120)}" if r.why else ""),
          moment(r.received_at)) for r in rows],
        _flags(matter, rows),
        moment(matter.opened_at), "urgent" if matter.urgent else "open",
        "" if matter.state == "open" else _("decided"))


def _flags(matter: Matter, rows: Sequence[Any]) -> list[str]:
    """How many reported it, and what became of asking the author."""
    flags = [ngettext("%(num)s report", "%(num)s reports", len(rows))] if len(rows) > 1 else []
    if matter.due_at is None:
        return flags
    said = author_words_of(matter.id)
    return flags + ([_("The author answers: %(words)s", words=row.words) for row in said] or [
        _("The author was asked and did not answer until %(day)s.", day=day(matter.due_at))])


def queue_tabs(now: str, **counts: int) -> list[tuple[str, str, bool, int | None]]:
    """Reports and appeals beside each other, for those who may open both."""
    if not person().is_moderator:
        return []
    return [(words, url_for(f"moderation.{name}"), name == now, counts.get(name))
            for name, words in (("queue", _("Reports")), ("appeals", _("Appeals")))]


@pages.get("/moderation")
@moderators_only
def queue() -> Response:
    """What waits, urgent first."""
    matters = open_matters()
    reports = reports_of([m.id for m in matters])
    views = [_view(m, reports.get(m.id, []), reported(m.object_kind, m.object_id))
             for m in matters]
    tabs = queue_tabs("queue", queue=len(views), appeals=appeals_waiting())
    page = QueuePage(tabs, views, pager(Pages(views, 1, 100, len(views))), None,
                     url_for("moderation.log"), url_for("storefront.page", slug="terms"),
                     url_for("dialogue.new", about="/moderation"))
    return answer("moderation/queue.html", page)


def _matter_page(matter: Matter, typed: Mapping[str, str], faults: Mapping[str, str],
                 status: int = 200) -> Response:
    thing = reported(matter.object_kind, matter.object_id)
    locked = ""
    if thing is not None and cannot_decide(person_id(), matter, thing):
        locked = _("You are part of this or tied to somebody who is; another person decides it.")
    elif matter.state != "open":
        locked = _("This is decided.")
    page = MatterPage(
        _view(matter, reports_of([matter.id]).get(matter.id, []), thing),
        url_for("moderation.decide", number=matter.number), thing.url if thing else "/",
        [(r, reason_words(r)) for r in (*ILLEGAL, *TERMS)],
        [(m, measure_words(m), "") for m in measures_of(matter.object_kind)], typed, faults, locked)
    return answer("moderation/matter.html", page, status)


def _found(number: str) -> Matter:
    matter = matter_by_number(number)
    if matter is None:
        raise NotFound(_("There is nothing at this address."))
    return matter


@pages.get("/moderation/matters/<number>")
@moderators_only
def matter(number: str) -> Response:
    """One case with its reports, and the form to decide."""
    return _matter_page(_found(number), {}, {})


@pages.post("/moderation/matters/<number>", endpoint="decide")
@moderators_only
def decide(number: str) -> Response:
    """Decide, with a reason of the list and why nothing milder would do."""
    typed = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            actions.decide(number, person_id(), typed.get("reason", ""),
                           typed.get("measure", ""), typed.get("facts", ""),
                           typed.get("milder_why", ""))
    except Invalid as fault:
        return _matter_page(_found(number), typed, fault.faults, 422)
    flash(_("Decided. The author gets the reasons, the log its entry."), "good")
    return see_other(url_for("moderation.queue"))


def _entry(row: ModerationLogEntry) -> LogEntry:
    said = row.entry
    level = {"yes": _("would buy again"), "no": _("would not buy again")}
    return LogEntry(
        row.n, row.day, kind_words(said["object"]), reason_words(said["reason"]),
        measure_words(said["measure"]), level.get(said["level"], ""), said["by"],
        said["kind"] == "appeal", said.get("of"))


@pages.get("/moderation/log")
@visitor_page
def log() -> Response:
    """Every decision with its reason; no names, no removed words."""
    reason, measure = request.args.get("reason") or None, request.args.get("measure") or None
    number = asked_page(1000)
    rows, total, head = log_page((number - 1) * 50, 50, reason, measure)
    filters = Facets(url_for("moderation.log"), False, [], [
        (_("Reason"), "reason", [(r, reason_words(r), None, r == reason)
                                 for r in dict.fromkeys((*ILLEGAL, *TERMS, *REASONS))]),
        (_("Measure"), "measure", [(m, measure_words(m), None, m == measure)
                                   for m in (*MEASURES, *CARE_MEASURES, "restore")])])
    page = LogPage(filters, [_entry(row) for row in rows],
                   pager(Pages(rows, number, 50, total)), [(_("Decisions"), total)], head, "",
                   url_for("moderation.log_csv"))
    return answer("moderation/log.html", page)


@pages.get("/moderation/log.csv")
def log_csv() -> Response:
    """The public log as a table."""
    rows, _total, _head = log_page(0, 5000, None, None)
    out = StringIO()
    table = csv.writer(out)
    table.writerow(["n", "day", "object", "reason", "measure", "level", "by", "hash",
                    "kind", "of"])
    for row in rows:
        said = row.entry
        table.writerow([row.n, said["day"], said["object"], said["reason"], said["measure"],
                        said["level"], said["by"], row.hash, said["kind"], said.get("of", "")])
    given = make_response(out.getvalue())
    given.mimetype = "text/csv"
    return given
