"""The author of a text answers a complaint about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.moderation import actions
from marketplace.moderation.models import Matter
from marketplace.moderation.queries import (
    Reported,
    author_words_of,
    matter_by_number,
    reason_words,
    reported,
    reports_of,
)
from marketplace.moderation.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day, moment
from marketplace.web.forms import clean
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """A complaint about one's own text, and what one answered."""

    number: str
    url: str
    words: str
    object_url: str
    complaints: Sequence[tuple[str, str]]
    due: str
    said: Sequence[tuple[str, str]]
    open: bool
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    help_url: str


def _own(number: str) -> tuple[Matter, Reported]:
    """A matter whose author is asked. Raises NotFound for everybody else."""
    matter = matter_by_number(number)
    thing = reported(matter.object_kind, matter.object_id) if matter else None
    if matter is None or thing is None or matter.due_at is None \
            or thing.author_id != person_id():
        raise NotFound(_("There is nothing at this address."))
    return matter, thing


def _page(number: str, typed: Mapping[str, str], faults: Mapping[str, str], status: int = 200
          ) -> Response:
    matter, thing = _own(number)
    return answer("moderation/answer.html", AnswerPage(
        matter.number, url_for("moderation.answer_post", number=number), thing.words, thing.url,
        [(f"{reason_words(row.reason)}: {row.why}" if row.why else reason_words(row.reason),
          moment(row.received_at)) for row in reports_of([matter.id]).get(matter.id, [])],
        day(matter.due_at) if matter.due_at else "",
        [(row.words, moment(row.at)) for row in author_words_of(matter.id)],
        matter.state in ("waiting_author", "open"), typed, faults,
        url_for("dialogue.new", about=f"/moderation/answers/{number}")), status)


@pages.get("/moderation/answers/<number>", endpoint="answer")
@signed_in
def answering(number: str) -> Response:
    """What is said against one's words; who says it is not told."""
    return _page(number, {}, {})


@pages.post("/moderation/answers/<number>", endpoint="answer_post")
@signed_in
@limiter.limit("30 per hour")
def answer_post(number: str) -> Response:
    """Say what happened; after that a person decides."""
    _own(number)
    words = clean(request.form.get("words", "")) or ""
    try:
        with committing():
            actions.answer_complaint(number, person_id(), words)
    except Invalid as fault:
        return _page(number, {"words": words}, fault.faults, 422)
    flash(_("Your answer is there; a person decides now and tells you why."), "good")
    return see_other(url_for("moderation.answer", number=number))
