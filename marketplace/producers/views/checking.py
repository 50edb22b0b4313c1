"""Evidence in the hands of those who run the market: compared with its issuer, or sent back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.producers import actions
from marketplace.producers.queries.evidence import (
    WaitingEvidence,
    waiting_evidence,
    waiting_evidence_count,
)
from marketplace.producers.queries.opening import trader_counts
from marketplace.producers.queries.said import evidence_words
from marketplace.producers.views import pages
from marketplace.producers.views.operating import operator_tabs, totals
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import day
from marketplace.web.forms import clean
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, pager

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """Something of producers that waits, each with words, small words, address."""

    title: str
    tabs: Sequence[tuple[str, str, bool, int | None]]
    rows: Sequence[tuple[str, str, str]]
    pager: PagerView
    empty: str
    help_url: str


@dataclass(frozen=True, slots=True)
class ProofPage:
    """One confirmation, beside the form that decides."""

    name: str
    url: str
    list_url: str
    facts: Sequence[tuple[str, str]]
    public_url: str
    document: tuple[str, str]
    form: PlainForm
    help_url: str


@pages.get("/operator/producers/evidence", endpoint="evidence_list")
@operators_only
def evidence_list() -> Response:
    """What waits to be compared, longest first."""
    number, total = asked_page(1000), waiting_evidence_count()
    named = evidence_words()
    rows = waiting_evidence(A_PAGE, (number - 1) * A_PAGE)
    return answer("producers/waiting.html", WaitingPage(
        _("Evidence to check"),
        operator_tabs("evidence", totals(trader_counts())),
        [(row.producer, f"{named[row.kind]}: {row.issuer}, {row.number} · "
          + _("waits since %(day)s", day=day(row.handed_in_at)),
          url_for("producers.proof", evidence_id=row.id)) for row in rows],
        pager(Pages(rows, number, A_PAGE, total)), _("Nothing waits here."),
        url_for("dialogue.new", about="/operator/producers")))


@pages.get("/operator/producers/evidence/<int:evidence_id>", endpoint="proof")
@operators_only
def proof(evidence_id: int) -> Response:
    """One confirmation with everything that can be compared."""
    return _page(_waiting(evidence_id), {}, {}, 200)


@pages.post("/operator/producers/evidence/<int:evidence_id>", endpoint="proof_post")
@operators_only
def proof_post(evidence_id: int) -> Response:
    """It fits and shows, or goes back with words."""
    row, words = _waiting(evidence_id), {n: clean(v) or "" for n, v in request.form.items()}
    try:
        with committing():
            if words.get("outcome") == "back":
                actions.send_evidence_back(evidence_id, person_id(), words.get("why", ""))
            elif words.get("outcome") == "checked":
                actions.check_evidence(evidence_id, person_id(), words.get("why", ""))
            else:
                raise Invalid({"outcome": _("Please choose one of these.")})
    except Invalid as fault:
        return _page(row, words, fault.faults, 422)
    flash(_("Kept. The producer is told."), "good")
    return see_other(url_for("producers.evidence_list"))


def _waiting(evidence_id: int) -> WaitingEvidence:
    found = waiting_evidence(only_id=evidence_id)
    if not found:
        raise NotFound(_("This does not wait for a check any more."))
    return found[0]


def _page(row: WaitingEvidence, words: Mapping[str, str], faults: Mapping[str, str], status: int
          ) -> Response:
    form = PlainForm(url_for("producers.proof_post", evidence_id=row.id), [Section(
        _("How, and what comes of it"), "", [
            Field("outcome", _("What comes of it"), words.get("outcome", ""), kind="select",
                  choices=[("", _("please choose")), ("checked", _("Everything fits")),
                           ("back", _("Back to the producer"))], optional=False),
            Field("why", _("What was compared, or what does not fit"), words.get("why", ""),
                  _("Stands in the operator's log; if it goes back, the producer reads it."),
                  kind="area", length=300, optional=False)])], faults, _("Decide"))
    facts = [(_("Of what"), evidence_words()[row.kind]), (_("Confirmed by"), row.issuer),
             (_("Number"), row.number), (_("Valid until"), day(row.until))]
    return answer("producers/proof.html", ProofPage(
        row.producer, f"/producers/{row.slug}" if row.producer_state != "draft" else "",
        url_for("producers.evidence_list"), facts, row.public_url or "",
        (row.document_type, url_for("producers.document", evidence_id=row.id))
        if row.document else ("", ""), form,
        url_for("dialogue.new", about="/operator/producers")), status)
