"""Evidence of a producer: who confirms what, under which number, until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.producers import actions
from marketplace.producers.actions.evidence import EVIDENCE_KINDS, evidence_faults
from marketplace.producers.models import Evidence
from marketplace.producers.queries import Role
from marketplace.producers.queries.evidence import all_evidence
from marketplace.producers.queries.said import evidence_words
from marketplace.producers.views import pages
from marketplace.producers.views.documents import ACCEPTED, KEPT_AS, sent_document
from marketplace.producers.views.frame import StudioPage, frame, here, house
from marketplace.web.access import signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Box, Field, PlainForm, Section
from marketplace.web.formats import day
from marketplace.web.forms import clean


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One confirmation as its house sees it: words, where it stands, its id, its document."""

    words: str
    state: str
    icon: str
    id: str
    document: str


@dataclass(frozen=True, slots=True)
class EvidencePage(StudioPage):
    """What is confirmed, and the form for more."""

    rows: Sequence[EvidenceRow]


@pages.get("/studio/evidence")
@signed_in
def evidence() -> Response:
    """What others confirm, with where each stands."""
    return _page(house("texts"), {"kind": ""}, {}, 200)


@pages.post("/studio/evidence", endpoint="evidence_post")
@signed_in
def evidence_post() -> Response:
    """Hand a confirmation in, or take one out."""
    role = house("texts")
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        if words.get("out", "").isdecimal():
            with committing():
                actions.take_evidence_out(role, int(words["out"]))
        else:
            _hand_in(role, words)
    except Invalid as fault:
        return _page(role, words, fault.faults, 422)
    finally:
        for file in request.files.values():
            file.close()
    flash(_("Kept."), "good")
    return see_other(here("producers.evidence", role))


def _hand_in(role: Role, words: Mapping[str, str]) -> None:
    """Everything wrong is said at once; nothing is stored of a refused form. Raises Invalid."""
    said = (words.get("kind", ""), words.get("issuer", ""), words.get("number", ""),
            day_of(words.get("until", "")), words.get("public_url", ""))
    faults, paper = evidence_faults(*said), None
    try:
        paper = sent_document()
    except Invalid as fault:
        faults |= fault.faults
    if faults:
        raise Invalid(faults)
    kept = (doors().storage.put(paper[0], KEPT_AS), paper[1]) if paper else None
    with committing():
        actions.hand_in_evidence(role, *said, kept)


def day_of(text: str) -> date | None:
    """A day as a date field sends it; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _state(row: Evidence) -> tuple[str, str]:
    """Where a confirmation stands, in words, and its icon."""
    if row.until <= clock.today():
        return _("ended on %(day)s, shown no more", day=day(row.until)), "warn"
    if row.back_words:
        return _("does not fit: %(words)s", words=row.back_words), "warn"
    if row.checked_at is None:
        return _("waits for a check"), "clock"
    return _("shown until %(day)s", day=day(row.until)), "checked"


def _page(role: Role, words: Mapping[str, str], faults: Mapping[str, str], status: int
          ) -> Response:
    named = evidence_words()
    rows = []
    for row in all_evidence(role.producer_id):
        state, icon = _state(row)
        rows.append(EvidenceRow(f"{named[row.kind]}: {row.issuer}, {row.number}", state, icon,
                                str(row.id), url_for("producers.document", evidence_id=row.id)
                                if row.document else ""))
    form = PlainForm(here("producers.evidence_post", role), [Section(
        _("A confirmation"), _("By somebody else, with a number that anybody can look up."), [
            Field("kind", _("Of what"), words.get("kind", ""), kind="select", optional=False,
                  choices=[("", _("please choose")), *((kind, named[kind])
                                                       for kind in EVIDENCE_KINDS)]),
            Field("issuer", _("Confirmed by"), words.get("issuer", ""),
                  _("Such as: ABCERT, DE-ÖKO-006"), optional=False),
            Field("number", _("Number"), words.get("number", ""), length=60, optional=False),
            Field("until", _("Valid until"), words.get("until", ""), type="date",
                  optional=False),
            Field("public_url", _("Where anybody can look it up"), words.get("public_url", ""),
                  _("An address that begins with https://"), type="url", length=300),
            Field("document", _("The document"), "",
                  _("PDF or a picture, at most 10 MB. Only your house and the person who checks "
                    "it can read it; it is deleted when the confirmation ends."), kind="file",
                  type=ACCEPTED)])], faults,
        _("Hand in"), [("house", role.slug)])
    return answer("producers/evidence.html", EvidencePage(
        frame(role, "producers.evidence"), _("Evidence"),
        _("What you say about the way you work is believed with a name and a number."), [],
        [form], [Box(_("How it works"), [
            (_("Somebody of the marketplace compares it with the issuer."), ""),
            (_("Visitors read words and number; pictures of seals are shown nowhere, and the "
               "document is read by nobody else."), ""),
            (_("You are told 30 days before it ends; on its day it is hidden."), "")])], rows),
        status)
