"""Saying that something is wrong, and how the report stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.moderation import actions
from marketplace.moderation.actions import NewReport
from marketplace.moderation.models import Decision, Matter
from marketplace.moderation.queries import (
    kind_words,
    measure_words,
    object_of,
    reason_words,
    report_by_key,
    reported,
)
from marketplace.moderation.rules import ILLEGAL, KINDS, TERMS
from marketplace.moderation.views import pages
from marketplace.moderation.views.appealing import appeal_part, reporting
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import day, moment
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.shapes import ContextChip, plain_words


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a reporter keeps."""

    number: str
    status_url: str
    first_look_words: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Saying that something is wrong."""

    step: str
    url: str
    about: ContextChip
    kinds: Sequence[tuple[str, str, str]]
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    receipt: Receipt | None
    help_url: str


def _object(kind: str, ref: str) -> tuple[int, Any]:
    """The reported thing. Raises NotFound."""
    object_id = object_of(kind, ref) if kind in KINDS else None
    thing = reported(kind, object_id) if object_id is not None else None
    if object_id is None or thing is None:
        raise NotFound(_("There is nothing at this address."))
    return object_id, thing


def _report_page(kind: str, ref: str, thing: Any, step: str, typed: Mapping[str, str],
                 faults: Mapping[str, str], status: int = 200, receipt: Receipt | None = None
                 ) -> Response:
    page = ReportPage(
        step, url_for("moderation.report_post", kind=kind, ref=ref),
        ContextChip(f"{kind_words(kind)}: {plain_words(thing.words, 60)}", thing.url),
        [(reason, reason_words(reason), "") for reason in (*ILLEGAL, *TERMS)], typed, faults,
        receipt, url_for("dialogue.new", about=thing.url))
    return answer("moderation/report.html", page, status)


@pages.get("/moderation/report/<kind>/<path:ref>")
def report(kind: str, ref: str) -> Response:
    """Say what is wrong; works without an account."""
    _id, thing = _object(kind, ref)
    return _report_page(kind, ref, thing, "what", {}, {})


@pages.post("/moderation/report/<kind>/<path:ref>", endpoint="report_post")
@limiter.limit("30 per hour")
def report_post(kind: str, ref: str) -> Response:
    """Take the report; something unlawful asks visitors for name and address, the button for body
    shaming asks for nothing.
    """
    object_id, thing = _object(kind, ref)
    typed = {name: clean(value) or "" for name, value in request.form.items()}
    body = typed.get("step") == "body"
    if body:
        typed["kind"] = "insult"
        typed["words"] = typed.get("words") or _("Somebody is put down for their body or looks.")
    if typed.get("step") == "illegal":
        return _report_page(kind, ref, thing, "illegal",
                            {**typed, "address": request.host_url.rstrip("/") + thing.url}, {})
    try:
        with committing():
            row = actions.report(NewReport(
                kind, object_id, thing.url, typed.get("kind", ""), typed.get("words", ""),
                viewer_id(), typed.get("name") or None, typed.get("email") or None,
                typed.get("good_faith") == "1", body=body, lang=current_lang()))
    except Invalid as fault:
        faults = {{"reason": "kind", "why": "words"}.get(n, n): s for n, s in fault.faults.items()}
        step = "illegal" if faults.keys() & {"email", "good_faith"} else "what"
        return _report_page(kind, ref, thing, step, typed, faults, 422)
    receipt = Receipt(row.number, url_for("moderation.report_status", key=row.status_key),
                      _("Somebody looks at it within a day where it is urgent, else within a "
                        "week. You get the decision with its reasons."))
    return _report_page(kind, ref, thing, "sent", typed, {}, receipt=receipt)


@pages.get("/moderation/reports/<key>")
def report_status(key: str) -> Response:
    """How a report stands, by its secret link."""
    found = report_by_key(key)
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    row, matter, decision = found
    page = {"number": row.number, "when": moment(row.received_at),
            "state": _state_words(matter, decision),
            "rows": [(_("What was reported"), kind_words(matter.object_kind)),
                     (_("Your reason"), reason_words(row.reason)),
                     *([(_("Decided"), measure_words(decision.measure)),
                        (_("Reason"), reason_words(decision.reason)),
                        (_("Facts"), decision.facts)] if decision else [])],
            "appeal": appeal_part(who) if (who := reporting(key)) else None}
    return answer("moderation/report_status.html", page)


def _state_words(matter: Matter, decision: Decision | None) -> str:
    """How far a report is."""
    if decision is not None:
        return _("decided")
    if matter.state == "waiting_author" and matter.due_at is not None:
        return _("Its author was asked and has until %(day)s to answer.", day=day(matter.due_at))
    return _("waits for a decision")
